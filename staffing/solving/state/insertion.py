"""Insertion: a job is placed where it fits; compiled.

It gets the first weeks that have room, or the last ones; of those who could do it, whoever costs least by the weights
of a guide.
"""

from __future__ import annotations

from staffing.solving.state.fitting import may_own, offer, window
from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.ledger import place
from staffing.solving.state.reading import copy, draw
from staffing.solving.state.restoring import insert_again
from staffing.solving.state.sharing import share
from staffing.solving.state.tables import DELIVERED, Guide, State

ANYBODY = -1
"""In place of the owner asked for."""
HIRE_SHARE = 0.25
"""Share of a hire's cost that is charged to the first job it gets."""


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
    backward = noise > 0 and draw(state) < guide.weights[0].backward
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
