"""Run one input again and show all of it: ``python -m fuzz KIND NUMBER``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from .trial import prepare, try_one

folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
workshop = prepare(folder)
for tried in try_one(sys.argv[1], int(sys.argv[2]), workshop):
    print("staffing", *tried.line)
    print(tried.talk, f"exit code {tried.code}, {tried.seconds:.2f} s, {tried.megabytes:.0f} MB", tried.fault, sep="\n")
