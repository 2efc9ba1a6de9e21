"""Rebuilding: a few tasks are taken out of a plan and put back in another way, a hundred thousand times a second.

What is taken out belongs together: the work of people around a week, a one-owner group, what stands in the way of a
task that waits, or what makes a goal worse than it could be. It is put back in an order drawn anew, each task by
whoever does it best, with some noise. A worse plan is gone on from with a chance that falls with the temperature.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path

import numpy as np

from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.ruin import anneal as compiled
from staffing.solving.ruin.destroy import ANY, BEYOND, BUSIEST, FURTHER, LATE, OTHERWISE, WHOLE
from staffing.solving.ruin.fix_out import forgo
from staffing.solving.ruin.merge import merge, restrict
from staffing.solving.state import ledger
from staffing.solving.state.arrays import (
    BEST,
    BEST_CELLS,
    BEST_COUNT,
    CELL_AT,
    JOBS_ALL,
    PEOPLE_ALL,
    RANDOM,
    Floats,
    Whole,
)
from staffing.solving.state.insertion import AGAIN as PLACE_AGAIN
from staffing.solving.state.insertion import PRICES, WEIGHT_STEP
from staffing.solving.state.kept import drop_unsound, kept_folders, seal
from staffing.solving.state.usage import Cells

_KEPT = kept_folders(compiled.anneal, ledger.place)
for _folder in _KEPT:
    drop_unsound(_folder, *(Path(str(module.__file__)).parent for module in (compiled, ledger)))

PREPARED = threading.Event()
"""Set once compiled code is at hand."""
TURNS, ROUNDS = 40, 500
"""How often, and for how many rounds, what must be done is rebuilt once owners are forgone."""
AGAIN, AGAIN_KEPT = 0.3, 0.9
"""How often a task is first tried as it was in the earlier plan: before changes are sought, and from then on."""
EXCESS = 10.0
"""Changes that the value of a usual task outweighs at first, while the plan lacks it."""
STRETCH = 10_000
"""Rounds after which that changes."""
DEARER, CHEAPER = 1.2, 0.9
"""By how much."""
RESTORING = (OTHERWISE, WHOLE, OTHERWISE, LATE)
"""What is taken out in turn where fewest changes are sought: what is changed, and what is lost by setting it right."""
GOALS: dict[Goal, int] = {
    "must": compiled.GOAL_MUST,
    "value": compiled.GOAL_VALUE,
    "net_value": compiled.GOAL_NET,
    "lateness": compiled.GOAL_LATENESS,
    "cost": compiled.GOAL_COST,
    "overtime": compiled.GOAL_OVERTIME,
    "hours": compiled.GOAL_HOURS,
    "contacts": compiled.GOAL_CONTACTS,
    "balance": compiled.GOAL_BALANCE,
    "changes": compiled.GOAL_CHANGES,
}
"""The number of each goal in compiled code."""
TROUBLE: dict[Goal, int] = {
    "lateness": LATE,
    "contacts": FURTHER,
    "overtime": BEYOND,
    "balance": BUSIEST,
    "cost": ANY,
    "hours": ANY,
    "changes": OTHERWISE,
}
"""What makes a goal worse; where it is missing, what waits does."""


def prepare(arrays: Whole) -> None:
    """Compile what rebuilding needs, or find it compiled: once after installing it takes half a minute.

    Parameters
    ----------
    arrays
        Any problem; it is left as it is.
    """
    one, other = arrays.copy(), arrays.copy()
    nothing = np.zeros(0, dtype=np.int64)
    compiled.load(one, nothing.reshape(-1, 4))
    compiled.anneal(one, np.array([GOALS["must"]]), nothing, np.zeros(0), np.zeros(PRICES), WHOLE, 0.0, 0.0, 0)
    compiled.keep(one, int(compiled.amount(one, int(GOALS["must"]))))
    compiled.recall(one)
    forgo(one, nothing)
    restrict(other, np.zeros(one[PEOPLE_ALL], dtype=np.int64), np.zeros(one[JOBS_ALL], dtype=np.int64))
    merge(one, other)
    for folder in _KEPT:
        seal(folder)
    PREPARED.set()


class Rebuilding:
    """Rebuilds a plan for one goal, the goals before it kept within their limits.

    Parameters
    ----------
    problem
        What is planned.
    arrays
        The problem in one array (:func:`staffing.solving.state.arrays.written`), this object's own.
    goals
        The goals kept, and last the one sought; all of :data:`GOALS`.
    most
        By goal kept: the most that sign × its amount may be.
    seed
        Of the random numbers.
    """

    def __init__(
        self, problem: Problem, arrays: Whole, goals: Sequence[Goal], most: Sequence[int], *, seed: int
    ) -> None:
        self.problem = problem
        self.arrays = arrays
        self._kept_most = (tuple(goals), tuple(most))
        arrays[RANDOM] = (2 * seed + 1) * 0x9E3779B97F4A7C15 % 2**62 + 1
        self._goals = np.array([GOALS[goal] for goal in goals], dtype=np.int64)
        self._most = np.array(most, dtype=np.int64)
        self._excess = np.array([excess_of(problem, goal, goals[-1]) for goal in goals[:-1]])
        prices = np.zeros(len(problem.people) * problem.weeks)
        self._weights = np.concatenate([weights_for(problem, goals), prices])
        self._trouble = TROUBLE.get(goals[-1], WHOLE)
        self._troubles = cycle(RESTORING) if goals[-1] == "changes" else None
        self.scale = scale_of(problem, goals[-1])

    @property
    def best(self) -> int:
        """Sign × the amount of the goal in the best plan so far."""
        return int(self.arrays[BEST])

    @property
    def amount(self) -> int:
        """Sign × the amount of the goal in the plan in work."""
        return int(compiled.amount(self.arrays, self._goals[-1]))

    def go_on_from(self, cells: Mapping[int, Cells]) -> None:
        """Go on from a plan: of each job placed, its steps by (person, week); it becomes the best."""
        compiled.load(self.arrays, _rows(cells))
        self.keep()

    def keep(self) -> None:
        """Make the plan in work the best."""
        compiled.keep(self.arrays, self.amount)

    def run(self, rounds: int, hot: float, cool: float) -> None:
        """Rebuild some rounds, from one temperature to another, in units of what a task means to the goal."""
        if not self._excess.any():
            self._run(self._most, self._excess, rounds, hot, cool)
            return
        for done in range(0, rounds, STRETCH):
            most = min(STRETCH, rounds - done)
            begin, end = (hot + (cool - hot) * at / rounds for at in (done, done + most))
            self._run(self._most, self._excess, most, begin, end)
            self._reprice()

    def _run(self, most: Whole, excess: Floats, rounds: int, hot: float, cool: float) -> None:
        if self._troubles:
            self._trouble = next(self._troubles)
        scale = self.scale
        compiled.anneal(
            self.arrays, self._goals, most, excess, self._weights, self._trouble, hot * scale, cool * scale, rounds
        )

    def _reprice(self) -> None:
        """Let what lies beyond a limit cost more as long as it does, and less once it does not.

        So the plan in work keeps near the limits, now this side of them and now that (strategic oscillation: F. Glover,
        Heuristics for integer programming using surrogate constraints, Decision Sciences 8, 1977).
        """
        for number, (goal, most) in enumerate(zip(self._goals, self._most, strict=False)):
            over = int(compiled.amount(self.arrays, int(goal))) > most
            self._excess[number] *= DEARER if over else CHEAPER

    def price(self, prices: Floats) -> None:
        """Let hours have prices by person and week when owners are chosen, instead of one price for all hours."""
        self._weights = np.concatenate([self._weights[:PRICES], prices])
        self._weights[WEIGHT_STEP] = 0.0

    def stay_near(self) -> None:
        """Mostly put what was in an earlier plan back as it was there, whatever is sought."""
        self._weights[PLACE_AGAIN] = AGAIN_KEPT

    def forgo(self, pairs: Whole) -> None:
        """Bar some owners from their jobs for good.

        What they have in the plan in work is taken out and given to others; where what must be done is not all done
        again soon, the best plan so far is gone on from, and they keep what they have in it.

        Parameters
        ----------
        pairs
            Numbers of pairs, counted over the jobs in order.
        """
        forgo(self.arrays, pairs)
        most = dict(zip(*self._kept_most, strict=False)).get("must", np.iinfo(np.int64).max)
        goal, none = np.array([GOALS["must"]]), np.zeros(0, dtype=np.int64)
        weights = np.concatenate([weights_for(self.problem, ["must"]), np.zeros(len(self._weights) - PRICES)])
        best, self.arrays[BEST] = self.best, np.iinfo(np.int64).min
        for _ in range(TURNS):
            if compiled.amount(self.arrays, int(goal[0])) <= most:
                break
            compiled.anneal(self.arrays, goal, none, np.zeros(0), weights, WHOLE, 0.0, 0.0, ROUNDS)
        else:
            self.recall()
        self.arrays[BEST] = best

    def recall(self) -> None:
        """Go back to the best plan."""
        compiled.recall(self.arrays)

    @property
    def best_cells(self) -> dict[int, Cells]:
        """The best plan so far: of each job placed, its steps by (person, week)."""
        m = self.arrays
        counts = m[m[BEST_COUNT] : m[BEST_COUNT] + len(self.problem.jobs)].tolist()
        starts = (m[BEST_CELLS] + m[m[CELL_AT] : m[CELL_AT] + len(counts)]).tolist()
        found: dict[int, Cells] = {}
        for job, (at, count) in enumerate(zip(starts, counts, strict=True)):
            if count:
                cells = m[at : at + 3 * count].tolist()
                found[job] = {(cells[i], cells[i + 1]): cells[i + 2] for i in range(0, 3 * count, 3)}
        return found

    # several at work on one plan

    def share(self, other: Rebuilding) -> None:
        """Let another go on from the plan in work."""
        random = other.arrays[RANDOM]
        np.copyto(other.arrays, self.arrays)
        other.arrays[RANDOM] = random

    def another(self, seed: int) -> Rebuilding:
        """Return another rebuilding that works on a copy of the same arrays."""
        goals, most = self._kept_most
        other = Rebuilding(self.problem, self.arrays.copy(), goals, most, seed=seed)
        other._weights = self._weights
        return other

    def lend(self, other: Rebuilding, people: Whole, jobs: Whole) -> None:
        """Let another go on from the plan in work, with some people and jobs."""
        self.share(other)
        restrict(other.arrays, people, jobs)

    def run_lent(self, rounds: int, hot: float, cool: float, among: int) -> None:
        """Rebuild with what was lent, with an equal share of what is left to the goals kept."""
        now = [int(compiled.amount(self.arrays, goal)) for goal in self._goals[:-1]]
        most = [amount + (int(limit) - amount) // among for amount, limit in zip(now, self._most, strict=True)]
        self._run(np.array(most, dtype=np.int64), np.zeros_like(self._excess), rounds, hot, cool)

    def take_back(self, others: Sequence[Rebuilding]) -> None:
        """Take over what others made of what was lent, unless a goal kept would pass its limit together."""
        before = self.arrays.copy()
        for other in others:
            merge(self.arrays, other.arrays)
        now = [int(compiled.amount(self.arrays, goal)) for goal in self._goals[:-1]]
        if any(amount > limit for amount, limit in zip(now, self._most, strict=True)):
            np.copyto(self.arrays, before)
        elif self.amount < self.best:
            self.keep()


def _rows(cells: Mapping[int, Cells]) -> Whole:
    rows = [(job, *cell, steps) for job, placed in sorted(cells.items()) for cell, steps in placed.items()]
    return np.array(rows, dtype=np.int64).reshape(-1, 4)


def weights_for(problem: Problem, goals: Sequence[Goal]) -> Floats:
    """Return what counts when an owner is chosen, by the places that :mod:`put` names.

    It is mostly the goal itself, and hours for the sake of what else could be done in them. The noise is how much all
    that is blurred: money less than hours, where all work is delivered already and only its price is sought.
    Where fewest changes are sought, whatever is not as before is chosen for the sake of the value that is kept.
    """
    again = AGAIN_KEPT if "changes" in goals else AGAIN
    goal = goals[-1]
    if goal == "changes" and "net_value" in goals:
        goal = "net_value"
    needs = sum(min((pair.need for pair in job.pairs), default=0) for job in problem.jobs)
    value = sum(job.value for job in problem.jobs) / max(1, needs)
    rate = sum(person.hour_cost for person in problem.people) / len(problem.people)
    if goal == "net_value":
        return np.array([1.0, 0.5 * value, 0.0, 0.0, 1.0, again])
    if goal == "cost":
        return np.array([1.0, 0.05 * rate, 0.0, 0.0, 0.2, again])
    money = 0.1 / max(1.0, rate)
    if goal == "lateness":
        return np.array([money, 1.0, 1000.0, 0.0, 1.0, again])
    if goal == "contacts":
        return np.array([money, 1.0, 0.0, 1000.0, 1.0, again])
    return np.array([money, 1.0, 1.0, 0.5, 1.0, again])


def excess_of(problem: Problem, kept: Goal, goal: Goal) -> float:
    """Return what a unit beyond the limit of a goal kept costs at first, in units of the goal sought; 0: not allowed.

    Only where fewest changes are sought: on the way from one plan to another like the earlier one, value is lost and
    won again.
    """
    return EXCESS / scale_of(problem, kept) if goal == "changes" and kept in ("value", "net_value", "lateness") else 0.0


def scale_of(problem: Problem, goal: Goal) -> float:
    """Return about how much one task changes a goal's amount."""
    jobs = problem.jobs
    if not jobs:
        return 1.0
    needs = sum(min((pair.need for pair in job.pairs), default=0) for job in jobs) / len(jobs)
    if goal == "must":
        return float(max(job.effort * job.must for job in jobs))
    if goal in ("value", "net_value"):
        return sum(job.value for job in jobs) / len(jobs)
    if goal == "cost":
        rates = sum(person.hour_cost for person in problem.people) / len(problem.people)
        prices = [pair.price for job in jobs for pair in job.pairs if pair.price is not None]
        return 0.2 * (needs * rates + sum(prices) / max(1, len(prices)))
    return needs if goal in ("hours", "overtime") else 2.0
