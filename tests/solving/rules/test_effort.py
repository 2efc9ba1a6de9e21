"""E: exactly the hours a task needs, whole or not at all."""

import pytest
from plan.worlds import omid, replanned, sara, scenario, task

from solving.worlds import allowed

SHARED = scenario(tasks=[task("a", max_owners=2)])  # 10 hours; Sara is worth 0.8 an hour, Omid 1


@pytest.mark.parametrize(("hours", "right"), [(9.75, False), (10, True), (10.25, False)])
def test_division_is_exact(hours: float, right: bool) -> None:
    world = scenario(tasks=[task("a", hours=7)], staff=[omid(tactical=0.7)])  # 7 ÷ 0.7 is 10
    assert allowed(world, "", {("a", "omid", 1): hours}) is right


@pytest.mark.parametrize(("hours", "right"), [(33.25, False), (33.5, True), (33.75, False)])
def test_what_is_needed_is_rounded_up_to_the_grid(hours: float, right: bool) -> None:
    world = scenario(tasks=[task("a")], staff=[omid(tactical=0.3)])  # 10 ÷ 0.3 = 33.33…
    assert allowed(world, "", {("a", "omid", 1): hours}) is right


def test_hours_may_be_spread_over_weeks() -> None:
    world = scenario(tasks=[task("a")])
    assert allowed(world, "", {("a", "omid", 1): 2.5, ("a", "omid", 2): 0.25, ("a", "omid", 4): 7.25})
    assert not allowed(world, "", {("a", "omid", 1): 2.5, ("a", "omid", 2): 7})


def test_done_hours_come_off() -> None:
    world = scenario(tasks=[task("a", done=4)])
    assert allowed(world, "", {("a", "omid", 1): 6})
    assert not allowed(world, "", {("a", "omid", 1): 10})


def test_an_estimate_stands_in_place_of_effort_and_productivity() -> None:
    world = scenario(tasks=[task("a", estimates={"omid": {"hours": 6.1}, "sara": {"hours": 3}})])
    assert allowed(world, "", {("a", "omid", 1): 6.25})  # up(6.1)
    assert not allowed(world, "", {("a", "omid", 1): 10})
    assert allowed(world, "", {("a", "sara", 1): 3})


def test_history_leaves_the_rest() -> None:
    world = replanned(scenario(tasks=[task("a")]), {("a", "sara", 1): 5}, from_week=2)  # 5 × 0.8 = 4 of 10 are done
    assert allowed(world, "", {("a", "omid", 2): 6})
    assert allowed(world, "", {("a", "sara", 2): 7.5})  # 6 ÷ 0.8
    assert not allowed(world, "", {("a", "omid", 2): 10})


def test_one_owner_unless_more_may_share() -> None:
    assert not allowed(scenario(tasks=[task("a")]), "", {("a", "omid", 1): 6, ("a", "sara", 1): 5})
    assert allowed(SHARED, "", {("a", "omid", 1): 6, ("a", "sara", 1): 5})  # 6 + 4


@pytest.mark.parametrize(
    ("sara_hours", "omid_hours", "right"),
    [
        (5, 6, True),  # 4 + 6 = 10
        (5, 5.75, False),  # 9.75 is short
        (5, 6.25, False),  # 10.25, and a step less of Omid would be 10, which does
        (5.25, 6, False),  # 10.2, and a step less of Sara, 0.2, would be 10
        (0.5, 9.75, True),  # 10.15; less 0.2 or less 0.25 falls short
        (0.25, 9.75, False),  # 9.95
        (12.25, 0.25, True),  # 9.8 + 0.25 = 10.05
    ],
)
def test_of_several_owners_one_step_less_would_fall_short(sara_hours: float, omid_hours: float, right: bool) -> None:
    assert allowed(SHARED, "", {("a", "sara", 1): sara_hours, ("a", "omid", 2): omid_hours}) is right


def test_a_task_that_may_be_shared_may_have_one_owner() -> None:
    assert allowed(SHARED, "", {("a", "sara", 1): 12.5})  # 10 ÷ 0.8
    assert not allowed(SHARED, "", {("a", "sara", 1): 12.75})
    assert not allowed(SHARED, "", {("a", "sara", 1): 12.25})


def test_the_owners_of_a_shared_task_may_work_in_many_weeks() -> None:
    cells = {("a", "sara", 1): 2.5, ("a", "sara", 3): 2.5, ("a", "omid", 1): 5.75, ("a", "omid", 4): 0.25}
    assert allowed(SHARED, "", cells)


def test_no_more_than_max_owners() -> None:
    three = [sara(), omid(), omid(id="kim")]
    cells = {("a", "sara", 1): 5, ("a", "omid", 1): 3, ("a", "kim", 1): 3}
    assert not allowed(scenario(tasks=[task("a", max_owners=2)], staff=three), "", cells)
    assert allowed(scenario(tasks=[task("a", max_owners=3)], staff=three), "", cells)
