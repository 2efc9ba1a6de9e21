"""``staffing report``: plans as one page for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from staffing.cli.options import FILE, complete_file
from staffing.cli.outputs import check_outputs
from staffing.cli.reading import read_plan
from staffing.cli.talk import say


class Html(click.ParamType[Path]):
    """A file that a browser opens."""

    name = "html"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Accept a path that ends in .html or .htm."""
        path = Path(value)
        if path.suffix.lower() not in (".html", ".htm"):
            self.fail(f'"{value}" is not a page: its suffix must be .html.', param, ctx)
        return path


@click.command("report")
@click.argument("plans", type=FILE, nargs=-1, required=True, metavar="PLAN...")
@click.option(
    "-o",
    "--output",
    type=Html(),
    shell_complete=complete_file,
    required=True,
    metavar="OUT",
    help="Write the page into this .html file.",
)
def command(plans: tuple[Path, ...], output: Path) -> None:
    """Show plans on one page for people without a terminal.

    One file that opens offline in any browser, on a phone too, and prints to A4, one person a page.
    A single plan is shown whole; several are put side by side, with differences to the first.

    \b
    Example:
      staffing report plan.json -o report.html
      staffing report one-am.json am-pm.json -o compare.html
    """
    check_outputs([output], plans)
    answers = [read_plan(plan) for plan in plans]
    from staffing.report.page import save

    save(answers, output)
    say(f"{output} written")
