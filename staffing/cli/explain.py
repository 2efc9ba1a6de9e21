"""``staffing explain``: why tasks wait, or are late."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from staffing.cli.failures import NO
from staffing.cli.options import FILE, complete_file, table_format
from staffing.cli.outputs import Output, check_outputs
from staffing.cli.reading import read_plan, read_scenario
from staffing.cli.talk import say, warn

if TYPE_CHECKING:
    from staffing.decisions.explanation import Explanation

SUFFIXES = (".json", ".csv")
"""What an answer is written as."""


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
@table_format
@click.option(
    "-o",
    "--output",
    type=Output(SUFFIXES),
    shell_complete=complete_file,
    metavar="FILE",
    help="Write the answer into this .json or .csv file too.",
)
def command(scenario: Path, plan: Path, tasks: tuple[str, ...], most: int, form: str, output: Path | None) -> None:
    """Say why tasks wait, or are late.

    What of the plan as it stands is in the way, with figures: of each person who may do a task, and of whoever does it.
    Nothing is searched. The plan is audited first; if it is not valid, violations go to stdout and the exit code is 3.

    \b
    Example:
      staffing explain scenario.yaml plan.json
      staffing explain scenario.yaml plan.json --task nova-plan
      staffing explain scenario.yaml plan.json --format csv > obstacles.csv
    """
    outputs = [output] if output is not None else []
    check_outputs(outputs, [scenario, plan])
    asked, answer = read_scenario(scenario, outputs), read_plan(plan)
    from staffing.auditing.audit import warnings
    from staffing.console.text import clean
    from staffing.decisions.explain import explain
    from staffing.decisions.valid import NotValidError

    warn(warnings(asked, answer))
    try:
        explanation = explain(asked, answer, tasks or None, most=most)
    except NotValidError as error:
        for violation in error.violations:
            click.echo(clean(str(violation)))
        raise click.exceptions.Exit(NO) from None
    _show(explanation, form)
    if output is not None:
        explanation.save(output)
        say(f"{output} written")


def _show(explanation: Explanation, form: str) -> None:
    if form == "table":
        from staffing.console.explanation import explanation_tables
        from staffing.console.page import Page, show

        show(explanation_tables(explanation, Page.of(sys.stdout)))
    else:
        click.echo(explanation.to_csv() if form == "csv" else explanation.to_json(), nl=False)
