"""The snippets of the README, one after the other, against one server: only its URL is another."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

README = Path(__file__).parents[3] / "README.md"
URL_OF_README = "http://127.0.0.1:8000"


@pytest.fixture(scope="session")
def snippet(url):
    """Finds the one snippet of a language that names the server, and fills in where it is."""

    def find(language):
        found = re.findall(rf"^```{language}\n(.*?)^```$", README.read_text(), re.MULTILINE | re.DOTALL)
        (text,) = [text for text in found if URL_OF_README in text]
        return text.replace(URL_OF_README, url)

    return find


def run(command, **options):
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, **options
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def python(snippet):
    """What the snippet for Python prints. The others use the table that it creates."""
    return run([sys.executable, "-c", snippet("python")])


def test_python(python):
    assert python in ("{'id': '1', 'title': 'Sinnerman'}\n", "{'title': 'Sinnerman', 'id': '1'}\n")


def test_javascript(python, snippet, tmp_path, client):
    program = tmp_path / "readme.mjs"
    program.write_text(snippet("js"))
    # Modules are found in the folder of a program, or above it.
    (tmp_path / "node_modules").symlink_to(os.environ["DDBMOCK_NODE_MODULES"])
    assert run(["node", program]) == ""
    written = client.get_item(TableName="songs", Key={"id": {"S": "2"}})["Item"]
    assert written == {"id": {"S": "2"}, "title": {"S": "Feeling Good"}}


def test_the_command_line(python, snippet, aws_environment):
    # What the snippet exports must do without anything else.
    known = ("PATH", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE")
    environment = {name: value for name, value in aws_environment.items() if name in known or "AWS" not in name}
    printed = run(["sh", "-e", "-c", snippet("sh")], env=environment)
    assert json.loads(printed) == {"TableNames": ["songs"]}
