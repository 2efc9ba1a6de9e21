"""``staffing report``: plans as one page for people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from staffing.cli.options import FILE, complete_file
from staffing.cli.outputs import check_outputs
from staffing.cli.reading import read_shown
from staffing.cli.talk import say, warn


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
@click.argument("files", type=FILE, nargs=-1, required=True, metavar="FILE...")
@click.option(
    "-o",
    "--output",
    type=Html(),
    shell_complete=complete_file,
    required=True,
    metavar="OUT",
    help="Write the page into this .html file.",
)
def command(files: tuple[Path, ...], output: Path) -> None:
    """Show plans, and answers to questions asked of them, on one page for people without a terminal.

    One file that opens offline in any browser, on a phone too, and prints to A4, one person a page.
    A single plan is shown whole; several are put side by side, with differences to the first. Answers that `staffing
    explain` and the other questions wrote with `-o answer.json` get a section each.

    \b
    Example:
      staffing report plan.json -o report.html
      staffing report one-am.json am-pm.json -o compare.html
      staffing report plan.json answer.json -o report.html
    """
    check_outputs([output], files)
    shown = {path: read_shown(path) for path in files}
    from staffing.plan.plan import Plan

    plans = [one for one in shown.values() if isinstance(one, Plan)]
    answers = {path: one for path, one in shown.items() if not isinstance(one, Plan)}
    of = {plan.fingerprint for plan in plans}
    warn(
        f"{path}: this answer is about another scenario than {'that of the plan' if len(plans) == 1 else 'the plans'}"
        for path, answer in answers.items()
        if plans and answer.text("fingerprint") not in of
    )
    from staffing.report.page import save

    save(plans, output, list(answers.values()))
    say(f"{output} written")
