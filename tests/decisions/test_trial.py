"""A plan sought that holds what a question asks; each figure is told by hand in the comment beside it."""

from __future__ import annotations

from plan.worlds import Cells, facts, omid, plan, scenario, task

from staffing.auditing.audit import audit
from staffing.decisions.given import Effort, Given
from staffing.decisions.price import price_of
from staffing.decisions.trial import Trial, as_good
from staffing.scenario.scenario import Scenario

CELLS: Cells = {("brief", "omid", 1): 40}


def given(world: Scenario, cells: Cells = CELLS) -> Given:
    return Given.of(world, plan(facts(world, cells)))


def world(weeks: int = 1, **more: object) -> Scenario:
    return scenario(weeks=weeks, staff=[omid(**more)], tasks=[task("brief", hours=40), task("call", hours=6)])


def test_what_the_plan_delivers_must_be_delivered_beside_what_is_wished_for() -> None:
    one = given(world())  # one week of 40 hours, and 46 are asked for
    trial = Trial(one, one.scenario, as_good(one, {"call": None}))
    assert trial.fits(Effort()).refuted
    more = one.scenario.patch({"staff": [{"id": "omid", "overtime": 6}]})
    fit = Trial(one, more, as_good(one, {"call": None})).fits(Effort())
    assert fit.solution is not None
    less = one.scenario.patch({"staff": [{"id": "omid", "overtime": 5.75}]})
    assert Trial(one, less, as_good(one, {"call": None})).fits(Effort()).refuted


def test_given_up_it_may_wait() -> None:
    one = given(world())
    assert Trial(one, one.scenario, as_good(one, {"call": None}, given_up=["brief"])).fits(Effort()).solution


def test_nothing_becomes_later_than_it_is_or_its_due_week_allows() -> None:
    late = scenario(weeks=3, staff=[omid()], tasks=[task("brief", hours=40, due=1), task("call", hours=40, due=1)])
    one = given(late, {("brief", "omid", 2): 40})  # late by a week
    wish = as_good(one, {"call": None})
    assert wish.delivered == {"brief": 2, "call": None}
    assert Trial(one, late, wish).fits(Effort()).solution
    assert Trial(one, late, as_good(one, {"call": 1})).fits(Effort()).solution  # the brief may stay in week 2
    on_time = as_good(given(late, {("brief", "omid", 1): 40}), {"call": 1})
    assert Trial(one, late, on_time).fits(Effort()).refuted


def test_the_price_is_the_difference_goal_by_goal_and_in_money() -> None:
    one = given(world())
    more = one.scenario.patch({"staff": [{"id": "omid", "overtime": {"hours": 6, "premium": 1.5}}]})
    trial = Trial(one, more, as_good(one, {"call": None}))
    price = price_of(one, trial.best(trial.fits(Effort()), Effort()))
    rate, bill = one.facts.expanded.people["omid"].cost_rate, one.facts.expanded.people["omid"].bill_rate
    assert price.goals["value"] == 6 * 2  # two for an hour of normal priority
    assert price.goals["cost"] == price.money.cost == 6 * rate * 3 / 2
    assert price.money.revenue == 6 * bill
    assert [(move.task, move.after.owners if move.after else ()) for move in price.moves] == [("call", ("omid",))]
    assert price.proven
    assert price.gains


def test_the_plan_after_is_a_plan_of_the_changed_scenario_that_any_audit_takes() -> None:
    one = given(world())
    more = one.scenario.patch({"staff": [{"id": "omid", "overtime": 6}]})
    trial = Trial(one, more, as_good(one, {"call": None}))
    after = trial.best(trial.fits(Effort()), Effort()).plan(one)
    assert audit(more, after) == []
    assert {result.task: result.state for result in after.results} == {"brief": "delivered", "call": "delivered"}


def test_what_has_fixed_hours_after_its_last_week_cannot_be_delivered_by_then() -> None:
    booked = scenario(
        weeks=2, tasks=[task("brief", due=1)], bookings=[{"task": "brief", "staff": "omid", "week": 2, "hours": 10}]
    )
    one = given(booked, {})
    assert Trial(one, booked, as_good(one, {"brief": 1})).fits(Effort()).refuted
