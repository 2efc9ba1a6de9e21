"""``staffing show``: a plan as tables."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from staffing.cli.options import FILE, table_format
from staffing.cli.reading import read_plan

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


@click.command("show")
@click.argument("plan", type=FILE)
@table_format
@click.option(
    "--table",
    type=click.Choice(["schedule", "people", "clients", "waiting"]),
    help="Only this table.  [default: all; in CSV the schedule]",
)
def command(plan: Path, form: str, table: str | None) -> None:
    """Show a plan as tables.

    Who does what in which week, how busy people are, what burns, what waits and why.

    \b
    Example:
      staffing show plan.json
      staffing show plan.json --table people
      staffing show plan.json --format csv > hours.csv
    """
    answer = read_plan(plan)
    if form == "table":
        _draw(answer, table)
    else:
        _write(answer, table, form)


def _draw(plan: Plan, table: str | None) -> None:
    from staffing.console.page import Page, show
    from staffing.console.tables import tables

    show(tables(plan, Page.of(sys.stdout), table))


def _write(plan: Plan, table: str | None, form: str) -> None:
    from staffing.console.data import TABLES, csv_text, frame, json_text

    if form == "csv":
        click.echo(csv_text(frame(plan, table or "schedule")), nl=False)
        return
    click.echo(json_text({name: frame(plan, name) for name in TABLES if table in (None, name)}))
