"""A very large problem planned part by part elsewhere: by processes of this machine, or by the workers of a cluster.

Clients whose work the same people could do make a part, with these people. Each part is planned by all goals, alone;
the plans of all parts together are a plan of the whole, with which the search at home begins. Tasks that come before
or after those of another part are left to it.
"""

from __future__ import annotations

import threading
import time
import warnings
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, wait
from dataclasses import dataclass, replace
from random import Random

import numpy as np

from staffing.errors import StaffingWarning
from staffing.problem.problem import Problem
from staffing.scenario.records import GoalEntry
from staffing.solving.arrays import IntArray
from staffing.solving.earlier import NO_PLAN
from staffing.solving.goals import GOALS
from staffing.solving.lexicographic import LexicographicSearch
from staffing.solving.limits import Limits
from staffing.solving.ruin.annealer import load_kept
from staffing.solving.ruin.partition import Partition
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.greedy import first_plans
from staffing.solving.state.plan import PlanState
from staffing.solving.tuning import TUNING

Steps = dict[tuple[int, int, int], int]
"""Steps of work by (job, person, week)."""


@dataclass(frozen=True)
class Part:
    """Some jobs of a problem as one of their own, owned only by some people.

    Attributes
    ----------
    problem
        That problem; it has all people of the whole.
    jobs
        The numbers of its jobs in the whole.
    """

    problem: Problem
    jobs: tuple[int, ...]


def parts_of(problem: Problem, count: int, seed: int) -> list[Part]:
    """Divide a problem into parts, in the way that keeps most work with those who could do it."""
    partition, random = Partition(problem), Random(seed)
    draws = [partition.draw(count, random) for _ in range(TUNING.part_draws)]
    best = max(draws, key=lambda blocks: _kept(problem, blocks))
    return [part for people, jobs in best if (part := _part(problem, people, jobs)).jobs]


def _part(problem: Problem, people: IntArray, jobs: IntArray) -> Part:
    """Return the jobs of a block that somebody of it may own, and all before them, too."""
    able = {
        int(job) for job in np.flatnonzero(jobs) if any(people[pair.person] for pair in problem.jobs[int(job)].pairs)
    }
    inside = tuple(sorted(job for job in able if problem.predecessors[job] <= able))
    alone = problem.among(inside)
    own = tuple(replace(job, pairs=tuple(pair for pair in job.pairs if people[pair.person])) for job in alone.jobs)
    return Part(replace(alone, jobs=own), inside)


def _kept(problem: Problem, blocks: Sequence[tuple[IntArray, IntArray]]) -> int:
    """Return how many pairs of a job and somebody who could do it are in one block."""
    return sum(
        int(people[pair.person])
        for people, jobs in blocks
        for job in np.flatnonzero(jobs)
        for pair in problem.jobs[job].pairs
    )


def plan_part(problem: Problem, goals: Sequence[GoalEntry], limits: Limits) -> Steps:
    """Plan a part, in whatever process this is called."""
    load_kept(problem)
    nothing = PlanState(problem)
    empty = {
        goal: record.unit_in(problem) * record.sign * nothing.objective(record.coefficients)
        for goal, record in GOALS.items()
    }
    search = LexicographicSearch(problem, goals, empty, baseline=NO_PLAN, limits=limits, stop=threading.Event())
    return dict(search.run(search.best_of(first_plans(problem))).solution.steps)


def planned_in_parts(
    problem: Problem,
    goals: Sequence[GoalEntry],
    executor: Executor,
    workers: int,
    limits: Limits,
    stop: threading.Event,
) -> Solution:
    """Return a plan of a whole problem, its parts planned elsewhere.

    Parameters
    ----------
    problem, goals
        What is planned.
    executor
        Where to.
    workers
        How many parts it plans at once.
    limits
        Of the whole call; each part gets an equal share of its seconds, and one thread.
    stop
        Set, parts that are not planned yet wait.
    """
    count = max(workers, -(-len(problem.people) // TUNING.part_people))
    rounds = -(-count // workers)
    parts = parts_of(problem, count, limits.seed)
    alone = replace(limits, seconds=limits.seconds / rounds, workers=1)
    asked = [executor.submit(plan_part, part.problem, tuple(goals), alone) for part in parts]
    end = time.monotonic() + limits.seconds * TUNING.part_grace
    while not stop.is_set() and time.monotonic() < end and wait(asked, timeout=TUNING.idle_seconds).not_done:
        pass
    steps: Steps = {}
    for part, found in _answered(parts, asked):
        steps |= {(part.jobs[job], person, week): count for (job, person, week), count in found.items()}
    return with_hires(problem, steps)


def _answered(parts: Sequence[Part], asked: Sequence[Future[Steps]]) -> Iterator[tuple[Part, Steps]]:
    """Yield the parts that are planned; others are left to the search at home, those that failed with a warning."""
    for part, future in zip(parts, asked, strict=True):
        if not future.done():
            future.cancel()
        elif (error := future.exception()) is None:
            yield part, future.result()
        else:
            what = f"A part of {len(part.jobs)} tasks was not planned elsewhere, and is planned here: {error!r}"
            warnings.warn(what, StaffingWarning, stacklevel=2)
