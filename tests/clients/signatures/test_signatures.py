"""A server that verifies signatures, and botocore, which makes them: in clients, and by hand where clients never go."""

import gzip
import http.client
import json
from urllib.parse import urlsplit

import boto3
import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

from conftest import ONE_ATTEMPT

DEFAULT = Credentials("AKIDTESTS", "of/the+tests=")
SESSION = Credentials("ASIDTESTS", "of-a-session", "to/ken+==")
LIST_TABLES = {
    "Content-Type": "application/x-amz-json-1.0",
    "X-Amz-Target": "DynamoDB_20120810.ListTables",
}


def code(url, credentials):
    """What a client with these credentials is refused with; none if it is not."""
    client = boto3.client(
        "dynamodb",
        endpoint_url=url,
        region_name="eu-west-1",
        aws_access_key_id=credentials.access_key,
        aws_secret_access_key=credentials.secret_key,
        aws_session_token=credentials.token,
        config=ONE_ATTEMPT,
    )
    try:
        client.list_tables()
    except ClientError as error:
        return error.response["Error"]["Code"]


def signed(url, body=b"{}", headers=LIST_TABLES, signer=SigV4Auth, credentials=DEFAULT):
    request = AWSRequest("POST", url, headers=dict(headers), data=body)
    signer(credentials, "dynamodb", "eu-west-1").add_auth(request)
    return request


def send(request, body=None):
    """Sends a request to the letter; the type of the error that answers it, none if there is none."""
    parts = urlsplit(request.url)
    connection = http.client.HTTPConnection(parts.netloc)
    path = request.url[len(f"http://{parts.netloc}"):] or "/"
    connection.request("POST", path, request.body if body is None else body, dict(request.headers))
    answer = json.loads(connection.getresponse().read())
    return answer.get("__type", "#").split("#")[1]


@pytest.mark.parametrize("credentials", [DEFAULT, SESSION])
def test_right_keys_are_taken(url, credentials):
    assert code(url, credentials) is None


@pytest.mark.parametrize(
    ("credentials", "refused"),
    [
        (Credentials("AKIDTESTS", "of/the+tests"), "InvalidSignatureException"),
        (Credentials("ASIDTESTS", "wrong", "to/ken+=="), "InvalidSignatureException"),
        (Credentials("AKIDOTHER", "of/the+tests="), "UnrecognizedClientException"),
        (Credentials("ASIDTESTS", "of-a-session"), "UnrecognizedClientException"),
        (Credentials("AKIDTESTS", "of/the+tests=", "token"), "UnrecognizedClientException"),
    ],
)
def test_wrong_keys_are_refused(url, credentials, refused):
    assert code(url, credentials) == refused


@pytest.mark.parametrize("path", ["", "/", "/a/b%20c", "/a//b/../c", "/?b=2&a=1&a=0", "/?x=a%2Fb&y", "/%C3%A9?z=%20~"])
@pytest.mark.parametrize("credentials", [DEFAULT, SESSION])
def test_paths_and_queries_are_signed(url, path, credentials):
    assert send(signed(url + path, credentials=credentials)) == ""


def test_headers_are_signed(url):
    headers = LIST_TABLES | {"X-Amz-Spaced": "a   b    c", "X-Amz-Empty": "", "X-Upper": "VALUE", "User-Agent": "me"}
    assert send(signed(url, headers=headers)) == ""
    changed = signed(url, headers=headers)
    changed.headers.replace_header("X-Amz-Spaced", "a b d")
    assert send(changed) == "InvalidSignatureException"


def test_the_body_is_signed_as_it_is_sent(url):
    packed = gzip.compress(b"{}")
    assert send(signed(url, packed, LIST_TABLES | {"Content-Encoding": "gzip"})) == ""
    assert send(signed(url), b"{ }") == "InvalidSignatureException"


@pytest.mark.parametrize("credentials", [DEFAULT, SESSION])
def test_signatures_in_the_query(url, credentials):
    presigned = signed(url + "/?a=b", signer=SigV4QueryAuth, credentials=credentials)
    # Beside such a signature botocore sends no body, and that is refused once the signature is right.
    assert send(presigned) == "SerializationException"
    presigned.url = presigned.url.replace("a=b", "a=c")
    assert send(presigned) == "InvalidSignatureException"


def test_who_does_not_sign_is_refused(url):
    assert send(AWSRequest("POST", url, headers=LIST_TABLES, data=b"{}")) == "MissingAuthenticationTokenException"
