"""Several writes, or several reads, as one: with the client, whose values are typed, and with the resource's own client,
which takes those of the language."""

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def accounts(client, make_table):
    table = make_table(owner="S")
    for owner in ("ann", "bob"):
        client.put_item(TableName=table, Item={"owner": {"S": owner}, "balance": {"N": "100"}})
    return table


@pytest.fixture
def journal(make_table):
    return make_table(id="S")


def change(table, owner, amount):
    return {
        "Update": {
            "TableName": table,
            "Key": {"owner": {"S": owner}},
            "UpdateExpression": "SET balance = balance + :amount",
            "ConditionExpression": "balance >= :least",
            "ExpressionAttributeValues": {":amount": {"N": str(amount)}, ":least": {"N": str(max(0, -amount))}},
            "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
        }
    }


def transfer(accounts, journal, number, amount):
    once = {"TableName": journal, "Item": {"id": {"S": number}}, "ConditionExpression": "attribute_not_exists(id)"}
    return [{"Put": once}, change(accounts, "ann", -amount), change(accounts, "bob", amount)]


def balances(client, accounts):
    gets = [{"Get": {"TableName": accounts, "Key": {"owner": {"S": owner}}}} for owner in ("ann", "bob", "eve")]
    responses = client.transact_get_items(TransactItems=gets)["Responses"]
    assert responses[2] == {}
    return [int(response["Item"]["balance"]["N"]) for response in responses[:2]]


def test_money_is_moved_as_one(client, accounts, journal):
    client.transact_write_items(TransactItems=transfer(accounts, journal, "1", 70))
    assert balances(client, accounts) == [30, 170]
    with pytest.raises(client.exceptions.TransactionCanceledException) as refused:
        client.transact_write_items(TransactItems=transfer(accounts, journal, "2", 70))
    assert refused.value.response["CancellationReasons"] == [
        {"Code": "None"},
        {
            "Code": "ConditionalCheckFailed",
            "Message": "The conditional request failed",
            "Item": {"owner": {"S": "ann"}, "balance": {"N": "30"}},
        },
        {"Code": "None"},
    ]
    assert refused.value.response["Error"] == {
        "Code": "TransactionCanceledException",
        "Message": "Transaction cancelled, please refer cancellation reasons for specific reasons "
        "[None, ConditionalCheckFailed, None]",
    }
    assert balances(client, accounts) == [30, 170]
    assert client.scan(TableName=journal, Select="COUNT")["Count"] == 1


def test_what_is_sent_twice_is_done_once(client, accounts, journal):
    request = {"TransactItems": transfer(accounts, journal, "1", 10), "ClientRequestToken": "transfer 1"}
    first = client.transact_write_items(**request, ReturnConsumedCapacity="TOTAL")
    again = client.transact_write_items(**request, ReturnConsumedCapacity="TOTAL")
    assert balances(client, accounts) == [90, 110]

    def units(answer, kind):
        return {one["TableName"]: one.get(kind) for one in answer["ConsumedCapacity"]}

    assert units(first, "WriteCapacityUnits") == units(again, "ReadCapacityUnits") == {accounts: 4.0, journal: 2.0}
    with pytest.raises(client.exceptions.IdempotentParameterMismatchException):
        client.transact_write_items(**request | {"TransactItems": transfer(accounts, journal, "1", 11)})


def test_the_resource_takes_values_of_the_language(resource, accounts, journal):
    client = resource.meta.client
    client.transact_write_items(
        TransactItems=[
            {"Put": {"TableName": journal, "Item": {"id": "1", "tags": {"a", "b"}}}},
            {"Delete": {"TableName": accounts, "Key": {"owner": "bob"}}},
            {
                "ConditionCheck": {
                    "TableName": accounts,
                    "Key": {"owner": "ann"},
                    "ConditionExpression": "balance = :balance",
                    "ExpressionAttributeValues": {":balance": 100},
                }
            },
        ]
    )
    keys = [(journal, {"id": "1"}), (accounts, {"owner": "bob"}), (accounts, {"owner": "ann"})]
    gets = [{"Get": {"TableName": table, "Key": key}} for table, key in keys]
    assert client.transact_get_items(TransactItems=gets)["Responses"] == [
        {"Item": {"id": "1", "tags": {"a", "b"}}},
        {},
        {"Item": {"owner": "ann", "balance": 100}},
    ]


def test_the_batch_writer_writes_what_a_transaction_reads(resource, journal):
    with resource.Table(journal).batch_writer() as batch:
        for number in range(30):
            batch.put_item(Item={"id": str(number), "number": number})
    gets = [{"Get": {"TableName": journal, "Key": {"id": str(number)}}} for number in range(30)]
    read = resource.meta.client.transact_get_items(TransactItems=gets, ReturnConsumedCapacity="TOTAL")
    assert [response["Item"]["number"] for response in read["Responses"]] == list(range(30))
    assert [one["ReadCapacityUnits"] for one in read["ConsumedCapacity"]] == [60.0]


def test_mistakes(client, accounts):
    put = {"Put": {"TableName": accounts, "Item": {"owner": {"S": "ann"}}}}
    with pytest.raises(ClientError) as refused:
        client.transact_write_items(TransactItems=[put, put])
    assert refused.value.response["Error"] == {
        "Code": "ValidationException",
        "Message": "Transaction request cannot include multiple operations on one item",
    }
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.transact_get_items(TransactItems=[{"Get": {"TableName": "nowhere", "Key": {"id": {"S": "1"}}}}])
    with pytest.raises(client.exceptions.TransactionCanceledException) as refused:
        client.transact_get_items(TransactItems=[{"Get": {"TableName": accounts, "Key": {"owner": {"N": "1"}}}}])
    assert refused.value.response["CancellationReasons"] == [
        {"Code": "ValidationError", "Message": "The provided key element does not match the schema"}
    ]
