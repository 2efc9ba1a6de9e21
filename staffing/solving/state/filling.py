"""Tables filled from a problem, an earlier plan of it, and the empty plan."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from staffing.problem.problem import JobData, Problem
from staffing.scenario.records import KINDS
from staffing.solving.arrays import SmallArray
from staffing.solving.earlier import NO_PLAN, Earlier, delivers
from staffing.solving.state.rows import Budget, Group, Hours, Job, Link, Pair, Person, Scratch, Sums, Week
from staffing.solving.state.tables import DELIVERED, EITHER, ENDLESS, FINEST, SETTLED, UNKNOWN, WAITED, State, table


def tables_of(problem: Problem, seed: int = 0, earlier: Earlier = NO_PLAN) -> State:
    """Return a problem, an earlier plan of it, and the empty plan as tables."""
    people, weeks, clients = len(problem.people), problem.weeks, len(problem.clients)
    links = _Links()
    hours = _Hours()
    jobs = _jobs(problem, links, hours)
    _earlier(problem, earlier, jobs, links, hours)
    state = State(
        sums=table(Sums, 1),
        jobs=jobs,
        pairs=_pairs(problem, jobs),
        links=table(Link, 0),
        people=_people(problem, links),
        weeks=_weeks(problem),
        kind_left=_kind_left(problem),
        served=np.zeros((people, clients, weeks), dtype=np.int16),
        contacts=np.zeros((clients, people, EITHER + 1), dtype=np.int32),
        owners=np.zeros((clients, len(KINDS)), dtype=np.int64),
        groups=_groups(problem, links),
        budgets=_budgets(problem, jobs, links),
        hours=table(Hours, 0),
        scratch=table(Scratch, len(jobs) + people + weeks + 2 + max(earlier.family.values(), default=0)),
    )
    sums: Any = state.sums[0]
    sums.switching, sums.price_burns = problem.switching, problem.price_burns
    sums.random = (2 * seed + 1) * 0x9E3779B97F4A7C15 % 2**63
    widest = max([1, *map(_most_rows, problem.jobs)])
    sums.trial, sums.chosen = hours.room(widest), hours.room(widest)
    able = np.flatnonzero(state.people["jobs_from"] < state.people["jobs_to"])
    sums.jobs_in_work, sums.people_in_work = len(jobs), len(able)
    state.scratch["job"][: len(jobs)] = np.arange(len(jobs))
    state.scratch["person"][: len(able)] = able
    _count_kept(problem, state)
    return state._replace(links=links.table(), hours=hours.table())


class _Links:
    """Lists of rows (to, lag, promised), one behind the other."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int, int]] = []

    def add(self, into: Any, name: str, lists: Iterable[Iterable[Sequence[int]]]) -> None:
        """Add a list for each row of a table, whose fields `name`_from and `name`_to say where it lies."""
        for number, rows in enumerate(lists):
            into[f"{name}_from"][number] = len(self.rows)
            self.rows += [(row[0], *(*row[1:], 0, 0)[:2]) for row in rows]  # type: ignore[misc]
            into[f"{name}_to"][number] = len(self.rows)

    def table(self) -> Any:
        found = table(Link, len(self.rows))
        for column, name in enumerate(("to", "lag", "promised")):
            found[name] = [row[column] for row in self.rows]
        return found


class _Hours:
    """Rows (person, week, steps), one behind the other."""

    def __init__(self) -> None:
        self.rows: list[tuple[int, int, int]] = []

    def room(self, count: int) -> int:
        """Make room for some rows; return where it begins."""
        return self.add([(0, 0, 0)] * count)

    def add(self, rows: Iterable[tuple[int, int, int]]) -> int:
        """Add rows; return where they begin."""
        begin = len(self.rows)
        self.rows += rows
        return begin

    def table(self) -> Any:
        found = table(Hours, len(self.rows))
        for column, name in enumerate(("person", "week", "steps")):
            found[name] = [row[column] for row in self.rows]
        return found


def _fill(into: Any, **columns: Iterable[int]) -> None:
    for name, column in columns.items():
        into[name] = np.array(list(column))


def _most_rows(job: JobData) -> int:
    """Return how many rows the hours of a job may take."""
    return len(job.weeks) * min(job.max_owners, len(job.pairs))


def _endless(limit: int | None) -> int:
    return ENDLESS if limit is None else limit


def _jobs(problem: Problem, links: _Links, hours: _Hours) -> Any:
    jobs = problem.jobs
    into = table(Job, len(jobs))
    grouped = {job for one in problem.one_owner for job in one.jobs}
    density = [job.value / max(1, min((pair.need for pair in job.pairs), default=1)) for job in jobs]
    finest = max([*density, 1e-9])
    _fill(
        into,
        client=(job.client for job in jobs),
        kind=(KINDS.index(job.kind) for job in jobs),
        first=(job.first for job in jobs),
        last=(job.last for job in jobs),
        due=(_endless(job.due) for job in jobs),
        late_anyway=(job.late for job in jobs),
        weight=(job.weight for job in jobs),
        must=(job.must for job in jobs),
        value=(job.value for job in jobs),
        effort=(job.effort for job in jobs),
        pace=(_endless(job.pace) for job in jobs),
        paced=(_paced(problem, job, hours) for job in jobs),
        max_owners=(1 if number in grouped else job.sharers for number, job in enumerate(jobs)),
        density=(int(FINEST * one / finest) for one in density),
        in_work=(1 for _ in jobs),
        prefer=(-1 for _ in jobs),
        **{f"{plan}_from": [hours.room(_most_rows(job)) for job in jobs] for plan in ("hours", "saved", "best")},
    )
    links.add(into, "fixed", (job.fixed for job in jobs))
    links.add(into, "before", (job.after for job in jobs))
    links.add(into, "after", (problem.followers.get(job, ()) for job in range(len(jobs))))
    links.add(into, "groups", (((group,) for group in problem.groups_of.get(job, ())) for job in range(len(jobs))))
    return into


def _paced(problem: Problem, job: JobData, hours: _Hours) -> int:
    """Return where the promised steps that a job's pace counts lie, by week; -1 where there are none."""
    steps = dict(job.paced)
    return hours.add((0, week, steps.get(week, 0)) for week in range(problem.weeks)) if steps else -1


def _pairs(problem: Problem, jobs: Any) -> Any:
    rows = [(number, pair) for number, job in enumerate(problem.jobs) for pair in job.pairs]
    into = table(Pair, len(rows))
    _fill(
        into,
        job=(job for job, _ in rows),
        person=(pair.person for _, pair in rows),
        need=(pair.need for _, pair in rows),
        power=(pair.power for _, pair in rows),
        price=(-1 if pair.price is None else pair.price for _, pair in rows),
    )
    ends = np.cumsum([len(job.pairs) for job in problem.jobs], dtype=np.int64)
    jobs["pairs_to"], jobs["pairs_from"] = ends, ends - [len(job.pairs) for job in problem.jobs]
    return into


def _earlier(problem: Problem, earlier: Earlier, jobs: Any, links: _Links, hours: _Hours) -> None:
    """Write an earlier plan; hours that it planned are there only where they still deliver the job."""
    numbers = range(len(problem.jobs))
    before = [earlier.jobs.get(job) for job in numbers]
    promised = [was.promised_weeks if was else None for was in before]
    _fill(
        jobs,
        was=(DELIVERED if was else WAITED if job in earlier.jobs else UNKNOWN for job, was in enumerate(before)),
        was_first=(SETTLED if was is None or was.first is None else was.first for was in before),
        was_last=(SETTLED if was is None or was.last is None else was.last for was in before),
        promised_first=(ENDLESS if weeks is None else weeks[0] for weeks in promised),
        promised_last=(-1 if weeks is None else weeks[1] for weeks in promised),
        family=(earlier.family.get(job, -1) for job in numbers),
    )
    owners = (sorted((one, 0, int(one in was.promised)) for one in was.reachable) if was else () for was in before)
    links.add(jobs, "was_owners", owners)
    for job in numbers:
        kept = earlier.cells.get(job)
        rows = sorted(kept.items()) if kept is not None and delivers(problem, job, kept) else []
        jobs["was_from"][job] = hours.add((*cell, steps) for cell, steps in rows)
        jobs["was_to"][job] = len(hours.rows)


def _people(problem: Problem, links: _Links) -> Any:
    people = problem.people
    into = table(Person, len(people))
    able: list[list[tuple[int]]] = [[] for _ in people]
    for number, job in enumerate(problem.jobs):
        for pair in job.pairs:
            able[pair.person].append((number,))
    _fill(
        into,
        max_clients=(_endless(one.max_clients) for one in people),
        max_clients_per_week=(_endless(one.max_clients_per_week) for one in people),
        hour_cost=(one.hour_cost for one in people),
        overtime_cost=(one.overtime_cost for one in people),
        burn=(one.burn for one in people),
        hire=(one.hire for one in people),
        earlier=(-1 if one.earlier is None else one.earlier for one in people),
        hired_cost=(one.hired_cost for one in people),
        chain_cost=(sum(people[copy].hired_cost for copy in chain) for chain in problem.hire_chain),
        past=(one.past_hours.numerator for one in people),
        past_unit=(one.past_hours.denominator for one in people),
        total=(one.total for one in people),
        works_over=(any(one.overtime) for one in people),
        in_work=(1 for _ in people),
    )
    links.add(into, "jobs", able)
    return into


def _weeks(problem: Problem) -> Any:
    into = table(Week, len(problem.people), problem.weeks)
    into["overtime"] = [one.overtime for one in problem.people]
    into["free"] = into["overtime"] + np.array([one.capacity for one in problem.people], dtype=np.int64)
    return into


def _kind_left(problem: Problem) -> SmallArray:
    nothing = (ENDLESS,) * problem.weeks
    return np.array([[one.limits.get(kind, nothing) for one in problem.people] for kind in KINDS], dtype=np.int32)


def _groups(problem: Problem, links: _Links) -> Any:
    into = table(Group, len(problem.one_owner))
    into["owner"] = -1
    members = (((job,) for job in one.jobs if problem.jobs[job].pairs) for one in problem.one_owner)
    links.add(into, "members", members)
    return into


def _budgets(problem: Problem, jobs: Any, links: _Links) -> Any:
    periods = problem.budgets
    into = table(Budget, len(periods))
    _fill(
        into,
        first=(min(period.weeks, default=0) for period in periods),
        last=(max(period.weeks, default=-1) for period in periods),
        left=(period.left for period in periods),
    )
    burnt = (((number,) for number in problem.budgets_of.get(job, ())) for job in range(len(problem.jobs)))
    links.add(jobs, "budgets", burnt)
    return into


def _count_kept(problem: Problem, state: State) -> None:
    """Count the clients and owners of what the problem keeps, as if by a job that is never taken away."""
    kept = problem.kept
    for (person, week), clients in kept.served.items():
        state.weeks["clients"][person, week] = len(clients)
        state.served[person, list(clients), week] = 1
    for person, clients in kept.clients.items():
        state.people["clients"][person] = len(clients)
        state.contacts[list(clients), person, EITHER] = 1
    for (client, kind), owners in kept.owners.items():
        state.owners[client, KINDS.index(kind)] = len(owners)
        state.contacts[client, list(owners), KINDS.index(kind)] = 1
