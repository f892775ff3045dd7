"""What is not simulated: it can be asked for, and is at rest."""

from pathlib import Path
from urllib.parse import urlparse

import pytest

PAGE = Path(__file__).parents[3] / "docs/src/differences.md"


def test_a_table_is_described_from_all_sides(client, make_table):
    name = make_table(id="S")
    assert client.describe_time_to_live(TableName=name)["TimeToLiveDescription"] == {"TimeToLiveStatus": "DISABLED"}
    backups = client.describe_continuous_backups(TableName=name)["ContinuousBackupsDescription"]
    assert backups["PointInTimeRecoveryDescription"] == {"PointInTimeRecoveryStatus": "DISABLED"}
    off = {"PointInTimeRecoveryEnabled": False}
    updated = client.update_continuous_backups(TableName=name, PointInTimeRecoverySpecification=off)
    assert updated["ContinuousBackupsDescription"] == backups
    assert client.describe_contributor_insights(TableName=name)["ContributorInsightsStatus"] == "DISABLED"
    assert client.describe_kinesis_streaming_destination(TableName=name)["KinesisDataStreamDestinations"] == []
    with pytest.raises(client.exceptions.ResourceNotFoundException, match=f"'{name}' does not exist"):
        client.describe_table_replica_auto_scaling(TableName=name)


def test_a_table_that_is_not_there_is_not_backed_up(client):
    with pytest.raises(client.exceptions.TableNotFoundException, match="Table not found: nowhere"):
        client.describe_continuous_backups(TableName="nowhere")


def test_lists_are_empty(client):
    assert client.list_backups()["BackupSummaries"] == []
    assert client.list_exports()["ExportSummaries"] == []
    assert client.list_imports()["ImportSummaryList"] == []
    assert client.list_global_tables()["GlobalTables"] == []
    assert client.list_contributor_insights()["ContributorInsightsSummaries"] == []


def test_a_backup_is_not_found(client):
    arn = "arn:aws:dynamodb:eu-west-1:123456789012:table/songs/backup/01489602797149-73d8d5bc"
    with pytest.raises(client.exceptions.BackupNotFoundException, match=arn):
        client.describe_backup(BackupArn=arn)


def test_limits_and_the_address_are_told(client, url):
    assert client.describe_limits()["TableMaxReadCapacityUnits"] == 40000
    [endpoint] = client.describe_endpoints()["Endpoints"]
    assert endpoint["Address"] == urlparse(url).netloc


def test_every_operation_that_boto3_knows_is_answered_or_said_not_to_be(client):
    named = set(PAGE.read_text(encoding="utf-8").split("`")[1::2])
    assert set(client.meta.service_model.operation_names) - named == set()
