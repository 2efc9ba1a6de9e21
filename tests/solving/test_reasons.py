"""Why a task waits: the first reason that holds."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from plan.worlds import omid, sara, scenario, task

from solving.worlds import QUICK, planned
from staffing.plan.plan import Plan
from staffing.solving.solve import solve


def reasons(plan: Plan) -> dict[str, str | None]:
    return {entry.task: entry.reason for entry in plan.results if entry.state == "waiting"}


def why(*tasks: dict[str, Any], **change: Any) -> dict[str, str | None]:
    return reasons(planned(scenario(tasks=tasks, **{"staff": [omid()], **change})))


def test_delivered_and_done_tasks_have_none() -> None:
    plan = planned(scenario(tasks=[task("a"), task("b", due="2025-12-01"), task("c", done=10)]))
    assert {entry.reason for entry in plan.results} == {None}


@pytest.mark.parametrize(
    "window",
    [{"earliest": 3, "deadline": 2}, {"deadline": "2026-01-04"}, {"earliest": "2026-02-02"}],
)
def test_no_window(window: dict[str, Any]) -> None:
    assert why(task("a", **window)) == {"a": "no_window"}


def test_no_window_comes_before_nobody() -> None:
    assert why(task("a", kind="strategic", earliest=3, deadline=2)) == {"a": "no_window"}


def test_no_eligible_staff() -> None:
    assert why(task("a", kind="strategic"), task("b", only=[]), task("c", skills=["seo"])) == {
        "a": "no_eligible_staff",
        "b": "no_eligible_staff",
        "c": "no_eligible_staff",
    }


def test_a_placeholder_is_eligible() -> None:
    """Sara could be hired and would do it; she is dearer than the task is worth to anyone but value's limit."""
    staff = [omid(), sara(placeholder=True, hire_cost=10_000)]
    tasks = [task("a", kind="strategic", value=1)]
    assert why(*tasks, staff=staff, goals=["net_value"]) == {"a": "not_chosen"}


def test_after_waiting() -> None:
    tasks = [task("a", only=[]), task("b", after=["a"]), task("c", after=["b"])]
    assert why(*tasks) == {"a": "no_eligible_staff", "b": "after_waiting", "c": "after_waiting"}


def test_after_a_task_that_could_be_done_and_is_not_chosen() -> None:
    tasks = [task("a", hours=40, value=1), task("b", hours=0.25, value=1, after=["a"]), task("c", hours=40, value=9)]
    assert why(*tasks, weeks=1) == {"a": "not_chosen", "b": "after_waiting"}


def test_capacity() -> None:
    assert why(task("a", hours=160.25)) == {"a": "capacity"}  # 4 weeks of 40
    assert why(task("a", hours=40.25, deadline=1)) == {"a": "capacity"}
    assert why(task("a", weekly_max=2.25)) == {"a": "capacity"}  # 4 × 2.25 of 10


def test_capacity_of_several_owners_with_their_overtime() -> None:
    staff = [omid(overtime=1), omid(id="kim")]
    assert why(task("a", hours=81.25, max_owners=2), weeks=1, staff=staff) == {"a": "capacity"}
    assert why(task("a", hours=81, max_owners=2), weeks=1, staff=staff) == {}


def test_capacity_together_with_its_predecessors() -> None:
    """Either fits into the week, both do not; no order is asked yet, but both must be delivered."""
    tasks = [task("a", hours=30, value=1), task("b", hours=30, value=9, after=["a"])]
    assert why(*tasks, weeks=1) == {"b": "capacity"}


def test_budget() -> None:
    assert why(task("a"), clients=[{"id": "nova", "budget": 799}]) == {"a": "budget"}  # 10 × 80
    assert why(task("a", hours=200), clients=[{"id": "nova", "budget": 799}]) == {"a": "capacity"}  # first that holds


def test_budget_of_the_project_and_of_a_single_period() -> None:
    weekly = [{"id": "nova", "budget": {"amount": 799, "per": "week"}}]
    assert why(task("a", deadline=1), clients=weekly) == {"a": "budget"}
    assert why(task("a", deadline=2), clients=weekly) == {}
    site = [{"id": "site", "client": "nova", "budget": 1}]
    assert why(task("a", client=None, project="site"), projects=site) == {"a": "budget"}


def test_limits_of_kinds() -> None:
    assert why(task("a"), staff=[omid(limits={"tactical": 2.25})]) == {"a": "limits"}


def test_limits_of_clients() -> None:
    assert why(task("a"), staff=[omid(max_clients=0)]) == {"a": "limits"}


def test_limits_of_one_owner() -> None:
    """b comes after a, each has somebody of its own, and nova wants one owner."""
    tasks = [task("a", only=["omid"]), task("b", only=["kim"], after=["a"], value=1)]
    staff = [omid(), omid(id="kim")]
    single = [{"id": "nova", "single_owner": True}]
    assert why(*tasks, staff=staff, clients=single) == {"b": "limits"}


def test_limits_of_order() -> None:
    tasks = [task("a"), task("b", after=[{"task": "a", "lag": 4}])]
    assert why(*tasks) == {"b": "limits"}


def test_not_chosen() -> None:
    tasks = [task("a", hours=40, priority="low"), task("b", hours=40)]
    assert why(*tasks, weeks=1) == {"a": "not_chosen"}


def test_not_chosen_though_a_hire_would_do_it() -> None:
    staff = [omid(), omid(id="new", placeholder=True, hire_cost=5000)]
    tasks = [task("a", hours=40, value=2000), task("b", hours=40, value=1900)]
    assert why(*tasks, weeks=1, staff=staff, goals=["net_value"]) == {"b": "not_chosen"}


def test_not_proven() -> None:
    """Stopped early, nothing is said of what another plan might do; what is impossible alone is said all the same."""
    tasks = [*(task(f"t{number}", hours=7 + number) for number in range(9)), task("x", hours=41)]
    world = scenario(tasks=tasks, weeks=1, staff=[omid()], switching=0.5)
    stop = threading.Event()
    stop.set()
    plan = solve(world, stop=stop, **QUICK)
    assert plan.status == "feasible"
    told = reasons(plan)
    assert told.pop("x") == "capacity"
    assert set(told.values()) == {"not_proven"}


def test_like_tasks_have_like_reasons() -> None:
    told = why(*(task(f"t{number}", hours=41) for number in range(8)), weeks=1)
    assert set(told.values()) == {"capacity"}
    assert len(told) == 8
