"""A session of statements."""

import json

import pytest


@pytest.fixture(scope="module")
def songs(aws):
    aws(
        "create-table", "--table-name", "shell-partiql", "--billing-mode", "PAY_PER_REQUEST",
        "--attribute-definitions", "AttributeName=id,AttributeType=S", "--key-schema", "AttributeName=id,KeyType=HASH",
    )  # fmt: skip
    yield "shell-partiql"
    aws("delete-table", "--table-name", "shell-partiql")


def test_songs_are_told_of_in_statements(aws, refused, songs):
    def statement(text, *parameters):
        more = ["--parameters", list(parameters)] if parameters else []
        return aws("execute-statement", "--statement", text, *more)

    insert = f"INSERT INTO \"{songs}\" VALUE {{'id': ?, 'plays': 1}}"
    assert statement(insert, {"S": "1"}) == {"Items": []}
    update = f"UPDATE \"{songs}\" SET plays = plays + 1 WHERE id = '1' RETURNING ALL NEW *"
    assert statement(update) == {"Items": [{"id": {"S": "1"}, "plays": {"N": "2"}}]}
    assert statement(f'SELECT plays FROM "{songs}" WHERE plays > 1') == {"Items": [{"plays": {"N": "2"}}]}
    said = refused("execute-statement", "--statement", insert, "--parameters", [{"S": "1"}])
    assert "An error occurred (DuplicateItemException) when calling the ExecuteStatement operation: " in said


def test_pages_are_fetched_to_the_end(aws, songs):
    statements = [{"Statement": f"INSERT INTO \"{songs}\" VALUE {{'id': 'page {number}'}}"} for number in range(5)]
    aws("batch-execute-statement", "--statements", json.dumps(statements))
    text = f"SELECT id FROM \"{songs}\" WHERE begins_with(id, 'page')"
    token = []
    found = []
    while token is not None:
        page = aws("execute-statement", "--statement", text, "--limit", "2", *token)
        found += [item["id"]["S"] for item in page["Items"]]
        token = ["--next-token", page["NextToken"]] if "NextToken" in page else None
    assert sorted(found) == [f"page {number}" for number in range(5)]
