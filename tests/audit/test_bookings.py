"""F: promised hours stand exactly so; they are counted, and exempt, and new hours take what they leave."""

from fractions import Fraction
from typing import Any

from plan.worlds import draft, facts, omid, plan, sara, scenario, task

from audit.checks import broken
from staffing.auditing import audit, audit_draft
from staffing.plan.draft import Draft
from staffing.scenario.scenario import Scenario


def booked(*rows: tuple[str, str, int, float], tasks: list[dict[str, Any]] | None = None, **change: Any) -> Scenario:
    """The tiny scenario with bookings (task, staff, week, hours); task a has ten hours."""
    rows_ = [{"task": name, "staff": who, "week": week, "hours": hours} for name, who, week, hours in rows]
    return scenario(tasks=tasks or [task("a"), task("b")], bookings=rows_, **change)


def test_hours_as_promised_are_valid() -> None:
    world = booked(("a", "omid", 2, 10))
    assert audit(world, plan(facts(world, {}))) == []
    assert audit(world, plan(facts(world, {("b", "omid", 1): 10}))) == []


def test_hours_that_are_not_as_promised_are_told() -> None:
    world = booked(("a", "omid", 2, 10))
    for said in ({}, {("a", "omid", 2): 9}, {("a", "omid", 2): 10, ("b", "omid", 2): 1}):
        moved = Draft({}, promised={cell: Fraction(hours) for cell, hours in said.items()})
        (found,) = audit_draft(world.expanded, moved)
        assert found.rule == "bookings"
    assert "where 10 are promised" in str(audit_draft(world.expanded, Draft({}, promised={}))[0])


def test_whoever_has_promised_hours_is_one_of_those_who_share_the_task() -> None:
    shared = [task("a", max_owners=2)]
    world = booked(("a", "omid", 2, 4), tasks=shared, staff=[sara(), omid(), omid(id="kim"), omid(id="lu")])
    assert broken(world, {("a", "omid", 1): 3, ("a", "kim", 1): 3}) == []
    assert broken(world, {("a", "kim", 1): 6}) == []
    assert broken(world, {("a", "kim", 1): 3, ("a", "lu", 1): 3}) == ["bookings"]


def test_the_rest_of_a_task_with_one_owner_is_theirs() -> None:
    world = booked(("a", "omid", 2, 4))
    assert broken(world, {("a", "omid", 1): 6}) == []
    assert broken(world, {("a", "sara", 1): 7.5}) == ["bookings"]  # 6 ÷ 0.8


def test_effort_is_that_of_the_rest() -> None:
    world = booked(("a", "omid", 2, 4))
    assert broken(world, {("a", "omid", 1): 10}) == ["effort"]
    covered = booked(("a", "omid", 2, 10))
    assert broken(covered, {("a", "omid", 1): 1}) == ["effort"]


def test_they_are_exempt_from_window_qualification_and_pace() -> None:
    tight = [task("a", deadline=1, only=["sara"], weekly_max=3)]
    assert broken(booked(("a", "omid", 2, 10), tasks=tight), {}) == []


def test_they_may_exceed_a_week_and_new_hours_may_not_add_to_that() -> None:
    world = booked(("a", "omid", 1, 45), tasks=[task("a", hours=45), task("b")], staff=[omid(overtime=10)])
    assert broken(world, {("b", "omid", 1): 5, ("b", "omid", 2): 5}) == []  # 50 hours are 40 and 10 beyond
    assert broken(world, {("b", "omid", 1): 6, ("b", "omid", 2): 4}) == ["capacity"]
    beyond = booked(("a", "omid", 1, 55), tasks=[task("a", hours=55), task("b")], staff=[omid(overtime=10)])
    assert broken(beyond, {}) == []
    assert broken(beyond, {("b", "omid", 1): 1, ("b", "omid", 2): 9}) == ["capacity"]
    assert facts(beyond, {}).overtime == {("omid", 1): 15}


def test_hours_off_the_grid_leave_what_lies_on_it() -> None:
    world = booked(("a", "omid", 1, 30.1), tasks=[task("a", hours=30.1), task("b")], staff=[omid()])
    assert broken(world, {("b", "omid", 1): 9.75, ("b", "omid", 2): 0.25}) == []
    assert broken(world, {("b", "omid", 1): 10}) == ["capacity"]


def test_clients_are_served_by_them_and_cost_switching() -> None:
    one = [omid(max_clients=1, max_clients_per_week=1)]
    world = booked(("a", "omid", 1, 10), tasks=[task("a"), task("b", client="zeta")], staff=one)
    assert broken(world, {("b", "omid", 2): 10}) == ["clients"]
    assert broken(world, {("b", "omid", 1): 10}) == ["clients", "clients"]
    two = booked(("a", "omid", 1, 10), ("b", "omid", 1, 10), tasks=[task("a"), task("b", client="zeta")], staff=one)
    assert broken(two, {}) == []
    lost = booked(("a", "omid", 1, 30), tasks=[task("a", hours=30), task("b", client="zeta")], switching=1)
    assert broken(lost, {("b", "omid", 1): 10}) == ["capacity"]


def test_limits_of_a_kind_count_them() -> None:
    world = booked(("a", "omid", 1, 10), staff=[omid(limits={"tactical": 12})])
    assert broken(world, {("b", "omid", 1): 2, ("b", "omid", 2): 8}) == []
    assert broken(world, {("b", "omid", 1): 3, ("b", "omid", 2): 7}) == ["kind_limits"]


def test_weekly_max_counts_them() -> None:
    world = booked(("a", "omid", 1, 4), tasks=[task("a", weekly_max=6)])
    assert broken(world, {("a", "omid", 1): 2, ("a", "omid", 2): 4}) == []
    assert broken(world, {("a", "omid", 1): 3, ("a", "omid", 2): 3}) == ["pace"]


def test_one_owner_is_whoever_has_them() -> None:
    single = [{"id": "nova", "single_owner": True}, {"id": "zeta"}]
    world = booked(("a", "omid", 1, 4), clients=single)
    assert broken(world, {("b", "omid", 1): 10}) == []
    assert broken(world, {("b", "sara", 1): 12.5}) == ["one_owner"]
    two = booked(("a", "omid", 1, 4), ("b", "sara", 1, 4), clients=single)
    assert broken(two, {("a", "omid", 1): 6, ("b", "sara", 1): 8.5}) == []  # no owner more than there are


def test_budgets_pay_them_first() -> None:
    poor = [{"id": "nova", "budget": 1000}, {"id": "zeta"}]
    world = booked(("a", "omid", 1, 10), clients=poor)
    assert broken(world, {("b", "omid", 1): 10}) == ["budget"]  # 800 are promised
    assert broken(booked(("a", "omid", 1, 40), clients=poor, tasks=[task("a", hours=40)]), {}) == []


def test_what_comes_after_waits_for_their_last_week() -> None:
    world = booked(("a", "omid", 2, 10), tasks=[task("a"), task("b", after=["a"])])
    assert broken(world, {("b", "omid", 2): 10}) == []
    assert "window" in broken(world, {("b", "omid", 1): 10})
    rest = booked(("a", "omid", 2, 4), tasks=[task("a"), task("b", after=["a"])])
    assert broken(rest, {("b", "omid", 2): 10}) == ["precedence"]  # the rest of a waits


def test_placeholders_with_promised_hours_are_hired() -> None:
    world = booked(("a", "pm-2", 1, 10), staff=[sara(), omid(id="pm", placeholder={"count": 3}, hire_cost=100)])
    assert broken(world, {("b", "pm", 1): 10}) == []
    assert broken(world, {("b", "pm-3", 1): 10}) == ["hiring"]


def test_the_plan_file_marks_them_and_their_marks_are_checked() -> None:
    world = booked(("a", "omid", 2, 10))
    found = plan(facts(world, {("b", "omid", 1): 10}))
    assert [(entry.task, entry.fixed) for entry in found.assigned] == [("a", True), ("b", False)]
    assert found.context is not None
    assert [(entry.task, entry.staff, entry.week, entry.hours) for entry in found.context.promised] == [
        ("a", "omid", 2, 10)
    ]
    assert draft({}).promised is None
