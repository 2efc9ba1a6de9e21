"""The group of commands, each loaded when it is asked for."""

from __future__ import annotations

import shlex
from collections.abc import Callable
from functools import partial
from importlib import import_module
from itertools import dropwhile
from typing import Any

import click

from staffing.cli.failures import guarded
from staffing.cli.interrupt import Running

COMMANDS = (
    "init",
    "validate",
    "convert",
    "solve",
    "show",
    "audit",
    "explain",
    "hire",
    "worth",
    "risk",
    "compare",
    "sweep",
    "report",
    "actuals",
    "roll",
)
"""Commands in the order people meet them; each is ``command`` of the module of its name."""


class Commands(click.Group):
    """Commands loaded by name, whose failures become one sentence and an exit code."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  click's signature
        """Return the names of the commands in the order people meet them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  click's signature
        """Load a command."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"staffing.cli.{cmd_name}").command
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read ``help COMMAND`` as ``COMMAND --help``."""
        asked = list(dropwhile(lambda word: word == "help", args))
        return super().parse_args(ctx, [*asked, "--help"] if len(asked) < len(args) else args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command; raise an error that names the one probably meant if there is none."""
        name = args[0]
        if self.get_command(ctx, name) is None and not ctx.resilient_parsing and not name.startswith("-"):
            ctx.fail(_unknown(name))
        return super().resolve_command(ctx, args)

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the command line; help and version are printed here, and fail to print as a command's output does."""
        made: list[click.Context] = []
        code = _run(lambda: made.append(super(Commands, self).make_context(info_name, args, parent, **extra)))
        if not made:
            raise click.exceptions.Exit(code)
        return made[0]

    def invoke(self, ctx: click.Context) -> None:
        """Run the command asked for and leave with its exit code."""
        ctx.exit(_run(partial(super().invoke, ctx)))


def _run(command: Callable[[], object]) -> int:
    """Run a command, or the reading of its command line, and return its exit code; Ctrl-C stops it."""

    def run() -> None:
        with Running():
            command()

    return guarded(run)


def _unknown(name: str) -> str:
    """Return in one sentence that there is no such command, and which one was probably meant."""
    from difflib import get_close_matches
    from os.path import exists

    near = get_close_matches(name.casefold(), COMMANDS, n=1, cutoff=0.75)  # "plan" is not meant to be "explain"
    if near:
        return f"there is no command {name}; did you mean {near[0]}?"
    if exists(name):
        return f"the command comes before the file, such as: staffing solve {shlex.quote(name)}"
    return f"there is no command {name}: {', '.join(COMMANDS)} are there."


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
