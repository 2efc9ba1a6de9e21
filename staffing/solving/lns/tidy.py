"""Tidying: tasks in the fewest pieces, then in the earliest weeks, with every goal as it is.

One task after the other is moved, all others as they are, until none can be moved any more. A task with one owner is
moved by compiled code; one that is shared, which is rare, by CP-SAT. Where a task is in pieces then, what its owner
does meanwhile is in its way: CP-SAT lays all of that anew, most gaps first.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from staffing.solving.context import SearchContext
from staffing.solving.cp.model import Model
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.cp.variables import Terms
from staffing.solving.goals import GOALS
from staffing.solving.limits import Deadline
from staffing.solving.lns.subproblem import freed
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.plan import PlanState
from staffing.solving.tuning import TUNING


def untidiness(model: Model) -> Terms:
    """Return the sum that tidying minimises: weeks of tasks without hours, then allocations, then steps × weeks."""
    steps = sum(max(pair.need for pair in pairs) for pairs in model.pairs.values())
    row = 2 * steps * model.problem.weeks + 1
    gap = row * (len(model.hours) + 1)
    terms: Terms = [(var, factor * week) for (_, _, week), (var, factor) in model.hours.items()]
    jobs = model.problem.jobs
    new = [(job, person, week) for job, person, week in model.hours if (week, person) not in jobs[job].fixed]
    terms += [(model.used(*cell), row) for cell in new]
    return terms + [(var, factor * gap) for job in model.delivered for var, factor in _gaps(model, job)]


def _gaps(model: Model, job: int) -> Terms:
    """Return the weeks from first to last of a job, fixed hours counted, less those in which somebody works on it."""
    data = model.problem.jobs[job]
    fixed_weeks = data.fixed_weeks
    first, last = min([data.first, *fixed_weeks]), max([data.last, *fixed_weeks])
    terms: Terms = []
    for week in range(first, last + 1):
        begun = any(fixed <= week for fixed in fixed_weeks)
        terms.append((model.delivered[job] if begun else model.begun(job, week), 1))
        if all(fixed < week for fixed in fixed_weeks):
            terms.append((model.over(job, week - 1), -1))
        if week not in fixed_weeks and (worked := model.worked(job, week)) is not None:
            terms.append((worked, -1))
    return terms


class Tidying:
    """Moves the tasks of a plan, as long as there is time.

    Parameters
    ----------
    context
        What is planned; no goal becomes worse.
    solution
        The plan.
    deadline
        When to end in any case.
    """

    def __init__(self, context: SearchContext, solution: Solution, deadline: Deadline) -> None:
        self._context = context
        self._plan = PlanState.of(context.problem, solution, context.baseline)
        self._goals = np.array([GOALS[term.goal].coefficients for term in context.terms])
        self._deadline = deadline
        self._alone = {job: self._people(job).pop() for job in self._plan.cells if len(self._people(job)) == 1}
        """Jobs with one owner."""
        self._in_vain: set[int] = set()
        """Hours that were laid anew already, hashed."""

    def run(self) -> Solution:
        """Return the plan once no task can be moved any more."""
        left = self._deadline.left
        self._move_each()
        last = left - self._deadline.left  # as long as this has taken, it may take again
        joining = self._context.clock.within(self._deadline.left - last)
        while self._join(joining):
            self._move_each()
        return self._plan.solution()

    def _join(self, deadline: Deadline) -> bool:
        """Lay anew what is in the way of tasks that take several weeks; return whether that made any tidier."""
        joined = 0
        parted = [job for job in self._alone if len(self._plan.cells[job]) > 1]
        for job in sorted(parted, key=lambda job: (-self._gaps(job), -len(self._plan.cells[job]), job)):
            if deadline.over:
                break
            around = self._around(job)
            known = hash(tuple((one, *sorted(self._plan.cells[one].items())) for one in around))
            if known not in self._in_vain:
                joined += self._laid_anew(around)
                self._in_vain.add(known)
        return joined > 0

    def _move_each(self) -> None:
        """Move one job after the other, until none can be moved."""
        shared = sorted(self._plan.cells.keys() - self._alone.keys())
        moved = True
        while moved:
            while sum(map(self._moved, sorted(self._alone, key=lambda job: (self._plan.first(job), job)))):
                pass
            moved = sum(self._laid_anew([job]) for job in shared) > 0

    def _moved(self, job: int) -> bool:
        """Move a job with one owner, if it can be and there is time; return whether it was."""
        if self._deadline.over:
            return False
        self._context.clock.spent += TUNING.tidy_work_seconds
        return self._plan.tidy(job, self._goals)

    def _people(self, job: int) -> set[int]:
        return {person for person, _ in self._plan.cells[job]}

    def _gaps(self, job: int) -> int:
        """Return the weeks between the first and last hours of a job that have none, fixed hours counted."""
        weeks = {week for _, week in self._plan.cells[job]} | self._context.problem.jobs[job].fixed_weeks
        return max(weeks) - min(weeks) + 1 - len(weeks)

    def _around(self, job: int) -> list[int]:
        """Return a job, and what its owner does alone between its first and last hours: most gaps first, only some."""
        plan, owner = self._plan, self._alone[job]
        near = [
            other
            for other in plan.jobs_of(owner)
            if other in self._alone and plan.first(other) <= plan.last(job) and plan.last(other) >= plan.first(job)
        ]
        near.sort(key=lambda other: (other != job, -self._gaps(other), other))
        return sorted(near[: TUNING.tidy_jobs])

    def _laid_anew(self, jobs: Collection[int]) -> bool:
        """Let CP-SAT lay some jobs anew, their owners as they are; return whether they are tidier than before."""
        plan, context = self._plan, self._context
        if self._deadline.over or context.stop.is_set():
            return False
        subproblem = freed(plan, context.baseline, jobs, set.union(*map(self._people, jobs)))
        model, hint = build_model(subproblem.problem), subproblem.hint
        for term in context.terms:
            terms = GOALS[term.goal].objective(model, subproblem.baseline)
            model.at_most(terms, model.evaluate(terms, hint))
        for var in (*model.delivered.values(), *model.owns.values()):
            model.cp.add(var == 1)
        objective = untidiness(model)
        seconds = min(TUNING.tidy_part_seconds, self._deadline.left)
        limits = replace(context.limits, gap=0.0, workers=1)
        found = run(model, objective, hint, limits, context.clock, seconds, stop=context.stop)
        if found.steps is None:
            return False
        after = with_hires(subproblem.problem, found.steps)
        if model.evaluate(objective, after) >= model.evaluate(objective, hint):
            return False
        for job, cells in subproblem.by_job(found.steps).items():
            plan.remove(job)
            plan.place(job, cells)
        return True
