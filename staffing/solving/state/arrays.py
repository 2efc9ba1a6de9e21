"""A problem and a plan of it in one array, for compiled code.

Compiled functions take but this array: its head tells where each list begins (so that `m[m[FREE] + at]` is what is free
at a place), and how many there are of what. Lists of lists lie one behind the other: those of number n are from
`m[m[X_AT] + n]` up to `m[m[X_AT] + n + 1]`. What goes by person and week lies at person × weeks + week. Kinds are 0,
strategic, and 1, tactical; a client's kind of work is client × 2 + kind. Jobs that burn of the same budgets have one
purse, and what pays in a week is list number purse × weeks + week. The cells of a job are triples:
person, week and steps. What has no limit has one too large to matter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from staffing.problem.problem import JobData, Problem
from staffing.scenario.records import KINDS
from staffing.solving.earlier import NO_PLAN, Earlier, delivers

Whole = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
ENDLESS = 2**60
FINEST = 2**30
"""The highest merit."""

# single numbers
NUMBERS = 15
(
    WEEKS,
    SWITCHING,
    PRICE_BURNS,
    JOBS_ALL,
    JOBS_ABLE,
    PEOPLE_ALL,
    PEOPLE_ABLE,
    PERSON_WEEKS,
    CLIENTS,
    GROUPS,
    MOST,
    RANDOM,
    BEST,
    CHANGED_ALL,
    OTHERS,
) = range(NUMBERS)
# lists of what is planned
(
    FIRST, LAST, DUE, WEIGHT, MUST, VALUE, EFFORT, PACE, MAX_OWNERS, KIND, CLIENT, MERIT, JOBS,
    PAIR_AT, PAIR_PERSON, PAIR_NEED, PAIR_POWER, PAIR_PRICE, BEFORE_AT, BEFORE, BEFORE_LAG, AFTER_AT, AFTER, AFTER_LAG,
    GROUP_AT, GROUP, PURSE, PAYS_AT, PAYS, MEMBER_AT, MEMBER, ABLE_AT, ABLE, BUDGET_WEEKS,
    WAS, WAS_FIRST, WAS_LAST, WAS_OWNER_AT, WAS_OWNER, WAS_CELLS_AT, WAS_CELLS, FAMILY,
    MAX_CLIENTS, MAX_WEEK_CLIENTS, HOUR_COST, OVERTIME_COST, BURN, HIRE, HIRED_COST, HIRE_CHAIN, EARLIER,
    PAST, PAST_UNIT, TOTAL, PEOPLE, EXTRA, CELL_AT, IN_WORK, JOB_IN_WORK, WORKS_OVER, LATE_ANYWAY, PACED_AT, PACED,
    WAS_ALREADY, PROMISED_FIRST, PROMISED_LAST,
) = range(NUMBERS, NUMBERS + 66)  # fmt: skip
# lists of the plan: what is left and what it adds up to; jobs by owner, cells by job; what was taken out; the best plan
(
    FREE, KIND_FREE, SERVED, CLIENTS_SERVED, CLIENTS_OF, CLIENTS_COUNT, OWNED, OWNERS, GROUP_OWNER, GROUP_COUNT, LEFT,
    PLANNED, TOTALS, JOBS_OF, COUNT_OF, CELLS, COUNT, BEGIN, END, REMOVED, SAVED, SAVED_COUNT, BEST_CELLS, BEST_COUNT,
    ORDER, KEYS, MARK, PREFER, TRIAL, CHOSEN, OTHER_STEPS, OTHER_MONEY, HIRED, CHANGED, CHANGES,
    HANDED_OVER,
) = range(NUMBERS + 66, NUMBERS + 102)  # fmt: skip
SUM_MUST, SUM_VALUE, SUM_COST, SUM_LATE, SUM_OVER, SUM_STEPS, SUM_CONTACTS, SUM_HIRED, SUM_CHANGES = range(9)
"""Places in the totals."""
UNKNOWN, WAITED, DELIVERED = range(3)
"""What an earlier plan said of a job (`was`): nothing, that it waited, that it was delivered."""
SETTLED = -2
"""A week of the earlier plan that history has settled: as before, whatever comes."""


def written(problem: Problem, seed: int, earlier: Earlier = NO_PLAN) -> Whole:
    """Return a problem, an earlier plan of it, and the empty plan as one array."""
    lists = {**_of_jobs(problem), **_of_people(problem), **_of_earlier(problem, earlier), **_of_plan(problem, earlier)}
    head = np.zeros(NUMBERS + 102, dtype=np.int64)
    numbers = {
        WEEKS: problem.weeks,
        SWITCHING: problem.switching,
        PRICE_BURNS: int(problem.price_burns),
        JOBS_ALL: len(problem.jobs),
        JOBS_ABLE: len(lists[JOBS]),
        PEOPLE_ALL: len(problem.people),
        PEOPLE_ABLE: len(lists[PEOPLE]),
        PERSON_WEEKS: len(problem.people) * problem.weeks,
        CLIENTS: len(problem.clients),
        GROUPS: len(problem.one_owner),
        MOST: _most(lists[ABLE_AT]),
        RANDOM: (2 * seed + 1) * 0x9E3779B97F4A7C15 % 2**63,
    }
    for name, number in numbers.items():
        head[name] = number
    at = len(head)
    for name, numbers_of in lists.items():
        head[name] = at
        at += len(numbers_of)
    return np.concatenate([head, *lists.values()])


def _of_jobs(problem: Problem) -> dict[int, Whole]:
    jobs = problem.jobs
    pair_at, pairs = _lists([[(p.person, p.need, p.power, p.price) for p in job.pairs] for job in jobs], 4)
    before_at, before = _lists([job.after for job in jobs], 2)
    after_at, after = _lists([problem.followers.get(job, ()) for job in range(len(jobs))], 2)
    group_at, group = _lists([[(n,) for n in problem.groups_of.get(job, ())] for job in range(len(jobs))], 1)
    purses = {job: problem.budgets_of.get(job, ()) for job in range(len(jobs))}
    purse = {budgets: number for number, budgets in enumerate(dict.fromkeys(purses.values()))}
    weeks = range(problem.weeks)
    pays = [[(n,) for n in budgets if week in problem.budgets[n].weeks] for budgets in purse for week in weeks]
    pays_at, paying = _lists(pays, 1)
    member_at, member = _lists([[(job,) for job in one.jobs if jobs[job].pairs] for one in problem.one_owner], 1)
    grouped = {job for one in problem.one_owner for job in one.jobs}
    paced_at, paced = _paced(problem)
    merits = [job.value / max(1, min((p.need for p in job.pairs), default=1)) for job in jobs]
    finest = max([*merits, 1e-9])
    return {
        FIRST: _whole(job.first for job in jobs),
        LAST: _whole(job.last for job in jobs),
        DUE: _whole(ENDLESS if job.due is None else job.due for job in jobs),
        WEIGHT: _whole(job.weight for job in jobs),
        MUST: _whole(job.must for job in jobs),
        VALUE: _whole(job.value for job in jobs),
        EFFORT: _whole(job.effort for job in jobs),
        PACE: _whole(ENDLESS if job.pace is None else job.pace for job in jobs),
        MAX_OWNERS: _whole(1 if number in grouped else job.sharers for number, job in enumerate(jobs)),
        LATE_ANYWAY: _whole(job.late for job in jobs),
        PACED_AT: paced_at,
        PACED: paced,
        KIND: _whole(KINDS.index(job.kind) for job in jobs),
        CLIENT: _whole(job.client for job in jobs),
        MERIT: _whole(int(FINEST * merit / finest) for merit in merits),
        CELL_AT: np.cumsum([0, *map(_cells, jobs)])[:-1].astype(np.int64),
        JOB_IN_WORK: np.ones(len(jobs), dtype=np.int64),
        JOBS: _whole(range(len(jobs))),
        PAIR_AT: pair_at,
        PAIR_PERSON: pairs[0],
        PAIR_NEED: pairs[1],
        PAIR_POWER: pairs[2],
        PAIR_PRICE: pairs[3],
        BEFORE_AT: before_at,
        BEFORE: before[0],
        BEFORE_LAG: before[1],
        AFTER_AT: after_at,
        AFTER: after[0],
        AFTER_LAG: after[1],
        GROUP_AT: group_at,
        GROUP: group[0],
        PURSE: _whole(purse[budgets] for budgets in purses.values()),
        PAYS_AT: pays_at,
        PAYS: paying[0],
        MEMBER_AT: member_at,
        MEMBER: member[0],
        BUDGET_WEEKS: _whole(week in period.weeks for period in problem.budgets for week in weeks),
    }


def _paced(problem: Problem) -> tuple[Whole, Whole]:
    """Return the promised steps that count for the pace of jobs, by week, and where each job's begin, or -1."""
    jobs = [job.paced for job in problem.jobs]
    at = np.where([bool(steps) for steps in jobs], np.cumsum([bool(steps) for steps in jobs]) - 1, -1)
    found = np.zeros((int(at.max(initial=-1)) + 1, problem.weeks), dtype=np.int64)
    for row, steps in zip(at, jobs, strict=True):
        for week, count in steps:
            found[row, week] = count
    return np.where(at >= 0, at * problem.weeks, -1).astype(np.int64), found.ravel()


def _of_earlier(problem: Problem, earlier: Earlier) -> dict[int, Whole]:
    """Write an earlier plan; hours that it planned are there only where they still deliver the job."""
    jobs = range(len(problem.jobs))
    before = [earlier.jobs.get(job) for job in jobs]
    owners = [sorted((one, int(one in was.promised)) for one in was.reachable) if was else () for was in before]
    owner_at, owner = _lists(owners, 2)
    spans = [was.promised_weeks if was else None for was in before]
    cells = [
        [(*cell, steps) for cell, steps in sorted(kept.items())]
        if (kept := earlier.cells.get(job)) is not None and delivers(problem, job, kept)
        else []
        for job in jobs
    ]
    cells_at, rows = _lists(cells, 3)
    return {
        WAS: _whole(DELIVERED if was else WAITED if job in earlier.jobs else UNKNOWN for job, was in enumerate(before)),
        WAS_FIRST: _whole(SETTLED if was is None or was.first is None else was.first for was in before),
        WAS_LAST: _whole(SETTLED if was is None or was.last is None else was.last for was in before),
        WAS_OWNER_AT: owner_at,
        WAS_OWNER: owner[0],
        WAS_ALREADY: owner[1],
        PROMISED_FIRST: _whole(ENDLESS if span is None else span[0] for span in spans),
        PROMISED_LAST: _whole(-1 if span is None else span[1] for span in spans),
        WAS_CELLS_AT: 3 * cells_at,
        WAS_CELLS: rows.T.reshape(-1).copy(),
        FAMILY: _whole(earlier.family.get(job, -1) for job in jobs),
    }


def _of_people(problem: Problem) -> dict[int, Whole]:
    people = problem.people
    able: list[list[tuple[int]]] = [[] for _ in people]
    for number, job in enumerate(problem.jobs):
        for pair in job.pairs:
            able[pair.person].append((number,))
    able_at, able_jobs = _lists(able, 1)
    return {
        ABLE_AT: able_at,
        ABLE: able_jobs[0],
        MAX_CLIENTS: _whole(ENDLESS if one.max_clients is None else one.max_clients for one in people),
        MAX_WEEK_CLIENTS: _whole(
            ENDLESS if one.max_clients_per_week is None else one.max_clients_per_week for one in people
        ),
        HOUR_COST: _whole(one.hour_cost for one in people),
        OVERTIME_COST: _whole(one.overtime_cost for one in people),
        BURN: _whole(one.burn for one in people),
        HIRE: _whole(one.hire for one in people),
        HIRED_COST: _whole(one.hired_cost for one in people),
        HIRE_CHAIN: _whole(_chain_cost(problem, number) for number in range(len(people))),
        EARLIER: _whole(-1 if one.earlier is None else one.earlier for one in people),
        PAST: _whole(one.past_hours.numerator for one in people),
        PAST_UNIT: _whole(one.past_hours.denominator for one in people),
        TOTAL: _whole(one.total for one in people),
        PEOPLE: _whole(number for number in range(len(people)) if able[number]),
        IN_WORK: np.ones(len(people), dtype=np.int64),
        WORKS_OVER: _whole(any(one.overtime) for one in people),
        EXTRA: _whole(steps for one in people for steps in one.overtime),
    }


def _of_plan(problem: Problem, earlier: Earlier) -> dict[int, Whole]:
    jobs, people, weeks = len(problem.jobs), len(problem.people), problem.weeks
    cells = [_cells(job) for job in problem.jobs]
    all_cells, width = sum(cells), max([*cells, 3])
    clients, groups = len(problem.clients), len(problem.one_owner)
    limits = (one.limits.get(kind, (ENDLESS,) * weeks) for kind in KINDS for one in problem.people)
    pairs = [0] * people
    for job in problem.jobs:
        for pair in job.pairs:
            pairs[pair.person] += 1
    sizes = {
        SERVED: people * weeks * clients,
        CLIENTS_SERVED: people * weeks,
        CLIENTS_OF: people * clients,
        CLIENTS_COUNT: people,
        OWNED: 2 * clients * people,
        OWNERS: 2 * clients,
        GROUP_COUNT: groups,
        PLANNED: people,
        TOTALS: 9,
        JOBS_OF: people * max([*pairs, 1]),
        COUNT_OF: people,
        CELLS: all_cells,
        COUNT: jobs,
        BEGIN: jobs,
        END: jobs,
        REMOVED: jobs + 1,
        SAVED: all_cells,
        SAVED_COUNT: jobs,
        BEST_CELLS: all_cells,
        BEST_COUNT: jobs,
        ORDER: jobs + 1,
        KEYS: jobs + 1 + people,
        MARK: jobs,
        TRIAL: width,
        CHOSEN: width,
        OTHER_STEPS: weeks,
        OTHER_MONEY: weeks,
        HIRED: people,
        CHANGED: jobs,
        CHANGES: jobs,
        HANDED_OVER: len(set(earlier.family.values())),
    }
    plan = {
        FREE: _whole(sum(both) for one in problem.people for both in zip(one.capacity, one.overtime, strict=True)),
        KIND_FREE: _whole(most for by_week in limits for most in by_week),
        GROUP_OWNER: np.full(groups, -1, dtype=np.int64),
        LEFT: _whole(period.left for period in problem.budgets),
        PREFER: np.full(jobs, -1, dtype=np.int64),
        **{name: np.zeros(size, dtype=np.int64) for name, size in sizes.items()},
    }
    _count_kept(problem, plan)
    return plan


def _count_kept(problem: Problem, plan: dict[int, Whole]) -> None:
    """Count the clients and owners of what the problem keeps, as if by a job that is never taken away."""
    kept, people, weeks = problem.kept, len(problem.people), problem.weeks
    for (person, week), clients in kept.served.items():
        plan[CLIENTS_SERVED][person * weeks + week] = len(clients)
        for client in clients:
            plan[SERVED][(person * len(problem.clients) + client) * weeks + week] = 1
    for person, clients in kept.clients.items():
        plan[CLIENTS_COUNT][person] = len(clients)
        plan[CLIENTS_OF][[client * people + person for client in clients]] = 1
    for (client, kind), owners in kept.owners.items():
        work = client * 2 + KINDS.index(kind)
        plan[OWNERS][work] = len(owners)
        plan[OWNED][[work * people + person for person in owners]] = 1


def _cells(job: JobData) -> int:
    """Return how many numbers the hours of a job may take."""
    return 3 * len(job.weeks) * min(job.max_owners, len(job.pairs))


def _most(at: Whole) -> int:
    return max(1, int(np.diff(at).max(initial=1)))


def _whole(numbers: Iterable[int]) -> Whole:
    return np.array(list(numbers), dtype=np.int64)


def _lists(lists: Iterable[Sequence[Sequence[int | None]]], width: int) -> tuple[Whole, Whole]:
    """Return where each of some lists of rows begins when all are joined, and the joined columns, None as -1."""
    rows: list[list[int]] = []
    at = [0]
    for one in lists:
        rows += [[-1 if number is None else number for number in row] for row in one]
        at.append(len(rows))
    return _whole(at), np.array(rows, dtype=np.int64).reshape(-1, width).T.copy()


def _chain_cost(problem: Problem, person: int) -> int:
    cost, number = 0, person
    while True:
        cost += problem.people[number].hired_cost
        earlier = problem.people[number].earlier
        if earlier is None:
            return cost
        number = earlier
