"""``staffing worth``: what one more hour, percent of a budget, or week is worth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from staffing.cli.answering import answered, answers, give, inputs
from staffing.cli.options import FILE


@click.command("worth")
@click.argument("scenario", type=FILE)
@click.argument("plan", type=FILE)
@click.option(
    "--by",
    type=click.Choice(["role", "person", "budget", "deadline"]),
    multiple=True,
    help="Hours by role or by person, budgets, deadlines; may be given again. Without it: role, budget, deadline.",
)
@click.option(
    "--most",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    metavar="K",
    help="As many of each are solved, the greatest first; the others are estimated.",
)
@answers()
def command(
    scenario: Path,
    plan: Path,
    by: tuple[Any, ...],
    most: int,
    time_limit: float,
    form: str,
    outputs: tuple[Path, ...],
) -> None:
    """Say what one more hour in each week, one more percent of each budget and one more week are worth.

    All of them are estimated at once; the greatest are solved, with and without, and what they gain is shown goal by
    goal. The plan is audited first; if it is not valid, violations go to stdout and the exit code is 3.

    \b
    Example:
      staffing worth scenario.yaml plan.json
      staffing worth scenario.yaml plan.json --by person --most 20
      staffing worth scenario.yaml plan.json --format csv > worth.csv
    """
    asked, given = inputs(scenario, plan, outputs)
    from staffing.console.worth import worth_tables
    from staffing.decisions.worth import worth

    answer = answered(lambda stop: worth(asked, given, by or None, most, time_limit, stop=stop))
    give(answer, form, outputs, worth_tables)
