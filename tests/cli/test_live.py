"""The live line of a solve."""

from __future__ import annotations

import io

import pytest

from staffing.console.live import LiveLine, line
from staffing.solving.limits import Progress

PROGRESS = Progress("cost", 12400, 12100, 0.0242, 17, 43.2)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_line_says_how_the_search_stands() -> None:
    assert line(PROGRESS) == "cost: 12,400, bound 12,100, gap 2%, 17 plans found, 43 s left"
    assert line(PROGRESS, passed=50.0).endswith(", 0 s left")


def test_what_is_not_known_yet_is_a_dash() -> None:
    assert line(Progress("must", None, None, None, 0, 60.0)) == "must: -, not bounded, 0 plans found, 60 s left"
    late = Progress("lateness", 12, None, None, 17, 43.2)
    assert line(late) == "lateness: 12, not bounded, 17 plans found, 43 s left"


def test_nothing_is_written_into_a_pipe() -> None:
    pipe = io.StringIO()
    live = LiveLine(pipe)
    live.update(PROGRESS)
    live.draw()
    live.clear()
    assert pipe.getvalue() == ""


def test_the_line_is_written_over_and_cleared(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    terminal = Terminal()
    live = LiveLine(terminal)
    live.draw()  # nothing is known yet
    assert terminal.getvalue() == ""
    live.update(PROGRESS)
    live.draw()
    assert terminal.getvalue() == "\r" + line(PROGRESS)[:39]
    live.clear()
    assert terminal.getvalue().endswith("\r" + " " * 39 + "\r")


def test_it_says_that_the_search_is_being_compiled() -> None:
    report = Progress("must", 0, 0, 0.0, 17, 43.2, compiling=True)
    told = "must: 0, bound 0, gap 0%, 43 s left, compiling the search once, for about a minute"
    assert line(report) == told
