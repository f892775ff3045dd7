"""A library that is looked through: by artist, by year, by genre, in pages and in parts."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal

import pytest
from boto3.dynamodb.conditions import Attr, Key
from botocore.exceptions import ClientError

GENRES = ["jazz", "soul", "folk"]


def song(number):
    """Forty songs of two artists; every fifth has no genre, and so is in no index by genre."""
    item = {
        "artist": f"artist {number % 2}",
        "title": f"title {number:02}",
        "year": 1960 + number // 4,
        "plays": number,
        "label": {"name": f"label {number % 3}", "city": "Paris"},
    }
    return item if number % 5 == 0 else item | {"genre": GENRES[number % 3]}


SONGS = [song(number) for number in range(40)]


@pytest.fixture(scope="module")
def library(resource):
    table = resource.create_table(
        TableName="indexed-library",
        AttributeDefinitions=[
            {"AttributeName": "artist", "AttributeType": "S"},
            {"AttributeName": "title", "AttributeType": "S"},
            {"AttributeName": "year", "AttributeType": "N"},
            {"AttributeName": "genre", "AttributeType": "S"},
        ],
        KeySchema=[
            {"AttributeName": "artist", "KeyType": "HASH"},
            {"AttributeName": "title", "KeyType": "RANGE"},
        ],
        LocalSecondaryIndexes=[
            {
                "IndexName": "by-year",
                "KeySchema": [
                    {"AttributeName": "artist", "KeyType": "HASH"},
                    {"AttributeName": "year", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "KEYS_ONLY"},
            }
        ],
        GlobalSecondaryIndexes=[
            {
                "IndexName": "by-genre",
                "KeySchema": [
                    {"AttributeName": "genre", "KeyType": "HASH"},
                    {"AttributeName": "year", "KeyType": "RANGE"},
                ],
                "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["plays"]},
            }
        ],
        BillingMode="PAY_PER_REQUEST",
    )
    table.wait_until_exists()
    for item in SONGS:
        table.put_item(Item=item)
    yield table
    table.delete()
    table.wait_until_not_exists()


def pages(client, operation, page_size, **request):
    paginator = client.get_paginator(operation)
    return list(paginator.paginate(TableName="indexed-library", PaginationConfig={"PageSize": page_size}, **request))


def titles(found):
    return [item["title"]["S"] for page in found for item in page["Items"]]


OF_ARTIST = {
    "KeyConditionExpression": "artist = :artist",
    "ExpressionAttributeValues": {":artist": {"S": "artist 1"}},
}
OF_JAZZ = {
    "IndexName": "by-genre",
    "KeyConditionExpression": "genre = :genre",
    "ExpressionAttributeValues": {":genre": {"S": "jazz"}},
}
TITLES_OF_ARTIST = [item["title"] for item in SONGS if item["artist"] == "artist 1"]


@pytest.mark.parametrize("page_size", [1, 3, 20, 100])
@pytest.mark.parametrize("index", [{}, {"IndexName": "by-year"}])
@pytest.mark.parametrize("forward", [True, False])
def test_pages_of_any_size_follow_each_other(client, library, index, page_size, forward):
    found = pages(client, "query", page_size, ScanIndexForward=forward, **index, **OF_ARTIST)
    assert all(page["Count"] == page["ScannedCount"] <= page_size for page in found)
    assert titles(found) == TITLES_OF_ARTIST[:: 1 if forward else -1]


def test_the_paginator_stops_and_goes_on(client, library):
    paginator = client.get_paginator("query")
    first = paginator.paginate(
        TableName=library.name, PaginationConfig={"MaxItems": 7, "PageSize": 5}, **OF_ARTIST
    ).build_full_result()
    rest = paginator.paginate(
        TableName=library.name, PaginationConfig={"StartingToken": first["NextToken"]}, **OF_ARTIST
    ).build_full_result()
    assert titles([first, rest]) == TITLES_OF_ARTIST
    assert len(first["Items"]) == 7
    assert "NextToken" not in rest


def test_songs_without_a_genre_are_not_found_by_it(client, library):
    found = pages(client, "query", 4, **OF_JAZZ)
    jazz = [item for item in SONGS if item.get("genre") == "jazz"]
    assert sorted(titles(found)) == [item["title"] for item in jazz]
    years = [int(item["year"]["N"]) for page in found for item in page["Items"]]
    assert years == [item["year"] for item in jazz]
    # It holds what it was told to, and its keys and the table's say where a page ends.
    assert {name for page in found for item in page["Items"] for name in item} == {
        "artist", "title", "genre", "year", "plays",
    }  # fmt: skip
    assert all(set(page["LastEvaluatedKey"]) == {"artist", "title", "genre", "year"} for page in found[:-1])
    described = client.describe_table(TableName=library.name)["Table"]
    assert described["ItemCount"] == 40
    assert [index["ItemCount"] for index in described["GlobalSecondaryIndexes"]] == [32]
    assert [index["ItemCount"] for index in described["LocalSecondaryIndexes"]] == [40]


def test_a_filter_hides_what_was_read(client, library):
    found = pages(
        client,
        "query",
        3,
        IndexName="by-genre",
        KeyConditionExpression="genre = :genre AND #year BETWEEN :from AND :to",
        FilterExpression="plays > :plays",
        ExpressionAttributeNames={"#year": "year"},
        ExpressionAttributeValues={
            ":genre": {"S": "jazz"},
            ":from": {"N": "1961"},
            ":to": {"N": "1966"},
            ":plays": {"N": "15"},
        },
    )
    read = [item for item in SONGS if item.get("genre") == "jazz" and 1961 <= item["year"] <= 1966]
    assert titles(found) == [item["title"] for item in read if item["plays"] > 15]
    assert sum(page["ScannedCount"] for page in found) == len(read)
    assert sum(page["Count"] for page in found) < len(read)


def test_conditions_of_the_resource(library):
    answer = library.query(
        KeyConditionExpression=Key("artist").eq("artist 0") & Key("title").begins_with("title 1"),
        FilterExpression=Attr("plays").gte(14) & Attr("label.name").ne("label 1"),
        ProjectionExpression="title, plays, label.city",
    )
    passed = [item for item in SONGS if item["title"] in ("title 14", "title 18")]
    assert answer["Items"] == [
        {"title": item["title"], "plays": Decimal(item["plays"]), "label": {"city": "Paris"}} for item in passed
    ]
    assert (answer["Count"], answer["ScannedCount"]) == (2, 5)


def test_a_local_index_lends_from_the_table(client, library):
    request = OF_ARTIST | {"TableName": library.name, "IndexName": "by-year", "Limit": 3}

    def read(**more):
        return client.query(**request, ReturnConsumedCapacity="INDEXES", **more)

    held = read()
    assert all(set(item) == {"artist", "title", "year"} for item in held["Items"])
    assert held["ConsumedCapacity"] == {
        "TableName": library.name,
        "CapacityUnits": 0.5,
        "Table": {"CapacityUnits": 0.0},
        "LocalSecondaryIndexes": {"by-year": {"CapacityUnits": 0.5}},
    }
    lent = read(Select="ALL_ATTRIBUTES", ConsistentRead=True)
    assert all(set(item) >= {"plays", "label"} for item in lent["Items"])
    assert lent["ConsumedCapacity"]["CapacityUnits"] == 4.0
    assert lent["ConsumedCapacity"]["Table"] == {"CapacityUnits": 3.0}
    assert read(Select="COUNT")["Count"] == 3


@pytest.mark.parametrize(("index", "count"), [({}, 40), ({"IndexName": "by-genre"}, 32)])
@pytest.mark.parametrize("page_size", [1, 7, 100])
def test_a_scan_finds_everything_once(client, library, index, count, page_size):
    found = titles(pages(client, "scan", page_size, **index))
    assert len(found) == len(set(found)) == count


@pytest.mark.parametrize("index", [{}, {"IndexName": "by-genre"}])
def test_scans_side_by_side_share_the_songs(client, library, index):
    def segment(number):
        return titles(pages(client, "scan", 2, Segment=number, TotalSegments=4, **index))

    with ThreadPoolExecutor(4) as pool:
        parts = list(pool.map(segment, range(4)))
    # Segments follow each other in the order of the whole.
    assert [title for part in parts for title in part] == titles(pages(client, "scan", 100, **index))


def test_an_index_comes_later_and_goes(client, make_table):
    name = make_table(id="S")
    for number in range(6):
        label = {"label": {"S": f"label {number % 2}"}} if number else {}
        client.put_item(TableName=name, Item={"id": {"S": str(number)}} | label)
    created = client.update_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": "label", "AttributeType": "S"}],
        GlobalSecondaryIndexUpdates=[
            {
                "Create": {
                    "IndexName": "by-label",
                    "KeySchema": [{"AttributeName": "label", "KeyType": "HASH"}],
                    "Projection": {"ProjectionType": "ALL"},
                }
            }
        ],
    )["TableDescription"]
    assert created["TableStatus"] == "UPDATING"
    assert created["GlobalSecondaryIndexes"][0]["IndexStatus"] == "CREATING"
    client.get_waiter("table_exists").wait(TableName=name)
    (index,) = client.describe_table(TableName=name)["Table"]["GlobalSecondaryIndexes"]
    assert (index["IndexStatus"], index["ItemCount"]) == ("ACTIVE", 5)

    request = {
        "TableName": name,
        "IndexName": "by-label",
        "KeyConditionExpression": "label = :label",
        "ExpressionAttributeValues": {":label": {"S": "label 1"}},
    }
    assert sorted(item["id"]["S"] for item in client.query(**request)["Items"]) == ["1", "3", "5"]
    client.update_item(TableName=name, Key={"id": {"S": "3"}}, UpdateExpression="REMOVE label")
    assert client.query(**request)["Count"] == 2

    client.update_table(TableName=name, GlobalSecondaryIndexUpdates=[{"Delete": {"IndexName": "by-label"}}])
    client.get_waiter("table_exists").wait(TableName=name)
    assert "GlobalSecondaryIndexes" not in client.describe_table(TableName=name)["Table"]
    with pytest.raises(ClientError) as refused:
        client.query(**request)
    assert refused.value.response["Error"] == {
        "Code": "ValidationException",
        "Message": "The table does not have the specified index: by-label",
    }


@pytest.mark.parametrize(
    ("request_part", "message"),
    [
        (
            {"ConsistentRead": True} | OF_JAZZ,
            "Consistent reads are not supported on global secondary indexes",
        ),
        (
            {"Select": "ALL_ATTRIBUTES"} | OF_JAZZ,
            "One or more parameter values were invalid: Select type ALL_ATTRIBUTES is not supported for global "
            "secondary index by-genre because its projection type is not ALL",
        ),
        (
            {"ExclusiveStartKey": {"artist": {"S": "artist 1"}, "title": {"S": "title 01"}}} | OF_JAZZ,
            "The provided starting key is invalid",
        ),
        (
            OF_JAZZ | {"KeyConditionExpression": "plays = :genre"},
            "Query condition missed key schema element: genre",
        ),
    ],
)
def test_queries_that_are_refused(client, library, request_part, message):
    with pytest.raises(ClientError) as refused:
        client.query(TableName=library.name, **request_part)
    assert refused.value.response["Error"] == {"Code": "ValidationException", "Message": message}
