"""changes: tasks that an earlier plan has otherwise."""

from typing import Any

import pytest
from plan.worlds import omid, sara, scenario, task

from solving.worlds import delivered, hours_of, planned, proven_at, result
from staffing.errors import StaffingWarning
from staffing.plan.goals import goals_of

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


def test_it_stands_after_lateness_when_it_is_not_listed() -> None:
    before = planned(world(task("a", owner="kim")))
    plan = planned(world(task("a"), staff=[omid(cost_rate=1), omid(id="kim")]), baseline=before)
    assert [goal.goal for goal in plan.goals] == ["must", "value", "lateness", "changes", "cost", "contacts"]
    assert proven_at(plan, "cost", 300)  # kim keeps it, though Omid would cost 10


@pytest.mark.parametrize(
    ("listed", "expected"),
    [
        (["cost", "value"], ["must 0", "cost 0", "value 0.005", "changes 0"]),
        (["lateness", "value"], ["must 0", "lateness 0", "changes 0", "value 0.005"]),
        (["net_value", "cost"], ["must 0", "net_value 0.005", "changes 0", "cost 0"]),
        ([{"goal": "value", "tolerance": 0.02}, "cost"], ["must 0", "value 0.02", "changes 0", "cost 0"]),
        (["hours", "cost"], ["must 0", "hours 0", "changes 0", "cost 0"]),
        (["hours"], ["must 0", "hours 0", "changes 0"]),
        (["value", "changes"], ["must 0", "value 0", "changes 0"]),
    ],
)
def test_where_it_stands_and_what_value_may_be_given_up(listed: list[Any], expected: list[str]) -> None:
    scenario_ = world(task("a", value=1), goals=listed)
    assert [f"{entry.goal} {entry.tolerance}" for entry in goals_of(scenario_, has_baseline=True)] == expected
    assert goals_of(scenario_, has_baseline=False) == scenario_.goals


def test_half_a_percent_of_value_is_given_up_for_calm() -> None:
    """a, worth 1000, stays Omid's: Kim's only use for it would be to let b in, worth 4."""
    staff = [omid(weekly_hours=10), omid(id="kim", weekly_hours=10)]
    tasks = [task("a", value=1000), task("b", value=4, owner="omid")]
    before = planned(world(task("a", value=1000, owner="omid"), task("b", value=4, done=10), staff=staff, weeks=1))
    plan = planned(world(*tasks, staff=staff, weeks=1), baseline=before)
    assert (result(plan, "value").best, result(plan, "value").value) == (1004, 1000)
    assert proven_at(plan, "changes", 0)
    tasks[1]["value"] = 6
    plan = planned(world(*tasks, staff=staff, weeks=1), baseline=before)
    assert proven_at(plan, "changes", 1)


def test_a_new_owner_of_a_repeat_counts_once() -> None:
    repeat = {"every": 1}
    before = planned(world(task("call", owner="kim", repeat=repeat), weeks=4))
    plan = planned(world(task("call", only=["omid"], must=True, repeat=repeat), weeks=4, goals=GOALS), baseline=before)
    assert len(delivered(plan)) == 4
    assert proven_at(plan, "changes", 1)
    free = {**repeat, "same_owner": False}
    before = planned(world(task("call", owner="kim", repeat=free), weeks=4))
    plan = planned(world(task("call", only=["omid"], must=True, repeat=free), weeks=4, goals=GOALS), baseline=before)
    assert proven_at(plan, "changes", 4)


def test_moved_weeks_of_a_repeat_count_each() -> None:
    """Kim is away in weeks 1 and 3, so those two calls move a week; the others stay, and so does she."""
    repeat = {"every": 2, "window": 2}
    before = planned(world(task("call", owner="kim", repeat=repeat), weeks=6))
    away = [{"from": f"2026-01-{day:02}", "to": f"2026-01-{day + 6:02}"} for day in (5, 19)]
    again = world(task("call", must=True, repeat=repeat), staff=[omid(id="kim", time_off=away)], weeks=6, goals=GOALS)
    plan = planned(again, baseline=before)
    assert len(delivered(plan)) == 3
    assert proven_at(plan, "changes", 2)


def test_occurrences_are_matched_by_their_dates() -> None:
    """Four weeks later: the calls of weeks 5 to 8 are those of weeks 1 to 4, and stay Kim's."""
    repeat = {"every": 1, "same_owner": False}
    before = planned(world(task("call", owner="kim", repeat=repeat), weeks=8))
    later = world(task("call", repeat=repeat), weeks=4, start="2026-02-02", goals=GOALS)
    with pytest.warns(StaffingWarning, match="40 hours .* lie before .*: call@1, call@2, "):
        plan = planned(later, baseline=before)
    assert proven_at(plan, "changes", 0)
    assert {person for _, person, _ in hours_of(plan)} == {"kim"}
    assert plan.baseline is not None
    assert [entry.task for entry in plan.baseline.tasks][4] == "call@1"  # as the scenario numbers it


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
    with pytest.warns(StaffingWarning, match="before the scenario's start"):
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
