"""A very large problem planned in parts elsewhere; here every problem is taken for one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from importlib.metadata import version
from typing import Any

import pytest
from plan.worlds import omid, scenario, task
from second_engine.random_scenarios import random_scenario

import staffing
from staffing.auditing import audit_draft
from staffing.errors import SchedulerWarning, StaffingError
from staffing.plan.goals import MEASURES, goals_of
from staffing.plan.plan import Plan
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.case import Case
from staffing.solving.cluster import Gone, other_version
from staffing.solving.earlier import NO_PLAN
from staffing.solving.limits import Clock, Limits
from staffing.solving.parts import Part, Steps, parts_of, plan_part, planned_in_parts
from staffing.solving.solution import Solution
from staffing.solving.tuning import varied


@pytest.fixture(autouse=True)
def very_large() -> Iterator[None]:
    with varied(part_cells=0, part_people=2):
        yield


class Here:
    """Workers of this process: each part is planned as it is handed out, by `do`."""

    def __init__(self, threads: int = 2, do: Callable[..., Steps] = plan_part) -> None:
        self.threads, self._do = threads, do
        self.asked: list[Part] = []

    def submit(self, function: Callable[..., Steps], *arguments: Any) -> Future[Steps]:
        assert function is plan_part
        future: Future[Steps] = Future()
        self.asked.append(arguments[0])
        try:
            future.set_result(self._do(*arguments))
        except StaffingError as error:
            future.set_exception(error)
        return future

    def submit_to_each(self, function: Callable[..., None], *arguments: Any) -> list[Future[None]]:
        function(*arguments)
        return []

    def result(self, future: Future[Steps]) -> Steps:
        return future.result()


def two_practices(**change: Any) -> Scenario:
    """Two clients, each with a manager of its own and three tasks: 22 by the densest first, 41 is the best of each.

    The tasks of zeta are owned by Sana alone; those of nova by Omid.
    """

    def of(client: str, owner: str) -> list[dict[str, Any]]:
        common = {"client": client, "owner": owner}
        return [
            task(f"{client}-dense", hours=21, value=22, **common),
            task(f"{client}-left", hours=20, value=20.5, **common),
            task(f"{client}-right", hours=20, value=20.5, **common),
        ]

    tasks = [*of("nova", "omid"), *of("zeta", "sana")]
    staff = [omid(), omid(id="sana")]
    return scenario(**{"weeks": 1, "staff": staff, "tasks": tasks, "goals": ["value"], **change})


def planned(
    world: Scenario, workers: Here, *, baseline: Plan | None = None, seconds: float = 5.0, stopped: bool = False
) -> tuple[Case, list[Solution], list[str]]:
    """Return the case of a scenario, the plans made in parts, and what was told."""
    case, stop = Case.of(world, baseline, None, ()), threading.Event()
    if stopped:
        stop.set()
    goals = goals_of(world, baseline is not None)
    clock = Clock(Limits(seconds))
    search = case.search(goals, clock, stop, repaired=case.repaired(clock.first_plans()))
    told: list[str] = []
    return case, planned_in_parts(search.context, goals, workers, told.append), told


def measure(case: Case, plan: Solution, goal: Goal) -> float:
    return float(MEASURES[goal](case.facts(plan)))


@pytest.mark.parametrize("seed", range(20))
def test_parts_share_no_task_and_nobody_and_keep_what_comes_before(seed: int) -> None:
    problem = Case.of(Scenario.model_validate(random_scenario(seed)), None, None, ()).presolved
    parts = parts_of(problem, NO_PLAN, 3, seed)
    jobs = [job for part in parts for job in part.jobs]
    assert len(jobs) == len(set(jobs))
    able = [{pair.person for job in part.problem.jobs for pair in job.pairs} for part in parts]
    assert sum(map(len, able)) == len(set().union(*able))
    for part in parts:
        assert len(part.problem.jobs) == len(part.jobs)
        for job, alone in zip(part.jobs, part.problem.jobs, strict=True):
            assert alone.id == problem.jobs[job].id
            assert [(part.jobs[before], lag) for before, lag in alone.after] == list(problem.jobs[job].after)


@pytest.mark.parametrize("seed", range(12))
def test_what_is_joined_is_a_plan(seed: int) -> None:
    world = Scenario.model_validate(random_scenario(seed))
    case, plans, told = planned(world, Here(3), seconds=0.6)
    assert told == []
    for plan in plans:
        assert audit_draft(case.expanded, case.facts(plan).draft) == []


def test_each_part_is_planned_to_its_best() -> None:
    workers = Here()
    case, (joined, completed), told = planned(two_practices(), workers)
    assert (len(workers.asked), told) == (2, [])
    assert measure(case, joined, "value") == measure(case, completed, "value") == 82


def test_work_of_several_parts_is_added_at_home() -> None:
    """What comes after a task of another client belongs to no part, nor does that task; both are added where they fit.

    Each manager has 62 hours of three weeks' 120 to do: all of it is delivered in the end.
    """
    world = two_practices()
    bridge = task("bridge", hours=1, value=1, client="zeta", owner="sana", after=["nova-dense"])
    more = task("nova-more", hours=1, value=1, owner="omid")
    tasks = [*(entry.model_dump(exclude_unset=True) for entry in world.tasks), bridge, more]
    workers = Here()
    case, (joined, completed), _ = planned(two_practices(weeks=3, tasks=tasks), workers)
    assert {job.id for part in workers.asked for job in part.problem.jobs} == {
        *("nova-left", "nova-right", "nova-more"),
        *("zeta-dense", "zeta-left", "zeta-right"),
    }
    assert (measure(case, joined, "value"), measure(case, completed, "value")) == (105, 128)


def test_a_part_knows_what_it_had_before() -> None:
    world = two_practices(goals=["changes", "value"])
    before = staffing.solve(two_practices(), workers=1)
    case, plans, told = planned(world, Here(), baseline=before)
    assert told == []
    assert [measure(case, plan, "changes") for plan in plans] == [0, 0]


def test_parts_that_fail_are_told_and_the_others_stay() -> None:
    def do(part: Part, *more: Any) -> Steps:
        if part.problem.jobs[0].id.startswith("zeta"):
            raise other_version("9.9", "1.0")
        return plan_part(part, *more)

    case, (joined, completed), told = planned(two_practices(), Here(do=do))
    assert told == [
        "1 of 2 parts, of 3 tasks, are planned here: a worker has staffing 9.9, and this is 1.0: install the same "
        "everywhere"
    ]
    assert (measure(case, joined, "value"), measure(case, completed, "value")) == (41, 41 + 22)


def test_a_scheduler_that_goes_away_leaves_the_rest_here() -> None:
    class Leaving(Here):
        def submit(self, function: Callable[..., Steps], *arguments: Any) -> Future[Steps]:
            if self.asked:
                raise Gone("the Dask scheduler at tcp://far is gone")
            return super().submit(function, *arguments)

    case, (joined, _), told = planned(two_practices(), Leaving())
    assert told == ["1 of 2 parts, of 3 tasks, are planned here: the Dask scheduler at tcp://far is gone"]
    assert measure(case, joined, "value") == 41


class Asleep(Here):
    """Workers that never come back."""

    def submit(self, function: Callable[..., Steps], *arguments: Any) -> Future[Steps]:
        assert function is plan_part
        self.asked.append(arguments[0])
        return Future()


def test_parts_are_waited_for_a_while() -> None:
    _, plans, told = planned(two_practices(), Asleep(), seconds=0.2)
    assert (plans, told) == ([], ["2 of 2 parts, of 6 tasks, are planned here: they were not done in time"])


def test_stopped_it_waits_no_longer() -> None:
    assert planned(two_practices(), Asleep(), seconds=1e6, stopped=True)[1:] == ([], [])


def test_a_worker_of_another_version_plans_nothing() -> None:
    problem = Case.of(two_practices(), None, None, ()).presolved
    part = Part(problem, NO_PLAN, tuple(range(6)))
    with pytest.raises(StaffingError, match=rf"a worker has staffing {version('staffing')}, and this is 0\.1: install"):
        plan_part(part, (), Limits(), "0.1")


def test_what_a_cluster_is_not_for_is_told() -> None:
    with varied(part_cells=10**6), pytest.warns(SchedulerWarning, match="small enough to be planned here") as told:
        plan = staffing.solve(two_practices(), scheduler="tcp://127.0.0.1:1")
    assert (plan.status, [warning.filename for warning in told]) == ("optimal", [__file__])
    with pytest.warns(SchedulerWarning, match="constraints added to the model are known here alone"):
        staffing.solve(two_practices(), scheduler="tcp://127.0.0.1:1", extend=lambda _: None)
    with pytest.raises(StaffingError, match="leave scheduler or deterministic out"):
        staffing.solve(two_practices(), scheduler="tcp://127.0.0.1:1", deterministic=True)
