// A consumer of a stream: every shard to its end.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb-streams";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";

import { client, createLibrary, deleteLibrary, documents } from "./library.js";

const TableName = "javascript-streams";
const streams = new DynamoDBStreamsClient({
  endpoint: process.env.DDBMOCK_URL,
  region: "eu-west-1",
  credentials: { accessKeyId: "any", secretAccessKey: "any" },
  maxAttempts: 1,
});

before(async () => {
  await createLibrary(TableName);
  const StreamSpecification = { StreamEnabled: true, StreamViewType: "NEW_IMAGE" };
  await client.send(new UpdateTableCommand({ TableName, StreamSpecification }));
});
after(() => deleteLibrary(TableName));

async function* consume(StreamArn) {
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  for (const { ShardId } of StreamDescription.Shards) {
    const begin = { StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" };
    let { ShardIterator } = await streams.send(new GetShardIteratorCommand(begin));
    while (ShardIterator) {
      const page = await streams.send(new GetRecordsCommand({ ShardIterator }));
      yield* page.Records;
      ShardIterator = page.Records.length ? page.NextShardIterator : undefined;
    }
  }
}

test("what happens to songs is read from the stream", async () => {
  const key = (title) => ({ artist: "Nina Simone", title });
  await documents.send(new PutCommand({ TableName, Item: { ...key("Sinnerman"), plays: 1 } }));
  await documents.send(new PutCommand({ TableName, Item: { ...key("Sinnerman"), plays: 2 } }));
  await documents.send(new DeleteCommand({ TableName, Key: key("Sinnerman") }));
  const { Streams } = await streams.send(new ListStreamsCommand({ TableName }));
  const records = [];
  for await (const record of consume(Streams[0].StreamArn)) records.push(record);
  assert.deepEqual(
    records.map(({ eventName, dynamodb }) => [eventName, dynamodb.NewImage?.plays?.N]),
    [["INSERT", "1"], ["MODIFY", "2"], ["REMOVE", undefined]],
  );
  assert.ok(records.every(({ dynamodb }) => dynamodb.ApproximateCreationDateTime instanceof Date));
});

test("a stream that is not there is refused", async () => {
  const StreamArn = "arn:aws:dynamodb:eu-west-1:123456789012:table/nothing/stream/2026-01-01T00:00:00.000";
  await assert.rejects(streams.send(new DescribeStreamCommand({ StreamArn })), ResourceNotFoundException);
});
