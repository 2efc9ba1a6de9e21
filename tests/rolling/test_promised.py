"""Hours promised come along as long as their days are to come, and mean the same hours."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from staffing.rolling.roll import Rolled, roll_on

from .worlds import ROLLED, repeat, task, tasks_of, worked, world


def promised(task_: str, hours: float = 4, **when: Any) -> dict[str, Any]:
    return {"task": task_, "staff": "omid", "hours": hours, **when}


def bookings(found: Rolled) -> list[tuple[str, str, float]]:
    """Return the task, the day or week, and the hours of each booking."""
    return [(row.task, str(row.date or row.week), float(row.hours)) for row in found.scenario.bookings]


def test_weeks_are_counted_from_the_later_first_one_and_dates_stay() -> None:
    """Week 6 is week 2; the hours stand in the same days' week, and so does what is left of the task."""
    before = world(task(hours=20), bookings=[promised("plan", week=6), promised("plan", date="2026-02-17")])
    found = roll_on(before, ROLLED)
    assert bookings(found) == [("plan", "2", 4), ("plan", "2026-02-17", 4)]
    assert found.scenario.expanded.promises.hours == {
        ("plan", "omid", 2): Fraction(4),
        ("plan", "omid", 3): Fraction(4),
    }
    assert found.scenario.expanded.jobs["plan"].effort == before.expanded.jobs["plan"].effort == 12


def test_what_was_promised_of_days_that_are_over_leaves() -> None:
    found = roll_on(world(task(), bookings=[promised("plan", week=2), promised("plan", date="2026-01-30")]), ROLLED)
    assert bookings(found) == []


def test_an_occurrence_is_the_one_of_the_same_date() -> None:
    rows = [promised("call@6", 1, week=6), promised("call", 1, date="2026-02-17")]
    found = roll_on(world(repeat(), bookings=rows), ROLLED)
    assert bookings(found) == [("call@2", "2", 1), ("call", "2026-02-17", 1)]
    assert set(found.scenario.expanded.promises.hours) == {("call@2", "omid", 2), ("call@3", "omid", 3)}


def test_a_finished_task_stays_as_long_as_hours_of_it_are_promised() -> None:
    rows = [worked("plan", "2026-01-06", 10)]
    found = roll_on(world(task(), task("site"), rows=rows, bookings=[promised("plan", week=6)]), ROLLED)
    assert list(tasks_of(found)) == ["plan", "site"]
    assert bookings(found) == [("plan", "2", 4)]


def test_what_is_promised_behind_a_shorter_horizon_waits_for_it() -> None:
    found = roll_on(world(task(), bookings=[promised("plan", week=8)]), ROLLED, 2)
    assert bookings(found) == [("plan", "2026-02-23", 4)]
    assert found.scenario.expanded.promises.hours == {}
