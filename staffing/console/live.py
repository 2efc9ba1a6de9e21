"""The live line of a solve: goal in work, value, bound, gap, plans found, seconds left."""

from __future__ import annotations

import os
import shutil
import time
from typing import TYPE_CHECKING, TextIO

from staffing.console.numbers import count, number

if TYPE_CHECKING:
    from staffing.solving.limits import Progress


class StatusLine:
    """A status line that overwrites itself; nothing is written unless the stream is a terminal.

    Parameters
    ----------
    stream
        Where it goes, stderr as a rule; it stays silent unless that is a terminal that can write over a line.
    """

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._shown = 0
        self.silent = not stream.isatty() or os.environ.get("TERM") == "dumb"

    def write(self, text: str) -> None:
        """Write a text over the one before, as much of it as there is room."""
        if self.silent:
            return
        text = text[: shutil.get_terminal_size().columns - 1]
        self._stream.write("\r" + text.ljust(self._shown))
        self._stream.flush()
        self._shown = len(text)

    def clear(self) -> None:
        """Leave the line empty for what comes next."""
        if self._shown:
            self._stream.write("\r" + " " * self._shown + "\r")
            self._stream.flush()
            self._shown = 0


class LiveLine(StatusLine):
    """The status line of a solve."""

    _progress: Progress | None = None
    _since = 0.0

    def update(self, progress: Progress) -> None:
        """Take a report of the search; may be called from another thread."""
        self._progress, self._since = progress, time.monotonic()

    def draw(self) -> None:
        """Write the line again, with the seconds passed since the last report."""
        if self._progress is not None:
            self.write(line(self._progress, time.monotonic() - self._since))


def line(progress: Progress, passed: float = 0.0) -> str:
    """Return one line about the state of the search, `passed` seconds after it was reported."""
    from staffing.console.numbers import percent
    from staffing.console.words import NOT_BOUNDED

    bound = NOT_BOUNDED if progress.bound is None else f"bound {number(progress.bound)}"
    gap = "" if progress.gap is None else f", gap {percent(progress.gap)}"
    left = f"{max(0.0, progress.seconds_left - passed):.0f} s left"
    if progress.compiling:
        rest = f"{left}, compiling the search once, for about a minute"
    else:
        rest = f"{count(progress.plans, 'plan')} found, {left}"
    return f"{progress.goal}: {number(progress.value)}, {bound}{gap}, {rest}"
