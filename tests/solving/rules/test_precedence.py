"""P: after p comes q, from p's last week + lag on, and only if p is delivered or done."""

from typing import Any

import pytest
from plan.worlds import replanned, scenario, task

from solving.worlds import allowed, deliverable


def world(lag: int = 0, **change: Any) -> Any:
    return scenario(tasks=[task("p", **change), task("q", after=[{"task": "p", "lag": lag}])])


def cells(p: int, q: int) -> dict[tuple[str, str, int], float]:
    return {("p", "omid", p): 10, ("q", "sara", q): 12.5}


@pytest.mark.parametrize(("lag", "p", "q", "fine"), [
    (0, 1, 1, True),  # a hand-over inside the week
    (0, 2, 1, False),
    (0, 2, 4, True),
    (1, 1, 1, False),
    (1, 1, 2, True),
    (2, 1, 2, False),
    (2, 1, 3, True),
    (3, 1, 4, True),
    (3, 2, 4, False),
    (9, 1, 4, False),
])  # fmt: skip
def test_first_week_from_last_week_and_lag_on(lag: int, p: int, q: int, fine: bool) -> None:
    assert allowed(world(lag), "P", cells(p, q)) is fine


def test_the_last_hours_of_p_and_the_first_of_q_count() -> None:
    over = {("p", "omid", 1): 5, ("p", "omid", 3): 5}
    assert allowed(world(), "P", {**over, ("q", "sara", 3): 0.25, ("q", "sara", 4): 12.25})
    assert not allowed(world(), "P", {**over, ("q", "sara", 2): 0.25, ("q", "sara", 4): 12.25})


def test_if_p_waits_so_does_q() -> None:
    assert not allowed(world(), "P", {("q", "sara", 4): 12.5})
    assert allowed(world(), "P", {("p", "omid", 4): 10})
    assert allowed(world(), "P", {})


def test_a_done_p_binds_nobody() -> None:
    assert allowed(world(lag=3, done=10), "P", {("q", "sara", 1): 12.5})


def test_windows_that_leave_no_room_for_the_lag() -> None:
    assert not deliverable(world(lag=4), "P", "q")  # p in week 1 at best, q in week 5
    assert deliverable(world(lag=3), "P", "p", "q")


def test_p_that_nobody_has_room_for() -> None:
    assert not deliverable(world(hours=200), "P", "q")  # 200 hours in 4 weeks of 40


def test_many_predecessors_and_chains() -> None:
    tasks = [task("a"), task("b"), task("c", after=["a", {"task": "b", "lag": 1}]), task("d", after=["c"])]
    fine = {("a", "omid", 2): 10, ("b", "omid", 1): 10, ("c", "omid", 2): 10, ("d", "omid", 2): 10}
    assert allowed(scenario(tasks=tasks), "P", fine)
    late_b = {**fine, ("b", "omid", 2): 10}
    del late_b["b", "omid", 1]
    assert not allowed(scenario(tasks=tasks), "P", late_b)


def test_history_counts_as_hours_of_p() -> None:
    """p has 4 of 10 hours in week 1; what is left of it comes in week 2 or later, and q after that."""
    again = replanned(world(lag=1), {("p", "omid", 1): 4}, from_week=2)
    assert allowed(again, "P", {("p", "omid", 2): 6, ("q", "sara", 3): 12.5})
    assert not allowed(again, "P", {("p", "omid", 2): 6, ("q", "sara", 2): 12.5})


def test_q_with_history_is_bound_by_its_new_hours_alone() -> None:
    again = replanned(world(lag=1), {("q", "sara", 1): 2.5}, from_week=2)
    assert allowed(again, "P", {("p", "omid", 2): 10, ("q", "sara", 3): 10})
    assert not allowed(again, "P", {("p", "omid", 2): 10, ("q", "sara", 2): 10})
