"""Tables that live as long as a test."""

import itertools

import pytest

numbers = itertools.count(1)


@pytest.fixture
def make_table(client):
    """Creates on-demand tables from their keys, `make_table(artist="S", title="S")`, and deletes them in the end."""
    made = []

    def make(**keys):
        name = f"scenario-{next(numbers)}"
        roles = zip(keys, ("HASH", "RANGE"))
        client.create_table(
            TableName=name,
            AttributeDefinitions=[{"AttributeName": key, "AttributeType": kind} for key, kind in keys.items()],
            KeySchema=[{"AttributeName": key, "KeyType": role} for key, role in roles],
            BillingMode="PAY_PER_REQUEST",
        )
        made.append(name)
        client.get_waiter("table_exists").wait(TableName=name)
        return name

    yield make
    for name in made:
        client.delete_table(TableName=name)
