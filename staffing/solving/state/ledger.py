"""Jobs placed and taken away, with all sums of a plan kept up to date; compiled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

from staffing.solving.state.arrays import (
    AFTER,
    AFTER_AT,
    AFTER_LAG,
    BEFORE,
    BEFORE_AT,
    BEFORE_LAG,
    BEGIN,
    BURN,
    CELL_AT,
    CELLS,
    CHANGED,
    CHANGED_ALL,
    CHANGES,
    CLIENT,
    CLIENTS,
    CLIENTS_COUNT,
    CLIENTS_OF,
    CLIENTS_SERVED,
    COUNT,
    COUNT_OF,
    DUE,
    EARLIER,
    EFFORT,
    END,
    EXTRA,
    FAMILY,
    FIRST,
    FREE,
    GROUP,
    GROUP_AT,
    GROUP_COUNT,
    GROUP_OWNER,
    HANDED_OVER,
    HIRE,
    HIRED,
    HIRED_COST,
    HOUR_COST,
    IN_WORK,
    JOBS_OF,
    KIND,
    KIND_FREE,
    LAST,
    LATE_ANYWAY,
    LEFT,
    MAX_CLIENTS,
    MOST,
    MUST,
    OVERTIME_COST,
    OWNED,
    OWNERS,
    PAIR_AT,
    PAIR_PERSON,
    PAIR_PRICE,
    PAYS,
    PAYS_AT,
    PEOPLE_ALL,
    PERSON_WEEKS,
    PLANNED,
    PRICE_BURNS,
    PROMISED_FIRST,
    PROMISED_LAST,
    PURSE,
    RANDOM,
    SERVED,
    SETTLED,
    SUM_CHANGES,
    SUM_CONTACTS,
    SUM_COST,
    SUM_HIRED,
    SUM_LATE,
    SUM_MUST,
    SUM_OVER,
    SUM_STEPS,
    SUM_VALUE,
    SWITCHING,
    TOTALS,
    UNKNOWN,
    VALUE,
    WAITED,
    WAS,
    WAS_ALREADY,
    WAS_FIRST,
    WAS_LAST,
    WAS_OWNER,
    WAS_OWNER_AT,
    WEEKS,
    WEIGHT,
    Whole,
)

F = TypeVar("F", bound=Callable[..., Any])


def compiled(function: F) -> F:
    """Compile a function, keep it for the next time where that can be, and let other threads run beside it.

    Nothing compiled makes arrays of its own, so that references to them are not counted: a fifth quicker.
    """
    options: dict[str, Any] = {"nogil": True, "_nrt": False}
    try:
        return cast(F, njit(cache=True, **options)(function))
    except RuntimeError:  # no folder to keep it in
        return cast(F, njit(**options)(function))


@compiled
def draw(m: Whole) -> float:
    """Draw a number from 0 up to 1 (xorshift64*, S. Vigna, 2016)."""
    x = np.uint64(m[RANDOM])
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    m[RANDOM] = np.int64(x)
    return (x * np.uint64(2685821657736338717) >> np.uint64(11)) / 9007199254740992.0


@compiled
def below(m: Whole, count: int) -> int:
    """Draw a whole number from 0 up to a count."""
    return int(draw(m) * count)


@compiled
def copy(m: Whole, source: int, target: int, count: int) -> None:
    """Copy cells from one place to another."""
    for i in range(3 * count):
        m[target + i] = m[source + i]


@compiled
def cells_of(m: Whole, where: int, job: int) -> int:
    """Return where the cells of a job begin."""
    return int(m[where] + m[m[CELL_AT] + job])


@compiled
def place(m: Whole, job: int, cells: int, count: int) -> None:
    """Place a job with hours (person, week, steps)."""
    begin, end = (m[cells + 1], m[cells + 1])
    copy(m, cells, cells_of(m, CELLS, job), count)
    for i in range(count):
        begin, end = (min(begin, m[cells + 3 * i + 1]), max(end, m[cells + 3 * i + 1]))
    _changed(m, job)
    m[m[COUNT] + job] = count
    m[m[BEGIN] + job], m[m[END] + job] = (begin, end)
    _reckon(m, job, 1)


@compiled
def remove(m: Whole, job: int) -> None:
    """Take a job away."""
    _changed(m, job)
    _reckon(m, job, -1)
    m[m[COUNT] + job] = 0


@compiled
def _changed(m: Whole, job: int) -> None:
    """List a job among those that may not be as in the best plan."""
    if not m[m[CHANGED] + job]:
        m[m[CHANGED] + job] = 1
        m[m[CHANGES] + m[CHANGED_ALL]] = job
        m[CHANGED_ALL] += 1


@compiled
def pair_of(m: Whole, job: int, person: int) -> int:
    """Return the pair of a job and a person; -1 where there is none."""
    for pair in range(m[m[PAIR_AT] + job], m[m[PAIR_AT] + job + 1]):
        if m[m[PAIR_PERSON] + pair] == person:
            return pair
    return -1


@compiled
def _reckon(m: Whole, job: int, sign: int) -> None:
    """Add a job to all sums, or take it off."""
    for i in range(m[m[COUNT] + job]):
        person, week, steps = (
            m[cells_of(m, CELLS, job) + 3 * i],
            m[cells_of(m, CELLS, job) + 3 * i + 1],
            m[cells_of(m, CELLS, job) + 3 * i + 2],
        )
        known = False
        for other in range(i):
            known = known or m[cells_of(m, CELLS, job) + 3 * other] == person
        pair = pair_of(m, job, person)
        _reckon_week(m, job, person, week, sign * steps, sign, m[m[PAIR_PRICE] + pair] < 0)
        if not known:
            _reckon_owner(m, job, person, sign)
            if m[m[PAIR_PRICE] + pair] >= 0:
                m[m[TOTALS] + SUM_COST] += sign * m[m[PAIR_PRICE] + pair]
                if m[PRICE_BURNS]:
                    _burn(m, job, m[m[END] + job], sign * m[m[PAIR_PRICE] + pair])
    m[m[TOTALS] + SUM_VALUE] += sign * m[m[VALUE] + job]
    if m[m[MUST] + job]:
        m[m[TOTALS] + SUM_MUST] -= sign * m[m[EFFORT] + job]
    m[m[TOTALS] + SUM_LATE] += sign * m[m[WEIGHT] + job] * m[m[LATE_ANYWAY] + job]
    if m[m[END] + job] > m[m[DUE] + job]:
        m[m[TOTALS] + SUM_LATE] += sign * m[m[WEIGHT] + job] * (m[m[END] + job] - m[m[DUE] + job])
    for i in range(m[m[GROUP_AT] + job], m[m[GROUP_AT] + job + 1]):
        group = m[m[GROUP] + i]
        m[m[GROUP_COUNT] + group] += sign
        m[m[GROUP_OWNER] + group] = m[cells_of(m, CELLS, job)] if m[m[GROUP_COUNT] + group] else -1
    if m[m[WAS] + job]:
        _reckon_changes(m, job, sign)


@compiled
def _reckon_changes(m: Whole, job: int, sign: int) -> None:
    """Count a job as changed or as the same again; of a `same_owner` repeat, others who own any of it count once."""
    if m[m[WAS] + job] == WAITED:
        m[m[TOTALS] + SUM_CHANGES] += sign
        return
    family, owned = (m[m[FAMILY] + job], owned_as_before(m, job))
    if (owned or family >= 0) and timed_as_before(m, job, m[m[BEGIN] + job], m[m[END] + job]):
        m[m[TOTALS] + SUM_CHANGES] -= sign
    if family >= 0 and not owned:
        before = m[m[HANDED_OVER] + family]
        m[m[HANDED_OVER] + family] = before + sign
        if before == 0 or before + sign == 0:
            m[m[TOTALS] + SUM_CHANGES] += sign


@compiled
def timed_as_before(m: Whole, job: int, first: int, last: int) -> bool:
    """Whether a job with these first and last weeks has those of the earlier plan."""
    began, ended = (m[m[WAS_FIRST] + job], m[m[WAS_LAST] + job])
    first, last = (min(first, m[m[PROMISED_FIRST] + job]), max(last, m[m[PROMISED_LAST] + job]))
    return bool((began in (SETTLED, first)) and (ended in (SETTLED, last)))


@compiled
def owned_as_before(m: Whole, job: int) -> bool:
    """Whether a job placed has the owners of the earlier plan."""
    begin, end = (m[m[WAS_OWNER_AT] + job], m[m[WAS_OWNER_AT] + job + 1])
    for i in range(m[m[COUNT] + job]):
        if not was_owner(m, job, m[cells_of(m, CELLS, job) + 3 * i]):
            return False
    for k in range(begin, end):
        found = m[m[WAS_ALREADY] + k] == 1
        for i in range(m[m[COUNT] + job]):
            found = found or m[cells_of(m, CELLS, job) + 3 * i] == m[m[WAS_OWNER] + k]
        if not found:
            return False
    return bool(end > begin)


@compiled
def was_owner(m: Whole, job: int, person: int) -> bool:
    """Whether a person owned a job in the earlier plan."""
    found = False
    for k in range(m[m[WAS_OWNER_AT] + job], m[m[WAS_OWNER_AT] + job + 1]):
        found = found or m[m[WAS_OWNER] + k] == person
    return found


@compiled
def as_before(m: Whole, job: int) -> bool:
    """Whether what becomes of a job is what became of it in the earlier plan, or that says nothing of it."""
    was, count = (m[m[WAS] + job], m[m[COUNT] + job])
    if was == UNKNOWN or (was == WAITED and not count):
        return True
    if was == WAITED or not count or not timed_as_before(m, job, m[m[BEGIN] + job], m[m[END] + job]):
        return False
    return owned_as_before(m, job)


@compiled
def _reckon_week(m: Whole, job: int, person: int, week: int, steps: int, sign: int, paid: bool) -> None:
    at, client = (person * m[WEEKS] + week, m[m[CLIENT] + job])
    load = steps
    served = m[SERVED] + (person * m[CLIENTS] + client) * m[WEEKS] + week
    before = m[served]
    m[served] = before + sign
    if before == 0 or before + sign == 0:
        m[m[CLIENTS_SERVED] + at] += sign
        if max(m[m[CLIENTS_SERVED] + at], m[m[CLIENTS_SERVED] + at] - sign) > 1:
            load += sign * m[SWITCHING]
    m[m[KIND_FREE] + m[m[KIND] + job] * m[PERSON_WEEKS] + at] -= steps
    m[m[PLANNED] + person] += steps
    m[m[TOTALS] + SUM_STEPS] += steps
    m[m[TOTALS] + SUM_COST] += m[m[HOUR_COST] + person] * (load if paid else load - steps)
    if m[m[EXTRA] + at]:
        over = m[m[EXTRA] + at] - m[m[FREE] + at]
        extra = max(0, over + load) - max(0, over)
        m[m[TOTALS] + SUM_OVER] += extra
        m[m[TOTALS] + SUM_COST] += extra * m[m[OVERTIME_COST] + person]
    m[m[FREE] + at] -= load
    if m[m[BURN] + person] and (not (m[PRICE_BURNS] and (not paid))):
        _burn(m, job, week, steps * m[m[BURN] + person])


@compiled
def _burn(m: Whole, job: int, week: int, money: int) -> None:
    paying = m[PAYS_AT] + m[m[PURSE] + job] * m[WEEKS] + week
    for i in range(m[paying], m[paying + 1]):
        m[m[LEFT] + m[m[PAYS] + i]] -= money


@compiled
def _reckon_owner(m: Whole, job: int, person: int, sign: int) -> None:
    client = m[m[CLIENT] + job]
    work = client * 2 + m[m[KIND] + job]
    before = m[m[OWNED] + work * m[PEOPLE_ALL] + person]
    m[m[OWNED] + work * m[PEOPLE_ALL] + person] = before + sign
    if before == 0 or before + sign == 0:
        m[m[OWNERS] + work] += sign
        if max(m[m[OWNERS] + work], m[m[OWNERS] + work] - sign) > 1:
            m[m[TOTALS] + SUM_CONTACTS] += sign
    before = m[m[CLIENTS_OF] + client * m[PEOPLE_ALL] + person]
    m[m[CLIENTS_OF] + client * m[PEOPLE_ALL] + person] = before + sign
    if before == 0 or before + sign == 0:
        m[m[CLIENTS_COUNT] + person] += sign
    count = m[m[COUNT_OF] + person]
    if sign > 0:
        m[m[JOBS_OF] + person * m[MOST] + count] = job
    else:
        for i in range(count):
            if m[m[JOBS_OF] + person * m[MOST] + i] == job:
                m[m[JOBS_OF] + person * m[MOST] + i] = m[m[JOBS_OF] + person * m[MOST] + count - 1]
                break
    m[m[COUNT_OF] + person] = count + sign
    if m[m[HIRE] + person] and (count == 0 or count + sign == 0):
        _reckon_hires(m)


@compiled
def _reckon_hires(m: Whole) -> None:
    """Add up who is hired: those who work, and the copies before them."""
    for person in range(m[PEOPLE_ALL]):
        m[m[HIRED] + person] = 0
    cost = 0
    for person in range(m[PEOPLE_ALL]):
        number = person if m[m[HIRE] + person] and m[m[COUNT_OF] + person] else -1
        while number >= 0 and (not m[m[HIRED] + number]):
            m[m[HIRED] + number] = 1
            if m[m[HIRE] + number]:
                cost += m[m[HIRED_COST] + number]
            number = m[m[EARLIER] + number]
    m[m[TOTALS] + SUM_HIRED] = cost


@compiled
def window(m: Whole, job: int) -> tuple[int, int]:
    """Return the first and last week for a job beside those before and after it; last < 0 where there is none."""
    first, last = (m[m[FIRST] + job], m[m[LAST] + job])
    for i in range(m[m[BEFORE_AT] + job], m[m[BEFORE_AT] + job + 1]):
        if not m[m[COUNT] + m[m[BEFORE] + i]]:
            return (0, -1)
        first = max(first, m[m[END] + m[m[BEFORE] + i]] + m[m[BEFORE_LAG] + i])
    for i in range(m[m[AFTER_AT] + job], m[m[AFTER_AT] + job + 1]):
        if m[m[COUNT] + m[m[AFTER] + i]]:
            last = min(last, m[m[BEGIN] + m[m[AFTER] + i]] - m[m[AFTER_LAG] + i])
    return (first, last)


@compiled
def may_own(m: Whole, job: int, person: int) -> bool:
    """Whether a person may own a job, hours aside: one owner, most clients, and nobody outside the people in work."""
    if not m[m[IN_WORK] + person]:
        return False
    for i in range(m[m[GROUP_AT] + job], m[m[GROUP_AT] + job + 1]):
        owner = m[m[GROUP_OWNER] + m[m[GROUP] + i]]
        if owner >= 0 and owner != person:
            return False
    return bool(
        m[m[CLIENTS_OF] + m[m[CLIENT] + job] * m[PEOPLE_ALL] + person] > 0
        or m[m[CLIENTS_COUNT] + person] < m[m[MAX_CLIENTS] + person]
    )
