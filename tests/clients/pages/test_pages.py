"""The README and the pages of the docs, tried as a reader does: the blocks of a page one after the other, in one folder.
Only ports are others.

A block of a shell, Python or JavaScript is run, and must succeed; a block of `text` is all that the one before it prints.
A named block becomes that file. What cannot be run is read, as far as that goes. Rust is compiled, and the list of hints
is made, by the tests in `tests/tests`; what a grammar allows is read by those of the engine.
"""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest
import read
from pages import PAGES, blocks

PROGRAMS = Path(os.environ["DDBMOCK_PROGRAMS"])
ADDRESS = "127.0.0.1:8000"
SECONDS = 60

ELSEWHERE = {
    "rust": "tests/tests/pages.rs",
    "text hints": "tests/tests/hints.rs",
    "ebnf": "ddbmock-engine/src/partiql/tests/mod.rs",
}
READ = {"json": read.json, "toml": read.toml, "ini": read.ini, "java": read.java, "go": read.go, "hcl": read.terraform}

# Commands that are not run, and why.
NOT_RUN = {
    "cargo run --release -- serve\n": "it builds for minutes what the other commands are run with",
    "cargo xtask test\n": "it is what runs this",
    "podman build --tag ddbmock .\npodman run --rm --publish 8000:8000 ddbmock\n": "it fetches images",
}


class Reader:
    """Someone who tries a page in a folder of their own, with a server that is there for all pages."""

    def __init__(self, folder, url, environment):
        self.folder = folder
        self.shared = url.removeprefix("http://")
        self.environment = environment

    def run(self, block):
        """What a block prints, on either stream."""
        address = f"127.0.0.1:{free_port()}" if "ddbmock serve" in block.text else self.shared
        text = block.text.replace(ADDRESS, address)
        environment = self.environment | {"DDBMOCK_PORT": address.split(":")[1]}
        if stays(block):
            return self.stopped("exec " + text, environment)
        if block.language == "python":
            command = [sys.executable, "-c", text]
        elif block.language == "js":
            # Modules are found in the folder of a program, or above it.
            (self.folder / "program.mjs").write_text(text)
            command = ["node", "program.mjs"]
        else:
            # Nothing outlives the shell, whatever fails in it.
            command = ["sh", "-e", "-c", "trap 'kill $! 2> kill.log || true' EXIT\n" + text]
        done = subprocess.run(command, **self.streams(environment), timeout=SECONDS)
        assert done.returncode == 0, f"line {block.line}: {done.stdout}"
        return done.stdout

    def stopped(self, text, environment):
        """What a server prints that is told to stop once it is ready."""
        # A port in a flag beats the variable.
        text = text.replace("-port 8000", f"-port {free_port()}")
        with subprocess.Popen(["sh", "-c", text], **self.streams(environment)) as process:
            try:
                ready = process.stdout.readline()
                process.send_signal(signal.SIGTERM)
                rest, _ = process.communicate(timeout=SECONDS)
            finally:
                process.kill()
        assert process.returncode == 0, ready + rest
        return ready + rest

    def streams(self, environment):
        """Where a program reads and writes."""
        return {
            "cwd": self.folder,
            "env": environment,
            "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.STDOUT,
            "text": True,
        }


def stays(block):
    """Whether a block is a server that is there until it is stopped, and nothing else."""
    return bool(re.fullmatch(r"ddbmock (serve|-)[^\n&|]*\n", block.text))


def is_left_out(block):
    """Whether a block is not run: never, or for want of a program that the tests do without."""
    if "curl" in block.text and not shutil.which("curl"):
        print(f"NOT RUN, for curl is not there:\n{block.text}")
        return True
    return block.text in NOT_RUN


def free_port():
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return listening.getsockname()[1]


def plain(output):
    """An output without what is another at each run."""
    output = re.sub(r"127\.0\.0\.1:\d+", "ADDRESS", output)
    output = re.sub(r"os error \d+", "os error NUMBER", output)
    return re.sub(r'"(port|pid)":\d+', r'"\1":NUMBER', output)


@pytest.fixture
def reader(url, aws_environment, tmp_path):
    (tmp_path / "node_modules").symlink_to(os.environ["DDBMOCK_NODE_MODULES"])
    urllib.request.urlopen(urllib.request.Request(f"{url}/_ddbmock/reset", method="POST")).close()
    # What a page exports must do without anything else.
    known = ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_PAGER")
    told = ("AWS_", "DDBMOCK_")
    environment = {
        name: value for name, value in aws_environment.items() if name in known or not name.startswith(told)
    }
    environment["NODE_NO_WARNINGS"] = "1"  # of its own age, for one
    environment["PATH"] = os.pathsep.join([str(PROGRAMS), environment["PATH"]])
    return Reader(tmp_path, url, environment)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_page(page, reader):
    printed = None
    for block in blocks(page):
        place = f"{page.name}, line {block.line}"
        if block.file:
            (reader.folder / block.file).write_text(block.text)
        if block.language in READ:
            READ[block.language](block.text)
        elif block.language == "text":
            assert printed is None or plain(printed) == plain(block.text), place
            printed = None  # a text that follows is no output
        elif is_left_out(block):
            printed = None
        elif block.language in ("sh", "python", "js"):
            printed = reader.run(block)
        else:
            assert block.language in ELSEWHERE, place


def test_what_is_not_run_is_still_there():
    shown = {block.text for page in PAGES for block in blocks(page)}
    assert NOT_RUN.keys() <= shown


def test_the_container_is_as_the_page_says():
    """Where no container can be made, its recipe is read."""
    recipe = (read.ROOT / "Containerfile").read_text()
    assert "EXPOSE 8000\n" in recipe and 'CMD ["serve"]\n' in recipe and "podman build --tag ddbmock ." in recipe
