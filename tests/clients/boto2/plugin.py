"""What boto 2's own integration tests need here: the server at DDBMOCK_URL, no waiting, and a name that Python has moved.

The tests themselves are fetched as they were published, and are not changed.
"""

import collections
import collections.abc
import os
import time
from urllib.parse import urlsplit

import pytest

collections.Mapping = collections.abc.Mapping  # where boto 2 looks for it; Python 3.10 took it away

from boto.dynamodb.layer1 import Layer1
from boto.dynamodb2.layer1 import DynamoDBConnection
from boto.regioninfo import RegionInfo

# Those that cannot pass, with the reason.
NEED_SIMULATION = {
    "test_unprocessed_batch_writes": "wants to be throttled: five hundred writes on one unit a second",
    "test_query_after_describe_with_gsi": "compares a text with a list, which only an index that lags would hide",
}

PORT = urlsplit(os.environ["DDBMOCK_URL"]).port
SETTINGS = {
    "aws_access_key_id": "any",
    "aws_secret_access_key": "any",
    "is_secure": False,
    "port": PORT,
    # Region and service of a signature are read off the host by boto: both are localhost and the port.
    "region": RegionInfo(name="ddbmock", endpoint=f"localhost:{PORT}"),
}


def connected(kind):
    connect = kind.__init__
    kind.__init__ = lambda self, *args, **kwargs: connect(self, **SETTINGS)


connected(Layer1)
connected(DynamoDBConnection)

sleep = time.sleep
time.sleep = lambda seconds: sleep(min(seconds, 0.01))  # nothing takes its time here


def pytest_collection_modifyitems(items):
    for item in items:
        if item.name in NEED_SIMULATION:
            item.add_marker(pytest.mark.xfail(reason=NEED_SIMULATION[item.name], strict=True))
