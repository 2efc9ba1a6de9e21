"""``staffing hire``: whom to hire, and what each further person brings."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from staffing.cli.answering import WriteChange, answered, answers, give, inputs, write_changes
from staffing.cli.options import FILE

if TYPE_CHECKING:
    from staffing.decisions.hire import Wanted


@click.command("hire")
@click.argument("scenario", type=FILE)
@click.argument("plan", type=FILE, required=False)
@click.option(
    "--for",
    "for_",
    type=click.Choice(["all", "must"]),
    default="all",
    show_default=True,
    help="What is to be delivered: all work, or all must work.",
)
@click.option(
    "--role", "roles", multiple=True, metavar="ROLE", help="New people of this role could be hired; may be given again."
)
@click.option(
    "--most", type=click.IntRange(1, 10), default=3, show_default=True, metavar="N", help="How many may be hired."
)
@click.option(
    "--write",
    "changes",
    type=WriteChange(),
    multiple=True,
    metavar="K FILE",
    help="Write set K as a scenario that extends this one; may be given again.",
)
@answers(60.0)
def command(
    scenario: Path,
    plan: Path | None,
    for_: str,
    roles: tuple[str, ...],
    most: int,
    changes: tuple[tuple[int, Path], ...],
    time_limit: float,
    form: str,
    outputs: tuple[Path, ...],
) -> None:
    """Say whom to hire so that all work is delivered, and what each further person brings.

    Those who could be hired are the scenario's placeholders. With --role, or where it has none, they are new people,
    for 8, 16, 24, 32 or 40 hours a week from any week on. PLAN, a plan of the scenario, saves the time to plan first.

    \b
    Example:
      staffing hire scenario.yaml
      staffing hire scenario.yaml --role designer --most 1
      staffing hire scenario.yaml --write 1 hired.yaml
    """
    asked, given = inputs(scenario, plan, [*outputs, *(path for _, path in changes)])
    from staffing.console.hire import hire_tables
    from staffing.decisions.hire import hire

    wanted: Wanted = "must" if for_ == "must" else "all"
    answer = answered(
        lambda stop: hire(asked, given, for_=wanted, roles=roles, most=most, time_limit=time_limit, stop=stop)
    )
    give(answer, form, outputs, hire_tables)
    write_changes(scenario, asked, answer.changes, changes)
