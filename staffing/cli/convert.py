"""``staffing convert``: a scenario in another format, or a plan as bookings."""

from __future__ import annotations

from pathlib import Path

import click

from staffing.cli.apart import keep_apart
from staffing.cli.options import FILE, complete_file
from staffing.cli.reading import is_plan, read_plan, read_scenario
from staffing.cli.talk import say
from staffing.cli.targets import ScenarioTarget, Target

BOOKINGS = ".csv"
"""The suffix of a plan's hours as bookings."""


@click.command("convert")
@click.argument("scenario", type=FILE)
@click.argument("target", type=ScenarioTarget(BOOKINGS), shell_complete=complete_file)
@click.option("--force", is_flag=True, help="Overwrite the target if it exists.")
def command(scenario: Path, target: Target, force: bool) -> None:
    """Write a scenario in another format, or a plan's hours to come as bookings.

    TARGET ends in .yaml, .toml, .json or .xlsx, or is a folder for CSV files (no suffix, or a slash at its end).
    Nothing is lost but comments; what the scenario extends becomes part of it.

    Of a plan, TARGET ends in .csv: the table bookings of the hours it has from its first open week on.

    \b
    Example:
      staffing convert team.xlsx team.yaml
      staffing convert base.yaml team/
      staffing convert plan.json team/bookings.csv
    """
    keep_apart([target.path], [scenario])
    of_plan = is_plan(scenario)
    if of_plan != (target.form == BOOKINGS):
        what = "a plan becomes bookings, in a file that ends in .csv" if of_plan else "only a plan becomes a .csv file"
        raise click.UsageError(f"{scenario} cannot be written as {target.path}: {what}.")
    target.check(force)
    if of_plan:
        _write_bookings(scenario, target)
        return
    asked = read_scenario(scenario, [target.path])
    from staffing.writing.write import write_scenario

    write_scenario(asked, target.path, target.form)
    say(f"{target.path} written")


def _write_bookings(plan: Path, target: Target) -> None:
    read = read_plan(plan)
    from staffing.plan.writing import write_whole
    from staffing.writing.bookings import bookings_csv, bookings_of

    write_whole(target.path, bookings_csv(read))
    say(f"{target.path} written: {len(bookings_of(read))} bookings")
