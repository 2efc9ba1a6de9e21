"""On a real terminal: bold heads and the live line, and no escapes where they are not wanted."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import Command

LIVE = """
import sys, time
from staffing.__main__ import main
from staffing.console import live
import staffing.solving.solve as solving
from staffing.plan.plan import Plan
from staffing.solving.limits import Progress

def solve(scenario, *, progress, **options):
    progress(Progress("cost", 12400, 12100, 0.0242, 17, 43.2))
    time.sleep(0.5)
    return Plan.load("plan.json")

solving.solve = solve
sys.argv[0] = "staffing"
main()
"""
"""The command line with a search that reports once, and takes long enough to be looked at."""


def seen(folder: Path, *arguments: str, **more: str) -> bytes:
    """What a terminal gets of a command, its stdout and stderr together."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "TERM")} | more
    process = subprocess.Popen(
        [sys.executable, *arguments], cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, env=environment
    )
    os.close(theirs)
    shown = []
    while True:
        try:
            piece = os.read(ours, 1 << 16)
        except OSError:  # so a terminal says that nobody writes any more
            break
        if not piece:
            break
        shown.append(piece)
    os.close(ours)
    assert process.wait(timeout=60) in (0, 2)
    return b"".join(shown)


@pytest.fixture
def solving(tmp_path: Path, scenario_file: Path, plan_file: Path) -> tuple[str, ...]:
    """A solve that shows its line."""
    return ("-c", LIVE, "solve", scenario_file.name)


def test_a_terminal_gets_bold_heads_and_a_live_line(tmp_path: Path, solving: tuple[str, ...]) -> None:
    shown = seen(tmp_path, *solving, TERM="xterm-256color")
    assert b"\x1b[1m" in shown
    assert b"\rcost: 12,400, bound 12,100" in shown


def test_without_colours_the_line_is_live_and_nothing_is_escaped(tmp_path: Path, solving: tuple[str, ...]) -> None:
    shown = seen(tmp_path, *solving, TERM="xterm-256color", NO_COLOR="1")
    assert b"\x1b" not in shown
    assert b"\rcost: 12,400, bound 12,100" in shown


def test_a_dumb_terminal_gets_neither_escapes_nor_a_line_that_is_written_over(
    tmp_path: Path, solving: tuple[str, ...]
) -> None:
    shown = seen(tmp_path, *solving, TERM="dumb")
    assert b"Nova: feasible" in shown
    assert b"\x1b" not in shown
    assert b"bound 12,100" not in shown
    assert b"\r" not in shown.replace(b"\r\n", b"\n")


@pytest.mark.parametrize("setting", [{"TERM": "dumb"}, {"NO_COLOR": "1", "TERM": "xterm-256color"}])
@pytest.mark.parametrize(
    "arguments", [["--help"], ["solve", "--help"], ["slove"], ["show", "plan.json"], ["compare", "plan.json"]]
)
def test_nothing_is_escaped_where_it_is_not_wanted(
    arguments: list[str], setting: dict[str, str], tmp_path: Path, plan_file: Path, staffing_command: Command
) -> None:
    shown = seen(tmp_path, "-m", "staffing", *arguments, **setting)
    assert shown
    assert b"\x1b" not in shown
