"""Plans side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from plan.worlds import facts, omid, plan, replanned, sara, scenario, task

from staffing.comparing.comparison import compare
from staffing.comparing.fates import ABSENT, Fate, alike, families
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


def test_the_occurrences_of_a_task_are_one_family_and_those_that_fare_alike_one_part() -> None:
    others = {(name, "sara", week): hours for (name, _, week), hours in CALLS.items() if week > 2}
    changed = {("plan", "sara", 2): 10, ("site", "omid", 2): 8, ("call@2", "omid", 2): 1, **others}
    by_sara = plan(facts(WORLD, changed))  # the call of week 1 waits
    found = compare([FIRST, by_sara]).fates
    assert families(found) == [["call@1", "call@3", "call@4"]]
    parts = [[(fate.text, times) for fate, times in alike(row)] for row in zip(*found.values(), strict=True)]
    assert parts == [[("delivered: omid", 3)], [("waiting", 1), ("delivered: sara", 2)]]


def test_the_weeks_of_a_family_are_those_of_all_of_it_once_one_has_moved() -> None:
    calls = [task("talk", hours=1, repeat={"every": 2, "window": 2})]
    world = scenario(staff=[sara(), omid()], tasks=calls)
    one = plan(facts(world, {("talk@1", "omid", 1): 1, ("talk@3", "omid", 3): 1}))
    other = plan(facts(world, {("talk@1", "sara", 1): 1.25, ("talk@3", "sara", 4): 1.25}))
    found = compare([one, other]).fates
    first, second = (alike(row) for row in zip(*found.values(), strict=True))
    assert [(fate.text, times) for fate, times in first] == [("delivered: omid, weeks 1 to 3", 2)]
    assert [(fate.text, times) for fate, times in second] == [("delivered: sara, weeks 1 to 4", 2)]


def test_what_an_hour_delivered_costs_is_the_same_once_it_is_history() -> None:
    after = later({("call@3", "omid", 3): 1, ("call@4", "omid", 4): 1})
    found = compare([FIRST, after]).frame.loc["cost_per_delivered_hour"]
    assert list(found) == [34.55, 34.55, 0]  # 10 × 40 and 12 × 30, for 10 + 8 + 4 hours of effort


def test_strategic_work_crowded_out_and_the_utilisation_of_each_role_are_measures() -> None:
    """Both have 160 hours. What waits needs 10; Sara has 10 hours for it, or 10 of delivery instead."""
    first = plan(facts(WORLD, {("plan", "sara", 1): 10}))
    second = plan(facts(WORLD, {("site", "sara", 1): 10}))
    frame = compare([first, second]).frame
    assert list(frame.loc["strategic_waiting_hours"]) == [0, 10, 10]
    assert list(frame.loc["strategic_hours_crowded_out"]) == [0, 10, 10]
    assert list(frame.loc["account_manager utilisation"]) == [0.0625, 0.0625, 0]
    assert list(frame.loc["project_manager utilisation"]) == [0, 0, 0]


def rows_of(table: pd.DataFrame) -> dict[object, list[Any]]:
    return {key: list(row) for key, row in table.iterrows()}


MOVED = plan(
    facts(
        WORLD,
        {("plan", "sara", 2): 10, ("site", "omid", 3): 8, ("odd", "sara", 4): 5, **CALLS, ("call@1", "omid", 1): 1},
    )
)


def test_each_client_has_hours_money_and_tasks_moved_that_add_up_to_the_plan() -> None:
    found = compare([FIRST, MOVED])
    rows = rows_of(found.clients)
    assert rows["nova", "hours"] == [22, 22, 0]
    assert rows["nova", "cost"] == [760, 760, 0]
    assert rows["nova", "revenue"] == [1960, 1960, 0]  # 10 × 100, and 12 × 80
    assert rows["nova", "margin"] == [1200, 1200, 0]
    assert rows["nova", "delivered_tasks"] == [6, 6, 0]
    assert rows["nova", "moved_tasks"] == [None, 1, None]
    assert rows["zeta", "hours"] == [0, 5, 5]
    assert rows["zeta", "margin"] == [0, 300, 300]
    assert rows["zeta", "delivered_tasks"] == [0, 1, 1]
    assert rows["zeta", "moved_tasks"] == [None, 1, None]
    assert found.clients.xs("cost", level="measure")["tiny"].sum() == FIRST.metrics["cost"]


def test_each_person_has_hours_utilisation_cost_and_tasks_moved() -> None:
    rows = rows_of(compare([FIRST, MOVED]).people)
    assert rows["sara", "hours"] == [10, 15, 5]
    assert rows["sara", "strategic_hours"] == [10, 10, 0]
    assert rows["sara", "utilisation"] == [0.0625, 0.0938, 0.0313]
    assert rows["sara", "cost"] == [400, 600, 200]
    assert rows["sara", "moved_tasks"] == [None, 1, None]
    assert rows["omid", "moved_tasks"] == [None, 1, None]


def test_somebody_idle_on_a_salary_costs_and_somebody_who_is_not_there_does_not() -> None:
    alone = WORLD.patch({"remove": {"staff": ["omid"]}, "staff": [{"id": "sara", "pay": "salary"}]})
    pair = alone.patch({"staff": [omid(pay="salary"), omid(id="new", placeholder=True)]})
    cells = {("plan", "sara", 2): 10.0}
    rows = {
        key: list(row) for key, row in compare([plan(facts(one, cells)) for one in (alone, pair)]).people.iterrows()
    }
    assert rows["omid", "cost"] == [0, 4800, 4800]
    assert rows["omid", "hours"] == [0, 0, 0]
    assert rows["omid", "utilisation"] == [None, 0, None]
    assert rows["sara", "cost"] == [6400, 6400, 0]
    assert ("new", "cost") not in rows


def test_in_three_plans_each_further_one_is_held_against_the_first() -> None:
    rows = rows_of(compare([FIRST, FIRST, MOVED]).clients)
    assert rows["nova", "moved_tasks"] == [None, 0, 1, None, None]


def test_plans_of_other_making_tell_what_is_known() -> None:
    one = compare([replace(FIRST, context=None), replace(MOVED, context=None)])
    assert rows_of(one.clients)["nova", "hours"] == [22, 22, 0]
    assert rows_of(one.clients)["nova", "margin"] == [None, None, None]
    assert rows_of(one.people)["sara", "cost"] == [None, None, None]
    assert list(one.frame.loc["cost_per_delivered_hour"]) == [None, None, None]
    assert compare([ONE, BOTH]).clients.empty


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
