"""W: hours only in weeks earliest..deadline."""

import pytest
from plan.worlds import replanned, scenario, task

from audit.checks import broken

WORLD = scenario(tasks=[task("a", earliest=2, deadline=3)])


@pytest.mark.parametrize("week", [2, 3])
def test_the_first_and_the_last_week_of_the_window_are_inside(week: int) -> None:
    assert broken(WORLD, {("a", "omid", week): 10}) == []


@pytest.mark.parametrize("week", [1, 4])
def test_hours_before_or_after_the_window_break_it(week: int) -> None:
    assert broken(WORLD, {("a", "omid", week): 10}) == ["window"]


def test_every_week_outside_is_told() -> None:
    assert broken(WORLD, {("a", "omid", 1): 5, ("a", "omid", 4): 5}) == ["window", "window"]


def test_after_a_replan_new_hours_lie_in_its_weeks() -> None:
    again = replanned(scenario(tasks=[task("a")]), {("a", "omid", 1): 4}, from_week=2)
    assert broken(again, {("a", "omid", 2): 6}) == []  # 10 − 4 are left
    assert broken(again, {("a", "omid", 1): 6}) == ["window"]
