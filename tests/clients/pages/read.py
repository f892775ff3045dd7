"""What can be said of a block without running it."""

import configparser
import json as json_of_python
import re
import shutil
import subprocess
import tempfile
import tomllib
from pathlib import Path

from pages import ROOT

# What a client needs to be told of a local server.
ENDPOINT = "http://127.0.0.1:8000"


def json(text):
    """One document after another."""
    reader = json_of_python.JSONDecoder()
    while text := text.strip():
        _, end = reader.raw_decode(text)
        text = text[end:]


def toml(text):
    """Crates of ours are where they are said to be, with the features that are named."""
    for name, wanted in tomllib.loads(text).get("dependencies", {}).items():
        folder = ROOT / wanted["path"].removeprefix("../ddbmock/")
        crate = tomllib.loads((folder / "Cargo.toml").read_text())
        assert crate["package"]["name"] == name
        assert set(wanted.get("features", [])) <= crate["features"].keys()


def ini(text):
    configparser.ConfigParser().read_string(text)


def java(text):
    told(text, 'endpointOverride(URI.create("%s"))', "Region.US_EAST_1", 'AwsBasicCredentials.create("any", "any")')
    compiler = toolchain("javac")
    if compiler:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "Page.java").write_text(f"class Page {{ static void page() {{ {text} }} }}")
            # Without the SDK no name is known; the rest of the language is checked.
            done = subprocess.run([compiler, "Page.java"], cwd=folder, capture_output=True, text=True, timeout=60)
        errors = re.findall(r"error: (.*)", done.stderr)
        assert errors and set(errors) == {"cannot find symbol"}, done.stderr


def go(text):
    told(text, 'BaseEndpoint: aws.String("%s")', '"us-east-1"', 'NewStaticCredentialsProvider("any", "any", "")')
    formatter = toolchain("gofmt")
    if formatter:
        program = f"package page\n\nfunc page() {{\n{text}}}\n"
        subprocess.run([formatter], input=program, capture_output=True, text=True, timeout=60, check=True)


def terraform(text):
    told(text, 'dynamodb = "%s"', '= "us-east-1"', '= "any"', "skip_credentials_validation = true")
    formatter = toolchain("terraform")
    if formatter:
        done = subprocess.run(
            [formatter, "fmt", "-check", "-diff", "-"], input=text, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stdout + done.stderr


def told(text, *words):
    """A client that is not run here names at least the endpoint, a region and keys as it should."""
    for word in words:
        assert word.replace("%s", ENDPOINT) in text


def toolchain(name):
    """A program that can check a language, if it is there."""
    found = shutil.which(name)
    checked = f"checked by {name}" if found else f"NOT CHECKED beyond a few words: {name} is not there"
    print(f"a block is not run, and {checked}")
    return found
