"""Large neighbourhood search: parts of a plan are made free and planned anew, again and again.

Each part is small enough for CP-SAT to finish or nearly so. Which parts: a few people with all their work and some
waiting tasks they could do; a span of weeks; a client. Kinds of parts that gain are chosen more often, and their size
follows how quickly they are solved. Several threads may work on a plan at once, on parts that share neither people nor
clients, so that what one finds holds beside what the other finds.
"""

from __future__ import annotations

import random
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from staffing.problem.problem import Problem
from staffing.scenario.records import MAXIMISED, Goal
from staffing.solving.choose import Chooser, Kind
from staffing.solving.engine import Clock, Limits, run
from staffing.solving.model import Terms
from staffing.solving.neighbourhood import part
from staffing.solving.rules import build_model
from staffing.solving.solution import with_hires
from staffing.solving.terms import TERMS, Earlier
from staffing.solving.usage import Cells, Usage

SECONDS = 0.4
"""Time for one part."""
ROUND = 0.01
"""Deterministic seconds that choosing a part counts, so that a search with none to plan ends, too."""


@dataclass
class Claims:
    """People, clients and jobs of the parts in work."""

    people: set[int] = field(default_factory=set)
    clients: set[int] = field(default_factory=set)
    jobs: set[int] = field(default_factory=set)


@dataclass(frozen=True)
class Part:
    """A part in work: its problem, the jobs it frees and how they are planned now."""

    problem: Problem
    kind: Kind
    free: tuple[int, ...]
    before: dict[int, Cells]
    claims: Claims
    slack: list[int]
    epoch: int


class Improvement:
    """Improves one goal of a plan, the goals before it kept within their limits.

    Parameters
    ----------
    usage
        The plan; it is changed in place, to better or equal plans only.
    goals
        The goals kept, and last the one improved.
    slack
        By goal kept: how much worse it may become, in units of its term, at least 0.
    earlier
        The plan that changes are counted against.
    limits, clock
        Threads and time.
    stop
        Set, the parts in work come to an end.
    seed
        Of the random choice of parts.
    """

    def __init__(
        self,
        usage: Usage,
        goals: Sequence[Goal],
        slack: Sequence[int],
        *,
        earlier: Earlier,
        limits: Limits,
        clock: Clock,
        stop: threading.Event,
        seed: int,
    ) -> None:
        self.usage = usage
        self.goals = goals
        self.slack = list(slack)
        self.earlier = earlier
        self.limits = limits
        self.clock = clock
        self.stop = stop
        self.lock = threading.Lock()
        self.gained = 0
        self.plans = 0
        self.rounds = 0
        self.last_gain = 0
        self.epoch = 0
        self._claims = Claims()
        self._chooser = Chooser(usage, random.Random(seed), musts=goals[-1] == "must")

    def work(self) -> None:
        """Plan part after part, until told to stop."""
        while not self.stop.is_set() and self.clock.left > 0:
            if not self.round(min(SECONDS, self.clock.left)):
                self.stop.wait(0.02)

    def round(self, seconds: float) -> bool:
        """Plan one part anew; tell whether there was one that nobody else works on."""
        with self.lock:
            chosen = self._take()
        if chosen is None:
            return False
        found = self._solve(chosen, seconds)
        with self.lock:
            self._put(chosen, *found)
        return True

    def replace(self, usage: Usage, slack: Sequence[int]) -> None:
        """Go on from another plan, found elsewhere; parts in work come to nothing."""
        with self.lock:
            for job in list(self.usage.cells):
                self.usage.remove(job)
            for job, cells in usage.cells.items():
                self.usage.place(job, cells)
            self.slack = list(slack)
            self.epoch += 1

    def _take(self) -> Part | None:
        """Choose a part, beside those in work, and claim what it needs."""
        self.rounds += 1
        self.clock.spent += ROUND
        kind, free, people = self._chooser.choose()
        if self._claims.jobs:
            free = self._unclaimed(free)
        if not free:
            return None
        allowed = people - self._claims.people
        free = [job for job in free if all(person in allowed for person, _ in self.usage.cells.get(job, ()))]
        if not free or not allowed:
            return None
        before = {job: self.usage.remove(job) for job in free if job in self.usage.cells}
        problem = part(self.usage, free, allowed)
        for job, cells in before.items():
            self.usage.place(job, cells)
        claims = Claims(self._with_copies(allowed), {self.usage.problem.jobs[job].client for job in free}, set(free))
        self._claims.people |= claims.people
        self._claims.clients |= claims.clients
        self._claims.jobs |= claims.jobs
        slack = [share // 2 if self._claims.jobs != claims.jobs else share for share in self.slack]
        self.slack = [whole - share for whole, share in zip(self.slack, slack, strict=True)]
        return Part(problem, kind, tuple(free), before, claims, slack, self.epoch)

    def _unclaimed(self, free: list[int]) -> list[int]:
        problem, claims = self.usage.problem, self._claims
        return [
            job
            for job in free
            if job not in claims.jobs
            and problem.jobs[job].client not in claims.clients
            and not any(before in claims.jobs for before, _ in problem.jobs[job].after)
            and not any(later in claims.jobs for later, _ in problem.followers.get(job, ()))
        ]

    def _with_copies(self, people: set[int]) -> set[int]:
        """Add the other copies of placeholders: hiring one hangs on the others."""
        families = {_first_copy(self.usage.problem, person) for person in people}
        placeholders = [number for number, person in enumerate(self.usage.problem.people) if person.hire]
        return people | {number for number in placeholders if _first_copy(self.usage.problem, number) in families}

    def _solve(self, chosen: Part, seconds: float) -> tuple[dict[int, Cells] | None, int, list[int], bool]:
        """Give a plan of the part, what it gains, what it takes of the slack, and whether it was found quickly."""
        numbers = {job: number for number, job in enumerate(chosen.free)}
        model = build_model(chosen.problem)
        hint = with_hires(
            chosen.problem,
            {(numbers[job], *cell): n for job, cells in chosen.before.items() for cell, n in cells.items()},
        )
        earlier = Earlier({numbers[job]: was for job, was in self.earlier.jobs.items() if job in numbers})
        amounts: list[tuple[Terms, int]] = []
        for number, goal in enumerate(self.goals):
            sign = -1 if goal in MAXIMISED else 1
            terms = [(var, sign * factor) for var, factor in TERMS[goal](model, earlier)[0]]
            amounts.append((terms, model.evaluate(terms, hint)))
            if number < len(chosen.slack) and terms:
                model.at_most(terms, amounts[number][1] + chosen.slack[number])
        objective, at_first = amounts[-1]
        none = [0] * len(chosen.slack)
        if not objective:
            return None, 0, none, True
        begun = self.clock.left
        found = run(model, objective, hint, self.limits, self.clock, seconds, stop=self.stop, quick=True)
        quick = begun - self.clock.left < 0.5 * seconds
        if found.steps is None:
            return None, 0, none, quick
        after = with_hires(chosen.problem, found.steps)
        gain = at_first - model.evaluate(objective, after)
        taken = [model.evaluate(terms, after) - amount for terms, amount in amounts[: len(none)]]
        placed: dict[int, dict[tuple[int, int], int]] = {}
        for (number, person, week), steps in found.steps.items():
            placed.setdefault(chosen.free[number], {})[person, week] = steps
        self.plans += found.plans
        return (dict(placed), gain, taken, quick) if gain >= 0 else (None, 0, none, quick)

    def _put(self, chosen: Part, after: dict[int, Cells] | None, gain: int, taken: list[int], quick: bool) -> None:
        """Put a planned part into the plan, and give back what it claimed."""
        self._claims.people -= chosen.claims.people
        self._claims.clients -= chosen.claims.clients
        self._claims.jobs -= chosen.claims.jobs
        if chosen.epoch != self.epoch:
            return
        self.slack = [left + share - used for left, share, used in zip(self.slack, chosen.slack, taken, strict=True)]
        self._chooser.learn(chosen.kind, gain > 0, quick)
        if after is None:
            return
        for job in chosen.before:
            self.usage.remove(job)
        for job, cells in after.items():
            self.usage.place(job, cells)
        self.gained += gain
        if gain:
            self.last_gain = self.rounds


def _first_copy(problem: Problem, person: int) -> int:
    earlier = problem.people[person].earlier
    while earlier is not None:
        person = earlier
        earlier = problem.people[person].earlier
    return person
