"""The least lateness of what must be delivered: what is late alone, and what is late as hours lack until it is due."""

from __future__ import annotations

import numpy as np

from staffing.problem.problem import Problem
from staffing.solving.arrays import IntArray
from staffing.solving.bound.demand import Demand
from staffing.solving.bound.forced import Forced
from staffing.solving.cp.cover import Cover
from staffing.solving.tuning import TUNING


def least_lateness(problem: Problem, forced: Forced, demand: Demand) -> tuple[int, Cover]:
    """Return what is late anyway, in weight × weeks, and a covering problem of what is late beyond that.

    A job that is not late in some week has all its hours until then. Those of a family, from a first week on, do not
    fit into the room of its people: enough of them end later, each at its weight for every week.
    """
    listed = [(int(job), problem.jobs[job]) for job in demand.jobs]
    surely = sum(data.weight * data.late + forced.late(data, job) for job, data in listed)
    choices: dict[tuple[int, int], int] = {}
    cover = Cover([])

    def late(number: int, week: int) -> int:
        """Return the choice that a job ends after a week, which costs its weight for each week from its due week on."""
        if (number, week) not in choices:
            job, data = listed[number]
            assert data.due is not None
            earlier = late(number, week - 1) if week > max(data.due, forced.end[job]) else None
            choices[number, week] = len(cover.costs)
            cover.costs.append(data.weight)
            if earlier is not None:
                cover.implied.append((choices[number, week], earlier))
        return choices[number, week]

    more = _more(problem, forced, demand)
    lacking = demand.families.needs(demand.needs + more) - demand.families.room(demand.room, demand.everybody)
    rows = np.argwhere(lacking > 0)
    order = np.argsort(-lacking[lacking > 0], kind="stable")
    for family, span in rows[order][: TUNING.cover_rows].tolist():
        own = np.flatnonzero(demand.families.jobs[family] & (more[:, span] > 0)).tolist()
        last = int(demand.spans[span, 1])
        if own:
            adds = {late(number, last): int(more[number, span]) for number in own}
            cover.rows.append((adds, int(lacking[family, span])))
    return surely, cover


def _more(problem: Problem, forced: Forced, demand: Demand) -> IntArray:
    """Return, by (job, span), how many more steps a job that may be late needs there, to be over by its end."""
    spans = demand.spans
    to_end = {int(first): number for number, (first, last) in enumerate(spans) if last == problem.weeks - 1}
    more = np.zeros_like(demand.needs)
    known = np.array([int(first) in to_end for first in spans[:, 0]], dtype=bool)
    from_first = np.array([to_end.get(int(first), 0) for first in spans[:, 0]], dtype=np.int64)
    for number, job in enumerate(map(int, demand.jobs)):
        due = problem.jobs[job].due
        if due is not None:
            until = max(due, forced.end[job])
            open_ = known & (spans[:, 1] >= until) & (spans[:, 1] < forced.last[job])
            more[number, open_] = (demand.needs[number, from_first] - demand.needs[number])[open_]
    return np.maximum(0, more)
