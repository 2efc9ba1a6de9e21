"""An earlier plan by index: what the goal `changes` is counted against, and the plan a search may begin from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from staffing.plan.earlier import Delivery, EarlierPlan, deliveries
from staffing.plan.facts import spans
from staffing.problem.problem import Problem
from staffing.scenario.expand import Expanded

NEVER = -1
"""A week that no plan has: the job cannot begin, or end, as before."""

COUNTED = -1
"""A family that counts as handed over, whatever becomes of the job."""


@dataclass(frozen=True, slots=True)
class Before:
    """How an earlier plan delivered a job.

    Attributes
    ----------
    owners
        Who did; empty where one of them is no more.
    first, last
        Its weeks; None is settled already by history, and :data:`NEVER` cannot be had again.
    promised, promised_weeks
        Who has promised hours on it now, and owns it anyway, and the first and last week of these.
    """

    owners: frozenset[int]
    first: int | None
    last: int | None
    promised: frozenset[int] = frozenset()
    promised_weeks: tuple[int, int] | None = None

    @property
    def reachable(self) -> frozenset[int]:
        """The owners, where they can be the same again; nobody where others have promised hours."""
        return self.owners if self.promised <= self.owners else frozenset()

    @property
    def unpromised(self) -> frozenset[int]:
        """The owners, but those who have promised hours now."""
        return self.owners - self.promised

    def owned(self, people: Collection[int]) -> bool:
        """Return whether some people, with those promised, are the same owners."""
        return bool(self.owners) and self.promised.union(people) == self.owners

    def begun(self, first: int) -> bool:
        """Return whether a job whose new hours begin in a week begins as before."""
        return self.first in (None, first if self.promised_weeks is None else min(first, self.promised_weeks[0]))

    def ended(self, last: int) -> bool:
        """Return whether a job whose new hours end in a week ends as before."""
        return self.last in (None, last if self.promised_weeks is None else max(last, self.promised_weeks[1]))

    def same_weeks(self, first: int, last: int) -> bool:
        """Return whether a job with new hours in these weeks begins and ends as before."""
        return self.begun(first) and self.ended(last)


@dataclass(frozen=True)
class Earlier:
    """An earlier plan by index.

    Attributes
    ----------
    jobs
        Of the jobs it says something of, how it delivered them, or None where they waited.
    family
        Of jobs of a `same_owner` repeat: its number. That others own them counts once for all of them.
    cells
        Of jobs delivered: the steps it planned from now on, by (person, week), where they lie on the grid.
    """

    jobs: Mapping[int, Before | None] = field(default_factory=dict)
    family: Mapping[int, int] = field(default_factory=dict)
    cells: Mapping[int, Mapping[tuple[int, int], int]] = field(default_factory=dict)

    def changed(self, job: int, owners: Collection[int], first: int, last: int) -> int:
        """Return what a delivered job adds to the changes: 1 where it waited before, -1 where it is the same again."""
        before = self.jobs[job]
        if before is None:
            return 1
        return -int(before.same_weeks(first, last) and (job in self.family or not self.handed_over(job, owners)))

    def handed_over(self, job: int, owners: Collection[int]) -> bool:
        """Return whether a delivered job was delivered by others before."""
        before = self.jobs[job]
        return before is not None and not before.owned(owners)

    def among(self, numbers: Mapping[int, int]) -> Earlier:
        """Return what the plan says of some jobs alone, given their new numbers."""
        cells = {numbers[job]: kept for job, kept in self.cells.items() if job in numbers}
        return replace(self.of_part(numbers, ()), cells=cells)

    def of_part(self, numbers: Mapping[int, int], settled: Collection[int]) -> Earlier:
        """Return what concerns some jobs, by new numbers; `settled` are families that count as handed over anyway."""
        return Earlier(
            {numbers[job]: was for job, was in self.jobs.items() if job in numbers},
            {
                numbers[job]: COUNTED if number in settled else number
                for job, number in self.family.items()
                if job in numbers
            },
        )


NO_PLAN = Earlier()
"""Nothing was planned before."""


def earlier_of(problem: Problem, expanded: Expanded, plan: EarlierPlan | None) -> Earlier:
    """Return an earlier plan by index, without what history settles."""
    if plan is None:
        return NO_PLAN
    jobs = {job.id: number for number, job in enumerate(problem.jobs)}
    people = {person.id: number for number, person in enumerate(problem.people)}
    known = {task: was for task, was in deliveries(plan.baseline, expanded).items() if task in jobs}
    worked, promised = spans(expanded.history), spans(expanded.promises.hours)

    def before(task: str, was: Delivery) -> Before:
        begun, weeks = worked.get(task), promised.get(task)
        as_before = None if begun is not None and begun[0] == was.first else NEVER  # of a job that has begun
        return Before(
            owners=frozenset(people[owner] for owner in was.owners) if was.owners <= people.keys() else frozenset(),
            first=was.first - 1 if begun is None else as_before,
            last=was.last - 1,
            promised=problem.jobs[jobs[task]].promised,
            promised_weeks=None if weeks is None else (weeks[0] - 1, weeks[1] - 1),
        )

    kept = {cell: hours - expanded.promises.hours.get(cell, 0) for cell, hours in plan.kept.items()}
    return Earlier(
        jobs={jobs[task]: None if was is None else before(task, was) for task, was in known.items()},
        family={jobs[task]: number for task, number in _families(known, expanded, plan).items()},
        cells=_cells(problem, kept, jobs, people),
    )


def _families(tasks: Iterable[str], expanded: Expanded, plan: EarlierPlan) -> dict[str, int]:
    """Return for each occurrence of a `same_owner` repeat its number, or :data:`COUNTED`."""
    repeats = {task: expanded.jobs[task].task for task in tasks if expanded.jobs[task].same_owner}
    numbers = {repeat: number for number, repeat in enumerate(dict.fromkeys(repeats.values()))}
    settled = _handed_over_already(plan, expanded)
    return {task: COUNTED if repeat in settled else numbers[repeat] for task, repeat in repeats.items()}


def _handed_over_already(plan: EarlierPlan, expanded: Expanded) -> set[str]:
    """Return the `same_owner` repeats of which an occurrence is delivered by promised hours of others than before."""
    found = set()
    for task, was in deliveries(plan.baseline, expanded).items():
        job = expanded.jobs[task]
        if job.covered and job.same_owner and was is not None and was.owners != expanded.promises.people[task]:
            found.add(job.task)
    return found


def _cells(
    problem: Problem, kept: Mapping[tuple[str, str, int], Fraction], jobs: Mapping[str, int], people: Mapping[str, int]
) -> dict[int, dict[tuple[int, int], int]]:
    """Return the hours planned from now on in steps, of the jobs that have only such as lie on the grid."""
    found: dict[int, dict[tuple[int, int], int]] = {}
    odd = set()
    for (task, person, week), hours in kept.items():
        if task not in jobs or hours <= 0:
            continue
        steps = hours / problem.step
        if steps.denominator != 1:
            odd.add(jobs[task])
        found.setdefault(jobs[task], {})[people[person], week - 1] = int(steps)
    return {job: cells for job, cells in found.items() if job not in odd}


def delivers(problem: Problem, job: int, cells: Mapping[tuple[int, int], int]) -> bool:
    """Return whether steps by (person, week) are just what a job needs, from people who may do it (E, Q, W, M)."""
    data, pairs = problem.jobs[job], problem.pairs_of[job]
    steps: dict[int, int] = {}
    by_week: dict[int, int] = {}
    for (person, week), count in cells.items():
        steps[person] = steps.get(person, 0) + count
        by_week[week] = by_week.get(week, 0) + count
    if not steps.keys() <= pairs.keys() or any(week not in data.weeks for week in by_week):
        return False
    if data.pace is not None and max(by_week.values()) > data.pace:
        return False
    if len(steps) == 1:
        return all(count == pairs[person].need for person, count in steps.items())
    spare = sum(pairs[person].power * count for person, count in steps.items()) - data.effort
    most = 1 if job in problem.groups_of else data.max_owners
    return 1 < len(steps) <= most and 0 <= spare < min(pairs[person].power for person in steps)
