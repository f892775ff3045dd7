"""What is refused, and in which words."""

import pytest
from botocore.exceptions import ClientError

NESTED = {"S": "leaf"}
for _ in range(32):
    NESTED = {"L": [NESTED]}


@pytest.fixture
def songs(client, make_table):
    name = make_table(id="S")
    client.put_item(TableName=name, Item={"id": {"S": "1"}, "title": {"S": "Sinnerman"}, "plays": {"N": "1"}})
    return name


def refusal(call):
    with pytest.raises(ClientError) as refused:
        call()
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]


def invalid(call):
    code, message = refusal(call)
    assert code == "ValidationException"
    return message


ONE = "1 validation error detected: "
PARAMETER = "One or more parameter values were invalid: "


@pytest.mark.parametrize(
    ("request_part", "message"),
    [
        (
            {"Item": {"title": {"S": "x"}}},
            PARAMETER + "Missing the key id in the item",
        ),
        (
            {"Item": {"id": {"N": "1"}}},
            PARAMETER + "Type mismatch for key id expected: S actual: N",
        ),
        (
            {"Item": {"id": {"S": ""}}},
            "One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an "
            "empty string value. Key: id",
        ),
        (
            {"Item": {"id": {"S": "1"}, "plays": {"N": "1" * 39}}},
            ONE + "Attempting to store more than 38 significant digits in a Number",
        ),
        (
            {"Item": {"id": {"S": "1"}, "plays": {"N": "many"}}},
            ONE + "The parameter cannot be converted to a numeric value: many",
        ),
        (
            {"Item": {"id": {"S": "1"}, "tags": {"SS": []}}},
            ONE + PARAMETER + "An string set  may not be empty",
        ),
        (
            {"Item": {"id": {"S": "1"}, "deep": NESTED}},
            ONE + "Nesting Levels have exceeded supported limits: "
            "Attributes in the item have nested levels beyond supported limit",
        ),
        (
            {"Item": {"id": {"S": "1"}, "much": {"S": "x" * (400 * 1024)}}},
            "Item size has exceeded the maximum allowed size",
        ),
        (
            {"Item": {"id": {"S": "1"}}, "ReturnValues": "ALL_NEW"},
            ONE + "ReturnValues can only be ALL_OLD or NONE",
        ),
        (
            {"Item": {"id": {"S": "1"}}, "ReturnConsumedCapacity": "SOME"},
            ONE + "Value 'SOME' at 'returnConsumedCapacity' failed to satisfy constraint: "
            "Member must satisfy enum value set: [INDEXES, TOTAL, NONE]",
        ),
        (
            {"Item": {"id": {"S": "1"}}, "ConditionExpression": "name = :n"},
            ONE + "Invalid ConditionExpression: Attribute name is a reserved keyword; reserved keyword: name",
        ),
        (
            {"Item": {"id": {"S": "1"}}, "ConditionExpression": "title = :t"},
            ONE + "Invalid ConditionExpression: An expression attribute value used in expression is not defined; "
            "attribute value: :t",
        ),
        (
            {"Item": {"id": {"S": "1"}}, "ConditionExpression": "title = "},
            ONE + 'Invalid ConditionExpression: Syntax error; token: "<EOF>", near: "="',
        ),
    ],
)
def test_puts_that_are_refused(client, songs, request_part, message):
    assert invalid(lambda: client.put_item(TableName=songs, **request_part)) == message


@pytest.mark.parametrize(
    ("expression", "values", "message"),
    [
        (
            "SET name = :v",
            {":v": {"S": "x"}},
            ONE + "Invalid UpdateExpression: Attribute name is a reserved keyword; reserved keyword: name",
        ),
        (
            "SET title = :v",
            {":v": {"S": "x"}, ":w": {"S": "y"}},
            ONE + "Value provided in ExpressionAttributeValues unused in expressions: keys: {:w}",
        ),
        (
            "SET title = :v REMOVE title",
            {":v": {"S": "x"}},
            ONE + "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one "
            "of these paths; path one: [title], path two: [title]",
        ),
        (
            "SET id = :v",
            {":v": {"S": "x"}},
            PARAMETER + "Cannot update attribute id. This attribute is part of the key",
        ),
        (
            "SET album.title = :v",
            {":v": {"S": "x"}},
            "The document path provided in the update expression is invalid for update",
        ),
        (
            "SET plays = stars + :v",
            {":v": {"N": "1"}},
            "The provided expression refers to an attribute that does not exist in the item",
        ),
        (
            "SET plays = title + :v",
            {":v": {"N": "1"}},
            "An operand in the update expression has an incorrect data type",
        ),
    ],
)
def test_updates_that_are_refused_change_nothing(client, songs, expression, values, message):
    key = {"id": {"S": "1"}}
    before = client.get_item(TableName=songs, Key=key)["Item"]

    def update():
        client.update_item(
            TableName=songs, Key=key, UpdateExpression=expression, ExpressionAttributeValues=values
        )

    assert invalid(update) == message
    assert client.get_item(TableName=songs, Key=key)["Item"] == before


@pytest.mark.parametrize(
    ("request_part", "message"),
    [
        ({"Key": {"title": {"S": "1"}}}, "The provided key element does not match the schema"),
        ({"Key": {"id": {"N": "1"}}}, "The provided key element does not match the schema"),
        (
            {"Key": {"id": {"S": "1"}}, "ProjectionExpression": "title, name"},
            "Invalid ProjectionExpression: Attribute name is a reserved keyword; reserved keyword: name",
        ),
        (
            {"Key": {"id": {"S": "1"}}, "ExpressionAttributeNames": {"#n": "name"}},
            "ExpressionAttributeNames can only be specified when using expressions",
        ),
    ],
)
def test_reads_that_are_refused(client, songs, request_part, message):
    assert invalid(lambda: client.get_item(TableName=songs, **request_part)) == message


def test_tables_that_are_not_there(client):
    not_found = client.exceptions.ResourceNotFoundException
    with pytest.raises(not_found) as refused:
        client.get_item(TableName="nowhere", Key={"id": {"S": "1"}})
    assert refused.value.response["Error"]["Message"] == "Requested resource not found"
    for operation in (client.describe_table, client.delete_table):
        with pytest.raises(not_found) as refused:
            operation(TableName="nowhere")
        assert (
            refused.value.response["Error"]["Message"] == "Requested resource not found: Table: nowhere not found"
        )


def test_a_name_is_taken_once(client, songs):
    schema = {
        "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
        "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
        "BillingMode": "PAY_PER_REQUEST",
    }
    with pytest.raises(client.exceptions.ResourceInUseException) as refused:
        client.create_table(TableName=songs, **schema)
    assert refused.value.response["Error"]["Message"] == f"Table already exists: {songs}"


def test_tables_that_make_no_sense(client):
    def create(**request):
        return invalid(lambda: client.create_table(TableName="senseless", **request))

    definition = {"AttributeName": "id", "AttributeType": "S"}
    key = {"AttributeName": "id", "KeyType": "HASH"}
    assert create(AttributeDefinitions=[definition], KeySchema=[key]) == (
        PARAMETER + "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED"
    )
    assert create(
        AttributeDefinitions=[definition | {"AttributeName": "other"}], KeySchema=[key], BillingMode="PAY_PER_REQUEST"
    ) == (
        PARAMETER + "Some index key attributes are not defined in AttributeDefinitions. "
        "Keys: [id], AttributeDefinitions: [other]"
    )


def test_what_is_not_there_yet_is_said(client):
    """Nothing is accepted and ignored."""
    code, _ = refusal(lambda: client.create_backup(TableName="songs", BackupName="songs"))
    assert code == "UnknownOperationException"
