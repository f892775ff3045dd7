"""A consumer of a stream, as programs have them: every shard to its end, parents before children."""

import time

import boto3
import pytest


@pytest.fixture
def streams(settings):
    """A client of the streams' own service, which is at the same address."""
    return boto3.client("dynamodbstreams", region_name="eu-west-1", **settings)


@pytest.fixture
def songs(client, make_table):
    """A table with a stream."""
    name = make_table(artist="S")
    client.update_table(
        TableName=name, StreamSpecification={"StreamEnabled": True, "StreamViewType": "NEW_AND_OLD_IMAGES"}
    )
    return name


def shards(streams, arn):
    """All shards, one a page."""
    page = {}
    while True:
        description = streams.describe_stream(StreamArn=arn, Limit=1, **page)["StreamDescription"]
        yield from description["Shards"]
        if "LastEvaluatedShardId" not in description:
            return
        page = {"ExclusiveStartShardId": description["LastEvaluatedShardId"]}


def consume(streams, arn):
    """All records that there are."""
    for shard in shards(streams, arn):
        start = {"StreamArn": arn, "ShardId": shard["ShardId"], "ShardIteratorType": "TRIM_HORIZON"}
        iterator = streams.get_shard_iterator(**start)["ShardIterator"]
        while iterator:
            page = streams.get_records(ShardIterator=iterator, Limit=2)
            yield from page["Records"]
            iterator = page.get("NextShardIterator") if page["Records"] else None


def test_records_make_the_table(client, streams, songs):
    """Whoever replays the records has the items."""
    for number in range(20):
        client.put_item(TableName=songs, Item={"artist": {"S": f"artist {number % 5}"}, "plays": {"N": str(number)}})
    client.delete_item(TableName=songs, Key={"artist": {"S": "artist 0"}})
    [stream] = streams.list_streams(TableName=songs)["Streams"]
    assert stream["StreamArn"] == client.describe_table(TableName=songs)["Table"]["LatestStreamArn"]
    items = {}
    records = list(consume(streams, stream["StreamArn"]))
    for record in records:
        change = record["dynamodb"]
        key = change["Keys"]["artist"]["S"]
        assert items.get(key) == change.get("OldImage")
        items[key] = change.get("NewImage")
        assert record["awsRegion"] == "eu-west-1"
    assert len({record["eventID"] for record in records}) == len(records) == 21
    there = {item["artist"]["S"]: item for item in client.scan(TableName=songs)["Items"]}
    assert {key: item for key, item in items.items() if item} == there


def test_a_stream_that_is_disabled_is_read_to_its_end(client, streams, songs):
    """Its shards are closed, and say so."""
    client.put_item(TableName=songs, Item={"artist": {"S": "Nina Simone"}})
    client.update_table(TableName=songs, StreamSpecification={"StreamEnabled": False})
    [stream] = streams.list_streams(TableName=songs)["Streams"]
    description = streams.describe_stream(StreamArn=stream["StreamArn"])["StreamDescription"]
    assert description["StreamStatus"] == "DISABLED"
    assert all("EndingSequenceNumber" in shard["SequenceNumberRange"] for shard in description["Shards"])
    assert [record["eventName"] for record in consume(streams, stream["StreamArn"])] == ["INSERT"]


def test_exceptions_have_classes(streams):
    """Those of the streams' service."""
    arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/nothing/stream/2026-01-01T00:00:00.000"
    with pytest.raises(streams.exceptions.ResourceNotFoundException):
        streams.describe_stream(StreamArn=arn)


def test_items_expire(client, streams, songs):
    """And the stream says that nobody deleted them."""
    client.update_time_to_live(TableName=songs, TimeToLiveSpecification={"Enabled": True, "AttributeName": "ends"})
    described = client.describe_time_to_live(TableName=songs)["TimeToLiveDescription"]
    assert described == {"TimeToLiveStatus": "ENABLED", "AttributeName": "ends"}
    past = str(int(time.time()) - 60)
    client.put_item(TableName=songs, Item={"artist": {"S": "Nina Simone"}, "ends": {"N": past}})
    assert client.scan(TableName=songs)["Items"] == []
    [stream] = streams.list_streams(TableName=songs)["Streams"]
    inserted, removed = consume(streams, stream["StreamArn"])
    assert (inserted["eventName"], removed["eventName"]) == ("INSERT", "REMOVE")
    assert removed["userIdentity"] == {"PrincipalId": "dynamodb.amazonaws.com", "Type": "Service"}
