"""The command `aws`, run as a shell runs it."""

import json
import subprocess

import pytest


@pytest.fixture(scope="session")
def run(aws_environment):
    """Runs `aws dynamodb` with some words; whatever is no string is written as JSON."""

    def run(*words):
        words = [word if isinstance(word, str) else json.dumps(word) for word in words]
        return subprocess.run(
            ["aws", "dynamodb", *words],
            env=aws_environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


@pytest.fixture(scope="session")
def aws(run):
    """What a command that must succeed prints."""

    def aws(*words):
        done = run(*words)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout) if done.stdout else None

    return aws


@pytest.fixture(scope="session")
def refused(run):
    """What a command says that must be refused by the server."""

    def refused(*words):
        done = run(*words)
        assert done.returncode == 255, done
        return done.stderr.strip()

    return refused
