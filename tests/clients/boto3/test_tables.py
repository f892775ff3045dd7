"""The life of tables, as an administrator sees it."""

import re
from datetime import datetime, timedelta, timezone

import pytest


def test_a_table_from_its_creation_to_its_end(client):
    asked = datetime.now(timezone.utc)
    created = client.create_table(
        TableName="library",
        AttributeDefinitions=[
            {"AttributeName": "artist", "AttributeType": "S"},
            {"AttributeName": "year", "AttributeType": "N"},
        ],
        KeySchema=[
            {"AttributeName": "artist", "KeyType": "HASH"},
            {"AttributeName": "year", "KeyType": "RANGE"},
        ],
        BillingMode="PAY_PER_REQUEST",
    )["TableDescription"]
    assert created["TableStatus"] == "CREATING"
    client.get_waiter("table_exists").wait(TableName="library")

    table = client.describe_table(TableName="library")["Table"]
    creation = table.pop("CreationDateTime")
    assert abs(creation - asked) < timedelta(minutes=1)
    switched = table["BillingModeSummary"].pop("LastUpdateToPayPerRequestDateTime")
    assert switched == creation
    definitions = sorted(table.pop("AttributeDefinitions"), key=lambda one: one["AttributeName"])
    assert definitions == [
        {"AttributeName": "artist", "AttributeType": "S"},
        {"AttributeName": "year", "AttributeType": "N"},
    ]
    table_id = table.pop("TableId")
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", table_id)
    assert created["TableId"] == table_id
    assert table == {
        "TableName": "library",
        "TableArn": "arn:aws:dynamodb:eu-west-1:123456789012:table/library",
        "TableStatus": "ACTIVE",
        "KeySchema": [
            {"AttributeName": "artist", "KeyType": "HASH"},
            {"AttributeName": "year", "KeyType": "RANGE"},
        ],
        "BillingModeSummary": {"BillingMode": "PAY_PER_REQUEST"},
        "ProvisionedThroughput": {
            "NumberOfDecreasesToday": 0,
            "ReadCapacityUnits": 0,
            "WriteCapacityUnits": 0,
        },
        "WarmThroughput": {
            "ReadUnitsPerSecond": 12000,
            "WriteUnitsPerSecond": 4000,
            "Status": "ACTIVE",
        },
        "TableSizeBytes": 0,
        "ItemCount": 0,
        "DeletionProtectionEnabled": False,
    }

    deleted = client.delete_table(TableName="library")["TableDescription"]
    assert (deleted["TableStatus"], deleted["TableId"]) == ("DELETING", table_id)
    client.get_waiter("table_not_exists").wait(TableName="library")


def test_a_table_with_throughput_of_its_own(client):
    client.create_table(
        TableName="planned",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "B"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        ProvisionedThroughput={"ReadCapacityUnits": 7, "WriteCapacityUnits": 3},
    )
    table = client.describe_table(TableName="planned")["Table"]
    assert table["ProvisionedThroughput"] == {
        "NumberOfDecreasesToday": 0,
        "ReadCapacityUnits": 7,
        "WriteCapacityUnits": 3,
    }
    assert "BillingModeSummary" not in table
    client.delete_table(TableName="planned")


def test_a_new_table_of_an_old_name_is_empty(client, make_table):
    name = make_table(id="S")
    client.put_item(TableName=name, Item={"id": {"S": "1"}})
    first = client.delete_table(TableName=name)["TableDescription"]
    second = client.create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )["TableDescription"]
    assert first["TableId"] != second["TableId"]
    assert "Item" not in client.get_item(TableName=name, Key={"id": {"S": "1"}})


def test_a_protected_table_stays(client):
    client.create_table(
        TableName="precious",
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
        DeletionProtectionEnabled=True,
    )
    with pytest.raises(client.exceptions.ClientError) as refused:
        client.delete_table(TableName="precious")
    assert refused.value.response["Error"] == {
        "Code": "ValidationException",
        "Message": "Resource cannot be deleted as it is currently protected against deletion. "
        "Disable deletion protection first.",
    }


def test_tables_are_listed_page_by_page(client, make_table):
    names = sorted(make_table(id="S") for _ in range(5))
    paginator = client.get_paginator("list_tables")
    pages = [page["TableNames"] for page in paginator.paginate(PaginationConfig={"PageSize": 2})]
    listed = [name for page in pages for name in page]
    assert all(len(page) == 2 for page in pages[:-1])
    assert listed == sorted(listed)
    assert set(names) <= set(listed)
    assert listed == client.list_tables()["TableNames"]


def test_both_regions_see_a_table(client, american, make_table):
    name = make_table(id="S")
    client.put_item(TableName=name, Item={"id": {"S": "1"}, "from": {"S": "eu-west-1"}})
    item = american.get_item(TableName=name, Key={"id": {"S": "1"}})["Item"]
    assert item["from"] == {"S": "eu-west-1"}
    assert name in american.list_tables()["TableNames"]
    arn = f"arn:aws:dynamodb:eu-west-1:123456789012:table/{name}"
    assert american.describe_table(TableName=name)["Table"]["TableArn"] == arn
    assert american.get_item(TableName=arn, Key={"id": {"S": "1"}})["Item"] == item
