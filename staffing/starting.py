"""Ctrl-C from the first line on: one word and an exit code, never a traceback.

Starting is half a second of imports, and an exception amid them is not safe: libraries turn it into errors of their
own, or lose it. So where this package is the command, and not a library in somebody's program, Ctrl-C leaves the
process at once, until :mod:`staffing.cli.interrupt` knows better. This module is short because nothing is heard
before it is there.
"""

from __future__ import annotations

import os
import sys

INTERRUPTED = 130
"""Exit code."""


def leave(_signal: int = 0, _frame: object = None) -> None:
    """Leave the process at once, with one word."""
    try:
        os.write(2, b"interrupted\n")
    finally:  # even if stderr is closed
        os._exit(INTERRUPTED)


def listen() -> None:
    """Leave at Ctrl-C from now on, unless the process was started to ignore it."""
    try:
        sys.unraisablehook = _lost
        import atexit
        import signal

        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
            signal.signal(signal.SIGINT, leave)
            atexit.register(signal.signal, signal.SIGINT, signal.SIG_IGN)  # all work is done, and Python shuts down
    except KeyboardInterrupt:
        leave()


def _lost(unraisable: sys.UnraisableHookArgs) -> None:
    """Leave if Ctrl-C came where no exception can be raised, such as in a finaliser."""
    if issubclass(unraisable.exc_type, KeyboardInterrupt):
        leave()
    sys.__unraisablehook__(unraisable)


def is_command() -> bool:
    """Return whether the process is ``staffing`` or ``python -m staffing``."""
    name = os.path.basename(sys.argv[0]) if sys.argv else ""
    if name == "-m":  # so it is called until the module is found
        return ["-m", "staffing"] in (sys.orig_argv[at : at + 2] for at in range(1, len(sys.orig_argv)))
    return os.path.splitext(name)[0] == "staffing"


if is_command():
    listen()
