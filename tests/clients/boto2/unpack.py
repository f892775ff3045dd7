"""Unpacks what was fetched into the folder, and writes in today's Python what was written in that of the time."""

import shutil
import subprocess
import sys
from pathlib import Path

home = Path(sys.argv[1])
for archive in home.glob("*.tar.gz"):
    shutil.unpack_archive(archive, home)
packages = [path for name in ("dynamodb_mapper", "onctuous") for path in home.glob(f"*/{name}")]
command = [sys.executable, "-m", "lib2to3", "--write", "--nobackups", "--no-diffs", *map(str, packages)]
subprocess.run(command, check=True, capture_output=True)
