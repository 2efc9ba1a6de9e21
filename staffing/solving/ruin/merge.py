"""Several at work on one plan: each on people and jobs of its own; compiled."""

from __future__ import annotations

from staffing.solving.state.arrays import (
    CELLS,
    COUNT,
    IN_WORK,
    JOB_IN_WORK,
    JOBS,
    JOBS_ABLE,
    JOBS_ALL,
    PEOPLE,
    PEOPLE_ABLE,
    PEOPLE_ALL,
    TRIAL,
    Whole,
)
from staffing.solving.state.ledger import cells_of, compiled, place, remove


@compiled
def restrict(m: Whole, people: Whole, jobs: Whole) -> None:
    """Put only some people and jobs in work, each told by 1."""
    m[PEOPLE_ABLE] = 0
    for person in range(m[PEOPLE_ALL]):
        m[m[IN_WORK] + person] = people[person]
        if people[person]:
            m[m[PEOPLE] + m[PEOPLE_ABLE]] = person
            m[PEOPLE_ABLE] += 1
    m[JOBS_ABLE] = 0
    for job in range(m[JOBS_ALL]):
        m[m[JOB_IN_WORK] + job] = jobs[job]
        if jobs[job]:
            m[m[JOBS] + m[JOBS_ABLE]] = job
            m[JOBS_ABLE] += 1


@compiled
def merge(m: Whole, other: Whole) -> None:
    """Take over what another made of the jobs it had in work."""
    for i in range(other[JOBS_ABLE]):
        job = other[other[JOBS] + i]
        if m[m[COUNT] + job]:
            remove(m, job)
    for i in range(other[JOBS_ABLE]):
        job = other[other[JOBS] + i]
        count = other[other[COUNT] + job]
        if count:
            begin = cells_of(other, CELLS, job)
            for k in range(3 * count):
                m[m[TRIAL] + k] = other[begin + k]
            place(m, job, m[TRIAL], count)
