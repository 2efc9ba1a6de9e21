"""Where a scenario is written to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from staffing.cli.outputs import check_writable
from staffing.errors import OutputError
from staffing.writing.formats import FOLDER, FORMATS, format_of


@dataclass(frozen=True, slots=True)
class Target:
    """A path that a scenario is written to, and the format it is written in."""

    path: Path
    form: str

    def check(self, force: bool) -> None:
        """Make sure, before any work, that the path can be written, over nothing unless that is forced.

        Raises
        ------
        OutputError
            Where it cannot, or holds something that only `force` overwrites.
        """
        if self.form != FOLDER:
            check_writable(self.path)
            taken = self.path.exists()
        else:
            check_writable(self.path / "settings.csv" if self.path.is_dir() else self.path)
            taken = self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir()))
            if taken and not self.path.is_dir():
                raise OutputError(f"{self.path}: is a file, not a folder that tables can be written into")
        if taken and not force:
            raise OutputError(f"{self.path}: exists already; --force overwrites it")


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
