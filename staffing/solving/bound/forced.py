"""What the goals kept force on every plan that counts: tasks it delivers, and by when."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

import numpy as np

from staffing.problem.alone import fewest_weeks
from staffing.problem.problem import JobData, Problem
from staffing.scenario.records import Goal
from staffing.solving.bound.columns import PairColumns


@dataclass(frozen=True)
class Forced:
    """What every plan within the limits of the goals kept has in common.

    Attributes
    ----------
    last
        By job that is delivered in all of them: the last week that it can have hours in.
    end
        By the same: the first week it can end in.
    barred
        Placeholders whom none of them hires.
    """

    last: Mapping[int, int]
    end: Mapping[int, int]
    barred: frozenset[int] = frozenset()

    def late(self, data: JobData, job: int) -> int:
        """Return the least weight × weeks late of a job that is delivered, beside its promised hours."""
        return 0 if data.due is None else data.weight * max(0, self.end[job] - data.due)


def forced(columns: PairColumns, kept: Sequence[tuple[Goal, int]]) -> Forced:
    """Return what goals kept, each with the most that its objective may be, force on every plan."""
    problem = columns.problem
    jobs = delivered(problem, dict(kept))
    end = _ends(columns, jobs)
    found = Forced({job: problem.jobs[job].last for job in jobs}, end, _unaffordable(problem, dict(kept)))
    return Forced(_last_weeks(problem, found, dict(kept).get("lateness")), end, found.barred)


def all_of(columns: PairColumns, jobs: Iterable[int]) -> Forced:
    """Return what there is in common of plans that deliver some jobs, and all before them."""
    problem = columns.problem
    wanted = problem.in_order(jobs)
    end = _ends(columns, wanted)
    found = Forced({job: problem.jobs[job].last for job in wanted}, end)
    return Forced(_last_weeks(problem, found, None), end)


def delivered(problem: Problem, kept: Mapping[Goal, int]) -> list[int]:
    """Return the jobs without which, and without all that comes after them, some limit is passed."""
    found = {job for job, data in enumerate(problem.jobs) if data.forced}
    for goal in ("must", "value", "net_value"):
        if goal in kept:  # costs are never below 0, so a limit on net value is one on value
            worth = [data.effort * data.must if goal == "must" else data.value for data in problem.jobs]
            spare = kept[goal] + sum(worth)
            lost = list(worth)
            for job, before in enumerate(problem.predecessors):
                for one in before:
                    lost[one] += worth[job]
            found.update(job for job, amount in enumerate(lost) if amount > spare)
    return problem.in_order(found)


def _unaffordable(problem: Problem, kept: Mapping[Goal, int]) -> frozenset[int]:
    """Return the placeholders whose hire alone passes a limit."""
    limits = [kept[goal] for goal in ("cost",) if goal in kept]
    if "net_value" in kept:
        limits.append(kept["net_value"] + sum(data.value for data in problem.jobs))
    people = problem.people

    def price(person: int) -> int:
        chain = takewhile(lambda copy: people[copy].hire, problem.hire_chain[person])
        return sum(people[copy].hired_cost for copy in chain)

    return frozenset(one for one in problem.placeholders if any(price(one) > limit for limit in limits))


def _ends(columns: PairColumns, jobs: Collection[int]) -> dict[int, int]:
    """Return the first week each job can end in, with everybody free; its last where it cannot be told."""
    if not jobs:
        return {}
    wanted = np.zeros(len(columns.first), dtype=bool)
    wanted[list(jobs)] = True
    pairs = np.flatnonzero(wanted[columns.job])
    before = columns.before(pairs, columns.last)[:, 1:]
    able, starts = np.unique(columns.job[pairs], return_index=True)
    alone = np.logical_or.reduceat(before >= columns.need[pairs][:, None], starts, axis=0)
    effort = np.array([columns.problem.jobs[job].effort for job in able], dtype=np.int64)
    together = np.add.reduceat(before * columns.power[pairs][:, None], starts, axis=0) >= effort[:, None]
    over = np.where(columns.is_shared[able][:, None], together, alone)
    ends = np.where(over.any(axis=1), over.argmax(axis=1), columns.last[able])
    return {**{job: int(columns.last[job]) for job in jobs}, **dict(zip(able.tolist(), ends.tolist(), strict=True))}


def _last_weeks(problem: Problem, found: Forced, lateness: int | None) -> dict[int, int]:
    """Return the last weeks of jobs that are delivered: what comes after them needs time, and lateness has a limit."""
    last = dict(found.last)
    jobs = [(job, problem.jobs[job]) for job in last]
    if lateness is not None:
        spare = lateness - sum(data.weight * data.late + found.late(data, job) for job, data in jobs)
        for job, data in jobs:
            if data.due is not None and data.weight:
                late = (max(0, spare) + found.late(data, job)) // data.weight
                last[job] = min(last[job], max(data.due + late, found.end[job]))
    for job, data in reversed(jobs):
        begin = last[job] + 1 - fewest_weeks(problem, data, data.pairs) if data.after else 0
        for before, lag in data.after:
            last[before] = min(last[before], max(begin - lag, found.end[before]))
    return last
