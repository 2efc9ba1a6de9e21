"""Owners that are forgone: jobs are no longer given to them; compiled."""

from __future__ import annotations

from staffing.solving.state.arrays import (
    AFTER,
    AFTER_AT,
    CELLS,
    COUNT,
    ENDLESS,
    JOBS_ALL,
    PAIR_NEED,
    REMOVED,
    Whole,
)
from staffing.solving.state.ledger import cells_of, compiled, pair_of, remove


@compiled
def forgo(m: Whole, forgone: Whole) -> None:
    """Let no job be placed with some pairs, by number, and take out those that are, with all that comes after them."""
    for i in range(len(forgone)):
        m[m[PAIR_NEED] + forgone[i]] = ENDLESS
    for job in range(m[JOBS_ALL]):
        if m[m[COUNT] + job] and m[m[PAIR_NEED] + pair_of(m, job, m[cells_of(m, CELLS, job)])] == ENDLESS:
            _take_out(m, job)


@compiled
def _take_out(m: Whole, job: int) -> None:
    m[m[REMOVED]] = job
    remove(m, job)
    count = 1
    while count:
        count -= 1
        job = m[m[REMOVED] + count]
        for i in range(m[m[AFTER_AT] + job], m[m[AFTER_AT] + job + 1]):
            after = m[m[AFTER] + i]
            if m[m[COUNT] + after]:
                remove(m, after)
                m[m[REMOVED] + count] = after
                count += 1
