"""What all scenarios share: a server, whose URL is in DDBMOCK_URL, and clients of it in two regions."""

import os
import sys
from pathlib import Path

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
def aws_environment(url, tmp_path_factory):
    """What the command `aws` must be told. It must not find the settings of whoever runs this."""
    nothing = str(tmp_path_factory.mktemp("aws") / "nothing")
    return os.environ | {
        # It is in the folder of this Python.
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
        "AWS_CONFIG_FILE": nothing,
        "AWS_SHARED_CREDENTIALS_FILE": nothing,
        "AWS_ENDPOINT_URL_DYNAMODB": url,
        "AWS_DEFAULT_REGION": "eu-west-1",
        "AWS_ACCESS_KEY_ID": "any",
        "AWS_SECRET_ACCESS_KEY": "any",
        "AWS_MAX_ATTEMPTS": "1",
        "AWS_PAGER": "",
    }


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
