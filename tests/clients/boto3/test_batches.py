"""Many items in one request: boto3's own batch writer, and what is said of what was not done."""

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def songs(resource, make_table):
    return resource.Table(make_table(artist="S", title="S"))


def key(number):
    return {"artist": "Nina", "title": f"title {number:03}"}


def test_the_batch_writer_writes_and_deletes(resource, songs):
    with songs.batch_writer() as batch:
        for number in range(60):  # three requests, the last one not full
            batch.put_item(Item=key(number) | {"plays": number})
    assert songs.scan(Select="COUNT")["Count"] == 60
    with songs.batch_writer() as batch:
        for number in range(0, 60, 2):
            batch.delete_item(Key=key(number))
    assert [item["plays"] for item in songs.scan()["Items"]] == list(range(1, 60, 2))


def test_the_last_of_those_with_one_key_is_written(songs):
    with songs.batch_writer(overwrite_by_pkeys=["artist", "title"]) as batch:
        for plays in range(5):
            batch.put_item(Item=key(1) | {"plays": plays})
    assert songs.scan()["Items"] == [key(1) | {"plays": 4}]


def test_items_of_two_tables_are_read(resource, songs, make_table):
    other = resource.Table(make_table(id="N"))
    songs.put_item(Item=key(1) | {"plays": 1, "label": "Philips"})
    songs.put_item(Item=key(2) | {"plays": 2})
    other.put_item(Item={"id": 7, "name": "seven"})
    answer = resource.batch_get_item(
        RequestItems={
            songs.name: {"Keys": [key(1), key(2), key(3)], "ProjectionExpression": "title, plays"},
            other.name: {"Keys": [{"id": 7}], "ConsistentRead": True},
        },
        ReturnConsumedCapacity="TOTAL",
    )
    found = sorted(answer["Responses"][songs.name], key=lambda item: item["title"])
    assert found == [{"title": key(number)["title"], "plays": number} for number in (1, 2)]
    assert answer["Responses"][other.name] == [{"id": 7, "name": "seven"}]
    assert answer["UnprocessedKeys"] == {}
    units = {one["TableName"]: one["CapacityUnits"] for one in answer["ConsumedCapacity"]}
    assert units == {songs.name: 1.5, other.name: 1.0}  # what is missing costs the least


def test_what_is_named_twice_is_refused(client, resource, songs):
    twice = [{"DeleteRequest": {"Key": key(1)}}] * 2
    with pytest.raises(ClientError) as refused:
        resource.batch_write_item(RequestItems={songs.name: twice})
    assert refused.value.response["Error"] == {
        "Code": "ValidationException",
        "Message": "Provided list of item keys contains duplicates",
    }
    with pytest.raises(ClientError) as refused:
        resource.batch_get_item(RequestItems={songs.name: {"Keys": [key(1), key(1)]}})
    assert refused.value.response["Error"] == {
        "Code": "ValidationException",
        "Message": "Provided list of item keys contains duplicates",
    }


def test_a_table_that_is_not_there(client, resource):
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        resource.batch_get_item(RequestItems={"nowhere": {"Keys": [key(1)]}})
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        resource.batch_write_item(RequestItems={"nowhere": [{"PutRequest": {"Item": key(1)}}]})
