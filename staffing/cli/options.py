"""Options and arguments that several commands share."""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click
from click.shell_completion import CompletionItem

_Command = TypeVar("_Command", bound=Callable[..., Any])


class Finite(click.FloatRange):
    """A finite number in a range; "nan" and "inf" are no amounts of anything."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Read the number, or say what is allowed."""
        number = float(click.FLOAT.convert(value, param, ctx))
        if not math.isfinite(number):
            self.fail(f"{value} is not a finite number.", param, ctx)
        return float(super().convert(number, param, ctx))


FILE = click.Path(path_type=Path)
"""A path; whether it can be read is for the one who reads it to say."""


def complete_file(_ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """Return completions for a file name, which the shell does not know for types of this package."""
    return [CompletionItem(incomplete, type="file")]


_SOLVING = (
    click.option(
        "--time-limit",
        type=Finite(min=0, min_open=True),
        default=60.0,
        show_default=True,
        metavar="SECONDS",
        help="Time for the search; the best plan found by then is given.",
    ),
    click.option(
        "--gap",
        type=Finite(min=0, max=1),
        default=0.0,
        show_default=True,
        metavar="RATIO",
        help="Stop at a goal when the plan is proven this near to the best, such as 0.01.",
    ),
    click.option(
        "--workers", type=click.IntRange(min=1), metavar="N", help="Threads of the search.  [default: all cores]"
    ),
    click.option(
        "--seed",
        type=click.IntRange(0, 2**31 - 1),
        default=0,
        show_default=True,
        metavar="N",
        help="Seed of the search.",
    ),
    click.option("--deterministic", is_flag=True, help="One worker and no clock: the same plan again."),
)


def solving(command: _Command) -> _Command:
    """Add the options of a search; the command takes them as ``**search``."""
    for option in reversed(_SOLVING):
        command = option(command)
    return command


def check_search(search: dict[str, Any]) -> None:
    """Raise an error for options of a search that contradict each other.

    Raises
    ------
    click.UsageError
        For a deterministic search with several workers.
    """
    if search["deterministic"] and (search["workers"] or 1) > 1:
        raise click.UsageError("--deterministic works with one worker: leave --workers out.")


def table_format(command: _Command) -> _Command:
    """Add ``--format``."""
    option = click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv", "json"]),
        default="table",
        show_default=True,
        help="Tables to read, or data to go on with.",
    )
    return option(command)
