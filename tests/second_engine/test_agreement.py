"""The product's solver and the second engine find the same optimum of every goal, on scenarios that use every field."""

from collections import Counter
from fractions import Fraction

import pytest

from staffing.auditing.audit import audit_draft
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, reported
from staffing.plan.plan import Plan as ProductPlan
from staffing.solving.solve import solve

from .rules import Plan, Reading
from .seeds import BLOCKS, SEEDS, answer_of, block, scenario_of
from .world import World


def check(seed: int) -> None:
    scenario, second = scenario_of(seed), answer_of(seed)
    plan = solve(scenario, time_limit=30, deterministic=True)
    assert plan.status == "optimal", seed
    expected = [
        (goal, reported(goal, best), reported(goal, best), reported(goal, limit))
        for goal, best, limit in zip(second.goals, second.best, second.limits, strict=True)
    ]
    assert [(goal.goal, goal.best, goal.bound, goal.limit) for goal in plan.goals] == expected, seed
    assert plan.goals[-1].value == expected[-1][1], seed
    reading = read(second.world, plan)
    assert reading.broken() == [], seed
    for goal, limit in zip(plan.goals, second.limits, strict=True):
        measured = reading.measure(goal.goal)
        assert goal.value == reported(goal.goal, measured), seed
        assert measured >= limit if goal.goal in ("value", "net_value") else measured <= limit, seed


def read(world: World, plan: ProductPlan) -> Reading:
    """See the product's plan with the second engine's own rules and measures."""
    hours = {(entry.task, entry.staff, entry.week): Fraction(entry.hours) for entry in plan.assigned if not entry.fixed}
    return Reading(world, Plan(hours, frozenset(plan.hired)))


@pytest.mark.parametrize("first", BLOCKS)
def test_solver_and_second_engine_agree(first: int) -> None:
    for seed in block(first):
        check(seed)


@pytest.mark.parametrize("first", BLOCKS)
def test_the_product_s_rules_and_measures_hold_for_the_second_engine_s_plans(first: int) -> None:
    for seed in block(first):
        expanded, second = scenario_of(seed).expanded, answer_of(seed)
        draft = Draft(second.plan.hours, second.plan.hired)
        assert audit_draft(expanded, draft) == [], seed
        facts, reading = Facts(expanded, draft), Reading(second.world, second.plan)
        for goal, measure in MEASURES.items():
            assert measure(facts) == reading.measure(goal), (seed, goal)


def test_the_scenarios_are_tight_and_varied() -> None:
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        second = answer_of(seed)
        world, reading = second.world, Reading(second.world, second.plan)
        jobs = {name: world.jobs[name] for name in reading.parts}
        seen.update(
            {
                "something waits": len(jobs) < len(world.jobs),
                "something is delivered": bool(jobs),
                "late": reading.measure("lateness") > 0,
                "overtime": reading.measure("overtime") > 0,
                "worked": bool(world.past),
                "promised": bool(world.booked),
                "delivered by what is promised": bool(world.covered),
                "promised, and something left": any(world.promisers(job) for job in reading.parts),
                "promised, and the rest waits": any(
                    world.promisers(job) for job in world.jobs if job not in reading.parts
                ),
                "some of a week is over": any(
                    0 < person.room[week - 1] < person.capacity[week - 1]
                    for person in world.people.values()
                    for week in world.weeks
                ),
                "worked and not done": any(row.job in world.jobs for row in world.rows),
                "worked off": bool(world.over),
                "hired": bool(second.plan.hired),
                "shared": any(len(reading.owners(name)) > 1 for name in jobs),
                "fixed price": any(owner in job.price for name, job in jobs.items() for owner in reading.owners(name)),
                "several contacts": reading.measure("contacts") > 0,
                "switching": any(reading.load(*key) > hours for key, hours in reading.planned.items()),
            }
        )
    for what, count in seen.items():
        assert count >= 5, what
    assert min(seen["something waits"], seen["something is delivered"]) >= 150
