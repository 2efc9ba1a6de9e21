"""Destroy operators: what is taken out of a plan to be put back in another way; compiled.

Each operator takes some jobs out, lists those to place first, with who is tried first as their owner, and returns two
people whose waiting jobs are tried, too; both are :data:`NOBODY` where it found nothing to do.
:data:`OPERATORS` in :mod:`staffing.solving.ruin.anneal` says how often each is drawn.
"""

from __future__ import annotations

from staffing.solving.ruin.removal import (
    NOBODY,
    clear,
    draw_job,
    draw_owner,
    draw_person,
    draw_week,
    movable,
    take,
    want,
    want_chain,
)
from staffing.solving.state.insertion import ANYBODY
from staffing.solving.state.kernel import compiled, inlined
from staffing.solving.state.reading import below, draw, is_owner
from staffing.solving.state.tables import State

LOOKS = 40
"""Jobs looked at to find one that waits, or that makes a goal worse."""
CANDIDATES = 3
"""Waiting jobs among which one is drawn, by value."""
WITH_GROUP = 0.5
"""How often the rest of a waiting job's group is taken out."""
TO_ANOTHER = 0.5
"""How often what makes a goal worse is first offered to another owner."""
REACHES = (0, 1, 1, 2)
"""Weeks before and after a week that are cleared with it."""
WAITING, LATE, FURTHER, OVERTIME, BUSIEST, ANY, CHANGED = range(7)
"""Targets: what waits; late jobs; further contacts; overtime; the busiest person; any work; changes."""
LEFT_OUT = -2
"""In place of who is tried first: the job is left out this time."""


@compiled
def destroy_for_waiting(state: State, must_only: bool) -> tuple[int, int]:
    """Make room for a job that waits, with what waits before it, in the weeks of somebody who could do it."""
    target = _waiting_job(state, must_only)
    if target < 0:
        return (NOBODY, NOBODY)
    want_chain(state, target)
    for i in range(state.jobs[target].groups_from, state.jobs[target].groups_to):
        if draw(state) < WITH_GROUP:
            group = state.groups[state.links[i].to]
            for k in range(group.members_from, group.members_to):
                take(state, state.links[k].to)
    person = draw_owner(state, target)
    middle = draw_week(state, target)
    clear(state, person, middle - 1, middle + 1, 1 + below(state, 4))
    return (person, NOBODY)


@inlined
def _waiting_job(state: State, must_only: bool) -> int:
    """Draw a job that waits, the more valuable the likelier; -1 where none is found."""
    target, most, seen = (-1, -1.0, 0)
    for _ in range(LOOKS):
        job = state.scratch[below(state, state.sums[0].jobs_in_work)].job
        if state.jobs[job].count or (must_only and not state.jobs[job].must):
            continue
        worth = draw(state) * (1 + state.jobs[job].value)
        if worth > most:
            target, most = (job, worth)
        seen += 1
        if seen == CANDIDATES:
            break
    return target


@compiled
def destroy_group(state: State) -> tuple[int, int]:
    """Offer all jobs of a one-owner group to one owner, who gives up all else, or some of it."""
    group = state.groups[below(state, len(state.groups))]
    first, last = (group.members_from, group.members_to)
    if first == last:
        return (NOBODY, NOBODY)
    owner = draw_owner(state, state.links[first + below(state, last - first)].to)
    for i in range(first, last):
        take(state, state.links[i].to)
        want(state, state.links[i].to, owner)
    way = below(state, 3)
    most = below(state, 3) if way == 0 else below(state, 6) if way == 1 else len(state.jobs)
    clear(state, owner, 0, state.weeks.shape[1], most)
    return (owner, NOBODY)


@compiled
def destroy_window(state: State) -> tuple[int, int]:
    """Take out all of a person's work in the weeks of a job that they could do, to lay it anew with that job."""
    person = draw_person(state)
    target = draw_job(state, person)
    take(state, target)
    want_chain(state, target)
    state.jobs[target].prefer = person
    before = state.sums[0].removed
    clear(state, person, state.jobs[target].first, state.jobs[target].last, len(state.jobs))
    for i in range(before, state.sums[0].removed):
        this = state.jobs[state.scratch[i].removed]
        mine = is_owner(state, this.saved_from, this.saved_from + this.saved_count, person)
        want(state, state.scratch[i].removed, person if mine else ANYBODY)
    return (person, NOBODY)


@compiled
def destroy_weeks(state: State) -> tuple[int, int]:
    """Take out work of two people who could do a job of each other, around a week."""
    middle = below(state, state.weeks.shape[1])
    reach = REACHES[below(state, 4)]
    one = draw_person(state)
    other = draw_owner(state, draw_job(state, one))
    clear(state, one, middle - reach, middle + reach, 1 + below(state, 5))
    if other != one:
        clear(state, other, middle - reach, middle + reach, 1 + below(state, 5))
    return (one, other)


@compiled
def destroy_target(state: State, target: int) -> tuple[int, int]:
    """Take out what makes a goal worse, and work of somebody who could do it in its weeks."""
    found = -1
    if target == FURTHER:
        found = _take_contact(state)
    else:
        for _ in range(LOOKS):
            job = state.scratch[below(state, state.sums[0].jobs_in_work)].job
            if state.jobs[job].count and _worsens(state, job, target):
                found = job
                take(state, found)
                want(state, found, ANYBODY)
                break
    if found < 0:
        return (NOBODY, NOBODY)
    person = draw_owner(state, found)
    if draw(state) < TO_ANOTHER:
        for i in range(state.sums[0].wanted):
            state.jobs[state.scratch[i].order].prefer = person
    middle = draw_week(state, found)
    clear(state, person, middle - 1, middle + 1, below(state, 5))
    return (person, NOBODY)


@inlined
def _worsens(state: State, job: int, target: int) -> bool:
    """Return whether a job that is delivered makes a goal worse."""
    this = state.jobs[job]
    if target == LATE:
        return bool(this.end > this.due)
    if target == ANY:
        return True
    if target == OVERTIME:
        for i in range(this.hours_from, this.hours_from + this.count):
            week = state.weeks[state.hours[i].person, state.hours[i].week]
            if week.free < week.overtime:
                return True
        return False
    mine = state.people[state.hours[this.hours_from].person]
    for i in range(state.sums[0].people_in_work):
        other = state.people[state.scratch[i].person]
        if other.total and mine.total and other.planned * mine.total > mine.planned * other.total:
            return False
    return True


@inlined
def _take_contact(state: State) -> int:
    """Take out all that one of several owners does of a client's kind of work; return one of the jobs, -1 for none."""
    target = -1
    for _ in range(LOOKS):
        work = below(state, 2 * len(state.owners))
        client, kind = (work // 2, work % 2)
        if state.owners[client, kind] < 2:
            continue
        person = _lesser_owner(state, client, kind)
        if person < 0:
            continue
        i = 0
        while i < state.people[person].owned:
            job = state.links[state.people[person].jobs_from + i].owned
            this = state.jobs[job]
            if this.client == client and this.kind == kind and movable(state, job):
                target = job
                take(state, job)
                want(state, job, ANYBODY)
                i = 0
            else:
                i += 1
        break
    return int(target)


@inlined
def _lesser_owner(state: State, client: int, kind: int) -> int:
    """Draw an owner of a client's kind of work, those of little of it likelier; -1 for nobody in work."""
    person, least = (NOBODY, 0.0)
    for i in range(state.sums[0].people_in_work):
        other = state.scratch[i].person
        if state.contacts[client, other, kind]:
            size = state.contacts[client, other, kind] * draw(state)
            if person < 0 or size < least:
                person, least = (other, size)
    return person
