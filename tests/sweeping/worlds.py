"""Small sweeps, and workers that are in this process, so that a test need not wait for others to start."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from plan.worlds import omid, sara, scenario, task

from staffing.errors import StaffingError
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario
from staffing.sweeping.crews import Crew, Lost
from staffing.sweeping.reading import read_sweep
from staffing.sweeping.work import Job, Outcome, unpacked, work

SHIPPED = Path(__file__).parents[2] / "scenarios"
LONG_ENOUGH: dict[str, Any] = {
    "base": str(SHIPPED / "one-am.yaml"),
    "vary": {"staff.sara.weekly_hours": [36, 38, 40, 42], "switching": [0, 0.5]},
    "measures": ["value", "cost", "waiting_tasks"],
    "solve": {"deterministic": True, "time_limit": 0.05},
}
"""Eight runs of a third of a second each, which give the same plans again."""


def tiny(**change: Any) -> Scenario:
    """One week. Omid delivers 40 hours of 60; whoever has more hours, or less work, delivers more."""
    tasks = [task(f"t{number}", hours=10) for number in range(6)]
    return scenario(**{"weeks": 1, "staff": [omid()], "tasks": tasks, "goals": ["value", "cost"], **change})


def both() -> Scenario:
    return tiny(name="Both", staff=[omid(), sara()])


def asked(**change: Any) -> dict[str, Any]:
    """Omid with 20, 30 and 40 hours, at 30 and 50 an hour."""
    return {
        "base": tiny(),
        "vary": {"staff.omid.weekly_hours": {"from": 20, "to": 40, "step": 10}, "staff.omid.cost_rate": [30, 50]},
        "measures": ["value", "cost"],
        "solve": {"time_limit": 5},
        **change,
    }


class Here(Crew):
    """Workers in this process: each run is done as it is handed out."""

    jobs: list[Job]
    """What was asked of any of them."""

    def __init__(self, _seats: int = 1, do: Callable[[Job], Outcome] = work) -> None:
        self._do = do
        self.jobs = []

    @property
    def seats(self) -> int:
        return 1

    def submit(self, job: Job) -> Future[Outcome]:
        self.jobs.append(job)
        future: Future[Outcome] = Future()
        try:
            future.set_result(self._do(job))
        except (Lost, StaffingError) as error:
            future.set_exception(error)
        return future

    def outcome(self, future: Future[Outcome]) -> Outcome:
        return future.result()

    def end(self, future: Future[Outcome]) -> bool:
        raise AssertionError("nothing hangs here")

    def close(self) -> None:
        pass


def hangs_with_thirty_hours(job: Job) -> Outcome:
    """Be at it for ever where Omid has 30 hours, and say at once that it is done where he has not."""
    if job.scenario.staff[0].weekly_hours == 30:
        time.sleep(1e6)
    return Outcome("done", status="optimal", goals={}, measures={"cost": os.getpid()})


Known = dict[str, tuple[Mapping[str, Any] | None, dict[str, Any]]]
"""By key, the goals of a run, and its plan but for the seconds it took."""


@cache
def expected() -> Known:
    """Return what the runs of ``LONG_ENOUGH`` give, done here, once."""
    request = read_sweep(LONG_ENOUGH).request
    outcomes = {
        run.key: work(Job(run.variant.scenario, request.options, run.seed, None, version("staffing")))
        for run in request.runs
    }
    return {key: (outcome.goals, document(outcome.plan)) for key, outcome in outcomes.items()}


def document(packed: bytes) -> dict[str, Any]:
    """Return a plan as its file has it, without what of it is not the same each time."""
    plan: Plan = unpacked(packed)
    told = plan.as_document()
    told["solver"] = {key: value for key, value in told["solver"].items() if key != "seconds"}
    return told


def environment() -> dict[str, str]:
    """Return the environment of a process that finds this package as this one does."""
    paths = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
