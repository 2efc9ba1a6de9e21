"""The command line: ``staffing``, or ``python -m staffing``."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line and leave with its exit code."""
    from staffing.cli.streams import STDOUT, ready

    gc.set_threshold(100_000, 50, 50)  # a large scenario is a million records that stay: looking at them again is slow
    sys.stdout, sys.stderr = ready(sys.stdout, STDOUT), ready(sys.stderr)

    from staffing.cli.failures import guarded
    from staffing.cli.group import staffing

    sys.exit(guarded(lambda: staffing(prog_name="staffing")))


if __name__ == "__main__":
    main()
