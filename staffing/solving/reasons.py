"""Why a task waits that somebody could do: it is tried alone, with all that comes before it.

The trial plans nothing but the task and its predecessors, with every placeholder hireable, and adds rules in three
rounds. The round that fails is the reason: E W Q C M, ``capacity``; with B, ``budget``; with K N O P, ``limits``.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

from staffing.plan.records import Reason
from staffing.problem.alone import surely_not
from staffing.problem.problem import Problem
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.goals import GOALS
from staffing.solving.limits import Clock, Limits
from staffing.solving.ruin.annealer import Annealer
from staffing.solving.state.filling import tables_of
from staffing.solving.state.greedy import constructed, greedy_guide
from staffing.solving.state.kernel import READY
from staffing.solving.state.plan import PlanState
from staffing.solving.state.tables import Guide
from staffing.solving.tuning import TUNING


def trial_reasons(
    problem: Problem, waiting: Iterable[int], over: Callable[[], bool] = lambda: False
) -> dict[int, Reason]:
    """Return the reason of each waiting job for which one of the rules alone is to blame.

    Parameters
    ----------
    problem
        What is planned.
    waiting
        Numbers of jobs.
    over
        Whether time is up: then only jobs like those tried before, and those that plainly fit, are judged.
    """
    found: dict[int, Reason] = {}
    known: dict[object, Reason | None] = {}
    plan, guide = PlanState(problem), greedy_guide(problem)
    for job in waiting:
        chain = problem.in_order([job])
        if _plainly_fits(plan, guide, chain):
            continue
        alone = problem.among(chain)
        key = _likeness(alone)
        if key not in known and over():
            continue
        if key not in known:
            known[key] = _reason(alone)
        reason = known[key]
        if reason is not None:
            found[job] = reason
    return found


def _reason(alone: Problem) -> Reason | None:
    """Return what is to blame that not all jobs of a trial can be delivered; None where they can."""
    if _deliverable(alone):
        return None
    unlimited = _without_limits(alone)
    if _deliverable(unlimited):
        return "limits"
    return "budget" if _deliverable(replace(unlimited, budgets=())) else "capacity"


def _plainly_fits(plan: PlanState, guide: Guide, chain: Sequence[int]) -> bool:
    """Return whether some jobs, in this order, fit into an empty plan one after the other."""
    placed = list(takewhile(lambda job: plan.insert(job, guide), chain))
    for job in placed:
        plan.remove(job)
    return len(placed) == len(chain)


def _likeness(alone: Problem) -> object:
    """Return all that matters in a trial, so that equal trials are made once."""
    return (
        tuple(replace(job, id="", family="", value=0, must=False, weight=1, due=None) for job in alone.jobs),
        alone.budgets,
        alone.one_owner,
    )


def _without_limits(problem: Problem) -> Problem:
    """Return the problem without rules K, N, O and P."""
    concerned = {pair.person for job in problem.jobs for pair in job.pairs}
    free: dict[str, Any] = {"limits": {}, "max_clients": None, "max_clients_per_week": None}
    return replace(
        problem,
        jobs=tuple(replace(job, after=()) for job in problem.jobs),
        people=tuple(
            replace(person, **free) if number in concerned else person for number, person in enumerate(problem.people)
        ),
        one_owner=(),
    )


def _deliverable(problem: Problem) -> bool:
    """Return whether all jobs of a small problem can be delivered together; mostly that is plain without the solver."""
    numbers = range(len(problem.jobs))
    if len({job for job, _, _ in constructed(problem, numbers, hiring=True).steps}) == len(problem.jobs):
        return True
    if any(surely_not(problem, job) for job in numbers):
        return False
    return (READY.is_set() and _annealed(problem)) or not _refuted(problem)


def _refuted(problem: Problem) -> bool:
    """Return whether the solver proves that not all jobs of a small problem can be delivered together."""
    model = build_model(problem)
    if len(model.delivered) < len(problem.jobs):
        return True
    for var in model.delivered.values():
        model.cp.add(var == 1)
    limits = Limits(seconds=TUNING.trial_seconds, deterministic=True)
    return run(
        model, [], None, limits, Clock(limits), TUNING.trial_seconds, stop=threading.Event(), quick=True
    ).infeasible


def _annealed(problem: Problem) -> bool:
    """Return whether all jobs of a small problem are delivered together after some rounds of ruin-and-recreate."""
    alike = replace(problem, jobs=tuple(replace(job, value=1) for job in problem.jobs))
    annealer = Annealer(alike, tables_of(alike), [GOALS["value"]], [], seed=0)
    annealer.save_best()
    for _ in range(TUNING.trial_turns):
        annealer.run(TUNING.trial_rounds, 1.0, 0.0)
        if annealer.best == -len(problem.jobs):
            return True
    return False
