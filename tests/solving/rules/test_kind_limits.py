"""K: limits for each person, kind and week."""

import pytest
from plan.worlds import sara, scenario, task

from solving.worlds import allowed

TASKS = [task("s", kind="strategic", hours=3), task("r", kind="strategic", hours=1.5), task("t", hours=8)]


@pytest.mark.parametrize(("limit", "fits"), [(4.5, True), (4.25, False), (4.6, True), (4.4, False)])
def test_all_work_of_a_kind_in_a_week_counts(limit: float, fits: bool) -> None:
    world = scenario(tasks=TASKS, staff=[sara(limits={"strategic": limit})])  # rounded down to quarters
    assert allowed(world, "K", {("s", "sara", 1): 3, ("r", "sara", 1): 1.5}) is fits


def test_each_week_by_itself() -> None:
    world = scenario(tasks=TASKS, staff=[sara(limits={"strategic": 3})])
    assert allowed(world, "K", {("s", "sara", 1): 3, ("r", "sara", 2): 1.5})


def test_the_other_kind_is_free() -> None:
    world = scenario(tasks=TASKS, staff=[sara(limits={"strategic": 3})])
    assert allowed(world, "K", {("s", "sara", 1): 3, ("t", "sara", 1): 10})


def test_it_is_hours_that_count_and_not_effort() -> None:
    cells = {("t", "sara", 1): 10}  # 8 ÷ 0.8
    assert allowed(scenario(tasks=TASKS, staff=[sara(limits={"tactical": 10})]), "K", cells)
    assert not allowed(scenario(tasks=TASKS, staff=[sara(limits={"tactical": 9})]), "K", cells)


def test_short_weeks_do_not_scale_it() -> None:
    off = sara(limits={"strategic": 3}, time_off=[{"from": "2026-01-05", "to": "2026-01-08"}])
    assert allowed(scenario(tasks=TASKS, staff=[off]), "K", {("s", "sara", 1): 3})


def test_a_limit_of_nothing() -> None:
    world = scenario(tasks=TASKS, staff=[sara(limits={"strategic": 0})])
    assert not allowed(world, "K", {("r", "sara", 1): 1.5})
