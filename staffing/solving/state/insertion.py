"""Where a job fits beside the work that is placed, by every rule; compiled.

Nothing placed is moved. A job gets the first weeks that have room, or the last ones; of those who could do it, whoever
costs least by the weights of a guide. What nobody can do alone is shared, where it may be.
"""

from __future__ import annotations

from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.ledger import copy, draw, pair_of, place, remove
from staffing.solving.state.tables import DELIVERED, EITHER, SETTLED, Guide, State

ANYBODY = -1
"""In place of the owner asked for."""
HIRE_SHARE = 0.25
"""Share of a hire's cost that is charged to the first job it gets."""
BACKWARD = 0.15
"""How often the last weeks are filled first, where scores are blurred."""
SHARER_NOISE = 0.4
"""Who shares a job is drawn by room × (this + a number from 0 to 1)."""
FIRST_PARTLY, PART_LEAST, PART_SPREAD = 0.7, 0.25, 0.65
"""How often the first who shares does but a part of what is needed, and how much: least, and up to so much more."""
SHARER_BACKWARD = 0.3
"""How often a sharer's last weeks are filled first."""


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
        room = at.free if overtime else usual
        if room <= 0:
            continue
        switch = 0
        if state.served[person, this.client, week] == 0:
            if at.clients >= who.max_clients_per_week:
                continue
            if at.clients:
                switch = state.sums[0].switching
        pace = this.pace - state.scratch[week].other_steps
        if this.paced >= 0:
            pace -= state.hours[this.paced + week].steps
        room = min(min(room - switch, state.kind_left[this.kind, person, week]), min(missing, pace))
        if burn and room > 0:
            room = _affordable(state, state.pairs[pair].job, week, room, burn)
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
    if price >= 0 and count and state.sums[0].price_burns and not _price_fits(state, state.pairs[pair].job, end, price):
        return (0, need, 0, 0)
    steps = need - missing
    cost = (steps * who.hour_cost if price < 0 else price) + switched * who.hour_cost
    return (count, missing, steps + switched, cost + beyond * who.overtime_cost)


@inlined
def _affordable(state: State, job: int, week: int, room: int, burn: int) -> int:
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
def _price_fits(state: State, job: int, week: int, price: int) -> bool:
    """Return whether the budgets can pay a fixed price in a week."""
    for i in range(state.jobs[job].budgets_from, state.jobs[job].budgets_to):
        budget = state.budgets[state.links[i].to]
        if budget.first <= week <= budget.last and budget.left < price:
            return False
    return True


@inlined
def offer(state: State, pair: int, first: int, last: int, backward: bool, out: int) -> tuple[int, int, int]:
    """Write the hours with which a person does a job alone, overtime only if it does not fit without.

    Returns
    -------
    tuple
        Rows of hours written to `out`, 0 if the job does not fit; load, and cost.
    """
    works_over = state.people[state.pairs[pair].person].works_over
    count, load, cost = (0, 0, 0)
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


@compiled
def insert(state: State, job: int, guide: Guide, noise: float, owner: int, sharing: float) -> bool:
    """Place a job if it fits.

    Parameters
    ----------
    noise
        How much scores are blurred.
    owner
        Who is to own it, or :data:`ANYBODY`.
    sharing
        How often a job that may be shared is shared, though one person could do it.
    """
    first, last = window(state, job)
    this = state.jobs[job]
    if first > last:
        return False
    if this.was == DELIVERED and draw(state) < guide.weights[0].again and insert_again(state, job, first, last):
        return True
    may_share = this.max_owners > 1 and owner < 0
    if may_share and draw(state) < sharing and share(state, job, first, last, guide.weights[0].drawn > 0):
        return True
    backward = noise > 0 and draw(state) < BACKWARD
    trial, chosen = (state.sums[0].trial, state.sums[0].chosen)
    count, least = (0, 0.0)
    for pair in range(this.pairs_from, this.pairs_to):
        if (owner >= 0 and state.pairs[pair].person != owner) or not may_own(state, pair):
            continue
        found, load, cost = offer(state, pair, first, last, backward, trial)
        if not found:
            continue
        score = _score(state, pair, found, load, cost, guide)
        if noise:
            score *= 1 + noise * draw(state)
        if not count or score < least:
            count, least = (found, score)
            copy(state, trial, chosen, found)
    if count:
        place(state, job, chosen, count)
        return True
    return may_share and share(state, job, first, last, guide.weights[0].drawn > 0)


@inlined
def _score(state: State, pair: int, count: int, load: int, cost: int, guide: Guide) -> float:
    """Return what an offer costs by the weights; the least is chosen."""
    this, person, weights = (state.jobs[state.pairs[pair].job], state.pairs[pair].person, guide.weights[0])
    who, trial = (state.people[person], state.sums[0].trial)
    score = weights.cost * cost + weights.step * load
    end = 0
    for i in range(trial, trial + count):
        score += guide.prices[person, state.hours[i].week] * state.hours[i].steps
        end = max(end, state.hours[i].week)
    if end > this.due:
        score += weights.late * this.weight * (end - this.due)
    if state.owners[this.client, this.kind] and not state.contacts[this.client, person, this.kind]:
        score += weights.contact
    if who.hire and not who.owned:
        score += weights.hire + weights.cost * HIRE_SHARE * who.chain_cost
    return score + weights.week * end


# as in the earlier plan


@compiled
def insert_again(state: State, job: int, first: int, last: int) -> bool:
    """Place a job as it was in the earlier plan: with the same hours if they have room, else in the same weeks."""
    this, chosen = (state.jobs[job], state.sums[0].chosen)
    if this.was_to > this.was_from and _fits(state, job, first, last):
        return _place_if_paid(state, job, this.was_from, this.was_to - this.was_from)
    began, ended = (first if this.was_first == SETTLED else this.was_first, this.was_last)
    if ended < began or began < first or ended > last:
        return False
    pair = _pair_again(state, job)
    if pair < 0 or not may_own(state, pair):
        return False
    count, _, _ = offer(state, pair, began, ended, False, chosen)
    if not count or (this.was_first != SETTLED and state.hours[chosen].week != began):
        return False
    if state.hours[chosen + count - 1].week < ended:
        count = _stretched(state, pair, count, ended)
    return count > 0 and _place_if_paid(state, job, chosen, count)


@compiled
def insert_as_planned(state: State, job: int) -> bool:
    """Place a job with the hours of the earlier plan, if these have room."""
    this = state.jobs[job]
    first, last = window(state, job)
    if this.was_to == this.was_from or not _fits(state, job, first, last):
        return False
    return _place_if_paid(state, job, this.was_from, this.was_to - this.was_from)


@inlined
def _pair_again(state: State, job: int) -> int:
    """Return the pair to do a job as before: with the owner of the rest of its repeat, or its only one; -1 for none."""
    this = state.jobs[job]
    person = -1
    if this.family >= 0:
        for i in range(this.groups_from, this.groups_to):
            person = max(person, state.groups[state.links[i].to].owner)
    if person < 0 and this.was_owners_to - this.was_owners_from == 1:
        person = state.links[this.was_owners_from].to
    return -1 if person < 0 else pair_of(state, job, person)


@inlined
def _stretched(state: State, pair: int, count: int, week: int) -> int:
    """Move a step of the hours chosen to a later week; return how many rows there are then, 0 if it does not fit."""
    trial, chosen = (state.sums[0].trial, state.sums[0].chosen)
    found, _, _, _ = fill(state, pair, week, week, False, 1, True, trial)
    i = count - 1
    while i >= 0 and state.hours[chosen + i].steps < 2:
        i -= 1
    if not found or i < 0:
        return 0
    state.hours[chosen + i].steps -= 1
    copy(state, trial, chosen + count, 1)
    return count + 1


@inlined
def _fits(state: State, job: int, first: int, last: int) -> bool:
    """Return whether the hours of the earlier plan have room in a window, budgets aside."""
    this = state.jobs[job]
    for i in range(this.was_from, this.was_to):
        cell = state.hours[i]
        who, at = (state.people[cell.person], state.weeks[cell.person, cell.week])
        pair = pair_of(state, job, cell.person)
        if cell.week < first or cell.week > last or pair < 0 or not may_own(state, pair):
            return False
        room = at.free
        if state.served[cell.person, this.client, cell.week] == 0:
            if at.clients >= who.max_clients_per_week:
                return False
            if at.clients:
                room -= state.sums[0].switching
        if cell.steps > min(room, state.kind_left[this.kind, cell.person, cell.week]):
            return False
    return True


@inlined
def _place_if_paid(state: State, job: int, source: int, count: int) -> bool:
    """Place a job with some rows of hours, unless a budget of its weeks would be overdrawn."""
    place(state, job, source, count)
    this = state.jobs[job]
    for i in range(this.budgets_from, this.budgets_to):
        budget = state.budgets[state.links[i].to]
        if budget.left < 0 and this.begin <= budget.last and this.end >= budget.first:
            remove(state, job)
            return False
    return True


# by several


@compiled
def share(state: State, job: int, first: int, last: int, drawn: bool) -> bool:
    """Let some people share a job, by their room or drawn by it, none of them working a step more than is needed."""
    done = _share(state, job, first, last, drawn)
    for week in range(first, last + 1):
        state.scratch[week].other_steps = 0
    for i in range(state.jobs[job].budgets_from, state.jobs[job].budgets_to):
        state.budgets[state.links[i].to].others = 0
    return done


@inlined
def _share(state: State, job: int, first: int, last: int, drawn: bool) -> bool:
    this, chosen, trial = (state.jobs[job], state.sums[0].chosen, state.sums[0].trial)
    able = _rooms(state, job, first, last, drawn)
    keys = len(state.jobs) + 1 - this.pairs_from
    covered, count = (0, 0)
    for number in range(min(this.max_owners, able)):
        pair = this.pairs_from
        for other in range(this.pairs_from, this.pairs_to):
            if state.scratch[keys + other].key > state.scratch[keys + pair].key:
                pair = other
        if state.scratch[keys + pair].key <= 0:
            return False
        state.scratch[keys + pair].key = 0
        power = state.pairs[pair].power
        need = -(-(this.effort - covered) // power)
        if drawn and number == 0 and able > 1 and draw(state) < FIRST_PARTLY:
            need = max(1, int(need * (PART_LEAST + PART_SPREAD * draw(state))))
        backward = drawn and draw(state) < SHARER_BACKWARD
        found, missing, _, _ = fill(state, pair, first, last, backward, need, True, trial)
        copy(state, trial, chosen + count, found)
        count += found
        for i in range(trial, trial + found):
            state.scratch[state.hours[i].week].other_steps += state.hours[i].steps
        for i in range(this.budgets_from, this.budgets_to):
            state.budgets[state.links[i].to].others += state.budgets[state.links[i].to].trial
        covered += power * (need - missing)
        if covered >= this.effort:
            place(state, job, chosen, _trimmed(state, job, count, covered - this.effort))
            return True
    return False


@inlined
def _rooms(state: State, job: int, first: int, last: int, drawn: bool) -> int:
    """Note as a key what each person could do of a job, blurred if drawn; return how many could do some."""
    this = state.jobs[job]
    able = 0
    for pair in range(this.pairs_from, this.pairs_to):
        key = 0
        if may_own(state, pair):
            need = state.pairs[pair].need
            _, missing, _, _ = fill(state, pair, first, last, False, need, True, state.sums[0].trial)
            room = state.pairs[pair].power * (need - missing)
            key = int(room * (SHARER_NOISE + draw(state))) if drawn else room
            able += room > 0
        state.scratch[len(state.jobs) + 1 + pair - this.pairs_from].key = key
    return able


@inlined
def _trimmed(state: State, job: int, count: int, spare: int) -> int:
    """Take the steps chosen that are not needed from owners, last rows first; return how many rows are left."""
    chosen = state.sums[0].chosen
    for i in range(chosen + count - 1, chosen - 1, -1):
        power = state.pairs[pair_of(state, job, state.hours[i].person)].power
        less = min(state.hours[i].steps, spare // power)
        state.hours[i].steps -= less
        spare -= less * power
    left = 0
    for i in range(chosen, chosen + count):
        if state.hours[i].steps:
            copy(state, i, chosen + left, 1)
            left += 1
    return left
