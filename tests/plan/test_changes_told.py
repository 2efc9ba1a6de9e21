"""What a re-plan changed, task by task, and why it had to."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from plan.worlds import Cells, facts, omid, plan, replanned, sara, scenario, task
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline, Change
from staffing.scenario.expand import Expanded
from staffing.scenario.history import replan
from staffing.scenario.scenario import Scenario

KIM = omid(id="kim", cost_rate=20)
STAFF = [omid(), KIM]


def world(*tasks: dict[str, Any], **change: Any) -> Scenario:
    return scenario(**{"tasks": tasks, "staff": STAFF, **change})


def baseline(before: Scenario, cells: Cells) -> Baseline:
    return plan(facts(before, cells)).as_baseline()


def replan_of(before: Scenario, was: Cells, now: Scenario | Expanded, becomes: Cells) -> Plan:
    return plan(facts(now, becomes, baseline=baseline(before, was)))


def changes(*args: Any) -> tuple[Change, ...]:
    told = replan_of(*args)
    assert told.context is not None
    return told.context.changes


def why(*args: Any) -> dict[str, tuple[str, str | None]]:
    return {change.task: (change.why, change.about) for change in changes(*args)}


A1: Cells = {("a", "omid", 1): 10}


def test_nothing_changed() -> None:
    assert changes(world(task("a")), A1, world(task("a")), A1) == ()


def test_without_a_baseline_nothing_is_told() -> None:
    told = plan(facts(world(task("a")), A1))
    assert told.context is not None
    assert told.context.changes == ()


def test_a_change_says_who_and_when_before_and_after() -> None:
    away = world(task("a"), staff=[omid(time_off=[{"from": "2026-01-05", "to": "2026-01-11"}]), KIM])
    assert changes(world(task("a")), A1, away, {("a", "kim", 2): 10}) == (
        Change(
            task="a",
            was="delivered",
            now="delivered",
            was_owners=("omid",),
            owners=("kim",),
            was_first_day=dt.date(2026, 1, 5),
            was_last_day=dt.date(2026, 1, 5),
            first_day=dt.date(2026, 1, 12),
            last_day=dt.date(2026, 1, 12),
            why="away",
            about="omid",
        ),
    )


@pytest.mark.parametrize(
    ("now", "becomes", "expected"),
    [
        (world(task("a"), staff=[KIM]), {("a", "kim", 1): 10}, ("left", "omid")),
        (world(task("a", only=["kim"])), {("a", "kim", 1): 10}, ("not_allowed", "omid")),
        (world(task("a", earliest=2)), {("a", "omid", 2): 10}, ("window", None)),
        (world(task("a"), staff=[omid(weekly_hours=5), KIM]), {("a", "kim", 1): 10}, ("capacity", "omid")),
        (world(task("a", earliest=3, deadline=2)), {}, ("window", None)),
        (world(task("a")), {("a", "kim", 1): 10}, ("cost", None)),
        (world(task("a")), {("a", "omid", 2): 10}, ("nothing", None)),
        (world(task("a")), {}, ("value", None)),
        (
            world(task("a"), task("new", hours=40)),
            {("new", "omid", 1): 40, ("a", "omid", 2): 10},
            ("new_work", "new"),
        ),
    ],
)
def test_why_a_task_is_not_where_it_was(now: Scenario, becomes: Cells, expected: tuple[str, str | None]) -> None:
    assert why(world(task("a")), A1, now, becomes) == {"a": expected}


def test_what_comes_first_moved() -> None:
    tasks = (task("a"), task("b", after=["a"]))
    was = {("a", "omid", 1): 10, ("b", "kim", 1): 10}
    away = world(*tasks, staff=[omid(time_off=[{"from": "2026-01-05", "to": "2026-01-11"}]), KIM])
    told = why(world(*tasks), was, away, {("a", "omid", 2): 10, ("b", "kim", 2): 10})
    assert told == {"a": ("away", "omid"), "b": ("predecessor", "a")}


def test_what_comes_first_waits() -> None:
    tasks = (task("a"), task("b", after=["a"]))
    was = {("a", "omid", 1): 10, ("b", "kim", 1): 10}
    told = why(world(*tasks), was, world(*tasks), {})
    assert told == {"a": ("value", None), "b": ("predecessor", "a")}


def test_it_makes_room_for_what_moved() -> None:
    """b had to leave week 2 for week 1, where a lay."""
    was = {("a", "omid", 1): 30, ("b", "omid", 2): 30}
    before = world(task("a", hours=30), task("b", hours=30))
    now = world(task("a", hours=30), task("b", hours=30, deadline=1))
    told = why(before, was, now, {("b", "omid", 1): 30, ("a", "omid", 2): 30})
    assert told == {"a": ("makes_room", "b"), "b": ("window", None)}


def test_a_budget_that_other_work_burns() -> None:
    """Nova may burn 800 in January: b, new, burns them, and a moves to February."""
    clients = [{"id": "nova", "budget": {"amount": 800, "per": "month"}}]
    before = world(task("a"), clients=clients, weeks=6)
    now = world(task("a"), task("b"), clients=clients, weeks=6)
    told = why(before, A1, now, {("b", "kim", 1): 10, ("a", "omid", 5): 10})
    assert told == {"a": ("budget", None)}


def test_it_is_less_late() -> None:
    before = world(task("a", due=1))
    told = why(before, {("a", "omid", 2): 10}, before, {("a", "omid", 1): 10})
    assert told == {"a": ("lateness", None)}


def test_what_waited_is_delivered_for_its_value_or_because_it_must_be() -> None:
    before = world(task("a"), task("b"))
    now = world(task("a", must=True), task("b"))
    told = why(before, {}, now, {("a", "omid", 1): 10, ("b", "omid", 1): 10})
    assert told == {"a": ("must", None), "b": ("value", None)}


def test_a_repeat_is_handed_over_as_a_whole() -> None:
    """Omid is away in week 1 alone, but the calls have one owner."""
    call = task("call", repeat={"every": 1})
    was = {(f"call@{week}", "omid", week): 10 for week in (1, 2)}
    away = world(call, staff=[omid(time_off=[{"from": "2026-01-05", "to": "2026-01-11"}]), KIM], weeks=2)
    becomes = {(f"call@{week}", "kim", week): 10 for week in (1, 2)}
    told = why(world(call, weeks=2), was, away, becomes)
    assert told == {"call@1": ("away", "omid"), "call@2": ("away", "omid")}


def test_history_that_finished_what_comes_first() -> None:
    tasks = (task("a"), task("b", after=[{"task": "a", "lag": 2}]))
    was = {("a", "omid", 1): 10, ("b", "omid", 3): 10}
    before = world(*tasks)
    again = replanned(before, {("a", "omid", 2): 10}, from_week=3)
    assert why(before, was, again, {("b", "omid", 4): 10}) == {"b": ("predecessor", "a")}


def test_a_week_that_is_over_and_in_which_nothing_was_done() -> None:
    before = world(task("a"))
    again = replan(before.expanded, {}, 2)
    assert why(before, A1, again, {("a", "omid", 2): 10}) == {"a": ("week_over", None)}


def test_owners_are_named_whatever_the_table() -> None:
    told = replan_of(world(task("a")), A1, world(task("a"), staff=[sara(), KIM]), {("a", "kim", 1): 10})
    row = told.changes.iloc[0]
    assert (row["was_owners"], row["owners"], row["why"], row["about"]) == (("omid",), ("kim",), "left", "omid")


def test_what_was_begun_and_whose_weeks_are_over_says_so() -> None:
    """Six of ten hours of the occurrence were worked, and its week is over: nobody lacks hours for the rest."""
    weekly = world(task("a", repeat={"every": 1, "until": 1}), weeks=2)
    begun = weekly.replace(
        as_of="2026-01-12", worked=[{"task": "a", "staff": "omid", "date": "2026-01-06", "hours": 6}]
    )
    assert why(weekly, {("a@1", "omid", 1): 10}, begun, {}) == {"a@1": ("week_over", None)}
