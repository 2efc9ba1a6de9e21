"""M: no more than `weekly_max` on a task in a week, all owners together."""

import pytest
from plan.worlds import scenario, task

from solving.worlds import allowed, deliverable


@pytest.mark.parametrize(("most", "fine"), [(6, True), (5.75, False), (6.2, True), (5.9, False)])
def test_the_busiest_week(most: float, fine: bool) -> None:
    world = scenario(tasks=[task("a", weekly_max=most)])  # rounded down to quarters
    assert allowed(world, "M", {("a", "omid", 1): 4, ("a", "omid", 2): 6}) is fine


def test_owners_count_together() -> None:
    world = scenario(tasks=[task("a", weekly_max=6, max_owners=2)])
    assert not allowed(world, "M", {("a", "omid", 1): 6, ("a", "sara", 1): 5})
    assert allowed(world, "M", {("a", "omid", 1): 6, ("a", "sara", 2): 5})


def test_each_task_by_itself() -> None:
    world = scenario(tasks=[task("a", weekly_max=10), task("b", weekly_max=10)])
    assert allowed(world, "M", {("a", "omid", 1): 10, ("b", "omid", 1): 10})


def test_too_slow_for_the_window() -> None:
    assert deliverable(scenario(tasks=[task("a", weekly_max=2.5)]), "M", "a")  # 4 × 2.5 = 10
    assert not deliverable(scenario(tasks=[task("a", weekly_max=2.25)]), "M", "a")


def test_less_than_a_step_is_nothing() -> None:
    assert not deliverable(scenario(tasks=[task("a", hours=0.25, weekly_max=0.2)]), "M", "a")


def test_each_occurrence_has_its_own_pace() -> None:
    world = scenario(tasks=[task("r", hours=4, weekly_max=3, repeat={"every": 2, "window": 2})])
    assert allowed(world, "M", {("r@1", "omid", 1): 3, ("r@1", "omid", 2): 1, ("r@3", "omid", 3): 2,
                                ("r@3", "omid", 4): 2})  # fmt: skip
    assert not allowed(world, "M", {("r@1", "omid", 1): 4})
