"""What all scenarios share: a server, whose URL is in DDBMOCK_URL, and clients of it in two regions."""

import os

import boto3
import pytest
from botocore.config import Config

# Whatever fails must be seen the first time.
ONE_ATTEMPT = Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=30)


@pytest.fixture(scope="session")
def url():
    """The server's URL."""
    return os.environ["DDBMOCK_URL"]


@pytest.fixture(scope="session")
def settings(url):
    """What boto3 must be told: where the server is, and any credentials."""
    return {
        "endpoint_url": url,
        "aws_access_key_id": "any",
        "aws_secret_access_key": "any",
        "config": ONE_ATTEMPT,
    }


@pytest.fixture(scope="session")
def client(settings):
    """A client in eu-west-1."""
    return boto3.client("dynamodb", region_name="eu-west-1", **settings)


@pytest.fixture(scope="session")
def american(settings):
    """A client in us-east-1. It sees the tables of the other one: one server is one world."""
    return boto3.client("dynamodb", region_name="us-east-1", **settings)


@pytest.fixture(scope="session")
def resource(settings):
    """The same as the client, in terms of tables and Python's own types."""
    return boto3.resource("dynamodb", region_name="eu-west-1", **settings)
