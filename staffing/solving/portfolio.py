"""One goal, pursued by several methods at once: an algorithm portfolio.

Annealing and large neighbourhood search improve the best plan, a Lagrangian dual bounds the goal, and CP-SAT seeks a
proof in the single model. They end once the plan is proven, or good enough, or the time of the goal is over.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from staffing.solving.limits import Deadline, Limits
from staffing.solving.methods import Annealing, decide_delivery, prove, relax
from staffing.solving.restricted import RestrictedSearch
from staffing.solving.ruin.parallel import Kernel
from staffing.solving.single_model import SingleModel
from staffing.solving.solution import Solution
from staffing.solving.tuning import TUNING
from staffing.solving.turn import GoalTurn


class Portfolio:
    """Runs the methods on one goal.

    1. A very small problem is given to CP-SAT, with all threads: mostly it is proven at once.
    2. One thread bounds the goal by its Lagrangian dual, and where the problem is not large by a program in which only
       what is delivered is whole. If few owners for each job make the problem small, it plans it anew with these, and
       ever more of them. If the whole is small, it seeks proofs to the end of the turn, each from the best plan by then
       and twice as long as the one before.
    3. Meanwhile all other threads anneal, for a share of the time. The first joins them once it is done.
       Of `must` work, neighbourhoods are searched before.
    4. Then they search neighbourhoods and anneal the best plan again, heated a little, in turn.
    5. Where neighbourhoods have gained nothing for long, the main thread seeks proofs, too, provided that there is a
       single model and the first thread is done with it. Of `must` work they have one try, so that later goals have
       the time that is left.

    With one thread the same comes in turn: a proof at once, the bound, a proof, annealing, neighbourhoods, and a proof
    in the time that is left.

    Parameters
    ----------
    turn
        The goal, its best plan and its bound.
    single_model, kernel
        The whole problem for CP-SAT, and for compiled code.
    """

    def __init__(self, turn: GoalTurn, single_model: SingleModel, kernel: Kernel) -> None:
        self._turn = turn
        self._context = turn.context
        self._single_model = single_model
        self._kernel = kernel
        changes = turn.term.goal == "changes"  # almost every task stays, which leaves little to try
        self._provable = self._context.problem.cells <= TUNING.provable_cells or (single_model.affordable and changes)
        self._decidable = self._provable or self._context.problem.cells <= TUNING.delivery_cells
        self._proof_seconds = TUNING.first_proof_seconds
        self._restricted = RestrictedSearch(turn)
        self._single_model_free = threading.Event()
        """Set once the first thread needs no single model any more."""

    def run(self) -> tuple[Solution, int]:
        """Pursue the goal to the end of its turn; return the best plan and the bound."""
        turn, context = self._turn, self._context
        if context.problem.cells < TUNING.heuristic_cells:
            self._prove(min(TUNING.at_once_seconds, TUNING.at_once_share * turn.deadline.left), context.limits)
        if context.threads == 1:
            self._one_after_the_other()
        else:
            self._side_by_side(context.threads)
        context.report.plans += turn.incumbent.plans
        return turn.solution(), turn.bound

    def _one_after_the_other(self) -> None:
        turn, limits = self._turn, self._context.limits
        relax(turn, self._kernel)
        self._improve_must()
        if self._decidable:
            decide_delivery(turn, self._single_model, TUNING.delivery_share)
        if self._provable:
            self._prove(min(TUNING.first_proof_seconds, TUNING.first_proof_share * turn.deadline.left), limits)
        annealing = Annealing(turn, self._kernel, lambda: 1, None)
        annealing.first(self._anneal_share)
        if self._left_undone:
            self._prove_left_undone()
            return
        share = TUNING.improve_share if self._provable else 1.0
        improving = self._context.clock.within(share * turn.deadline.left)
        for seconds in self._windows(improving):
            self._improve(self._context.clock.within(seconds))
            self._anneal_again(annealing, seconds)
            self._improve_restricted(min(seconds, turn.deadline.left), limits)
            if self._stuck and annealing.calm:
                break
        if self._single_model.affordable and not turn.over:
            self._prove(turn.deadline.left, limits)

    def _side_by_side(self, threads: int) -> None:
        turn = self._turn
        with ThreadPoolExecutor(threads - 1) as pool:
            try:
                bounding = pool.submit(self._bound)
                self._improve_must()
                annealing = Annealing(turn, self._kernel, lambda: threads - 1 + bounding.done(), pool)
                annealing.first(self._anneal_share)
                if self._left_undone:
                    bounding.result()
                    self._prove_left_undone()
                    return
                for seconds in self._windows(turn.deadline):
                    deadline = self._context.clock.within(seconds)
                    others = [pool.submit(self._improve, deadline) for _ in range(threads - 2 + bounding.done())]
                    self._improve(deadline)
                    for one in others:
                        one.result()
                    self._anneal_again(annealing, seconds)
                    if self._stuck and annealing.calm and self._single_model_free.is_set():
                        self._prove_for_longer(threads - 1 + bounding.done())
            finally:
                turn.ended.set()
            bounding.result()

    def _anneal_again(self, annealing: Annealing, seconds: float) -> None:
        """Anneal the best plan again, where that gains more than neighbourhoods or one long annealing."""
        if self._single_model.affordable and not self._turn.settling:
            annealing.again(seconds)

    def _windows(self, until: Deadline) -> Iterator[float]:
        """Yield seconds for neighbourhoods, and for annealing again, until the time is over."""
        seconds = max(TUNING.reheat_least_seconds, until.left / (2 * TUNING.reheats))
        while not (self._turn.over or until.over):
            yield seconds

    def _bound(self) -> None:
        """Seek the bound, then plans with few owners, then proofs, in a thread of its own."""
        turn = self._turn
        relax(turn, self._kernel)
        if self._decidable:
            decide_delivery(turn, self._single_model)
        if not self._provable:
            self._single_model_free.set()
        alone = replace(self._context.limits, workers=1)
        while self._improve_restricted(turn.deadline.left, alone):
            pass
        while self._provable and not turn.over:
            self._prove_for_longer()

    def _improve_must(self) -> None:
        """Search neighbourhoods of `must` work that waits, first of all: mostly it is little."""
        turn = self._turn
        first = self._context.clock.within(TUNING.must_first_share * turn.deadline.left)
        while turn.term.goal == "must" and not (turn.over or first.over or turn.neighbourhoods.stuck):
            turn.improve()
            turn.report()

    def _improve(self, deadline: Deadline) -> None:
        """Search neighbourhoods for a while; a thread waits where there is nothing to free."""
        turn = self._turn
        while not (turn.over or deadline.over):
            if not turn.improve():
                turn.ended.wait(TUNING.idle_seconds)
            turn.report()

    def _improve_restricted(self, seconds: float, limits: Limits) -> bool:
        """Plan the whole anew with few owners; return whether these make it small."""
        return self._single_model.affordable and not self._turn.over and self._restricted.improve(seconds, limits)

    def _prove_for_longer(self, threads: int = 1) -> None:
        """Seek a proof with some threads, for twice as long each time."""
        self._prove(min(self._proof_seconds, self._turn.deadline.left), replace(self._context.limits, workers=threads))
        self._proof_seconds *= 2

    def _prove(self, seconds: float, limits: Limits) -> None:
        prove(self._turn, self._single_model, seconds, limits)

    def _prove_left_undone(self) -> None:
        """Seek a proof that no more `must` work can be delivered, for a while; the time left is for later goals."""
        if self._single_model.affordable and not self._turn.over:
            self._prove(TUNING.must_proof_share * self._turn.deadline.left, self._context.limits)

    @property
    def _left_undone(self) -> bool:
        """Whether `must` work waits, of a problem that is not small, and nothing has been gained for long."""
        must = self._turn.term.goal == "must" and not self._turn.over
        return must and not self._provable and self._turn.neighbourhoods.stuck

    @property
    def _stuck(self) -> bool:
        """Whether only a proof is left to seek."""
        return self._single_model.affordable and self._turn.neighbourhoods.stuck

    @property
    def _anneal_share(self) -> float:
        if self._turn.settling:
            return TUNING.anneal_settling_share
        if self._turn.term.goal == "must":
            return TUNING.anneal_must_share
        return TUNING.anneal_share if self._single_model.affordable else TUNING.anneal_large_share
