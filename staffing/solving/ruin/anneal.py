"""Rebuilding a plan again and again; compiled.

Sources: G. Schrimpf et al., Record breaking optimization results using the ruin and recreate principle, Journal of
Computational Physics 159 (2000); J. Christiaens, G. Vanden Berghe, Slack induction by string removals for vehicle
routing problems, Transportation Science 54 (2020).
"""

from __future__ import annotations

from staffing.solving.ruin.destroy import (
    LEFT_OUT,
    OTHERWISE,
    TRIED,
    WAITING,
    WANTED,
    WHOLE,
    for_waiting,
    group,
    out_of_trouble,
    people_in_weeks,
    relaid,
)
from staffing.solving.ruin.destroy_changes import as_it_was
from staffing.solving.state.arrays import (
    ABLE,
    ABLE_AT,
    AFTER,
    AFTER_AT,
    AFTER_LAG,
    BEFORE_AT,
    BEGIN,
    BEST,
    BEST_CELLS,
    BEST_COUNT,
    CELLS,
    CHANGED,
    CHANGED_ALL,
    CHANGES,
    COUNT,
    FINEST,
    FIRST,
    GROUPS,
    JOB_IN_WORK,
    JOBS_ABLE,
    JOBS_ALL,
    KEYS,
    LAST,
    MARK,
    MERIT,
    MUST,
    ORDER,
    PAST,
    PAST_UNIT,
    PEOPLE_ABLE,
    PEOPLE_ALL,
    PLANNED,
    PREFER,
    REMOVED,
    SAVED,
    SAVED_COUNT,
    SUM_CHANGES,
    SUM_CONTACTS,
    SUM_COST,
    SUM_HIRED,
    SUM_LATE,
    SUM_MUST,
    SUM_OVER,
    SUM_STEPS,
    SUM_VALUE,
    TOTAL,
    TOTALS,
    TRIAL,
    Floats,
    Whole,
)
from staffing.solving.state.insertion import WEIGHT_NOISE, put
from staffing.solving.state.ledger import below, cells_of, compiled, copy, draw, place, remove

NOISES = (0.0, 0.2, 0.5)
"""How much weights are blurred in a round, at most."""
SHARING = 0.4
"How often a job that may be shared is shared, though one person could do it."
WAITING_TOO = 0.3
"How often what waits is placed where changes are what makes a goal worse."
FINE = 1024
"""Keys are whole: parts of a week in a week."""
(
    GOAL_MUST,
    GOAL_VALUE,
    GOAL_NET,
    GOAL_LATENESS,
    GOAL_COST,
    GOAL_OVERTIME,
    GOAL_HOURS,
    GOAL_CONTACTS,
    GOAL_BALANCE,
    GOAL_CHANGES,
) = range(10)


@compiled
def amount(m: Whole, goal: int) -> int:
    """Return sign × the amount of a goal: the less, the better."""
    if goal == GOAL_MUST:
        return int(m[m[TOTALS] + SUM_MUST])
    if goal == GOAL_VALUE:
        return int(-m[m[TOTALS] + SUM_VALUE])
    if goal == GOAL_NET:
        return int(m[m[TOTALS] + SUM_COST] + m[m[TOTALS] + SUM_HIRED] - m[m[TOTALS] + SUM_VALUE])
    if goal == GOAL_LATENESS:
        return int(m[m[TOTALS] + SUM_LATE])
    if goal == GOAL_COST:
        return int(m[m[TOTALS] + SUM_COST] + m[m[TOTALS] + SUM_HIRED])
    if goal == GOAL_OVERTIME:
        return int(m[m[TOTALS] + SUM_OVER])
    if goal == GOAL_HOURS:
        return int(m[m[TOTALS] + SUM_STEPS])
    if goal == GOAL_CONTACTS:
        return int(m[m[TOTALS] + SUM_CONTACTS])
    if goal == GOAL_CHANGES:
        return int(m[m[TOTALS] + SUM_CHANGES])
    most = 0
    for person in range(m[PEOPLE_ALL]):
        if m[m[TOTAL] + person]:
            used = 100 * (m[m[PAST] + person] + m[m[PLANNED] + person] * m[m[PAST_UNIT] + person])
            most = max(most, -(-used // (m[m[TOTAL] + person] * m[m[PAST_UNIT] + person])))
    return most


@compiled
def load(m: Whole, cells: Whole) -> None:
    """Make a plan of rows (job, person, week, steps), sorted by job, the one in work."""
    for job in range(m[JOBS_ALL]):
        if m[m[COUNT] + job]:
            remove(m, job)
    i = 0
    while i < len(cells):
        job, count = cells[i, 0], 0
        while i < len(cells) and cells[i, 0] == job:
            for part in range(3):
                m[m[TRIAL] + count * 3 + part] = cells[i, 1 + part]
            count += 1
            i += 1
        place(m, job, m[TRIAL], count)


@compiled
def keep(m: Whole, value: int) -> None:
    """Remember the plan in work as the best."""
    m[BEST] = value
    for i in range(m[CHANGED_ALL]):
        job = m[m[CHANGES] + i]
        m[m[CHANGED] + job] = 0
        m[m[BEST_COUNT] + job] = m[m[COUNT] + job]
        copy(m, cells_of(m, CELLS, job), cells_of(m, BEST_CELLS, job), m[m[COUNT] + job])
    m[CHANGED_ALL] = 0


@compiled
def recall(m: Whole) -> None:
    """Go back to the best plan."""
    for i in range(m[CHANGED_ALL]):
        if m[m[COUNT] + m[m[CHANGES] + i]]:
            remove(m, m[m[CHANGES] + i])
    for i in range(m[CHANGED_ALL]):
        job = m[m[CHANGES] + i]
        if m[m[BEST_COUNT] + job]:
            place(m, job, cells_of(m, BEST_CELLS, job), m[m[BEST_COUNT] + job])
    for i in range(m[CHANGED_ALL]):
        m[m[CHANGED] + m[m[CHANGES] + i]] = 0
    m[CHANGED_ALL] = 0


@compiled
def anneal(
    m: Whole,
    goals: Whole,
    most: Whole,
    excess: Floats,
    weights: Floats,
    trouble: int,
    hot: float,
    cool: float,
    rounds: int,
) -> None:
    """Rebuild some rounds, from one temperature to another, in units of the goal.

    A plan is gone on from where it keeps the limits of the goals kept and its goal is worse by no more than the
    temperature × a number drawn from 0 to 1. A goal kept whose `excess` is above 0 may pass its limit meanwhile, at
    that price for each unit; the best plan never does.
    """
    if not m[JOBS_ABLE] or not m[PEOPLE_ABLE]:
        return
    for number in range(rounds):
        before = _priced(m, goals, most, excess)
        out, tried = _ruin_and_rebuild(m, goals[-1] == GOAL_MUST, trouble, weights)
        after = _priced(m, goals, most, excess)
        heat = hot + (cool - hot) * number / rounds
        fine = after <= before + heat * draw(m) and _whole(m, out)
        kept = True
        for i in range(len(most)):
            over = amount(m, goals[i]) > most[i]
            fine = fine and not (over and excess[i] == 0)
            kept = kept and not over
        if not fine:
            for i in range(tried):
                if m[m[COUNT] + m[m[ORDER] + i]]:
                    remove(m, m[m[ORDER] + i])
            for i in range(out):
                place(
                    m, m[m[REMOVED] + i], cells_of(m, SAVED, m[m[REMOVED] + i]), m[m[SAVED_COUNT] + m[m[REMOVED] + i]]
                )
        elif kept and amount(m, goals[-1]) < m[BEST]:
            keep(m, amount(m, goals[-1]))
        for i in range(tried):
            m[m[MARK] + m[m[ORDER] + i]] = 0
            m[m[PREFER] + m[m[ORDER] + i]] = -1


@compiled
def _priced(m: Whole, goals: Whole, most: Whole, excess: Floats) -> float:
    """Return sign × the amount of the goal sought, plus the price of what exceeds the limits of the goals kept."""
    price = float(amount(m, goals[-1]))
    for i in range(len(most)):
        if excess[i] > 0:
            price += excess[i] * max(0, amount(m, goals[i]) - most[i])
    return price


@compiled
def _whole(m: Whole, out: int) -> bool:
    """Whether every delivered job still has all its predecessors delivered."""
    for i in range(out):
        job = m[m[REMOVED] + i]
        if not m[m[COUNT] + job]:
            for k in range(m[m[AFTER_AT] + job], m[m[AFTER_AT] + job + 1]):
                if m[m[COUNT] + m[m[AFTER] + k]]:
                    return False
    return True


@compiled
def _ruin_and_rebuild(m: Whole, musts: bool, trouble: int, weights: Floats) -> tuple[int, int]:
    """Take jobs out and put them back; return how many were taken out, and how many were tried."""
    way = draw(m)
    by_window = False
    out, wanted, one, other = (0, 0, -1, -1)
    if way < 0.5:
        if trouble == WHOLE or (trouble == OTHERWISE and draw(m) < WAITING_TOO):
            out, wanted, one, other = for_waiting(m, musts, out, wanted)
        elif trouble == OTHERWISE:
            out, wanted, one, other = as_it_was(m, out, wanted)
        else:
            out, wanted, one, other = out_of_trouble(m, trouble, out, wanted)
    elif way < 0.55 and m[GROUPS] > 0:
        out, wanted, one, other = group(m, out, wanted)
    elif way < 0.7:
        out, wanted, one, other = relaid(m, out, wanted)
        by_window = True
    if one < 0:
        out, wanted, one, other = people_in_weeks(m, out, wanted)
    tried = _listed(m, out, wanted, one, other)
    _arrange(m, wanted, tried, by_window)
    noise = NOISES[below(m, 3)] * weights[WEIGHT_NOISE]
    for i in range(tried):
        job = m[m[ORDER] + i]
        if (
            m[m[PREFER] + job] != LEFT_OUT
            and not m[m[COUNT] + job]
            and (m[m[PREFER] + job] < 0 or not put(m, job, weights, noise, m[m[PREFER] + job], 0.0))
        ):
            put(m, job, weights, noise, -1, SHARING)
    for i in range(tried):
        job = m[m[ORDER] + i]
        if (
            m[m[PREFER] + job] != LEFT_OUT
            and not m[m[COUNT] + job]
            and m[m[BEFORE_AT] + job] < m[m[BEFORE_AT] + job + 1]
        ):
            put(m, job, weights, noise, -1, 0.0)
    return (out, tried)


@compiled
def _listed(m: Whole, out: int, wanted: int, one: int, other: int) -> int:
    """Add to what is wanted all that was taken out, and some that waits of the people concerned."""
    tried = wanted
    for i in range(out):
        if not m[m[MARK] + m[m[REMOVED] + i]] & WANTED:
            m[m[ORDER] + tried] = m[m[REMOVED] + i]
            tried += 1
    for person in (one, other):
        if person < 0:
            continue
        at, able = (m[m[ABLE_AT] + person], m[m[ABLE_AT] + person + 1] - m[m[ABLE_AT] + person])
        for _ in range(min(WAITING, able)):
            job = m[m[ABLE] + (at + below(m, able))]
            if not m[m[COUNT] + job] and not m[m[MARK] + job] and m[m[JOB_IN_WORK] + job]:
                m[m[MARK] + job] = TRIED
                m[m[ORDER] + tried] = job
                tried += 1
    return tried


@compiled
def _arrange(m: Whole, wanted: int, tried: int, by_window: bool) -> None:
    """Draw the order: what is wanted first or not; the rest by merit, by window or anyhow."""
    way = draw(m)
    begin = wanted
    if by_window:
        for i in range(wanted):
            job = m[m[ORDER] + i]
            last = m[m[LAST] + job]
            for k in range(m[m[AFTER_AT] + job], m[m[AFTER_AT] + job + 1]):
                if m[m[COUNT] + m[m[AFTER] + k]]:
                    last = min(last, m[m[BEGIN] + m[m[AFTER] + k]] - m[m[AFTER_LAG] + k])
            m[m[KEYS] + i] = int(FINE * (last + draw(m)))
        _sort(m, 0, wanted)
    elif way < 0.2:
        begin = 0
    for i in range(begin, tried):
        job = m[m[ORDER] + i]
        if way < 0.55:
            m[m[KEYS] + i] = -int(m[m[MERIT] + job] * (0.5 + draw(m))) - (2 * FINEST if m[m[MUST] + job] else 0)
        elif way < 0.75:
            m[m[KEYS] + i] = int(FINE * (m[m[LAST] + job] - m[m[FIRST] + job] + 2 * draw(m)))
        else:
            m[m[KEYS] + i] = int(FINE * draw(m))
    _sort(m, begin, tried)


@compiled
def _sort(m: Whole, begin: int, end: int) -> None:
    """Sort part of the order by its keys, by insertion: there are few."""
    for i in range(begin + 1, end):
        job, key = (m[m[ORDER] + i], m[m[KEYS] + i])
        k = i - 1
        while k >= begin and m[m[KEYS] + k] > key:
            m[m[ORDER] + k + 1], m[m[KEYS] + k + 1] = (m[m[ORDER] + k], m[m[KEYS] + k])
            k -= 1
        m[m[ORDER] + k + 1], m[m[KEYS] + k + 1] = (job, key)
