"""What a scenario asks of some work, fact by fact, and the problem in which only some of these facts hold."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from staffing.problem.build import build
from staffing.problem.precedence import closure
from staffing.problem.problem import PersonData, Problem
from staffing.scenario.expand import Asked, Expanded, Job
from staffing.scenario.records import KINDS, Client, Kind

LimitKind = Literal[
    "window",
    "skill",
    "qualified",
    "one_owner",
    "predecessor",
    "pace",
    "kind_limit",
    "clients",
    "budget",
    "hours",
    "must",
]
"""What a fact is of; those that say most come first."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One fact that limits what can be delivered.

    Attributes
    ----------
    kind
        What it is.
    staff, week
        Whose hours, in which week; whose limit.
    budget, of, period
        The client or project whose budget it is, and the period.
    task
        The task; of windows, and of must work, occurrences one by one, of all else a repeating task as a whole.
    client
        The client whose rule it is.
    rule
        Of who may do a task: owner, only, except, exclude, role or kind. Of limits on clients: all, or week.
    skill, after, work
        The skill, the task that comes first, the kind of work.
    """

    kind: LimitKind
    staff: str | None = None
    week: int | None = None
    budget: str | None = None
    of: Literal["client", "project"] | None = None
    period: str | None = None
    task: str | None = None
    client: str | None = None
    rule: str | None = None
    skill: str | None = None
    after: str | None = None
    work: Kind | None = None


def limits_of(expanded: Expanded, musts: Sequence[str]) -> list[Limit]:
    """Return all facts that can matter for some tasks, those that say most first; each is told once."""
    jobs = [expanded.jobs[id_] for id_ in _with_predecessors(expanded, musts)]
    found = [limit for job in jobs for limit in _of_job(expanded, job)]
    found += _of_clients(expanded, jobs)
    families = [job.task for job in jobs if job.same_owner]
    found += [Limit("one_owner", task=task) for task in dict.fromkeys(families) if families.count(task) > 1]
    found += _of_people(expanded, jobs)
    found += _of_budgets(expanded, jobs)
    found += _of_hours(expanded, jobs)
    return [*dict.fromkeys(found), *(Limit("must", task=id_) for id_ in musts)]


def _with_predecessors(expanded: Expanded, ids: Collection[str]) -> list[str]:
    """Return tasks that are open, and all open ones before them, in the scenario's order."""
    found = closure(ids, lambda id_: [task for task, _ in expanded.jobs[id_].after])
    return [id_ for id_, job in expanded.jobs.items() if id_ in found and not (job.done or job.covered)]


def _of_job(expanded: Expanded, job: Job) -> Iterator[Limit]:
    if job.earliest > expanded.from_week or job.deadline < expanded.weeks:
        yield Limit("window", task=job.id)
    for skill in job.skills:
        yield Limit("skill", task=job.task, skill=skill)
    owner = job.owner if _owner_alone(expanded, job) else None
    for rule, given in (("owner", owner), ("only", job.only), ("role", job.roles)):
        if given is not None:
            yield Limit("qualified", task=job.task, rule=rule)
    if job.exclude:
        yield Limit("qualified", task=job.task, rule="except")
    unable = any(not one.productivity[job.kind] and one.id not in job.estimates for one in expanded.people.values())
    if unable and job.max_owners == 1:
        yield Limit("qualified", task=job.task, rule="kind", work=job.kind)
    for task, _ in job.after:
        if not expanded.jobs[task].done:
            yield Limit("predecessor", task=job.task, after=task)
    if job.weekly_max is not None:
        yield Limit("pace", task=job.task)


def _owner_alone(expanded: Expanded, job: Job) -> bool:
    """Whether a task without its own owner would be under no rule of its client's on owners instead."""
    client = expanded.clients[job.client]
    return not client.single_owner and getattr(client.owners, job.kind) is None


def _of_clients(expanded: Expanded, jobs: Sequence[Job]) -> Iterator[Limit]:
    for job in jobs:
        client = expanded.clients[job.client]
        if getattr(client.owners, job.kind) is not None and job.owner is None:
            yield Limit("qualified", client=client.id, rule="owner", work=job.kind)
        if client.exclude:
            yield Limit("qualified", client=client.id, rule="exclude")
        if client.single_owner:
            yield Limit("one_owner", client=client.id)


def _of_people(expanded: Expanded, jobs: Sequence[Job]) -> Iterator[Limit]:
    kinds = {job.kind for job in jobs}
    for person in expanded.people.values():
        for kind in KINDS:
            if kind in person.limits and kind in kinds:
                yield Limit("kind_limit", staff=person.id, work=kind)
        if person.max_clients is not None:
            yield Limit("clients", staff=person.id, rule="all")
        if person.max_clients_per_week is not None:
            yield Limit("clients", staff=person.id, rule="week")


def _of_budgets(expanded: Expanded, jobs: Sequence[Job]) -> Iterator[Limit]:
    billed = [job for job in jobs if job.billable]
    owners = {("client", job.client) for job in billed} | {("project", job.project or "") for job in billed}
    for (what, id_), periods in expanded.budgets.items():
        if (what, id_) in owners:
            of: Literal["client", "project"] = "client" if what == "client" else "project"
            for period in periods:
                if period.weeks:
                    yield Limit("budget", budget=id_, of=of, period=period.name)


def _of_hours(expanded: Expanded, jobs: Sequence[Job]) -> Iterator[Limit]:
    """Yield everybody's hours by week, those first that can be used for one of some tasks."""
    used = {(person.id, week) for job in jobs for person in expanded.able(job) for week in _weeks(job)}
    everybody = [(id_, week) for id_ in expanded.people for week in range(expanded.from_week, expanded.weeks + 1)]
    for staff, week in sorted(everybody, key=lambda cell: cell not in used):
        yield Limit("hours", staff=staff, week=week)


def _weeks(job: Job) -> range:
    return range(job.earliest, job.deadline + 1)


# the problem in which some of them hold


class Limited:
    """The problem of delivering must work in which only some facts hold.

    Parameters
    ----------
    expanded
        The scenario.
    """

    def __init__(self, expanded: Expanded) -> None:
        self._expanded = expanded

    def problem(self, held: Collection[Limit]) -> Problem:
        """Return the problem: of the tasks that must be delivered, and those before them; all of them are forced."""
        held = frozenset(held)
        jobs = {id_: self._job(job, held) for id_, job in self._expanded.jobs.items()}
        musts = [limit.task for limit in held if limit.kind == "must" and limit.task is not None]
        needed = _with_predecessors(replace(self._expanded, jobs=jobs), musts)
        expanded = replace(
            self._expanded,
            jobs={id_: jobs[id_] for id_ in needed},
            people={
                id_: replace(
                    person,
                    limits={
                        kind: most
                        for kind, most in person.limits.items()
                        if Limit("kind_limit", staff=id_, work=kind) in held
                    },
                    max_clients=person.max_clients if Limit("clients", staff=id_, rule="all") in held else None,
                    max_clients_per_week=person.max_clients_per_week
                    if Limit("clients", staff=id_, rule="week") in held
                    else None,
                )
                for id_, person in self._expanded.people.items()
            },
            clients=self._clients(held),
        )
        problem = build(expanded)
        budgets = {(limit.of, limit.budget, limit.period) for limit in held if limit.kind == "budget"}
        hours = {(limit.staff, limit.week) for limit in held if limit.kind == "hours"}
        most = sum(max((pair.need for pair in job.pairs), default=0) for job in problem.jobs)
        most += problem.switching * len(problem.clients)
        return replace(
            problem,
            jobs=tuple(replace(job, forced=True) for job in problem.jobs),
            budgets=tuple(period for period in problem.budgets if period.budget in budgets),
            people=tuple(_unlimited(person, hours, most) for person in problem.people),
        )

    def needed(self, held: Collection[Limit]) -> int:
        """Return how many tasks must be delivered."""
        musts = [limit.task for limit in held if limit.kind == "must" and limit.task is not None]
        jobs = {id_: self._job(job, frozenset(held)) for id_, job in self._expanded.jobs.items()}
        return len(_with_predecessors(replace(self._expanded, jobs=jobs), musts))

    def _job(self, job: Job, held: frozenset[Limit]) -> Job:
        """Return a job of which only what is held is asked."""
        expanded = self._expanded
        windowed = Limit("window", task=job.id) in held
        kind = Limit("qualified", task=job.task, rule="kind", work=job.kind) in held or job.max_owners > 1
        unable = [one.id for one in expanded.people.values() if not one.productivity[job.kind]]
        open_ = {} if kind else {id_: Asked(job.effort, None) for id_ in unable if id_ not in job.estimates}
        of = (Limit("qualified", task=job.task, rule=rule) in held for rule in ("owner", "only", "except", "role"))
        owner, only, except_, role = of
        return replace(
            job,
            earliest=job.earliest if windowed else expanded.from_week,
            deadline=job.deadline if windowed else expanded.weeks,
            skills={s: level for s, level in job.skills.items() if Limit("skill", task=job.task, skill=s) in held},
            owner=job.owner if owner or not _owner_alone(expanded, job) else None,
            only=job.only if only else None,
            exclude=job.exclude if except_ else frozenset(),
            roles=job.roles if role else None,
            estimates={**job.estimates, **open_},
            after=tuple(
                (task, lag)
                for task, lag in job.after
                if expanded.jobs[task].done or Limit("predecessor", task=job.task, after=task) in held
            ),
            weekly_max=job.weekly_max if Limit("pace", task=job.task) in held else None,
            same_owner=job.same_owner and Limit("one_owner", task=job.task) in held,
        )

    def _clients(self, held: frozenset[Limit]) -> dict[str, Client]:
        found = {}
        for id_, client in self._expanded.clients.items():
            owners = {
                kind: getattr(client.owners, kind)
                for kind in KINDS
                if Limit("qualified", client=id_, rule="owner", work=kind) in held
            }
            found[id_] = client.model_copy(
                update={
                    "owners": type(client.owners)(**owners),
                    "exclude": client.exclude if Limit("qualified", client=id_, rule="exclude") in held else (),
                    "single_owner": client.single_owner and Limit("one_owner", client=id_) in held,
                }
            )
        return found


def _unlimited(person: PersonData, held: Collection[tuple[str | None, int | None]], most: int) -> PersonData:
    """Return a person who has as many hours as could ever be used in all weeks but those held."""
    kept = [(person.id, week + 1) in held for week in range(len(person.capacity))]
    return replace(
        person,
        capacity=tuple(hours if stays else most for hours, stays in zip(person.capacity, kept, strict=True)),
        overtime=tuple(hours if stays else 0 for hours, stays in zip(person.overtime, kept, strict=True)),
    )
