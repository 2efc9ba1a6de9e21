"""Placing jobs and taking them away, by every rule; compiled.

As in :mod:`staffing.solving.placing`, nothing placed is moved: a job gets the first weeks that have room, or the last
ones, and of those who could do it whoever costs least by some weights.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from staffing.solving.rebuilding.arrays import (
    AFTER,
    AFTER_AT,
    AFTER_LAG,
    BEFORE,
    BEFORE_AT,
    BEFORE_LAG,
    BEGIN,
    BUDGET,
    BUDGET_AT,
    BUDGET_WEEKS,
    BURN,
    CELL_AT,
    CELLS,
    CHANGED,
    CHANGED_ALL,
    CHANGES,
    CHOSEN,
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
    FIRST,
    FREE,
    GROUP,
    GROUP_AT,
    GROUP_COUNT,
    GROUP_OWNER,
    HIRE,
    HIRE_CHAIN,
    HIRED,
    HIRED_COST,
    HOUR_COST,
    IN_WORK,
    JOBS_ALL,
    JOBS_OF,
    KEYS,
    KIND,
    KIND_FREE,
    LAST,
    LEFT,
    MAX_CLIENTS,
    MAX_OWNERS,
    MAX_WEEK_CLIENTS,
    MOST,
    MUST,
    OTHER_MONEY,
    OTHER_STEPS,
    OVERTIME_COST,
    OWNED,
    OWNERS,
    PACE,
    PAIR_AT,
    PAIR_NEED,
    PAIR_PERSON,
    PAIR_POWER,
    PAIR_PRICE,
    PEOPLE_ALL,
    PERSON_WEEKS,
    PLANNED,
    PRICE_BURNS,
    RANDOM,
    SERVED,
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
    TRIAL,
    VALUE,
    WEEKS,
    WEIGHT,
    WORKS_OVER,
    Floats,
    Whole,
)

compiled = njit(cache=True, nogil=True)
"""Compiles a function, keeps it for the next time, and lets other threads run beside it."""
HIRE_SHARE = 0.25
"Share of a hire's cost that is charged to the first job it gets."
WEIGHT_COST, WEIGHT_STEP, WEIGHT_LATE, WEIGHT_CONTACT = range(4)
"Places in the weights."


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
    """Give where the cells of a job begin."""
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
    """Give the pair of a job and a person; -1 where there is none."""
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
    if m[m[END] + job] > m[m[DUE] + job]:
        m[m[TOTALS] + SUM_LATE] += sign * m[m[WEIGHT] + job] * (m[m[END] + job] - m[m[DUE] + job])
    for i in range(m[m[GROUP_AT] + job], m[m[GROUP_AT] + job + 1]):
        group = m[m[GROUP] + i]
        m[m[GROUP_COUNT] + group] += sign
        m[m[GROUP_OWNER] + group] = m[cells_of(m, CELLS, job)] if m[m[GROUP_COUNT] + group] else -1


@compiled
def _reckon_week(m: Whole, job: int, person: int, week: int, steps: int, sign: int, paid: bool) -> None:
    at, client = (person * m[WEEKS] + week, m[m[CLIENT] + job])
    load = steps
    before = m[m[SERVED] + at * m[CLIENTS] + client]
    m[m[SERVED] + at * m[CLIENTS] + client] = before + sign
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
    for i in range(m[m[BUDGET_AT] + job], m[m[BUDGET_AT] + job + 1]):
        if m[m[BUDGET_WEEKS] + m[m[BUDGET] + i] * m[WEEKS] + week]:
            m[m[LEFT] + m[m[BUDGET] + i]] -= money


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
    before = m[m[CLIENTS_OF] + person * m[CLIENTS] + client]
    m[m[CLIENTS_OF] + person * m[CLIENTS] + client] = before + sign
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
    """Give the first and last week for a job beside those before and after it; a span below 0 where there is none."""
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
        m[m[CLIENTS_OF] + person * m[CLIENTS] + m[m[CLIENT] + job]] > 0
        or m[m[CLIENTS_COUNT] + person] < m[m[MAX_CLIENTS] + person]
    )


@compiled
def fill(
    m: Whole, job: int, pair: int, first: int, last: int, backward: bool, need: int, overtime: bool, out: int
) -> tuple[int, int, int, int]:
    """Fill week after week until a need is met.

    What others of a shared job do stands in `other_steps` and `other_money`, by week.

    Returns
    -------
    tuple
        Cells written to `out`, steps missing, load, and cost; a fixed price that no budget pays is never met.
    """
    person, client, kind = (m[m[PAIR_PERSON] + pair], m[m[CLIENT] + job], m[m[KIND] + job])
    price = m[m[PAIR_PRICE] + pair]
    burn = 0 if m[PRICE_BURNS] and price >= 0 else m[m[BURN] + person]
    missing, switched, beyond, count, end = (need, 0, 0, 0, -1)
    for i in range(last - first + 1):
        week = last - i if backward else first + i
        at = person * m[WEEKS] + week
        usual = m[m[FREE] + at] - m[m[EXTRA] + at]
        room = m[m[FREE] + at] if overtime else usual
        if room <= 0:
            continue
        switch = 0
        if m[m[SERVED] + at * m[CLIENTS] + client] == 0:
            if m[m[CLIENTS_SERVED] + at] >= m[m[MAX_WEEK_CLIENTS] + person]:
                continue
            if m[m[CLIENTS_SERVED] + at]:
                switch = m[SWITCHING]
        room = min(
            min(room - switch, m[m[KIND_FREE] + kind * m[PERSON_WEEKS] + at]),
            min(missing, m[m[PACE] + job] - m[m[OTHER_STEPS] + week]),
        )
        if room <= 0:
            continue
        if burn:
            room = _affordable(m, job, week, room, burn, out, count)
            if room <= 0:
                continue
        m[out + 3 * count], m[out + 3 * count + 1], m[out + 3 * count + 2] = (person, week, room)
        count += 1
        missing -= room
        switched += switch
        end = max(end, week)
        if room + switch > usual:
            beyond += room + switch - max(0, usual)
        if not missing:
            break
    if price >= 0 and m[PRICE_BURNS] and count:
        for i in range(m[m[BUDGET_AT] + job], m[m[BUDGET_AT] + job + 1]):
            if m[m[BUDGET_WEEKS] + m[m[BUDGET] + i] * m[WEEKS] + end] and m[m[LEFT] + m[m[BUDGET] + i]] < price:
                return (0, need, 0, 0)
    steps = need - missing
    cost = (steps * m[m[HOUR_COST] + person] if price < 0 else price) + switched * m[m[HOUR_COST] + person]
    return (count, missing, steps + switched, cost + beyond * m[m[OVERTIME_COST] + person])


@compiled
def _affordable(m: Whole, job: int, week: int, room: int, burn: int, out: int, count: int) -> int:
    """Give how much of some steps in a week the budgets allow."""
    for i in range(m[m[BUDGET_AT] + job], m[m[BUDGET_AT] + job + 1]):
        budget = m[m[BUDGET] + i]
        if m[m[BUDGET_WEEKS] + budget * m[WEEKS] + week]:
            left = m[m[LEFT] + budget]
            for other in range(count):
                if m[m[BUDGET_WEEKS] + budget * m[WEEKS] + m[out + 3 * other + 1]]:
                    left -= burn * m[out + 3 * other + 2]
            for other in range(m[WEEKS]):
                if m[m[OTHER_MONEY] + other] and m[m[BUDGET_WEEKS] + budget * m[WEEKS] + other]:
                    left -= m[m[OTHER_MONEY] + other]
            room = min(room, left // burn)
    return room


@compiled
def put(m: Whole, job: int, weights: Floats, noise: float, owner: int, sharing: float) -> bool:
    """Place a job if it fits: see :meth:`staffing.solving.placing.Placing.place`; `owner` -1 is whoever is best."""
    first, last = window(m, job)
    if first > last:
        return False
    may_share = m[m[MAX_OWNERS] + job] > 1 and owner < 0
    if may_share and draw(m) < sharing and share(m, job, first, last):
        return True
    backward = noise > 0 and draw(m) < 0.15
    count, least = (0, 0.0)
    for pair in range(m[m[PAIR_AT] + job], m[m[PAIR_AT] + job + 1]):
        person = m[m[PAIR_PERSON] + pair]
        if (owner >= 0 and person != owner) or not may_own(m, job, person):
            continue
        need = m[m[PAIR_NEED] + pair]
        found, missing, load, cost = fill(m, job, pair, first, last, backward, need, False, m[TRIAL])
        if missing and m[m[WORKS_OVER] + person]:
            found, missing, load, cost = fill(m, job, pair, first, last, backward, need, True, m[TRIAL])
        if missing:
            continue
        score = _score(m, job, person, found, load, cost, weights)
        if noise:
            score *= 1 + noise * draw(m)
        if not count or score < least:
            count, least = (found, score)
            copy(m, m[TRIAL], m[CHOSEN], found)
    if count:
        place(m, job, m[CHOSEN], count)
        return True
    return may_share and share(m, job, first, last)


@compiled
def _score(m: Whole, job: int, person: int, count: int, load: int, cost: int, weights: Floats) -> float:
    score = weights[WEIGHT_COST] * cost + weights[WEIGHT_STEP] * load
    end = 0
    for i in range(count):
        end = max(end, m[m[TRIAL] + i * 3 + 1])
    if end > m[m[DUE] + job]:
        score += weights[WEIGHT_LATE] * m[m[WEIGHT] + job] * (end - m[m[DUE] + job])
    work = m[m[CLIENT] + job] * 2 + m[m[KIND] + job]
    if m[m[OWNERS] + work] and (not m[m[OWNED] + work * m[PEOPLE_ALL] + person]):
        score += weights[WEIGHT_CONTACT]
    if m[m[HIRE] + person] and (not m[m[COUNT_OF] + person]):
        score += weights[WEIGHT_COST] * HIRE_SHARE * m[m[HIRE_CHAIN] + person]
    return float(score)


@compiled
def share(m: Whole, job: int, first: int, last: int) -> bool:
    """Let some people share a job, drawn by their room, none of them working a step more than is needed."""
    done = _shared(m, job, first, last)
    for week in range(m[WEEKS]):
        m[m[OTHER_STEPS] + week] = 0
        m[m[OTHER_MONEY] + week] = 0
    return done


@compiled
def _shared(m: Whole, job: int, first: int, last: int) -> bool:
    at = m[m[PAIR_AT] + job]
    pairs = m[m[PAIR_AT] + job + 1] - at
    keys = m[KEYS] + m[JOBS_ALL] + 1
    able = 0
    for i in range(pairs):
        m[keys + i] = 0
        if may_own(m, job, m[m[PAIR_PERSON] + at + i]):
            _, missing, _, _ = fill(m, job, at + i, first, last, False, m[m[PAIR_NEED] + at + i], True, m[TRIAL])
            room = m[m[PAIR_POWER] + at + i] * (m[m[PAIR_NEED] + at + i] - missing)
            m[keys + i] = int(room * (0.4 + draw(m)))
            able += room > 0
    covered, count = (0, 0)
    for number in range(min(m[m[MAX_OWNERS] + job], able)):
        best = 0
        for i in range(pairs):
            if m[keys + i] > m[keys + best]:
                best = i
        if m[keys + best] <= 0:
            return False
        m[keys + best] = 0
        pair = at + best
        need = -(-(m[m[EFFORT] + job] - covered) // m[m[PAIR_POWER] + pair])
        if number == 0 and able > 1 and (draw(m) < 0.7):
            need = max(1, int(need * (0.25 + 0.65 * draw(m))))
        found, missing, _, _ = fill(m, job, pair, first, last, draw(m) < 0.3, need, True, m[TRIAL])
        for i in range(found):
            copy(m, m[TRIAL] + 3 * i, m[CHOSEN] + 3 * count, 1)
            m[m[OTHER_STEPS] + m[m[TRIAL] + i * 3 + 1]] += m[m[TRIAL] + i * 3 + 2]
            m[m[OTHER_MONEY] + m[m[TRIAL] + i * 3 + 1]] += (
                m[m[TRIAL] + i * 3 + 2] * m[m[BURN] + m[m[PAIR_PERSON] + pair]]
            )
            count += 1
        covered += m[m[PAIR_POWER] + pair] * (need - missing)
        if covered >= m[m[EFFORT] + job]:
            count = _trimmed(m, job, count, covered - m[m[EFFORT] + job])
            place(m, job, m[CHOSEN], count)
            return True
    return False


@compiled
def _trimmed(m: Whole, job: int, count: int, spare: int) -> int:
    """Take from owners, last weeks first, the steps that are not needed; give the cells left."""
    for i in range(count - 1, -1, -1):
        power = m[m[PAIR_POWER] + pair_of(m, job, m[m[CHOSEN] + i * 3])]
        less = min(m[m[CHOSEN] + i * 3 + 2], spare // power)
        m[m[CHOSEN] + i * 3 + 2] -= less
        spare -= less * power
    left = 0
    for i in range(count):
        if m[m[CHOSEN] + i * 3 + 2]:
            copy(m, m[CHOSEN] + 3 * i, m[CHOSEN] + 3 * left, 1)
            left += 1
    return left
