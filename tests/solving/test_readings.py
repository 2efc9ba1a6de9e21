"""What the model reads from a solution: whole hints, and the goals just as plans measure them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from ortools.sat.python import cp_model
from plan.worlds import omid, scenario, task
from second_engine.random_scenarios import random_scenario

from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES
from staffing.problem.build import build
from staffing.scenario.records import GOALS
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.rules import build_model
from staffing.solving.earlier import Earlier
from staffing.solving.goals import GOALS as RECORDS
from staffing.solving.solution import Solution, drafted
from staffing.solving.state.greedy import first_plans
from staffing.solving.state.plan import PlanState


@pytest.mark.parametrize("seed", range(500, 540))
def test_a_hint_is_a_whole_solution(seed: int) -> None:
    """Every variable, those of rules and of goals, fixed to what a valid plan says of it: the model agrees."""
    problem = build(Scenario.model_validate(random_scenario(seed)).expanded)
    for plan in first_plans(problem):
        model = build_model(problem)
        for record in RECORDS.values():
            record.term(model, Earlier())
        model.hint(plan)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.fix_variables_to_their_hinted_value = True
        assert solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)
        assert model.solution(solver.value) == dict(plan.steps)


def test_a_hint_lets_a_fixed_price_burn_in_the_week_of_the_last_hours() -> None:
    """500 a week, of which 300 burn in week 1 already."""
    tasks = [task("a", estimates={"omid": {"hours": 10, "price": 500}}), task("b")]
    clients = [{"id": "nova", "budget": {"amount": 500, "per": "week"}}]
    problem = build(scenario(tasks=tasks, clients=clients, staff=[omid()], budget_basis="cost").expanded)
    model = build_model(problem)
    model.hint(Solution({(0, 0, 0): 20, (0, 0, 1): 20, (1, 0, 0): 40}))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.fix_variables_to_their_hinted_value = True
    assert solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def test_what_is_used_up_has_a_fixed_price_in_the_week_of_the_last_hours() -> None:
    asked = {"omid": {"hours": 10, "price": 500}}
    clients = [{"id": "nova", "budget": {"amount": 500, "per": "week"}}]
    world = scenario(tasks=[task("a", estimates=asked)], clients=clients, staff=[omid()], budget_basis="cost")
    problem = build(world.expanded)
    plan = PlanState(problem)
    plan.place(0, {(0, 0): 20, (0, 1): 20})
    left = {min(period.weeks): problem.money_unit * plan.left(number) for number, period in enumerate(problem.budgets)}
    assert {week for week, money in left.items() if money != Fraction(500)} == {1}
    assert left[1] == 0


@pytest.mark.parametrize("seed", range(500, 540))
def test_goals_are_evaluated_as_plans_measure_them(seed: int) -> None:
    """The difference to the empty plan is the same, in fractions."""
    expanded = Scenario.model_validate(random_scenario(seed)).expanded
    problem = build(expanded)
    model = build_model(problem)
    empty = Facts(expanded, Draft({}))
    for goal in GOALS:
        terms = RECORDS[goal].term(model, Earlier())
        nothing = model.evaluate(terms, Solution({}))
        for plan in first_plans(problem):
            measured = MEASURES[goal](Facts(expanded, drafted(problem, plan))) - MEASURES[goal](empty)
            assert RECORDS[goal].unit_in(problem) * (model.evaluate(terms, plan) - nothing) == measured, goal
