"""Values of every type, as the resource turns them into Python's own and back."""

from decimal import Decimal

import pytest
from boto3.dynamodb.types import Binary


@pytest.fixture
def shelf(resource, make_table):
    return resource.Table(make_table(id="S"))


def read(shelf):
    return shelf.get_item(Key={"id": "1"}, ConsistentRead=True)["Item"]


@pytest.mark.parametrize(
    "value",
    [
        "text",
        "",
        "äöü € \N{GRINNING FACE} \0 \" \\ / \u2028",
        True,
        False,
        None,
        b"\0\xff bytes",
        b"",
        {"a", "b", "ä"},
        Decimal("-0.12345678901234567890123456789012345678"),
        {Decimal("1"), Decimal("2.5"), Decimal("-3")},
        {b"a", b"\0\xff"},
        [],
        {},
        ["mixed", Decimal("1"), None, [True, [False]], {"nested": {"deeper": [{}]}}],
        {"a b": {"c.d": ["e"]}, "ä": "names within documents are free"},
    ],
    ids=ascii,
)
def test_what_is_written_is_read(shelf, value):
    shelf.put_item(Item={"id": "1", "value": value})
    got = read(shelf)["value"]
    as_python = {Binary: lambda it: it.value, set: lambda it: {getattr(one, "value", one) for one in it}}
    assert as_python.get(type(got), lambda it: it)(got) == value


@pytest.mark.parametrize(
    ("written", "read_back"),
    [
        ("12345678901234567890123456789012345678", "12345678901234567890123456789012345678"),
        ("-0.00012345678901234567890123456789012345678", "-0.00012345678901234567890123456789012345678"),
        ("9.9999999999999999999999999999999999999E+125", "99999999999999999999999999999999999999" + "0" * 88),
        ("1E-130", "0." + "0" * 129 + "1"),
        ("0042.500", "42.5"),
        ("1e3", "1000"),
        ("-0", "0"),
    ],
)
def test_numbers_keep_38_digits(client, shelf, written, read_back):
    client.put_item(TableName=shelf.name, Item={"id": {"S": "1"}, "value": {"N": written}})
    stored = client.get_item(TableName=shelf.name, Key={"id": {"S": "1"}})["Item"]["value"]["N"]
    assert stored == read_back


def test_money_adds_up(shelf):
    """Ten times a tenth is one: numbers are decimal."""
    for _ in range(10):
        shelf.update_item(
            Key={"id": "1"}, UpdateExpression="ADD euros :tenth", ExpressionAttributeValues={":tenth": Decimal("0.1")}
        )
    assert read(shelf)["euros"] == Decimal("1")


def test_sets_grow_and_shrink(shelf):
    def tag(action, tags):
        answer = shelf.update_item(
            Key={"id": "1"},
            UpdateExpression=f"{action} tags :tags",
            ExpressionAttributeValues={":tags": tags},
            ReturnValues="ALL_NEW",
        )
        return answer["Attributes"].get("tags")

    assert tag("ADD", {"jazz"}) == {"jazz"}
    assert tag("ADD", {"jazz", "blues", "soul"}) == {"jazz", "blues", "soul"}
    assert tag("DELETE", {"soul", "opera"}) == {"jazz", "blues"}
    assert tag("DELETE", {"jazz", "blues"}) is None  # a set is never empty


def test_documents_are_changed_in_place(shelf):
    shelf.put_item(
        Item={"id": "1", "customer": {"name": "Ann", "phones": ["1", "2", "3"]}, "orders": [], "draft": True}
    )
    answer = shelf.update_item(
        Key={"id": "1"},
        UpdateExpression="SET customer.#name = :name, customer.phones[1] = :phone, customer.vip = :yes, "
        "orders = list_append(orders, :orders), seen = if_not_exists(seen, :zero) + :one "
        "REMOVE customer.phones[0], draft",
        ExpressionAttributeNames={"#name": "name"},
        ExpressionAttributeValues={
            ":name": "Anna",
            ":phone": "22",
            ":yes": True,
            ":orders": [{"number": 7}, {"number": 8}],
            ":zero": 0,
            ":one": 1,
        },
        ReturnValues="ALL_NEW",
    )
    assert answer["Attributes"] == {
        "id": "1",
        "customer": {"name": "Anna", "phones": ["22", "3"], "vip": True},
        "orders": [{"number": 7}, {"number": 8}],
        "seen": 1,
    }
    assert read(shelf) == answer["Attributes"]


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ("amount BETWEEN :low AND :high", True),
        ("amount IN (:low, :high)", False),
        ("amount < :low OR NOT amount <> :forty", True),
        ("size(label) = :five AND begins_with(label, :he)", True),
        ("contains(label, :he) AND contains(tags, :he)", False),
        ("attribute_type(tags, :ss) AND attribute_exists(tags)", True),
        ("absent = :low", False),
        ("absent <> :low", True),
        ("attribute_exists(absent)", False),
    ],
)
def test_conditions_hold_or_not(resource, shelf, condition, holds):
    shelf.put_item(Item={"id": "1", "amount": 40, "label": "hello", "tags": {"a", "b"}})
    values = {":low": 1, ":high": 100, ":forty": 40, ":five": 5, ":he": "he", ":ss": "SS"}
    used = {name: value for name, value in values.items() if name in condition}

    def delete():
        shelf.delete_item(Key={"id": "1"}, ConditionExpression=condition, **arguments)

    arguments = {"ExpressionAttributeValues": used} if used else {}
    if holds:
        delete()
        assert "Item" not in shelf.get_item(Key={"id": "1"})
    else:
        with pytest.raises(resource.meta.client.exceptions.ConditionalCheckFailedException):
            delete()
        assert read(shelf)["amount"] == 40
