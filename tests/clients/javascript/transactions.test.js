// Several writes, or several reads, as one, as documents.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { IdempotentParameterMismatchException, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { ScanCommand, TransactGetCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";

import { createLibrary, deleteLibrary, documents } from "./library.js";

const TableName = "javascript-transactions";
const keyOf = (number) => ({ artist: "Nina Simone", title: `title ${number}` });
const put = (number) => ({ Put: { TableName, Item: { ...keyOf(number), plays: number, tags: new Set([1, 2]) } } });
const played = (number) => ({
  Update: {
    TableName,
    Key: keyOf(number),
    UpdateExpression: "SET plays = plays + :one",
    ConditionExpression: "plays < :most",
    ExpressionAttributeValues: { ":one": 1, ":most": 8 },
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  },
});
const write = (TransactItems, more) => documents.send(new TransactWriteCommand({ TransactItems, ...more }));
const read = async (...numbers) => {
  const TransactItems = numbers.map((number) => ({ Get: { TableName, Key: keyOf(number) } }));
  const { Responses } = await documents.send(new TransactGetCommand({ TransactItems }));
  return Responses.map(({ Item }) => Item?.plays);
};

before(() => createLibrary(TableName));
after(() => deleteLibrary(TableName));

test("songs are written and read together", async () => {
  await write([put(1), put(2), put(8)]);
  await write([played(1), { Delete: { TableName, Key: keyOf(2) } }, put(3)]);
  assert.deepEqual(await read(3, 1, 2), [3, 2, undefined]);
});

test("a condition that fails leaves everything as it was", async () => {
  const check = {
    ConditionCheck: { TableName, Key: keyOf(99), ConditionExpression: "attribute_exists(title)" },
  };
  const before = await documents.send(new ScanCommand({ TableName }));
  await assert.rejects(write([put(50), played(8), check]), (error) => {
    assert.ok(error instanceof TransactionCanceledException);
    assert.deepEqual(
      error.CancellationReasons.map(({ Code }) => Code),
      ["None", "ConditionalCheckFailed", "ConditionalCheckFailed"],
    );
    assert.equal(error.CancellationReasons[0].Message, undefined);
    const { Item } = error.CancellationReasons[1];
    assert.equal((Item.plays.N ?? Item.plays).toString(), "8");
    assert.equal(error.CancellationReasons[2].Item, undefined);
    return true;
  });
  assert.deepEqual((await documents.send(new ScanCommand({ TableName }))).Items, before.Items);
});

test("what is sent twice is done once", async () => {
  const ClientRequestToken = "played once";
  await write([put(4)]);
  await write([played(4)], { ClientRequestToken });
  const again = await write([played(4)], { ClientRequestToken, ReturnConsumedCapacity: "TOTAL" });
  assert.deepEqual(again.ConsumedCapacity, [{ TableName, CapacityUnits: 2, ReadCapacityUnits: 2 }]);
  assert.deepEqual(await read(4), [5]);
  await assert.rejects(write([played(3)], { ClientRequestToken }), IdempotentParameterMismatchException);
});
