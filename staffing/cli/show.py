"""``staffing show``: a plan as tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

from staffing.cli.options import FILE, table_format
from staffing.cli.reading import read_plan

if TYPE_CHECKING:
    from staffing.console.schedule import Group
    from staffing.plan.plan import Plan


@click.command("show")
@click.argument("plan", type=FILE)
@table_format
@click.option(
    "--table",
    type=click.Choice(["schedule", "people", "clients", "waiting", "changes", "actuals"]),
    help="Only this table.  [default: all; in CSV the schedule]",
)
@click.option(
    "--group",
    type=click.Choice(["client", "project"]),
    default="client",
    help="What the tables of the schedule are of.  [default: client]",
)
@click.option("--ics", "person", metavar="PERSON", help="Instead, the calendar of one person, by id or name.")
@click.pass_context
def command(context: click.Context, plan: Path, form: str, table: str | None, group: Group, person: str | None) -> None:
    """Show a plan as tables.

    Who does what in which week, how busy people are, what burns, what waits and why, what a re-plan changed, and
    what was worked beside what was planned.

    \b
    Example:
      staffing show plan.json
      staffing show plan.json --table people
      staffing show plan.json --table schedule --group project
      staffing show february.json --table actuals
      staffing show plan.json --format csv > hours.csv
      staffing show plan.json --ics sara > sara.ics
    """
    given = [name for name in ("form", "table") if context.get_parameter_source(name) is ParameterSource.COMMANDLINE]
    grouped = context.get_parameter_source("group") is ParameterSource.COMMANDLINE
    if grouped and (person is not None or form != "table" or table not in (None, "schedule")):
        raise click.UsageError("--group is for the schedule as tables: data has a row for each allocation.")
    if person is not None and given:
        raise click.UsageError("--ics gives a calendar, no tables: leave --format and --table out.")
    answer = read_plan(plan)
    if person is not None:
        _write_calendar(answer, person)
    elif form == "table":
        _draw(answer, table, group)
    else:
        _write(answer, table, form)


def _draw(plan: Plan, table: str | None, group: Group) -> None:
    from staffing.console.page import Page, show
    from staffing.console.tables import tables

    show(tables(plan, Page.of(sys.stdout), table, group))


def _write_calendar(plan: Plan, person: str) -> None:
    from staffing.exports.calendar import as_calendar, find_person

    click.echo(as_calendar(plan, find_person(plan, person)), nl=False)


def _write(plan: Plan, table: str | None, form: str) -> None:
    from staffing.console.data import TABLES, csv_text, frame, json_text

    if form == "csv":
        click.echo(csv_text(frame(plan, table or "schedule")), nl=False)
        return
    click.echo(json_text({name: frame(plan, name) for name in TABLES if table in (None, name)}))
