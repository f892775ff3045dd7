// Statements, their parameters and items as documents.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { DuplicateItemException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { BatchExecuteStatementCommand, ExecuteStatementCommand, ExecuteTransactionCommand } from "@aws-sdk/lib-dynamodb";

import { createLibrary, deleteLibrary, documents } from "./library.js";

const TableName = "javascript-partiql";
const execute = (Statement, Parameters, more) =>
  documents.send(new ExecuteStatementCommand({ Statement, Parameters, ...more }));
const insert = `INSERT INTO "${TableName}" VALUE {'artist': ?, 'title': ?, 'plays': ?}`;

before(() => createLibrary(TableName));
after(() => deleteLibrary(TableName));

test("songs are inserted, read page by page and changed", async () => {
  for (const plays of [1, 2, 3]) {
    await execute(insert, ["Abba", `title ${plays}`, plays]);
  }
  await assert.rejects(execute(insert, ["Abba", "title 1", 1]), DuplicateItemException);
  const select = `SELECT title, plays FROM "${TableName}" WHERE artist = ?`;
  const first = await execute(select, ["Abba"], { Limit: 2 });
  const second = await execute(select, ["Abba"], { Limit: 2, NextToken: first.NextToken });
  assert.deepEqual([...first.Items, ...second.Items], [1, 2, 3].map((plays) => ({ title: `title ${plays}`, plays })));
  const update = `UPDATE "${TableName}" SET plays = plays + ? WHERE artist = ? AND title = ? RETURNING MODIFIED NEW *`;
  assert.deepEqual((await execute(update, [10, "Abba", "title 1"])).Items, [{ plays: 11 }]);
});

test("a batch and a transaction tell of their statements", async () => {
  const of = (title) => ({
    Statement: `UPDATE "${TableName}" SET seen = ? WHERE artist = ? AND title = ?`,
    Parameters: [true, "Abba", title],
  });
  const { Responses } = await documents.send(
    new BatchExecuteStatementCommand({ Statements: [of("title 1"), of("title 9")] }),
  );
  assert.deepEqual(Responses.map(({ Error: error }) => error?.Code), [undefined, "ConditionalCheckFailed"]);
  const both = new ExecuteTransactionCommand({ TransactStatements: [of("title 2"), of("title 9")] });
  await assert.rejects(documents.send(both), (error) => {
    assert.ok(error instanceof TransactionCanceledException);
    assert.deepEqual(error.CancellationReasons.map(({ Code }) => Code), ["None", "ConditionalCheckFailed"]);
    return true;
  });
});
