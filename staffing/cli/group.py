"""The group of commands, each loaded when it is asked for."""

from __future__ import annotations

from functools import partial
from importlib import import_module

import click

from staffing.cli.failures import guarded

COMMANDS = ("init", "validate", "convert", "solve", "show", "audit", "compare", "report", "actuals", "roll")
"""Commands in the order people meet them; each is ``command`` of the module of its name."""


class Commands(click.Group):
    """Commands loaded by name, whose failures become one sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Name the commands in the order people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"staffing.cli.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> None:
        """Run the command asked for and leave with its exit code."""
        ctx.exit(guarded(partial(super().invoke, ctx)))


def _version(ctx: click.Context, _option: click.Parameter, asked: bool) -> None:
    if asked and not ctx.resilient_parsing:
        from importlib.metadata import version

        click.echo(f"staffing {version('staffing')}")
        ctx.exit()


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version and exit."
)
def staffing() -> None:
    """Staffing plans for agencies: who does what, when, what waits and why.

    \b
    Example:
      staffing init scenario.yaml
      staffing solve scenario.yaml -o plan.json
      staffing show plan.json
    """
