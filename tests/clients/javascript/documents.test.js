// Values of every type, as the document client turns them into JavaScript's own and back; and what is refused.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DynamoDBServiceException,
  GetItemCommand,
  PutItemCommand,
  ResourceInUseException,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import {
  DeleteCommand,
  GetCommand,
  NumberValue,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";

import { client, createLibrary, deleteLibrary, documents, documentsWith, keyOf } from "./library.js";

const TableName = "javascript-documents";
const Key = { artist: "Nina Simone", title: "Sinnerman" };

before(() => createLibrary(TableName));
after(() => deleteLibrary(TableName));

async function written(value) {
  await documents.send(new PutCommand({ TableName, Item: { ...Key, value } }));
  const { Item } = await documents.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item.value;
}

for (const value of [
  "text",
  "",
  "äöü € \u{1F600} \0 \" \\ / \u2028",
  true,
  false,
  null,
  0,
  -1.5,
  622,
  9007199254740991,
  1e-7,
  new Uint8Array([0, 255]),
  new Uint8Array([]),
  new Set(["a", "ä"]),
  new Set([1, -2.5]),
  new Set([new Uint8Array([1]), new Uint8Array([0, 255])]),
  [],
  {},
  ["mixed", 1, null, [true, [false]], { nested: { deeper: [{}] } }],
  { "a b": { "c.d": ["e"] }, ä: "names within documents are free" },
]) {
  test(`what is written is read: ${JSON.stringify(value)} ${value?.constructor?.name}`, async () => {
    const read = await written(value);
    const members = (set) => [...set].map((one) => Buffer.from(String(one)).toString("hex")).sort();
    if (value instanceof Set) {
      assert.deepEqual(members(read), members(value));
    } else {
      assert.deepEqual(read, value);
    }
  });
}

test("numbers that JavaScript does not have are kept to the digit", async () => {
  const exact = documentsWith({ unmarshallOptions: { wrapNumbers: true } });
  for (const digits of ["12345678901234567890123456789012345678", "-0.00012345678901234567890123456789012345678"]) {
    await documents.send(new PutCommand({ TableName, Item: { ...Key, value: NumberValue.from(digits) } }));
    const { Item } = await exact.send(new GetCommand({ TableName, Key }));
    assert.equal(Item.value.toString(), digits);
  }
  const big = 2n ** 64n;
  await documents.send(new PutCommand({ TableName, Item: { ...Key, value: big } }));
  const { Item } = await client.send(
    new GetItemCommand({ TableName, Key: { artist: { S: Key.artist }, title: { S: Key.title } } }),
  );
  assert.deepEqual(Item.value, { N: String(big) });
});

test("what is undefined is left out", async () => {
  await documents.send(new PutCommand({ TableName, Item: { ...Key, value: undefined, map: { a: 1, b: undefined } } }));
  const { Item } = await documents.send(new GetCommand({ TableName, Key }));
  assert.deepEqual(Item, { ...Key, map: { a: 1 } });
});

test("documents are changed in place", async () => {
  const Item = { ...Key, label: { name: "Philips", cities: ["Paris", "Nice"] }, tags: new Set(["a"]) };
  await documents.send(new PutCommand({ TableName, Item }));
  const { Attributes } = await documents.send(
    new UpdateCommand({
      TableName,
      Key,
      UpdateExpression:
        "SET label.#name = :name, plays = if_not_exists(plays, :none) + :one REMOVE label.cities[0] ADD tags :tags",
      ExpressionAttributeNames: { "#name": "name" },
      ExpressionAttributeValues: { ":name": "RCA", ":none": 0, ":one": 1, ":tags": new Set(["b"]) },
      ReturnValues: "ALL_NEW",
    }),
  );
  assert.deepEqual(Attributes, {
    ...Key,
    label: { name: "RCA", cities: ["Nice"] },
    plays: 1,
    tags: new Set(["a", "b"]),
  });
});

test("a condition that fails shows the item that is there", async () => {
  const Item = { ...Key, plays: 7 };
  await documents.send(new PutCommand({ TableName, Item }));
  const put = {
    TableName,
    Item,
    ConditionExpression: "attribute_not_exists(artist)",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  };
  await assert.rejects(documents.send(new PutCommand(put)), (error) => {
    assert.ok(error instanceof ConditionalCheckFailedException);
    assert.ok(error instanceof DynamoDBServiceException);
    assert.equal(error.name, "ConditionalCheckFailedException");
    assert.equal(error.message, "The conditional request failed");
    assert.equal(error.$fault, "client");
    assert.equal(error.$metadata.httpStatusCode, 400);
    assert.equal(error.$metadata.requestId.length, 52);
    // The document client leaves the items of errors as they are.
    assert.deepEqual(error.Item, { artist: { S: Key.artist }, title: { S: Key.title }, plays: { N: "7" } });
    return true;
  });
  const { Attributes } = await documents.send(new DeleteCommand({ TableName, Key, ReturnValues: "ALL_OLD" }));
  assert.deepEqual(Attributes, Item);
});

test("refusals have classes, or names", async () => {
  const refused = async (sent, type, message) =>
    assert.rejects(sent, (error) => {
      assert.equal(error.message, message);
      assert.ok(typeof type === "string" ? error.name === type : error instanceof type, error.name);
      return true;
    });
  await refused(
    documents.send(new GetCommand({ TableName: "nowhere", Key })),
    ResourceNotFoundException,
    "Requested resource not found",
  );
  const table = {
    TableName,
    AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
    KeySchema: keyOf("id"),
    BillingMode: "PAY_PER_REQUEST",
  };
  await refused(
    client.send(new CreateTableCommand(table)),
    ResourceInUseException,
    `Table already exists: ${TableName}`,
  );
  await refused(
    documents.send(new GetCommand({ TableName, Key: { id: "1" } })),
    "ValidationException",
    "The provided key element does not match the schema",
  );
  await refused(
    documents.send(new QueryCommand({ TableName })),
    "ValidationException",
    "Either the KeyConditions or KeyConditionExpression parameter must be specified in the request.",
  );
  const Item = { artist: { S: "x" }, title: { S: "y" }, plays: { N: "many" } };
  await refused(
    client.send(new PutItemCommand({ TableName, Item })),
    "ValidationException",
    "1 validation error detected: The parameter cannot be converted to a numeric value: many",
  );
});
