// A library that is looked through with the SDK's own paginators.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { DescribeTableCommand, paginateQuery, UpdateTableCommand } from "@aws-sdk/client-dynamodb";
import {
  paginateQuery as paginateDocuments,
  paginateScan,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";

import { client, createLibrary, deleteLibrary, documents, keyOf, untilThere } from "./library.js";

const TableName = "javascript-indexes";

// Thirty songs of two artists; every fifth has no genre, and so is in no index by genre.
const songs = Array.from({ length: 30 }, (_, number) => ({
  artist: `artist ${number % 2}`,
  title: `title ${String(number).padStart(2, "0")}`,
  year: 1960 + Math.floor(number / 4),
  plays: number,
  genre: number % 5 === 0 ? undefined : ["jazz", "soul", "folk"][number % 3],
}));
const titlesOf = (items) => items.map((item) => item.title);
const ofArtist = titlesOf(songs.filter((song) => song.artist === "artist 1"));

before(async () => {
  const created = await createLibrary(TableName);
  assert.equal(created.TableStatus, "CREATING");
  for (const Item of songs) {
    await documents.send(new PutCommand({ TableName, Item }));
  }
});

after(() => deleteLibrary(TableName));

// All pages of a request. A paginator writes into the request that it is given.
async function pagesOf(paginate, pageSize, request, through = documents) {
  const found = [];
  for await (const page of paginate({ client: through, pageSize }, { ...request })) {
    found.push(page);
  }
  return found;
}

const items = (pages) => pages.flatMap((page) => page.Items);

const queryOfArtist = {
  TableName,
  KeyConditionExpression: "artist = :artist",
  ExpressionAttributeValues: { ":artist": "artist 1" },
};

test("pages of any size follow each other, forwards and backwards", async () => {
  for (const pageSize of [1, 4, 15, 100]) {
    for (const IndexName of [undefined, "by-year"]) {
      for (const ScanIndexForward of [true, false]) {
        const query = { ...queryOfArtist, IndexName, ScanIndexForward };
        const pages = await pagesOf(paginateDocuments, pageSize, query);
        assert.deepEqual(titlesOf(items(pages)), ScanIndexForward ? ofArtist : ofArtist.toReversed());
        assert.ok(pages.every((page) => page.Count === page.ScannedCount && page.Count <= pageSize));
      }
    }
  }
});

test("the paginator of the plain client goes on after a key", async () => {
  const query = {
    ...queryOfArtist,
    ExpressionAttributeValues: { ":artist": { S: "artist 1" } },
    ExclusiveStartKey: { artist: { S: "artist 1" }, title: { S: ofArtist[6] } },
  };
  const pages = await pagesOf(paginateQuery, 3, query, client);
  assert.deepEqual(items(pages).map((item) => item.title.S), ofArtist.slice(7));
});

test("songs without a genre are not found by it, and a filter hides what was read", async () => {
  const query = {
    TableName,
    IndexName: "by-genre",
    KeyConditionExpression: "genre = :genre",
    ExpressionAttributeValues: { ":genre": "soul" },
  };
  const soul = songs.filter((song) => song.genre === "soul");
  const pages = await pagesOf(paginateDocuments, 3, query);
  assert.deepEqual(titlesOf(items(pages)), titlesOf(soul));
  assert.deepEqual(Object.keys(pages[0].LastEvaluatedKey).sort(), ["artist", "genre", "title", "year"]);

  const filtered = await pagesOf(paginateDocuments, 3, {
    ...query,
    FilterExpression: "plays > :plays",
    ProjectionExpression: "title, plays",
    ExpressionAttributeValues: { ":genre": "soul", ":plays": 12 },
  });
  const loud = soul.filter((song) => song.plays > 12);
  assert.deepEqual(items(filtered), loud.map(({ title, plays }) => ({ title, plays })));
  assert.equal(filtered.reduce((sum, page) => sum + page.ScannedCount, 0), soul.length);
});

test("scans in pages and side by side find everything once", async () => {
  for (const IndexName of [undefined, "by-genre"]) {
    const scan = { TableName, IndexName };
    const whole = titlesOf(items(await pagesOf(paginateScan, 4, scan)));
    const expected = titlesOf(songs.filter((song) => !IndexName || song.genre));
    assert.deepEqual(whole.toSorted(), expected);
    const TotalSegments = 3;
    const segments = [0, 1, 2].map((Segment) => pagesOf(paginateScan, 2, { ...scan, Segment, TotalSegments }));
    // Segments follow each other in the order of the whole.
    assert.deepEqual(titlesOf((await Promise.all(segments)).flatMap(items)), whole);
  }
});

test("an index is added, follows what is written, and goes", async () => {
  const change = (change, attributes) =>
    client.send(
      new UpdateTableCommand({
        TableName,
        AttributeDefinitions: attributes,
        GlobalSecondaryIndexUpdates: [change],
      }),
    );
  const IndexName = "by-plays";
  const create = { IndexName, KeySchema: keyOf("plays"), Projection: { ProjectionType: "ALL" } };
  const { TableDescription } = await change({ Create: create }, [{ AttributeName: "plays", AttributeType: "N" }]);
  assert.equal(TableDescription.TableStatus, "UPDATING");
  await untilThere(TableName);
  const described = await client.send(new DescribeTableCommand({ TableName }));
  const index = described.Table.GlobalSecondaryIndexes.find((one) => one.IndexName === IndexName);
  assert.deepEqual([index.IndexStatus, index.ItemCount], ["ACTIVE", songs.length]);

  const Key = { artist: songs[3].artist, title: songs[3].title };
  const values = { ":plays": 1000 };
  await documents.send(
    new UpdateCommand({ TableName, Key, UpdateExpression: "SET plays = :plays", ExpressionAttributeValues: values }),
  );
  const query = {
    TableName,
    IndexName,
    KeyConditionExpression: "plays = :plays",
    ExpressionAttributeValues: values,
    ReturnConsumedCapacity: "INDEXES",
  };
  const answer = await documents.send(new QueryCommand(query));
  assert.deepEqual(answer.Items, [{ ...songs[3], plays: 1000 }]);
  assert.deepEqual(answer.ConsumedCapacity, {
    TableName,
    CapacityUnits: 0.5,
    Table: { CapacityUnits: 0 },
    GlobalSecondaryIndexes: { [IndexName]: { CapacityUnits: 0.5 } },
  });

  await change({ Delete: { IndexName } });
  await untilThere(TableName);
  await assert.rejects(documents.send(new QueryCommand(query)), {
    name: "ValidationException",
    message: "The table does not have the specified index: by-plays",
  });
});
