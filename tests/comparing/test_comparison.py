"""Plans side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plan.worlds import facts, omid, plan, replanned, sara, scenario, task

from staffing.comparing.comparison import compare
from staffing.comparing.fates import ABSENT, Fate, families
from staffing.plan.plan import Plan
from staffing.plan.records import GoalResult, TaskResult

SARA = TaskResult("plan", "delivered", ("sara",), 1, 1, 0, 12.0, 24, None)
IDEA = TaskResult("idea", "waiting", (), None, None, 0, 0.0, 8, "capacity")
ONE = Plan(
    scenario="One AM",
    fingerprint="",
    status="optimal",
    goals=(GoalResult("value", 24, 24, 24, 24, True),),
    assigned=(),
    results=(SARA, IDEA),
    metrics={
        "cost": 480.1,
        "utilisation": {"all": 0.9},
        "hours_by_role_and_kind": {"account_manager": {"strategic": 9.0, "tactical": 3.0}},
    },
)
BOTH = replace(
    ONE,
    scenario="AM and PM",
    goals=(GoalResult("value", 32, 32, 32, 32, True), GoalResult("cost", 700.2, 700.2, 700.2, 700.2, True)),
    results=(replace(SARA, weeks_late=0), replace(IDEA, state="delivered", owners=("omid",), reason=None)),
    metrics={
        "cost": 700.2,
        "utilisation": {"all": 0.7},
        "hours_by_role_and_kind": {
            "account_manager": {"strategic": 12.0, "tactical": 0.0},
            "project_manager": {"strategic": 0.0, "tactical": 8.0},
        },
    },
)


def test_measures_have_a_column_for_each_plan_and_its_difference_to_the_first() -> None:
    frame = compare([ONE, BOTH]).frame
    assert list(frame.columns) == ["One AM", "AM and PM", "AM and PM - One AM"]
    assert list(frame.loc["cost"]) == [480.1, 700.2, 220.1]
    assert list(frame.loc["goal value"]) == [24, 32, 8]
    assert list(frame.loc["status"]) == ["optimal", "optimal", None]


def test_the_share_of_strategic_work_is_compared_by_role() -> None:
    frame = compare([ONE, BOTH]).frame
    assert list(frame.loc["account_manager strategic share"]) == [0.75, 1.0, 0.25]  # 9 of 12 hours, 12 of 12
    assert list(frame.loc["project_manager tactical hours"]) == [None, 8.0, None]


def test_a_goal_that_only_one_plan_has_makes_no_difference() -> None:
    assert list(compare([ONE, BOTH]).frame.loc["goal cost"]) == [None, 700.2, None]


def test_tasks_that_differ_in_state_or_owners_are_listed() -> None:
    tasks = compare([ONE, BOTH]).tasks
    assert list(tasks.index) == ["idea"]
    assert list(tasks.loc["idea"]) == ["waiting", "delivered: omid"]


def test_a_task_that_one_plan_does_not_have_is_absent() -> None:
    assert compare([ONE, replace(ONE, results=(SARA,))]).outcomes == {"idea": ("waiting", ABSENT)}
    assert Fate(None).text == ABSENT


def test_names_are_made_unique() -> None:
    other = replace(ONE, scenario="One AM (2)")
    assert compare([ONE, other, ONE]).names == ("One AM", "One AM (2)", "One AM (3)")


def test_one_plan_alone_has_no_differences() -> None:
    alone = compare([ONE])
    assert list(alone.frame.columns) == ["One AM"]
    assert alone.tasks.empty


def test_nothing_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="at least one plan"):
        compare([])


def test_the_long_table_holds_measures_then_tasks() -> None:
    long = compare([ONE, BOTH]).long
    assert list(long.columns) == ["what", "name", "One AM", "AM and PM", "AM and PM - One AM"]
    assert list(long.iloc[-1])[:4] == ["task", "idea", "waiting", "delivered: omid"]


def test_a_notebook_shows_it_and_runs_nothing() -> None:
    html = compare([replace(ONE, scenario="<script>"), BOTH])._repr_html_()
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


WORLD = scenario(
    staff=[sara(), omid()],
    tasks=[
        task("plan", kind="strategic", due=1, priority="high"),
        task("site", hours=8),
        task("call", hours=1, repeat={"every": 1}),
        task("odd", client="zeta", hours=4),
    ],
)
CALLS = {(f"call@{week}", "omid", week): 1.0 for week in (1, 2, 3, 4)}
FIRST = plan(facts(WORLD, {("plan", "sara", 2): 10, ("site", "omid", 2): 8, **CALLS}))


def later(cells: dict[tuple[str, str, int], float]) -> Plan:
    """Re-plan from week 3: the plan, the site and two calls are history."""
    history = {("plan", "sara", 2): 10, ("site", "omid", 2): 8, ("call@1", "omid", 1): 1, ("call@2", "omid", 2): 1}
    return replace(plan(facts(replanned(WORLD, history, 3), cells)), scenario="later")


def test_what_history_delivered_is_no_difference_and_counts_on_both_sides() -> None:
    found = compare([FIRST, later({("call@3", "omid", 3): 1, ("call@4", "omid", 4): 1})])
    assert found.outcomes == {}
    measures = found.frame
    assert list(measures.loc["delivered_tasks"]) == [6, 6, 0]
    assert list(measures.loc["late_tasks"]) == [1, 1, 0]  # the plan, due in week 1
    assert list(measures.loc["weeks_late"]) == [1, 1, 0]
    assert list(measures.loc["goal value"]) == [64, 64, 0]  # 4 × 10, 2 × 8 and four calls of 2 × 1
    assert list(measures.loc["goal lateness"]) == [4, 4, 0]


def test_what_moved_in_time_is_listed_with_its_weeks() -> None:
    moved = plan(facts(WORLD, {("plan", "sara", 2): 10, ("site", "omid", 3): 4, ("site", "omid", 4): 4, **CALLS}))
    assert compare([FIRST, moved]).outcomes == {"site": ("delivered: omid, week 2", "delivered: omid, weeks 3 to 4")}


def test_work_that_history_did_though_it_was_to_wait_is_a_difference() -> None:
    history = {("odd", "omid", 1): 4}
    done = plan(facts(replanned(WORLD, history, 2), {cell: hours for cell, hours in CALLS.items() if cell[2] > 1}))
    assert compare([FIRST, done]).outcomes["odd"] == ("waiting", "done")


def test_what_is_cancelled_was_not_delivered() -> None:
    called_off = WORLD.patch({"as_of": "2026-01-12", "tasks": [{"id": "site", "cancelled": True}]})
    found = compare([FIRST, plan(facts(called_off, {}))])
    assert found.outcomes["site"] == ("delivered: omid", "cancelled")


def test_occurrences_that_differ_alike_are_one_family() -> None:
    others = {(name, "sara", week): hours for (name, _, week), hours in CALLS.items() if week != 2}
    by_sara = plan(facts(WORLD, {("plan", "sara", 2): 10, ("site", "omid", 2): 8, ("call@2", "omid", 2): 1, **others}))
    assert families(compare([FIRST, by_sara]).fates) == [["call@1", "call@3", "call@4"]]


def test_occurrences_are_matched_by_date_when_plans_begin_on_other_days() -> None:
    rolled = scenario(
        start="2026-01-19", weeks=2, tasks=[task("site", hours=8, done=8), task("call", hours=1, repeat={"every": 1})]
    )
    same = replace(plan(facts(rolled, {("call@1", "omid", 1): 1, ("call@2", "omid", 2): 1})), scenario="rolled")
    assert compare([FIRST, same]).outcomes.keys() == {"odd"}  # which the other scenario does not have
    late = plan(facts(rolled, {("call@1", "sara", 1): 1, ("call@2", "omid", 2): 1}))
    assert compare([FIRST, late]).outcomes["call@3"] == ("delivered: omid", "delivered: sara")


def test_weeks_are_told_by_their_days_where_plans_begin_on_other_days() -> None:
    rolled = scenario(start="2026-01-12", weeks=3, tasks=[task("site", hours=8)])
    found = compare([FIRST, plan(facts(rolled, {("site", "omid", 2): 8}))]).outcomes
    assert found["site"] == ("delivered: omid, week from 2026-01-12", "delivered: omid, week from 2026-01-19")
    assert "plan" in found  # absent, though its week is within
    assert "call@1" not in found  # over before the other plan begins
