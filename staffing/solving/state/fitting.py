"""What room there is for a job beside the work that is placed, by every rule; compiled. Nothing placed is moved."""

from __future__ import annotations

from staffing.solving.state.kernel import inlined
from staffing.solving.state.tables import EITHER, State


@inlined
def window(state: State, job: int) -> tuple[int, int]:
    """Return the first and last week for a job beside those before and after it (W, P); last < first for none."""
    this = state.jobs[job]
    first, last = (this.first, this.last)
    for i in range(this.before_from, this.before_to):
        before = state.jobs[state.links[i].to]
        if not before.count:
            return (0, -1)
        first = max(first, before.end + state.links[i].lag)
    for i in range(this.after_from, this.after_to):
        after = state.jobs[state.links[i].to]
        if after.count:
            last = min(last, after.begin - state.links[i].lag)
    return (first, last)


@inlined
def may_own(state: State, pair: int) -> bool:
    """Return whether a person may own a job, hours aside: one owner (O), most clients (N), nobody given up."""
    this, person = (state.jobs[state.pairs[pair].job], state.pairs[pair].person)
    who = state.people[person]
    if state.pairs[pair].barred or not who.in_work:
        return False
    for i in range(this.groups_from, this.groups_to):
        owner = state.groups[state.links[i].to].owner
        if owner >= 0 and owner != person:
            return False
    return bool(state.contacts[this.client, person, EITHER] > 0 or who.clients < who.max_clients)


@inlined
def fill(
    state: State, pair: int, first: int, last: int, backward: bool, need: int, overtime: bool, out: int
) -> tuple[int, int, int, int]:
    """Fill week after week until a need is met, by C, K, N, M and B.

    Returns
    -------
    tuple
        Rows of hours written to `out`, steps missing, load, and cost; a fixed price that no budget pays is never met.
    """
    this, person = (state.jobs[state.pairs[pair].job], state.pairs[pair].person)
    who, price = (state.people[person], state.pairs[pair].price)
    burn = 0 if state.sums[0].price_burns and price >= 0 else who.burn
    for i in range(this.budgets_from, this.budgets_to):
        state.budgets[state.links[i].to].trial = 0
    missing, switched, beyond, count, end = (need, 0, 0, 0, -1)
    for i in range(last - first + 1):
        week = last - i if backward else first + i
        at = state.weeks[person, week]
        usual = at.free - at.overtime
        room, switch = room_in(state, pair, week, at.free if overtime else usual)
        room = min(room, missing)
        if burn and room > 0:
            room = affordable(state, state.pairs[pair].job, week, room, burn)
        if room <= 0:
            continue
        cell = state.hours[out + count]
        cell.person, cell.week, cell.steps = (person, week, room)
        count += 1
        missing -= room
        switched += switch
        end = max(end, week)
        if room + switch > usual:
            beyond += room + switch - max(0, usual)
        if not missing:
            break
    if price >= 0 and count and state.sums[0].price_burns and not price_fits(state, state.pairs[pair].job, end, price):
        return (0, need, 0, 0)
    steps = need - missing
    cost = (steps * who.hour_cost if price < 0 else price) + switched * who.hour_cost
    return (count, missing, steps + switched, cost + beyond * who.overtime_cost)


@inlined
def room_in(state: State, pair: int, week: int, free: int) -> tuple[int, int]:
    """Return what a person may work on a job of some steps free in a week, and what is lost by switching to it."""
    this, person = (state.jobs[state.pairs[pair].job], state.pairs[pair].person)
    at, switch = (state.weeks[person, week], 0)
    if free > 0 and state.served[person, this.client, week] == 0:
        if at.clients >= state.people[person].max_clients_per_week:
            return (0, 0)
        if at.clients:
            switch = state.sums[0].switching
    pace = this.pace - state.scratch[week].other_steps
    if this.paced >= 0:
        pace -= state.hours[this.paced + week].steps
    return (min(min(free - switch, state.kind_left[this.kind, person, week]), pace), switch)


@inlined
def affordable(state: State, job: int, week: int, room: int, burn: int) -> int:
    """Return how many of `room` steps in a week the budgets can pay, and note that the trial burns these."""
    for i in range(state.jobs[job].budgets_from, state.jobs[job].budgets_to):
        budget = state.budgets[state.links[i].to]
        if budget.first <= week <= budget.last:
            left = budget.left - budget.others - budget.trial
            if left < burn * room:
                room = left // burn
    if room > 0:
        for i in range(state.jobs[job].budgets_from, state.jobs[job].budgets_to):
            budget = state.budgets[state.links[i].to]
            if budget.first <= week <= budget.last:
                budget.trial += burn * room
    return room


@inlined
def price_fits(state: State, job: int, week: int, price: int) -> bool:
    """Return whether the budgets can pay a fixed price in a week."""
    for i in range(state.jobs[job].budgets_from, state.jobs[job].budgets_to):
        budget = state.budgets[state.links[i].to]
        if budget.first <= week <= budget.last and budget.left < price:
            return False
    return True


@inlined
def enough_free(state: State, pair: int, first: int, last: int) -> bool:
    """Return whether a person has as many steps free in some weeks as a job needs: mostly that is what is missing."""
    person, missing = (state.pairs[pair].person, state.pairs[pair].need)
    for week in range(first, last + 1):
        missing -= max(0, state.weeks[person, week].free)
        if missing <= 0:
            return True
    return False


@inlined
def offer(state: State, pair: int, first: int, last: int, backward: bool, out: int) -> tuple[int, int, int]:
    """Write the hours with which a person does a job alone, overtime only if it does not fit without.

    Returns
    -------
    tuple
        Rows of hours written to `out`, 0 if the job does not fit; load, and cost.
    """
    count, load, cost = (0, 0, 0)
    if not enough_free(state, pair, first, last):
        return (0, 0, 0)
    works_over = state.people[state.pairs[pair].person].works_over
    for overtime in range(2):
        count, missing, load, cost = fill(
            state, pair, first, last, backward, state.pairs[pair].need, overtime == 1, out
        )
        if not missing:
            break
        count = 0
        if not works_over:
            break
    return (count, load, cost)
