"""What a plan sought must hold, beside the rules; written into the problem that is planned."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from staffing.decisions.given import Given
from staffing.problem.problem import JobData, Problem
from staffing.scenario.expand import Expanded, Job


@dataclass(frozen=True)
class Wish:
    """What a plan sought must hold, beside the rules.

    Attributes
    ----------
    delivered
        Tasks, occurrences one by one, each with the last week it may have hours in; None for its own last one.
    owners
        The only people who may own a task.
    """

    delivered: Mapping[str, int | None] = field(default_factory=dict)
    owners: Mapping[str, frozenset[str]] = field(default_factory=dict)


def as_good(
    given: Given,
    also: Mapping[str, int | None],
    given_up: Collection[str] = (),
    jobs: Mapping[str, Job] | None = None,
) -> Wish:
    """Return the wish for tasks, each with its last week, beside all that a plan delivers, none later than it is.

    A task that is not due, or is delivered in time, may move as its due week allows.

    Parameters
    ----------
    given
        The plan.
    also
        The tasks wished for.
    given_up
        Tasks that the plan delivers and that may wait.
    jobs
        The tasks of a changed scenario, where due weeks may be others; None for those of the plan.
    """
    kept: dict[str, int | None] = {}
    due_of = given.facts.expanded.jobs if jobs is None else jobs
    for job in given.facts.delivered:
        span = given.facts.span(job.id)
        if span is not None and job.id not in given_up:
            due = due_of[job.id].due
            kept[job.id] = None if due is None else max(due, span[1])
    return Wish({**kept, **also})


def wished(problem: Problem, wish: Wish) -> Problem:
    """Return a problem in which what is wished for must be delivered, no later than it may, by whom it may."""
    people = {person.id: number for number, person in enumerate(problem.people)}

    def one(job: JobData) -> JobData:
        if job.id in wish.owners:
            allowed = {people[id_] for id_ in wish.owners[job.id] if id_ in people}
            job = replace(job, pairs=tuple(pair for pair in job.pairs if pair.person in allowed))
        if job.id in wish.delivered:
            last = wish.delivered[job.id]
            job = replace(job, forced=True, last=job.last if last is None else min(job.last, last - 1))
        return job

    return replace(problem, jobs=tuple(map(one, problem.jobs)))


def fixed_beyond(expanded: Expanded, wish: Wish) -> bool:
    """Return whether a task wished for has fixed hours after its last week."""
    fixed = (*expanded.promises.hours, *expanded.history)
    return any(week > last for task, _, week in fixed if (last := wish.delivered.get(task)) is not None)
