"""From exceptions to one sentence for each mistake and an exit code.

==== =====================================================================================
0    done
1    the input is wrong, or a result could not be written
2    usage
3    the answer is no: the audit found violations, or with ``--strict`` must work waits
70   an internal error
130  interrupted
==== =====================================================================================
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

import click

from staffing import starting
from staffing.cli.talk import say
from staffing.errors import InputError, InternalError, StaffingError

DONE, WRONG_INPUT, USAGE, NO, INTERNAL, INTERRUPTED = 0, 1, 2, 3, 70, starting.INTERRUPTED


def guarded(command: Callable[[], object]) -> int:
    """Run a command and return its exit code; no error leaves it as a traceback.

    Raises
    ------
    click.ClickException, click.exceptions.Exit
        As they are: click shows the usage, and leaves with the code a command asked for.
    """
    try:
        _run(command)
    except (click.ClickException, click.exceptions.Exit):
        raise
    except InputError as error:
        for mistake in error.errors:
            say(mistake)
        return WRONG_INPUT
    except InternalError as error:
        say(error)
        return INTERNAL
    except StaffingError as error:
        say(error)
        return WRONG_INPUT
    except (KeyboardInterrupt, click.Abort):
        say("interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
    except OSError as error:
        say(": ".join(str(part) for part in (error.filename, error.strerror or error) if part is not None))
        return WRONG_INPUT
    except Exception as error:  # noqa: BLE001  a bug of ours, whatever it is, still ends in one sentence
        say(f"internal error, a bug of ours: please report it with the file {bug_report(error)}")
        return INTERNAL
    return DONE


def _run(command: Callable[[], object]) -> None:
    """Run a command until all it says on stdout is written."""
    try:
        command()
    except click.exceptions.Exit:
        sys.stdout.flush()
        raise
    sys.stdout.flush()


def _forget_stdout() -> None:
    """Keep Python from complaining at exit that the reader of the pipe, such as ``head``, has closed it."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError:  # a stream without a file cannot cause a complaint
        return


def bug_report(error: BaseException) -> str:
    """Write a file with what a maintainer needs to find a bug, and return its path."""
    import platform
    import tempfile
    import traceback
    from importlib.metadata import version

    about = [
        f"staffing {version('staffing')}, Python {platform.python_version()}, {platform.platform()}",
        f"command: {' '.join(sys.argv)}",
        "",
        *traceback.format_exception(error),
    ]
    with tempfile.NamedTemporaryFile(
        "w", prefix="staffing-bug-", suffix=".txt", delete=False, encoding="utf-8", errors="replace"
    ) as file:
        file.write("\n".join(about))
    return file.name
