// What the scenarios share: clients of the server whose URL is in DDBMOCK_URL, and a table of songs.

import {
  CreateTableCommand,
  DeleteTableCommand,
  DynamoDBClient,
  waitUntilTableExists,
  waitUntilTableNotExists,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

const connect = () =>
  new DynamoDBClient({
    endpoint: process.env.DDBMOCK_URL,
    region: "eu-west-1",
    credentials: { accessKeyId: "any", secretAccessKey: "any" },
    maxAttempts: 1, // Whatever fails must be seen the first time.
  });

export const client = connect();

// A document client writes its options into the client that it is made from: each is made from its own.
export const documentsWith = (options) => DynamoDBDocumentClient.from(connect(), options);

export const documents = documentsWith({ marshallOptions: { removeUndefinedValues: true } });

// A table is there at once.
const patience = { client, minDelay: 1, maxWaitTime: 10 };

const attribute = (AttributeName, AttributeType) => ({ AttributeName, AttributeType });
export const keyOf = (partition, sort) => [
  { AttributeName: partition, KeyType: "HASH" },
  ...(sort ? [{ AttributeName: sort, KeyType: "RANGE" }] : []),
];

export async function createLibrary(TableName) {
  const { TableDescription } = await client.send(
    new CreateTableCommand({
      TableName,
      AttributeDefinitions: [
        attribute("artist", "S"),
        attribute("title", "S"),
        attribute("year", "N"),
        attribute("genre", "S"),
      ],
      KeySchema: keyOf("artist", "title"),
      LocalSecondaryIndexes: [
        { IndexName: "by-year", KeySchema: keyOf("artist", "year"), Projection: { ProjectionType: "KEYS_ONLY" } },
      ],
      GlobalSecondaryIndexes: [
        {
          IndexName: "by-genre",
          KeySchema: keyOf("genre", "year"),
          Projection: { ProjectionType: "INCLUDE", NonKeyAttributes: ["plays"] },
        },
      ],
      BillingMode: "PAY_PER_REQUEST",
    }),
  );
  await waitUntilTableExists(patience, { TableName });
  return TableDescription;
}

export async function deleteLibrary(TableName) {
  await client.send(new DeleteTableCommand({ TableName }));
  await waitUntilTableNotExists(patience, { TableName });
}

export async function untilThere(TableName) {
  await waitUntilTableExists(patience, { TableName });
}
