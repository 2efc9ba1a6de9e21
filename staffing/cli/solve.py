"""``staffing solve``: plan a scenario."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from warnings import catch_warnings, simplefilter

import click

from staffing.cli.answering import SUFFIXES as ANSWERS
from staffing.cli.answering import give
from staffing.cli.failures import NO
from staffing.cli.interrupt import stopped_by_ctrl_c, watched
from staffing.cli.options import FILE, Finite, check_search, complete_file, solving
from staffing.cli.outputs import SUFFIXES, Output, check_outputs, refuse, write
from staffing.cli.reading import read_baseline, read_scenario
from staffing.cli.talk import say, warn
from staffing.errors import SchedulerWarning, StaffingError, StaffingWarning

if TYPE_CHECKING:
    from staffing.plan.plan import Plan
    from staffing.scenario.scenario import Scenario

_Result = TypeVar("_Result")


@click.command("solve")
@click.argument("scenario", type=FILE)
@click.option(
    "-o",
    "--output",
    "outputs",
    type=Output(SUFFIXES),
    shell_complete=complete_file,
    multiple=True,
    metavar="OUT",
    help=f"Write the plan; {', '.join(SUFFIXES)} by the suffix; may be given again.  With --trade-off, the answer: "
    f"{', '.join(ANSWERS)}.",
)
@solving
@click.option("--strict", is_flag=True, help="Leave with exit code 3 if must work waits.")
@click.option("--baseline", type=FILE, metavar="PLAN", help="An earlier plan to disturb as little as possible.")
@click.option(
    "--from-week", type=click.IntRange(min=1), metavar="N", help="Plan from this week on; the baseline holds before."
)
@click.option(
    "--keep",
    multiple=True,
    metavar="NAME",
    help="Keep the baseline's hours of this task, person or client; may be given again.",
)
@click.option(
    "--confidence",
    type=Finite(min=0, max=1, min_open=True, max_open=True),
    metavar="SHARE",
    help="Plan ranges of hours by this quantile, such as 0.8, in place of the likely ones.",
)
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Let the workers of a Dask cluster plan the parts of a very large scenario first.",
)
@click.option("--trade-off", is_flag=True, help="Say instead what 0, 1, 2, ... changes to the baseline would gain.")
def command(
    scenario: Path,
    outputs: tuple[Path, ...],
    strict: bool,
    baseline: Path | None,
    from_week: int | None,
    keep: tuple[str, ...],
    confidence: float | None,
    scheduler: str | None,
    trade_off: bool,
    **search: Any,
) -> None:
    """Plan a scenario.

    Who does what, in which week, what waits and why.
    The summary goes to stdout, the plan to the files named by -o. Ctrl-C once gives the best plan so far.

    \b
    Example:
      staffing solve scenario.yaml -o plan.json -o plan.xlsx
      staffing solve scenario.yaml --baseline plan.json --from-week 3 -o replan.json
      staffing solve scenario.yaml --baseline plan.json --keep nova --keep sara
      staffing solve scenario.yaml --baseline plan.json --trade-off
    """
    check_search(search)
    if from_week is not None and baseline is None:
        raise click.UsageError("--from-week needs --baseline: the plan that holds before that week.")
    if keep and baseline is None:
        raise click.UsageError("--keep needs --baseline: the plan whose hours stay.")
    if trade_off and confidence is not None:
        raise click.UsageError("--trade-off counts on the likely hours: leave --confidence out.")
    if scheduler is not None:
        _check_scheduler(search, trade_off=trade_off)
    if trade_off:
        _check_trade_off(baseline, outputs, strict=strict)
    check_outputs(outputs, [path for path in (scenario, baseline) if path is not None])
    asked = read_scenario(scenario, outputs)
    if from_week is not None and from_week > asked.weeks:
        raise click.UsageError(f"--from-week {from_week} lies beyond the {asked.weeks} weeks of {scenario}.")
    _check_day(asked, from_week)
    _check_keep(asked, keep)
    search |= {
        "baseline": read_baseline(baseline, asked, from_week) if baseline is not None else None,
        "from_week": from_week,
        "keep": keep,
    }
    if trade_off:
        _trade_off(asked, search, outputs)
        return
    search |= {"confidence": confidence, "scheduler": scheduler}
    plan = solve_watched(asked, search)
    failures = write(plan, outputs)
    _report(plan, [path for path in outputs if path not in failures])
    for name in _kept_nothing(asked, plan, keep):
        say(f"--keep {name}: the baseline has no hours of it that could be kept")
    must_waits = strict and plan.metrics["must_waiting_hours"]
    if must_waits:
        say("must work waits")
    refuse(failures)
    if must_waits:
        raise click.exceptions.Exit(NO)


def _check_day(scenario: Scenario, from_week: int | None) -> None:
    """Raise an error for a week that does not agree with what the scenario says is over."""
    if from_week is None or not scenario.tells_worked:
        return
    if scenario.as_of is None:
        raise click.UsageError("The scenario itself says what was worked: say as_of in it instead of --from-week.")
    if from_week != scenario.first_open_week:
        begins = f"With as_of {scenario.as_of} planning begins in week {scenario.first_open_week}"
        raise click.UsageError(f"{begins}, not {from_week}: leave --from-week out.")


def _check_keep(scenario: Scenario, keep: tuple[str, ...]) -> None:
    """Raise an error for names of which there are no hours that could be kept."""
    if not keep:
        return
    from staffing.plan.keeping import check_names

    try:
        check_names(scenario, keep)
    except StaffingError as error:
        message = str(error)
        raise click.UsageError(f"--keep: {message}" + ("" if message.endswith("?") else ".")) from None


def _kept_nothing(scenario: Scenario, plan: Plan, keep: tuple[str, ...]) -> list[str]:
    """Return the names of which the plan keeps no hours."""
    from staffing.scenario.bookings import is_kept

    told = plan.context.promised if plan.context is not None else ()
    cells = [(entry.task, entry.staff) for entry in told]
    return [name for name in keep if not any(is_kept(scenario.expanded, [name], *cell) for cell in cells)]


def _check_scheduler(search: dict[str, Any], *, trade_off: bool) -> None:
    """Raise an error for what makes no sense beside ``--scheduler``."""
    if search["deterministic"]:
        raise click.UsageError("--deterministic works with one worker, on this machine: leave --scheduler out.")
    if trade_off:
        raise click.UsageError("--trade-off is sought on this machine alone: leave --scheduler out.")


def _check_trade_off(baseline: Path | None, outputs: tuple[Path, ...], *, strict: bool) -> None:
    """Raise an error for what makes no sense beside ``--trade-off``."""
    if baseline is None:
        raise click.UsageError("--trade-off needs --baseline: the plan that is changed.")
    if strict:
        raise click.UsageError("--strict is about one plan, and --trade-off gives several: leave one of them out.")
    for path in outputs:
        if path.suffix.lower() not in ANSWERS:
            raise click.UsageError(
                f'"{path}" cannot hold the answer of --trade-off: its suffix must be one of {", ".join(ANSWERS)}.'
            )


def _trade_off(scenario: Scenario, search: dict[str, Any], outputs: tuple[Path, ...]) -> None:
    """Print what more changes would gain, and write it into files."""
    from staffing.console.trade_off import trade_off_tables
    from staffing.decisions.trade_off import trade_off

    give(_watched(lambda **more: trade_off(scenario, **search, **more)), "table", outputs, trade_off_tables)


def solve_watched(scenario: Scenario, search: dict[str, Any]) -> Plan:
    """Solve with a live line on a terminal, heeding Ctrl-C."""
    from staffing.solving.solve import solve

    return _watched(lambda **more: solve(scenario, **search, **more))


def _watched(work: Callable[..., _Result]) -> _Result:
    """Do a search, given its `progress` and `stop`, with a live line on a terminal, heeding Ctrl-C."""
    from staffing.console.live import LiveLine

    stop = threading.Event()
    live = LiveLine(sys.stderr)
    with stopped_by_ctrl_c(stop, live.clear), catch_warnings(record=True) as told:
        simplefilter("ignore", StaffingWarning)  # printed when the baseline was read, with its file
        simplefilter("always", SchedulerWarning)
        try:
            return watched(lambda: work(progress=live.update, stop=stop), live.draw)
        finally:
            live.clear()
            warn(one.message for one in told if issubclass(one.category, SchedulerWarning))


def _report(plan: Plan, written: list[Path]) -> None:
    from staffing.console.page import Page, show
    from staffing.console.summary import summary

    show(summary(plan, Page.of(sys.stdout)))
    for path in written:
        say(f"{path} written")
