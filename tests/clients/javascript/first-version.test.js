// The first API version, as version 2 of the SDK speaks it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import AWS from "aws-sdk";

import { client } from "./library.js";

const TableName = "javascript-first-version";
const first = new AWS.DynamoDB({
  apiVersion: "2011-12-05",
  endpoint: process.env.DDBMOCK_URL,
  region: "eu-west-1",
  credentials: { accessKeyId: "any", secretAccessKey: "any" },
  maxRetries: 0, // Whatever fails must be seen the first time.
});
const keyOf = (number) => ({ HashKeyElement: { S: "Nina Simone" }, RangeKeyElement: { N: String(number) } });
const song = (number) => ({ artist: { S: "Nina Simone" }, year: { N: String(number) }, tags: { SS: ["a", "b"] } });

before(async () => {
  const { TableDescription } = await first
    .createTable({
      TableName,
      KeySchema: {
        HashKeyElement: { AttributeName: "artist", AttributeType: "S" },
        RangeKeyElement: { AttributeName: "year", AttributeType: "N" },
      },
      ProvisionedThroughput: { ReadCapacityUnits: 5, WriteCapacityUnits: 5 },
    })
    .promise();
  assert.equal(TableDescription.TableStatus, "CREATING");
  const { Table } = await first.waitFor("tableExists", { TableName }).promise();
  assert.deepEqual([Table.TableStatus, Table.ItemCount], ["ACTIVE", 0]);
  assert.ok(Table.CreationDateTime instanceof Date);
});

after(async () => {
  await first.deleteTable({ TableName }).promise();
  await first.waitFor("tableNotExists", { TableName }).promise();
});

test("songs are put, found and counted", async () => {
  for (const number of [1, 2, 3]) {
    const put = await first.putItem({ TableName, Item: song(number) }).promise();
    assert.equal(put.ConsumedCapacityUnits, 1);
  }
  const { Item } = await first.getItem({ TableName, Key: keyOf(2), ConsistentRead: true }).promise();
  assert.deepEqual(Item, song(2));
  assert.equal((await first.getItem({ TableName, Key: keyOf(9) }).promise()).Item, undefined);

  const found = await first
    .query({
      TableName,
      HashKeyValue: { S: "Nina Simone" },
      RangeKeyCondition: { ComparisonOperator: "GE", AttributeValueList: [{ N: "2" }] },
      ScanIndexForward: false,
      Limit: 1,
    })
    .promise();
  assert.deepEqual(found.Items, [song(3)]);
  assert.deepEqual(found.LastEvaluatedKey, keyOf(3));
  const { Count } = await first.scan({ TableName, Count: true }).promise();
  assert.equal(Count, 3);

  const batch = await first
    .batchGetItem({ RequestItems: { [TableName]: { Keys: [keyOf(1), keyOf(9)], AttributesToGet: ["year"] } } })
    .promise();
  assert.deepEqual(batch, {
    Responses: { [TableName]: { Items: [{ year: { N: "1" } }], ConsumedCapacityUnits: 1 } },
    UnprocessedKeys: {},
  });
});

test("a condition that fails has its own name, and today's version sees the same item", async () => {
  await first.putItem({ TableName, Item: song(1) }).promise();
  const Expected = { artist: { Exists: false } };
  await assert.rejects(first.putItem({ TableName, Item: song(1), Expected }).promise(), {
    code: "ConditionalCheckFailedException",
    message: "The conditional request failed",
  });
  const Key = { artist: { S: "Nina Simone" }, year: { N: "1" } };
  const { Item } = await client.send(new GetItemCommand({ TableName, Key }));
  assert.deepEqual(Item, song(1));
});
