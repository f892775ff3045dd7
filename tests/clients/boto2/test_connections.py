"""How programs of the time of boto 2 were told of a local server: both ways must do."""

import boto
import pytest
from boto.dynamodb.exceptions import DynamoDBConditionalCheckFailedError, DynamoDBValidationError
from plugin import PORT, settings


@pytest.mark.parametrize("endpoint", ["localhost", f"localhost:{PORT}"])
def test_tables_are_listed(endpoint):
    connection = boto.connect_dynamodb(**settings(endpoint))
    assert isinstance(connection.list_tables(), list)


@pytest.fixture
def table():
    connection = boto.connect_dynamodb(**settings("localhost"))
    schema = connection.create_schema("artist", str, "year", int)
    table = connection.create_table("boto2-songs", schema, 5, 5)
    table.refresh(wait_for_active=True)
    yield table
    table.delete()


def test_songs(table):
    song = table.new_item("Nina Simone", 1965, {"title": "Sinnerman", "tags": {"a", "b"}})
    assert song.put()["ConsumedCapacityUnits"] == 1
    assert table.has_item("Nina Simone", 1965) and not table.has_item("Nina Simone", 1966)
    assert dict(table.get_item("Nina Simone", 1965))["tags"] == {"a", "b"}
    with pytest.raises(DynamoDBConditionalCheckFailedError):
        song.put({"artist": False})
    with pytest.raises(DynamoDBValidationError):
        table.new_item("Nina Simone", 1966, {"title": "x" * 65536}).put()


def test_a_batch_goes_on_until_all_is_read(table):
    """Boto's generator loops until the table is in an answer, also if none of its items is there."""
    for year in range(1900, 2010):
        table.new_item("Nina Simone", year, {}).put()
    keys = [("Nina Simone", year) for year in range(1890, 2010)]
    assert len(list(table.batch_get_item(keys))) == 110
    assert list(table.batch_get_item([("Bob", 1965)])) == []
