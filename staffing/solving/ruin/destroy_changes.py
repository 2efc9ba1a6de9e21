"""Setting right what is not as in the earlier plan: what is taken out for it; compiled."""

from __future__ import annotations

from staffing.solving.ruin.destroy import LEFT_OUT, LOOK, SEEN, near, owner_drawn, people_in_weeks, take, want
from staffing.solving.state.arrays import (
    AFTER,
    AFTER_AT,
    BEFORE,
    BEFORE_AT,
    BEGIN,
    COUNT_OF,
    END,
    FIRST,
    JOBS,
    JOBS_ABLE,
    JOBS_ALL,
    JOBS_OF,
    KEYS,
    LAST,
    MARK,
    MOST,
    SETTLED,
    WAITED,
    WAS,
    WAS_FIRST,
    WAS_LAST,
    WAS_OWNER,
    WAS_OWNER_AT,
    Whole,
)
from staffing.solving.state.ledger import as_before, below, compiled, draw


@compiled
def as_it_was(m: Whole, count: int, wanted: int) -> tuple[int, int, int, int]:
    """Want a changed job as it was, and make room for it: take out what lies there, or changed work tied to it."""
    target, others = (-1, 0)
    for _ in range(LOOK):
        job = m[m[JOBS] + below(m, m[JOBS_ABLE])]
        if not as_before(m, job):
            target = job
            break
    if target < 0:
        return people_in_weeks(m, count, wanted)
    if m[m[WAS] + target] == WAITED:  # what waited is in the way of others, or it is moved
        count = take(m, target, count)
        if m[m[MARK] + target]:
            wanted = want(m, target, wanted, LEFT_OUT if draw(m) < 0.5 else -1)
        person = owner_drawn(m, target)
        return (near(m, person, m[m[FIRST] + target], m[m[LAST] + target], below(m, 3), count), wanted, person, -1)
    if draw(m) < 0.7:
        count, wanted = _tied(m, target, count, wanted)
    else:
        count = take(m, target, count)
        wanted = want(m, target, wanted, -1)
    person = owner_drawn(m, target)
    begin, end = (m[m[WAS_OWNER_AT] + target], m[m[WAS_OWNER_AT] + target + 1])
    if end > begin:
        person = m[m[WAS_OWNER] + begin + below(m, end - begin)]
    others = below(m, 4) if draw(m) < 0.7 else m[JOBS_ALL]
    return (_in_the_way(m, target, person, others, count), wanted, person, -1)


@compiled
def _in_the_way(m: Whole, target: int, person: int, most: int, count: int) -> int:
    """Take out work of a person in the weeks of a job in the earlier plan: of what is changed, all; else some."""
    first, last = (m[m[WAS_FIRST] + target], m[m[WAS_LAST] + target])
    if first == SETTLED:
        first = m[m[FIRST] + target]
    i = 0
    while i < m[m[COUNT_OF] + person]:
        job = m[m[JOBS_OF] + person * m[MOST] + i]
        before = count
        if m[m[BEGIN] + job] <= last and m[m[END] + job] >= first and not as_before(m, job):
            count = take(m, job, count)
        i = 0 if count > before else i + 1
    return near(m, person, first, last, most, count)


@compiled
def _tied(m: Whole, target: int, count: int, wanted: int) -> tuple[int, int]:
    """Take out a job with all that is changed before and after it, and want them in order of their weeks before."""
    m[m[KEYS]] = target
    m[m[MARK] + target] |= SEEN
    found, i = 1, 0
    while i < found:
        job = m[m[KEYS] + i]
        for k in range(m[m[BEFORE_AT] + job], m[m[BEFORE_AT] + job + 1]):
            found = _noted(m, m[m[BEFORE] + k], found)
        for k in range(m[m[AFTER_AT] + job], m[m[AFTER_AT] + job + 1]):
            found = _noted(m, m[m[AFTER] + k], found)
        i += 1
    for i in range(found):
        m[m[MARK] + m[m[KEYS] + i]] &= ~SEEN
    for i in range(1, found):  # sorted by insertion: there are few
        job, k = (m[m[KEYS] + i], i - 1)
        key = m[m[WAS_FIRST] + job] + m[m[WAS_LAST] + job]
        while k >= 0 and m[m[WAS_FIRST] + m[m[KEYS] + k]] + m[m[WAS_LAST] + m[m[KEYS] + k]] > key:
            m[m[KEYS] + k + 1] = m[m[KEYS] + k]
            k -= 1
        m[m[KEYS] + k + 1] = job
    for i in range(found):
        count = take(m, m[m[KEYS] + i], count)
    for i in range(found):
        wanted = want(m, m[m[KEYS] + i], wanted, -1)
    return (count, wanted)


@compiled
def _noted(m: Whole, job: int, found: int) -> int:
    if m[m[MARK] + job] & SEEN or as_before(m, job):
        return found
    m[m[MARK] + job] |= SEEN
    m[m[KEYS] + found] = job
    return found + 1
