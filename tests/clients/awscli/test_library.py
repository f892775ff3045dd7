"""A library kept from a shell: every command is the real one, in a process of its own."""

import pytest

ARTIST_AND_TITLE = "AttributeName=artist,KeyType=HASH AttributeName=title,KeyType=RANGE"
BY_YEAR = {
    "IndexName": "by-year",
    "KeySchema": [
        {"AttributeName": "artist", "KeyType": "HASH"},
        {"AttributeName": "year", "KeyType": "RANGE"},
    ],
    "Projection": {"ProjectionType": "KEYS_ONLY"},
}
BY_GENRE = {
    "IndexName": "by-genre",
    "KeySchema": [{"AttributeName": "genre", "KeyType": "HASH"}],
    "Projection": {"ProjectionType": "ALL"},
}
OF_NINA = ["--key-condition-expression", "artist = :a", "--expression-attribute-values", '{":a": {"S": "Nina"}}']


@pytest.fixture(scope="module")
def library(aws):
    aws(
        "create-table", "--table-name", "shell-library", "--billing-mode", "PAY_PER_REQUEST",
        "--attribute-definitions", "AttributeName=artist,AttributeType=S", "AttributeName=title,AttributeType=S",
        "AttributeName=year,AttributeType=N", "AttributeName=genre,AttributeType=S",
        "--key-schema", *ARTIST_AND_TITLE.split(),
        "--local-secondary-indexes", [BY_YEAR], "--global-secondary-indexes", [BY_GENRE],
    )  # fmt: skip
    aws("wait", "table-exists", "--table-name", "shell-library")
    songs = [(1965, "Sinnerman", "soul"), (1966, "Lilac Wine", "jazz"), (1967, "Be My Husband", "soul")]
    for year, title, genre in songs:
        item = {"artist": {"S": "Nina"}, "title": {"S": title}, "genre": {"S": genre}, "year": {"N": str(year)}}
        aws("put-item", "--table-name", "shell-library", "--item", item)
    yield "shell-library"
    aws("delete-table", "--table-name", "shell-library")
    aws("wait", "table-not-exists", "--table-name", "shell-library")


def titles(answer):
    return [item["title"]["S"] for item in answer["Items"]]


def test_a_table_is_described(aws, library):
    table = aws("describe-table", "--table-name", library)["Table"]
    assert (table["TableStatus"], table["ItemCount"]) == ("ACTIVE", 3)
    assert table["LocalSecondaryIndexes"][0]["ItemCount"] == 3
    assert table["GlobalSecondaryIndexes"][0]["IndexStatus"] == "ACTIVE"


def test_queries_are_paged_by_the_command(aws, library):
    query = ["query", "--table-name", library, *OF_NINA]
    assert titles(aws(*query, "--page-size", "1")) == ["Be My Husband", "Lilac Wine", "Sinnerman"]
    first = aws(*query, "--index-name", "by-year", "--no-scan-index-forward", "--max-items", "2")
    assert titles(first) == ["Be My Husband", "Lilac Wine"]
    rest = aws(*query, "--index-name", "by-year", "--no-scan-index-forward", "--starting-token", first["NextToken"])
    assert titles(rest) == ["Sinnerman"]


def test_a_filter_and_a_projection(aws, library):
    answer = aws(
        "query", "--table-name", library, "--key-condition-expression", "artist = :a",
        "--filter-expression", "genre = :g", "--projection-expression", "title",
        "--expression-attribute-values", {":a": {"S": "Nina"}, ":g": {"S": "soul"}},
    )  # fmt: skip
    assert answer["Items"] == [{"title": {"S": "Be My Husband"}}, {"title": {"S": "Sinnerman"}}]
    assert (answer["Count"], answer["ScannedCount"]) == (2, 3)


def test_scans_in_pages_and_segments(aws, library):
    whole = titles(aws("scan", "--table-name", library, "--index-name", "by-genre", "--page-size", "1"))
    assert sorted(whole) == ["Be My Husband", "Lilac Wine", "Sinnerman"]

    def segment(number):
        scan = ["scan", "--table-name", library, "--index-name", "by-genre", "--total-segments", "2"]
        return titles(aws(*scan, "--segment", number))

    assert segment("0") + segment("1") == whole


def test_an_index_is_added_and_read(aws, library):
    create = {"Create": BY_GENRE | {"IndexName": "by-genre-again"}}
    added = aws(
        "update-table", "--table-name", library, "--attribute-definitions",
        "AttributeName=genre,AttributeType=S", "--global-secondary-index-updates", [create],
    )  # fmt: skip
    assert added["TableDescription"]["TableStatus"] == "UPDATING"
    aws("wait", "table-exists", "--table-name", library)
    answer = aws(
        "query", "--table-name", library, "--index-name", "by-genre-again", "--key-condition-expression", "genre = :g",
        "--expression-attribute-values", {":g": {"S": "jazz"}}, "--query", "Items[].title.S",
    )  # fmt: skip
    assert answer == ["Lilac Wine"]


def test_refusals_have_the_service_s_names(refused, library):
    item = {"artist": {"S": "Nina"}, "title": {"S": "Sinnerman"}}
    put = ["put-item", "--table-name", library, "--item", item]
    assert refused(*put, "--condition-expression", "attribute_not_exists(artist)").startswith(
        "An error occurred (ConditionalCheckFailedException) when calling the PutItem operation: "
        "The conditional request failed"
    )
    assert refused("scan", "--table-name", "nowhere").endswith(
        "An error occurred (ResourceNotFoundException) when calling the Scan operation: Requested resource not found"
    )
    assert refused("get-item", "--table-name", library, "--key", {"id": {"S": "1"}}).endswith(
        "An error occurred (ValidationException) when calling the GetItem operation: "
        "The provided key element does not match the schema"
    )
