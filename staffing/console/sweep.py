"""A sweep as a table, and its progress as a line."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from staffing.console.live import StatusLine
from staffing.console.numbers import count, number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clean, wrap
from staffing.sweeping.answer import cell

if TYPE_CHECKING:
    from staffing.sweeping.answer import RunResult, Sweep
    from staffing.sweeping.running import SweepProgress

EVERY = 60.0
"""Seconds between two lines of progress in a log."""


def sweep_tables(answer: Sweep, page: Page) -> list[str | Table]:
    """Return the answer, a row for each run, and why runs failed."""
    request, width = answer.request, max(12, page.width // 6)
    several = len(request.seeds) > 1
    columns = (
        Column("run", right=True),
        *(Column(_head(path)) for path in request.paths),
        *((Column("seed", right=True),) if several else ()),
        Column("state"),
        *(Column(_head(name), right=True) for name in request.measures),
        Column("s", right=True),
    )
    rows = tuple(_row(answer, one, several, width) for one in answer.runs)
    note = "* on the front" if answer.front else ""
    failed = [f"run {one.run.number} failed: {one.result.error}" for one in answer.runs if one.result.error]
    lines = [line for text in (answer.text, *failed) for line in wrap(page.name(text), page.width).split("\n")]
    kept = 1 + len(request.paths) + several
    return [*lines, Table("Runs", columns, rows, kept=kept, note=note)]


def _row(answer: Sweep, one: RunResult, several: bool, width: int) -> tuple[str, ...]:
    run = one.run
    return (
        f"{run.number}{'*' if run.number in answer.front else ''}",
        *(_value(run.variant.values.get(path), width) for path in answer.request.paths),
        *((str(run.seed),) if several else ()),
        one.result.status or one.result.state,
        *(number(value) for value in one.measures.values()),
        "-" if one.result.seconds is None else f"{one.result.seconds:.1f}",
    )


def _head(path: str) -> str:
    """Return a path in two lines: whose field, and which."""
    return "\n".join(clean(path).rsplit(".", 1))


def _value(value: Any, width: int) -> str:
    return "-" if value is None else wrap(clean(str(cell(value))), width)


def dry_tables(answer: Sweep, page: Page) -> list[str | Table]:
    """Return the runs that there are, and which of them are done already."""
    request, width = answer.request, max(12, page.width // 4)
    columns = (
        Column("run", right=True),
        *(Column(_head(path)) for path in request.paths),
        Column("seed", right=True),
        Column("state"),
    )
    rows = tuple(
        (
            str(one.run.number),
            *(_value(one.run.variant.values.get(path), width) for path in request.paths),
            *(str(one.run.seed), one.result.state),
        )
        for one in answer.runs
    )
    different = len({one.run.key for one in answer.runs})
    said = f"{count(len(answer.runs), 'run')}, {different} of them different; {answer.count('done')} done already."
    return [said, Table("Runs", columns, rows, kept=1)]


class SweepLine(StatusLine):
    """The live line of a sweep: runs done and at work, and about how long the rest takes."""

    _progress: SweepProgress | None = None
    _told = 0.0

    def update(self, progress: SweepProgress) -> None:
        """Take a report; may be called from another thread."""
        self._progress, self._told = progress, self._told or time.monotonic()

    def draw(self) -> None:
        """Write the line again; where nobody looks, now and then one that stays."""
        if self._progress is None:
            return
        if self.silent and time.monotonic() > self._told + EVERY:
            self._told = time.monotonic()
            self._stream.write(f"{line(self._progress)}\n")
            self._stream.flush()
        self.write(line(self._progress))


def line(progress: SweepProgress) -> str:
    """Return one line about the state of a sweep."""
    parts = [f"{progress.done} of {count(progress.total, 'run')} done"]
    parts += [f"{progress.failed} failed"] if progress.failed else []
    parts += [f"{progress.at_work} at work"] if progress.at_work else []
    parts += [f"{progress.elsewhere} at work in another sweep"] if progress.elsewhere else []
    if not (progress.at_work or progress.elsewhere) and progress.done + progress.failed < progress.total:
        parts.append("waiting for workers")
    elif progress.done + progress.failed < progress.total:
        parts.append(f"about {duration(progress.seconds_left)} left")
    return ", ".join(parts)


def duration(seconds: float) -> str:
    """Return seconds in the unit that people would use.

    >>> duration(41), duration(200), duration(5400)
    ('41 s', '3 min', '1.5 h')
    """
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
