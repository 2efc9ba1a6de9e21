"""What commands that answer questions have in common: options, reading, Ctrl-C, tables and files."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, overload

import click

from staffing.cli.failures import NO, WRONG_INPUT
from staffing.cli.interrupt import stopped_by_ctrl_c, watched
from staffing.cli.options import Finite, complete_file, table_format
from staffing.cli.outputs import Output, check_outputs
from staffing.cli.reading import read_plan, read_scenario
from staffing.cli.talk import say, warn

if TYPE_CHECKING:
    from staffing.console.page import Page, Table
    from staffing.decisions.answer import Answer
    from staffing.plan.plan import Plan
    from staffing.scenario.scenario import Scenario

SUFFIXES = (".json", ".csv", ".html")
"""What an answer is written as."""
WHAT_IFS = (".yaml", ".yml", ".toml", ".json")
"""What a change is written as."""
_Command = TypeVar("_Command", bound=Callable[..., Any])
_Answer = TypeVar("_Answer", bound="Answer")


def answers(seconds: float | None = 10.0) -> Callable[[_Command], _Command]:
    """Add the options that all questions have: ``--time-limit`` (but for None), ``--format`` and ``-o``."""
    limit = click.option(
        "--time-limit",
        type=Finite(min=0, min_open=True),
        default=seconds,
        show_default=True,
        metavar="SECONDS",
        help="Time for the answer; what is known by then is given.",
    )

    def add(command: _Command) -> _Command:
        others = table_format(answer_files("the answer")(command))
        return others if seconds is None else limit(others)

    return add


def answer_files(what: str) -> Callable[[_Command], _Command]:
    """Add ``-o``, which writes an answer into files."""
    return click.option(
        "-o",
        "--output",
        "outputs",
        type=Output(SUFFIXES),
        shell_complete=complete_file,
        multiple=True,
        metavar="FILE",
        help=f"Write {what} into this .json, .csv or .html file too; may be given again.",
    )


class WriteChange(click.Tuple):
    """The number of a change, and the file to write it into."""

    def __init__(self) -> None:
        super().__init__([click.IntRange(min=1), Output(WHAT_IFS)])


def write_changes(
    base: Path, scenario: Scenario, changes: Sequence[Mapping[str, Any]], writes: Sequence[tuple[int, Path]]
) -> None:
    """Write changes that an answer gives, by their numbers from 1, as scenarios that extend the one that was asked of.

    Raises
    ------
    click.exceptions.Exit
        Where there is no change of a number, having said so.
    """
    from staffing.writing.what_if import write_what_if

    for number, path in writes:
        if number <= len(changes):
            write_what_if(base, scenario, changes[number - 1], path)
            say(f"{path} written")
    missing = [str(number) for number, _ in writes if number > len(changes)]
    if missing:
        many = {0: "none was found", 1: "1 is the only one"}.get(
            len(changes), f"they are numbered from 1 to {len(changes)}"
        )
        say(f"there is no change {', '.join(missing)} to write: {many}")
        raise click.exceptions.Exit(WRONG_INPUT)


@overload
def inputs(scenario: Path, plan: Path, outputs: Sequence[Path]) -> tuple[Scenario, Plan]: ...


@overload
def inputs(scenario: Path, plan: Path | None, outputs: Sequence[Path]) -> tuple[Scenario, Plan | None]: ...


def inputs(scenario: Path, plan: Path | None, outputs: Sequence[Path]) -> tuple[Scenario, Plan | None]:
    """Read a scenario and a plan of it, if one is given, and print what is odd of them; outputs are checked first."""
    check_outputs(outputs, [scenario] if plan is None else [scenario, plan])
    asked = read_scenario(scenario, outputs)
    if plan is None:
        return asked, None
    given = read_plan(plan)
    from staffing.auditing.audit import warnings

    warn(warnings(asked, given))
    return asked, given


def answered(ask: Callable[[threading.Event], _Answer]) -> _Answer:
    """Ask, heeding Ctrl-C: once for what is known by then.

    Raises
    ------
    click.exceptions.Exit
        Where the plan is not valid, having printed its violations.
    """
    from staffing.console.text import clean
    from staffing.decisions.valid import NotValidError

    stop = threading.Event()
    try:
        with stopped_by_ctrl_c(stop, lambda: None):
            return watched(lambda: ask(stop), lambda: None)
    except NotValidError as error:
        for violation in error.violations:
            click.echo(clean(str(violation)))
        raise click.exceptions.Exit(NO) from None


def give(
    answer: _Answer, form: str, outputs: Sequence[Path], tables: Callable[[_Answer, Page], Sequence[str | Table]]
) -> None:
    """Print an answer, and write it into files."""
    if form == "table":
        from staffing.console.page import Page, show

        show(tables(answer, Page.of(sys.stdout)))
    else:
        click.echo(answer.to_csv() if form == "csv" else answer.to_json(), nl=False)
    for path in outputs:
        answer.save(path)
        say(f"{path} written")
