"""Songs that sound alike: a vector index from its creation to its end."""

from decimal import Decimal

import pytest
from botocore.exceptions import ClientError

NAME = "sounds"
INDEX = {
    "IndexName": "by-sound",
    "VectorAttribute": {"AttributeName": "sound"},
    "SearchSchema": [
        {"AttributeName": "genre", "SearchSchemaElementType": "HASH"},
        {"AttributeName": "year", "SearchSchemaElementType": "INLINE_FILTER"},
    ],
    "Projection": {"ProjectionType": "INCLUDE", "NonKeyAttributes": ["title", "sound"]},
    "Dimensions": 2,
    "DistanceFunction": "COSINE",
}
DEFINITIONS = [
    {"AttributeName": "id", "AttributeType": "S"},
    {"AttributeName": "genre", "AttributeType": "S"},
    {"AttributeName": "year", "AttributeType": "N"},
]


@pytest.fixture
def sounds(resource):
    table = resource.create_table(
        TableName=NAME,
        AttributeDefinitions=DEFINITIONS,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        VectorIndexes=[INDEX],
    )
    table.wait_until_exists()
    with table.batch_writer() as batch:
        for number in range(30):
            batch.put_item(
                Item={
                    "id": str(number),
                    "title": f"title {number}",
                    "genre": ["jazz", "folk"][number % 2],
                    "year": 1960 + number // 10,
                    "sound": [Decimal(number), Decimal(30 - number)],
                }
            )
    yield table
    table.delete()


def found(client, vector, count, **more):
    answer = client.search_vectors(
        TableName=NAME,
        IndexName="by-sound",
        SearchVector=[{"N": str(number)} for number in vector],
        TopK=count,
        SearchConditionExpression="genre = :g" + more.pop("condition", ""),
        ExpressionAttributeValues={":g": {"S": "jazz"}} | more.pop("values", {}),
        **more,
    )
    return answer["SearchResults"]


def test_the_nearest_come_first(client, sounds):
    results = found(client, [10, 20], 3)
    assert [result["Item"]["id"]["S"] for result in results] == ["10", "8", "12"]
    assert results[0]["Score"] == 0.0
    assert results[0]["Item"] == {
        "id": {"S": "10"},
        "title": {"S": "title 10"},
        "genre": {"S": "jazz"},
        "year": {"N": "1961"},
        "sound": {"L": [{"N": "10.0"}, {"N": "20.0"}]},
    }


def test_searches_are_narrowed(client, sounds):
    narrowed = {"condition": " AND #y = :y", "values": {":y": {"N": "1962"}}, "ExpressionAttributeNames": {"#y": "year"}}
    results = found(client, [10, 20], 100, **narrowed)
    assert [result["Item"]["id"]["S"] for result in results] == ["20", "22", "24", "26", "28"]


def test_what_is_no_vector_is_refused(client, sounds):
    with pytest.raises(ClientError, match="Invalid size for parameter sound, Expected: 2, Actual: 1"):
        sounds.put_item(Item={"id": "1", "sound": [1]})
    with pytest.raises(ClientError, match="Input search vector dimension 1 does not match"):
        found(client, [1], 1)


def test_an_index_is_taken_away_and_added(client, sounds):
    client.update_table(TableName=NAME, VectorIndexUpdates=[{"Delete": {"IndexName": "by-sound"}}])
    assert "VectorIndexes" not in client.describe_table(TableName=NAME)["Table"]
    create = {"Create": INDEX | {"DistanceFunction": "DOT_PRODUCT"}}
    client.update_table(TableName=NAME, AttributeDefinitions=DEFINITIONS, VectorIndexUpdates=[create])
    (index,) = client.describe_table(TableName=NAME)["Table"]["VectorIndexes"]
    assert (index["IndexStatus"], index["ItemCount"]) == ("ACTIVE", 30)
    (nearest,) = found(client, [1, 0], 1)
    assert (nearest["Item"]["id"]["S"], nearest["Score"]) == ("28", 28.0)


def test_capacity_is_told_in_bytes(client, sounds):
    item = {"id": {"S": "x"}, "genre": {"S": "jazz"}, "sound": {"L": [{"N": "1"}, {"N": "2"}]}}
    written = client.put_item(TableName=NAME, Item=item, ReturnConsumedCapacity="INDEXES")["ConsumedCapacity"]
    assert written["VectorIndexes"] == {"by-sound": {"VectorWriteRequestBytes": 1024.0}}
    searched = client.search_vectors(
        TableName=NAME,
        IndexName="by-sound",
        SearchVector=[{"N": "1"}, {"N": "2"}],
        TopK=1,
        SearchConditionExpression="genre = :g",
        ExpressionAttributeValues={":g": {"S": "jazz"}},
        ReturnConsumedCapacity="TOTAL",
    )
    assert searched["ConsumedCapacity"] == {"VectorSearchRequestBytes": 1024.0}
