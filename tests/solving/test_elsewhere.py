"""Parts of a scenario planned by a real Dask cluster: a scheduler and two worker processes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from warnings import catch_warnings, simplefilter

import pytest
from sweeping.clusters import Cluster

import staffing
from staffing.errors import SchedulerWarning, StaffingError
from staffing.problem.problem import Problem
from staffing.solving import cluster, parts
from staffing.solving.earlier import Earlier
from staffing.solving.limits import Progress
from staffing.solving.solution import Solution
from staffing.solving.state.greedy import completed
from staffing.solving.tuning import varied

from .test_parts import two_practices

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning")


@pytest.fixture(autouse=True)
def very_large() -> Iterator[None]:
    with varied(part_cells=0, part_people=1):
        yield


def test_two_workers_plan_a_part_each_and_a_scheduler_that_ends_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    joined: list[Solution] = []

    def seen(problem: Problem, plan: Solution, before: Earlier) -> Solution:
        joined.append(plan)
        return completed(problem, plan, before)

    monkeypatch.setattr(parts, "completed", seen)
    own = Cluster(tmp_path)
    try:
        with catch_warnings():
            simplefilter("error", SchedulerWarning)
            plan = staffing.solve(two_practices(), scheduler=own.address, time_limit=30)
        assert (plan.status, plan.goals[-1].value, staffing.audit(two_practices(), plan)) == ("optimal", 82, [])
        assert len({job for job, _, _ in joined[0].steps}) == 4, "each part is planned to its best"

        def progress(_: Progress) -> None:
            own.scheduler.kill()

        with pytest.warns(SchedulerWarning, match=r"2 of 2 parts, of 6 tasks, are planned here: the Dask scheduler"):
            plan = staffing.solve(two_practices(), scheduler=own.address, time_limit=30, progress=progress)
        assert (plan.status, plan.goals[-1].value) == ("optimal", 82)
    finally:
        own.close()
    assert "Traceback" not in capfd.readouterr().err


def test_without_a_scheduler_or_workers_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "PATIENCE", 0.3)
    own = Cluster(tmp_path, workers=0)
    try:
        with pytest.raises(
            StaffingError, match=rf"at {own.address} has no workers: `dask worker {own.address}` starts"
        ):
            staffing.solve(two_practices(), scheduler=own.address)
    finally:
        own.close()
    with pytest.raises(StaffingError, match=r"no Dask scheduler answers at tcp://127.0.0.1:1: `dask scheduler` starts"):
        staffing.solve(two_practices(), scheduler="tcp://127.0.0.1:1")
