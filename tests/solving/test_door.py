"""Constraints of one's own."""

from __future__ import annotations

import pytest
from plan.worlds import omid, sara, scenario, task

from solving.worlds import QUICK, hours_of, planned, proven_at, result
from staffing.errors import ScenarioError, StaffingError
from staffing.solving.door import Door
from staffing.solving.solve import solve

WORLD = scenario(tasks=[task("a"), task("b"), task("c")])


def test_a_constraint_holds_for_the_plan_and_its_proof() -> None:
    """Omid, the cheapest, has no more than one of three; Sara costs 500 for each of the others."""

    def at_most_one(door: Door) -> None:
        door.cp.add(sum(door.owns(name, "omid") for name in "abc") <= 1)

    plan = planned(WORLD, extend=at_most_one)
    assert proven_at(plan, "value", 60)
    assert proven_at(plan, "cost", 300 + 500 + 500)
    assert proven_at(planned(WORLD), "cost", 900)


def test_tasks_may_be_kept_out() -> None:
    def not_b(door: Door) -> None:
        door.cp.add(door.delivered("b") == 0)

    plan = planned(WORLD, extend=not_b)
    assert proven_at(plan, "value", 40)
    assert [entry.reason for entry in plan.results] == [None, "not_chosen", None]


def test_steps_of_a_week_may_be_asked() -> None:
    """2 hours and a half of a in week 3: ten quarters."""

    def some_in_week_3(door: Door) -> None:
        door.cp.add(door.steps("a", "omid", 3) == 10)

    assert hours_of(planned(WORLD, extend=some_in_week_3))["a", "omid", 3] == 2.5


def test_hires_may_be_asked() -> None:
    world = scenario(tasks=[task("a")], staff=[sara(), omid(placeholder={"count": 2}, hire_cost=1000)])

    def both(door: Door) -> None:
        door.cp.add(door.hired("omid-2") == 1)

    plan = planned(world, extend=both)
    assert plan.hired == ("omid", "omid-2")  # in order (H)
    assert result(plan, "cost").value == 2000 + 300
    assert planned(world).hired == ()


def test_what_cannot_be_is_0_and_what_is_so_anyway_1() -> None:
    asked: list[object] = []

    def ask(door: Door) -> None:
        asked.extend([door.owns("a", "kim"), door.steps("a", "kim", 1), door.delivered("none"), door.hired("omid")])

    planned(scenario(tasks=[task("a", only=["omid"])], staff=[omid(), omid(id="kim")]), extend=ask)
    assert asked == [0, 0, 0, 1]


def test_people_who_do_not_exist_are_told() -> None:
    with pytest.raises(StaffingError, match='"nobody" is nobody of this scenario: sara, omid'):
        solve(WORLD, extend=lambda door: door.owns("a", "nobody"), **QUICK)


def test_constraints_that_leave_no_plan_are_told() -> None:
    def impossible(door: Door) -> None:
        door.cp.add(door.owns("a", "omid") + door.owns("a", "sara") == 2)

    with pytest.raises(ScenarioError, match="constraints added"):
        solve(WORLD, extend=impossible, **QUICK)
