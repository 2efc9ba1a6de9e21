"""W: hours only in weeks earliest..deadline."""

import pytest
from plan.worlds import replanned, scenario, task

from solving.worlds import allowed, modelled


@pytest.mark.parametrize(("week", "inside"), [(1, False), (2, True), (3, True), (4, False)])
@pytest.mark.parametrize(
    "window",
    [
        {"earliest": 2, "deadline": 3},
        {"earliest": "2026-01-12", "deadline": "2026-01-25"},  # Monday of week 2, Sunday of week 3
        {"earliest": "2026-01-18", "deadline": "2026-01-19"},  # Sunday of week 2, Monday of week 3
    ],
)
def test_hours_from_earliest_to_deadline(window: dict[str, object], week: int, inside: bool) -> None:
    assert allowed(scenario(tasks=[task("a", **window)]), "", {("a", "omid", week): 10}) is inside


def test_without_limits_every_week_of_the_horizon() -> None:
    world = scenario(tasks=[task("a")])
    assert all(allowed(world, "", {("a", "omid", week): 10}) for week in (1, 2, 3, 4))


def test_points_outside_the_horizon_are_no_limit() -> None:
    world = scenario(tasks=[task("a", earliest="2025-12-01", deadline="2026-06-01")])
    assert allowed(world, "", {("a", "omid", 1): 5, ("a", "omid", 4): 5})


def test_an_occurrence_has_the_weeks_of_its_own_window() -> None:
    world = scenario(tasks=[task("a", repeat={"every": 2, "window": 2})])  # a@1 in weeks 1 and 2, a@3 in 3 and 4
    assert allowed(world, "", {("a@1", "omid", 2): 10, ("a@3", "omid", 3): 10})
    assert not allowed(world, "", {("a@1", "omid", 3): 10})
    assert not allowed(world, "", {("a@3", "omid", 2): 10})


def test_the_weeks_of_history_are_over() -> None:
    world = replanned(scenario(tasks=[task("a", earliest=2)]), {}, from_week=3)
    assert not allowed(world, "", {("a", "omid", 2): 10})
    assert allowed(world, "", {("a", "omid", 3): 10})


def test_in_a_window_of_one_week_owning_says_the_hours() -> None:
    model = modelled(scenario(tasks=[task("a", earliest=2, deadline=2)]))
    omid = next(number for number, person in enumerate(model.problem.people) if person.id == "omid")
    var, steps = model.hours[0, omid, 1]
    assert var is model.owns[0, omid]
    assert steps == 40  # ten hours in quarters
