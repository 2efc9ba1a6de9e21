"""``staffing risk``: what may come of a plan."""

from __future__ import annotations

from pathlib import Path

import click

from staffing.cli.answering import answered, answers, give, inputs
from staffing.cli.options import FILE


@click.command("risk")
@click.argument("scenario", type=FILE)
@click.argument("plan", type=FILE)
@click.option(
    "--draws",
    type=click.IntRange(10, 1_000_000),
    default=2000,
    show_default=True,
    metavar="N",
    help="How often the plan is carried out.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**31 - 1),
    default=0,
    show_default=True,
    metavar="N",
    help="Of the random numbers: the same seed gives the same table.",
)
@answers(seconds=None)
def command(scenario: Path, plan: Path, draws: int, seed: int, form: str, outputs: tuple[Path, ...]) -> None:
    """Say what may come of a plan.

    The plan is carried out many times, week by week, with hours, absences and lost work drawn by chance: tasks may say
    hours as {low, likely, high}, people an absence, clients and projects a probability. Owners work what is planned and
    due first; what turns out longer goes on in later weeks, within their capacity; nobody takes over.

    \b
    Example:
      staffing risk scenario.yaml plan.json
      staffing risk scenario.yaml plan.json --draws 10000 --seed 1 -o risk.json
    """
    asked, given = inputs(scenario, plan, outputs)
    from staffing.console.risk import risk_tables
    from staffing.decisions.risk import risk

    give(answered(lambda _: risk(asked, given, draws=draws, seed=seed)), form, outputs, risk_tables)
