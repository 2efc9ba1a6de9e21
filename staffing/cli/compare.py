"""``staffing compare``: plans side by side."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from staffing.cli.break_even import SECONDS, Asked, answer_break_even, break_even_options, check_asked
from staffing.cli.options import FILE, check_search, solving, table_format
from staffing.cli.reading import is_plan, read_plan, read_scenario
from staffing.cli.recognising import refuse_others
from staffing.cli.solve import solve_watched

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


@click.command("compare")
@click.argument("paths", type=FILE, nargs=-1, required=True, metavar="SCENARIO_OR_PLAN...")
@break_even_options
@solving
@table_format
@click.pass_context
def command(
    context: click.Context,
    /,
    paths: tuple[Path, ...],
    path: str | None,
    goal: str | None,
    low: float | None,
    high: float | None,
    outputs: tuple[Path, ...],
    form: str,
    **search: Any,
) -> None:
    """Compare plans side by side.

    Measures with differences to the first, by client and by person too, then the tasks whose state, owners or weeks
    differ. Scenarios are solved first. With --break-even, the value of a number at which the second of two scenarios
    overtakes the first: it changes in both, or in the one that has it, and plans prove the two values beside it.

    \b
    Example:
      staffing compare one-am.yaml am-pm.yaml --time-limit 30
      staffing compare before.json after.json --format csv > compare.csv
      staffing compare one-am.yaml am-pm.yaml --break-even "tasks.*.hours" --goal value
    """
    check_search(search)
    asked = Asked(path, goal, low, high, outputs)
    check_asked(asked, paths, search)
    if asked.path is not None:
        if context.get_parameter_source("time_limit") is ParameterSource.DEFAULT:
            search["time_limit"] = SECONDS
        answer_break_even(asked, paths, search, form)
        return
    plans = _plans(paths, search)
    from staffing.comparing.comparison import compare

    _show(compare(plans), form)


def _plans(paths: tuple[Path, ...], search: dict[str, Any]) -> list[Plan]:
    """Read everything before anything is solved, so that a mistake shows at once."""
    for path in paths:
        refuse_others(path, "a scenario or a plan")
    read = [read_plan(path) if is_plan(path) else read_scenario(path) for path in paths]
    from staffing.scenario.scenario import Scenario

    return [solve_watched(entry, search) if isinstance(entry, Scenario) else entry for entry in read]


def _show(comparison: Any, form: str) -> None:
    if form == "table":
        from staffing.console.comparison import comparison_tables
        from staffing.console.page import Page, show

        show(comparison_tables(comparison, Page.of(sys.stdout)))
        return
    from staffing.console.data import csv_text, json_text

    if form == "csv":
        click.echo(csv_text(comparison.long), nl=False)
    else:
        tables = ("clients", "people", "tasks")
        rows = {name: getattr(comparison, name).reset_index() for name in tables}
        click.echo(json_text({"measures": comparison.frame.reset_index(), **rows}))
