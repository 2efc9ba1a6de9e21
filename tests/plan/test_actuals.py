"""Planned against worked: what was planned of each task and person, what was worked, is left, is over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from staffing.auditing.audit import audit
from staffing.plan.actuals import actuals
from staffing.plan.earlier import planned_before, read_earlier
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline
from staffing.scenario.expand import Expanded
from staffing.scenario.history import replan
from staffing.scenario.scenario import Scenario

from .worlds import Cells, facts, scenario, task
from .worlds import plan as plan_of

WORKED = {"as_of": "2026-01-12"}
"""Planned from week 2 on."""


def world(*rows: str, **change: Any) -> Scenario:
    """A world with rows worked in week 1, each as ``task staff hours``."""
    worked = [
        {"task": name, "staff": staff, "date": "2026-01-07", "hours": float(hours)}
        for name, staff, hours in map(str.split, rows)
    ]
    return scenario(**{"tasks": [task("a")], "worked": worked, **WORKED, **change})


def told(
    now: Scenario | Expanded,
    cells: Cells,
    planned: Mapping[tuple[str, str], Fraction] | None = None,
    baseline: Baseline | None = None,
) -> Plan:
    return plan_of(facts(now, cells, (), baseline), planned=planned)


def lines(plan: Plan) -> list[tuple[Any, ...]]:
    """Task, person and the four numbers of each row."""
    return [tuple(row[2:3] + row[4:]) for row in actuals(plan).itertuples(index=False, name=None)]


def test_without_an_earlier_plan_the_hours_of_the_task_are_what_was_planned() -> None:
    plan = told(world("a omid 4"), {("a", "omid", 2): 6})
    assert lines(plan) == [("a", "omid", 10, 4, 6, 0)]
    assert list(actuals(plan).columns) == [
        "client",
        "project",
        "task",
        "name",
        "staff",
        "planned",
        "worked",
        "left",
        "over",
    ]
    assert plan.actuals.equals(actuals(plan))


def test_what_goes_beyond_the_hours_of_the_task_is_over() -> None:
    assert lines(told(world("a omid 13"), {})) == [("a", "omid", 10, 13, 0, 3)]


def test_what_the_planner_says_is_left_counts_for_it() -> None:
    plan = told(world("a omid 8", tasks=[task("a", left=5)]), {("a", "omid", 2): 5})
    assert lines(plan) == [("a", "omid", 10, 8, 5, 3)]
    assert lines(told(world("a omid 8", tasks=[task("a", left=0)]), {})) == [("a", "omid", 8, 8, 0, 0)]


def test_people_bear_the_overrun_by_their_effort() -> None:
    plan = told(world("a omid 10", "a sara 12.5"), {})  # 10 and 12.5 × 0.8 of 10 hours of effort
    assert lines(plan) == [("a", "sara", 6.25, 12.5, 0, 6.25), ("a", "omid", 5, 10, 0, 5)]


def test_hours_that_bring_nothing_are_over() -> None:
    plan = told(world("a omid 3", tasks=[task("a", kind="strategic")]), {("a", "sara", 2): 10})
    assert lines(plan) == [("a", "omid", 0, 3, 0, 3), ("a", "sara", 10, 0, 10, 0)]


def test_an_estimate_says_what_is_over() -> None:
    plan = told(world("a omid 6", tasks=[task("a", estimates={"omid": {"hours": 4}})]), {})
    assert lines(plan) == [("a", "omid", 4, 6, 0, 2)]


def test_occurrences_of_a_repeating_task_are_one_row() -> None:
    plan = told(
        world(
            "a omid 12", tasks=[task("a", repeat={"every": 1}, project="p")], projects=[{"id": "p", "client": "nova"}]
        ),
        {("a@2", "omid", 2): 10, ("a@3", "omid", 3): 10},
    )
    (row,) = actuals(plan).to_dict("records")
    assert row == {
        "client": "nova",
        "project": "p",
        "task": "a",
        "name": "a",
        "staff": "omid",
        "planned": 30,
        "worked": 12,
        "left": 20,
        "over": 2,
    }


def test_hours_before_the_horizon_count() -> None:
    plan = told(world(worked=[{"task": "a", "staff": "omid", "date": "2025-12-30", "hours": 4}]), {("a", "omid", 2): 6})
    assert lines(plan) == [("a", "omid", 10, 4, 6, 0)]


def test_tasks_that_are_not_begun_are_left_out_and_overruns_come_first() -> None:
    plan = told(world("b omid 2", "c omid 11", tasks=[task("a"), task("b"), task("c")]), {("a", "omid", 2): 10})
    assert [line[0] for line in lines(plan)] == ["c", "b"]


# ---------------------------------------------------------------------- beside an earlier plan


def beside(earlier: Cells, now: Scenario, cells: Cells) -> Plan:
    """A plan of what is left, beside an earlier plan of the same work."""
    before = told(scenario(tasks=[task("a"), task("b")]), earlier)
    found = read_earlier(before, now.expanded, None)
    return told(now, cells, planned=planned_before(now.expanded, found), baseline=found.baseline)


TWO = {"tasks": [task("a"), task("b")]}
PLANNED = {("a", "omid", 1): 6, ("a", "omid", 2): 4, ("b", "omid", 3): 10}


def test_what_the_earlier_plan_had_is_what_was_planned() -> None:
    plan = beside(PLANNED, world("a omid 9", **TWO), {("a", "omid", 2): 1, ("b", "omid", 3): 10})
    assert lines(plan) == [("a", "omid", 10, 9, 1, 0)]
    plan = beside(PLANNED, world("a omid 9", tasks=[task("a", left=4), task("b")]), {("a", "omid", 2): 4})
    assert lines(plan) == [("a", "omid", 10, 9, 4, 3)]


def test_who_takes_over_overruns_nothing() -> None:
    plan = beside(PLANNED, world("a omid 6", **TWO), {("a", "sara", 2): 5})  # 4 hours of effort at 0.8
    assert lines(plan) == [("a", "sara", 0, 0, 5, 1), ("a", "omid", 10, 6, 0, 0)]


def test_what_should_have_been_begun_is_listed() -> None:
    plan = beside(PLANNED, world(**TWO), {("a", "omid", 2): 10, ("b", "omid", 3): 10})
    assert lines(plan) == [("a", "omid", 10, 0, 10, 0)]
    assert lines(beside({("a", "omid", 2): 10}, world(**TWO), {("a", "omid", 2): 10})) == []


def test_what_an_earlier_plan_knew_of_days_before_its_horizon_counts() -> None:
    first = world(worked=[{"task": "a", "staff": "omid", "date": "2025-12-30", "hours": 4}])
    before = told(first, {("a", "omid", 2): 6})
    now = first.replace(
        as_of="2026-01-19", worked=(*first.worked, {"task": "a", "staff": "omid", "week": 2, "hours": 5})
    )
    planned = planned_before(now.expanded, read_earlier(before, now.expanded, None))
    assert lines(told(now, {("a", "omid", 3): 1}, planned=planned)) == [("a", "omid", 10, 9, 1, 0)]


def test_the_weeks_of_a_baseline_that_are_over_count_as_worked() -> None:
    old = scenario(**TWO)
    found = read_earlier(told(old, PLANNED), old.expanded, 2)
    plan = told(
        replan(old.expanded, found.history, 2),
        {("a", "omid", 2): 4, ("b", "omid", 3): 10},
        planned=planned_before(old.expanded, found),
    )
    assert lines(plan) == [("a", "omid", 10, 6, 4, 0)]


def test_a_plan_that_knows_only_hours_tells_them() -> None:
    plan = told(world("a omid 4"), {("a", "omid", 2): 6})
    assert lines(replace(plan, context=None)) == [("a", "omid", 10, 4, 6, 0)]
    assert plan.context is not None
    earlier = replace(plan, context=replace(plan.context, work=()))
    assert lines(earlier) == [("a", "omid", 10, 4, 6, 0)]
    assert audit(world("a omid 4"), earlier) == audit(world("a omid 4"), plan)


@pytest.mark.parametrize("cells", [{("a", "omid", 2): 1}])
def test_the_file_keeps_it_and_the_audit_believes_the_earlier_plan_alone(tmp_path: Any, cells: Cells) -> None:
    now = world("a omid 9", tasks=[task("a")])
    plan = beside({("a", "omid", 1): 10}, now, cells)
    plan.save(tmp_path / "plan.json")
    assert Plan.load(tmp_path / "plan.json") == plan
    assert plan.context is not None
    (one,) = plan.context.work
    for change, said in (({"planned": 99.0}, []), ({"worked": 99.0}, ["context"])):
        changed = replace(plan, context=replace(plan.context, work=(replace(one, **change),)))  # type: ignore[arg-type]
        assert [violation.rule for violation in audit(now, changed) if violation.rule == "context"] == said


def test_promised_hours_are_left_and_not_worked() -> None:
    """Omid worked 4 of 10 hours and has promised 3: 6 are left, 3 of them free."""
    booked = world("a omid 4", bookings=[{"task": "a", "staff": "omid", "week": 2, "hours": 3}])
    assert lines(told(booked, {("a", "omid", 2): 3})) == [("a", "omid", 10, 4, 6, 0)]
    fresh = scenario(tasks=[task("a")], bookings=[{"task": "a", "staff": "omid", "week": 2, "hours": 3}])
    assert lines(told(fresh, {("a", "omid", 2): 7})) == []
