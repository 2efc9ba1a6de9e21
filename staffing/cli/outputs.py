"""Where results go: what is written by suffix, and whether they will be able to write, asked before any work."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from staffing import showing
from staffing.errors import OutputError

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

SUFFIXES = (".json", ".csv", *showing.suffixes("plan"))
"""What a plan is written as, by the suffix of the file."""


class Output(click.ParamType[Path]):
    """A file whose suffix says what is written."""

    name = "output"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Accept a path with a known suffix, or say which are known."""
        path = Path(value)
        if path.suffix.lower() not in SUFFIXES:
            allowed = ", ".join(SUFFIXES)
            self.fail(f'"{value}" does not say what to write: its suffix must be one of {allowed}.', param, ctx)
        return path


def check_outputs(outputs: Sequence[Path], inputs: Sequence[Path]) -> None:
    """Make sure, before any work, that results can be written, and over nothing they are made from.

    Raises
    ------
    click.UsageError
        If an output is one of the inputs, or named twice.
    OutputError
        If a folder does not exist or cannot be written.
    """
    taken = {path.resolve() for path in inputs}
    for path in outputs:
        if path.resolve() in taken:
            raise click.UsageError(f"{path} is named twice: an output must not overwrite an input or another output.")
        taken.add(path.resolve())
        check_writable(path)


def check_writable(path: Path) -> None:
    """Make sure that a file can be written.

    Raises
    ------
    OutputError
        If its folder does not exist or cannot be written, or it is itself a folder.
    """
    folder = path.parent
    if path.is_dir():
        raise OutputError(f"{path}: is a folder, not a file that can be written")
    if not folder.is_dir():
        raise OutputError(f"{path}: cannot be written, for the folder {folder} does not exist")
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise OutputError(f"{path}: cannot be written into {folder}: {error.strerror or error}") from None


def write(plan: Plan, outputs: Sequence[Path]) -> None:
    """Write a plan into each file, whole or not at all.

    Raises
    ------
    OutputError
        If a file cannot be written after all.
    """
    for path in outputs:
        plan.save(path)
