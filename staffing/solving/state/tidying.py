"""A job is moved into fewer pieces, or earlier weeks, while its owner and all other jobs stay; compiled.

Pieces are counted by the weeks between its first and last hours that have none, and then by allocations; hours beside
fixed ones of the same week and person are no further one. Every span of its window is tried, whole or with some of its
weeks left out; whatever it is moved to, every rule and every goal holds.
"""

from __future__ import annotations

from staffing.solving.arrays import IntArray
from staffing.solving.state.fitting import affordable, price_fits, room_in, window
from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.ledger import objective, place, remove
from staffing.solving.state.reading import copy, pair_of
from staffing.solving.state.tables import State

MOST_LOOKS = 2_000
"""Ways to leave weeks out that are looked at, about; so many only where a window is long and full."""
NOBODY, OTHERS, OWNER = range(3)
"""Who has fixed hours on a job in a week."""
WIDEST = 60
"""Weeks of a span of which some may be left out, at most: they are the bits of a number."""


@compiled
def tidy(state: State, job: int, goals: IntArray, kept: IntArray, rooms: IntArray) -> bool:
    """Move a job that has one owner into the fewest pieces and then the earliest weeks; return whether it was moved.

    Parameters
    ----------
    job
        One that is placed, or else nothing is done.
    goals
        Coefficients by goal; none of them becomes worse.
    kept
        Room for as many objectives.
    rooms
        Room for two numbers by week: the steps that fit, and those lost by switching.
    """
    this, sums = (state.jobs[job], state.sums[0])
    if not this.count:
        return False
    for i in range(len(goals)):
        kept[i] = objective(state, goals[i])
    this.saved_count = this.count
    copy(state, this.hours_from, this.saved_from, this.count)
    pair = pair_of(state, job, state.hours[this.hours_from].person)
    least = untidiness(state, job, this.hours_from, this.count)
    remove(state, job)
    first, last = window(state, job)
    _note_rooms(state, pair, first, last, rooms)
    count = _best(state, pair, first, last, least, goals, kept, rooms)
    if count:
        place(state, job, sums.chosen, count)
    else:
        place(state, job, this.saved_from, this.saved_count)
    return count > 0


@inlined
def untidiness(state: State, job: int, begin: int, count: int) -> int:
    """Return how untidy some rows of one owner are: weeks without hours, then allocations, then how late."""
    late, steps, new, covered = (0, 0, 0, 0)
    first = last = state.hours[begin].week
    for i in range(begin, begin + count):
        cell = state.hours[i]
        known = _fixed(state, job, cell.person, cell.week)
        first, last = (min(first, cell.week), max(last, cell.week))
        covered += known == NOBODY
        new += known != OWNER
        late += cell.steps * cell.week
        steps += cell.steps
    return _untidy(state, _gaps(state, job, first, last, covered), new, steps) + late


@inlined
def _untidy(state: State, gaps: int, count: int, steps: int) -> int:
    """Return what gaps and allocations count before it counts how late the steps are."""
    weeks = state.weeks.shape[1]
    return (gaps * (weeks + 1) + count) * (steps * weeks + 1)


@inlined
def _fixed(state: State, job: int, person: int, week: int) -> int:
    """Return who has fixed hours on a job in a week: the owner, only others, or nobody."""
    found = NOBODY
    for i in range(state.jobs[job].fixed_from, state.jobs[job].fixed_to):
        if state.links[i].to == week:
            found = max(found, OWNER if state.links[i].lag == person else OTHERS)
    return found


@inlined
def _gaps(state: State, job: int, first: int, last: int, covered: int) -> int:
    """Return the weeks between the first and last hours of a job that have none, fixed hours counted too.

    Parameters
    ----------
    first, last, covered
        The first and last week of new hours, and how many weeks have such and no fixed ones.
    """
    this, before = (state.jobs[job], -1)
    for i in range(this.fixed_from, this.fixed_to):
        week = state.links[i].to
        first, last = (min(first, week), max(last, week))
        covered += week != before
        before = week
    return int(last - first + 1 - covered)


@inlined
def _note_rooms(state: State, pair: int, first: int, last: int, rooms: IntArray) -> None:
    """Note the steps that fit into each week, overtime included, and those lost by switching."""
    for week in range(first, last + 1):
        room, switch = room_in(state, pair, week, state.weeks[state.pairs[pair].person, week].free)
        rooms[week, 0], rooms[week, 1] = (max(0, room), switch)


@inlined
def _best(
    state: State, pair: int, first: int, last: int, least: int, goals: IntArray, kept: IntArray, rooms: IntArray
) -> int:
    """Write the tidiest hours that keep all goals to those chosen; return how many rows, 0 if none are tidier."""
    this, need = (state.jobs[state.pairs[pair].job], state.pairs[pair].need)
    fixed, unit = (this.fixed_to - this.fixed_from, _untidy(state, 1, 0, need))
    found, looks, left_out = (0, 0, 0)
    while looks < MOST_LOOKS and left_out <= min(last - first - 1, least // unit + fixed):
        for begin in range(first, last + 1):
            if rooms[begin, 0] == 0:
                continue
            room, count = (0, 0)
            for end in range(begin, last + 1):
                if rooms[end, 0] == 0:
                    continue
                room += rooms[end, 0]
                count += 1
                gaps = end - begin + 1 - count + left_out
                if count - left_out > need or _untidy(state, gaps - fixed, count - left_out - fixed, need) >= least:
                    break
                if room < need or (left_out and not left_out <= end - begin - 1 <= WIDEST):
                    continue
                rows, least, more = _span(state, pair, begin, end, left_out, least, goals, kept, rooms)
                found = rows if rows else found
                looks += more
        left_out += 1
    return found


@inlined
def _span(
    state: State,
    pair: int,
    begin: int,
    end: int,
    left_out: int,
    least: int,
    goals: IntArray,
    kept: IntArray,
    rooms: IntArray,
) -> tuple[int, int, int]:
    """Try a span with so many weeks left out; return the rows chosen, how untidy the best are, and ways looked at."""
    found, looks = (0, 0)
    skipped = (1 << left_out) - 1
    while skipped >> max(0, end - begin - 1) == 0 or skipped == 0:
        looks += 1
        if _may_be_tidier(state, pair, begin, end, 2 * skipped, least, rooms):
            rows, least = _tried(state, pair, begin, end, 2 * skipped, least, goals, kept, rooms)
            found = rows if rows else found
        if skipped == 0 or looks > MOST_LOOKS:
            break
        lowest = skipped & -skipped  # the next number with as many bits (Gosper)
        ripple = skipped + lowest
        skipped = (((ripple ^ skipped) >> 2) // lowest) | ripple
    return (found, least, looks)


@inlined
def _may_be_tidier(state: State, pair: int, begin: int, end: int, skipped: int, least: int, rooms: IntArray) -> bool:
    """Return whether a span has room for a job without the weeks skipped, and would be tidier if all goals are kept.

    A week is only skipped if working in it may cost more than elsewhere: by switching, overtime, a budget, or as an
    allocation beside others' fixed hours, which closes no gap.
    """
    job, need = (state.pairs[pair].job, state.pairs[pair].need)
    person = state.pairs[pair].person
    room, count, new, covered = (0, 0, 0, 0)
    for week in range(begin, end + 1):
        skip = (skipped >> (week - begin)) & 1
        if skip and not _is_dear(state, pair, week, rooms):
            return False
        if rooms[week, 0] > 0 and not skip:
            known = _fixed(state, job, person, week)
            room += rooms[week, 0]
            count += 1
            covered += known == NOBODY
            new += known != OWNER
    gaps = _gaps(state, job, begin, end, covered)
    return room >= need >= count and _untidy(state, gaps, new, need) + need * begin < least


@inlined
def _is_dear(state: State, pair: int, week: int, rooms: IntArray) -> bool:
    """Return whether there is room in a week, at a price."""
    job, person = (state.pairs[pair].job, state.pairs[pair].person)
    this, at = (state.jobs[job], state.weeks[person, week])
    if rooms[week, 0] == 0:
        return False
    if rooms[week, 1] > 0 or at.free - at.overtime <= 0 or this.budgets_to > this.budgets_from:
        return True
    return _fixed(state, job, person, week) == OTHERS


@inlined
def _tried(
    state: State,
    pair: int,
    begin: int,
    end: int,
    skipped: int,
    least: int,
    goals: IntArray,
    kept: IntArray,
    rooms: IntArray,
) -> tuple[int, int]:
    """Choose the hours of a span if they are tidier, with what overtime keeps all goals; return rows, and how untidy.

    No rows where they are not; how untidy are the best hours then.
    """
    job, sums, need = (state.pairs[pair].job, state.sums[0], state.pairs[pair].need)
    works_over = state.people[state.pairs[pair].person].works_over
    found, low, high = (0, 0, need + (end - begin + 1) * sums.switching)
    extra = high
    while low <= high:
        count = _laid(state, pair, begin, end, skipped, extra, rooms)
        late = untidiness(state, job, sums.trial, count) if count else 0
        if count and late < least and not _keeps(state, job, count, goals, kept):
            high = extra - 1
            if not works_over:
                break
        elif count and late < least:
            found, least, low = (count, late, extra + 1)
            copy(state, sums.trial, sums.chosen, count)
        else:
            low = extra + 1
        extra = (low + high) // 2
    return (found, least)


@inlined
def _laid(state: State, pair: int, begin: int, end: int, skipped: int, extra: int, rooms: IntArray) -> int:
    """Write the hours of a job in a span, with at most so much overtime; return how many rows, 0 if it does not fit.

    A step in each week that is not skipped, and then as many as fit, the earliest weeks first.
    """
    job, person, price, trial = (
        state.pairs[pair].job,
        state.pairs[pair].person,
        state.pairs[pair].price,
        state.sums[0].trial,
    )
    burn = 0 if state.sums[0].price_burns and price >= 0 else state.people[person].burn
    for i in range(state.jobs[job].budgets_from, state.jobs[job].budgets_to):
        state.budgets[state.links[i].to].trial = 0
    missing, count = (state.pairs[pair].need, 0)
    for week in range(begin, end + 1):
        if rooms[week, 0] == 0 or (skipped >> (week - begin)) & 1:
            continue
        usual = max(0, state.weeks[person, week].free - state.weeks[person, week].overtime)
        extra -= max(0, 1 + rooms[week, 1] - usual)
        if extra < 0 or missing == 0 or (burn and affordable(state, job, week, 1, burn) < 1):
            return 0
        cell = state.hours[trial + count]
        cell.person, cell.week, cell.steps = (person, week, 1)
        count += 1
        missing -= 1
    for i in range(trial, trial + count):
        week = state.hours[i].week
        usual = max(0, state.weeks[person, week].free - state.weeks[person, week].overtime)
        more = min(missing, min(rooms[week, 0] - 1, extra + max(0, usual - rooms[week, 1] - 1)))
        if burn and more > 0:
            more = affordable(state, job, week, more, burn)
        state.hours[i].steps += more
        missing -= more
        extra -= max(0, more - max(0, usual - rooms[week, 1] - 1))
    if missing or (price >= 0 and state.sums[0].price_burns and not price_fits(state, job, end, price)):
        return 0
    return count


@inlined
def _keeps(state: State, job: int, count: int, goals: IntArray, kept: IntArray) -> bool:
    """Return whether no goal is worse than it was with the rows of the trial."""
    place(state, job, state.sums[0].trial, count)
    for i in range(len(goals)):
        if objective(state, goals[i]) > kept[i]:
            remove(state, job)
            return False
    remove(state, job)
    return True
