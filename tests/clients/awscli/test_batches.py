"""Many items in one command."""

import pytest


@pytest.fixture(scope="module")
def songs(aws):
    aws(
        "create-table", "--table-name", "shell-batches", "--billing-mode", "PAY_PER_REQUEST",
        "--attribute-definitions", "AttributeName=id,AttributeType=S", "--key-schema", "AttributeName=id,KeyType=HASH",
    )  # fmt: skip
    yield "shell-batches"
    aws("delete-table", "--table-name", "shell-batches")


def test_items_are_written_and_read_together(aws, songs):
    def item(number):
        return {"id": {"S": str(number)}, "plays": {"N": str(number)}}

    written = aws(
        "batch-write-item", "--request-items", {songs: [{"PutRequest": {"Item": item(number)}} for number in range(25)]}
    )
    assert written == {"UnprocessedItems": {}}
    keys = [{"id": {"S": str(number)}} for number in (3, 7, 99)]
    read = aws("batch-get-item", "--request-items", {songs: {"Keys": keys}})
    assert sorted(read["Responses"][songs], key=lambda one: one["id"]["S"]) == [item(3), item(7)]
    assert read["UnprocessedKeys"] == {}


def test_too_many_are_refused(refused, songs):
    many = [{"DeleteRequest": {"Key": {"id": {"S": str(number)}}}} for number in range(26)]
    said = refused("batch-write-item", "--request-items", {songs: many})
    assert "An error occurred (ValidationException) when calling the BatchWriteItem operation: " in said
    assert "Member must have length less than or equal to 25" in said
