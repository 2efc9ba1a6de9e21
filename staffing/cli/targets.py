"""Where a scenario is written to."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from staffing.cli.options import complete_file
from staffing.errors import OutputError
from staffing.plan.writing import check_writable
from staffing.writing.formats import FOLDER, FORMATS, format_of


@dataclass(frozen=True, slots=True)
class Target:
    """A path that a scenario is written to, and the format it is written in."""

    path: Path
    form: str

    def check(self, force: bool) -> None:
        """Raise an error, before any work, if the path cannot be written, or exists and is not to be overwritten.

        Raises
        ------
        OutputError
            Where it cannot, or holds something that only `force` overwrites.
        """
        folder = self.form == FOLDER
        if folder and os.path.isdir(self.path):
            taken = any(self.path.iterdir())
            self._check_tables()
        else:
            check_writable(self.path)
            taken = self.path.exists()
            if folder and taken:
                raise OutputError(f"{self.path}: is a file, not a folder that tables can be written into")
        if taken and not force:
            raise OutputError(f"{self.path}: exists already; --force overwrites it")

    def _check_tables(self) -> None:
        from staffing.files.tables_columns import COLUMNS
        from staffing.writing.folder import check_strangers

        check_strangers(self.path)
        for name in COLUMNS:
            check_writable(self.path / f"{name}.csv")


class ScenarioTarget(click.ParamType[Target]):
    """A file whose suffix says what is written, or a folder of CSV files; `more` suffixes may be allowed."""

    name = "file"

    def __init__(self, *more: str) -> None:
        self._more = more

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        """Accept a path with a known suffix or a folder, or say which are known."""
        if isinstance(value, Target):
            return value
        form = format_of(str(value))
        if form not in (*FORMATS, *self._more):
            known = ", ".join(suffix for suffix in (*FORMATS, *self._more) if suffix != FOLDER)
            message = f"its suffix must be one of {known}, or none for a folder of CSV files."
            self.fail(f'"{value}" does not say what to write: {message}', param, ctx)
        return Target(Path(value), form)


scenario_output = click.option(
    "-o",
    "--output",
    "target",
    type=ScenarioTarget(),
    shell_complete=complete_file,
    required=True,
    metavar="OUT",
    help="The scenario to write.",
)
"""Where a command writes a scenario that it made of another."""
