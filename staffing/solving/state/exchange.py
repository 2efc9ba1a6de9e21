"""Plans taken over as a whole: loaded, remembered as the best, restored, merged; and what may be moved; compiled."""

from __future__ import annotations

from staffing.solving.arrays import IntArray
from staffing.solving.state.kernel import compiled
from staffing.solving.state.ledger import place, remove
from staffing.solving.state.reading import copy, pair_of
from staffing.solving.state.tables import State


@compiled
def load(state: State, rows: IntArray) -> None:
    """Make a plan of rows (job, person, week, steps), sorted by job, the one in work."""
    for job in range(len(state.jobs)):
        if state.jobs[job].count:
            remove(state, job)
    trial = state.sums[0].trial
    i = 0
    while i < len(rows):
        job, count = (rows[i, 0], 0)
        while i < len(rows) and rows[i, 0] == job:
            cell = state.hours[trial + count]
            cell.person, cell.week, cell.steps = (rows[i, 1], rows[i, 2], rows[i, 3])
            count += 1
            i += 1
        place(state, job, trial, count)


@compiled
def save_best(state: State, objective: int) -> None:
    """Remember the plan in work as the best."""
    state.sums[0].best = objective
    for i in range(state.sums[0].changed):
        this = state.jobs[state.scratch[i].changed]
        this.changed = 0
        this.best_count = this.count
        copy(state, this.hours_from, this.best_from, this.count)
    state.sums[0].changed = 0


@compiled
def restore_best(state: State) -> None:
    """Go back to the best plan."""
    changed = state.sums[0].changed
    for i in range(changed):
        if state.jobs[state.scratch[i].changed].count:
            remove(state, state.scratch[i].changed)
    for i in range(changed):
        this = state.jobs[state.scratch[i].changed]
        if this.best_count:
            place(state, state.scratch[i].changed, this.best_from, this.best_count)
    for i in range(changed):
        state.jobs[state.scratch[i].changed].changed = 0
    state.sums[0].changed = 0


@compiled
def fix_out(state: State, pairs: IntArray) -> None:
    """Let no job have some owners any more, given by their pairs; jobs they own come out, with all that come after."""
    for i in range(len(pairs)):
        state.pairs[pairs[i]].barred = 1
    for job in range(len(state.jobs)):
        this = state.jobs[job]
        if this.count and state.pairs[pair_of(state, job, state.hours[this.hours_from].person)].barred:
            _remove_with_followers(state, job)


@compiled
def _remove_with_followers(state: State, job: int) -> None:
    remove(state, job)
    state.scratch[0].removed = job
    count = 1
    while count:
        count -= 1
        this = state.jobs[state.scratch[count].removed]
        for i in range(this.after_from, this.after_to):
            after = state.links[i].to
            if state.jobs[after].count:
                remove(state, after)
                state.scratch[count].removed = after
                count += 1


@compiled
def restrict(state: State, people: IntArray, jobs: IntArray) -> None:
    """Put only some people and jobs in work, flagged by 1."""
    count = 0
    for person in range(len(state.people)):
        state.people[person].in_work = people[person]
        if people[person]:
            state.scratch[count].person = person
            count += 1
    state.sums[0].people_in_work = count
    count = 0
    for job in range(len(state.jobs)):
        state.jobs[job].in_work = jobs[job]
        if jobs[job]:
            state.scratch[count].job = job
            count += 1
    state.sums[0].jobs_in_work = count


@compiled
def merge(state: State, other: State) -> None:
    """Take over what became, in another state of the same problem, of the jobs it had in work."""
    for i in range(other.sums[0].jobs_in_work):
        job = other.scratch[i].job
        if state.jobs[job].count:
            remove(state, job)
    trial = state.sums[0].trial
    for i in range(other.sums[0].jobs_in_work):
        job = other.scratch[i].job
        count, begin = (other.jobs[job].count, other.jobs[job].hours_from)
        for k in range(count):
            cell, source = (state.hours[trial + k], other.hours[begin + k])
            cell.person, cell.week, cell.steps = (source.person, source.week, source.steps)
        if count:
            place(state, job, trial, count)
