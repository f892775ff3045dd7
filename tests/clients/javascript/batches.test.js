// Many items in one request, as documents.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { ResourceNotFoundException } from "@aws-sdk/client-dynamodb";
import { BatchGetCommand, BatchWriteCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";

import { createLibrary, deleteLibrary, documents } from "./library.js";

const TableName = "javascript-batches";
const keyOf = (number) => ({ artist: "Nina Simone", title: `title ${number}` });
const song = (number) => ({ ...keyOf(number), plays: number, tags: new Set(["a", "b"]) });

before(() => createLibrary(TableName));
after(() => deleteLibrary(TableName));

test("songs are written, read and deleted together", async () => {
  const puts = Array.from({ length: 25 }, (_, number) => ({ PutRequest: { Item: song(number) } }));
  const { UnprocessedItems } = await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: puts } }));
  assert.deepEqual(UnprocessedItems, {});

  const read = await documents.send(
    new BatchGetCommand({ RequestItems: { [TableName]: { Keys: [keyOf(3), keyOf(7), keyOf(99)] } } }),
  );
  const byPlays = (one, other) => one.plays - other.plays;
  assert.deepEqual(read.Responses[TableName].toSorted(byPlays), [song(3), song(7)]);
  assert.deepEqual(read.UnprocessedKeys, {});

  const mixed = [
    ...Array.from({ length: 24 }, (_, number) => ({ DeleteRequest: { Key: keyOf(number) } })),
    { PutRequest: { Item: song(100) } },
  ];
  await documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: mixed } }));
  const { Items } = await documents.send(new ScanCommand({ TableName }));
  assert.deepEqual(Items.toSorted(byPlays), [song(24), song(100)]);
});

test("what is named twice is refused, and so is a table that is not there", async () => {
  const twice = [{ DeleteRequest: { Key: keyOf(1) } }, { DeleteRequest: { Key: keyOf(1) } }];
  await assert.rejects(documents.send(new BatchWriteCommand({ RequestItems: { [TableName]: twice } })), {
    name: "ValidationException",
    message: "Provided list of item keys contains duplicates",
  });
  await assert.rejects(
    documents.send(new BatchGetCommand({ RequestItems: { nowhere: { Keys: [keyOf(1)] } } })),
    ResourceNotFoundException,
  );
});
