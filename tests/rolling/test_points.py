"""Points in time, weeks and days from a later first week."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

import pytest

import staffing
from staffing.errors import InputError
from staffing.rolling.roll import roll_on

from .worlds import ROLLED, repeat, rolled, rows_of, task, tasks_of, told, worked, world


def test_week_numbers_are_counted_from_the_new_first_week() -> None:
    """Four weeks on, week 5 is week 1, and week 8 is week 4."""
    found = rolled(task(earliest=5, due=7, deadline=8))
    (plan,) = found.scenario.tasks
    assert (plan.earliest, plan.due, plan.deadline) == (1, 3, 4)
    assert found.scenario.start == dt.date(2026, 2, 2)


def test_a_week_that_is_over_becomes_its_first_day() -> None:
    """Week 2 began on 12 January; a week number outside the horizon is an error, a date is none."""
    (plan,) = rolled(task(earliest=2, due=4, deadline=8)).scenario.tasks
    assert (plan.earliest, plan.due) == (dt.date(2026, 1, 12), dt.date(2026, 1, 26))


def test_dates_stay() -> None:
    given = {"earliest": "2026-01-14", "due": "2026-02-10", "deadline": "2026-03-01"}
    (plan,) = rolled(task(**given)).scenario.tasks
    assert (str(plan.earliest), str(plan.due), str(plan.deadline)) == tuple(given.values())


def test_projects_move_as_their_tasks_do() -> None:
    projects = [{"id": "site", "client": "nova", "earliest": 1, "due": 6, "deadline": "2026-03-01"}]
    (site,) = rolled(task(project="site"), projects=projects).scenario.projects
    assert (site.earliest, site.due, site.deadline) == (dt.date(2026, 1, 5), 2, dt.date(2026, 3, 1))


def test_the_horizon_stays_as_long_as_it_was_unless_another_length_is_asked_for() -> None:
    """As whoever plans quarter by quarter expects: 8 weeks from 5 January, 8 weeks from 2 February."""
    before = world(task())
    assert roll_on(before, ROLLED).scenario.weeks == 8
    assert roll_on(before, ROLLED, weeks=13).scenario.weeks == 13


def test_a_week_beyond_a_shorter_horizon_becomes_its_first_day() -> None:
    (plan,) = roll_on(world(task(due=8)), ROLLED, weeks=2).scenario.tasks
    assert plan.due == dt.date(2026, 2, 23)


def test_the_day_after_the_last_week_is_the_first_of_the_next_horizon() -> None:
    found = roll_on(world(task(), as_of="2026-03-02"), "2026-03-02")
    assert (str(found.scenario.start), found.scenario.weeks) == ("2026-03-02", 8)


def test_rows_by_week_keep_their_days() -> None:
    """Week 3 began on 19 January, before the new horizon; week 5 is its week 1."""
    rows = [{"task": "plan", "staff": "omid", "week": week, "hours": 1} for week in (3, 5)]
    found = rolled(task(), rows=rows, as_of="2026-02-04")
    assert rows_of(found) == [("plan", "2026-01-19", 1.0), ("plan", "1", 1.0)]
    assert found.scenario.as_of == dt.date(2026, 2, 4)


def test_people_holidays_and_time_off_stay_as_they_are() -> None:
    staff = [
        {"id": "sara", "role": "account_manager", "bill_rate": 1, "end": "2026-01-20"},
        {"id": "omid", "role": "project_manager", "bill_rate": 1, "time_off": ["2026-01-07", "2026-02-09"]},
    ]
    before = world(task(), staff=staff, calendar={"holidays": ["2026-01-06", "2026-02-17"]})
    after = roll_on(before, ROLLED).scenario
    assert (after.staff, after.calendar) == (before.staff, before.calendar)
    assert set(after.expanded.people["sara"].capacity) == {Fraction(0)}
    assert [float(hours) for hours in after.expanded.people["omid"].capacity] == [40, 32, 32, 40, 40, 40, 40, 40]


def test_a_repeat_keeps_its_phase() -> None:
    """Every third week from 5 January: 26 January was one, so 16 February, the new week 3, is the next."""
    found = rolled(repeat(every=3))
    assert list(found.scenario.expanded.jobs) == ["call@3", "call@6"]
    assert tasks_of(found)["call"].repeat == world(repeat(every=3, **{"from": "2026-01-05"})).tasks[0].repeat


@pytest.mark.parametrize(
    ("given", "weeks"),
    [
        ({}, [1, 2, 3, 4, 5, 6, 7, 8]),
        ({"every": 2}, [1, 3, 5, 7]),  # from week 1 on, so weeks 5 and 7 are odd ones, too
        ({"every": 2, "from": 2}, [2, 4, 6, 8]),
        ({"every": 2, "from": 6, "until": 8}, [2, 4]),
        ({"from": "2026-02-20", "until": "2026-03-01"}, [3, 4]),
        ({"until": 5}, [1]),
    ],
)
def test_occurrences_keep_their_dates(given: dict[str, object], weeks: list[int]) -> None:
    found = rolled(repeat(**given))
    assert list(found.scenario.expanded.jobs) == [f"call@{week}" for week in weeks]


def test_a_repeat_that_has_ended_leaves_and_is_told() -> None:
    found = rolled(repeat(until=3), task())
    assert found.left == ("call",)
    assert told(found)[-1] == "call: left out: its repeat has ended, with the week of 2026-01-19"


@pytest.mark.parametrize(
    ("to", "message"),
    [
        (
            "2026-01-28",
            "2026-01-28 is no first day of a week of the scenario: 2026-01-26 and 2026-02-02 are the nearest",
        ),
        ("2026-01-05", "2026-01-05 is not after week 1, which begins on 2026-01-05: 2026-01-12 is the first"),
        ("2025-01-05", "2025-01-05 is not after week 1, which begins on 2026-01-05: 2026-01-12 is the first"),
        (
            "2026-03-09",
            "2026-03-09 is after the first day behind the horizon, 2026-03-02: weeks between them would be lost; "
            "roll on to 2026-03-02 first",
        ),
        (
            "2026-02-09",
            "2026-02-09 is after as_of, 2026-02-02: the days between are not over, and what is open in them would be "
            "lost; bring in what was worked until then (staffing actuals), or roll on to 2026-02-02",
        ),
        ("2026-02-30", '"2026-02-30" is no day of the Gregorian calendar: a date is YYYY-MM-DD'),
    ],
)
def test_a_day_that_cannot_be_the_first_is_refused_with_one_that_can(to: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        roll_on(world(task()), to)
    assert str(refused.value) == message


def test_days_are_told_in_the_calendar_of_the_scenario() -> None:
    with pytest.raises(InputError, match=r"1404-11-08 is no first day .*: 1404-11-06 and 1404-11-13 are the nearest"):
        roll_on(world(task(), calendar={"system": "jalali"}), "1404-11-08")


def test_in_the_first_week_nothing_is_over_that_could_be_left_behind() -> None:
    with pytest.raises(InputError) as refused:
        roll_on(world(task(), as_of="2026-01-08"), "2026-01-12")
    assert str(refused.value).endswith("bring in what was worked until then (staffing actuals)")


@pytest.mark.parametrize("weeks", [0, 157])
def test_the_horizon_has_as_many_weeks_as_any(weeks: int) -> None:
    with pytest.raises(InputError, match=f"{weeks} weeks are out of range: at least 1, at most 156"):
        roll_on(world(task()), ROLLED, weeks)


def test_rows_without_as_of_do_not_say_what_is_over() -> None:
    before = world(task(), rows=[worked("plan", "2026-01-06", 1)]).replace(as_of=None)
    with pytest.raises(InputError, match=r"as_of is missing, .* \(staffing actuals\), or say as_of"):
        roll_on(before, ROLLED)


def test_where_nothing_was_worked_all_is_open_from_the_new_first_day_on() -> None:
    found = roll_on(world(task()).replace(as_of=None), ROLLED)
    assert found.scenario.as_of == dt.date(2026, 2, 2)
    assert told(found) == [
        "nothing was worked before 2026-02-02, by what the scenario says: all effort comes along as it was"
    ]


def test_the_library_warns_of_what_is_not_carried() -> None:
    with pytest.warns(staffing.StaffingWarning, match="not carried: the weeks of 4 occurrences"):
        after = staffing.roll(world(repeat(), rows=[worked("call", "2025-12-29", 1)]), dt.date(2026, 2, 2), weeks=4)
    assert isinstance(after, staffing.Scenario)
