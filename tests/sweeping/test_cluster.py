"""A real Dask cluster on this machine: a scheduler and two worker processes."""

from __future__ import annotations

import builtins
import os
import random
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from distributed import KilledWorker

import staffing
from staffing.console.sweep import line
from staffing.errors import StaffingError
from staffing.solving import cluster
from staffing.sweeping.cluster import Away
from staffing.sweeping.crews import Lost
from staffing.sweeping.reading import read_sweep
from staffing.sweeping.running import SweepProgress
from staffing.sweeping.store import Store

from .clusters import Cluster
from .worlds import LONG_ENOUGH, Known, document, expected

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")
LOSSES, MANY_LOSSES = 1, 25


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    yield started
    started.close()


@pytest.fixture(scope="module")
def at_home() -> Known:
    return expected()


def kept(path: Path) -> dict[str, tuple[Any, dict[str, Any]]]:
    found = {}
    with Store(path) as store:
        for key, result in store.results([run.key for run in read_sweep(LONG_ENOUGH).request.runs]).items():
            plan = store.plan(key)
            assert plan is not None
            found[key] = result.goals, document(plan)
    return found


def test_a_cluster_gives_the_same_as_this_machine_also_when_it_loses_a_worker(
    away: Cluster, at_home: Known, tmp_path: Path, long: bool
) -> None:
    chance = random.Random(18)
    for number in range(MANY_LOSSES if long else LOSSES):
        path, after = tmp_path / f"{number}.sqlite", chance.randrange(6)
        lost = threading.Event()

        def progress(report: SweepProgress, after: int = after, lost: threading.Event = lost) -> None:
            if report.done >= after and report.at_work and not lost.is_set():
                lost.set()
                away.lose(chance)
                away.hire()

        answer = staffing.sweep(LONG_ENOUGH, path, scheduler=away.address, progress=progress)
        assert lost.is_set()
        assert answer.count("done") == 8
        assert kept(path) == at_home


def test_a_scheduler_that_ends_is_told_and_what_is_done_stays(
    at_home: Known, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "runs.sqlite"
    own = Cluster(tmp_path)

    def progress(report: SweepProgress) -> None:
        if report.done >= 2:
            os.kill(own.scheduler.pid, signal.SIGKILL)

    try:
        with pytest.raises(StaffingError, match=r"the Dask scheduler at tcp://.* is gone: start it, and then the same"):
            staffing.sweep(LONG_ENOUGH, path, scheduler=own.address, progress=progress)
    finally:
        own.close()
    assert "Traceback" not in capfd.readouterr().err
    with Store(path) as store:
        done = [key for key, result in store.results(list(at_home)).items() if result.state == "done"]
        assert len(done) >= 2
        for key in done:
            plan = store.plan(key)
            assert plan is not None
            assert document(plan) == at_home[key][1]


@pytest.mark.parametrize("guardian", [False, True])
def test_a_worker_that_hangs_is_ended(tmp_path: Path, guardian: bool) -> None:
    """Without a guardian, which would start another one, the last worker is sent away; with it, there is one again."""
    own = Cluster(tmp_path, workers=0)
    own.hire(guardian=guardian)
    workers = cluster.Cluster(own.address)
    try:
        assert workers.awaited(threading.Event(), 60)
        hangs = workers.submit(time.sleep, 1e6)
        while not workers.end(hangs):
            time.sleep(0.01)
        assert hangs.cancelled()
        if not guardian:
            own.hire()
        assert workers.result(workers.submit(os.getpid)) > 0
    finally:
        workers.close()
        own.close()


def test_nothing_that_answers_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    for address in ("tcp://127.0.0.1:1", "nowhere", "carrier://pigeon"):
        with pytest.raises(
            StaffingError, match=rf"no Dask scheduler answers at {address}: `dask scheduler` starts one"
        ):
            staffing.sweep(LONG_ENOUGH, tmp_path / "runs.sqlite", scheduler=address)


def test_without_dask_it_is_told_how_to_install_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    real = builtins.__import__

    def without(name: str, *more: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return real(name, *more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(StaffingError, match=r"not installed here: pip install 'staffing\[dask\]'"):
        staffing.sweep(LONG_ENOUGH, tmp_path / "runs.sqlite", scheduler="tcp://127.0.0.1:1")


class Ended:
    """A future whose run ended badly."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def result(self) -> None:
        raise self.error


def test_what_a_cluster_says_becomes_a_sentence() -> None:
    away = cluster.Cluster.__new__(cluster.Cluster)
    away.address = "tcp://far"
    crew = Away(away, None)

    def outcome(error: Exception) -> Any:
        future: Any = Ended(error)
        return crew.outcome(future)

    worker: Any = "worker"
    with pytest.raises(Lost) as lost:
        outcome(KilledWorker("run", worker, 3))
    assert lost.value.for_good
    for error, sentence in (
        (ImportError("staffing"), "the workers of the cluster cannot import staffing: install it on each of them"),
        (OSError("no\nway"), "the cluster at tcp://far cannot do its part: no way"),
    ):
        with pytest.raises(StaffingError, match=sentence):
            outcome(error)


def test_a_cluster_without_workers_is_waited_for(tmp_path: Path) -> None:
    """The first run is handed out when the first worker has come."""
    own = Cluster(tmp_path, workers=0)
    seen: list[str] = []

    def progress(report: SweepProgress) -> None:
        if not seen:
            own.hire()
        seen.append(line(report))

    try:
        few = LONG_ENOUGH | {"vary": {}}
        assert (
            staffing.sweep(few, tmp_path / "runs.sqlite", scheduler=own.address, progress=progress).count("done") == 1
        )
    finally:
        own.close()
    assert seen[0] == "0 of 1 run done, waiting for workers"
    assert any("1 at work" in one for one in seen)
