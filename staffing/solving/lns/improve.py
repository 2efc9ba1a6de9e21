"""Large neighbourhood search: parts of a plan are made free and planned anew, again and again.

Each part is small enough for CP-SAT to finish or nearly so. Which parts: a few people with all their work and some
waiting tasks they could do; a span of weeks; a client. Kinds of parts that gain are chosen more often, and their size
follows how quickly they are solved. Several threads may work on a plan at once, on parts that share neither people nor
clients, so that what one finds holds beside what the other finds.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Mapping
from dataclasses import dataclass

from staffing.problem.problem import Problem
from staffing.scenario.records import MAXIMISED
from staffing.solving.cp.rules import build_model
from staffing.solving.cp.run import run
from staffing.solving.cp.terms import TERMS
from staffing.solving.cp.variables import Terms
from staffing.solving.earlier import Earlier
from staffing.solving.limits import Clock, Limits
from staffing.solving.lns.neighbourhoods import Chooser, Kind
from staffing.solving.lns.subproblem import part
from staffing.solving.solution import with_hires
from staffing.solving.state.amounts import handed_over
from staffing.solving.state.standing import Claims, Standing
from staffing.solving.state.usage import Cells

SECONDS = 0.4
"""Time for one part."""
ROUND = 0.01
"""Deterministic seconds that choosing a part counts, so that a search with none to plan ends, too."""


@dataclass(frozen=True)
class Part:
    """A part in work: its problem, the jobs it frees and how they are planned now."""

    problem: Problem
    kind: Kind
    free: tuple[int, ...]
    before: dict[int, Cells]
    earlier: Earlier
    claims: Claims
    slack: list[int]
    epoch: int


class Improvement:
    """Plans parts of a plan anew.

    Parameters
    ----------
    standing
        The plan in work.
    limits, clock
        Threads and time.
    stop
        Set, the parts in work come to an end.
    seed
        Of the random choice of parts.
    """

    def __init__(self, standing: Standing, *, limits: Limits, clock: Clock, stop: threading.Event, seed: int) -> None:
        self.standing = standing
        self.usage = standing.usage
        self.limits = limits
        self.clock = clock
        self.stop = stop
        self.rounds = 0
        self.last_gain = 0
        self.epoch = 0
        self._chooser = Chooser(standing.usage, random.Random(seed), musts=standing.goals[-1] == "must")

    def round(self, seconds: float) -> bool:
        """Plan one part anew; return whether there was one that nobody else works on."""
        with self.standing.lock:
            chosen = self._take()
        if chosen is None:
            return False
        after, gained, quick = self._solve(chosen, seconds)
        with self.standing.lock:
            self._put(chosen, after, gained=gained, quick=quick)
        return True

    def go_on_from(self, cells: Mapping[int, Cells]) -> None:
        """Go on from another plan; parts in work come to nothing."""
        with self.standing.lock:
            self.standing.go_on_from(cells)
            self.epoch += 1

    def _take(self) -> Part | None:
        """Choose a part, beside those in work, and claim what it needs."""
        self.rounds += 1
        self.clock.spent += ROUND
        usage, claimed = self.usage, self.standing.claims
        kind, free, people = self._chooser.choose()
        if claimed.jobs:
            free = [job for job in free if not claimed.touch(usage, job)]
        if not free:
            return None
        allowed = people - claimed.people
        free = [job for job in free if all(person in allowed for person, _ in usage.cells.get(job, ()))]
        if not free or not allowed:
            return None
        before = {job: usage.remove(job) for job in free if job in usage.cells}
        problem = part(usage, free, allowed)
        earlier = self.standing.earlier
        earlier = earlier.of_part({job: n for n, job in enumerate(free)}, handed_over(usage, earlier))
        for job, cells in before.items():
            usage.place(job, cells)
        claims = Claims(self._with_copies(allowed), {usage.problem.jobs[job].client for job in free}, set(free))
        claimed.people |= claims.people
        claimed.clients |= claims.clients
        claimed.jobs |= claims.jobs
        alone = claimed.jobs == claims.jobs
        slack = [share if alone else share // 2 for share in self.standing.slack]
        self._reserve(slack, 1)
        return Part(problem, kind, tuple(free), before, earlier, claims, slack, self.epoch)

    def _reserve(self, slack: list[int], sign: int) -> None:
        for number, share in enumerate(slack):
            self.standing.reserved[number] += sign * share

    def _with_copies(self, people: set[int]) -> set[int]:
        """Add the other copies of placeholders: hiring one hangs on the others."""
        chain = self.usage.problem.hire_chain
        families = {chain[person][-1] for person in people}
        return people | {number for number in self.usage.problem.placeholders if chain[number][-1] in families}

    def _solve(self, chosen: Part, seconds: float) -> tuple[dict[int, Cells] | None, bool, bool]:
        """Return a plan of the part that is no worse, whether it is better, and whether it was found quickly."""
        numbers = {job: number for number, job in enumerate(chosen.free)}
        model = build_model(chosen.problem)
        hint = with_hires(
            chosen.problem,
            {(numbers[job], *cell): n for job, cells in chosen.before.items() for cell, n in cells.items()},
        )
        objective: Terms = []
        for goal, slack in zip(self.standing.goals, [*chosen.slack, 0], strict=True):
            sign = -1 if goal in MAXIMISED else 1
            objective = [(var, sign * factor) for var, factor in TERMS[goal](model, chosen.earlier)]
            if goal != self.standing.goals[-1]:
                model.at_most(objective, model.evaluate(objective, hint) + slack)
        if not objective:
            return None, False, True
        begun = self.clock.left
        found = run(model, objective, hint, self.limits, self.clock, seconds, stop=self.stop, quick=True)
        quick = begun - self.clock.left < 0.5 * seconds
        if found.steps is None:
            return None, False, quick
        gain = model.evaluate(objective, hint) - model.evaluate(objective, with_hires(chosen.problem, found.steps))
        placed: dict[int, dict[tuple[int, int], int]] = {}
        for (number, person, week), steps in found.steps.items():
            placed.setdefault(chosen.free[number], {})[person, week] = steps
        return (dict(placed) if gain >= 0 else None), gain > 0, quick

    def _put(self, chosen: Part, after: dict[int, Cells] | None, *, gained: bool, quick: bool) -> None:
        """Put a planned part into the plan, and give back what it claimed."""
        claimed = self.standing.claims
        claimed.people -= chosen.claims.people
        claimed.clients -= chosen.claims.clients
        claimed.jobs -= chosen.claims.jobs
        self._reserve(chosen.slack, -1)
        if chosen.epoch != self.epoch:
            return
        self._chooser.learn(chosen.kind, gained, quick)
        if after is None:
            return
        for job in chosen.before:
            self.usage.remove(job)
        for job, cells in after.items():
            self.usage.place(job, cells)
        self.standing.note()
        if gained:
            self.last_gain = self.rounds
