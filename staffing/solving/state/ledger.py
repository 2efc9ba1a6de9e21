"""The ledger: jobs placed and taken away, all sums of the plan kept up to date, and the goals as sums; compiled.

A goal is a sum over :data:`MEASURED` with whole coefficients, and is minimised: a plan that delivers more `must` effort
has a smaller objective.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from staffing.solving.arrays import IntArray
from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.reading import copy, is_owner, owned_as_before, pair_of, timed_as_before
from staffing.solving.state.tables import EITHER, WAITED, State

MEASURED = ("must", "value", "cost", "hired", "lateness", "overtime", "steps", "contacts", "changes", "busiest")
"""What a goal may add up: sums of the plan, and the utilisation of the busiest person."""
BUSIEST = MEASURED.index("busiest")


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
    unplace(state, job)


@inlined
def unplace(state: State, job: int) -> None:
    """Take a job out of the plan: written out where it is called most."""
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
    number = this.pairs_from
    for i in range(this.hours_from, this.hours_from + this.count):
        cell = state.hours[i]
        person = cell.person
        if state.pairs[number].person != person:
            number = pair_of(state, job, person)
        pair = state.pairs[number]
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


def coefficients(of: Mapping[str, int]) -> IntArray:
    """Return the coefficients of a goal in the order that compiled code knows."""
    assert of.keys() <= set(MEASURED)
    return np.array([of.get(name, 0) for name in MEASURED], dtype=np.int64)


@inlined
def objective(state: State, goal: IntArray) -> int:
    """Return the objective of a goal, given by its coefficients."""
    sums = state.sums[0]
    found = (
        goal[0] * sums.must
        + goal[1] * sums.value
        + goal[2] * sums.cost
        + goal[3] * sums.hired
        + goal[4] * sums.lateness
        + goal[5] * sums.overtime
        + goal[6] * sums.steps
        + goal[7] * sums.contacts
        + goal[8] * sums.changes
    )
    if goal[BUSIEST]:
        found += goal[BUSIEST] * busiest(state)
    return int(found)


@compiled
def evaluate(state: State, goal: IntArray) -> int:
    """Return the objective of a goal: for Python."""
    return objective(state, goal)


@inlined
def busiest(state: State) -> int:
    """Return the highest planned utilisation of anyone, whole percent, rounded up."""
    most = 0
    for person in range(len(state.people)):
        one = state.people[person]
        if one.total:
            used = 100 * (one.past + one.planned * one.past_unit)
            most = max(most, -(-used // (one.total * one.past_unit)))
    return most
