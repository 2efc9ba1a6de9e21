"""``staffing sweep``: many variants of a scenario, solved on all cores or on a cluster."""

from __future__ import annotations

import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import click

from staffing.cli.answering import give
from staffing.cli.apart import check_apart, keep_apart
from staffing.cli.failures import INTERRUPTED, WRONG_INPUT
from staffing.cli.interrupt import stopped_by_ctrl_c, watched
from staffing.cli.options import FILE, complete_file, table_format
from staffing.cli.outputs import Output, check_outputs
from staffing.cli.recognising import refuse_others
from staffing.cli.report import Html
from staffing.cli.talk import say, warn

if TYPE_CHECKING:
    from staffing.sweeping.answer import Sweep
    from staffing.sweeping.reading import Asked

SUFFIXES = (".sqlite", ".sqlite3", ".db")
"""What a file of runs may be called; ``staffing.sweeping`` is not loaded only to read options."""


@click.command("sweep")
@click.argument("sweep", type=FILE, metavar="SWEEP")
@click.option(
    "-o",
    "--output",
    "database",
    type=Output(SUFFIXES),
    shell_complete=complete_file,
    metavar="DB",
    help="Keep the runs in this SQLite file.  [default: SWEEP with the suffix .sqlite]",
)
@click.option("--scheduler", metavar="ADDRESS", help="Do the runs on a Dask cluster, such as tcp://10.0.0.5:8786.")
@click.option(
    "--workers",
    type=click.IntRange(1, 1000),
    metavar="N",
    help="Runs at once.  [default: all cores, or all threads of the cluster]",
)
@click.option("--dry-run", is_flag=True, help="List the runs, and which of them are done; nothing is solved.")
@click.option(
    "--page", type=Html(), shell_complete=complete_file, metavar="OUT", help="Write a page too: plot and table."
)
@table_format
def command(
    sweep: Path,
    database: Path | None,
    scheduler: str | None,
    workers: int | None,
    dry_run: bool,
    page: Path | None,
    form: str,
) -> None:
    """Solve many variants of a scenario, and put them side by side.

    The file says which: values of one or more fields (all their combinations), cases, or whole scenarios, each with one
    or more seeds. Every run is kept as it arrives: started again, a sweep goes on where it stopped. Ctrl-C once waits
    for the runs at work, and tells what is there.

    \b
    Example:
      staffing sweep sweep.yaml --dry-run
      staffing sweep sweep.yaml --page sweep.html
      staffing sweep sweep.yaml -o runs.sqlite --scheduler tcp://127.0.0.1:8786
    """
    refuse_others(sweep, "a sweep")
    outputs = [] if page is None else [page]
    check_outputs(outputs, [sweep])
    from staffing.sweeping.reading import read_sweep
    from staffing.sweeping.sweep import beside, known

    asked = read_sweep(sweep)
    database = database or beside(sweep)
    keep_apart([*outputs, database], asked.files)
    check_apart([*outputs, database])
    warn(asked.warnings)
    if dry_run:
        from staffing.console.sweep import dry_tables

        give(known(asked.request, database), form, outputs, dry_tables)
        return
    stop = threading.Event()
    answer = _swept(asked, database, scheduler, workers, stop)
    from staffing.console.sweep import sweep_tables

    give(answer, form, outputs, sweep_tables)
    say(f"{database} keeps the runs")
    if answer.count("open"):
        raise click.exceptions.Exit(INTERRUPTED)
    if answer.count("failed"):
        raise click.exceptions.Exit(WRONG_INPUT)


def _swept(asked: Asked, database: Path, scheduler: str | None, workers: int | None, stop: threading.Event) -> Sweep:
    """Do the sweep with a live line on a terminal, heeding Ctrl-C."""
    from staffing.console.sweep import SweepLine
    from staffing.sweeping.sweep import swept

    live = SweepLine(sys.stderr)
    most = f"{asked.request.options.time_limit:g} s"
    with stopped_by_ctrl_c(stop, live.clear, f"waiting for the runs at work, about {most} at most"):
        try:
            return watched(
                lambda: swept(
                    asked.request, database, scheduler=scheduler, workers=workers, progress=live.update, stop=stop
                ),
                live.draw,
            )
        finally:
            live.clear()
