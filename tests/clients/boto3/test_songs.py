"""A library of songs, kept by the plain client: what is written comes back, and what must not happen is refused."""

import pytest


@pytest.fixture
def songs(make_table):
    return make_table(artist="S", title="S")


KEY = {"artist": {"S": "Nina Simone"}, "title": {"S": "Sinnerman"}}
SINNERMAN = KEY | {"year": {"N": "1965"}, "seconds": {"N": "622"}, "plays": {"N": "0"}}


def test_a_song_is_kept_until_it_is_deleted(client, songs):
    assert client.get_item(TableName=songs, Key=KEY).get("Item") is None

    client.put_item(TableName=songs, Item=SINNERMAN)
    answer = client.get_item(TableName=songs, Key=KEY, ConsistentRead=True)
    assert answer["Item"] == SINNERMAN
    assert answer["ResponseMetadata"]["HTTPStatusCode"] == 200
    assert len(answer["ResponseMetadata"]["RequestId"]) == 52

    deleted = client.delete_item(TableName=songs, Key=KEY, ReturnValues="ALL_OLD")
    assert deleted["Attributes"] == SINNERMAN
    assert client.delete_item(TableName=songs, Key=KEY, ReturnValues="ALL_OLD").get("Attributes") is None
    assert client.get_item(TableName=songs, Key=KEY).get("Item") is None


def test_the_title_is_part_of_the_key(client, songs):
    feeling_good = {"artist": KEY["artist"], "title": {"S": "Feeling Good"}}
    client.put_item(TableName=songs, Item=SINNERMAN)
    client.put_item(TableName=songs, Item=feeling_good)
    assert client.get_item(TableName=songs, Key=KEY)["Item"] == SINNERMAN
    assert client.get_item(TableName=songs, Key=feeling_good)["Item"] == feeling_good
    assert client.describe_table(TableName=songs)["Table"]["ItemCount"] == 2


def test_a_song_is_not_overwritten_unnoticed(client, songs):
    first = {"TableName": songs, "Item": SINNERMAN, "ConditionExpression": "attribute_not_exists(artist)"}
    client.put_item(**first)

    with pytest.raises(client.exceptions.ConditionalCheckFailedException) as refused:
        client.put_item(**first)
    error = refused.value.response
    assert error["Error"] == {
        "Code": "ConditionalCheckFailedException",
        "Message": "The conditional request failed",
    }
    assert error["ResponseMetadata"]["HTTPStatusCode"] == 400
    assert "Item" not in error

    with pytest.raises(client.exceptions.ConditionalCheckFailedException) as refused:
        client.put_item(**first, ReturnValuesOnConditionCheckFailure="ALL_OLD")
    assert refused.value.response["Item"] == SINNERMAN


def test_who_was_faster_wins(client, songs):
    """Optimistic locking: two editors read version 1, and the second to write has to read again."""
    client.put_item(TableName=songs, Item=SINNERMAN | {"version": {"N": "1"}})

    def rename(album, version):
        return client.update_item(
            TableName=songs,
            Key=KEY,
            UpdateExpression="SET album = :album, version = version + :one",
            ConditionExpression="version = :version",
            ExpressionAttributeValues={
                ":album": {"S": album},
                ":version": {"N": str(version)},
                ":one": {"N": "1"},
            },
            ReturnValues="UPDATED_NEW",
        )

    first = rename("Pastel Blues", 1)
    assert first["Attributes"] == {"album": {"S": "Pastel Blues"}, "version": {"N": "2"}}
    with pytest.raises(client.exceptions.ConditionalCheckFailedException):
        rename("Pastel Greens", 1)
    assert rename("Pastel Blues (1965)", 2)["Attributes"]["version"] == {"N": "3"}


def test_plays_are_counted(client, songs):
    def play(times=1):
        answer = client.update_item(
            TableName=songs,
            Key=KEY,
            UpdateExpression="ADD plays :times",
            ExpressionAttributeValues={":times": {"N": str(times)}},
            ReturnValues="UPDATED_NEW",
        )
        return answer["Attributes"]["plays"]["N"]

    assert play() == "1"  # the first play makes the item
    assert [play() for _ in range(3)] == ["2", "3", "4"]
    assert play(times=-4) == "0"
    assert client.get_item(TableName=songs, Key=KEY)["Item"] == KEY | {"plays": {"N": "0"}}


@pytest.mark.parametrize(
    ("return_values", "expected"),
    [
        ("NONE", None),
        ("ALL_OLD", SINNERMAN),
        ("UPDATED_OLD", {"year": {"N": "1965"}}),
        ("ALL_NEW", SINNERMAN | {"year": {"N": "1966"}, "live": {"BOOL": True}}),
        ("UPDATED_NEW", {"year": {"N": "1966"}, "live": {"BOOL": True}}),
    ],
)
def test_an_update_returns_what_was_asked_for(client, songs, return_values, expected):
    client.put_item(TableName=songs, Item=SINNERMAN)
    answer = client.update_item(
        TableName=songs,
        Key=KEY,
        UpdateExpression="SET #year = :year, live = :yes",
        ExpressionAttributeNames={"#year": "year"},
        ExpressionAttributeValues={":year": {"N": "1966"}, ":yes": {"BOOL": True}},
        ReturnValues=return_values,
    )
    assert answer.get("Attributes") == expected


def test_a_put_returns_what_it_replaced(client, songs):
    put = {"TableName": songs, "ReturnValues": "ALL_OLD"}
    assert client.put_item(**put, Item=SINNERMAN).get("Attributes") is None
    assert client.put_item(**put, Item=KEY)["Attributes"] == SINNERMAN
    assert client.put_item(**put, Item=SINNERMAN)["Attributes"] == KEY


def test_only_what_is_projected_is_read(client, songs):
    album = {"name": {"S": "Pastel Blues"}, "sides": {"L": [{"S": "A"}, {"S": "B"}]}}
    client.put_item(TableName=songs, Item=SINNERMAN | {"album": {"M": album}})
    answer = client.get_item(
        TableName=songs,
        Key=KEY,
        ProjectionExpression="seconds, album.#name, album.sides[1], album.label",
        ExpressionAttributeNames={"#name": "name"},
    )
    assert answer["Item"] == {
        "seconds": {"N": "622"},
        "album": {"M": {"name": {"S": "Pastel Blues"}, "sides": {"L": [{"S": "B"}]}}},
    }


def test_what_requests_cost_is_told(client, songs):
    lyrics = SINNERMAN | {"lyrics": {"S": "x" * 5000}}

    def cost(operation, **request):
        answer = operation(TableName=songs, ReturnConsumedCapacity="TOTAL", **request)
        assert answer["ConsumedCapacity"]["TableName"] == songs
        return answer["ConsumedCapacity"]["CapacityUnits"]

    assert cost(client.put_item, Item=lyrics) == 5.0
    assert cost(client.get_item, Key=KEY) == 1.0
    assert cost(client.get_item, Key=KEY, ConsistentRead=True) == 2.0
    assert cost(client.put_item, Item=SINNERMAN) == 5.0  # the larger one of before and after
    assert cost(client.get_item, Key=KEY) == 0.5
    assert cost(client.delete_item, Key=KEY) == 1.0
    assert cost(client.get_item, Key=KEY) == 0.5  # nothing there costs the least

    indexes = client.put_item(TableName=songs, Item=SINNERMAN, ReturnConsumedCapacity="INDEXES")
    assert indexes["ConsumedCapacity"] == {
        "TableName": songs,
        "CapacityUnits": 1.0,
        "Table": {"CapacityUnits": 1.0},
    }
    assert "ConsumedCapacity" not in client.get_item(TableName=songs, Key=KEY)
