"""``staffing actuals``: timesheets into a scenario."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from staffing.cli.apart import keep_apart
from staffing.cli.options import FILE
from staffing.cli.reading import read_scenario
from staffing.cli.talk import say
from staffing.cli.targets import ScenarioTarget, Target
from staffing.errors import InputError, Mistake

if TYPE_CHECKING:
    from staffing.actuals.count import Actuals, Remark

_MOST = 50
"""Most cells that are told one by one."""


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
    "-o", "--output", "target", type=ScenarioTarget(), required=True, metavar="OUT", help="The scenario to write."
)
@click.option("--map", "columns", type=FILE, metavar="FILE", help="Columns of the timesheet, and names it has for ids.")
@click.option("--skip-unreadable", "skip", is_flag=True, help="List rows that cannot be read, and pass them over.")
@click.option("--force", is_flag=True, help="Overwrite OUT if it exists.")
def command(
    scenario: Path,
    timesheet: Path,
    as_of: dt.date,
    since: dt.date | None,
    target: Target,
    columns: Path | None,
    skip: bool,
    force: bool,
) -> None:
    """Bring hours worked into a scenario.

    TIMESHEET is the detailed report of Harvest or Toggl, or any other table whose columns a map tells: CSV, or the
    first sheet of a workbook (.xlsx) that has the columns. Hours before --as-of are added to `done` of tasks (hours ×
    productivity, or by the person's estimate) and, where billable, to `spent` of budgets. The start of the horizon
    stays, and so does what the scenario says already: use --since to count only new days. Hours of repeating tasks,
    and hours that fit a client or project but no task, count into budgets alone; `spent` belongs to the period of
    week 1, so hours of later periods are left out of it. Whatever is not counted in full is listed.

    Hours are written 1.5, 1,5, 1:30, 1h 30m, 90 min, 18:25 min (minutes and seconds) or PT1H30M, days 2026-01-13,
    13.1.2026 or 13 Jan 2026, whether they are billable yes or no in any common language. Negative hours are
    corrections, and taken off. A row that cannot be read, or can be read in two ways, is an error: nothing is written
    then, unless --skip-unreadable passes such rows over. Rows of totals and rows without hours are passed over.

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
    keep_apart([target.path], [path for path in (scenario, timesheet, columns) if path is not None])
    target.check(force)
    asked = read_scenario(scenario, [target.path])
    from staffing.actuals.column_map import ColumnMap, read_column_map
    from staffing.actuals.count import count
    from staffing.actuals.matching import Matcher
    from staffing.actuals.timesheet import read_timesheet, unreadable
    from staffing.writing.write import write_scenario

    given = read_column_map(columns) if columns else ColumnMap()
    matcher = Matcher(asked, given.names)
    entries = read_timesheet(timesheet, given)
    if not skip and (flaws := unreadable(entries, as_of, since)):
        raise InputError(_few(flaws, timesheet))
    actuals = count(asked, entries, matcher, as_of, since)
    write_scenario(actuals.scenario, target.path, target.form)
    _report(actuals)
    say(f"{target.path} written: done of {len(actuals.done)} tasks, spent of {len(actuals.spent)} budgets")


def _few(flaws: list[Mistake], timesheet: Path) -> list[Mistake]:
    """Tell the first of the cells that cannot be read, and what to do about all of them."""
    more = f"{len(flaws) - _MOST:,} more cells cannot be read: " if len(flaws) > _MOST else ""
    remedy = "nothing is written: mend these rows, or pass them over by --skip-unreadable"
    return [*flaws[:_MOST], Mistake(more + remedy, file=str(timesheet))]


def _report(actuals: Actuals) -> None:
    """List what was not counted in full."""
    if not actuals.remarks:
        return
    from staffing.console.page import Column, Page, Table

    heads = (Column("person"), Column("work", prose=True), Column("hours", right=True), Column("why", prose=True))
    rows = tuple((one.staff, one.work, _hours(one), one.reason + _lines(one)) for one in actuals.remarks)
    table = Table("Rows to look at", (*heads,), rows)
    click.echo(Page.of(sys.stderr).render([table]) + "\n", err=True)


def _hours(remark: Remark) -> str:
    return f"{float(remark.hours):,.2f}" if remark.lines else ""


def _lines(remark: Remark) -> str:
    """Name the rows of a remark, the first few one by one."""
    if not remark.lines:
        return ""
    few = ", ".join(map(str, remark.lines[:3]))
    more = len(remark.lines) - 3
    return f" (line{'s' if len(remark.lines) > 1 else ''} {few}" + (f" and {more} more)" if more > 0 else ")")
