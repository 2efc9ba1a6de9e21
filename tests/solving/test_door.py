"""Constraints of one's own."""

from __future__ import annotations

from collections.abc import Callable

import numpy
import pytest
from plan.worlds import omid, sara, scenario, task

from solving.worlds import QUICK, hours_of, planned, proven_at, result
from staffing.errors import ScenarioError, StaffingError
from staffing.solving.cp.extension import Door
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


def test_whoever_has_promised_hours_owns_a_task_that_is_delivered() -> None:
    rows = [
        {"task": "a", "staff": "sara", "week": 1, "hours": 12.5},
        {"task": "b", "staff": "sara", "week": 1, "hours": 5},
    ]
    world = scenario(tasks=[task("a"), task("b"), task("c")], bookings=rows)

    def no_more_than_one(door: Door) -> None:
        assert door.delivered("a") == door.owns("a", "sara") == 1
        assert door.owns("a", "omid") == 0
        door.cp.add(sum(door.owns(name, "sara") for name in "abc") <= 1)

    plan = planned(world, extend=no_more_than_one)
    assert [entry.state for entry in plan.results] == ["delivered", "waiting", "delivered"]
    assert hours_of(plan)["c", "omid", 1] == 10


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
        asked.extend([door.owns("a", "kim"), door.steps("a", "kim", 1), door.hired("omid")])
        asked.extend([door.delivered("done"), door.owns("nobodys", "kim"), door.steps("never", "omid", 4)])

    tasks = [
        task("a", only=["omid"]),
        task("done", done=10),
        task("nobodys", only=[]),
        task("never", earliest="2027-01-01"),
    ]
    planned(scenario(tasks=tasks, staff=[omid(), omid(id="kim")]), extend=ask)
    assert asked == [0, 0, 1, 0, 0, 0]


def test_a_whole_number_of_any_kind_is_a_week() -> None:
    def some_in_week_2(door: Door) -> None:
        door.cp.add(door.steps("a", "omid", numpy.int64(2)) == 4)

    assert hours_of(planned(WORLD, extend=some_in_week_2))["a", "omid", 2] == 1


REPEATING = scenario(
    staff=[sara(name="Sara Khan"), omid(placeholder={"count": 2})],
    tasks=[
        task("plan", name="The plan"),
        task("call", repeat={"every": 1}),
        task("visit", repeat={"every": 1, "from": "2027-01-01"}),
    ],
)


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        (lambda door: door.owns("plam", "sara"), 'there is no task "plam"; did you mean plan?'),
        (lambda door: door.delivered("Plan"), 'there is no task "Plan": capitals count; did you mean plan (The plan)?'),
        (lambda door: door.delivered("The plan"), 'there is no task "The plan"; did you mean plan (The plan)?'),
        (
            lambda door: door.steps("xyz", "sara", 1),
            'there is no task "xyz": plan, call@1, call@2, call@3 and call@4 can be named',
        ),
        (lambda door: door.delivered(3), 'there is no task "3": plan, call@1, call@2, call@3 and call@4 can be named'),
        (
            lambda door: door.owns("call", "sara"),
            '"call" repeats: ask for call@1, call@2, call@3 or call@4',
        ),
        (
            lambda door: door.delivered("call@5"),
            '"call@5" is no occurrence of call: ask for call@1, call@2, call@3 or call@4',
        ),
        (
            lambda door: door.steps("visit", "sara", 1),
            '"visit" repeats: none begins inside the horizon',
        ),
        (lambda door: door.owns("plan", "sarah"), 'there is no person "sarah"; did you mean sara?'),
        (lambda door: door.hired("Sara Khan"), 'there is no person "Sara Khan"; did you mean sara (Sara Khan)?'),
        (lambda door: door.hired("nobody"), 'there is no person "nobody": sara, omid and omid-2 can be named'),
        (lambda door: door.steps("plan", None, 1), 'there is no person "None": sara, omid and omid-2 can be named'),
        (
            lambda door: door.steps("plan", "sara", 5),
            "week 5 is outside the horizon: whole numbers 1 to 4 are allowed",
        ),
        (
            lambda door: door.steps("plan", "sara", 0),
            "week 0 is outside the horizon: whole numbers 1 to 4 are allowed",
        ),
        (
            lambda door: door.steps("plan", "sara", 1.5),
            "week 1.5 is outside the horizon: whole numbers 1 to 4 are allowed",
        ),
    ],
)
def test_what_the_scenario_does_not_have_is_told(ask: Callable[[Door], None], said: str) -> None:
    with pytest.raises(StaffingError) as refused:
        solve(REPEATING, extend=ask, **QUICK)
    assert str(refused.value) == said


def test_many_occurrences_are_told_by_the_first_and_the_last() -> None:
    world = scenario(weeks=20, tasks=[task("call", hours=1, repeat={"every": 1})])
    with pytest.raises(StaffingError, match=r"call@1, call@2, call@3, call@4, call@5, call@6, \.\.\. or call@20$"):
        solve(world, extend=lambda door: door.delivered("call"), **QUICK)


def test_constraints_that_leave_no_plan_are_told() -> None:
    def impossible(door: Door) -> None:
        door.cp.add(door.owns("a", "omid") + door.owns("a", "sara") == 2)

    with pytest.raises(ScenarioError, match="constraints added"):
        solve(WORLD, extend=impossible, **QUICK)
