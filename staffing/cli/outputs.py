"""Where results go: what is written by suffix, and whether they will be able to write, asked before any work."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from staffing import showing
from staffing.cli.apart import check_apart, keep_apart
from staffing.cli.failures import WRONG_INPUT
from staffing.cli.talk import say
from staffing.errors import OutputError
from staffing.plan.writing import check_writable

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

SUFFIXES = (".json", ".csv", *showing.suffixes("plan"))
"""What a plan is written as, by the suffix of the file."""


class Output(click.ParamType[Path]):
    """A file whose suffix says what is written: one of `suffixes`."""

    name = "output"

    def __init__(self, suffixes: Sequence[str]) -> None:
        self.suffixes = suffixes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Accept a path with a known suffix, or say which are known."""
        path = Path(value)
        if path.suffix.lower() not in self.suffixes:
            allowed = ", ".join(self.suffixes)
            self.fail(f'"{value}" does not say what to write: its suffix must be one of {allowed}.', param, ctx)
        return path


def check_outputs(outputs: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Raise an error, before any work, if results cannot be written or would overwrite what they are made from.

    Raises
    ------
    click.UsageError
        If an output is one of the inputs, or named twice.
    click.exceptions.Exit
        If one cannot be written, having said why of each.
    """
    keep_apart(outputs, inputs)
    check_apart(outputs)
    refuse(_failures(outputs, check_writable))


def write(plan: Plan, outputs: Sequence[Path]) -> dict[Path, OutputError]:
    """Write a plan into each file, whole or not at all, and return the error of each file that could not be written."""
    return _failures(outputs, plan.save)


def refuse(failures: Mapping[Path, OutputError]) -> None:
    """Print a sentence for each output that cannot be written, and exit if there is any.

    Raises
    ------
    click.exceptions.Exit
        With the code for it.
    """
    for failure in failures.values():
        say(failure)
    if failures:
        raise click.exceptions.Exit(WRONG_INPUT)


def _failures(paths: Sequence[Path], work: Callable[[Path], None]) -> dict[Path, OutputError]:
    failures = {}
    for path in paths:
        try:
            work(path)
        except OutputError as failure:
            failures[path] = failure
    return failures
