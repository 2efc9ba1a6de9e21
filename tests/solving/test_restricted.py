"""Problems with few owners: they find plans of the whole, and prove only what holds for the whole."""

from __future__ import annotations

from typing import Any

import pytest
from plan.worlds import scenario, task
from second_engine.random_scenarios import random_scenario

from solving.worlds import LIMITS, planned, result, searched
from staffing.auditing import audit_draft
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario
from staffing.solving import portfolio
from staffing.solving.bound.lagrangian import LagrangianDual
from staffing.solving.restricted import RestrictedSearch
from staffing.solving.solution import drafted
from staffing.solving.state.greedy import first_plans
from staffing.solving.tuning import varied
from staffing.solving.turn import GoalTurn

LOW = -(10**15)
"""Less than any amount of a goal."""


def turn_and_optimum(drawn: Scenario, steps: int) -> tuple[GoalTurn, int]:
    """Return the turn of the last goal, with prices after some steps, and the least objective, proven by one model."""
    search = searched(drawn)
    context = search.context
    plan, kept = search.best_of(first_plans(context.problem)), []
    for term in context.terms:
        before, deadline = plan, context.clock.within(context.clock.left)
        plan, least = search.single_model.prove(term, plan, LOW, deadline, limits=LIMITS, stop=context.stop)
        assert context.objectives.of(term, plan) == least
        search.keep(term, least)
        kept.append((term.goal, least))
    turn = GoalTurn(context, term, kept[:-1], before, LOW, deadline)
    dual = LagrangianDual(context.problem, term.goal, kept[:-1], must_all=False)
    dual.ascend(turn.best, lambda taken: taken / steps)
    turn.bound_by_pair = dual.ascent.best + dual.reduced_costs()
    return turn, least


@pytest.mark.parametrize("goal", ["value", "cost"])
@pytest.mark.parametrize("seed", range(900, 912))
def test_ever_more_owners_lead_to_the_best_plan_and_its_proof(seed: int, goal: Goal) -> None:
    """After one step of prices the bounds by pair are poor, so that owners of better plans are missing at first."""
    goals: list[Goal] = ["must", "value" if goal == "cost" else "lateness", goal]
    drawn = Scenario.model_validate({**random_scenario(seed), "goals": goals})
    turn, least = turn_and_optimum(drawn, steps=1)
    context = turn.context
    with varied(restricted_owners=0.3, restricted_growth_factor=1.5, restricted_share=1.0):
        restricted = RestrictedSearch(turn)
        for _ in range(12):
            before = turn.best
            assert restricted.improve(10.0, LIMITS)
            assert turn.bound <= least <= turn.best <= before
            assert audit_draft(drawn.expanded, drafted(context.problem, turn.solution())) == []
            assert all(slack >= 0 for slack in turn.incumbent.slack)
    assert turn.bound == least == turn.best


def assignment(people: int, tasks: int) -> Scenario:
    """One week, in which everybody could do every task at a price of their own, and has room for three or four."""
    names = [f"agent-{number}" for number in range(people)]
    return scenario(
        goals=["must", "cost"],
        weeks=1,
        staff=[{"id": name, "role": "project_manager", "weekly_hours": 40} for name in names],
        tasks=[
            task(
                f"job-{job}",
                must=True,
                estimates={
                    name: {"hours": 8 + (3 * job + 5 * number) % 7, "price": 100 + (7 * job + 11 * number) % 23}
                    for number, name in enumerate(names)
                },
            )
            for job in range(tasks)
        ],
    )


def test_owners_are_few_only_where_that_makes_the_problem_small(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []

    class Told(RestrictedSearch):
        def improve(self, *args: Any) -> bool:
            planned_anew = super().improve(*args)
            asked.extend([True] * planned_anew)
            return planned_anew

    monkeypatch.setattr(portfolio, "RestrictedSearch", Told)
    world = assignment(people=8, tasks=24)
    options: dict[str, Any] = {"deterministic": True, "time_limit": 5, "gap": 0.0}
    proven = result(planned(world), "cost")
    assert not asked
    with varied(provable_cells=60, single_model_cells=100_000, delivery_cells=0, at_once_seconds=0.0):
        restricted = result(planned(world, **options), "cost")
    assert asked
    assert restricted.value == proven.value
    asked.clear()
    with varied(provable_cells=30, single_model_cells=100_000, delivery_cells=0, at_once_seconds=0.0):
        planned(world, **options)
    assert not asked
