"""``staffing audit``: check a plan against its scenario, without the solver."""

from __future__ import annotations

from pathlib import Path

import click

from staffing.cli.failures import NO
from staffing.cli.options import FILE
from staffing.cli.reading import read_plan, read_scenario
from staffing.cli.talk import warn


@click.command("audit")
@click.argument("scenario", type=FILE)
@click.argument("plan", type=FILE)
def command(scenario: Path, plan: Path) -> None:
    """Check a plan against its scenario.

    Every rule holds and every number is recomputed, from the scenario and the hours alone.
    Violations go to stdout, one a line, and the exit code is 3.

    \b
    Example:
      staffing audit scenario.yaml plan.json
    """
    asked, answer = read_scenario(scenario), read_plan(plan)
    from staffing.auditing.audit import audit, warnings
    from staffing.console.checked import checked
    from staffing.console.text import clean

    warn(warnings(asked, answer))
    violations = audit(asked, answer)
    for violation in violations:
        click.echo(clean(str(violation)))
    if violations:
        raise click.exceptions.Exit(NO)
    click.echo(clean(f"{plan}: valid, {checked(answer)}"))
