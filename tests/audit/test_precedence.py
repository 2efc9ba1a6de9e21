"""P: predecessors first."""

from typing import Any

import pytest
from plan.worlds import replanned, scenario, task

from audit.checks import broken


def world(lag: int = 0, **first: Any) -> Any:
    return scenario(tasks=[task("a", **first), task("b", after=[{"task": "a", "lag": lag}])])


@pytest.mark.parametrize(("lag", "week"), [(0, 2), (1, 3), (2, 4)])
def test_the_lag_itself_is_enough(lag: int, week: int) -> None:
    cells = {("a", "omid", 1): 5, ("a", "omid", 2): 5}
    assert broken(world(lag), {**cells, ("b", "omid", week): 10}) == []
    assert broken(world(lag), {**cells, ("b", "omid", week - 1): 10}) == ["precedence"]


def test_nothing_follows_a_waiting_task() -> None:
    assert broken(world(), {("b", "omid", 1): 10}) == ["precedence"]


def test_a_done_task_holds_nothing_up() -> None:
    assert broken(world(lag=3, done=10), {("b", "omid", 1): 10}) == []


def test_a_task_may_come_without_its_successor() -> None:
    assert broken(world(), {("a", "omid", 4): 10}) == []


def test_history_of_the_successor_is_not_judged() -> None:
    again = replanned(world(), {("b", "omid", 1): 4}, from_week=2)
    assert broken(again, {("a", "omid", 2): 10, ("b", "omid", 2): 6}) == []


def test_the_lag_holds_after_a_predecessor_that_history_finished() -> None:
    again = replanned(world(lag=3), {("a", "omid", 1): 10}, from_week=2)
    assert broken(again, {("b", "omid", 4): 10}) == []
    assert broken(again, {("b", "omid", 3): 10}) == ["window", "precedence"]


def test_without_a_lag_history_that_covers_the_predecessor_lets_it_go_at_once() -> None:
    again = replanned(world(), {("a", "omid", 1): 10}, from_week=2)
    assert broken(again, {("b", "omid", 2): 10}) == []
