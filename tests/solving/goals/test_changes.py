"""changes: tasks that an earlier plan has otherwise."""

from typing import Any

from plan.worlds import omid, sara, scenario, task

from solving.worlds import delivered, hours_of, planned, proven_at, result

GOALS = ["must", "changes", "value"]


def world(*tasks: dict[str, Any], **change: Any) -> Any:
    return scenario(**{"tasks": tasks, "staff": [omid(), omid(id="kim")], "weeks": 2, **change})


def test_without_a_baseline_nothing_changes() -> None:
    assert proven_at(planned(world(task("a"), goals=GOALS)), "changes", 0)


def test_the_same_again_changes_nothing() -> None:
    before = planned(world(task("a", owner="kim", earliest=2), task("b")))
    plan = planned(world(task("a"), task("b"), goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 0)
    assert hours_of(plan) == hours_of(before)


def test_it_stands_before_cost_when_it_is_not_listed() -> None:
    before = planned(world(task("a", owner="kim")))
    plan = planned(world(task("a"), staff=[omid(cost_rate=1), omid(id="kim")]), baseline=before)
    assert [goal.goal for goal in plan.goals] == ["must", "value", "lateness", "changes", "cost", "contacts"]
    assert proven_at(plan, "cost", 300)  # kim keeps it, though Omid would cost 10


def test_another_owner_is_a_change() -> None:
    before = planned(world(task("a", owner="kim", must=True)))
    plan = planned(world(task("a", only=["omid"], must=True), goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 1)


def test_another_week_is_a_change() -> None:
    """It was done in week 1 and may begin in week 2 now."""
    before = planned(world(task("a", must=True), task("b", must=True)))
    plan = planned(world(task("a", must=True, earliest=2), task("b", must=True), goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 1)


def test_the_last_week_counts_as_well_as_the_first() -> None:
    """60 hours of Kim in weeks 1 and 2; what is left, 41 hours, still fits weeks 1 and 2, and 40 would as well."""
    before = planned(world(task("a", hours=60, owner="kim", must=True)))
    for hours in (41, 40, 0.5):
        again = world(task("a", hours=hours, must=True), goals=GOALS)
        plan = planned(again, baseline=before)
        assert proven_at(plan, "changes", 0)
        assert {week for _, _, week in hours_of(plan)} == {1, 2}
    plan = planned(world(task("a", hours=0.25, must=True), goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 1)  # a quarter cannot lie in two weeks


def test_weeks_are_told_by_their_dates() -> None:
    """The new horizon begins a week later: week 2 of before is week 1 now."""
    before = planned(world(task("a", earliest=2)))
    plan = planned(world(task("a"), start="2026-01-12", goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 0)
    assert {week for _, _, week in hours_of(plan)} == {1}


def test_weeks_before_the_start_count_as_week_1() -> None:
    before = planned(world(task("a")))
    plan = planned(world(task("a"), start="2026-01-12", goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 0)


def test_delivered_in_one_plan_only_is_a_change() -> None:
    """b waited before. Changes before value: it waits on; value before changes: it is delivered, one change."""
    before = planned(world(task("a"), task("b", only=[])))
    again = world(task("a"), task("b"), goals=GOALS)
    plan = planned(again, baseline=before)
    assert proven_at(plan, "changes", 0)
    assert delivered(plan) == ["a"]
    plan = planned(again.replace(goals=["must", "value", "changes"]), baseline=before)
    assert proven_at(plan, "changes", 1)
    assert delivered(plan) == ["a", "b"]


def test_tasks_that_only_one_plan_has_do_not_count() -> None:
    before = planned(world(task("a"), task("gone")))
    plan = planned(world(task("a"), task("new", must=True), goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 0)
    assert delivered(plan) == ["a", "new"]


def test_tasks_done_in_either_do_not_count() -> None:
    before = planned(world(task("a", done=10), task("b")))
    plan = planned(world(task("a", must=True), task("b", done=10), goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 0)


def test_an_owner_who_has_left_is_a_change() -> None:
    before = planned(world(task("a", owner="kim"), task("b", owner="omid")))
    plan = planned(world(task("a", must=True), task("b"), staff=[sara(), omid()], goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 1)


def test_all_owners_of_a_shared_task_stay() -> None:
    before = planned(world(task("a", hours=80, max_owners=2), weeks=1))
    assert {person for _, person, _ in hours_of(before)} == {"omid", "kim"}
    plan = planned(world(task("a", hours=20, max_owners=2), weeks=1, goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 0)
    assert {person for _, person, _ in hours_of(plan)} == {"omid", "kim"}


def test_a_tolerance_cannot_widen_nothing() -> None:
    """0 worsened by any share is 0: the week stays, though overtime would be saved."""
    before = planned(world(task("a", hours=41), staff=[omid(overtime=1)], weeks=1))
    goals = ["must", "value", {"goal": "changes", "tolerance": 1}, "cost"]
    plan = planned(world(task("a", hours=41), staff=[omid(overtime=1)], goals=goals), baseline=before)
    found = result(plan, "changes")
    assert (found.value, found.limit) == (0, 0)
    assert result(plan, "cost").value == 41 * 30 + 15


def booked(*rows: tuple[str, str, int, float], **change: Any) -> Any:
    rows_ = [{"task": name, "staff": who, "week": week, "hours": hours} for name, who, week, hours in rows]
    return world(task("a", hours=60, **change), goals=["changes", "value"], bookings=rows_, weeks=3)


def test_promised_hours_are_some_of_the_same_weeks_and_owners() -> None:
    """60 hours of Kim in weeks 1 and 2: promised in either, or in both, they are the same again."""
    before = planned(world(task("a", hours=60, owner="kim"), weeks=3))
    assert {week for _, _, week in hours_of(before)} == {1, 2}
    for rows in ([("a", "kim", 1, 40)], [("a", "kim", 2, 20)], [("a", "kim", 1, 40), ("a", "kim", 2, 20)]):
        plan = planned(booked(*rows), baseline=before)
        assert proven_at(plan, "changes", 0)
        assert {week for _, _, week in hours_of(plan)} == {1, 2}


def test_promised_hours_of_others_or_in_other_weeks_are_a_change() -> None:
    before = planned(world(task("a", hours=60, owner="kim"), weeks=3))
    for rows in ([("a", "omid", 1, 40)], [("a", "kim", 3, 5)], [("a", "omid", 1, 40), ("a", "omid", 2, 20)]):
        assert proven_at(planned(booked(*rows), baseline=before), "changes", 1)
    late = planned(world(task("a", hours=60, owner="kim", earliest=2), weeks=3))
    assert proven_at(planned(booked(("a", "kim", 1, 5)), baseline=late), "changes", 1)


def test_owners_who_share_are_the_same_with_those_promised() -> None:
    before = planned(world(task("a", hours=60, max_owners=2, deadline=1), weeks=3))
    assert {staff for _, staff, _ in hours_of(before)} == {"omid", "kim"}
    plan = planned(booked(("a", "kim", 1, 20), max_owners=2), baseline=before)
    assert proven_at(plan, "changes", 0)
    assert {(staff, week) for _, staff, week in hours_of(plan)} == {("omid", 1), ("kim", 1)}


def test_a_rest_that_waits_again_is_no_change() -> None:
    small = booked(("a", "kim", 1, 5), deadline=1)
    before = planned(small)
    assert delivered(before) == []
    assert proven_at(planned(small, baseline=before), "changes", 0)
