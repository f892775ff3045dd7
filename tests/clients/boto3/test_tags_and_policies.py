"""Tags and resource policies of a table."""

import json

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def arn(client, make_table):
    return client.describe_table(TableName=make_table(id="S"))["Table"]["TableArn"]


def tags_of(client, arn):
    pages = client.get_paginator("list_tags_of_resource").paginate(ResourceArn=arn)
    return {tag["Key"]: tag["Value"] for page in pages for tag in page["Tags"]}


def test_tags_are_added_changed_and_taken_away(client, arn):
    assert tags_of(client, arn) == {}
    client.tag_resource(ResourceArn=arn, Tags=[{"Key": "singer", "Value": "Nina"}, {"Key": "year", "Value": ""}])
    client.tag_resource(ResourceArn=arn, Tags=[{"Key": "singer", "Value": "Simone"}])
    assert tags_of(client, arn) == {"singer": "Simone", "year": ""}
    client.untag_resource(ResourceArn=arn, TagKeys=["year", "album"])
    assert tags_of(client, arn) == {"singer": "Simone"}


def test_fifty_tags_are_enough(client, arn):
    client.tag_resource(ResourceArn=arn, Tags=[{"Key": f"key{n}", "Value": "v"} for n in range(50)])
    with pytest.raises(ClientError, match="Number of Tags exceed the current limit"):
        client.tag_resource(ResourceArn=arn, Tags=[{"Key": "another", "Value": "v"}])
    assert len(tags_of(client, arn)) == 50


def test_a_table_that_is_not_there_has_no_tags(client, arn):
    with pytest.raises(client.exceptions.ResourceNotFoundException, match=f"ResourceArn: {arn}-2 not found"):
        client.list_tags_of_resource(ResourceArn=f"{arn}-2")


def policy(action):
    statement = {"Effect": "Allow", "Principal": {"AWS": "123456789012"}, "Action": action, "Resource": "*"}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def test_policies_are_replaced_by_those_who_know_them(client, arn):
    with pytest.raises(client.exceptions.PolicyNotFoundException):
        client.get_resource_policy(ResourceArn=arn)
    reading, writing = policy("dynamodb:GetItem"), policy("dynamodb:PutItem")
    first = client.put_resource_policy(ResourceArn=arn, Policy=reading, ExpectedRevisionId="NO_POLICY")["RevisionId"]
    assert client.put_resource_policy(ResourceArn=arn, Policy=reading)["RevisionId"] == first
    second = client.put_resource_policy(ResourceArn=arn, Policy=writing, ExpectedRevisionId=first)["RevisionId"]
    assert int(second) > int(first)
    with pytest.raises(client.exceptions.PolicyNotFoundException, match=f"has revision id {second}"):
        client.put_resource_policy(ResourceArn=arn, Policy=reading, ExpectedRevisionId=first)
    got = client.get_resource_policy(ResourceArn=arn)
    assert (json.loads(got["Policy"]), got["RevisionId"]) == (json.loads(writing), second)
    assert client.delete_resource_policy(ResourceArn=arn)["RevisionId"] == second
    assert "RevisionId" not in client.delete_resource_policy(ResourceArn=arn)
