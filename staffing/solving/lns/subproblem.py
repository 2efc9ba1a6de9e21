"""A subproblem: some jobs of a plan are freed, all else is kept as it is.

It is a problem like any other: what is kept has come off capacities, limits and budgets, and stands in
:class:`staffing.problem.problem.Kept`. So the same model serves the whole and every subproblem.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from staffing.problem.problem import BudgetPeriod, JobData, Kept, OneOwner, PersonData, Problem
from staffing.solving.earlier import Earlier
from staffing.solving.solution import Solution, with_hires
from staffing.solving.state.plan import Cells, PlanState


@dataclass(frozen=True)
class Subproblem:
    """Some jobs of a plan as a problem of their own.

    Attributes
    ----------
    problem
        That problem; a job's number in it is its place among `jobs`.
    baseline
        What the baseline says of these jobs.
    jobs
        Their numbers in the plan, in order.
    before
        The steps by (person, week) of those that the plan delivers.
    """

    problem: Problem
    baseline: Earlier
    jobs: tuple[int, ...]
    before: dict[int, Cells]

    @cached_property
    def hint(self) -> Solution:
        """The jobs as the plan has them."""
        numbers = {job: number for number, job in enumerate(self.jobs)}
        steps = {(numbers[job], *cell): count for job, cells in self.before.items() for cell, count in cells.items()}
        return with_hires(self.problem, steps)

    def by_job(self, steps: Mapping[tuple[int, int, int], int]) -> dict[int, dict[tuple[int, int], int]]:
        """Return steps of this problem by job of the plan."""
        found: dict[int, dict[tuple[int, int], int]] = {}
        for (number, person, week), count in steps.items():
            found.setdefault(self.jobs[number], {})[person, week] = count
        return found


def freed(plan: PlanState, baseline: Earlier, jobs: Collection[int], people: Collection[int]) -> Subproblem:
    """Free some jobs, which only these people may own; the plan itself is left as it is."""
    before = {job: plan.remove(job) for job in jobs if job in plan.cells}
    problem = subproblem(plan, jobs, people)
    numbers = {job: number for number, job in enumerate(jobs)}
    part_of_baseline = baseline.of_part(numbers, plan.handed_over(baseline.family.values()))
    for job, cells in before.items():
        plan.place(job, cells)
    return Subproblem(problem, part_of_baseline, tuple(jobs), before)


def subproblem(plan: PlanState, free: Collection[int], people: Collection[int] | None = None) -> Problem:
    """Return the problem of some free jobs.

    Parameters
    ----------
    plan
        The work that is kept: none of the free jobs is placed in it.
    free
        The jobs, in order; those that cannot be delivered beside what is kept may be among them.
    people
        Who may own them; everybody if None.
    """
    problem = plan.problem
    numbers = {old: new for new, old in enumerate(free)}
    allowed = None if people is None else set(people)
    jobs = tuple(_job(plan, old, numbers, allowed) for old in free)
    owners = {pair.person for job in jobs for pair in job.pairs}
    hires = plan.hired()
    return replace(
        problem,
        jobs=jobs,
        people=tuple(
            _person(plan, number, person, hires) if number in owners else _elsewhere(plan, number, person, hires)
            for number, person in enumerate(problem.people)
        ),
        budgets=tuple(_budgets(plan, numbers)),
        one_owner=tuple(_groups(problem, numbers)),
        kept=_kept(plan, jobs, owners),
    )


def _kept(plan: PlanState, jobs: Collection[JobData], people: Collection[int]) -> Kept:
    """Return the clients and owners of kept work, as far as they matter to these jobs and people."""
    spans = [week for job in jobs for week in (job.first, job.last)]
    weeks = range(max(0, min(spans, default=0)), min(plan.problem.weeks, max(spans, default=-1) + 1))
    return Kept(
        served={
            (person, week): clients for person in people for week in weeks if (clients := plan.clients_in(person, week))
        },
        clients={person: plan.clients_of(person) for person in people},
        owners={key: owners for key in {(job.client, job.kind) for job in jobs} if (owners := plan.owners_of(*key))},
    )


def _job(plan: PlanState, job: int, numbers: dict[int, int], allowed: set[int] | None) -> JobData:
    """Return a free job, its window and owners narrowed by what is kept."""
    data = plan.problem.jobs[job]
    first, last, forced = _window(plan, job, numbers)
    possible = first <= last and all(before in numbers or before in plan.cells for before, _ in data.after)
    for group in plan.problem.groups_of.get(job, ()):
        if (owner := plan.group_owner(group)) is not None:
            allowed = {owner} if allowed is None else allowed & {owner}
    return replace(
        data,
        first=first,
        last=last,
        forced=forced,
        after=tuple((numbers[before], lag) for before, lag in data.after if before in numbers),
        pairs=tuple(pair for pair in data.pairs if possible and (allowed is None or pair.person in allowed)),
    )


def _window(plan: PlanState, job: int, numbers: dict[int, int]) -> tuple[int, int, bool]:
    """Return the weeks that kept work leaves a free job, and whether it is forced, as what comes after it is kept."""
    data = plan.problem.jobs[job]
    kept_before = [(before, lag) for before, lag in data.after if before in plan.cells and before not in numbers]
    followers = plan.problem.followers.get(job, ())
    kept_after = [(later, lag) for later, lag in followers if later in plan.cells and later not in numbers]
    first = max([data.first, *(plan.last(before) + lag for before, lag in kept_before)])
    last = min([data.last, *(plan.first(later) - lag for later, lag in kept_after)])
    return first, last, data.forced or bool(kept_after)


def _person(plan: PlanState, number: int, person: PersonData, hires: set[int]) -> PersonData:
    """Return a person with the room that is left."""
    return replace(
        _elsewhere(plan, number, person, hires),
        capacity=tuple(capacity - plan.load_of(number, week) for week, capacity in enumerate(person.capacity)),
        limits={kind: plan.kind_left(kind, number) for kind in person.limits},
    )


def _elsewhere(plan: PlanState, number: int, person: PersonData, hires: set[int]) -> PersonData:
    """Return a person with the hours that are kept: whoever works there is hired already, for later copies, too."""
    kept, hire = plan.planned(number), person.hire and number not in hires
    if not kept and hire == person.hire:
        return person
    return replace(person, past_hours=person.past_hours + kept, hire=hire)


def _budgets(plan: PlanState, numbers: dict[int, int]) -> Iterable[BudgetPeriod]:
    problem = plan.problem
    jobs: dict[int, list[int]] = {}
    for old, new in numbers.items():
        for number in problem.budgets_of.get(old, ()):
            jobs.setdefault(number, []).append(new)
    for number, members in jobs.items():
        period = problem.budgets[number]
        yield replace(period, jobs=tuple(members), left=plan.left(number))


def _groups(problem: Problem, numbers: dict[int, int]) -> Iterable[OneOwner]:
    members: dict[int, list[int]] = {}
    for old, new in numbers.items():
        for group in problem.groups_of.get(old, ()):
            members.setdefault(group, []).append(new)
    for group, jobs in members.items():
        if len(jobs) > 1:
            yield replace(problem.one_owner[group], jobs=tuple(jobs))
