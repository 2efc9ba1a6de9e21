"""Large neighbourhood search: some jobs of a plan are freed and planned anew by CP-SAT, again and again.

A subproblem is small enough for CP-SAT to finish or nearly so. Several threads may work on one plan at once, on
subproblems that share neither people nor clients, so that what one finds holds beside what the other finds.

Source: P. Shaw, Using constraint programming and local search methods to solve vehicle routing problems, CP-98 (1998).
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from staffing.problem.problem import Problem
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.limits import Clock, Limits
from staffing.solving.lns.neighbourhoods import Neighbourhood, Neighbourhoods
from staffing.solving.lns.subproblem import Subproblem, freed
from staffing.solving.solution import with_hires
from staffing.solving.state.incumbent import Claims, Incumbent
from staffing.solving.state.plan import Cells
from staffing.solving.tuning import TUNING


@dataclass(frozen=True)
class Claimed:
    """A subproblem in work, and what it may use alone meanwhile.

    Attributes
    ----------
    neighbourhood
        What chose its jobs.
    claims
        Its people, clients and jobs.
    slack
        By goal kept: how much worse it may make the goal.
    epoch
        The epoch of the plan it was taken from.
    """

    subproblem: Subproblem
    neighbourhood: Neighbourhood
    claims: Claims
    slack: list[int]
    epoch: int


@dataclass(frozen=True)
class Answer:
    """Steps by job that are at least as good, None where none were found; whether it gained, and was solved quickly."""

    placed: Mapping[int, Cells] | None
    gained: bool
    quick: bool


class NeighbourhoodSearch:
    """Improves the plan in work, subproblem by subproblem.

    Parameters
    ----------
    incumbent
        The plan in work, and the best so far.
    limits, clock
        Threads, seed and time.
    stop
        Set, the subproblems in work come to an end.
    """

    def __init__(self, incumbent: Incumbent, *, limits: Limits, clock: Clock, stop: threading.Event) -> None:
        self._incumbent = incumbent
        self._limits = limits
        self._clock = clock
        self._stop = stop
        self._rounds = 0
        self._last_gain = 0
        self._epoch = 0
        """Counts the plans gone on from; an answer from an earlier epoch is dropped."""
        goal = incumbent.goals[-1].name
        self._neighbourhoods = Neighbourhoods(
            incumbent.plan, random.Random(limits.seed), musts=goal == "must", late=goal == "lateness"
        )

    @property
    def stuck(self) -> bool:
        """Whether nothing has been gained for long."""
        return self._rounds - self._last_gain > TUNING.stuck_rounds

    def round(self, seconds: float) -> bool:
        """Plan one subproblem anew; return whether there was one that nobody else works on."""
        with self._incumbent.lock:
            claimed = self._claim()
        if claimed is None:
            return False
        answer = self._solve(claimed, seconds)
        with self._incumbent.lock:
            self._release(claimed)
            if claimed.epoch == self._epoch:
                self._take_over(claimed, answer)
        return True

    def go_on_from(self, cells: Mapping[int, Cells]) -> None:
        """Make another plan the one in work; subproblems in work come to nothing."""
        with self._incumbent.lock:
            self._incumbent.go_on_from(cells)
            self._epoch += 1
            self._last_gain = self._rounds

    # under the lock

    def _claim(self) -> Claimed | None:
        """Free some jobs beside those in work, and claim what they need; None where nothing is left."""
        self._rounds += 1
        self._clock.spent += TUNING.select_work_seconds
        plan, in_work = self._incumbent.plan, self._incumbent.claims
        neighbourhood, jobs, people = self._neighbourhoods.select()
        if in_work.jobs:
            jobs = [job for job in jobs if not in_work.touch(plan, job)]
        if not jobs:
            return None
        people = people - in_work.people
        jobs = [job for job in jobs if all(person in people for person, _ in plan.cells.get(job, ()))]
        if not jobs or not people:
            return None
        alone = not in_work.jobs
        subproblem = freed(plan, self._incumbent.baseline, jobs, people)
        claims = Claims(_with_copies(plan.problem, people), {plan.problem.jobs[job].client for job in jobs}, set(jobs))
        in_work.people |= claims.people
        in_work.clients |= claims.clients
        in_work.jobs |= claims.jobs
        slack = [share if alone else share // 2 for share in self._incumbent.slack]
        self._reserve(slack, 1)
        return Claimed(subproblem, neighbourhood, claims, slack, self._epoch)

    def _release(self, claimed: Claimed) -> None:
        """Release what a subproblem claimed."""
        in_work = self._incumbent.claims
        in_work.people -= claimed.claims.people
        in_work.clients -= claimed.claims.clients
        in_work.jobs -= claimed.claims.jobs
        self._reserve(claimed.slack, -1)

    def _reserve(self, slack: list[int], sign: int) -> None:
        for number, share in enumerate(slack):
            self._incumbent.reserved[number] += sign * share

    def _take_over(self, claimed: Claimed, answer: Answer) -> None:
        """Learn from an answer, and put it into the plan."""
        self._neighbourhoods.learn(claimed.neighbourhood, gained=answer.gained, quick=answer.quick)
        if answer.placed is None:
            return
        plan = self._incumbent.plan
        for job in claimed.subproblem.before:
            plan.remove(job)
        for job, cells in answer.placed.items():
            plan.place(job, cells)
        self._incumbent.note()
        if answer.gained:
            self._last_gain = self._rounds

    # beside others

    def _solve(self, claimed: Claimed, seconds: float) -> Answer:
        """Plan a subproblem no worse than it is, the goals kept within its slack."""
        subproblem, goals = claimed.subproblem, self._incumbent.goals
        model, hint = build_model(subproblem.problem), subproblem.hint
        for goal, slack in zip(goals, claimed.slack, strict=False):
            kept = goal.objective(model, subproblem.baseline)
            model.at_most(kept, model.evaluate(kept, hint) + slack)
        objective = goals[-1].objective(model, subproblem.baseline)
        if not objective:
            return Answer(None, gained=False, quick=True)
        begun = self._clock.left
        found = run(model, objective, hint, self._limits, self._clock, seconds, stop=self._stop, quick=True)
        quick = begun - self._clock.left < TUNING.quick_share * seconds
        if found.steps is None:
            return Answer(None, gained=False, quick=quick)
        after = with_hires(subproblem.problem, found.steps)
        gain = model.evaluate(objective, hint) - model.evaluate(objective, after)
        return Answer(subproblem.by_job(found.steps) if gain >= 0 else None, gained=gain > 0, quick=quick)


def _with_copies(problem: Problem, people: set[int]) -> set[int]:
    """Add the other copies of placeholders: hiring one depends on the others."""
    chain = problem.hire_chain
    families = {chain[person][-1] for person in people}
    return people | {number for number in problem.placeholders if chain[number][-1] in families}
