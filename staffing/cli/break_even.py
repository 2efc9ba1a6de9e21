"""``staffing compare --break-even``: at which value of a number one scenario overtakes another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import click

from staffing.cli.answering import answer_files, answered, give
from staffing.cli.options import Finite
from staffing.cli.outputs import check_outputs
from staffing.cli.reading import is_plan, read_scenario

_Command = TypeVar("_Command", bound=Callable[..., Any])
SECONDS = 10.0
"""For the answer, unless ``--time-limit`` is given."""


@dataclass(frozen=True)
class Asked:
    """What is asked for; no path where nothing is."""

    path: str | None
    goal: str | None
    low: float | None
    high: float | None
    outputs: tuple[Path, ...]


def break_even_options(command: _Command) -> _Command:
    """Add the options of ``--break-even``; the command takes them as ``asked``."""
    options = (
        click.option(
            "--break-even",
            "path",
            metavar="PATH",
            help="Of two scenarios: at which value of this number the second overtakes the first, such as "
            "staff.omid.cost_rate, or by a factor tasks.*.hours. Takes --time-limit 10 unless you say more.",
        ),
        click.option("--goal", metavar="GOAL", help="What --break-even compares, such as value or cost."),
        click.option("--from", "low", type=Finite(min=0), metavar="A", help="Lowest value to look at.  [default: 0]"),
        click.option(
            "--to", "high", type=Finite(min=0), metavar="B", help="Highest.  [default: four times the present value]"
        ),
        answer_files("the answer of --break-even"),
    )
    for option in reversed(options):
        command = option(command)
    return command


def check_asked(asked: Asked, paths: Sequence[Path], search: dict[str, Any]) -> None:
    """Raise an error for options that do not go together.

    Raises
    ------
    click.UsageError
        With what to do.
    """
    if asked.path is None:
        for name, value in (("--goal", asked.goal), ("--from", asked.low), ("--to", asked.high)):
            if value is not None:
                raise click.UsageError(f"{name} needs --break-even: the number that changes.")
        if asked.outputs:
            raise click.UsageError("-o needs --break-even; `staffing report` writes a page of plans side by side.")
        return
    if asked.goal is None:
        raise click.UsageError("--break-even needs --goal: what is compared, such as --goal cost.")
    if search["gap"] or search["deterministic"]:
        raise click.UsageError("--break-even asks for proofs: leave --gap and --deterministic out.")
    if len(paths) != 2 or any(map(is_plan, paths)):
        raise click.UsageError("--break-even needs two scenarios, which are solved again and again: no plans.")
    check_outputs(asked.outputs, paths)


def answer_break_even(asked: Asked, paths: Sequence[Path], search: dict[str, Any], form: str) -> None:
    """Answer, print, and write."""
    first, second = (read_scenario(path, asked.outputs) for path in paths)
    from staffing.console.break_even import break_even_tables
    from staffing.decisions.break_even import break_even
    from staffing.scenario.records import Goal

    answer = answered(
        lambda stop: break_even(
            first,
            second,
            asked.path or "",
            cast("Goal", asked.goal),
            asked.low,
            asked.high,
            time_limit=search["time_limit"],
            workers=search["workers"],
            seed=search["seed"],
            stop=stop,
        )
    )
    give(answer, form, asked.outputs, break_even_tables)
