"""Each goal measured by hand."""

import datetime as dt
from fractions import Fraction
from typing import Any

import pytest

from plan.worlds import Cells, facts, omid, replanned, sara, scenario, task
from staffing.plan.goals import MEASURES, goal_result, goals_of, reported, worsened
from staffing.plan.records import Baseline, BaselineTask, State
from staffing.scenario.records import GOALS, Goal
from staffing.scenario.scenario import Scenario


def measure(goal: Goal, world: Scenario, cells: Cells, hired: tuple[str, ...] = ()) -> Fraction:
    return MEASURES[goal](facts(world, cells, hired))


def test_every_goal_has_a_measure_of_its_name() -> None:
    assert tuple(MEASURES) == GOALS
    assert [function.__name__ for function in MEASURES.values()] == list(GOALS)


def test_must_is_the_effort_left_of_must_tasks_waiting() -> None:
    tasks = [task("a", must=True, done=3), task("b", must=True), task("c"), task("d", must=True, done=10)]
    assert measure("must", scenario(tasks=tasks), {("b", "omid", 1): 10}) == 7


def test_value_is_that_of_delivered_tasks_late_or_not() -> None:
    tasks = [task("a", value=100, due=1), task("b", priority="high"), task("c"), task("d", value=9, done=10)]
    world = scenario(tasks=tasks)
    assert measure("value", world, {("a", "omid", 3): 10, ("b", "omid", 1): 10}) == 140  # 100 + 4 × 10


def test_net_value_is_value_less_cost() -> None:
    world = scenario(tasks=[task("a", value=1000)])
    assert measure("net_value", world, {("a", "omid", 1): 10}) == 700


def test_lateness_is_weighted_weeks_after_the_due_week() -> None:
    tasks = [task("a", due=1), task("b", due=2, priority="high"), task("c", due=1), task("d", due="2025-12-29")]
    world = scenario(tasks=tasks)
    cells = {("a", "omid", 1): 10, ("b", "omid", 1): 5, ("b", "omid", 4): 5, ("d", "omid", 1): 10}
    # a on time; b 2 weeks × 4; c waits; d is due in week 0: 1 week × 2
    assert measure("lateness", world, cells) == 10


def test_cost_of_hours_switching_and_overtime() -> None:
    tasks = [task("a", hours=40), task("z", client="zeta", hours=3)]
    world = scenario(tasks=tasks, staff=[omid(overtime={"hours": 4, "premium": 2})], switching=1)
    # load 40 + 3 + 1 = 44, of which 4 overtime: 30 × 44 + 30 × (2 − 1) × 4
    assert measure("cost", world, {("a", "omid", 1): 40, ("z", "omid", 1): 3}) == 1440


def test_a_fixed_price_takes_the_place_of_its_hours() -> None:
    tasks = [task("a", estimates={"omid": {"hours": 12, "price": 100}}), task("b")]
    world = scenario(tasks=tasks)
    assert measure("cost", world, {("a", "omid", 1): 6, ("a", "omid", 2): 6, ("b", "omid", 1): 10}) == 400


def test_a_salary_pays_the_contract_whatever_is_planned() -> None:
    staff = [omid(pay="salary", start="2026-01-06", time_off=["2026-01-12"], overtime=4)]
    world = scenario(tasks=[task("a", hours=34)], staff=staff)
    # 32 + 3 × 40 contract hours, and 2 hours above the capacity of 32 in week 1 at 1.5
    assert measure("cost", world, {("a", "omid", 1): 34}) == 30 * 152 + 30 * 3


def test_a_placeholder_costs_once_hired_idle_or_not() -> None:
    staff = [omid(), omid(id="pm", placeholder=True, pay="salary", hire_cost=500)]
    world = scenario(tasks=[task("a")], staff=staff)
    assert measure("cost", world, {}) == 0
    assert measure("cost", world, {}, hired=("pm",)) == 30 * 160 + 500


def test_overtime_and_hours() -> None:
    tasks = [task("a", hours=40), task("z", client="zeta", hours=3)]
    world = scenario(tasks=tasks, staff=[omid(overtime=4)], switching=0.5)
    cells = {("a", "omid", 1): 40, ("z", "omid", 1): 3}
    assert measure("overtime", world, cells) == Fraction("3.5")
    assert measure("hours", world, cells) == 43


def test_contacts_are_owners_after_the_first_of_each_client_and_kind() -> None:
    tasks = [task("a"), task("b"), task("s", kind="strategic"), task("z", client="zeta")]
    cells = {("a", "omid", 1): 10, ("b", "sara", 1): 12.5, ("s", "sara", 1): 10, ("z", "omid", 2): 10}
    assert measure("contacts", scenario(tasks=tasks), cells) == 1  # nova has two tactical owners
    assert measure("contacts", scenario(tasks=tasks), {}) == 0


def test_balance_is_the_highest_utilisation_rounded_up() -> None:
    world = scenario(tasks=[task("a"), task("b", hours=20)])
    assert measure("balance", world, {("a", "sara", 1): 12.5}) == 8  # 12.5 ÷ 160 = 7.8125 %
    assert measure("balance", world, {("a", "sara", 1): 12.5, ("b", "omid", 1): 20}) == 13  # 12.5 %
    assert measure("balance", world, {}) == 0


def test_balance_leaves_people_without_capacity_aside() -> None:
    gone = omid(end="2026-01-01")
    assert measure("balance", scenario(tasks=[task("a")], staff=[sara(), gone]), {("a", "sara", 1): 12.5}) == 8


TWO_WEEKS = {("a", "omid", 1): 5, ("a", "omid", 2): 5}


def changes(state: State, owners: tuple[str, ...], first: str | None, last: str | None, **job: Any) -> Fraction:
    """Changes of a plan where Omid does task a in weeks 1 and 2, against a baseline of that task."""
    days = [None if day is None else dt.date.fromisoformat(day) for day in (first, last)]
    before = Baseline(
        "", (BaselineTask("a", state, owners, days[0], days[1]), BaselineTask("gone", state, (), None, None))
    )
    return MEASURES["changes"](facts(scenario(tasks=[task("a", **job)]), TWO_WEEKS, baseline=before))


def test_changes_without_a_baseline_are_none() -> None:
    assert measure("changes", scenario(tasks=[task("a")]), TWO_WEEKS) == 0


@pytest.mark.parametrize("state", ["delivered", "late"])
def test_the_same_owners_and_weeks_are_no_change(state: State) -> None:
    assert changes(state, ("omid",), "2026-01-05", "2026-01-12") == 0


def test_weeks_before_the_start_count_as_week_1() -> None:
    assert changes("delivered", ("omid",), "2025-12-22", "2026-01-12") == 0


@pytest.mark.parametrize(
    ("state", "owners", "first", "last"),
    [
        ("waiting", (), None, None),
        ("delivered", ("sara",), "2026-01-05", "2026-01-12"),
        ("delivered", ("omid", "sara"), "2026-01-05", "2026-01-12"),
        ("delivered", ("omid",), "2026-01-12", "2026-01-12"),
        ("delivered", ("omid",), "2026-01-05", "2026-01-19"),
    ],
)
def test_a_task_changes_once(state: State, owners: tuple[str, ...], first: str | None, last: str | None) -> None:
    assert changes(state, owners, first, last) == 1


def test_what_was_done_or_is_done_is_no_change() -> None:
    assert changes("done", (), None, None) == 0
    assert changes("waiting", (), None, None, done=10) == 0


def test_history_counts_as_hours_and_weeks_not_as_owners() -> None:
    world = scenario(tasks=[task("a")], staff=[sara(), omid()])
    again = facts(replanned(world, {("a", "sara", 1): 5}, from_week=2), {("a", "omid", 2): 6})
    assert again.span("a") == (1, 2)
    assert again.owners("a") == ("omid",)
    assert again.job_hours["a"] == 11
    assert MEASURES["cost"](again) == 5 * 40 + 6 * 30
    assert MEASURES["contacts"](again) == 0
    assert MEASURES["hours"](again) == 11


def test_must_counts_what_history_left() -> None:
    world = scenario(tasks=[task("a", must=True)])
    assert MEASURES["must"](facts(replanned(world, {("a", "sara", 1): 5}, from_week=2), {})) == 6  # 10 − 0.8 × 5


def test_changes_stand_before_cost_or_last_with_a_baseline() -> None:
    assert [entry.goal for entry in goals_of(scenario(), False)] == ["must", "value", "lateness", "cost", "contacts"]
    assert [entry.goal for entry in goals_of(scenario(), True)][3:5] == ["changes", "cost"]
    assert [entry.goal for entry in goals_of(scenario(goals=["value"]), True)] == ["must", "value", "changes"]
    assert [entry.goal for entry in goals_of(scenario(goals=["changes", "cost"]), True)] == ["must", "changes", "cost"]


def test_a_limit_is_the_best_worsened_in_the_goals_direction() -> None:
    assert worsened("cost", Fraction(200), Fraction("0.02")) == 204
    assert worsened("value", Fraction(200), Fraction("0.02")) == 196
    assert worsened("net_value", Fraction(-200), Fraction("0.02")) == -204


def test_money_is_rounded_ties_away_from_zero_and_hours_are_not() -> None:
    assert reported("cost", Fraction("1.005")) == 1.01
    assert reported("net_value", Fraction("-1.005")) == -1.01
    assert reported("hours", Fraction("0.125")) == 0.125
    assert repr(reported("hours", Fraction(3))) == "3"


def test_a_bound_never_seems_reached_by_rounding() -> None:
    best = Fraction("9.8875")  # both round to 9.89
    near = goal_result("cost", value=best, best=best, bound=Fraction("9.8850"), limit=best)
    assert (near.best, near.bound, near.proven) == (9.89, 9.88, False)
    reached = goal_result("cost", value=best, best=best, bound=best, limit=best)
    assert (reached.bound, reached.proven) == (9.89, True)


def test_a_bound_that_says_nothing_is_none_unless_it_is_reached() -> None:
    """A later goal may bring an earlier one to where no plan can be better: it is proven then, whatever its bound."""
    zero, two = Fraction(0), Fraction(2)
    late = goal_result("lateness", value=two, best=two, bound=zero, limit=two, bounded=False)
    assert (late.bound, late.proven) == (None, False)
    on_time = goal_result("lateness", value=zero, best=zero, bound=zero, limit=two, bounded=False)
    assert (on_time.bound, on_time.proven) == (0, True)
