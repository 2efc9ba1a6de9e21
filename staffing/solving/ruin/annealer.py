"""Ruin and recreate for Python: one thread that anneals a plan for one goal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import cycle
from pathlib import Path

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.arrays import FloatArray, IntArray
from staffing.solving.goals import GOALS, GoalRecord, Usual
from staffing.solving.ruin import anneal as annealing
from staffing.solving.ruin.destroy import CHANGED, LATE, WAITING
from staffing.solving.ruin.division import Block
from staffing.solving.state import exchange, insertion, ledger, pricing, restoring, tidying
from staffing.solving.state.filling import tables_of
from staffing.solving.state.kept import drop_unsound, is_sealed, kept_folders, seal
from staffing.solving.state.kernel import READY
from staffing.solving.state.plan import Cells, as_rows
from staffing.solving.state.tables import Guide, State, copied, copy_into, guide
from staffing.solving.tuning import TUNING

KEPT = kept_folders(annealing.anneal, ledger.place)
"""Where compiled code is kept."""
for _folder in KEPT:
    drop_unsound(_folder, *(Path(str(module.__file__)).parent for module in (annealing, ledger)))

RESTORING = (CHANGED, WAITING, CHANGED, LATE)
"""Targets in turn where fewest changes are sought: what is changed, and what is lost by setting it right."""
NOTHING = np.zeros(0, dtype=np.int64)


def prepare(state: State) -> None:
    """Compile all that works on the state, or find it compiled: once after installing it takes a minute.

    Parameters
    ----------
    state
        Of any problem; it is left as it is.
    """
    one, other = copied(state), copied(state)
    people, jobs = len(state.people), len(state.jobs)
    weights = guide(np.zeros(state.weeks.shape))
    must = GOALS["must"].coefficients
    exchange.load(one, NOTHING.reshape(-1, 4))
    annealing.anneal(one, must.reshape(1, -1), NOTHING, np.zeros(0), weights, WAITING, True, 0.0, 0.0, 0)
    exchange.save_best(one, ledger.evaluate(one, must))
    exchange.restore_best(one)
    exchange.fix_out(one, NOTHING)
    exchange.restrict(other, np.zeros(people, dtype=np.int64), np.zeros(jobs, dtype=np.int64))
    exchange.merge(one, other)
    pricing.prepare()
    if jobs and insertion.insert(one, 0, weights, 0.0, insertion.ANYBODY, 0.0):
        ledger.remove(one, 0)
    if jobs:
        tidying.tidy(one, 0, must.reshape(1, -1), NOTHING, NOTHING.reshape(0, 2))
    if jobs and restoring.insert_as_planned(one, 0):
        ledger.remove(one, 0)
    for folder in KEPT:
        seal(folder)
    READY.set()


def load_kept(problem: Problem) -> None:
    """Load compiled code at once, where all of it is kept from before and the problem is large enough to wait for it.

    Otherwise plain Python makes first plans, and :func:`prepare` runs beside the search.
    """
    if not READY.is_set() and problem.cells >= TUNING.load_cells and KEPT and all(map(is_sealed, KEPT)):
        prepare(tables_of(problem.among(problem.in_order([0]))))


class Annealer:
    """Anneals a plan for one goal, the goals before it kept within their limits.

    Parameters
    ----------
    problem
        What is planned.
    state
        The problem in tables, this object's own.
    goals
        The goals kept, and last the one sought.
    limits
        By goal kept: the most that its objective may be.
    seed
        Of the random numbers.
    """

    def __init__(
        self, problem: Problem, state: State, goals: Sequence[GoalRecord], limits: Sequence[int], *, seed: int
    ) -> None:
        self.problem = problem
        self.state = state
        self.goals = goals
        state.sums[0].random = (2 * seed + 1) * 0x9E3779B97F4A7C15 % 2**62 + 1
        self._coefficients = np.array([goal.coefficients for goal in goals])
        self._limits = np.array(limits, dtype=np.int64)
        self._excess = np.array([excess_of(problem, goal, goals[-1]) for goal in goals[:-1]])
        self._guide = guide_for(problem, goals)
        changes = goals[-1].name == "changes"
        self._targets = cycle(RESTORING if changes else (goals[-1].target,))
        self._scale = goals[-1].scale(problem)

    @property
    def best(self) -> int:
        """The objective of the best plan so far."""
        return int(self.state.sums[0].best)

    @property
    def objective(self) -> int:
        """The objective of the plan in work."""
        return self._objectives[-1]

    @property
    def _objectives(self) -> list[int]:
        return [int(ledger.evaluate(self.state, one)) for one in self._coefficients]

    def go_on_from(self, cells: Mapping[int, Cells]) -> None:
        """Go on from a plan: of each job placed, its steps by (person, week); it becomes the best."""
        exchange.load(self.state, as_rows(cells))
        self.save_best()

    def save_best(self) -> None:
        """Make the plan in work the best."""
        exchange.save_best(self.state, self.objective)

    def restore_best(self) -> None:
        """Go back to the best plan."""
        exchange.restore_best(self.state)

    def run(self, rounds: int, start_temperature: float, end_temperature: float) -> None:
        """Anneal for some rounds, from one temperature to another, in units of what a job means to the goal."""
        if not self._excess.any():
            self._run(self._limits, self._excess, rounds, start_temperature, end_temperature)
            return
        fall = (end_temperature - start_temperature) / rounds
        for done in range(0, rounds, TUNING.reprice_rounds):
            until = min(rounds, done + TUNING.reprice_rounds)
            begin, end = (start_temperature + fall * at for at in (done, until))
            self._run(self._limits, self._excess, until - done, begin, end)
            self._reprice()

    def _run(self, limits: IntArray, excess: FloatArray, rounds: int, begin: float, end: float) -> None:
        annealing.anneal(
            self.state,
            self._coefficients,
            limits,
            excess,
            self._guide,
            next(self._targets),
            self.goals[-1].name == "must",
            begin * self._scale,
            end * self._scale,
            rounds,
        )

    def _reprice(self) -> None:
        """Let what lies beyond a limit cost more as long as it does, and less once it does not.

        So the plan in work keeps near the limits, now this side of them and now that (strategic oscillation: F. Glover,
        Heuristics for integer programming using surrogate constraints, Decision Sciences 8, 1977).
        """
        over = np.array(self._objectives[:-1]) > self._limits
        self._excess *= np.where(over, TUNING.dearer_factor, TUNING.cheaper_factor)

    def price(self, prices: FloatArray) -> None:
        """Guide insertion by a price for each (person, week), instead of one price for all hours."""
        self._guide.weights["step"][0] = 0.0
        self._guide = Guide(self._guide.weights, prices.reshape(self.state.weeks.shape))

    def stay_near(self) -> None:
        """Mostly put what was in the baseline back as it was there, whatever is sought."""
        self._guide.weights["again"][0] = TUNING.again_for_changes_share

    def fix_out(self, pairs: IntArray) -> None:
        """Bar some owners from their jobs for good.

        What they have in the plan in work is taken out and given to others. If the `must` goal cannot be restored
        within some turns, the best plan is restored; the owners barred then keep the jobs they own in it.

        Parameters
        ----------
        pairs
            Numbers of pairs, counted over the jobs in order.
        """
        exchange.fix_out(self.state, pairs)
        must = GOALS["must"]
        kept = dict(zip([goal.name for goal in self.goals], self._limits.tolist(), strict=False))
        limit = kept.get("must", np.iinfo(np.int64).max)
        weights = guide_for(self.problem, [must])
        sums = self.state.sums[0]
        known, sums.best = self.best, np.iinfo(np.int64).min
        for _ in range(TUNING.fix_out_turns):
            if ledger.evaluate(self.state, must.coefficients) <= limit:
                break
            annealing.anneal(
                self.state,
                must.coefficients.reshape(1, -1),
                NOTHING,
                np.zeros(0),
                weights,
                WAITING,
                True,
                0.0,
                0.0,
                TUNING.fix_out_rounds,
            )
        else:
            self.restore_best()
        sums.best = known

    @property
    def best_cells(self) -> dict[int, Cells]:
        """The best plan so far: of each job placed, its steps by (person, week)."""
        state = self.state
        cells = list(zip(state.hours["person"].tolist(), state.hours["week"].tolist(), strict=True))
        steps = state.hours["steps"].tolist()
        starts, counts = state.jobs["best_from"].tolist(), state.jobs["best_count"].tolist()
        return {
            job: dict(zip(cells[start : start + count], steps[start : start + count], strict=True))
            for job, (start, count) in enumerate(zip(starts, counts, strict=True))
            if count
        }

    # several at work on one plan

    def share(self, other: Annealer) -> None:
        """Let another go on from the plan in work."""
        random = int(other.state.sums[0].random)
        copy_into(other.state, self.state)
        other.state.sums[0].random = random

    def another(self, seed: int) -> Annealer:
        """Return another that works on a copy of the same state."""
        other = Annealer(self.problem, copied(self.state), self.goals, self._limits.tolist(), seed=seed)
        other._guide = self._guide
        return other

    def lend(self, other: Annealer, block: Block) -> None:
        """Let another go on from the plan in work, with the people and jobs of a block, and the money it may use."""
        self.share(other)
        exchange.restrict(other.state, block.people, block.jobs)
        left = other.state.budgets["left"]
        np.minimum(left, left * block.budgets, out=left)

    def run_lent(self, rounds: int, start_temperature: float, end_temperature: float, among: int) -> None:
        """Anneal what was lent, with an equal share of what is left to the goals kept."""
        kept = np.array(self._objectives[:-1], dtype=np.int64)
        limits = kept + (self._limits - kept) // among
        self._run(limits, np.zeros_like(self._excess), rounds, start_temperature, end_temperature)

    def take_back(self, others: Sequence[Annealer]) -> None:
        """Take over what each of some others made of what was lent, unless a goal kept would then pass its limit."""
        for other in others:
            before = copied(self.state)
            exchange.merge(self.state, other.state)
            if any(one > limit for one, limit in zip(self._objectives, self._limits, strict=False)):
                copy_into(self.state, before)
        if self.objective < self.best:
            self.save_best()


def guide_for(problem: Problem, goals: Sequence[GoalRecord]) -> Guide:
    """Return what counts when an owner is chosen, where some goals are kept and the last one is sought.

    Where fewest changes are sought, what is not as before is chosen for the sake of the money that is kept.
    """
    names = [goal.name for goal in goals]
    sought = GOALS["net_value"] if names[-1] == "changes" and "net_value" in names else goals[-1]
    again = TUNING.again_for_changes_share if "changes" in names else TUNING.again_share
    weights = sought.weights(Usual.of(problem))
    early = names[-1] in ("lateness", "changes")
    backward = TUNING.backward_early_share if early else TUNING.backward_share
    prices = np.zeros((len(problem.people), problem.weeks))
    return guide(prices, **weights, again=again, backward=backward, drawn=1.0)


def excess_of(problem: Problem, kept: GoalRecord, sought: GoalRecord) -> float:
    """Return what a unit beyond the limit of a goal kept costs at first, in units of the goal sought; 0: not allowed.

    Where fewest changes, or least lateness, is sought: on the way from one plan to another value is lost and won again.
    Where nothing has a value, none can be lost.
    """
    scale = kept.scale(problem)
    if not scale:
        return 0.0
    if sought.name == "changes" and kept.name in ("value", "net_value", "lateness"):
        return TUNING.excess_changes / scale
    if sought.name == "lateness" and kept.name in ("value", "net_value"):
        return TUNING.excess_lateness / scale
    return 0.0
