"""Plans side by side."""

from __future__ import annotations

from dataclasses import replace

from report.plans import METRICS, persian, small
from staffing.comparing.comparison import compare
from staffing.plan.plan import Plan
from staffing.plan.records import TaskResult
from staffing.report.language import ENGLISH_PAGE
from staffing.report.names import Told
from staffing.report.sides import differing, measures


def other() -> Plan:
    """The idea is delivered by Omid, both talks by Sara and late, and the account plan is done, as it was to be."""
    plan = small()
    results = (
        TaskResult("plan", "done", (), None, None, 0, 12.0, 24, None),
        TaskResult("talk@1", "late", ("sara",), 1, 1, 1, 2.0, 4, None),
        TaskResult("talk@2", "late", ("sara",), 2, 2, 1, 42.5, 12, None),
        TaskResult("idea", "delivered", ("omid",), 3, 3, 0, 8.0, 16, None),
        TaskResult("new", "waiting", (), None, None, 0, 0.0, 5, "budget"),
    )
    metrics = plan.metrics | {
        "cost": 1000,
        "utilisation": {"all": 0.2875},
        "hours_by_role_and_kind": {"account_manager": {"strategic": 12.0, "tactical": 4.0}},
    }
    return replace(plan, scenario="Other", results=results, metrics=metrics, status="optimal")


def test_measures_are_grouped_with_differences_to_the_first() -> None:
    groups = measures(compare([small(), other()]), ENGLISH_PAGE)
    assert list(groups) == ["goals", "work", "hours", "money"]
    rows = {
        row.measure.striptags(): [(figure.text, figure.difference) for figure in row.figures]
        for group in groups.values()
        for row in group
    }
    assert rows["Cost"] == [("2,015.5", None), ("1,000", "−1,015.5")]
    assert rows["Planned utilisation"] == [("28%", None), ("29%", "+0.5 pt")]
    assert rows["Status"] == [("feasible", None), ("optimal", "")]
    assert rows["Account manager, tactical hours"] == [("0", None), ("4", "+4")]
    assert rows["Account manager, share of strategic work"] == [("100%", None), ("75%", "−25 pt")]
    assert rows["Revenue"] == [("5,025", None), ("5,025", "=")]


def test_a_measure_that_is_a_goal_is_not_said_twice() -> None:
    groups = measures(compare([small(), other()]), ENGLISH_PAGE)
    assert "value delivered" in [row.measure for row in groups["goals"]]
    assert "Value delivered" not in [row.measure for row in groups["work"]]


def test_roles_of_odd_names_are_roles_all_the_same() -> None:
    odd = replace(small(), metrics=METRICS | {"hours_by_role_and_kind": {"goal cost": {"strategic": 1.0, "idle": 2.0}}})
    names = [row.measure.striptags() for row in measures(compare([odd]), ENGLISH_PAGE)["hours"]]
    assert "Goal cost, strategic hours" in names
    assert "Goal cost, idle hours" in names


def test_tasks_that_differ_are_told_client_by_client_in_names() -> None:
    tolds = [Told(plan, ENGLISH_PAGE) for plan in (small(), other())]
    clients = differing(compare([told.plan for told in tolds]), tolds)
    rows = {
        row.task.striptags(): (row.times, [(outcome.text.striptags(), outcome.differs) for outcome in row.outcomes])
        for client in clients
        for row in client.rows
    }
    assert [(client.client.striptags(), client.tasks) for client in clients] == [
        ("Nova Water", 3),
        ("Tasks of no client that is known", 1),
    ]
    assert rows == {
        "Talk": (2, [("Omid", False), ("Sara (late)", True)]),
        "An idea": (1, [("waits: no room found in the time given", False), ("Omid", True)]),
        "new": (1, [("not in this plan", False), ("waits: the budget does not cover it, even alone", True)]),
    }


def test_what_moved_in_time_tells_when() -> None:
    talk = replace(small().results[1], first_week=2, last_week=3)
    moved = replace(small(), results=(small().results[0], talk, *small().results[2:]))
    tolds = [Told(plan, ENGLISH_PAGE) for plan in (small(), moved)]
    ((row,),) = (client.rows for client in differing(compare([told.plan for told in tolds]), tolds))
    assert (row.task.striptags(), row.weeks) == ("Talk", "week 1")
    assert [outcome.text.striptags() for outcome in row.outcomes] == ["Omid, week 1", "Omid, weeks 2 to 3"]


def test_plans_that_begin_on_other_days_tell_when_by_day() -> None:
    tolds = [Told(plan, ENGLISH_PAGE) for plan in (small(), persian())]
    ((first, *_), *_) = (client.rows for client in differing(compare([told.plan for told in tolds]), tolds))
    assert [outcome.text.striptags() for outcome in first.outcomes] == [
        "Sara, 5 Jan to 12 Jan (late)",
        "Sara, 4 Apr to 11 Apr (late)",
    ]
