"""PartiQL: statements alone, in batches and in transactions."""

import pytest


@pytest.fixture
def plays(client, make_table):
    table = make_table(song="S", minute="N")
    for minute in range(5):
        client.execute_statement(
            Statement=f'INSERT INTO "{table}" VALUE {{\'song\': ?, \'minute\': ?, \'tags\': ?}}',
            Parameters=[{"S": "Sinnerman"}, {"N": str(minute)}, {"SS": ["live", "loud"]}],
        )
    return table


def test_pages_go_on(client, plays):
    statement = {
        "Statement": f'SELECT minute FROM "{plays}" WHERE song = ? AND minute > ?',
        "Parameters": [{"S": "Sinnerman"}, {"N": "0"}],
        "Limit": 3,
    }
    pages = [client.execute_statement(**statement)]
    while "NextToken" in pages[-1]:
        pages.append(client.execute_statement(**statement, NextToken=pages[-1]["NextToken"]))
    assert [len(page["Items"]) for page in pages] == [3, 1]
    assert [item["minute"]["N"] for page in pages for item in page["Items"]] == ["1", "2", "3", "4"]
    with pytest.raises(client.exceptions.ClientError, match="NextToken does not match request"):
        client.execute_statement(
            Statement=f'SELECT * FROM "{plays}"', NextToken=pages[0]["NextToken"], Limit=3
        )


def test_a_song_is_changed_and_removed(client, plays):
    where = "WHERE song = 'Sinnerman' AND minute = 1"
    changed = client.execute_statement(
        Statement=f"UPDATE \"{plays}\" SET tags = set_add(tags, <<'long'>>) SET n = 1 {where} RETURNING MODIFIED NEW *"
    )
    assert changed["Items"] == [{"n": {"N": "1"}, "tags": {"SS": ["live", "long", "loud"]}}]
    with pytest.raises(client.exceptions.ConditionalCheckFailedException) as refused:
        client.execute_statement(
            Statement=f'DELETE FROM "{plays}" {where} AND n > 1', ReturnValuesOnConditionCheckFailure="ALL_OLD"
        )
    assert refused.value.response["Item"]["n"] == {"N": "1"}
    with pytest.raises(client.exceptions.DuplicateItemException, match="Duplicate primary key exists in table"):
        client.execute_statement(Statement=f"INSERT INTO \"{plays}\" VALUE {{'song': 'Sinnerman', 'minute': 1}}")
    client.execute_statement(Statement=f'DELETE FROM "{plays}" {where} AND n = 1')
    assert client.execute_statement(Statement=f'SELECT * FROM "{plays}" {where}')["Items"] == []


def test_a_batch_tells_of_each_statement(client, plays):
    def insert(minute):
        statement = f'INSERT INTO "{plays}" VALUE {{\'song\': ?, \'minute\': ?}}'
        return {"Statement": statement, "Parameters": [{"S": "Sinnerman"}, {"N": str(minute)}]}

    answers = client.batch_execute_statement(Statements=[insert(4), insert(5), {"Statement": "SLECT"}])["Responses"]
    assert answers == [
        {"TableName": plays, "Error": {"Code": "DuplicateItem", "Message": "Duplicate primary key exists in table"}},
        {"TableName": plays},
        {"Error": {"Code": "ValidationError", "Message": "Unsupported operation: Id"}},
    ]


def test_a_transaction_is_done_once_and_whole(client, plays):
    statements = [
        {"Statement": f"UPDATE \"{plays}\" SET n = 1 WHERE song = 'Sinnerman' AND minute = {minute}"} for minute in (1, 2)
    ]
    client.execute_transaction(TransactStatements=statements, ClientRequestToken="once")
    client.execute_transaction(TransactStatements=statements, ClientRequestToken="once")
    exists = f"EXISTS(SELECT * FROM \"{plays}\" WHERE song = 'Sinnerman' AND minute = 3 AND n = 1)"
    with pytest.raises(client.exceptions.TransactionCanceledException) as refused:
        client.execute_transaction(TransactStatements=[*statements, {"Statement": exists}])
    codes = [reason["Code"] for reason in refused.value.response["CancellationReasons"]]
    assert codes == ["None", "None", "ConditionalCheckFailed"]
    reads = [{"Statement": f"SELECT n FROM \"{plays}\" WHERE song = 'Sinnerman' AND minute = {minute}"} for minute in (1, 9)]
    assert client.execute_transaction(TransactStatements=reads)["Responses"] == [{"Item": {"n": {"N": "1"}}}, {}]
