"""A very large problem planned part by part elsewhere, by the workers of a cluster.

Clients whose work the same people could do make a part, with these people. Each part is planned by all goals, alone;
the plans of all parts together are a plan of the whole, with which the search at home begins. Tasks that come before
or after those of another part, and parts that fail, are left to it.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, wait
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any, Protocol

import numpy as np

from staffing.errors import StaffingError
from staffing.problem.problem import Problem
from staffing.scenario.records import GoalEntry
from staffing.solving.arrays import IntArray
from staffing.solving.cluster import other_version
from staffing.solving.context import SearchContext
from staffing.solving.earlier import Earlier
from staffing.solving.goals import GOALS
from staffing.solving.lexicographic import LexicographicSearch
from staffing.solving.limits import Clock, Limits
from staffing.solving.partition import Partition
from staffing.solving.ruin.annealer import load_kept, prepare
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.filling import tables_of
from staffing.solving.state.greedy import completed, first_plans, repaired
from staffing.solving.state.kernel import READY
from staffing.solving.state.plan import PlanState
from staffing.solving.tuning import TUNING

Steps = dict[tuple[int, int, int], int]
"""Steps of work by (job, person, week)."""


class Workers(Protocol):
    """Who plans parts."""

    @property
    def threads(self) -> int:
        """How many parts are planned at once."""

    def submit(self, function: Callable[..., Steps], *arguments: Any) -> Future[Steps]:
        """Let one of them call a function."""

    def submit_to_each(self, function: Callable[..., None], *arguments: Any) -> list[Future[None]]:
        """Let each of them call a function."""

    def result(self, future: Future[Steps]) -> Steps:
        """Return what came of a call, or raise an error that says what went wrong."""


@dataclass(frozen=True)
class Part:
    """Some jobs of a problem as one of their own, owned only by some people.

    Attributes
    ----------
    problem
        That problem; it has all people of the whole.
    earlier
        What the earlier plan says of these jobs.
    jobs
        The numbers of its jobs in the whole.
    """

    problem: Problem
    earlier: Earlier
    jobs: tuple[int, ...]


def parts_of(problem: Problem, earlier: Earlier, count: int, seed: int) -> list[Part]:
    """Divide a problem into parts, in the way that keeps most work with those who could do it."""
    partition, random = Partition(problem), np.random.default_rng(seed)
    draws = [partition.draw(count, random) for _ in range(TUNING.part_draws)]
    best = max(draws, key=lambda blocks: _kept(problem, blocks))
    return [part for people, jobs in best if (part := _part(problem, earlier, people, jobs)).jobs]


def _part(problem: Problem, earlier: Earlier, people: IntArray, jobs: IntArray) -> Part:
    """Return the jobs of a block that somebody of it may own, and all before them, too."""
    able = {
        int(job) for job in np.flatnonzero(jobs) if any(people[pair.person] for pair in problem.jobs[int(job)].pairs)
    }
    inside = tuple(sorted(job for job in able if problem.predecessors[job] <= able))
    alone = problem.among(inside)
    own = tuple(replace(job, pairs=tuple(pair for pair in job.pairs if people[pair.person])) for job in alone.jobs)
    numbers = {job: number for number, job in enumerate(inside)}
    return Part(replace(alone, jobs=own), earlier.among(numbers), inside)


def _kept(problem: Problem, blocks: Sequence[tuple[IntArray, IntArray]]) -> int:
    """Return how many pairs of a job and somebody who could do it are in one block."""
    return sum(
        int(people[pair.person])
        for people, jobs in blocks
        for job in np.flatnonzero(jobs)
        for pair in problem.jobs[job].pairs
    )


def load(small: Problem) -> None:
    """Load compiled code, or compile it, in whatever process this is called, before it plans its first part."""
    if not READY.is_set():
        prepare(tables_of(small))


def plan_part(part: Part, goals: Sequence[GoalEntry], limits: Limits, asked_by: str) -> Steps:
    """Plan a part, in whatever process this is called, for a caller that has this version of the package."""
    if asked_by != version("staffing"):
        raise other_version(version("staffing"), asked_by)
    problem, earlier = part.problem, part.earlier
    load_kept(problem)
    clock = Clock(limits)
    nothing = PlanState(problem, earlier)
    empty = {
        goal: record.unit_in(problem) * record.sign * nothing.objective(record.coefficients)
        for goal, record in GOALS.items()
    }
    first = clock.first_plans()
    kept = repaired(problem, earlier, lambda: first.over)
    search = LexicographicSearch(
        problem, goals, empty, baseline=earlier, repaired=kept, limits=limits, clock=clock, stop=threading.Event()
    )
    return dict(search.run(search.best_of([*first_plans(problem, lambda: first.over), *kept])).solution.steps)


def planned_in_parts(
    context: SearchContext, goals: Sequence[GoalEntry], workers: Workers, tell: Callable[[str], None]
) -> list[Solution]:
    """Return the plans of all parts as one plan, alone and with what else fits.

    Parameters
    ----------
    context
        Of the search at home, of whose time the parts have a share, after workers have loaded compiled code; stopped,
        parts that are not planned yet wait.
    goals
        What is sought, most important first.
    workers
        Who plans the parts.
    tell
        Called with a sentence for each reason why parts were not planned.
    """
    problem = context.problem
    if not problem.jobs:
        return []
    loading = workers.submit_to_each(load, problem.among(problem.in_order([0])))
    until = time.monotonic() + TUNING.part_load_share * context.clock.left
    threads = max(1, workers.threads)
    rounds = max(1, -(-len(problem.people) // (TUNING.part_people * threads)))
    parts = parts_of(problem, context.baseline, rounds * threads, context.limits.seed)
    _wait(loading, until, context)
    seconds = TUNING.part_share * context.clock.left
    rounds = -(-len(parts) // threads)
    alone = replace(context.limits, seconds=seconds / max(1, rounds), workers=1)
    steps: Steps = {}
    for part, found in _planned(parts, tuple(goals), alone, workers, context, seconds, tell):
        steps |= {(part.jobs[job], person, week): hours for (job, person, week), hours in found.items()}
    joined = with_hires(problem, steps)
    return [joined, completed(problem, joined, context.baseline)] if steps else []


def _wait(futures: Sequence[Future[Any]], until: float, context: SearchContext) -> None:
    """Wait for all of some calls, but no longer than until a time, or until the search is stopped."""
    while not context.stop.is_set() and time.monotonic() < until:
        if not wait(futures, timeout=TUNING.look_seconds).not_done:
            return


def _planned(
    parts: Sequence[Part],
    goals: tuple[GoalEntry, ...],
    limits: Limits,
    workers: Workers,
    context: SearchContext,
    seconds: float,
    tell: Callable[[str], None],
) -> Iterator[tuple[Part, Steps]]:
    """Yield the parts that are planned in time, and tell why others are not."""
    end = time.monotonic() + seconds * TUNING.part_grace
    failed: dict[str, list[Part]] = defaultdict(list)
    asked: list[Future[Steps]] = []
    try:
        for part in parts:
            asked.append(workers.submit(plan_part, part, goals, limits, version("staffing")))
    except StaffingError as error:
        failed[str(error)].extend(parts[len(asked) :])
    _wait(asked, end, context)
    for part, future in zip(parts, asked, strict=False):
        if not future.done():
            future.cancel()
            if not context.stop.is_set():
                failed["they were not done in time"].append(part)
            continue
        try:
            yield part, workers.result(future)
        except StaffingError as error:
            failed[str(error)].append(part)
    for why, some in failed.items():
        tasks = sum(len(part.jobs) for part in some)
        tell(f"{len(some)} of {len(parts)} parts, of {tasks} tasks, are planned here: {why}")
