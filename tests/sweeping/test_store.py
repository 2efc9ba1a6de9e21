"""The file of runs: who may work on what, what stays, and what is said where it cannot be used."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from staffing.errors import OutputError
from staffing.sweeping import owners, store
from staffing.sweeping.owners import Owner, is_gone
from staffing.sweeping.reading import read_sweep
from staffing.sweeping.request import Options, Run
from staffing.sweeping.store import FORMAT, Result, Store
from staffing.sweeping.work import Outcome

from .worlds import asked

OPTIONS = Options()
DONE = Outcome("done", status="optimal", goals={"value": 1}, measures={"cost": 2.5}, plan=b"plan", seconds=0.5)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "runs.sqlite"


@pytest.fixture
def run() -> Run:
    return read_sweep(asked()).request.runs[0]


@pytest.fixture
def ended() -> str:
    """Return the owner that a process was that has ended."""
    code = "from staffing.sweeping.owners import Owner; print(Owner.me().as_text())"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()


def test_a_run_is_claimed_once_and_done_once(path: Path, run: Run) -> None:
    with Store(path) as first, Store(path) as second:
        assert first.claim(run, OPTIONS) == "mine"
        assert second.claim(run, OPTIONS) == "taken"
        assert first.claim(run, OPTIONS) == "mine", "again, after its worker was lost"
        assert second.results([run.key])[run.key].state == "taken"
        first.finish(run.key, DONE)
        second.finish(run.key, Outcome("failed", "too late"))
        assert first.claim(run, OPTIONS) == second.claim(run, OPTIONS) == "done"
        assert second.results([run.key, "other"]) == {
            run.key: Result("done", "optimal", {"value": 1}, {"cost": 2.5}, 0.5)
        }
        assert (second.plan(run.key), second.plan("other")) == (b"plan", None)


def test_what_is_not_done_is_given_back_at_the_end(path: Path, run: Run) -> None:
    with Store(path) as first:
        first.claim(run, OPTIONS)
    with Store(path) as second:
        assert second.results([run.key])[run.key].state == "open"
        assert second.claim(run, OPTIONS) == "mine"
    assert sorted(one.name for one in path.parent.iterdir()) == ["runs.sqlite"], "nothing is left beside it"


def test_the_claim_of_a_process_that_is_gone_is_taken_over(path: Path, run: Run, ended: str) -> None:
    with Store(path) as alive:
        alive.claim(run, OPTIONS)
        with sqlite3.connect(path) as base:
            base.execute("UPDATE runs SET owner = ?", (ended,))
        assert alive.results([run.key])[run.key].state == "open"
        assert alive.claim(run, OPTIONS) == "mine"


def test_who_is_at_work_elsewhere_is_gone_when_silent(ended: str, monkeypatch: pytest.MonkeyPatch) -> None:
    now, long_ago = time.time(), time.time() - 10 * owners.SILENT
    me = Owner.me()
    far = json.dumps({**json.loads(me.as_text()), "host": "far"})
    assert (is_gone(far, now), is_gone(far, long_ago)) == (False, True)
    assert not is_gone(me.as_text(), long_ago), "a process that was asleep is there still"
    assert is_gone(ended, now)
    another = json.dumps({**json.loads(me.as_text()), "born": "1"})
    assert is_gone(another, now) or not me.born, "another process has its number now"
    monkeypatch.setattr(owners, "_born", lambda _pid: None)  # where the system does not tell
    untold = json.dumps({**json.loads(me.as_text()), "born": ""})
    assert (is_gone(untold, now), is_gone(untold, long_ago)) == (False, True)
    assert is_gone(json.dumps({**json.loads(ended), "born": ""}), now)
    assert (is_gone("nobody", now), is_gone("nobody", long_ago)) == (False, True)


def test_a_sign_of_life_is_given_for_what_is_claimed(path: Path, run: Run) -> None:
    with Store(path) as alive:
        alive.claim(run, OPTIONS)
        with sqlite3.connect(path) as base:
            base.execute("UPDATE runs SET beat = 1")
        alive.beat()
        with sqlite3.connect(path) as base:
            assert base.execute("SELECT beat FROM runs").fetchone()[0] > 1


def test_what_failed_is_tried_again_by_the_next_sweep_alone(path: Path, run: Run) -> None:
    with Store(path) as first:
        first.claim(run, OPTIONS)
        assert [first.killed(run.key) for _ in range(3)] == [1, 2, 3]
        first.finish(run.key, Outcome("failed", "killed", seconds=1.0))
        assert first.results([run.key])[run.key] == Result("failed", error="killed", seconds=1.0)
        assert first.claim(run, OPTIONS) == "failed"
    with Store(path) as second:
        assert second.claim(run, OPTIONS) == "mine"
        assert second.killed(run.key) == 1, "counted anew"


def test_other_files_are_refused_and_left_as_they_are(path: Path) -> None:
    path.write_text("no database at all, but some text that is longer than a header" * 10, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(OutputError, match="no file of runs, or a broken one"):
        Store(path)
    assert path.read_bytes() == before
    path.unlink()
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE runs (song TEXT)")
    base.close()
    before = path.read_bytes()
    with pytest.raises(OutputError, match="a database of another program"):
        Store(path)
    assert path.read_bytes() == before


def test_a_file_of_a_later_version_is_refused(path: Path) -> None:
    Store(path).__exit__(None, None, None)
    with sqlite3.connect(path) as base:
        base.execute(f"PRAGMA user_version = {FORMAT + 1}")
    base.close()
    with pytest.raises(OutputError, match="a later version of staffing"):
        Store(path)


def test_of_two_that_make_the_file_at_once_neither_takes_it_for_foreign(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other makes it between two looks of the first."""
    connect = sqlite3.connect
    made: list[list[Any]] = []

    class Slow(sqlite3.Connection):
        def execute(self, *statement: Any) -> sqlite3.Cursor:
            rows = super().execute(*statement)
            if not made:
                found = rows.fetchall()
                made.append(found)
                monkeypatch.setattr(sqlite3, "connect", connect)
                with Store(path):
                    pass
                return super().execute("SELECT ?", found[0])
            return rows

    monkeypatch.setattr(sqlite3, "connect", lambda *where, **how: connect(*where, factory=Slow, **how))
    with Store(path) as found:
        assert (made, found.results([])) == ([[(0,)]], {})


@pytest.mark.parametrize("existing", [True, False])
def test_a_locked_file_is_waited_for_and_then_told(path: Path, existing: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if existing:
        Store(path).__exit__(None, None, None)
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    locking = sqlite3.connect(path, isolation_level=None)
    locking.execute("BEGIN EXCLUSIVE")
    locking.execute("CREATE TABLE IF NOT EXISTS other (one TEXT)") if not existing else None
    with pytest.raises(OutputError, match=r"runs\.sqlite is locked by another program"):
        Store(path)
    locking.execute("ROLLBACK")
    Store(path).__exit__(None, None, None)
    locking.close()


def test_a_full_disk_is_told_and_what_is_there_stays(path: Path) -> None:
    first, second = read_sweep(asked()).request.runs[:2]
    with Store(path) as kept:
        for run in (first, second):
            kept.claim(run, OPTIONS)
        kept.finish(first.key, DONE)
        (pages,) = kept._base.execute("PRAGMA page_count").fetchone()
        kept._base.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(OutputError, match="the disk is full or fails: all results before are kept; make room"):
            kept.finish(second.key, Outcome("done", goals={}, measures={}, plan=os.urandom(100_000)))
        assert kept.results([first.key, second.key])[first.key].state == "done"
    with Store(path) as again:
        assert again.plan(first.key) == b"plan"
        assert again.claim(second, OPTIONS) == "mine"


def test_folders_that_are_missing_or_closed_are_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"the folder .*gone does not exist"):
        Store(tmp_path / "gone" / "runs.sqlite")
    (tmp_path / "folder.sqlite").mkdir()
    with pytest.raises(OutputError, match="it is a folder"):
        Store(tmp_path / "folder.sqlite")
