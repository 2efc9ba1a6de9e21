"""What becomes of work that is finished, begun, late or given up, and of what it burned."""

from __future__ import annotations

import datetime as dt
import doctest
from fractions import Fraction
from typing import Any

import pytest

from staffing.errors import InputError, InternalError
from staffing.rolling import begun
from staffing.rolling import roll as module
from staffing.rolling.leaving import Leaving
from staffing.rolling.roll import roll_on
from staffing.rolling.same import differences
from staffing.scenario.scenario import Scenario

from .worlds import ROLLED, efforts, repeat, rolled, rows_of, task, tasks_of, told, worked, world


def spent(scenario: Scenario, client: str = "nova") -> float:
    budget = next(entry.budget for entry in scenario.clients if entry.id == client)
    assert budget is not None
    return float(budget.spent)


def left(scenario: Scenario, client: str = "nova") -> dict[str, float]:
    """Return the money left in each period of a client's budget."""
    return {period.name: float(period.left) for period in scenario.expanded.budgets["client", client]}


def test_the_examples_in_docstrings_hold() -> None:
    assert doctest.testmod(begun).failed == 0


# tasks


def test_a_finished_task_leaves_and_what_it_burned_is_spent() -> None:
    """10 hours of Omid, 90 an hour: 900 of the 10,000 are gone, before and after."""
    found = rolled(task(), task("site"), rows=[worked("plan", "2026-01-06", 10)])
    assert (found.left, list(tasks_of(found)), rows_of(found)) == (("plan",), ["site"], [])
    assert spent(found.scenario) == 900
    assert left(found.scenario) == {"horizon": 9100}


def test_what_was_spent_before_stays_spent() -> None:
    clients = [{"id": "nova", "budget": {"amount": 10000, "spent": 250.5}}]
    found = rolled(task(), rows=[worked("plan", "2026-01-06", 10)], clients=clients)
    assert spent(found.scenario) == 1150.5


def test_an_unfinished_task_comes_along_with_its_hours() -> None:
    """4 of 10 hours were worked: 6 are open, and 360 burned, in the period of their date."""
    found = rolled(task(), rows=[worked("plan", "2026-01-06", 4)])
    assert efforts(found) == {"plan": 6}
    assert rows_of(found) == [("plan", "2026-01-06", 4)]
    assert (spent(found.scenario), left(found.scenario)) == (0, {"horizon": 9640})


@pytest.mark.parametrize("more", [{"done": 10}, {"left": 0}, {"cancelled": True}])
def test_what_is_done_by_what_it_says_leaves(more: dict[str, Any]) -> None:
    found = rolled(task(**more), task("site"), rows=[worked("plan", "2026-01-06", 4)])
    assert (found.left, spent(found.scenario)) == (("plan",), 360)


def test_periods_that_are_over_leave() -> None:
    """January is over: of it nothing is carried, and nothing of its `spent`. February has its own 1,000."""
    clients = [{"id": "nova", "budget": {"amount": 1000, "per": "month", "spent": 300}}]
    found = rolled(task(), rows=[worked("plan", "2026-01-06", 10)], clients=clients)
    assert spent(found.scenario) == 0
    assert left(found.scenario) == {"2026-02": 1000, "2026-03": 1000}


def test_a_period_that_is_partly_over_goes_on() -> None:
    """Rolled on to 26 January: the 900 of January are spent of January, whose last week is the new week 1."""
    clients = [{"id": "nova", "budget": {"amount": 1000, "per": "month", "spent": 20}}]
    before = world(task(), rows=[worked("plan", "2026-01-06", 10)], clients=clients)
    after = roll_on(before, "2026-01-26").scenario
    assert spent(after) == 920
    assert left(after) == {"2026-01": 80, "2026-02": 1000, "2026-03": 1000}


def test_hours_burn_the_period_of_their_day_not_of_their_week() -> None:
    """The week of 26 January has a first day of February, a Sunday: what was worked then is February's."""
    clients = [{"id": "nova", "budget": {"amount": 1000, "per": "month"}}]
    found = rolled(task(), rows=[worked("plan", "2026-02-01", 10)], clients=clients)
    assert left(found.scenario) == {"2026-02": 100, "2026-03": 1000}


def test_projects_have_budgets_of_their_own() -> None:
    projects = [{"id": "site", "client": "nova", "budget": {"amount": 2000, "per": "quarter"}}]
    found = rolled(task(project="site"), rows=[worked("plan", "2026-01-06", 10)], projects=projects)
    (site,) = found.scenario.projects
    assert site.budget is not None
    assert (float(site.budget.spent), spent(found.scenario)) == (900, 900)


def test_weekly_budgets_carry_nothing() -> None:
    clients = [{"id": "nova", "budget": {"amount": 500, "per": "week"}}]
    found = rolled(task(), task("site"), rows=[worked("plan", "2026-01-06", 10)], clients=clients)
    assert spent(found.scenario) == 0


def test_hours_of_the_new_weeks_stay_with_their_task_finished_or_not() -> None:
    """As of 4 February: the 3 hours of 2 February are hours of the new week 1."""
    rows = [worked("plan", "2026-01-06", 7), worked("plan", "2026-02-02", 3)]
    found = rolled(task(), rows=rows, as_of="2026-02-04")
    assert (found.left, spent(found.scenario)) == ((), 0)
    assert found.scenario.expanded.history == {("plan", "omid", 1): 3}


def test_hours_that_burn_fractions_of_a_cent_stay_until_their_period_is_over() -> None:
    """1.3333 hours at 90 are 119.997: no `spent` has that. Together with 0.6667 hours they are 180, and leave."""
    third, rest = worked("plan", "2026-01-06", 1.3333), worked("site", "2026-01-06", 0.6667)
    alone = rolled(task(hours=1), task("site", hours=1), rows=[third])
    assert (alone.left, rows_of(alone), spent(alone.scenario)) == ((), [("plan", "2026-01-06", 1.3333)], 0)
    both = rolled(task(hours=1), task("site", hours=0.6667), rows=[third, rest])
    assert (both.left, rows_of(both), spent(both.scenario)) == (("plan", "site"), [], 180)
    clients = [{"id": "nova", "budget": {"amount": 1000, "per": "month"}}]
    over = rolled(task(hours=1), task("site", hours=1), rows=[third], clients=clients)
    assert over.left == ("plan",)


def test_what_comes_after_finished_work_waits_for_it_no_more() -> None:
    found = rolled(task(), task("site", after=["plan"]), rows=[worked("plan", "2026-01-06", 10)])
    assert (found.left, tasks_of(found)["site"].after) == (("plan",), ())


def test_finished_work_stays_while_its_lag_holds_others_back() -> None:
    """The plan was finished in week 4; three weeks later, in week 7, the site may begin: the new week 3."""
    after = [{"task": "plan", "lag": 3}]
    found = rolled(task(), task("site", after=after), rows=[worked("plan", "2026-01-27", 10)])
    assert (found.left, found.scenario.expanded.jobs["site"].earliest) == ((), 3)
    assert rolled(task(), task("site", after=["plan"]), rows=[worked("plan", "2026-01-27", 10)]).left == ("plan",)


def test_a_task_whose_deadline_is_over_waits_and_is_told() -> None:
    found = rolled(task(deadline=3), rows=[worked("plan", "2026-01-06", 4)])
    assert efforts(found) == {"plan": 6}
    assert told(found) == ["plan: 6 hours of effort: waits: the week of its deadline, 2026-01-19, is over"]


def test_a_fixed_price_that_burned_is_spent_once() -> None:
    """By cost: Kim asks 500 for it, and Omid's hour costs 30."""
    staff = [
        {"id": "omid", "role": "project_manager", "bill_rate": 90, "cost_rate": 30},
        {"id": "kim", "role": "project_manager", "bill_rate": 90, "cost_rate": 50},
    ]
    rows = [worked("plan", f"2026-01-0{day}", 2, "kim") for day in (6, 7)] + [worked("plan", "2026-01-08", 5)]
    plan = task(estimates={"kim": {"hours": 8, "price": 500}})
    found = rolled(plan, task("site"), rows=rows, staff=staff, budget_basis="cost")
    assert (found.left, spent(found.scenario)) == (("plan",), 650)


def test_a_placeholder_who_worked_stays_hired() -> None:
    """The last hours of theirs stay, and burn; those of Omid leave."""
    staff = [
        {"id": "omid", "role": "project_manager", "bill_rate": 90},
        {"id": "new", "role": "project_manager", "bill_rate": 50, "placeholder": True, "hire_cost": 1000},
    ]
    rows = [worked("call", "2026-01-06", 2, "new"), worked("call", "2026-01-13", 2, "new")]
    found = rolled(repeat(), rows=[*rows, worked("call", "2026-01-20", 2)], staff=staff)
    assert found.scenario.expanded.hired == {"new"}
    assert rows_of(found) == [("call", "2026-01-13", 2)]
    assert (spent(found.scenario), left(found.scenario)) == (280, {"horizon": 9620})


def test_a_placeholder_whose_price_burned_is_told_instead() -> None:
    """A single row of an occurrence would burn the price of all of it again, so none stays."""
    staff = [{"id": "new", "role": "project_manager", "bill_rate": 50, "placeholder": True}]
    call = repeat() | {"estimates": {"new": {"hours": 2, "price": 100}}}
    found = rolled(call, rows=[worked("call", "2026-01-06", 2, "new")], staff=staff, budget_basis="cost")
    assert (rows_of(found), spent(found.scenario)) == ([], 100)
    assert any(remark.startswith("new is a placeholder, was hired and has worked") for remark in told(found))


# occurrences


def test_occurrences_that_are_over_leave_and_those_not_worked_are_told() -> None:
    """Of 4 calls of 2 hours one was whole, one half, two not at all: 5 hours are not carried."""
    rows = [worked("call", "2026-01-06", 2), worked("call", "2026-01-20", 1)]
    found = rolled(repeat(), rows=rows)
    assert list(efforts(found)) == [f"call@{week}" for week in range(1, 9)]
    assert set(efforts(found).values()) == {2.0}
    assert (rows_of(found), spent(found.scenario)) == ([], 270)
    assert told(found) == [
        "call: 5 hours of effort: not carried: the weeks of 3 occurrences, 2026-01-12 to 2026-01-26 are over"
    ]


def test_one_occurrence_that_is_over_is_named_by_its_date() -> None:
    found = rolled(repeat(**{"from": 4}))
    assert told(found)[1] == "call: 2 hours of effort: not carried: the weeks of the occurrence of 2026-01-26 are over"


def test_hours_ahead_of_an_occurrence_stay_its_hours() -> None:
    """An hour of 20 January prepares the first call, of 16 February: its date alone would not tell any more."""
    found = rolled(repeat(**{"from": 7}), rows=[worked("call", "2026-01-20", 1)])
    assert rows_of(found) == [("call@3", "2026-01-20", 1)]
    assert efforts(found)["call@3"] == 1


def test_a_horizon_that_ends_before_an_occurrence_with_hours_is_refused() -> None:
    before = world(repeat(**{"from": 7}), rows=[worked("call", "2026-01-20", 1)])
    with pytest.raises(InputError) as refused:
        roll_on(before, ROLLED, weeks=2)
    assert str(refused.value) == (
        "2 weeks are too few: hours were worked on call for its occurrence of 2026-02-16, which would be behind the "
        "horizon: at least 3 weeks are needed"
    )


def test_the_rest_of_an_occurrence_that_has_begun_is_a_task_of_its_own() -> None:
    """Every second week with two weeks of time: that of 26 January, week 4, has until 8 February, the new week 1."""
    call = repeat(every=2, window=2, **{"from": 2})
    found = rolled(call, rows=[worked("call", "2026-01-27", 0.5)])
    rest = tasks_of(found)["call-2026-01-26"]
    assert (rest.name, rest.deadline, rest.repeat) == ("call 2026-01-26", 1, None)
    assert efforts(found) == {"call@2": 2, "call@4": 2, "call@6": 2, "call@8": 2, "call-2026-01-26": 1.5}
    assert rows_of(found) == [("call-2026-01-26", "2026-01-27", 0.5)]
    assert told(found)[-1] == (
        "call: 1.5 hours of effort: goes on as the task call-2026-01-26: the rest of the occurrence of 2026-01-26"
    )
    assert rolled(call, rows=[worked("call", "2026-01-27", 2)]).scenario.tasks == found.scenario.tasks[:1]


def test_the_rest_takes_no_dates_from_its_project_and_may_not_be_shared_either() -> None:
    """The project is due in week 2, and a repeat does not take that: nor may its rest, so it is due when it ends."""
    projects = [{"id": "site", "client": "nova", "earliest": 8, "due": 2, "deadline": 3}]
    call = repeat(every=2, window=2, **{"from": 2}) | {"project": "site", "max_owners": 2}
    rest = tasks_of(rolled(call, projects=projects))["call-2026-01-26"]
    assert (rest.earliest, rest.due, rest.deadline, rest.max_owners) == (1, 1, 1, None)


def test_the_rest_has_a_name_that_nothing_else_has() -> None:
    found = rolled(repeat(every=2, window=2, **{"from": 2}), task("call-2026-01-26"))
    assert "call-2026-01-26-rest" in tasks_of(found)


def test_late_hours_of_a_finished_occurrence_keep_it() -> None:
    """As of 4 February: an hour of 2 February, said to be of the call of 26 January, is one of the new week 1."""
    found = rolled(repeat(), rows=[worked("call@4", "2026-02-02", 2)], as_of="2026-02-04")
    assert rows_of(found) == [("call-2026-01-26", "2026-02-02", 2)]
    assert found.scenario.expanded.jobs["call-2026-01-26"].done
    assert efforts(found)["call@1"] == 2


@pytest.mark.parametrize(("hours", "open_"), [(0, 2), (0.5, 1.5), (2, 0), (3, 0)])
def test_what_is_left_of_a_month_is_the_rest_of_its_occurrence(hours: float, open_: float) -> None:
    """Rolled on to 26 January, the last week that begins in January: neither twice, nor lost, nor again."""
    rows = [worked("call", "2026-01-06", hours)] if hours else []
    before = world(repeat(every="month"), rows=rows)
    found = roll_on(before, "2026-01-26")
    assert {job: effort for job, effort in efforts(found).items() if job == "call@1"} == (
        {"call@1": open_} if open_ else {}
    )
    assert efforts(found)["call@2"] == 2  # February begins with the week of 2 February
    assert list(tasks_of(found)) == ["call"]
    assert rows_of(found) == [("call@1", "2026-01-06", hours)] * len(rows)
    again = roll_on(found.scenario, "2026-02-02").scenario
    assert again.worked == ()
    assert spent(again) == 90 * hours


def test_a_month_cut_by_the_end_of_the_horizon_goes_on_in_the_next() -> None:
    """Six weeks from 5 January end on 15 February: what was worked of February's call is worked."""
    before = world(repeat(every="month"), weeks=6, as_of="2026-02-16", rows=[worked("call", "2026-02-03", 0.5)])
    found = roll_on(before, "2026-02-16")
    assert efforts(found) == {"call@1": 1.5, "call@3": 2}


def test_a_monthly_occurrence_whose_weeks_are_over_does_not_come_again_in_its_month() -> None:
    """With a week for it, January's was in the week of 5 January: it is told, and February's is the next."""
    before = world(repeat(every="month", window=1), rows=[worked("call", "2026-01-06", 1)])
    found = roll_on(before, "2026-01-19")
    assert efforts(found) == {"call@3": 2, "call@7": 2}
    assert told(found) == ["call: 1 hour of effort: not carried: the weeks of the occurrence of 2026-01-05 are over"]
    assert spent(found.scenario) == 90


def test_the_weeks_of_what_is_left_of_a_month_are_counted_from_the_new_first_week() -> None:
    """Two weeks from 5 January: one of them is left, and as the format has it, two are counted from the 12th."""
    found = roll_on(world(repeat(every="month", window=2), as_of="2026-01-12"), "2026-01-12")
    job = found.scenario.expanded.jobs["call@1"]
    assert (job.earliest, job.deadline) == (1, 2)


def test_a_month_that_no_occurrence_may_begin_in_any_more_leaves_the_rest_as_a_task() -> None:
    """No occurrence begins after week 2; that of January has its weeks all the same, to the one of 26 January."""
    found = roll_on(world(repeat(every="month", until=2), as_of="2026-01-26"), "2026-01-26")
    assert (found.left, efforts(found)) == (("call",), {"call-2026-01-05": 2})


def test_months_are_those_of_the_calendar() -> None:
    """Bahman 1404 is 21 January to 19 February: the week of 2 February is a later one of it, not its first."""
    calendar = {"system": "jalali"}
    found = rolled(repeat(every="month"), rows=[worked("call", "2026-01-27", 0.5)], calendar=calendar)
    assert efforts(found)["call@1"] == 1.5


def test_a_repeat_that_is_given_up_leaves() -> None:
    cancelled = repeat(every="month") | {"cancelled": True}
    before = world(cancelled, task("site"), rows=[worked("call", "2026-01-06", 1)])
    found = roll_on(before, "2026-01-26")
    assert (found.left, spent(found.scenario)) == (("call",), 90)


# the audit


def broken(scenario: Scenario, **changes: Any) -> list[str]:
    """Roll on, break the result, and return what the audit finds."""
    after = roll_on(scenario, ROLLED).scenario
    return differences(scenario, after.replace(**changes))


def test_the_audit_finds_what_is_lost_new_or_different() -> None:
    before = world(
        task(), task("site"), repeat(), rows=[worked("plan", "2026-01-06", 4), worked("site", "2026-01-06", 10)]
    )
    after = roll_on(before, ROLLED).scenario
    plan, call = after.tasks
    assert differences(before, after) == []
    assert broken(before, worked=()) == [
        "plan is another task as plan: effort, worked",
        "the budget of client nova has other money left in horizon: 8740 before, 9100 after",
    ]
    assert broken(before, tasks=(call,), worked=()) == [
        "6 hours of effort of plan are lost",
        "the budget of client nova has other money left in horizon: 8740 before, 9100 after",
    ]
    assert broken(before, tasks=(plan, call, call.model_copy(update={"id": "b", "repeat": None}))) == [
        "2 hours of effort of b are new"
    ]
    assert broken(before, clients=[{"id": "nova"}]) == ["there are other budgets"]
    assert broken(before, clients=[{"id": "nova", "budget": {"amount": 9000, "spent": 900}}]) == [
        "the budget of client nova has other money left in horizon: 8740 before, 7740 after"
    ]


def test_the_audit_finds_hours_of_the_new_weeks() -> None:
    before = world(task(), rows=[worked("plan", "2026-02-02", 4)], as_of="2026-02-04")
    after = roll_on(before, ROLLED).scenario
    moved = [row.model_copy(update={"date": dt.date(2026, 2, 3)}) for row in after.worked]
    assert differences(before, after.replace(worked=moved)) == ["other hours were worked from 2026-02-02 on"]


def test_nothing_is_returned_that_is_not_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    def forgetful(*_: Any, **__: Any) -> Any:
        return Leaving(frozenset({"plan"}), frozenset({0}), {("client", "nova"): Fraction(1)})

    monkeypatch.setattr(module, "leaving", forgetful)
    with pytest.raises(InternalError, match=r"a bug of ours: .* 6 hours of effort of plan are lost; the budget"):
        rolled(task(), rows=[worked("plan", "2026-01-06", 4)])
