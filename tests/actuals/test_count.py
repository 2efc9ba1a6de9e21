"""Hours become what is done and spent."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from staffing.actuals.column_map import ColumnMap, Names
from staffing.errors import InputError

from .worlds import COLUMNS, WORLD, counted, done, remarks, spent


def changed(kind: str, id_: str, **fields: Any) -> dict[str, Any]:
    """The world with an entry changed."""
    return {**WORLD, kind: [one | fields if one["id"] == id_ else one for one in WORLD[kind]]}


def test_hours_become_done_and_spent(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "Sara Khan,2026-01-06,Nova Water,,Account plan,2.5\nsara,2026-01-07,nova,,plan,1:30\n")
    assert done(actuals, "plan") == 5  # 1 already, and 4 hours at productivity 1
    assert spent(actuals, "nova") == 400
    assert remarks(actuals) == []
    assert (actuals.scenario.name, actuals.scenario.start) == ("Nova", dt.date(2026, 1, 5))


def test_effort_is_hours_times_productivity(tmp_path: Path) -> None:
    assert done(counted(tmp_path, "sara,2026-01-06,,,brief,3\n"), "brief") == 2.4  # an account manager, at 0.8


def test_a_project_burns_with_its_client(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,2\n")
    assert (spent(actuals, "nova"), spent(actuals, "site")) == (180, 180)


def test_a_budget_may_burn_at_cost(tmp_path: Path) -> None:
    assert spent(counted(tmp_path, "omid,2026-01-06,,,brief,2\n", {**WORLD, "budget_basis": "cost"}), "nova") == 60


def test_only_days_before_the_day_count_and_the_rest_is_listed(tmp_path: Path) -> None:
    rows = "omid,2026-02-08,,,brief,1\nomid,2026-02-09,,,brief,2\nomid,2026-01-01,,,brief,4\n"
    actuals = counted(tmp_path, rows, since=dt.date(2026, 1, 5))
    assert done(actuals, "brief") == 1
    (remark,) = [one for one in actuals.remarks if "outside" in one.reason]
    assert (remark.lines, float(remark.hours)) == ((3, 4), 6.0)


def test_spent_belongs_to_the_period_of_week_one(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-02-02,,,brief,2\n")
    assert (spent(actuals, "nova"), spent(actuals, "site")) == (180, 0)
    assert remarks(actuals) == [
        "not in the budget of project site: it burned in 2026-02, and spent tells only of 2026-01"
    ]


def test_work_that_is_not_billable_burns_nothing(tmp_path: Path) -> None:
    head = "Who,Day,Client,Project,Task,Hours,Bill\n"
    columns = ColumnMap.model_validate({**COLUMNS.model_dump(), "billable": "Bill"})
    rows = "omid,2026-01-06,,,brief,2,No\nomid,2026-01-06,,,learn,2,yes\nomid,2026-01-06,nova,,x,2,no\n"
    actuals = counted(tmp_path, rows, columns=columns, head=head)
    assert (done(actuals, "brief"), done(actuals, "learn"), spent(actuals, "nova")) == (2, 2, 0)
    assert remarks(actuals) == ["not counted: no task is called so"]


def test_hours_without_a_task_count_into_budgets_alone(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,Web site,Meeting,2\nomid,2026-01-06,,,,1\n")
    assert (spent(actuals, "nova"), spent(actuals, "site")) == (180, 180)
    assert remarks(actuals) == ["counted into budgets alone: no task is called so", "not counted: no task is named"]


@pytest.mark.parametrize("task", ["talk", "talk@2"])
def test_repeating_tasks_have_no_done_of_their_own(tmp_path: Path, task: str) -> None:
    actuals = counted(tmp_path, f"omid,2026-01-13,,,{task},2\n")
    assert spent(actuals, "nova") == 180
    (remark,) = remarks(actuals)
    assert remark.startswith("counted into budgets alone: the task repeats")


def test_work_nobody_asked_of_them_is_spent_but_not_done(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,plan,2\n")
    assert (done(actuals, "plan"), spent(actuals, "nova")) == (1, 180)
    assert remarks(actuals) == ["counted into budgets alone: no productivity for strategic work"]


def test_an_estimate_is_worked_off_by_its_share(tmp_path: Path) -> None:
    world = changed("tasks", "brief", estimates={"omid": {"hours": 4}, "sara": {"hours": 10}})
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,1\n", world)
    (brief,) = [task for task in actuals.scenario.tasks if task.id == "brief"]
    assert brief.done == 2  # a quarter of 8
    assert {person: float(asked.hours) for person, asked in brief.estimates.items()} == {"omid": 3, "sara": 7.5}


def test_a_fixed_price_burns_once_and_is_not_asked_again(tmp_path: Path) -> None:
    world = changed("tasks", "brief", estimates={"omid": {"hours": 4, "price": 500}}) | {"budget_basis": "cost"}
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,1\nomid,2026-01-07,,,brief,1\n", world)
    (brief,) = [task for task in actuals.scenario.tasks if task.id == "brief"]
    assert (spent(actuals, "nova"), float(brief.estimates["omid"].price or 0)) == (500.0, 0.0)


def test_a_finished_task_keeps_its_estimates(tmp_path: Path) -> None:
    world = changed("tasks", "brief", estimates={"omid": {"hours": 4}})
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,5\n", world)
    (brief,) = [task for task in actuals.scenario.tasks if task.id == "brief"]
    assert (float(brief.done), float(brief.estimates["omid"].hours)) == (10.0, 4.0)
    assert actuals.scenario.expanded.jobs["brief"].done


def test_thirds_of_an_hour_add_up(tmp_path: Path) -> None:
    assert done(counted(tmp_path, "omid,2026-01-06,,,brief,0:20\n" * 3), "brief") == 1


def test_what_cannot_be_read_or_matched_is_listed_with_its_lines(tmp_path: Path) -> None:
    rows = "omid,someday,,,brief,2\nomid,2026-01-06,,,brief,many\nana,2026-01-06,,,brief,2\nana,2026-01-07,,,brief,1\n"
    actuals = counted(tmp_path, rows)
    assert remarks(actuals) == [
        'not counted: "someday" cannot be read as a day: 2026-01-13, 13.1.2026 and 13 Jan 2026 are allowed',
        'not counted: "many" cannot be read as hours: 1.5, 1:30, 1h 30m and 90 min are allowed',
        "not counted: no person is called so",
    ]
    assert (actuals.remarks[2].lines, float(actuals.remarks[2].hours)) == ((4, 5), 3.0)
    assert done(actuals, "brief") == 0


def test_two_people_of_one_name_are_told_apart_by_the_map(tmp_path: Path) -> None:
    world = changed("staff", "omid", name="Sara Khan")
    assert remarks(counted(tmp_path, "Sara Khan,2026-01-06,,,brief,2\n", world)) == [
        "not counted: more than one person is called so: sara, omid"
    ]
    columns = COLUMNS.model_copy(update={"names": Names(staff={"sara khan": "omid"})})
    assert done(counted(tmp_path, "Sara Khan,2026-01-06,,,brief,2\n", world, columns), "brief") == 2


def test_tasks_of_one_name_are_told_apart_by_client_and_project(tmp_path: Path) -> None:
    world = changed("tasks", "learn", name="Brief")
    assert remarks(counted(tmp_path, "omid,2026-01-06,,,Brief,2\n", world)) == []  # an id goes before a name
    world = changed("tasks", "learn", name="Account plan")
    assert remarks(counted(tmp_path, "omid,2026-01-06,,,account  PLAN,2\n", world)) == [
        "not counted: more than one task is called so: plan, learn"
    ]
    assert done(counted(tmp_path, "omid,2026-01-06,Brio Books,,account  PLAN,2\n", world), "learn") == 2


def test_persian_names_are_the_same_with_arabic_letters(tmp_path: Path) -> None:
    world = changed("staff", "omid", name="علی‌رضا کیانی")
    assert done(counted(tmp_path, "عليرضا كياني,2026-01-06,,,brief,۲\n", world), "brief") == 2


def test_a_name_for_an_unknown_id_is_wrong(tmp_path: Path) -> None:
    columns = COLUMNS.model_copy(update={"names": Names(staff={"x": "nobody"})})
    with pytest.raises(InputError, match=r"names\.staff: x stands for nobody, which the scenario does not have"):
        counted(tmp_path, "", columns=columns)


def test_counting_twice_adds(tmp_path: Path) -> None:
    first = counted(tmp_path, "omid,2026-01-06,,,brief,2\n").scenario
    again = first.model_dump(by_alias=True, exclude_unset=True)
    assert done(counted(tmp_path, "omid,2026-01-07,,,brief,2\n", again), "brief") == 4


LESS = "less than nothing in all on this day: taken off"


def test_a_correction_is_taken_off(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,4\nomid,2026-01-06,,,brief,-1:30\n")
    assert (done(actuals, "brief"), spent(actuals, "nova"), remarks(actuals)) == (2.5, 225, [])


def test_a_correction_of_another_day_is_taken_off_and_told(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,4\nomid,2026-01-07,,,brief,(1.5)\n")
    assert (done(actuals, "brief"), spent(actuals, "nova"), remarks(actuals)) == (2.5, 225, [LESS])
    assert actuals.remarks[0].lines == (3,)


def test_a_correction_of_what_was_counted_earlier_is_taken_off_it(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "sara,2026-01-06,,,plan,-0.5\n")
    assert (done(actuals, "plan"), remarks(actuals)[0]) == (0.5, LESS)  # 1 was done already


def test_no_more_is_taken_off_than_there_is(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,-2\n")
    assert (done(actuals, "brief"), spent(actuals, "nova"), spent(actuals, "site")) == (0, 0, 0)
    assert remarks(actuals) == [
        LESS,
        "corrections take off 2.00 more than there is: done of task brief is 0",
        "corrections take off 180.00 more than there is: spent of client nova is 0",
        "corrections take off 180.00 more than there is: spent of project site is 0",
    ]


def test_work_that_is_corrected_away_asks_no_fixed_price(tmp_path: Path) -> None:
    world = changed("tasks", "brief", estimates={"omid": {"hours": 4, "price": 500}}) | {"budget_basis": "cost"}
    for rows in ("omid,2026-01-06,,,brief,1\nomid,2026-01-06,,,brief,-1\n", "omid,2026-01-06,,,brief,-1\n"):
        actuals = counted(tmp_path, rows, world)
        (brief,) = [task for task in actuals.scenario.tasks if task.id == "brief"]
        assert (spent(actuals, "nova"), float(brief.estimates["omid"].price or 0)) == (0, 500)


def test_corrections_of_a_finished_task_leave_its_estimates(tmp_path: Path) -> None:
    world = changed("tasks", "brief", done=8, estimates={"omid": {"hours": 4}})
    actuals = counted(tmp_path, "sara,2026-01-06,,,brief,-5\n", world)
    (brief,) = [task for task in actuals.scenario.tasks if task.id == "brief"]
    assert (float(brief.done), float(brief.estimates["omid"].hours)) == (4, 4)  # 5 hours at 0.8


def test_totals_and_rows_without_hours_are_listed(tmp_path: Path) -> None:
    actuals = counted(tmp_path, "omid,2026-01-06,,,brief,2\nTotal,,,,,2\nomid,2026-01-07,,,brief,\n")
    assert done(actuals, "brief") == 2
    assert remarks(actuals) == [
        "not counted: a total, or a row without person and day",
        "not counted: no hours are given",
    ]


def test_a_blank_for_billable_is_told_where_it_matters(tmp_path: Path) -> None:
    head = "Who,Day,Client,Project,Task,Hours,Bill\n"
    columns = ColumnMap.model_validate({**COLUMNS.model_dump(), "billable": "Bill"})
    rows = "omid,2026-01-06,,,brief,2,no\nomid,2026-01-06,,,brief,1,\nomid,2026-01-06,,,learn,2,\n"
    actuals = counted(tmp_path, rows, columns=columns, head=head)
    assert (done(actuals, "brief"), spent(actuals, "nova")) == (3, 90)
    assert remarks(actuals) == ["counted as billable, which the timesheet leaves blank here"]
