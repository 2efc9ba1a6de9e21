"""What is taken out of a plan to be rebuilt; compiled.

Each way takes jobs out, names in `order` the jobs to place first, and in `prefer` who is tried first as their owner;
the marks tell what was taken out and what is wanted.
"""

from __future__ import annotations

from staffing.solving.state.arrays import (
    ABLE,
    ABLE_AT,
    AFTER,
    AFTER_AT,
    BEFORE,
    BEFORE_AT,
    BEGIN,
    CELLS,
    CLIENT,
    CLIENTS,
    COUNT,
    COUNT_OF,
    DUE,
    END,
    EXTRA,
    FIRST,
    FREE,
    GROUP,
    GROUP_AT,
    GROUPS,
    IN_WORK,
    JOB_IN_WORK,
    JOBS,
    JOBS_ABLE,
    JOBS_ALL,
    JOBS_OF,
    KEYS,
    KIND,
    LAST,
    MARK,
    MEMBER,
    MEMBER_AT,
    MOST,
    MUST,
    ORDER,
    OWNED,
    OWNERS,
    PAIR_AT,
    PAIR_PERSON,
    PEOPLE,
    PEOPLE_ABLE,
    PEOPLE_ALL,
    PLANNED,
    PREFER,
    REMOVED,
    SAVED,
    SAVED_COUNT,
    TOTAL,
    VALUE,
    WEEKS,
    Whole,
)
from staffing.solving.state.ledger import below, cells_of, compiled, copy, draw, remove

FOLLOWING = 0.7
"How often what comes after a job is taken out with it."
LOOK = 40
"Jobs that are looked at to find one that waits, or that makes a goal worse."
WAITING = 12
"Jobs of each person concerned that are tried, where they wait, beside those taken out."
TAKEN, WANTED, TRIED, SEEN = (1, 2, 4, 8)
"Marks."
WHOLE, LATE, FURTHER, BEYOND, BUSIEST, ANY, OTHERWISE = range(7)
"What makes a goal worse: what waits; late tasks; further contacts; overtime; the busiest person; all work; changes."
LEFT_OUT = -2
"In place of who is tried first: the job is left out this time."


@compiled
def take(m: Whole, job: int, count: int) -> int:
    """Take a job out, and mostly what comes after it; return how many are out."""
    if not m[m[COUNT] + job] or not movable(m, job):
        return count
    out = _lifted(m, job, count)
    while count < out:
        job = m[m[REMOVED] + count]
        for i in range(m[m[AFTER_AT] + job], m[m[AFTER_AT] + job + 1]):
            if m[m[COUNT] + m[m[AFTER] + i]] and draw(m) < FOLLOWING and movable(m, m[m[AFTER] + i]):
                out = _lifted(m, m[m[AFTER] + i], out)
        count += 1
    return out


@compiled
def movable(m: Whole, job: int) -> bool:
    """Whether a job and its owners are among those in work."""
    if not m[m[JOB_IN_WORK] + job]:
        return False
    fixed = 0
    for i in range(m[m[COUNT] + job]):
        fixed += not m[m[IN_WORK] + m[cells_of(m, CELLS, job) + 3 * i]]
    return not fixed


@compiled
def _lifted(m: Whole, job: int, count: int) -> int:
    m[m[SAVED_COUNT] + job] = m[m[COUNT] + job]
    copy(m, cells_of(m, CELLS, job), cells_of(m, SAVED, job), m[m[COUNT] + job])
    remove(m, job)
    m[m[REMOVED] + count] = job
    m[m[MARK] + job] |= TAKEN
    return count + 1


@compiled
def near(m: Whole, person: int, first: int, last: int, most: int, count: int) -> int:
    """Take out some of a person's jobs with hours in some weeks."""
    jobs = m[JOBS_OF] + person * m[MOST]
    size = m[m[COUNT_OF] + person]
    begin = below(m, max(1, size))
    for i in range(size):
        if most <= 0 or size <= 0:
            break
        place = (begin + i) % size
        job = m[jobs + place]
        if place >= m[m[COUNT_OF] + person] or m[m[BEGIN] + job] > last or m[m[END] + job] < first:
            continue
        before = count
        count = take(m, job, count)
        most -= count - before
    return count


@compiled
def want(m: Whole, job: int, wanted: int, owner: int) -> int:
    """Put a job that is out first in the order; return how many are there."""
    if m[m[MARK] + job] & WANTED or not m[m[JOB_IN_WORK] + job] or m[m[COUNT] + job]:
        return wanted
    m[m[MARK] + job] |= WANTED
    m[m[ORDER] + wanted] = job
    m[m[PREFER] + job] = owner
    return wanted + 1


@compiled
def owner_drawn(m: Whole, job: int) -> int:
    """Draw somebody who may own a job."""
    at = m[m[PAIR_AT] + job]
    return int(m[m[PAIR_PERSON] + (at + below(m, m[m[PAIR_AT] + job + 1] - at))])


@compiled
def chain(m: Whole, job: int, wanted: int) -> int:
    """Want a job that waits, after all that waits before it."""
    if m[m[MARK] + job] & WANTED or m[m[COUNT] + job]:
        return wanted
    m[m[KEYS]] = job
    found, i = 1, 0
    while i < found:
        job = m[m[KEYS] + i]
        for k in range(m[m[BEFORE_AT] + job], m[m[BEFORE_AT] + job + 1]):
            before = m[m[BEFORE] + k]
            if not m[m[COUNT] + before] and not m[m[MARK] + before] & (WANTED | SEEN):
                m[m[MARK] + before] |= SEEN
                m[m[KEYS] + found] = before
                found += 1
        i += 1
    for i in range(found - 1, -1, -1):
        wanted = want(m, m[m[KEYS] + i], wanted, -1)
    return wanted


@compiled
def for_waiting(m: Whole, musts: bool, count: int, wanted: int) -> tuple[int, int, int, int]:
    """Make room for a job that waits, with what waits before it, in the weeks of somebody who could do it."""
    target, merit, seen = (-1, -1.0, 0)
    for _ in range(LOOK):
        job = m[m[JOBS] + below(m, m[JOBS_ABLE])]
        if m[m[COUNT] + job] or (musts and (not m[m[MUST] + job])):
            continue
        worth = draw(m) * (1 + m[m[VALUE] + job])
        if worth > merit:
            target, merit = (job, worth)
        seen += 1
        if seen == 3:
            break
    if target < 0:
        return (count, wanted, -1, -1)
    wanted = chain(m, target, wanted)
    for i in range(m[m[GROUP_AT] + target], m[m[GROUP_AT] + target + 1]):
        if draw(m) < 0.5:
            one = m[m[GROUP] + i]
            for k in range(m[m[MEMBER_AT] + one], m[m[MEMBER_AT] + one + 1]):
                count = take(m, m[m[MEMBER] + k], count)
    person = owner_drawn(m, target)
    middle = m[m[FIRST] + target] + below(m, m[m[LAST] + target] - m[m[FIRST] + target] + 1)
    return (near(m, person, middle - 1, middle + 1, 1 + below(m, 4), count), wanted, person, -1)


@compiled
def group(m: Whole, count: int, wanted: int) -> tuple[int, int, int, int]:
    """Assign all jobs of a one-owner group to somebody, who may give up all else, or some of it."""
    number = below(m, m[GROUPS])
    first, last = (m[m[MEMBER_AT] + number], m[m[MEMBER_AT] + number + 1])
    if first == last:
        return (count, wanted, -1, -1)
    owner = owner_drawn(m, m[m[MEMBER] + (first + below(m, last - first))])
    for i in range(first, last):
        count = take(m, m[m[MEMBER] + i], count)
        wanted = want(m, m[m[MEMBER] + i], wanted, owner)
    way = below(m, 3)
    most = below(m, 3) if way == 0 else below(m, 6) if way == 1 else m[JOBS_ALL]
    return (near(m, owner, 0, m[WEEKS], most, count), wanted, owner, -1)


@compiled
def relaid(m: Whole, count: int, wanted: int) -> tuple[int, int, int, int]:
    """Take out all of a person's work in the weeks of a job that they could do, to lay it anew with that job."""
    person = m[m[PEOPLE] + below(m, m[PEOPLE_ABLE])]
    at = m[m[ABLE_AT] + person]
    target = m[m[ABLE] + (at + below(m, m[m[ABLE_AT] + person + 1] - at))]
    count = take(m, target, count)
    wanted = chain(m, target, wanted)
    m[m[PREFER] + target] = person
    before = count
    count = near(m, person, m[m[FIRST] + target], m[m[LAST] + target], m[JOBS_ALL], count)
    for i in range(before, count):
        job = m[m[REMOVED] + i]
        mine = False
        for cell in range(m[m[SAVED_COUNT] + job]):
            mine = mine or m[cells_of(m, SAVED, job) + 3 * cell] == person
        wanted = want(m, job, wanted, person if mine else -1)
    return (count, wanted, person, -1)


@compiled
def people_in_weeks(m: Whole, count: int, wanted: int) -> tuple[int, int, int, int]:
    """Take out work of two people who could do a job of each other, around a week."""
    middle, reach = (below(m, m[WEEKS]), (0, 1, 1, 2)[below(m, 4)])
    one = m[m[PEOPLE] + below(m, m[PEOPLE_ABLE])]
    at = m[m[ABLE_AT] + one]
    other = owner_drawn(m, m[m[ABLE] + (at + below(m, m[m[ABLE_AT] + one + 1] - at))])
    count = near(m, one, middle - reach, middle + reach, 1 + below(m, 5), count)
    if other != one:
        count = near(m, other, middle - reach, middle + reach, 1 + below(m, 5), count)
    return (count, wanted, one, other)


@compiled
def out_of_trouble(m: Whole, trouble: int, count: int, wanted: int) -> tuple[int, int, int, int]:
    """Take out what makes a goal worse, and work of somebody who could do it in its weeks."""
    target = -1
    if trouble == FURTHER:
        target, count, wanted = _further(m, count, wanted)
    else:
        for _ in range(LOOK):
            job = m[m[JOBS] + below(m, m[JOBS_ABLE])]
            if m[m[COUNT] + job] and _worsens(m, job, trouble):
                target = job
                break
        if target >= 0:
            count = take(m, target, count)
            wanted = want(m, target, wanted, -1)
    if target < 0:
        return people_in_weeks(m, count, wanted)
    person = owner_drawn(m, target)
    if draw(m) < 0.5:
        for i in range(wanted):
            m[m[PREFER] + m[m[ORDER] + i]] = person
    middle = m[m[FIRST] + target] + below(m, m[m[LAST] + target] - m[m[FIRST] + target] + 1)
    return (near(m, person, middle - 1, middle + 1, below(m, 5), count), wanted, person, -1)


@compiled
def _worsens(m: Whole, job: int, trouble: int) -> bool:
    """Whether a job that is delivered makes a goal worse."""
    if trouble == LATE:
        return bool(m[m[END] + job] > m[m[DUE] + job])
    if trouble == ANY:
        return True
    person = m[cells_of(m, CELLS, job)]
    if trouble == BEYOND:
        for i in range(m[m[COUNT] + job]):
            at = m[cells_of(m, CELLS, job) + 3 * i] * m[WEEKS] + m[cells_of(m, CELLS, job) + 3 * i + 1]
            if m[m[FREE] + at] < m[m[EXTRA] + at]:
                return True
        return False
    for i in range(m[PEOPLE_ABLE]):
        other = m[m[PEOPLE] + i]
        if (
            m[m[TOTAL] + other]
            and m[m[TOTAL] + person]
            and (m[m[PLANNED] + other] * m[m[TOTAL] + person] > m[m[PLANNED] + person] * m[m[TOTAL] + other])
        ):
            return False
    return True


@compiled
def _further(m: Whole, count: int, wanted: int) -> tuple[int, int, int]:
    """Take out all that one of several owners does of a client's kind of work."""
    target = -1
    for _ in range(LOOK):
        work = below(m, 2 * m[CLIENTS])
        if m[m[OWNERS] + work] < 2:
            continue
        person, least = (-1, 0.0)
        for k in range(m[PEOPLE_ABLE]):
            other = m[m[PEOPLE] + k]
            if m[m[OWNED] + work * m[PEOPLE_ALL] + other]:
                size = m[m[OWNED] + work * m[PEOPLE_ALL] + other] * draw(m)
                if person < 0 or size < least:
                    person, least = (other, size)
        if person < 0:
            continue
        i = 0
        while i < m[m[COUNT_OF] + person]:
            job = m[m[JOBS_OF] + person * m[MOST] + i]
            if m[m[CLIENT] + job] * 2 + m[m[KIND] + job] == work and movable(m, job):
                target = job
                count = take(m, job, count)
                wanted = want(m, job, wanted, -1)
                i = 0
            else:
                i += 1
        return (target, count, wanted)
    return (target, count, wanted)
