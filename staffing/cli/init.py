"""``staffing init``: a starter scenario to change."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import Any

import click

from staffing.cli.outputs import check_writable
from staffing.cli.talk import say
from staffing.errors import OutputError


def _starter(suffix: str) -> str:
    return (files("staffing.cli") / f"starter{suffix}").read_text(encoding="utf-8")


def _json_starter() -> str:
    """Tell the starter without its comments, for which JSON has no place."""
    import tomllib

    return json.dumps(tomllib.loads(_starter(".toml")), indent=2, ensure_ascii=False, default=str) + "\n"


STARTERS = {
    ".yaml": lambda: _starter(".yaml"),
    ".yml": lambda: _starter(".yaml"),
    ".toml": lambda: _starter(".toml"),
    ".json": _json_starter,
}
"""The starter scenario, by the suffix of the file."""


class StarterFile(click.ParamType[Path]):
    """A file that the starter can be written into."""

    name = "file"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Accept a path with a known suffix, or say which are known."""
        path = Path(value)
        if path.suffix.lower() not in STARTERS:
            self.fail(
                f'"{value}" does not say what to write: its suffix must be one of {", ".join(STARTERS)}.', param, ctx
            )
        return path


@click.command("init")
@click.argument("file", type=StarterFile(), default="scenario.yaml")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
def command(file: Path, force: bool) -> None:
    """Write a starter scenario to change.

    FILE ends in .yaml, .toml (both commented) or .json; scenario.yaml if none is given.

    \b
    Example:
      staffing init
      staffing init agency.toml
    """
    check_writable(file)
    if file.exists() and not force:
        raise OutputError(f"{file}: exists already; --force overwrites it")
    from staffing.plan.writing import write_whole

    write_whole(file, STARTERS[file.suffix.lower()](), encoding="utf-8")
    say(f"{file} written; next: staffing solve {file} -o plan.json")
