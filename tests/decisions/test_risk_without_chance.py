"""With nothing left to chance, a plan carried out is the plan: its hours, its weeks, its money, to the cent."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import pytest
from plan.worlds import facts, omid, plan, scenario, task
from second_engine.random_scenarios import random_scenario

import staffing
from staffing.decisions.execution import Execution
from staffing.decisions.execution_money import Ledger
from staffing.decisions.given import Given
from staffing.decisions.luck import Luck
from staffing.decisions.risk import Risk, risk
from staffing.plan.facts import Facts
from staffing.plan.numbers import money
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario

SEEDS = (0, 5, 6, 8, 13, 17, 28, 31, 39, 53)
"""Between them budgets overspent before, promised hours of work that waits, weeks half over, and empty plans."""
MANY = 1000
"""Scenarios with ``--long``."""
DRAWS = 10


def carried_out(found: Facts, world: Scenario) -> tuple[Execution, Ledger]:
    done = Execution(found, Luck.drawn(found, world, DRAWS, 0)).run()
    return done, Ledger(done)


def same(amounts: Iterable[float], exact: Fraction) -> bool:
    return list(amounts) == pytest.approx([float(exact)] * DRAWS, abs=1e-6)


def check(world: Scenario, made: Plan) -> None:
    found = Given.of(world, made).facts
    done, ledger = carried_out(found, world)
    assert same(ledger.cost, found.cost)
    assert same(ledger.revenue, found.revenue)
    for budget, beyond in ledger.beyond.items():
        period = next(period for period in found.expanded.budgets[budget[:2]] if period.name == budget[2])
        holds = max(Fraction(0), period.amount - period.spent)
        assert same(beyond, max(Fraction(0), found.burn[budget[:2], period.name] - holds))
    for job in found.delivered:
        span = found.span(job.id)
        assert span is not None
        assert set(done.finished[job.id]) == {span[1]}
    for (person, week), above in done.above.items():
        assert not above.any() or found.new_overtime(found.expanded.people[person], week)
    planned = dict(found.draft.hours)
    for cell, hours in found.promised.items():
        planned[cell] = planned.get(cell, Fraction(0)) + hours
    assert all(same(done.hours[cell], hours) for cell, hours in planned.items())


def certain(data: dict[str, Any]) -> dict[str, Any]:
    """Return a scenario in the form a file has, without all that chance would decide."""
    for entry in (*data.get("staff", ()), *data.get("clients", ()), *data.get("projects", ())):
        entry.pop("absence", None)
        entry.pop("probability", None)
    for entry in data["tasks"]:
        if isinstance(entry["hours"], dict):
            entry["hours"] = entry["hours"]["likely"]
    return data


def test_random_plans(long: bool) -> None:
    for seed in range(MANY) if long else SEEDS:
        world = Scenario.model_validate(certain(random_scenario(seed)))
        check(world, staffing.solve(world, time_limit=5, workers=1))


def asked(world: Scenario, found: Facts) -> Risk:
    return risk(world, plan(found), draws=DRAWS)


def test_a_plan_of_nothing() -> None:
    world = scenario(staff=[omid()], tasks=[task("brief")])
    found = asked(world, facts(world, {}))
    assert (found.tasks, found.people, found.cost.p50, found.margin.p50) == ((), (), 0, 0)


def test_a_budget_that_was_overspent_before() -> None:
    """800 burn, promised, of a budget that holds nothing more: the plan counts them as revenue."""
    world = scenario(
        clients=[
            {"id": "nova", "budget": {"amount": 100, "spent": 500}},
            {"id": "zeta", "budget": {"amount": 1, "spent": 5}},
        ],
        tasks=[task("brief")],
        bookings=[{"task": "brief", "staff": "omid", "week": 1, "hours": 10}],
    )
    made = facts(world, {})
    found = asked(world, made)
    assert found.margin.p50 == money(made.revenue - made.cost) == 500
    assert {entry.budget: entry.overrun for entry in found.budgets} == {"nova": 1, "zeta": 0}


def test_a_week_that_is_half_over() -> None:
    """22 hours were worked on two days of 16, 28 are planned on three days of 24: 6 and 4 of them are overtime."""
    world = scenario(
        weeks=2,
        as_of="2026-01-07",
        staff=[omid(overtime=8)],
        tasks=[task("old", hours=22), task("brief", hours=28)],
        worked=[{"task": "old", "staff": "omid", "date": "2026-01-06", "hours": 22}],
    )
    check(world, plan(facts(world, {("brief", "omid", 1): 28})))


def test_work_that_waits_takes_its_promised_hours() -> None:
    """30 hours are promised of 60: what overruns beside them has 10 hours of the week."""
    world = scenario(
        weeks=1,
        staff=[omid()],
        tasks=[task("long", hours=60), task("brief", hours={"low": 9.99, "likely": 10, "high": 11})],
        bookings=[{"task": "long", "staff": "omid", "week": 1, "hours": 30}],
    )
    found = risk(world, plan(facts(world, {("brief", "omid", 1): 10})), draws=1000)
    (brief,) = found.tasks
    assert brief.delivered is not None
    assert 0 < brief.delivered < 0.5  # more than 10 hours most of the time


def test_what_history_has_paid_is_not_paid_back() -> None:
    """500 were asked for all of the task when it was begun; the client leaves, and what is left of it falls away."""
    world = scenario(
        weeks=2,
        as_of="2026-01-12",
        staff=[omid()],
        clients=[{"id": "nova", "probability": 0}],
        tasks=[task("brief", estimates={"omid": {"hours": 10, "price": 500}})],
        worked=[{"task": "brief", "staff": "omid", "week": 1, "hours": 4}],
    )
    found = asked(world, facts(world, {("brief", "omid", 2): 6}))
    assert (found.cost.p10, found.cost.p90) == (500, 500)
    assert found.margin.p50 == 4 * 80 - 500
