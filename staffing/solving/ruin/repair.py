"""What was taken out of a plan is placed again in another order; compiled."""

from __future__ import annotations

from staffing.solving.ruin.destroy import LEFT_OUT
from staffing.solving.ruin.removal import TRIED, WANTED
from staffing.solving.state.insertion import ANYBODY, insert
from staffing.solving.state.kernel import inlined
from staffing.solving.state.reading import below, draw
from staffing.solving.state.tables import FINEST, Guide, State

SHARING = 0.4
"""How often a job that may be shared is shared, though one person could do it."""
NOISES = (0.0, 0.2, 0.5)
"""How much scores are blurred in a round."""
WAITING_TRIED = 12
"""Waiting jobs of each person concerned that are tried beside those taken out."""
ANYHOW, BY_DENSITY, BY_WINDOW = 0.2, 0.55, 0.75
"""Shares of rounds, summed up: what is wanted is not placed first; jobs go by value density; by window; else anyhow."""
DENSITY_NOISE = 0.5
"""Value densities are multiplied by this + a number from 0 to 1."""
FINE = 1024
"""Keys are whole numbers: parts of a week in a week."""


@inlined
def list_others(state: State, one: int, other: int) -> int:
    """Add to what is wanted all else that was taken out, and some that waits of two people; return how many."""
    tried = state.sums[0].wanted
    for i in range(state.sums[0].removed):
        if not state.jobs[state.scratch[i].removed].mark & WANTED:
            state.scratch[tried].order = state.scratch[i].removed
            tried += 1
    for person in (one, other):
        if person < 0:
            continue
        who = state.people[person]
        able = who.jobs_to - who.jobs_from
        for _ in range(min(WAITING_TRIED, able)):
            job = state.links[who.jobs_from + below(state, able)].to
            if not state.jobs[job].count and not state.jobs[job].mark and state.jobs[job].in_work:
                state.jobs[job].mark = TRIED
                state.scratch[tried].order = job
                tried += 1
    return tried


@inlined
def arrange(state: State, tried: int, by_window: bool) -> None:
    """Draw the order: what is wanted first or not; the rest by value density, by window or anyhow."""
    way, wanted = (draw(state), state.sums[0].wanted)
    begin = wanted
    if by_window:
        for i in range(wanted):
            this = state.jobs[state.scratch[i].order]
            last = this.last
            for k in range(this.after_from, this.after_to):
                after = state.jobs[state.links[k].to]
                if after.count:
                    last = min(last, after.begin - state.links[k].lag)
            state.scratch[i].key = int(FINE * (last + draw(state)))
        _sort(state, 0, wanted)
    elif way < ANYHOW:
        begin = 0
    for i in range(begin, tried):
        this = state.jobs[state.scratch[i].order]
        if way < BY_DENSITY:
            key = -int(this.density * (DENSITY_NOISE + draw(state)))
            state.scratch[i].key = key - (2 * FINEST if this.must else 0)
        elif way < BY_WINDOW:
            state.scratch[i].key = int(FINE * (this.last - this.first + 2 * draw(state)))
        else:
            state.scratch[i].key = int(FINE * draw(state))
    _sort(state, begin, tried)


@inlined
def _sort(state: State, begin: int, end: int) -> None:
    """Sort part of the order by its keys, by insertion: there are few."""
    for i in range(begin + 1, end):
        job, key = (state.scratch[i].order, state.scratch[i].key)
        k = i - 1
        while k >= begin and state.scratch[k].key > key:
            state.scratch[k + 1].order = state.scratch[k].order
            state.scratch[k + 1].key = state.scratch[k].key
            k -= 1
        state.scratch[k + 1].order = job
        state.scratch[k + 1].key = key


@inlined
def reinsert(state: State, tried: int, guide: Guide) -> None:
    """Place jobs in order, with blurred scores; what came before its predecessors is tried once more."""
    noise = NOISES[below(state, 3)] * guide.weights[0].noise
    for turn in range(2):
        for i in range(tried):
            this = state.jobs[state.scratch[i].order]
            if this.prefer == LEFT_OUT or this.count or (turn == 1 and this.before_from == this.before_to):
                continue
            for owner in (this.prefer, ANYBODY):
                if turn == 1 and owner >= 0:
                    continue
                sharing = SHARING if owner < 0 and turn == 0 else 0.0
                if insert(state, state.scratch[i].order, guide, noise, owner, sharing) or owner < 0:
                    break
