"""Jobs placed and taken away, with all sums of the plan kept up to date; compiled."""

from __future__ import annotations

import numpy as np

from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.tables import EITHER, SETTLED, UNKNOWN, WAITED, State


@inlined
def draw(state: State) -> float:
    """Draw a number from 0 up to 1 (xorshift64*, S. Vigna, 2016)."""
    x = np.uint64(state.sums[0].random)
    x ^= x >> np.uint64(12)
    x ^= x << np.uint64(25)
    x ^= x >> np.uint64(27)
    state.sums[0].random = np.int64(x)  # type: ignore[assignment]
    return (x * np.uint64(2685821657736338717) >> np.uint64(11)) / 9007199254740992.0


@inlined
def below(state: State, count: int) -> int:
    """Draw a whole number from 0 up to a count."""
    return int(draw(state) * count)


@inlined
def copy(state: State, source: int, target: int, count: int) -> None:
    """Copy rows of hours from one place to another."""
    for i in range(count):
        state.hours[target + i].person = state.hours[source + i].person
        state.hours[target + i].week = state.hours[source + i].week
        state.hours[target + i].steps = state.hours[source + i].steps


@inlined
def pair_of(state: State, job: int, person: int) -> int:
    """Return the pair of a job and a person; -1 where there is none."""
    for pair in range(state.jobs[job].pairs_from, state.jobs[job].pairs_to):
        if state.pairs[pair].person == person:
            return pair
    return -1


@compiled
def place(state: State, job: int, source: int, count: int) -> None:
    """Place a job that waits, with so many rows of hours that lie somewhere."""
    this = state.jobs[job]
    copy(state, source, this.hours_from, count)
    begin = end = state.hours[source].week
    for i in range(source, source + count):
        begin, end = (min(begin, state.hours[i].week), max(end, state.hours[i].week))
    this.count, this.begin, this.end = (count, begin, end)
    _list_changed(state, job)
    _count_job(state, job, 1)


@compiled
def remove(state: State, job: int) -> None:
    """Take a job out of the plan."""
    remove_inline(state, job)


@inlined
def remove_inline(state: State, job: int) -> None:
    """Remove."""
    _list_changed(state, job)
    _count_job(state, job, -1)
    state.jobs[job].count = 0


@inlined
def _list_changed(state: State, job: int) -> None:
    """List a job among those that may not be as in the best plan."""
    if not state.jobs[job].changed:
        state.jobs[job].changed = 1
        state.scratch[state.sums[0].changed].changed = job
        state.sums[0].changed += 1


@inlined
def _count_job(state: State, job: int, sign: int) -> None:
    """Add a job placed to all sums (`sign` 1), or take it off (-1)."""
    this, sums = (state.jobs[job], state.sums[0])
    for i in range(this.hours_from, this.hours_from + this.count):
        cell = state.hours[i]
        person = cell.person
        pair = state.pairs[pair_of(state, job, person)]
        known = is_owner(state, this.hours_from, i, person)
        _count_week(state, job, person, cell.week, sign * cell.steps, sign, pair.price < 0)
        if not known:
            _count_owner(state, job, person, sign)
            if pair.price >= 0:
                sums.cost += sign * pair.price
                if sums.price_burns:
                    _burn(state, job, this.end, sign * pair.price)
    sums.value += sign * this.value
    if this.must:
        sums.must += sign * this.effort
    sums.lateness += sign * this.weight * (this.late_anyway + max(0, this.end - this.due))
    for i in range(this.groups_from, this.groups_to):
        group = state.groups[state.links[i].to]
        group.delivered += sign
        group.owner = state.hours[this.hours_from].person if group.delivered else -1
    if this.was:
        _count_change(state, job, sign)


@inlined
def is_owner(state: State, begin: int, end: int, person: int) -> bool:
    """Return whether any of some rows of hours is a person's."""
    for i in range(begin, end):
        if state.hours[i].person == person:
            return True
    return False


@inlined
def _count_week(state: State, job: int, person: int, week: int, steps: int, sign: int, paid: bool) -> None:
    """Count steps of a job in a week; `paid` by the hour."""
    this, who, at, sums = (state.jobs[job], state.people[person], state.weeks[person, week], state.sums[0])
    load = steps
    before = state.served[person, this.client, week]
    state.served[person, this.client, week] = before + sign
    if before == 0 or before + sign == 0:
        at.clients += sign
        if max(at.clients, at.clients - sign) > 1:
            load += sign * sums.switching
    state.kind_left[this.kind, person, week] -= steps
    who.planned += steps
    sums.steps += steps
    sums.cost += who.hour_cost * (load if paid else load - steps)
    if at.overtime:
        over = at.overtime - at.free
        extra = max(0, over + load) - max(0, over)
        sums.overtime += extra
        sums.cost += extra * who.overtime_cost
    at.free -= load
    if who.burn and not (sums.price_burns and not paid):
        _burn(state, job, week, steps * who.burn)


@inlined
def _burn(state: State, job: int, week: int, money: int) -> None:
    """Take money off the budgets that pay for a job in a week."""
    for i in range(state.jobs[job].budgets_from, state.jobs[job].budgets_to):
        budget = state.budgets[state.links[i].to]
        if budget.first <= week <= budget.last:
            budget.left -= money


@inlined
def _count_owner(state: State, job: int, person: int, sign: int) -> None:
    """Count an owner of a job: contacts, clients, and the list of jobs owned."""
    this, who = (state.jobs[job], state.people[person])
    client, kind = (this.client, this.kind)
    before = state.contacts[client, person, kind]
    state.contacts[client, person, kind] = before + sign
    if before == 0 or before + sign == 0:
        state.owners[client, kind] += sign
        if max(state.owners[client, kind], state.owners[client, kind] - sign) > 1:
            state.sums[0].contacts += sign
    before = state.contacts[client, person, EITHER]
    state.contacts[client, person, EITHER] = before + sign
    if before == 0 or before + sign == 0:
        who.clients += sign
    count = who.owned
    if sign > 0:
        state.links[who.jobs_from + count].owned = job
    else:
        for i in range(who.jobs_from, who.jobs_from + count):
            if state.links[i].owned == job:
                state.links[i].owned = state.links[who.jobs_from + count - 1].owned
                break
    who.owned = count + sign
    if who.hire and (count == 0 or count + sign == 0):
        _count_hires(state)


@compiled
def _count_hires(state: State) -> None:
    """Add up who is hired: placeholders that work, and the copies before them."""
    for person in range(len(state.people)):
        state.people[person].hired = 0
    cost = 0
    for person in range(len(state.people)):
        number = person if state.people[person].hire and state.people[person].owned else -1
        while number >= 0 and not state.people[number].hired:
            one = state.people[number]
            one.hired = 1
            if one.hire:
                cost += one.hired_cost
            number = one.earlier
    state.sums[0].hired = cost


# against the earlier plan


@inlined
def _count_change(state: State, job: int, sign: int) -> None:
    """Count a job as changed or as the same again; of a `same_owner` repeat, others who own any of it count once."""
    this, sums = (state.jobs[job], state.sums[0])
    if this.was == WAITED:
        sums.changes += sign
        return
    owned = owned_as_before(state, job)
    if (owned or this.family >= 0) and timed_as_before(state, job):
        sums.changes -= sign
    if this.family >= 0 and not owned:
        before = state.scratch[this.family].handed_over
        state.scratch[this.family].handed_over = before + sign
        if before == 0 or before + sign == 0:
            sums.changes += sign


@inlined
def timed_as_before(state: State, job: int) -> bool:
    """Return whether a job placed begins and ends as in the earlier plan, promised hours counted."""
    this = state.jobs[job]
    first, last = (min(this.begin, this.promised_first), max(this.end, this.promised_last))
    return this.was_first in (SETTLED, first) and this.was_last in (SETTLED, last)


@inlined
def was_owner(state: State, job: int, person: int) -> bool:
    """Return whether a person owned a job in the earlier plan."""
    for k in range(state.jobs[job].was_owners_from, state.jobs[job].was_owners_to):
        if state.links[k].to == person:
            return True
    return False


@inlined
def owned_as_before(state: State, job: int) -> bool:
    """Return whether a job placed has the owners of the earlier plan."""
    this = state.jobs[job]
    for i in range(this.hours_from, this.hours_from + this.count):
        if not was_owner(state, job, state.hours[i].person):
            return False
    for k in range(this.was_owners_from, this.was_owners_to):
        if not state.links[k].promised and not is_owner(
            state, this.hours_from, this.hours_from + this.count, state.links[k].to
        ):
            return False
    return this.was_owners_to > this.was_owners_from


@inlined
def as_before(state: State, job: int) -> bool:
    """Return whether a job fares as in the earlier plan, or that says nothing of it."""
    this = state.jobs[job]
    if this.was == UNKNOWN or (this.was == WAITED and not this.count):
        return True
    if this.was == WAITED or not this.count or not timed_as_before(state, job):
        return False
    return owned_as_before(state, job)
