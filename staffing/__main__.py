"""The command line: ``staffing``, or ``python -m staffing``."""

from __future__ import annotations

import io
import os
import sys
from typing import TextIO


def main() -> None:
    """Run the command line and leave with its exit code."""
    sys.stdout, sys.stderr = _ready(sys.stdout), _ready(sys.stderr)

    from staffing.cli.group import staffing

    staffing(prog_name="staffing")


def _ready(stream: TextIO | None) -> TextIO:
    """Make a stream write names of any script: UTF-8 into files and pipes, "?" where a terminal lacks a letter."""
    if stream is None:  # the shell closed it
        return open(os.devnull, "w", encoding="utf-8")
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")
    return stream


if __name__ == "__main__":
    main()
