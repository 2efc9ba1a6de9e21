"""A bound from prices holds for every plan, whatever the prices."""

from __future__ import annotations

import numpy as np
import pytest
from plan.worlds import omid, scenario, task
from second_engine.random_scenarios import random_scenario

from solving.worlds import searched
from staffing.problem.alone import most_in_week
from staffing.problem.build import build
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.arrays import FloatArray
from staffing.solving.bound import knapsacks
from staffing.solving.bound.columns import PairColumns
from staffing.solving.bound.lagrangian import LagrangianDual
from staffing.solving.lexicographic import LexicographicSearch
from staffing.solving.ruin.annealer import prepare
from staffing.solving.solution import Solution
from staffing.solving.state.filling import tables_of
from staffing.solving.state.greedy import first_plans
from staffing.solving.state.kernel import plain
from staffing.solving.state.pricing import accumulate

LOW = -(10**15)
"""Less than any amount of a goal."""
PLAIN: tuple[Goal, ...] = ("value", "cost", "hours", "overtime", "lateness")


def bounded(world: Scenario, goal: Goal, reached: int, *, must_all: bool = False) -> int:
    """Seek a bound on sign × the amount of a goal, for a few hundred steps."""
    dual = LagrangianDual(build(world.expanded), goal, [], must_all=must_all)
    bound = dual.ascend(reached, lambda steps: steps / 400)
    assert bound is not None
    return bound


def test_what_does_not_fit_is_worth_at_most_its_price() -> None:
    """Ten hours, and three tasks of ten: the best is worth 40 (high priority); the prices say so, to the cent.

    At 2 an hour the two others are not worth it, and the ten hours are worth 20; what is left of 40 is 20: 40 in all.
    """
    tasks = [task("a", priority="high"), task("b"), task("c", priority="low")]
    world = scenario(tasks=tasks, weeks=1, staff=[omid(weekly_hours=10)], goals=["value"])
    unit = build(world.expanded).money_unit
    assert bounded(world, "value", int(-40 / unit)) * unit == -40


def test_what_must_be_delivered_has_a_cost() -> None:
    """Twenty hours at 30, all must: no plan costs less than 600."""
    world = scenario(tasks=[task("a", must=True), task("b", must=True)], staff=[omid()], goals=["must", "cost"])
    unit = build(world.expanded).money_unit
    assert bounded(world, "cost", int(600 / unit), must_all=True) * unit == 600


def test_what_a_value_kept_does_not_let_wait_has_a_cost() -> None:
    """Nothing is a must, but all of the value is kept: 20 hours at 30 again, and whole tasks, after a single step."""
    problem = build(scenario(tasks=[task("a"), task("b")], staff=[omid()], goals=["value", "cost"]).expanded)
    kept: list[tuple[Goal, int]] = [("value", -sum(job.value for job in problem.jobs))]
    bound = LagrangianDual(problem, "cost", kept, must_all=False).ascend(10**9, lambda _: 1.0)
    assert bound is not None
    assert bound * problem.money_unit == 600


def test_without_anything_to_plan_there_is_no_bound() -> None:
    dual = LagrangianDual(build(scenario(tasks=[]).expanded), "value", [], must_all=False)
    assert dual.ascend(0, lambda _: 0.0) is None


def test_what_comes_after_a_task_brings_it_along() -> None:
    """Ten hours a week, and `a` and `c` in week 1: `b`, worth 20, needs `a`, so `c`, worth 40, is the best alone."""
    tasks = [
        task("a", hours=10, deadline=1, value=0),
        task("b", hours=10, after=["a"], value=20),
        task("c", hours=10, deadline=1, value=40),
    ]
    world = scenario(tasks=tasks, weeks=2, staff=[omid(weekly_hours=10)], goals=["value"])
    unit = build(world.expanded).money_unit
    assert bounded(world, "value", int(-40 / unit)) * unit == -40


def test_who_owns_a_group_has_only_their_own_hours() -> None:
    """Two people have ten hours each, and one client with one owner has two tasks of ten: one of them waits."""
    clients = [{"id": "nova", "single_owner": True}]
    staff = [omid(weekly_hours=10), {**omid(weekly_hours=10), "id": "sara"}]
    world = scenario(clients=clients, tasks=[task("a"), task("b")], weeks=1, staff=staff, goals=["value"])
    unit = build(world.expanded).money_unit
    assert -21 <= bounded(world, "value", int(-20 / unit)) * unit <= -20


def test_what_must_be_delivered_and_does_not_fit_in_time_is_late() -> None:
    """Twenty hours due in week 1, ten hours a week, all must: one of two tasks of weight 2 is a week late."""
    tasks = [task("a", must=True, due=1), task("b", must=True, due=1)]
    world = scenario(tasks=tasks, staff=[omid(weekly_hours=10)], goals=["must", "lateness"])
    assert bounded(world, "lateness", 2, must_all=True) == 2


def test_hours_shared_are_never_too_dear() -> None:
    """1.2 hours on a grid of 1: two of the slower cost 13.2; of the faster, cheaper by effort, two cost 20."""
    staff = [
        omid(strategic=1, tactical=1, cost_rate=10),
        {**omid(strategic=0.6, tactical=0.6, cost_rate=6.6), "id": "sara"},
    ]
    shared = task("a", hours=1.2, max_owners=2, must=True)
    problem = build(scenario(tasks=[shared], staff=staff, step=1, goals=["must", "cost"]).expanded)
    dual = LagrangianDual(problem, "cost", [], must_all=True)
    bound, _ = dual.evaluate(np.zeros(len(dual.best_prices)))
    assert 0 < bound * problem.money_unit <= 13.2


def test_several_calls_find_what_one_call_finds() -> None:
    problem = build(Scenario.model_validate(random_scenario(7)).expanded)
    once, often = (LagrangianDual(problem, "value", [], must_all=False) for _ in range(2))
    whole = once.ascend(-1, lambda steps: steps / 100)
    parts = [often.ascend(-1, lambda steps: steps / 100, part / 5) for part in range(1, 6)]
    assert whole is not None
    assert parts[-1] == whole
    assert once.ascent.steps == often.ascent.steps == 100


def test_a_search_for_prices_ends_where_it_gains_nothing() -> None:
    """Prices that are best from the start: the first pass gains nothing that counts beside a gap of 10 billion."""
    problem = build(scenario(tasks=[task("a")], staff=[omid()], goals=["value"]).expanded)
    dual = LagrangianDual(problem, "value", [], must_all=False)
    dual.ascent.best_before = dual.evaluate(dual.ascent.prices)[0]
    dual.ascend(10**12, lambda steps: steps / 10**6)
    assert dual.ascent.over
    assert dual.ascent.steps < 1000


def proven(drawn: Scenario) -> tuple[LexicographicSearch, Solution, list[tuple[Goal, int]]]:
    """Return the search, the plan, and the minimum of sign × the amount of each goal, proven by one model."""
    search = searched(drawn)
    context = search.context
    plan = search.best_of(first_plans(context.problem))
    kept = []
    for term in context.terms:
        deadline = context.clock.within(context.clock.left)
        plan, bound = search.single_model.prove(term, plan, LOW, deadline, limits=context.limits, stop=context.stop)
        assert context.objectives.of(term, plan) == bound
        search.keep(term, bound)
        kept.append((term.goal, bound))
    return search, plan, kept


def dearest(dual: LagrangianDual, plan: Solution) -> float:
    """Return the greatest reduced cost of all pairs that deliver something."""
    owned = {(job, person) for job, person, _ in plan.steps}
    pairs = zip(dual.columns.job.tolist(), dual.columns.person.tolist(), strict=True)
    used = np.array([pair in owned for pair in pairs])
    return float(dual.reduced_costs()[used].max(initial=0))


@pytest.mark.parametrize("first", range(0, 120, 10))
def test_no_plan_is_better_than_the_bound_or_uses_a_pair_that_costs_more_than_the_gap(first: int) -> None:
    random = np.random.default_rng(first)
    for seed in range(first, first + 10):
        for number, goal in enumerate(PLAIN):
            before = PLAIN[(number + 1 + seed % (len(PLAIN) - 1)) % len(PLAIN)]
            drawn = Scenario.model_validate({**random_scenario(seed), "goals": ["must", before, goal]})
            search, plan, kept = proven(drawn)
            amount = kept[2][1]
            problem = search.context.problem
            musts = -sum(job.effort for job in problem.jobs if job.must)
            dual = LagrangianDual(problem, goal, kept[:2], must_all=kept[0][1] == musts)
            bound = dual.ascend(amount, lambda steps: steps / 40)
            assert bound is None or bound <= amount
            assert bound is None or dual.ascent.best + dearest(dual, plan) <= amount + 1e-6 * abs(amount)
            for _ in range(5):
                drawn_prices = random.integers(0, 60, len(dual.best_prices)) * (random.random() < 0.7)
                assert dual.evaluate(drawn_prices.astype(float))[0] <= amount


@pytest.mark.parametrize("first", range(0, 200, 50))
def test_most_steps_in_a_week_are_read_as_for_the_model(first: int) -> None:
    for seed in range(first, first + 50):
        problem = build(Scenario.model_validate(random_scenario(seed)).expanded)
        columns = PairColumns(problem)
        expected = [
            most_in_week(problem, job, pair, week) for job in problem.jobs for pair in job.pairs for week in job.weeks
        ]
        assert columns.most.tolist() == expected


@pytest.mark.parametrize(("hire_cost", "most"), [(1000, 0), (300, 200)])
def test_a_placeholder_is_hired_only_where_the_work_is_worth_it(hire_cost: int, most: int) -> None:
    """A task worth 500 that takes the whole week: not for a hire of 1,000; 200 are left of it after a hire of 300."""
    hire = omid(cost_rate=0, placeholder=True, hire_cost=hire_cost)
    problem = build(scenario(tasks=[task("a", hours=40, value=500)], weeks=1, staff=[hire]).expanded)
    dual = LagrangianDual(problem, "net_value", [], must_all=False)
    bound = dual.ascend(10**12, lambda steps: steps / 300)
    assert bound is not None
    assert -bound * problem.money_unit == pytest.approx(most, abs=5)
    assert -bound * problem.money_unit >= most


def evaluated(drawn: int, *, compiled: bool) -> tuple[float, FloatArray, float]:
    """Return the bound and the overrun of a random scenario at random prices, and the bound at whole ones."""
    problem = build(Scenario.model_validate(random_scenario(drawn)).expanded)
    dual = LagrangianDual(problem, "net_value", [("must", 0)], must_all=False, compiled=compiled)
    random = np.random.default_rng(drawn)
    prices = random.random(len(dual.best_prices)) * 60
    return (*dual.evaluate(prices), dual.evaluate(np.floor(prices))[0])


@pytest.mark.parametrize("first", range(0, 120, 30))
def test_compiled_or_not_the_bound_is_the_same(first: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """At prices drawn at random no two ways cost the same, so what is overrun is the same, too."""
    prepare(tables_of(build(scenario(tasks=[task("a")]).expanded)))
    found = {drawn: evaluated(drawn, compiled=True) for drawn in range(first, first + 30)}
    for name in ("fill", "fill_shared", "fill_windows", "share"):
        monkeypatch.setattr(knapsacks, name, plain(getattr(knapsacks, name)))
    monkeypatch.setattr("staffing.solving.bound.columns.accumulate", plain(accumulate))
    for drawn, (bound, overrun, whole) in found.items():
        for again in (evaluated(drawn, compiled=False), evaluated(drawn, compiled=True)):
            assert again[2] == whole
            assert again[0] == pytest.approx(bound, rel=1e-9, abs=1e-6)
            assert again[1] == pytest.approx(overrun, rel=1e-9, abs=1e-6)
