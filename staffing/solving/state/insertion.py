"""Finding a place for a job, by every rule; compiled.

As in :mod:`staffing.solving.state.placing`, nothing placed is moved: a job gets the first weeks that have room, or the
last ones, and of those who could do it whoever costs least by some weights.
"""

from __future__ import annotations

from staffing.solving.state.arrays import (
    BUDGET_WEEKS,
    BURN,
    CHOSEN,
    CLIENT,
    CLIENTS,
    CLIENTS_SERVED,
    COUNT_OF,
    DELIVERED,
    DUE,
    EFFORT,
    ENDLESS,
    EXTRA,
    FAMILY,
    FREE,
    GROUP,
    GROUP_AT,
    GROUP_OWNER,
    HIRE,
    HIRE_CHAIN,
    HOUR_COST,
    JOBS_ALL,
    KEYS,
    KIND,
    KIND_FREE,
    LEFT,
    MAX_OWNERS,
    MAX_WEEK_CLIENTS,
    OTHER_MONEY,
    OTHER_STEPS,
    OTHERS,
    OVERTIME_COST,
    OWNED,
    OWNERS,
    PACE,
    PACED,
    PACED_AT,
    PAIR_AT,
    PAIR_NEED,
    PAIR_PERSON,
    PAIR_POWER,
    PAIR_PRICE,
    PAYS,
    PAYS_AT,
    PEOPLE_ALL,
    PERSON_WEEKS,
    PRICE_BURNS,
    PURSE,
    SERVED,
    SETTLED,
    SWITCHING,
    TRIAL,
    WAS,
    WAS_CELLS,
    WAS_CELLS_AT,
    WAS_FIRST,
    WAS_LAST,
    WAS_OWNER,
    WAS_OWNER_AT,
    WEEKS,
    WEIGHT,
    WORKS_OVER,
    Floats,
    Whole,
)
from staffing.solving.state.ledger import (
    compiled,
    copy,
    draw,
    may_own,
    pair_of,
    place,
    remove,
    window,
)

HIRE_SHARE = 0.25
"""Share of a hire's cost that is charged to the first job it gets."""
WEIGHT_COST, WEIGHT_STEP, WEIGHT_LATE, WEIGHT_CONTACT, WEIGHT_NOISE, AGAIN, PRICES = range(7)
"""Places in the weights; `AGAIN` is how often a job is first tried as it was in the earlier plan.

From the last on stands what a step of each person in each week is worth."""


@compiled
def fill(
    m: Whole, job: int, pair: int, first: int, last: int, backward: bool, need: int, overtime: bool, out: int
) -> tuple[int, int, int, int]:
    """Fill week after week until a need is met.

    What others of a shared job do stands in `other_steps` and `other_money`, by week, where there are `others`.

    Returns
    -------
    tuple
        Cells written to `out`, steps missing, load, and cost; a fixed price that no budget pays is never met.
    """
    person, client, kind = (m[m[PAIR_PERSON] + pair], m[m[CLIENT] + job], m[m[KIND] + job])
    price = m[m[PAIR_PRICE] + pair]
    burn = 0 if m[PRICE_BURNS] and price >= 0 else m[m[BURN] + person]
    free, extra = (m[FREE] + person * m[WEEKS], m[EXTRA] + person * m[WEEKS])
    kind_free = m[KIND_FREE] + kind * m[PERSON_WEEKS] + person * m[WEEKS]
    served, serving = (m[SERVED] + (person * m[CLIENTS] + client) * m[WEEKS], m[CLIENTS_SERVED] + person * m[WEEKS])
    most_clients, switching, pace = (m[m[MAX_WEEK_CLIENTS] + person], m[SWITCHING], m[m[PACE] + job])
    paced = m[m[PACED_AT] + job]
    other_steps = m[OTHER_STEPS]
    missing, switched, beyond, count, end = (need, 0, 0, 0, -1)
    for i in range(last - first + 1):
        week = last - i if backward else first + i
        usual = m[free + week] - m[extra + week]
        room = m[free + week] if overtime else usual
        if room <= 0:
            continue
        switch = 0
        if m[served + week] == 0:
            if m[serving + week] >= most_clients:
                continue
            if m[serving + week]:
                switch = switching
        pace_left = pace - m[other_steps + week] - (m[m[PACED] + paced + week] if paced >= 0 else 0)
        room = min(min(room - switch, m[kind_free + week]), min(missing, pace_left))
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
        paying = m[PAYS_AT] + m[m[PURSE] + job] * m[WEEKS] + end
        for i in range(m[paying], m[paying + 1]):
            if m[m[LEFT] + m[m[PAYS] + i]] < price:
                return (0, need, 0, 0)
    steps = need - missing
    cost = (steps * m[m[HOUR_COST] + person] if price < 0 else price) + switched * m[m[HOUR_COST] + person]
    return (count, missing, steps + switched, cost + beyond * m[m[OVERTIME_COST] + person])


@compiled
def _affordable(m: Whole, job: int, week: int, room: int, burn: int, out: int, count: int) -> int:
    """Return how many of `room` steps in a week the budgets can pay."""
    paying = m[PAYS_AT] + m[m[PURSE] + job] * m[WEEKS] + week
    for i in range(m[paying], m[paying + 1]):
        budget = m[m[PAYS] + i]
        weeks = m[BUDGET_WEEKS] + budget * m[WEEKS]
        left = m[m[LEFT] + budget]
        for other in range(count):
            if m[weeks + m[out + 3 * other + 1]]:
                left -= burn * m[out + 3 * other + 2]
        if m[OTHERS]:
            for other in range(m[WEEKS]):
                if m[weeks + other]:
                    left -= m[m[OTHER_MONEY] + other]
        if left < burn * room:
            room = left // burn
    return room


@compiled
def put(m: Whole, job: int, weights: Floats, noise: float, owner: int, sharing: float) -> bool:
    """Place a job if it fits; `owner` -1 is whoever is best."""
    first, last = window(m, job)
    if first > last:
        return False
    if m[m[WAS] + job] == DELIVERED and draw(m) < weights[AGAIN] and put_again(m, job, first, last):
        return True
    may_share = m[m[MAX_OWNERS] + job] > 1 and owner < 0
    if may_share and draw(m) < sharing and share(m, job, first, last):
        return True
    backward = noise > 0 and draw(m) < 0.15
    count, least = (0, 0.0)
    for pair in range(m[m[PAIR_AT] + job], m[m[PAIR_AT] + job + 1]):
        person = m[m[PAIR_PERSON] + pair]
        need = m[m[PAIR_NEED] + pair]
        if (owner >= 0 and person != owner) or need == ENDLESS or not may_own(m, job, person):
            continue
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
def put_again(m: Whole, job: int, first: int, last: int) -> bool:
    """Place a job as it was in the earlier plan: with the same hours if they have room, else in the same weeks."""
    began, ended = (m[m[WAS_FIRST] + job], m[m[WAS_LAST] + job])
    count = (m[m[WAS_CELLS_AT] + job + 1] - m[m[WAS_CELLS_AT] + job]) // 3
    if count and _free_again(m, job, first, last, count):
        copy(m, m[WAS_CELLS] + m[m[WAS_CELLS_AT] + job], m[CHOSEN], count)
        return _placed_if_paid(m, job, count)
    if began == SETTLED:
        began = first
    if ended < began or began < first or ended > last:
        return False
    person = -1
    if m[m[FAMILY] + job] >= 0:  # whoever owns the rest of the repeat
        for i in range(m[m[GROUP_AT] + job], m[m[GROUP_AT] + job + 1]):
            person = max(person, m[m[GROUP_OWNER] + m[m[GROUP] + i]])
    if person < 0 and m[m[WAS_OWNER_AT] + job + 1] - m[m[WAS_OWNER_AT] + job] == 1:
        person = m[m[WAS_OWNER] + m[m[WAS_OWNER_AT] + job]]
    pair = -1 if person < 0 else pair_of(m, job, person)
    if pair < 0 or m[m[PAIR_NEED] + pair] == ENDLESS or not may_own(m, job, person):
        return False
    need = m[m[PAIR_NEED] + pair]
    count, missing, _, _ = fill(m, job, pair, began, ended, False, need, False, m[CHOSEN])
    if missing and m[m[WORKS_OVER] + person]:
        count, missing, _, _ = fill(m, job, pair, began, ended, False, need, True, m[CHOSEN])
    if missing or (m[m[WAS_FIRST] + job] != SETTLED and m[m[CHOSEN] + 1] != began):
        return False
    if m[m[CHOSEN] + 3 * count - 2] < ended:
        found, _, _, _ = fill(m, job, pair, ended, ended, False, 1, True, m[TRIAL])
        i = count - 1
        while i >= 0 and m[m[CHOSEN] + 3 * i + 2] < 2:
            i -= 1
        if not found or i < 0:
            return False
        m[m[CHOSEN] + 3 * i + 2] -= 1
        copy(m, m[TRIAL], m[CHOSEN] + 3 * count, 1)
        count += 1
    return _placed_if_paid(m, job, count)


@compiled
def _free_again(m: Whole, job: int, first: int, last: int, count: int) -> bool:
    """Whether the hours of the earlier plan have room in its weeks, budgets aside."""
    client = m[m[CLIENT] + job]
    for i in range(count):
        cell = m[WAS_CELLS] + m[m[WAS_CELLS_AT] + job] + 3 * i
        person, week, steps = (m[cell], m[cell + 1], m[cell + 2])
        at = person * m[WEEKS] + week
        room = m[m[FREE] + at]
        if week < first or week > last or not may_own(m, job, person):
            return False
        if m[m[PAIR_NEED] + pair_of(m, job, person)] == ENDLESS:
            return False
        if m[m[SERVED] + (person * m[CLIENTS] + client) * m[WEEKS] + week] == 0:
            if m[m[CLIENTS_SERVED] + at] >= m[m[MAX_WEEK_CLIENTS] + person]:
                return False
            if m[m[CLIENTS_SERVED] + at]:
                room -= m[SWITCHING]
        if steps > min(room, m[m[KIND_FREE] + m[m[KIND] + job] * m[PERSON_WEEKS] + at]):
            return False
    return True


@compiled
def _placed_if_paid(m: Whole, job: int, count: int) -> bool:
    """Place a job with the hours chosen, unless a budget would be overdrawn."""
    place(m, job, m[CHOSEN], count)
    for week in range(m[WEEKS]):
        paying = m[PAYS_AT] + m[m[PURSE] + job] * m[WEEKS] + week
        for i in range(m[paying], m[paying + 1]):
            if m[m[LEFT] + m[m[PAYS] + i]] < 0:
                remove(m, job)
                return False
    return True


@compiled
def _score(m: Whole, job: int, person: int, count: int, load: int, cost: int, weights: Floats) -> float:
    score = weights[WEIGHT_COST] * cost + weights[WEIGHT_STEP] * load
    end = 0
    for i in range(count):
        week = m[m[TRIAL] + i * 3 + 1]
        score += weights[PRICES + person * m[WEEKS] + week] * m[m[TRIAL] + i * 3 + 2]
        end = max(end, week)
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
    if m[OTHERS]:
        for week in range(m[WEEKS]):
            m[m[OTHER_STEPS] + week] = 0
            m[m[OTHER_MONEY] + week] = 0
        m[OTHERS] = 0
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
        m[OTHERS] = 1
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
    """Take the steps that are not needed from owners, last weeks first; return how many cells are left."""
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
