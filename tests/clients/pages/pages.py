"""The README and the pages of the docs, as lists of blocks."""

import re
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs/src").glob("*.md"))]

BLOCK = re.compile(r"^```(?P<language>[^\n]*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
# The line before a file ends with its name: "A file of tables and items, `songs.json`:"
FILE = re.compile(r"`([\w.]+)`:\n\n\Z")


@dataclass
class Block:
    """What stands between two fences."""

    language: str
    text: str
    line: int
    # The name of the file that it is, if it is one.
    file: str | None


def blocks(page):
    """The blocks of a page, in their order."""
    text = page.read_text()
    for found in BLOCK.finditer(text):
        before = text[: found.start()]
        file = FILE.search(before)
        yield Block(found["language"], found["text"], before.count("\n") + 1, file and file[1])
