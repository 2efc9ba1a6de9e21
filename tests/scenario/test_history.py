"""What rows of timesheets leave to do, burn and cost, each expectation reckoned by hand."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from plan.worlds import omid, sara, scenario, task

from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.scenario.expand import Expanded, Job


def row(task: str, hours: float, when: str | int = "2026-01-06", staff: str = "omid") -> dict[str, Any]:
    """Hours of Omid's, on the first Tuesday."""
    return {"task": task, "staff": staff, "hours": hours, "date" if isinstance(when, str) else "week": when}


def worked(*rows: dict[str, Any], as_of: str | None = "2026-01-12", **change: Any) -> Expanded:
    """Four weeks from 5 January 2026, of which the first is over."""
    return scenario(worked=list(rows), as_of=as_of, **change).expanded


def job(*rows: dict[str, Any], **change: Any) -> Job:
    """The task a, of ten hours, after what was worked."""
    return worked(*rows, tasks=[task("a", **change)]).jobs["a"]


# ------------------------------------------------------------------ effort


def test_hours_count_by_productivity() -> None:
    """Omid's 2 hours at 1 and Sara's 5 at 0.8 are 6 of 10."""
    assert job(row("a", 2), row("a", 5, staff="sara")).effort == 4


def test_hours_of_a_day_add_up() -> None:
    assert job(row("a", 2), row("a", 1.5), row("a", 0.25, 1)).effort == Fraction("6.25")


def test_what_was_done_before_the_first_row_counts_beside() -> None:
    assert job(row("a", 2), done=5).effort == 3


def test_hours_count_by_an_estimate_and_estimates_shrink_with_what_is_left() -> None:
    """Omid estimated 20 hours and worked 5, a quarter: 7.5 are left, for Omid 15 hours, and 6 of Sara's 8."""
    left = job(row("a", 5), estimates={"omid": {"hours": 20}, "sara": {"hours": 8}})
    assert left.effort == Fraction("7.5")
    assert {person: asked.hours for person, asked in left.estimates.items()} == {"omid": 15, "sara": 6}


def test_a_task_that_is_covered_is_done_and_so_is_one_overrun() -> None:
    assert job(row("a", 10)).done
    assert job(row("a", 12)).done
    assert not job(row("a", 9.75)).done


def test_left_stands_in_place_of_what_hours_tell() -> None:
    assert job(row("a", 2), left=7).effort == 7
    assert job(row("a", 12), left=1.5).effort == Fraction("1.5")
    assert job(row("a", 2), left=0).done
    assert job(row("a", 2), left=15).effort == 15  # more than it ever had


def test_estimates_follow_what_is_left() -> None:
    """Ten hours of effort, 20 of Omid's; 5 are left, 10 of Omid's, whatever was worked."""
    assert job(row("a", 1), left=5, estimates={"omid": {"hours": 20}}).estimates["omid"].hours == 10
    assert job(row("a", 1), left=5, done=10, estimates={"omid": {"hours": 20}}).estimates["omid"].hours == 20


def test_left_and_cancelled_need_neither_rows_nor_a_day() -> None:
    plain = scenario(tasks=[task("a", left=3), task("b", cancelled=True)]).expanded
    assert plain.jobs["a"].effort == 3
    assert plain.jobs["b"].done
    assert plain.from_week == 1


def test_a_cancelled_task_is_done_and_what_was_worked_burns() -> None:
    gone = worked(row("a", 4), tasks=[task("a", cancelled=True)], clients=[{"id": "nova", "budget": 1000}])
    assert gone.jobs["a"].done
    assert gone.budgets["client", "nova"][0].left == 680  # 1,000 − 4 × 80


def test_a_cancelled_repeat_has_no_open_occurrence() -> None:
    gone = worked(row("a", 4), tasks=[task("a", cancelled=True, repeat={"every": 1})])
    assert all(occurrence.done for occurrence in gone.jobs.values())


def test_planning_begins_in_the_week_of_the_day() -> None:
    assert job().earliest == 2
    assert job(earliest=3).earliest == 3
    assert worked(as_of="2026-01-18", tasks=[task("a")]).jobs["a"].earliest == 2
    assert worked(as_of="2026-01-19", tasks=[task("a")]).jobs["a"].earliest == 3
    assert worked(as_of="2025-11-01", tasks=[task("a")]).jobs["a"].earliest == 1
    assert worked(as_of="2026-03-30", tasks=[task("a")]).jobs["a"].earliest == 13


def test_without_a_day_what_is_left_comes_after_what_was_worked() -> None:
    alone = worked(row("a", 2, 3), as_of=None, tasks=[task("a"), task("b")])
    assert (alone.jobs["a"].earliest, alone.jobs["b"].earliest) == (3, 1)


def test_who_has_no_productivity_leaves_the_effort_as_it_was() -> None:
    assert job(row("a", 4), kind="strategic").effort == 10


# ------------------------------------------------------------------ occurrences

EVERY_OTHER = {"every": 2, "window": 1}


def efforts(*rows: dict[str, Any], **repeat: Any) -> dict[str, Fraction]:
    """Effort left of each occurrence of four hours."""
    found = worked(*rows, as_of="2026-02-02", tasks=[task("call", hours=4, repeat=repeat or EVERY_OTHER)])
    return {id_: one.effort for id_, one in found.jobs.items()}


@pytest.mark.parametrize(
    ("when", "first", "third"),
    [
        ("2026-01-07", 3, 4),  # inside the first
        ("2026-01-14", 3, 4),  # between the two: the last that began before
        (2, 3, 4),
        ("2026-01-19", 4, 3),
        (4, 4, 3),
        ("2026-01-02", 4, 4),  # before the horizon: of an occurrence that it does not have
    ],
)
def test_a_date_tells_the_occurrence(when: str | int, first: int, third: int) -> None:
    assert efforts(row("call", 1, when)) == {"call@1": first, "call@3": third}


def test_an_occurrence_may_be_named_whatever_the_date() -> None:
    assert efforts(row("call@3", 1, "2026-01-07")) == {"call@1": 4, "call@3": 3}
    assert efforts(row("call@03", 1, "2026-01-07")) == {"call@1": 4, "call@3": 3}


def test_each_row_of_a_repeat_counts_for_its_own_occurrence() -> None:
    rows = [row("call", 4, "2026-01-07"), row("call", 3, "2026-01-20"), row("call", 0.5, "2026-01-27")]
    assert efforts(*rows) == {"call@1": 0, "call@3": Fraction("0.5")}


def test_a_window_of_two_weeks_holds_its_second_week() -> None:
    assert efforts(row("call", 1, 4), every=3, window=2) == {"call@1": 4, "call@4": 3}
    assert efforts(row("call", 1, 2), every=3, window=2) == {"call@1": 3, "call@4": 4}


def test_a_month_holds_its_days() -> None:
    assert efforts(row("call", 1, 4), every="month") == {"call@1": 3}


def test_what_is_worked_before_a_repeat_begins_prepares_its_first_occurrence() -> None:
    assert efforts(row("call", 1, 1), every=1, **{"from": 3}) == {"call@3": 3, "call@4": 4}
    assert efforts(row("call", 1, "2026-01-02"), every=1, **{"from": 3}) == {"call@3": 4, "call@4": 4}


def test_what_is_worked_for_an_occurrence_before_the_horizon_counts_for_no_other() -> None:
    """Every three weeks from 29 December: the first occurrence inside is in week 3."""
    before = worked(
        row("call", 1, 1),
        tasks=[task("call", hours=4, repeat={"every": 3, "from": "2025-12-29"})],
        clients=[{"id": "nova", "budget": 1000}],
    )
    assert [one.effort for one in before.jobs.values()] == [4]
    assert before.history == {}
    assert before.budgets["client", "nova"][0].left == 920


# ------------------------------------------------------------------ hours, burn and cost


def test_hours_inside_the_horizon_are_history_and_those_before_it_are_not() -> None:
    """Hours of the Friday before count as effort, and burn what the horizon has; they are no hours of the plan."""
    found = worked(
        row("a", 2, "2026-01-02"),
        row("a", 3, "2026-01-06"),
        row("a", 1, 1),
        tasks=[task("a")],
        clients=[{"id": "nova", "budget": 1000}],
    )
    assert found.jobs["a"].effort == 4
    assert found.history == {("a", "omid", 1): 4}
    assert found.budgets["client", "nova"][0].left == 1000 - 6 * 80
    facts = Facts(found, Draft({}))
    assert [facts.hours, facts.cost, facts.revenue] == [4, 120, 320]


def left(per: str, *rows: dict[str, Any], **change: Any) -> dict[str, Fraction]:
    """What is left of 1,000 in each period, from 12 January on."""
    budget = {"amount": 1000, "per": per, "spent": change.pop("spent", 0)}
    change = {"as_of": "2026-02-02", "tasks": [task("a", hours=100)], **change}
    found = worked(*rows, clients=[{"id": "nova", "budget": budget}], **change)
    return {period.name: period.left for period in found.budgets["client", "nova"]}


def test_burn_goes_into_the_period_of_its_day_also_within_one_week() -> None:
    """The week from 26 January ends in February, in which no week of the horizon begins: the month is appended."""
    rows = [row("a", 1, "2026-01-31"), row("a", 2, "2026-02-01")]
    assert left("month", *rows) == {"2026-01": 920, "2026-02": 840}
    assert left("month", rows[0]) == {"2026-01": 920}


def test_a_week_without_a_day_burns_on_its_first() -> None:
    assert left("month", row("a", 1, 4)) == {"2026-01": 920}


def test_days_before_the_horizon_burn_what_reaches_into_it() -> None:
    rows = [row("a", 1, "2026-01-01"), row("a", 2, "2025-12-31")]
    assert left("month", *rows) == {"2026-01": 920}
    assert left("quarter", *rows) == {"2026-Q1": 920}
    assert left("horizon", *rows) == {"horizon": 760}
    assert left("week", *rows) == {f"week {week}": 1000 for week in (1, 2, 3, 4)}


def test_each_week_has_its_own_burn() -> None:
    rows = [row("a", 1, "2026-01-11"), row("a", 2, 2)]
    assert left("week", *rows) == {"week 1": 920, "week 2": 840, "week 3": 1000, "week 4": 1000}


def test_days_after_the_horizon_are_appended_too() -> None:
    rows = [row("a", 1, "2026-02-03")]
    assert left("week", *rows, as_of="2026-02-09")["week 5"] == 920
    assert left("quarter", row("a", 1, "2026-04-01"), as_of="2026-04-09") == {"2026-Q1": 1000, "2026-Q2": 920}


def test_what_was_spent_comes_off_the_first_period_beside() -> None:
    assert left("month", row("a", 1), spent=100) == {"2026-01": 820}
    assert left("month", row("a", 12), spent=100) == {"2026-01": 0}


def test_jalali_months_have_days_of_their_own() -> None:
    """21 January 2026 is 1 Bahman 1404; the horizon begins on 15 Dey."""
    rows = [row("a", 1, "1404-10-30"), row("a", 2, "2026-01-21")]
    assert left("month", *rows, calendar={"system": "jalali"}) == {"1404-10": 920, "1404-11": 840}


def test_a_project_s_budget_burns_beside_its_client_s() -> None:
    found = worked(
        row("a", 1),
        tasks=[{**task("a"), "project": "site"}],
        clients=[{"id": "nova", "budget": 500}],
        projects=[{"id": "site", "client": "nova", "budget": {"amount": 300, "per": "month"}}],
    )
    assert found.budgets["client", "nova"][0].left == 420
    assert found.budgets["project", "site"][0].left == 220


def test_what_is_not_billable_burns_nothing() -> None:
    assert left("month", row("a", 1), tasks=[task("a", billable=False)]) == {"2026-01": 1000}


def test_with_cost_as_the_basis_hours_burn_cost() -> None:
    assert left("month", row("a", 1), budget_basis="cost") == {"2026-01": 970}


PRICED = task("a", estimates={"omid": {"hours": 20, "price": 400}})


def test_a_fixed_price_burns_once_on_the_last_day_and_nothing_more_is_asked() -> None:
    rows = [row("a", 1, "2026-01-06"), row("a", 1, "2026-02-01"), row("a", 1, "2026-01-08")]
    assert left("month", *rows, budget_basis="cost", tasks=[PRICED]) == {"2026-01": 1000, "2026-02": 600}
    found = worked(*rows, as_of="2026-02-02", tasks=[PRICED], budget_basis="cost")
    assert found.jobs["a"].estimates["omid"].price == 0
    assert Facts(found, Draft({})).cost == 400  # 3 hours at 30 are part of it


def test_a_fixed_price_paid_before_the_horizon_is_no_cost_of_the_plan_and_is_not_asked_again() -> None:
    before = row("a", 1, "2025-12-30")
    found = worked(before, tasks=[PRICED], budget_basis="cost", clients=[{"id": "nova", "budget": 1000}])
    assert found.budgets["client", "nova"][0].left == 600
    assert found.jobs["a"].estimates["omid"].price == 0
    assert Facts(found, Draft({("a", "omid", 2): Fraction(19)})).cost == 0


def test_each_occurrence_asks_its_price() -> None:
    care = task("a", hours=4, estimates={"omid": {"hours": 8, "price": 50}}, repeat={"every": 1})
    rows = [row("a", 1, when) for when in (1, 2, "2026-01-01")]
    assert left("horizon", *rows, budget_basis="cost", tasks=[care]) == {"horizon": 850}


def test_whoever_worked_is_hired_with_the_copies_before() -> None:
    staff = [sara(), omid(placeholder={"count": 3}, hire_cost=100)]
    assert worked(row("a", 1, staff="omid-2"), tasks=[task("a")], staff=staff).hired == {"omid", "omid-2"}
    early = worked(row("a", 1, "2025-12-30"), tasks=[task("a")], staff=staff)
    assert early.hired == {"omid"}
    assert [person.id for person in Facts(early, Draft({})).present] == ["sara", "omid"]


# ------------------------------------------------------------------ what comes after


def test_what_comes_after_a_task_that_was_worked_off_keeps_its_lag() -> None:
    def second(*rows: dict[str, Any], lag: int = 2, **first: Any) -> int:
        tasks = [task("a", **first), task("b", after=[{"task": "a", "lag": lag}])]
        return worked(*rows, as_of="2026-01-12", tasks=tasks).jobs["b"].earliest

    assert second(row("a", 10)) == 3
    assert second(row("a", 10), lag=0) == 2
    assert second(row("a", 10), row("a", 1, "2026-01-02")) == 3  # the last of its hours counts
    assert second(row("a", 10, "2026-01-02")) == 2  # week 0 and a lag of 2
    assert second(row("a", 2), left=0) == 3
    assert second(row("a", 2), cancelled=True) == 2
    assert second(done=10) == 2
    assert second(row("a", 9)) == 2  # a is open, and holds b up as it always did


# ------------------------------------------------------------------ capacity


def test_of_the_week_of_the_day_only_the_days_from_it_on_are_left() -> None:
    """Wednesday, 14 January: of week 2 three days of 8 hours; of week 1 nothing. The week's capacity stays."""
    person = worked(as_of="2026-01-14", staff=[omid(target_utilisation=0.9)]).people["omid"]
    assert list(person.capacity) == [36, 36, 36, 36]
    assert list(person.room) == [0, Fraction("21.5"), 36, 36]  # 24 × 0.9 = 21.6
    assert list(person.available_days) == [0, 3, 5, 5]
    assert list(person.contract) == [40, 40, 40, 40]


def test_days_off_after_the_day_are_off() -> None:
    person = worked(as_of="2026-01-14", staff=[omid(time_off=["2026-01-13", "2026-01-16"])]).people["omid"]
    assert [person.capacity[1], person.room[1], person.available_days[1]] == [24, 16, 2]


def test_a_weekend_leaves_nothing_of_its_week() -> None:
    person = worked(as_of="2026-01-17", staff=[omid()]).people["omid"]
    assert list(person.room) == [0, 0, 40, 40]


def test_old_hours_are_overtime_above_the_days_that_are_over_and_new_ones_above_the_rest() -> None:
    """18 hours on Monday and Tuesday are 2 over; 26 from Wednesday on are 2 over again."""
    found = worked(row("a", 18, "2026-01-13"), as_of="2026-01-14", tasks=[task("a", hours=60)])
    facts = Facts(found, Draft({("a", "omid", 2): Fraction(26)}))
    assert facts.overtime == {("omid", 2): 4}
    assert Facts(found, Draft({})).overtime == {("omid", 2): 2}
