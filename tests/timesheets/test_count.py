"""Hours become rows of ``worked``."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from staffing.errors import InputError
from staffing.timesheets.column_map import ColumnMap, Names

from .worlds import AS_OF, COLUMNS, WORLD, counted, remarks, rows, worked


def changed(kind: str, id_: str, **fields: Any) -> dict[str, Any]:
    """The world with an entry changed."""
    return {**WORLD, kind: [one | fields if one["id"] == id_ else one for one in WORLD[kind]]}


def test_hours_become_rows_and_the_day_becomes_as_of(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "Sara Khan,2026-01-06,Nova Water,,Account plan,2.5\nsara,2026-01-07,nova,,plan,1:30\n")
    assert rows(actuals) == ["plan sara 2026-01-06 2.5", "plan sara 2026-01-07 1.5"]
    assert actuals.rows == actuals.scenario.worked
    assert (remarks(actuals), actuals.scenario.as_of) == ([], AS_OF)
    assert (actuals.scenario.name, actuals.scenario.start) == ("Nova", dt.date(2026, 1, 5))


def test_neither_done_nor_spent_is_touched(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,2\n", changed("tasks", "brief", done=1))
    (brief,) = (task for task in actuals.scenario.tasks if task.id == "brief")
    assert (float(brief.done), float(brief.likely)) == (1.0, 8.0)
    assert all(client.budget is None or client.budget.spent == 0 for client in actuals.scenario.clients)
    assert actuals.scenario.expanded.jobs["brief"].effort == 8 - 1 - 2


def test_the_entries_of_a_day_are_one_row(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,2\nomid,2026-01-06,,,brief,0:30\nsara,2026-01-06,,,brief,1\n")
    assert rows(actuals) == ["brief sara 2026-01-06 1", "brief omid 2026-01-06 2.5"]


def test_rows_stand_by_day_then_by_task_and_person(tmp_path: Path) -> None:
    sheet = (
        "omid,2026-01-07,,,brief,1\nomid,2026-01-06,,,learn,1\nomid,2026-01-06,,,brief,1\nsara,2026-01-06,,,plan,1\n"
    )
    assert [row.split()[:3] for row in rows(counted(tmp_path, sheet))] == [
        ["plan", "sara", "2026-01-06"],
        ["brief", "omid", "2026-01-06"],
        ["learn", "omid", "2026-01-06"],
        ["brief", "omid", "2026-01-07"],
    ]


@pytest.mark.parametrize("task", ["talk", "talk@2", "Talk"])
def test_rows_of_a_repeating_task_keep_its_id_and_their_day(tmp_path: Path, task: str) -> None:
    actuals = counted(tmp_path, f"omid,2026-01-13,,,{task},0.5\n")
    assert (rows(actuals), remarks(actuals)) == (["talk omid 2026-01-13 0.5"], [])
    assert actuals.scenario.expanded.jobs["talk@2"].effort == Fraction(1, 2)


def test_only_days_before_the_day_count_and_the_rest_is_listed(tmp_path: Path) -> None:
    sheet = "omid,2026-02-08,,,brief,1\nomid,2026-02-09,,,brief,2\nomid,2026-01-01,,,brief,4\n"
    actuals = counted(tmp_path, sheet, since=dt.date(2026, 1, 5))
    assert rows(actuals) == ["brief omid 2026-02-08 1"]
    (remark,) = actuals.remarks
    assert (remark.reason, remark.lines, float(remark.hours)) == ("outside the days that are counted", (3, 4), 6.0)


@pytest.mark.parametrize("times", [3, 6])
def test_thirds_of_an_hour_add_up(tmp_path: Path, times: int) -> None:
    sheet = "".join(f"omid,2026-01-{day:02},,,brief,0:20\n" for day in range(6, 6 + times))
    assert sum(row.hours for row in counted(tmp_path, sheet).rows) * 3 == times


def test_hours_too_few_for_a_row_are_none(tmp_path: Path) -> None:
    assert rows(counted(tmp_path, "omid,2026-01-06,,,brief,0.00004\n")) == []


# ---------------------------------------------------------------------- what does not fit


def test_what_cannot_be_read_or_matched_is_listed_with_its_lines(tmp_path: Path) -> None:
    sheet = "omid,someday,,,brief,2\nomid,2026-01-06,,,brief,many\nana,2026-01-06,,,brief,2\nana,2026-01-07,,,brief,1\n"
    actuals = counted(tmp_path, sheet)
    assert remarks(actuals) == [
        'not counted: "someday" cannot be read as a day: 2026-01-13, 13.1.2026 and 13 Jan 2026 are allowed',
        'not counted: "many" cannot be read as hours: 1.5, 1:30, 1h 30m and 90 min are allowed',
        "not counted: no person is called so; tell who it is under names.staff in the map",
    ]
    assert (actuals.remarks[2].lines, float(actuals.remarks[2].hours)) == ((4, 5), 3.0)
    assert rows(actuals) == []


def test_hours_without_a_task_are_listed_with_the_budget_that_lacks_them(tmp_path: Path) -> None:
    sheet = "omid,2026-01-06,,Web site,Meeting,2\nomid,2026-01-06,nova,,,1\nomid,2026-01-06,,,Lunch,1\n"
    actuals = counted(tmp_path, sheet)
    assert rows(actuals) == []
    add = "add the task, or tell which one it is under names.tasks in the map"
    assert remarks(actuals) == [
        f"not counted, and in no budget of project site: no task is called so; {add}",
        "not counted, and in no budget of client nova: no task is named; let the map take the task from another column "
        "too, as in task: [Task, Project]",
        f"not counted: no task is called so; {add}",
    ]
    assert [float(remark.hours) for remark in actuals.remarks] == [2, 1, 1]


def test_a_name_nearly_written_is_told_with_the_one_there_is(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "Omid Rat,2026-01-06,nova,,brief,1\nomid,2026-01-06,nova,,brieff,1\n")
    assert rows(actuals) == []
    assert remarks(actuals) == [
        "not counted: no person is called so, the nearest is Omid Rad; tell who it is under names.staff in the map",
        "not counted, and in no budget of client nova: no task is called so, the nearest is Brief; "
        "add the task, or tell which one it is under names.tasks in the map",
    ]


def test_the_map_says_which_task_it_is(tmp_path: Path) -> None:
    columns = COLUMNS.model_copy(update={"task": ("Task", "Project"), "names": Names(tasks={"Web site": "brief"})})
    actuals = counted(tmp_path, "omid,2026-01-06,,Web site,,2\n", columns=columns)
    assert (rows(actuals), remarks(actuals)) == (["brief omid 2026-01-06 2"], [])


BILL = ColumnMap.model_validate({**COLUMNS.model_dump(), "billable": "Bill"})
BILL_HEAD = "Who,Day,Client,Project,Task,Hours,Bill\n"


def test_hours_called_not_billable_count_and_are_told_where_they_burn(tmp_path: Path) -> None:
    sheet = "omid,2026-01-06,,,brief,2,No\nomid,2026-01-06,,,brief,1,yes\nomid,2026-01-06,,,learn,2,no\n"
    actuals = counted(tmp_path, sheet, columns=BILL, head=BILL_HEAD)
    assert rows(actuals) == ["brief omid 2026-01-06 3", "learn omid 2026-01-06 2"]
    assert remarks(actuals) == [
        "counted, and burns though it is not billable, for brief is: give work that is not a task of its own, with "
        "billable: false"
    ]
    assert (actuals.remarks[0].lines, float(actuals.remarks[0].hours)) == ((2,), 2.0)
    assert actuals.scenario.expanded.budgets["client", "nova"][0].burned == 3 * 90


def test_work_nobody_asked_of_them_burns_and_is_told(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,plan,2\n")
    assert rows(actuals) == ["plan omid 2026-01-06 2"]
    assert remarks(actuals) == ["counted, but delivers nothing of plan: no productivity for strategic work"]
    world = changed("tasks", "plan", estimates={"omid": {"hours": 4}})
    assert remarks(counted(tmp_path, "omid,2026-01-06,,,plan,2\n", world)) == []


def test_two_people_of_one_name_are_told_apart_by_the_map(tmp_path: Path) -> None:
    world = changed("staff", "omid", name="Sara Khan")
    (told,) = remarks(counted(tmp_path, "Sara Khan,2026-01-06,,,brief,2\n", world))
    assert told.startswith("not counted: more than one person is called so: sara, omid; tell who it is")
    columns = COLUMNS.model_copy(update={"names": Names(staff={"sara khan": "omid"})})
    found = counted(tmp_path, "Sara Khan,2026-01-06,,,brief,2\n", world, columns)
    assert rows(found) == ["brief omid 2026-01-06 2"]


def test_tasks_of_one_name_are_told_apart_by_client_and_project(tmp_path: Path) -> None:
    world = changed("tasks", "learn", name="Brief")
    assert remarks(counted(tmp_path, "omid,2026-01-06,,,Brief,2\n", world)) == []  # an id goes before a name
    world = changed("tasks", "learn", name="Account plan")
    (told,) = remarks(counted(tmp_path, "omid,2026-01-06,,,account  PLAN,2\n", world))
    assert told.startswith("not counted: more than one task is called so: plan, learn; ")
    found = counted(tmp_path, "omid,2026-01-06,Brio Books,,account  PLAN,2\n", world)
    assert rows(found) == ["learn omid 2026-01-06 2"]


def test_persian_names_are_the_same_with_arabic_letters(tmp_path: Path) -> None:
    world = changed("staff", "omid", name="علی‌رضا کیانی")
    assert rows(counted(tmp_path, "عليرضا كياني,2026-01-06,,,brief,۲\n", world)) == ["brief omid 2026-01-06 2"]


def test_a_name_for_an_unknown_id_is_wrong(tmp_path: Path) -> None:
    columns = COLUMNS.model_copy(update={"names": Names(staff={"x": "nobody"})})
    with pytest.raises(InputError, match=r"names\.staff: x stands for nobody, which the scenario does not have"):
        counted(tmp_path, "", columns=columns)


def test_totals_and_rows_without_hours_are_listed(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,2\nTotal,,,,,2\nomid,2026-01-07,,,brief,\n")
    assert rows(actuals) == ["brief omid 2026-01-06 2"]
    assert remarks(actuals) == [
        "not counted: a total, or a row without person and day",
        "not counted: no hours are given",
    ]


# ---------------------------------------------------------------------- corrections


def test_a_correction_is_taken_off_its_day(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,4\nomid,2026-01-06,,,brief,-1:30\n")
    assert (rows(actuals), remarks(actuals)) == (["brief omid 2026-01-06 2.5"], [])


def test_a_correction_of_more_than_its_day_has_is_taken_off_the_nearest_days(tmp_path: Path) -> None:
    sheet = "".join(
        f"omid,2026-01-{day},,,brief,{hours}\n"
        for day, hours in (("06", 4), ("07", 2), ("08", "(3)"), ("09", 4), ("10", -2))
    )
    actuals = counted(tmp_path, sheet)
    assert rows(actuals) == ["brief omid 2026-01-06 3", "brief omid 2026-01-09 2"]
    assert remarks(actuals) == [
        "a correction of more than its day has: taken off 2026-01-07, 2026-01-06",
        "a correction of more than its day has: taken off 2026-01-09",
    ]


def test_a_correction_may_come_before_what_it_corrects(tmp_path: Path) -> None:
    sheet = "omid,2026-01-05,,,learn,1\nomid,2026-01-06,,,brief,-1\nomid,2026-01-07,,,brief,3\n"
    assert rows(counted(tmp_path, sheet)) == ["learn omid 2026-01-05 1", "brief omid 2026-01-07 2"]


def test_no_more_is_taken_off_than_there_is(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,1\nsara,2026-01-06,,,brief,5\nomid,2026-01-07,,,brief,-3\n")
    assert rows(actuals) == ["brief sara 2026-01-06 5"]
    told = actuals.remarks[-1]
    assert told.reason == (
        "2 hours of a correction are not taken off: omid has no more on brief in this timesheet: count the whole time "
        "again, or mend a row of worked"
    )
    assert (told.lines, float(told.hours)) == ((4,), -2.0)


def test_a_correction_of_a_day_before_the_timesheet_makes_no_day_its_own(tmp_path: Path) -> None:
    world = worked("brief omid 2026-01-06 4", "brief omid 2026-01-07 1")
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,-2\nomid,2026-02-03,,,brief,1\n", world)
    assert rows(actuals) == ["brief omid 2026-01-06 4", "brief omid 2026-01-07 1", "brief omid 2026-02-03 1"]
    assert remarks(actuals) == [
        "not taken off: a correction of a day before those of this timesheet: count the whole time from that day on "
        "again, or mend its row of worked"
    ]


# ---------------------------------------------------------------------- what it covers

JANUARY = "omid,2026-01-06,,,brief,2\nomid,2026-01-13,,,brief,3\nsara,2026-01-27,,,plan,4\n"
FEBRUARY = "omid,2026-02-03,,,brief,1\nsara,2026-02-05,,,plan,1\n"
IN_JANUARY = ["brief omid 2026-01-06 2", "brief omid 2026-01-13 3", "plan sara 2026-01-27 4"]
IN_FEBRUARY = ["brief omid 2026-02-03 1", "plan sara 2026-02-05 1"]
SECOND = dt.date(2026, 2, 2)


def again(tmp_path: Path, *sheets: tuple[str, dt.date]) -> list[str]:
    """Count timesheets one after the other, and return the rows."""
    world = WORLD
    for sheet, as_of in sheets:
        actuals = counted(tmp_path, sheet, world, as_of=as_of)
        world = actuals.scenario.model_dump(by_alias=True, exclude_unset=True)
    return rows(actuals)


def test_the_same_timesheet_twice_is_the_same_as_once(tmp_path: Path) -> None:
    once = counted(tmp_path, JANUARY, as_of=SECOND).scenario
    twice = counted(tmp_path, JANUARY, once.model_dump(by_alias=True, exclude_unset=True), as_of=SECOND).scenario
    assert once == twice
    assert once.worked == twice.worked


def test_a_month_comes_to_the_one_before_it(tmp_path: Path) -> None:
    assert again(tmp_path, (JANUARY, SECOND), (FEBRUARY, AS_OF)) == IN_JANUARY + IN_FEBRUARY


def test_both_months_again_count_once(tmp_path: Path) -> None:
    both = ((JANUARY, SECOND), (JANUARY + FEBRUARY, AS_OF), (JANUARY + FEBRUARY, AS_OF))
    assert again(tmp_path, *both) == IN_JANUARY + IN_FEBRUARY


def test_an_earlier_month_again_leaves_the_later_one_and_as_of(tmp_path: Path) -> None:
    less = JANUARY.replace("brief,3", "brief,2.5")
    assert again(tmp_path, (JANUARY, SECOND), (FEBRUARY, AS_OF), (less, SECOND)) == [
        "brief omid 2026-01-06 2",
        "brief omid 2026-01-13 2.5",
        "plan sara 2026-01-27 4",
        *IN_FEBRUARY,
    ]
    actuals = counted(tmp_path, less, worked(*IN_JANUARY, *IN_FEBRUARY) | {"as_of": "2026-02-09"}, as_of=SECOND)
    assert actuals.scenario.as_of == AS_OF
    assert remarks(actuals) == ["as_of stays 2026-02-09, which is after 2026-02-02: it does not move back"]


@pytest.mark.parametrize("gone", [1, 2])
def test_entries_that_are_gone_from_a_timesheet_are_gone(tmp_path: Path, gone: int) -> None:
    lines = JANUARY.splitlines(keepends=True)
    lines.pop(gone)
    assert again(tmp_path, (JANUARY, SECOND), ("".join(lines), SECOND)) == [
        row for number, row in enumerate(IN_JANUARY) if number != gone
    ]


def test_the_day_told_begins_what_is_covered(tmp_path: Path) -> None:
    world = worked(*IN_JANUARY)
    sheet = "".join(JANUARY.splitlines(keepends=True)[1:])
    assert rows(counted(tmp_path, sheet, world, as_of=SECOND)) == IN_JANUARY  # it begins on its first day
    assert rows(counted(tmp_path, sheet, world, as_of=SECOND, since=dt.date(2026, 1, 1))) == IN_JANUARY[1:]
    assert rows(counted(tmp_path, "", world, as_of=SECOND, since=dt.date(2026, 1, 10))) == IN_JANUARY[:1]
    assert rows(counted(tmp_path, "", world, as_of=SECOND)) == IN_JANUARY


def test_a_day_whose_work_is_not_counted_is_covered_all_the_same(tmp_path: Path) -> None:
    sheet = "omid,2026-01-06,,,Lunch,1\nomid,2026-01-13,,,brief,3\n"
    assert rows(counted(tmp_path, sheet, worked("brief omid 2026-01-06 2"))) == ["brief omid 2026-01-13 3"]


def test_people_of_whom_the_timesheet_has_nothing_are_told(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,2\n", worked(*IN_JANUARY[:1], "plan sara 2026-01-07 4"))
    (remark,) = actuals.remarks
    assert (remark.staff, float(remark.hours)) == ("sara", 4.0)
    assert remark.reason == (
        "dropped: stood in worked from 2026-01-07 to 2026-01-07, and the timesheet has nothing of sara in these weeks: "
        "put all timesheets of the same days into one"
    )


def test_an_earlier_month_with_a_later_day_may_be_meant_in_two_ways(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        counted(tmp_path, JANUARY, worked(*IN_JANUARY, *IN_FEBRUARY))
    assert str(refused.value) == (
        "the timesheet ends on 2026-01-27, and 2 hours stand in worked from 2026-02-03 to 2026-02-05, of which it has "
        "nothing: say --as-of 2026-01-28 if they stay, or --since 2026-01-06 if they are to go"
    )
    found = counted(tmp_path, JANUARY, worked(*IN_JANUARY, *IN_FEBRUARY), since=dt.date(2026, 1, 6))
    assert rows(found) == IN_JANUARY


def test_a_stray_day_long_before_the_others_makes_nothing_go(tmp_path: Path) -> None:
    world = worked(*IN_JANUARY)
    with pytest.raises(InputError) as refused:
        counted(tmp_path, "omid,2026-01-06,,,brief,0.5\n" + FEBRUARY, world)
    assert str(refused.value) == (
        "the timesheet has only 0.5 hours before 2026-02-03, and 7 hours stand in worked from 2026-01-13 to "
        "2026-01-27, of which it has nothing: say --since 2026-02-03 if they stay, or --since 2026-01-06 if they are "
        "to go"
    )


def test_rows_of_a_week_go_with_its_days(tmp_path: Path) -> None:
    world = worked("brief omid 1 10", "brief omid 2 10")
    actuals = counted(tmp_path, "omid,2026-01-14,,,brief,2\n", world, as_of=dt.date(2026, 1, 19))
    assert rows(actuals) == ["brief omid 1 10", "brief omid 2026-01-14 2"]
    assert remarks(actuals) == [
        "dropped: rows of the whole week 2 stood in worked, and only a part of it is counted now"
    ]
    assert actuals.remarks[0].hours == 10


def test_a_row_that_is_mended_keeps_its_place_and_one_of_an_occurrence_goes(tmp_path: Path) -> None:
    world = worked("brief omid 2026-01-07 2", "talk@1 omid 2026-01-06 1", "brief omid 2026-01-06 2")
    actuals = counted(
        tmp_path, "omid,2026-01-06,,,talk,1\nomid,2026-01-06,,,brief,3\nomid,2026-01-07,,,brief,2\n", world
    )
    assert rows(actuals) == ["brief omid 2026-01-07 2", "brief omid 2026-01-06 3", "talk omid 2026-01-06 1"]


def test_what_was_done_and_spent_before_is_told_with_the_first_rows(tmp_path: Path) -> None:
    world = changed("tasks", "brief", done=1) | {
        "clients": [{"id": "nova", "budget": {"amount": 9, "spent": 5}}, {"id": "brio"}]
    }
    (told,) = remarks(counted(tmp_path, "omid,2026-01-06,,,brief,2\n", world))
    assert told == "done of brief, spent of nova: counts beside these rows, so it must be of days before 2026-01-06"
    world["worked"] = [{"task": "brief", "staff": "omid", "date": "2026-01-06", "hours": 2}]
    assert remarks(counted(tmp_path, "omid,2026-01-06,,,brief,2\n", world)) == []


ROLLED = "omid,2026-01-02,,,brief,2\nomid,2026-01-06,,,brief,1\n"
NOT_COUNTED = (
    "not counted: before the first week, which begins on 2026-01-05: what it burned may stand in spent; "
    "--since counts it all the same"
)


def test_days_before_the_first_week_count_where_nothing_is_carried_of_them(tmp_path: Path) -> None:
    assert rows(counted(tmp_path, ROLLED)) == ["brief omid 2026-01-02 2", "brief omid 2026-01-06 1"]


@pytest.mark.parametrize(
    "world",
    [changed("clients", "nova", budget={"amount": 5000, "spent": 180}), worked("plan sara 2025-12-30 3")],
    ids=["spent", "rows"],
)
def test_days_before_the_first_week_do_not_count_again_once_it_was_rolled_on(
    world: dict[str, Any], tmp_path: Path
) -> None:
    """What was finished in them left its burn in spent, and what was not finished its rows."""
    actuals = counted(tmp_path, ROLLED, world)
    assert [row for row in rows(actuals) if row.startswith("brief")] == ["brief omid 2026-01-06 1"]
    assert NOT_COUNTED in [one.reason for one in actuals.remarks]
    assert len(actuals.scenario.worked) == len(world.get("worked", ())) + 1
    again = counted(tmp_path, ROLLED, world, since=dt.date(2026, 1, 1))
    assert "brief omid 2026-01-02 2" in rows(again)
