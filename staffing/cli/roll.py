"""``staffing roll``: the same work from a later first week."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from staffing.cli.actuals import Day
from staffing.cli.apart import keep_apart
from staffing.cli.options import FILE
from staffing.cli.reading import read_scenario
from staffing.cli.talk import say
from staffing.cli.targets import Target, scenario_output
from staffing.console.numbers import count, number
from staffing.errors import InputError, Mistake

if TYPE_CHECKING:
    from staffing.rolling.roll import Rolled


@click.command("roll")
@click.argument("scenario", type=FILE)
@click.option("--to", type=Day(), required=True, metavar="DATE", help="The first day of the new week 1.")
@click.option(
    "--weeks", type=click.IntRange(1, 156), metavar="N", help="Weeks of the new horizon.  [default: as many as before]"
)
@scenario_output
@click.option("--force", is_flag=True, help="Overwrite OUT if it exists.")
def command(scenario: Path, to: dt.date, weeks: int | None, target: Target, force: bool) -> None:
    """Roll a scenario on to a later first week.

    The same work, seen from DATE on: the first day of a week of the scenario, or the day after its last. What was
    worked until then must be known (`as_of` on DATE or later: see staffing actuals). The horizon is as long as before,
    as in planning quarter by quarter; --weeks makes it longer or shorter.

    Week numbers and repeats keep their dates. What is finished or cancelled leaves with its rows of `worked`; what it
    burned of a budget period that goes on becomes `spent`. What is not finished comes along with its rows. As `spent`
    has whole cents, hours that burn fractions of one stay until their period is over.

    An occurrence of a repeating task that has begun and is not finished goes on: with `every: month` as the occurrence
    of what is left of its month, otherwise as a task of its own, such as nova-call-2026-03-23. Occurrences whose weeks
    are over are not carried, and tasks whose deadline is over wait: both are listed.

    Open effort of every task, and what is left of every budget, are checked to be the same to the cent. OUT is written
    anew: comments, colours and sheets of your own stay in SCENARIO.

    \b
    Example:
      staffing roll team-march.xlsx --to 2026-04-06 -o team-q2.xlsx
      staffing roll team.yaml --to 2026-02-02 --weeks 9 -o february.yaml
    """
    keep_apart([target.path], [scenario])
    target.check(force)
    asked = read_scenario(scenario, [target.path])
    from staffing.rolling.roll import roll_on
    from staffing.writing.write import write_scenario

    try:
        rolled = roll_on(asked, to, weeks)
    except InputError as error:
        raise InputError([Mistake(mistake.message, file=str(scenario)) for mistake in error.errors]) from None
    write_scenario(rolled.scenario, target.path, target.form)
    _report(rolled)
    say(f"{target.path} written: {_told(rolled)}")


def _report(rolled: Rolled) -> None:
    """Print what a manager should know."""
    if not rolled.remarks:
        return
    from staffing.console.page import Column, Page, Table

    heads = (Column("task"), Column("name", prose=True), Column("hours", right=True), Column("what", prose=True))
    rows = tuple(
        (one.task, one.name, number(float(one.hours)) if one.hours else "", one.what) for one in rolled.remarks
    )
    click.echo(Page.of(sys.stderr).render([Table("Work to look at", (*heads,), rows)]) + "\n", err=True)


def _told(rolled: Rolled) -> str:
    """Return in one sentence what the new scenario holds."""
    from staffing.scenario.dates import show_date

    new = rolled.scenario
    jobs = [job for job in new.expanded.jobs.values() if not job.done]
    effort = number(float(sum(job.effort for job in jobs)))
    told = (
        f"{count(new.weeks, 'week')} from {show_date(new.start, new.calendar.system)}, {count(len(jobs), 'task')} "
        f"({effort} hours) open, {count(len(rolled.left), 'finished task')} left out"
    )
    spent = {key: money for key, money in rolled.carried.items() if money}
    return f"{told}; what was burned stands in spent of {count(len(spent), 'budget')}" if spent else told
