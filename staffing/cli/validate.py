"""``staffing validate``: all errors and warnings of scenarios."""

from __future__ import annotations

import json
from pathlib import Path

import click

from staffing.cli.failures import WRONG_INPUT
from staffing.cli.options import FILE
from staffing.cli.reading import read_scenario
from staffing.cli.talk import say
from staffing.errors import InputError


@click.command("validate")
@click.argument("scenarios", type=FILE, nargs=-1, metavar="SCENARIO...")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of scenarios instead.")
def command(scenarios: tuple[Path, ...], schema: bool) -> None:
    """Check scenarios for errors and warnings.

    All of them at once, each with its file and line.

    \b
    Example:
      staffing validate scenario.yaml
      staffing validate --schema > scenario.schema.json
    """
    if schema == bool(scenarios):
        raise click.UsageError("name scenarios to check, or ask for --schema alone.")
    if schema:
        from staffing.loading import schema as scenario_schema

        click.echo(json.dumps(scenario_schema(), indent=2, ensure_ascii=False))
        return
    sound = [_check(path) for path in scenarios]  # every one, even after a broken one
    if not all(sound):
        raise click.exceptions.Exit(WRONG_INPUT)


def _check(path: Path) -> bool:
    """Print what is wrong with one scenario, and return whether nothing is."""
    from staffing.console.contents import contents
    from staffing.console.text import clean

    try:
        scenario = read_scenario(path)
    except InputError as error:
        for mistake in error.errors:
            say(mistake)
        return False
    click.echo(clean(f"{path}: ok, {contents(scenario)}"))
    return True
