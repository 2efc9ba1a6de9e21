"""Large neighbourhood search: some jobs of a plan are freed and planned anew by CP-SAT, again and again.

A subproblem is small enough for CP-SAT to finish or nearly so. Several threads may work on one plan at once, each on
any part of it: what one finds is dropped if another has changed meanwhile what it was found beside. As few subproblems
gain, hardly any is.

Sources: P. Shaw, Using constraint programming and local search methods to solve vehicle routing problems, CP-98 (1998);
H. T. Kung, J. T. Robinson, On optimistic methods for concurrency control, ACM Transactions on Database Systems (1981).
"""

from __future__ import annotations

import random
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from staffing.problem.problem import Problem
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.limits import Clock, Limits
from staffing.solving.lns.neighbourhoods import Neighbourhood, Neighbourhoods
from staffing.solving.lns.subproblem import Subproblem, freed
from staffing.solving.solution import with_hires
from staffing.solving.state.incumbent import Incumbent
from staffing.solving.state.plan import Cells, PlanState
from staffing.solving.tuning import TUNING


@dataclass(frozen=True)
class Touched:
    """People, clients and jobs of a part of a plan."""

    people: set[int]
    clients: set[int]
    jobs: set[int]

    def meets(self, other: Touched) -> bool:
        """Whether they share any."""
        return bool(self.people & other.people or self.clients & other.clients or self.jobs & other.jobs)


@dataclass(frozen=True)
class Drawn:
    """A subproblem, and the plan it was drawn from.

    Attributes
    ----------
    neighbourhood
        What chose its jobs.
    reads
        Its people, clients and jobs, and the jobs before and after those.
    slack
        By goal kept: how much worse it may make the goal.
    epoch, changes
        The epoch of the plan, and how often it had been changed in that.
    """

    subproblem: Subproblem
    neighbourhood: Neighbourhood
    reads: Touched
    slack: list[int]
    epoch: int
    changes: int


@dataclass(frozen=True)
class Answer:
    """Steps by job that are better, None where none were found; and whether it was solved quickly."""

    placed: Mapping[int, Cells] | None
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
        self._changes: list[Touched] = []
        """What each answer changed, in this epoch."""
        goal = incumbent.goals[-1].name
        self._neighbourhoods = Neighbourhoods(
            incumbent.plan, random.Random(limits.seed), musts=goal == "must", late=goal == "lateness"
        )

    @property
    def stuck(self) -> bool:
        """Whether nothing has been gained for long."""
        return self._rounds - self._last_gain > TUNING.stuck_rounds

    def round(self, seconds: float) -> bool:
        """Plan one subproblem anew; return whether there was one."""
        with self._incumbent.lock:
            drawn = self._draw()
        if drawn is None:
            return False
        answer = self._solve(drawn, seconds)
        with self._incumbent.lock:
            self._neighbourhoods.learn(drawn.neighbourhood, gained=answer.placed is not None, quick=answer.quick)
            if answer.placed is not None and self._still_holds(drawn):
                self._take_over(drawn.subproblem.before, answer.placed)
        return True

    def go_on_from(self, cells: Mapping[int, Cells]) -> None:
        """Make another plan the one in work; subproblems in work come to nothing."""
        with self._incumbent.lock:
            self._incumbent.go_on_from(cells)
            self._epoch += 1
            self._changes.clear()
            self._last_gain = self._rounds

    # under the lock

    def _draw(self) -> Drawn | None:
        """Free some jobs; None where there are none to free."""
        self._rounds += 1
        self._clock.spent += TUNING.select_work_seconds
        plan, problem = self._incumbent.plan, self._incumbent.plan.problem
        neighbourhood, jobs, people = self._neighbourhoods.select()
        jobs = [job for job in jobs if all(person in people for person, _ in plan.cells.get(job, ()))]
        if not jobs or not people:
            return None
        tied = {tied for job in jobs for tied, _ in (*problem.jobs[job].after, *problem.followers.get(job, ()))}
        clients = {problem.jobs[job].client for job in jobs}
        return Drawn(
            freed(plan, self._incumbent.baseline, jobs, people),
            neighbourhood,
            Touched(_with_copies(problem, people), clients, {*jobs, *tied}),
            self._incumbent.slack,
            self._epoch,
            len(self._changes),
        )

    def _still_holds(self, drawn: Drawn) -> bool:
        """Whether nothing that a subproblem was drawn beside has changed since."""
        return drawn.epoch == self._epoch and not any(map(drawn.reads.meets, self._changes[drawn.changes :]))

    def _take_over(self, before: Mapping[int, Cells], after: Mapping[int, Cells]) -> None:
        """Put the steps of some jobs into the plan, unless others have used up what a goal kept had to give."""
        incumbent = self._incumbent
        changed = {job for job in {*before, *after} if before.get(job) != after.get(job)}
        _replace(incumbent.plan, changed, after)
        if min(incumbent.slack, default=0) < 0:
            _replace(incumbent.plan, changed, before)
            return
        people = {person for job in changed for cells in (before, after) for person, _ in cells.get(job, ())}
        clients = {incumbent.plan.problem.jobs[job].client for job in changed}
        self._changes.append(Touched(people, clients, changed))
        self._last_gain = self._rounds
        incumbent.note()

    # beside others

    def _solve(self, drawn: Drawn, seconds: float) -> Answer:
        """Plan a subproblem better than it is, the goals kept within its slack."""
        subproblem, goals = drawn.subproblem, self._incumbent.goals
        model, hint = build_model(subproblem.problem), subproblem.hint
        for goal, slack in zip(goals, drawn.slack, strict=False):
            kept = goal.objective(model, subproblem.baseline)
            model.at_most(kept, model.evaluate(kept, hint) + slack)
        objective = goals[-1].objective(model, subproblem.baseline)
        if not objective:
            return Answer(None, quick=True)
        begun = self._clock.left
        found = run(model, objective, hint, self._limits, self._clock, seconds, stop=self._stop, quick=True)
        quick = begun - self._clock.left < TUNING.quick_share * seconds
        if found.steps is None:
            return Answer(None, quick=quick)
        after = with_hires(subproblem.problem, found.steps)
        gain = model.evaluate(objective, hint) - model.evaluate(objective, after)
        return Answer(subproblem.by_job(found.steps) if gain > 0 else None, quick=quick)


def _replace(plan: PlanState, jobs: Collection[int], cells: Mapping[int, Cells]) -> None:
    """Take jobs out of a plan, and put in those that have cells."""
    for job in jobs:
        if job in plan.cells:
            plan.remove(job)
    for job in jobs:
        if job in cells:
            plan.place(job, cells[job])


def _with_copies(problem: Problem, people: set[int]) -> set[int]:
    """Add the other copies of placeholders: hiring one depends on the others."""
    chain = problem.hire_chain
    families = {chain[person][-1] for person in people}
    return people | {number for number in problem.placeholders if chain[number][-1] in families}
