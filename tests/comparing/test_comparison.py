"""Plans side by side."""

from __future__ import annotations

from dataclasses import replace

import pytest

from staffing.comparing.comparison import ABSENT, compare, outcome
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
    assert outcome(None) == ABSENT


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
