"""``staffing actuals``: timesheets into a scenario."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from staffing.cli.apart import keep_apart
from staffing.cli.options import FILE
from staffing.cli.reading import read_scenario
from staffing.cli.recognising import refuse_others
from staffing.cli.talk import say
from staffing.cli.targets import Target, scenario_output
from staffing.console.numbers import count, number

if TYPE_CHECKING:
    from staffing.scenario.records import Worked
    from staffing.timesheets.actuals import Actuals
    from staffing.timesheets.count import Remark


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
@click.option(
    "--as-of",
    type=Day(),
    required=True,
    metavar="DATE",
    help="The first day not counted: planning begins on it.",
)
@click.option(
    "--since", type=Day(), metavar="DATE", help="The first day that is counted.  [default: the timesheet's first]"
)
@scenario_output
@click.option("--map", "columns", type=FILE, metavar="FILE", help="Columns of the timesheet, and names it has for ids.")
@click.option("--skip-unreadable", is_flag=True, help="List rows that cannot be read, and pass them over.")
@click.option("--force", is_flag=True, help="Overwrite OUT if it exists.")
def command(scenario: Path, timesheet: Path, target: Target, force: bool, **counted: Any) -> None:
    """Bring hours worked into a scenario.

    TIMESHEET is the detailed report of Harvest or Toggl, or any other table whose columns a map tells: CSV, or the
    first sheet of a workbook (.xlsx) that has the columns. Its hours become rows of `worked`, one for each task, person
    and day, and `as_of` becomes the day of --as-of, unless it is later already. OUT is a copy of SCENARIO in which only
    these change: comments, colours, sheets and columns of your own stay where both have one format.

    From --since, or else from its first day, up to --as-of the timesheet has the whole truth: what stands in `worked`
    for these days is replaced, other days stay. Count January again, or January and February after a correction:
    nothing counts twice. Put everybody's hours of the same days into one timesheet. Days before the first week do not
    count again where something is carried of them (`spent`, rows), as after staffing roll, unless --since says so.

    What fits no person or no task is not counted but listed: add the task, or tell by the map which one it is. Whether
    hours burn budgets is said by the task; hours that the timesheet calls not billable count all the same, and are
    listed where the task is billable. Negative hours are corrections: they come off their day, then off the nearest.

    Hours are written 1.5, 1,5, 1:30, 1h 30m, 90 min, 18:25 min (minutes and seconds) or PT1H30M, days 2026-01-13,
    13.1.2026 or 13 Jan 2026, whether they are billable yes or no in any common language. A row that cannot be read, or
    can be read in two ways, is an error: nothing is written then, unless --skip-unreadable passes such rows over. Rows
    of totals and rows without hours are passed over.

    \b
    The map is a small file such as:
      staff: Person          # or [First, Last], joined
      date: Day              # date_format: dmy or mdy, where the year comes last
      hours: Hours           # "Minutes" and the like count minutes
      task: [Ticket, Note]   # the first that fits; client, project, billable likewise
      billable_no: [internal]   # further words; billable_yes likewise
      names: {staff: {Sara K.: sara}, tasks: {Kick-off: nova-brief}}

    \b
    Example:
      staffing actuals team.xlsx harvest.csv --as-of 2026-02-02 -o team-february.xlsx
      staffing actuals team.yaml hours.xlsx --map columns.yaml --as-of 2026-02-02 -o now.yaml
    """
    inputs = [path for path in (scenario, timesheet, counted["columns"]) if path is not None]
    keep_apart([target.path], inputs)
    if counted["since"] is not None and counted["since"] >= counted["as_of"]:
        raise click.UsageError(f"--since {counted['since']} is not before --as-of {counted['as_of']}.")
    target.check(force)
    asked = read_scenario(scenario, [target.path])
    refuse_others(timesheet, "a timesheet")
    from staffing.keeping.keep import write_worked
    from staffing.timesheets.actuals import actuals

    found = actuals(asked, timesheet, **counted)
    notes = write_worked(found.scenario, scenario, target.path, target.form)
    _report(found)
    for note in notes:
        say(f"{target.path}: {note}")
    say(f"{target.path} written: {_told(found)}")


def _told(found: Actuals) -> str:
    """Return in one sentence what was written, and what it replaces."""
    told = f"as_of {found.scenario.as_of}, {_rows(found.rows)} in worked"
    if found.covered is not None:
        told += f" of {found.covered.first} to {found.covered.last}, in place of {_rows(found.replaced)}"
    others = len(found.scenario.worked) - len(found.rows)
    return f"{told}; {count(others, 'row')} of other days stayed" if others else told


def _rows(rows: Sequence[Worked]) -> str:
    return f"{count(len(rows), 'row')} ({number(float(sum(row.hours for row in rows)))} hours)"


def _report(found: Actuals) -> None:
    """Print what was not counted as expected."""
    if not found.remarks:
        return
    from staffing.console.page import Column, Page, Table

    heads = (Column("person"), Column("work", prose=True), Column("hours", right=True), Column("why", prose=True))
    rows = tuple((one.staff, one.work, _hours(one), one.reason + _lines(one)) for one in found.remarks)
    table = Table("Rows to look at", (*heads,), rows)
    click.echo(Page.of(sys.stderr).render([table]) + "\n", err=True)


def _hours(remark: Remark) -> str:
    return f"{float(remark.hours):,.2f}" if remark.lines or remark.hours else ""


def _lines(remark: Remark) -> str:
    """Return the rows of a remark as text, the first few one by one."""
    if not remark.lines:
        return ""
    few = ", ".join(map(str, remark.lines[:3]))
    more = len(remark.lines) - 3
    return f" (line{'s' if len(remark.lines) > 1 else ''} {few}" + (f" and {more} more)" if more > 0 else ")")
