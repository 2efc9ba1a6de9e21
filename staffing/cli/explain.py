"""``staffing explain``: why tasks wait, or are late."""

from __future__ import annotations

from pathlib import Path

import click

from staffing.cli.answering import answered, answers, give, inputs
from staffing.cli.options import FILE


@click.command("explain")
@click.argument("scenario", type=FILE)
@click.argument("plan", type=FILE)
@click.option("--task", "tasks", multiple=True, metavar="ID", help="Only this task; may be given again.")
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="As many entries, the most valuable first.",
)
@answers()
def command(
    scenario: Path,
    plan: Path,
    tasks: tuple[str, ...],
    most: int,
    time_limit: float,  # noqa: ARG001
    form: str,
    outputs: tuple[Path, ...],
) -> None:
    """Say why tasks wait, or are late.

    What of the plan as it stands is in the way, with figures: of each person who may do a task, and of whoever does it.
    Nothing is searched. The plan is audited first; if it is not valid, violations go to stdout and the exit code is 3.

    \b
    Example:
      staffing explain scenario.yaml plan.json
      staffing explain scenario.yaml plan.json --task nova-plan
      staffing explain scenario.yaml plan.json --format csv > obstacles.csv
    """
    asked, given = inputs(scenario, plan, outputs)
    from staffing.console.explanation import explanation_tables
    from staffing.decisions.explain import explain

    answer = answered(lambda _: explain(asked, given, tasks or None, most=most))
    give(answer, form, outputs, explanation_tables)
