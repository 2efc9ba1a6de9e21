"""``staffing convert``: a scenario in another format."""

from __future__ import annotations

from pathlib import Path

import click

from staffing.cli.apart import keep_apart
from staffing.cli.options import FILE, complete_file
from staffing.cli.reading import read_scenario
from staffing.cli.talk import say
from staffing.cli.targets import ScenarioTarget, Target


@click.command("convert")
@click.argument("scenario", type=FILE)
@click.argument("target", type=ScenarioTarget(), shell_complete=complete_file)
@click.option("--force", is_flag=True, help="Overwrite the target if it exists.")
def command(scenario: Path, target: Target, force: bool) -> None:
    """Write a scenario in another format.

    TARGET ends in .yaml, .toml, .json or .xlsx, or is a folder for CSV files (no suffix, or a slash at its end).
    Nothing is lost but comments; what the scenario extends becomes part of it.

    \b
    Example:
      staffing convert team.xlsx team.yaml
      staffing convert base.yaml team/
    """
    keep_apart([target.path], [scenario])
    target.check(force)
    asked = read_scenario(scenario, [target.path])
    from staffing.writing.write import write_scenario

    write_scenario(asked, target.path, target.form)
    say(f"{target.path} written")
