"""``staffing actuals``: timesheets into a scenario."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from staffing.cli.options import FILE, complete_file
from staffing.cli.reading import read_scenario
from staffing.cli.recognising import refuse_others
from staffing.cli.talk import say
from staffing.cli.targets import ScenarioTarget, Target

if TYPE_CHECKING:
    from staffing.actuals.count import Actuals, Remark


class Day(click.ParamType[dt.date]):
    """A date; a year below 1700 is Solar Hijri."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Read the date, or say what is allowed."""
        if isinstance(value, dt.date):
            return value
        from staffing.scenario.dates import parse_date

        try:
            return parse_date(str(value))
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)


@click.command("actuals")
@click.argument("scenario", type=FILE)
@click.argument("timesheet", type=FILE)
@click.option("--as-of", type=Day(), required=True, metavar="DATE", help="The first day that is not counted.")
@click.option("--since", type=Day(), metavar="DATE", help="The first day that is counted.  [default: all before]")
@click.option(
    "-o",
    "--output",
    "target",
    type=ScenarioTarget(),
    shell_complete=complete_file,
    required=True,
    metavar="OUT",
    help="The scenario to write.",
)
@click.option("--map", "columns", type=FILE, metavar="FILE", help="Columns of the timesheet, and names it has for ids.")
@click.option("--force", is_flag=True, help="Overwrite OUT if it exists.")
def command(
    scenario: Path,
    timesheet: Path,
    as_of: dt.date,
    since: dt.date | None,
    target: Target,
    columns: Path | None,
    force: bool,
) -> None:
    """Bring hours worked into a scenario.

    TIMESHEET is the detailed report of Harvest or Toggl as CSV, or any CSV whose columns a map tells. Hours before
    --as-of are added to `done` of tasks (hours × productivity, or by the person's estimate) and, where billable, to
    `spent` of budgets. The start of the horizon stays, and so does what the scenario says already: use --since to
    count only new days. Hours of repeating tasks, and hours that fit a client or project but no task, count into
    budgets alone; `spent` belongs to the period of week 1, so hours of later periods are left out of it. Whatever is
    not counted in full is listed.

    \b
    The map is a small file such as:
      staff: Person          # or [First, Last], joined
      date: Day              # date_format: dmy or mdy, where the year comes last
      hours: Hours
      task: [Ticket, Note]   # the first that fits; client, project, billable likewise
      names: {staff: {Sara K.: sara}, tasks: {Kick-off: nova-brief}}

    \b
    Example:
      staffing actuals team.xlsx harvest.csv --as-of 2026-02-02 -o team-february.xlsx
      staffing actuals team.yaml hours.csv --map columns.yaml --as-of 2026-02-02 -o now.yaml
    """
    if target.path.resolve() in {path.resolve() for path in (scenario, timesheet, columns) if path is not None}:
        raise click.UsageError(f"{target.path} is named twice: the output must not overwrite an input.")
    target.check(force)
    asked = read_scenario(scenario)
    refuse_others(timesheet, "a timesheet")
    from staffing.actuals.column_map import ColumnMap, read_column_map
    from staffing.actuals.count import count
    from staffing.actuals.matching import Matcher
    from staffing.actuals.timesheet import read_timesheet
    from staffing.writing.write import write_scenario

    given = read_column_map(columns) if columns else ColumnMap()
    matcher = Matcher(asked, given.names)
    actuals = count(asked, read_timesheet(timesheet, given), matcher, as_of, since)
    write_scenario(actuals.scenario, target.path, target.form)
    _report(actuals)
    say(f"{target.path} written: done of {len(actuals.done)} tasks, spent of {len(actuals.spent)} budgets")


def _report(actuals: Actuals) -> None:
    """List what was not counted in full."""
    if not actuals.remarks:
        return
    from staffing.console.page import Column, Page, Table

    heads = (Column("person"), Column("work", prose=True), Column("hours", right=True), Column("why", prose=True))
    rows = tuple((one.staff, one.work, _hours(one), f"{one.reason} ({_lines(one)})") for one in actuals.remarks)
    table = Table("Not counted, or not in full", (*heads,), rows)
    click.echo(Page.of(sys.stderr).render([table]) + "\n", err=True)


def _hours(remark: Remark) -> str:
    return f"{float(remark.hours):,.2f}"


def _lines(remark: Remark) -> str:
    """Name the rows of a remark, the first few one by one."""
    few = ", ".join(map(str, remark.lines[:3]))
    more = len(remark.lines) - 3
    return f"line{'s' if len(remark.lines) > 1 else ''} {few}" + (f" and {more} more" if more > 0 else "")
