"""The command line: ``staffing``, or ``python -m staffing``."""

from __future__ import annotations

import io
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    for stream in (sys.stdout, sys.stderr):
        _never_refuse_a_letter(stream)

    from staffing.cli.group import staffing

    staffing(prog_name="staffing")


def _never_refuse_a_letter(stream: object) -> None:
    """Write names of any script: UTF-8 into files and pipes, a question mark where a terminal lacks a letter."""
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="replace")


if __name__ == "__main__":
    main()
