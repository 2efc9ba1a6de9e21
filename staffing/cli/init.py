"""``staffing init``: a starter scenario to change."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable, Mapping
from importlib.resources import as_file, files

import click

from staffing.cli.options import complete_file
from staffing.cli.talk import say
from staffing.cli.targets import ScenarioTarget, Target
from staffing.writing.formats import FOLDER

Content = bytes | Mapping[str, bytes]


def _starter(suffix: str) -> str:
    return (files("staffing.cli") / f"starter{suffix}").read_text(encoding="utf-8")


def _json_starter() -> str:
    """Return the starter scenario as JSON, without its comments, for which JSON has no place."""
    import tomllib

    return json.dumps(tomllib.loads(_starter(".toml")), indent=2, ensure_ascii=False, default=str) + "\n"


def _tables(form: str) -> Content:
    """Return the starter scenario as tables, whose heads and comments say what the comments of the text say."""
    from staffing.loading import load
    from staffing.writing.write import scenario_content

    with as_file(files("staffing.cli") / "starter.yaml") as file:
        return scenario_content(load(file), form)


STARTERS: dict[str, Callable[[], Content]] = {
    ".yaml": lambda: _starter(".yaml").encode(),
    ".yml": lambda: _starter(".yaml").encode(),
    ".toml": lambda: _starter(".toml").encode(),
    ".json": lambda: _json_starter().encode(),
    ".xlsx": lambda: _tables(".xlsx"),
    FOLDER: lambda: _tables(FOLDER),
}
"""The starter scenario, by the suffix of the file."""


@click.command("init")
@click.argument("file", type=ScenarioTarget(), shell_complete=complete_file, default="scenario.yaml")
@click.option("--force", is_flag=True, help="Overwrite the file if it exists.")
def command(file: Target, force: bool) -> None:
    """Write a starter scenario to change.

    FILE ends in .yaml, .toml (both commented), .json or .xlsx (with choices, and a comment on every column), or is
    a folder for CSV files, its name without a suffix or with a slash at its end; scenario.yaml if none is given.

    \b
    Example:
      staffing init
      staffing init team.xlsx
      staffing init team/
    """
    file.check(force)
    content = STARTERS[file.form]()
    from staffing.writing.write import write_content

    write_content(content, file.path)
    say(f"{file.path} written; next:")
    for line in _next(file):
        say(f"  {line}")


def _next(file: Target) -> list[str]:
    """Return the commands to run next, whose results open in the programs that go with the format."""
    name, plan = shlex.quote(str(file.path)), "plan" if file.path.stem != "plan" else "schedule"
    if file.form in (".xlsx", FOLDER):
        return [f"staffing validate {name}", f"staffing solve {name} -o {plan}.xlsx -o {plan}.html"]
    return [
        f"staffing validate {name}",
        f"staffing solve {name} -o {plan}.json -o {plan}.html",
        f"staffing show {plan}.json",
    ]
