"""``staffing sweep``."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sweeping.worlds import Here, environment, tiny

from staffing.console import sweep as console
from staffing.console.sweep import SweepLine, line
from staffing.sweeping import store
from staffing.sweeping import sweep as module
from staffing.sweeping.running import SweepProgress
from staffing.sweeping.work import Outcome

from .conftest import Command

ASKED = """\
base: base.yaml
vary:
  staff.omid.weekly_hours: {from: 20, to: 40, step: 20}
  staff.omid.cost_rate: [30, 50]
measures: [value, cost, utilisation.all]
solve: {time_limit: 5}
"""


@pytest.fixture
def sweep(tmp_path: Path) -> Path:
    tiny(clients=[{"id": "nova"}]).save(tmp_path / "base.yaml")
    file = tmp_path / "hours.yaml"
    file.write_text(ASKED, encoding="utf-8")
    return file


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> Here:
    crew = Here()
    monkeypatch.setattr(module, "Home", lambda _seats: crew)
    return crew


def test_the_answer_is_a_sentence_and_a_row_for_each_run(sweep: Path, here: Here, staffing_command: Command) -> None:
    done = staffing_command("sweep", sweep)
    database = sweep.with_suffix(".sqlite")
    assert (done.exit_code, done.stderr) == (0, f"{database} keeps the runs\n")
    said, _, table = done.stdout.partition("Runs\n")
    assert " ".join(said.split()) == (
        "4 of 4 runs are done. By value and cost, runs 1, 3 are on the front: no other run is better in one of them "
        "and as good in the other."
    )
    rows = [line.split() for line in table.splitlines()]
    assert [row[:-1] for row in rows[3:7]] == [
        ["1*", "20", "30", "optimal", "40", "600", "1"],
        ["2", "20", "50", "optimal", "40", "1,000", "1"],
        ["3*", "40", "30", "optimal", "80", "1,200", "1"],
        ["4", "40", "50", "optimal", "80", "2,000", "1"],
    ]
    assert table.splitlines()[-1] == "* on the front"
    assert staffing_command("sweep", sweep).exit_code == 0
    assert len(here.jobs) == 4, "asked again, nothing is solved again"


def test_a_dry_run_lists_the_runs_and_what_is_done(sweep: Path, here: Here, staffing_command: Command) -> None:
    done = staffing_command("sweep", sweep, "--dry-run")
    assert done.stdout.startswith("4 runs, 4 of them different; 0 done already.")
    assert not sweep.with_suffix(".sqlite").exists()
    sweep.write_text(ASKED.replace("[30, 50]", "[30]"), encoding="utf-8")
    staffing_command("sweep", sweep)
    sweep.write_text(ASKED, encoding="utf-8")
    done = staffing_command("sweep", sweep, "--dry-run", "--format", "csv")
    assert [row["state"] for row in csv.DictReader(io.StringIO(done.stdout))] == ["done", "open", "done", "open"]
    assert len(here.jobs) == 2


def test_the_answer_as_data_and_as_a_page(sweep: Path, here: Here, tmp_path: Path, staffing_command: Command) -> None:
    database, page = tmp_path / "runs.db", tmp_path / "sweep.html"
    done = staffing_command("sweep", sweep, "-o", database, "--page", page, "--format", "json")
    answer = json.loads(done.stdout)
    assert (answer["question"], answer["done"], answer["front"]) == ("sweep", 4, [1, 3])
    assert done.stderr == f"{page} written\n{database} keeps the runs\n"
    assert "on the front" in page.read_text(encoding="utf-8")
    (tmp_path / "sweep.json").write_text(done.stdout, encoding="utf-8")
    assert staffing_command("report", tmp_path / "sweep.json", "-o", tmp_path / "again.html").exit_code == 0
    assert (tmp_path / "again.html").read_text(encoding="utf-8") == page.read_text(encoding="utf-8")


def test_failed_runs_are_told_with_exit_code_1(sweep: Path, here: Here, staffing_command: Command) -> None:
    here._do = lambda _: Outcome("failed", "the numbers are too large")
    done = staffing_command("sweep", sweep)
    assert done.exit_code == 1
    assert "4 failed." in done.stdout
    assert "run 2 failed: the numbers are too large" in done.stdout


def test_nothing_it_is_made_from_is_overwritten(sweep: Path, tmp_path: Path, staffing_command: Command) -> None:
    for arguments, sentence in (
        (("-o", "answer.json"), "its suffix must be one of .sqlite, .sqlite3, .db"),
        (("--page", "sweep.txt"), "is not a page"),
        (("--workers", "0"), "0 is not in the range"),
    ):
        done = staffing_command("sweep", sweep, *arguments)
        assert (done.exit_code, sentence in done.stderr) == (2, True)
    (tmp_path / "base.yaml").rename(tmp_path / "base.json.html")
    os.link(tmp_path / "base.json.html", tmp_path / "base.yaml")
    done = staffing_command("sweep", sweep, "--page", tmp_path / "base.json.html")
    assert (done.exit_code, "would overwrite" in done.stderr) == (2, True)


def test_another_kind_of_file_is_told(sweep: Path, tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("sweep", tmp_path / "base.yaml")
    assert done.exit_code == 1
    assert "this is a scenario; a sweep is asked for: a sweep is a file that names it as `base`" in done.stderr
    done = staffing_command("solve", sweep)
    assert f"this is a sweep; a scenario is asked for: `staffing sweep {sweep}` runs it" in done.stderr


def test_a_file_that_cannot_be_used_is_a_sentence(
    sweep: Path, here: Here, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = sweep.with_suffix(".sqlite")
    database.write_text("a letter to a friend, long enough to be no header" * 10, encoding="utf-8")
    done = staffing_command("sweep", sweep)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == f"{database} is no file of runs, or a broken one: name another file\n"
    database.unlink()
    staffing_command("sweep", sweep)
    monkeypatch.setattr(store, "PATIENCE", 0.1)
    locking = sqlite3.connect(database, isolation_level=None)
    locking.execute("BEGIN EXCLUSIVE")
    sweep.write_text(ASKED.replace("50]", "60]"), encoding="utf-8")
    done = staffing_command("sweep", sweep)
    locking.close()
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{database} is locked by another program")


@pytest.mark.parametrize("again", [False, True], ids=["once", "twice"])
def test_ctrl_c_waits_for_the_runs_at_work_and_twice_leaves(again: bool, sweep: Path) -> None:
    sweep.write_text(
        ASKED.replace("base.yaml", str(Path(__file__).parents[2] / "scenarios" / "one-am.yaml"))
        .replace("omid", "sara")
        .replace("step: 20", "step: 2")
        .replace("time_limit: 5", "time_limit: 2"),
        encoding="utf-8",
    )
    process = subprocess.Popen(
        [sys.executable, "-m", "staffing", "sweep", str(sweep), "--workers", "1"],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    database = sweep.with_suffix(".sqlite")
    end = time.monotonic() + 60
    while not _taken(database):
        assert time.monotonic() < end
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers, too
    if again:
        time.sleep(0.3)
        os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert err.startswith("waiting for the runs at work, about 2 s at most; again to leave at once\n")
    assert "Traceback" not in err
    assert err.splitlines()[-1] == ("interrupted" if again else f"{database} keeps the runs")
    assert out.startswith("" if again else "1 of 22 runs are done, 21 are open.")


def _taken(database: Path) -> bool:
    if not database.exists():
        return False
    base = sqlite3.connect(database, timeout=20)
    try:
        return bool(base.execute("SELECT count(*) FROM runs WHERE state = 'taken'").fetchone()[0])
    except sqlite3.OperationalError:  # the table is not there yet
        return False
    finally:
        base.close()


def progress(done: int, at_work: int, elsewhere: int = 0, failed: int = 0) -> SweepProgress:
    return SweepProgress(12, done, failed, at_work, elsewhere, 30.0 * (12 - done - failed))


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (progress(0, 2), "0 of 12 runs done, 2 at work, about 6 min left"),
        (progress(9, 2, failed=1), "9 of 12 runs done, 1 failed, 2 at work, about 60 s left"),
        (progress(9, 0, elsewhere=3), "9 of 12 runs done, 3 at work in another sweep, about 2 min left"),
        (progress(3, 0), "3 of 12 runs done, waiting for workers"),
        (progress(12, 0), "12 of 12 runs done"),
    ],
)
def test_progress_is_a_line_with_the_time_left(report: SweepProgress, said: str) -> None:
    assert line(report) == said


def test_in_a_log_progress_is_told_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    log = io.StringIO()
    live = SweepLine(log)
    live.draw()
    live.update(progress(1, 2))
    live.draw()
    assert log.getvalue() == ""
    monkeypatch.setattr(console, "EVERY", -1.0)
    live.draw()
    live.clear()
    assert log.getvalue() == "1 of 12 runs done, 2 at work, about 6 min left\n"
