"""Sweeps and their workers, killed at any moment: no result is lost, doubled or different."""

from __future__ import annotations

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from sweeping.worlds import LONG_ENOUGH, Known, document, environment, expected

KILLS, MANY_KILLS = 2, 50
LONGEST = 5.0
"""Most seconds before a kill; starting takes the first two or three."""
PATIENCE = 90
Row = tuple[str, str, float, bytes]
"""Key, state, when it ended, and packed plan of a run."""


@pytest.fixture(scope="module")
def alone() -> Known:
    """Return what the runs give when nobody is killed."""
    return expected()


@pytest.fixture
def sweep(tmp_path: Path) -> Path:
    file = tmp_path / "sweep.json"
    file.write_text(json.dumps(LONG_ENOUGH), encoding="utf-8")
    return file


def start(sweep: Path, database: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "staffing", "sweep", str(sweep), "-o", str(database), "--workers", "2"]
    return subprocess.Popen(
        command, env=environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )


def workers(sweep: int) -> list[int]:
    """Return the worker processes of a sweep."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(told[1]) == sweep and b"spawn_main" in (folder / "cmdline").read_bytes():
                found.append(int(folder.name))
        except OSError:  # it has just ended
            continue
    return found


def is_there(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def rows(database: Path) -> dict[str, Row]:
    """Return the runs that are done."""
    if not database.exists() or not database.stat().st_size:
        return {}
    with closing(sqlite3.connect(database, timeout=20)) as base:
        if not base.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]:
            return {}
        found = base.execute("SELECT key, state, ended, plan FROM runs WHERE state IN ('done', 'failed')").fetchall()
    return {row[0]: row for row in found}


def finished(process: subprocess.Popen[str]) -> str:
    """Wait until a sweep has ended well; return what it said."""
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, out + err
    assert "Traceback" not in err
    return out


def kill_the_sweep(process: subprocess.Popen[str]) -> None:
    """Kill a sweep, whose workers have nothing to do without it."""
    left = workers(process.pid)
    process.kill()
    process.communicate()
    end = time.monotonic() + 10
    while any(map(is_there, left)):
        assert time.monotonic() < end, "a worker outlives its sweep"
        time.sleep(0.02)


def test_killed_it_goes_on_where_it_stopped(sweep: Path, tmp_path: Path, alone: Known, long: bool) -> None:
    chance = random.Random(2026)
    database, before = tmp_path / "runs.sqlite", dict[str, Row]()
    for number in range(MANY_KILLS if long else KILLS):
        process = start(sweep, database)
        time.sleep(chance.uniform(0.5, LONGEST))
        crew = workers(process.pid)
        if number % 2 and crew:
            os.kill(chance.choice(crew), signal.SIGKILL)
            finished(process)  # with another worker
        elif process.poll() is None:
            kill_the_sweep(process)
        else:
            finished(process)
        now = rows(database)
        assert before.items() <= now.items(), "a result is lost, or has become another"
        before = now
        if len(now) == len(alone):
            check(database, alone)
            database, before = tmp_path / f"{number}.sqlite", {}
    finished(start(sweep, database))
    assert before.items() <= rows(database).items()
    check(database, alone)


def check(database: Path, alone: Known) -> None:
    """Make sure that a database has all results, each as it is when nobody is killed."""
    now = rows(database)
    assert {row[1] for row in now.values()} == {"done"}
    assert {key: document(row[3]) for key, row in now.items()} == {key: plan for key, (_, plan) in alone.items()}


def test_of_two_on_one_file_the_other_takes_over(sweep: Path, tmp_path: Path, alone: Known) -> None:
    """One is killed in mid-run, with its claims; the other one does those, too, and both found nothing done twice."""
    database = tmp_path / "runs.sqlite"
    first, second = start(sweep, database), start(sweep, database)
    end = time.monotonic() + PATIENCE
    while not rows(database):
        assert time.monotonic() < end
        assert first.poll() is None
        time.sleep(0.02)
    before = rows(database)
    kill_the_sweep(first)
    out = finished(second)
    assert out.startswith("8 of 8 runs are done.")
    assert before.items() <= rows(database).items()
    check(database, alone)
