"""Rules and goals of the solver, each on a tiny scenario."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from ortools.sat.python import cp_model
from plan.worlds import Cells, draft

from staffing.auditing import audit_draft
from staffing.auditing.violation import RULES as WORDS
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goals_of
from staffing.plan.plan import Plan
from staffing.plan.records import GoalResult
from staffing.problem.build import build
from staffing.scenario.expand import Expanded
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import RULES
from staffing.solving.earlier import Earlier
from staffing.solving.goals import GOALS
from staffing.solving.lexicographic import LexicographicSearch
from staffing.solving.limits import Limits, Progress
from staffing.solving.solve import solve
from staffing.solving.state.plan import PlanState

ALWAYS = "QWE"
"""Owners, hours and effort: without them there is nothing to hold a rule against."""
QUICK: dict[str, Any] = {"deterministic": True, "time_limit": 10}
LIMITS = Limits(seconds=10, deterministic=True)


def modelled(world: Scenario | Expanded, letters: str = "") -> Model:
    """Write a scenario with a few of the rules."""
    model = Model(build(expanded(world)))
    for letter, rule in RULES.items():
        if letter in ALWAYS + letters:
            rule(model)
    return model


def expanded(world: Scenario | Expanded) -> Expanded:
    return world if isinstance(world, Expanded) else world.expanded


def allowed(world: Scenario | Expanded, letters: str, cells: Cells, hired: Collection[str] | None = None) -> bool:
    """Whether a few rules of the model allow exactly these hours; the audit's checks of the same rules must agree."""
    model = modelled(world, letters)
    verdict = _fixed(model, cells, hired) and feasible(model)
    words = {word for word, letter in WORDS.items() if letter in ALWAYS + letters}
    found = audit_draft(expanded(world), draft(cells, sorted(hired or ())))
    broken = sorted({violation.rule for violation in found} & words)
    assert verdict == (not broken), f"the model says {verdict}, the audit finds {broken}"
    return verdict


def _fixed(model: Model, cells: Cells, hired: Collection[str] | None) -> bool:
    """Fix all hours and hires; False where hours have no variable, and thus cannot be."""
    problem = model.problem
    jobs = {job.id: number for number, job in enumerate(problem.jobs)}
    people = {person.id: number for number, person in enumerate(problem.people)}
    steps = {
        (jobs.get(job, -1), people[person], week - 1): Fraction(hours) / problem.step
        for (job, person, week), hours in cells.items()
    }
    if not steps.keys() <= model.hours.keys():
        return False
    for cell, (var, factor) in model.hours.items():
        model.cp.add(factor * var == int(steps.get(cell, 0)))
    for number, person in enumerate(problem.people):
        if hired is not None and (flag := model.hired(number)) is not None:
            model.cp.add(flag == int(person.id in hired))
    return True


def amount(goal: Goal, plan: PlanState) -> int:
    """Return what a plan reaches of a goal, in the units of its term."""
    record = GOALS[goal]
    return record.sign * plan.objective(record.coefficients)


def feasible(model: Model) -> bool:
    """Whether a model has a solution."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(model.cp) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def deliverable(world: Scenario | Expanded, letters: str, *tasks: str) -> bool:
    """Whether a few rules of the model allow all these tasks together."""
    model = modelled(world, letters)
    jobs = {job.id: number for number, job in enumerate(model.problem.jobs)}
    if any(jobs.get(task) not in model.delivered for task in tasks):
        return False
    for task in tasks:
        model.cp.add(model.delivered[jobs[task]] == 1)
    return feasible(model)


def searched(
    world: Scenario,
    *,
    limits: Limits = LIMITS,
    stop: threading.Event | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> LexicographicSearch:
    """Prepare the search for a plan of a scenario."""
    nothing = Facts(world.expanded, Draft({}))
    return LexicographicSearch(
        build(world.expanded),
        goals_of(world, has_baseline=False),
        {goal: measure(nothing) for goal, measure in MEASURES.items()},
        baseline=Earlier(),
        limits=limits,
        stop=stop or threading.Event(),
        progress=progress,
    )


def planned(world: Scenario, **options: Any) -> Plan:
    """Solve to the proven optimum, the same way each time."""
    plan = solve(world, **{**QUICK, **options})
    assert plan.status == "optimal"
    return plan


def result(plan: Plan, goal: str) -> GoalResult:
    """Return what a plan says of a goal."""
    return next(entry for entry in plan.goals if entry.goal == goal)


def proven_at(plan: Plan, goal: str, value: float) -> bool:
    """Whether a goal without tolerance is reached, proven and kept at a value."""
    found = result(plan, goal)
    return (found.value, found.best, found.bound, found.limit, found.proven) == (value, value, value, value, True)


def hours_of(plan: Plan) -> dict[tuple[str, str, int], float]:
    """Return the hours of a plan by task, person and week."""
    return {(entry.task, entry.staff, entry.week): float(entry.hours) for entry in plan.assigned}


def states(plan: Plan) -> Mapping[str, str]:
    """Return the state of each task."""
    return {task.task: task.state for task in plan.results}


def delivered(plan: Plan) -> Sequence[str]:
    """Return the tasks delivered, late ones too."""
    return [task for task, state in states(plan).items() if state in ("delivered", "late")]
