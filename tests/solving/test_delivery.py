"""A bound by what is delivered holds for every plan, and is tighter than sharing tasks out in parts."""

from __future__ import annotations

import sys
import threading
from itertools import product
from math import inf, nan

import pytest
from ortools.math_opt.python import mathopt  # type: ignore[import-untyped]
from ortools.sat.python import cp_model
from plan.worlds import omid, scenario, task
from second_engine.random_scenarios import random_scenario

from staffing.problem.build import build
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.cp import delivery
from staffing.solving.cp.delivery import bound_by_delivery
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.earlier import Earlier
from staffing.solving.goals import GOALS
from staffing.solving.limits import Clock, Limits


def never() -> bool:
    return False


def test_whole_tasks_are_delivered() -> None:
    """Of two tasks of seven hours, ten hours hold one; in parts they would hold ten sevenths of their value."""
    tasks = [task("a", hours=7, value=7), task("b", hours=7, value=7)]
    world = scenario(tasks=tasks, weeks=1, staff=[omid(weekly_hours=10)], goals=["value"])
    model = build_model(build(world.expanded))
    bound = bound_by_delivery(model, GOALS["value"].objective(model, Earlier()), 10.0, never)
    assert bound == -7 / model.problem.money_unit


@pytest.mark.parametrize("told", [nan, inf, -inf])
def test_what_is_no_number_is_no_bound(told: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """HiGHS says so where it ends before it has one, or where nothing keeps all limits."""
    monkeypatch.setattr(delivery, "_solved", lambda *_: told)
    world = scenario(tasks=[task("a", value=7)], weeks=1, staff=[omid()], goals=["value"])
    model = build_model(build(world.expanded))
    assert bound_by_delivery(model, GOALS["value"].objective(model, Earlier()), 10.0, never) is None


def test_it_ends_when_told_to() -> None:
    """Told so from the start, it gives no bound, and leaves no process behind."""
    world = scenario(tasks=[task("a", value=7)], weeks=1, staff=[omid()], goals=["value"])
    model = build_model(build(world.expanded))
    assert bound_by_delivery(model, GOALS["value"].objective(model, Earlier()), 10.0, lambda: True) is None


def test_without_a_process_there_is_no_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """As inside another program, whose executable is no Python."""
    monkeypatch.setattr(sys, "executable", "spreadsheet")
    world = scenario(tasks=[task("a", value=7)], weeks=1, staff=[omid()], goals=["value"])
    model = build_model(build(world.expanded))
    assert bound_by_delivery(model, GOALS["value"].objective(model, Earlier()), 10.0, never) is None


@pytest.mark.parametrize("seed", range(6))
def test_no_plan_is_better(seed: int) -> None:
    """The optimum is proven by CP-SAT, by all rules."""
    no_plan_is_better(seed)


def test_no_plan_is_better_of_many(long: bool) -> None:
    for seed in range(6, 60 if long else 6):
        no_plan_is_better(seed)


def no_plan_is_better(seed: int) -> None:
    goals: list[Goal] = ["value", "cost", "net_value", "must"]
    best = 0
    world = Scenario.model_validate(random_scenario(seed))
    limits = Limits(seconds=20, deterministic=True)
    for goal in goals:
        model = build_model(build(world.expanded))
        objective = GOALS[goal].objective(model, Earlier())
        if goal == "cost":  # of all the value that there can be
            model.at_most(GOALS["value"].objective(model, Earlier()), best)
        model.tighten()
        bound = bound_by_delivery(model, objective, 60.0, never)  # however slow the machine
        if not objective:
            continue
        found = run(model, objective, None, limits, Clock(limits), 20, stop=threading.Event())
        assert found.bound is not None
        assert bound is not None
        assert bound <= found.bound
        best = found.bound


def _constraints(cp: cp_model.CpModel) -> list[cp_model.IntVar]:
    """Add one constraint of each kind that models have; return their variables."""
    a, b, c = (cp.new_bool_var(name) for name in "abc")
    x = cp.new_int_var(0, 3, "x")
    cp.add(2 * x - a >= 1).only_enforce_if(b, ~c)
    cp.add(x + a <= 2).only_enforce_if(c)
    cp.add(x <= 3 - b)
    cp.add_implication(a, ~b)
    cp.add_at_most_one(a, b, ~c)
    cp.add_exactly_one(a, b, c)
    cp.add_bool_or(a, ~b, c).only_enforce_if(~a)
    return [a, b, c, x]


def test_a_row_excludes_nothing_that_its_constraint_allows() -> None:
    """Tried for each kind of constraint alone, with all values of its variables."""
    whole = cp_model.CpModel()
    kinds = 0
    _constraints(whole)
    for constraint in whole.proto.constraints:
        kinds += 1
        one = cp_model.CpModel()
        names = [one.new_bool_var(name) for name in "abc"] + [one.new_int_var(0, 3, "x")]
        one.proto.constraints.append(constraint)
        program = mathopt.Model()
        variables = [program.add_variable(lb=0, ub=3 if number == 3 else 1) for number in range(4)]
        rows = list(delivery._rows(constraint, variables))
        assert rows
        for values in product((0, 1), (0, 1), (0, 1), range(4)):
            fixed = one.clone()
            for number, value in enumerate(values):
                fixed.add(fixed.get_int_var_from_proto_index(names[number].index) == value)
            allowed = cp_model.CpSolver().solve(fixed) == cp_model.OPTIMAL
            kept = all(_kept(row, values) for row in rows)
            assert kept or not allowed
            assert allowed or not kept or constraint.enforcement_literal
    assert kinds == 7


def _kept(row: delivery.Row, values: tuple[int, ...]) -> bool:
    least, terms, most = row
    total = sum(factor * (values[number] if number >= 0 else 1 - values[-1 - number]) for number, factor in terms)
    return least <= total <= most
