"""A plan carried out week by week, many times at once, with hours, absences and lost work drawn by chance.

The rule. A task needs what is planned of it times what its hours turn out to be, relative to the likely ones. Each week
its owners first work what is planned for that week, the soonest due first; then, within what is left of their
capacity, what should have been done before, or turned out longer than its planned weeks hold. What comes after a task
waits until that is over. Nobody takes over, nothing is begun earlier than planned, and no more overtime is worked than
was planned. Lost work falls away, and what comes after it does not wait for it. With nothing left to chance, what is
carried out is the plan.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from heapq import heapify, heappop, heappush
from itertools import accumulate

import numpy as np

from staffing.decisions.luck import Bools, Floats, Luck, carried_out
from staffing.plan.facts import ZERO, Cell, Facts, PersonWeek
from staffing.problem.precedence import in_order
from staffing.scenario.expand import Job

_LITTLE = 1e-9
"""Hours that count as none."""


@dataclass
class _Piece:
    """The work of one owner on one task."""

    person: str
    weeks: Mapping[int, float]
    """Hours planned by week."""
    remaining: Floats
    """Hours still to be worked."""
    worked: Floats
    """Hours worked so far."""

    @cached_property
    def first(self) -> int:
        """The first planned week."""
        return min(self.weeks)

    @cached_property
    def _by(self) -> list[float]:
        """Hours planned up to each week from the first to the last."""
        return list(accumulate(self.weeks.get(week, 0.0) for week in range(self.first, max(self.weeks) + 1)))

    def in_hand(self, week: int) -> Floats:
        """Hours to work by the end of a week: what is planned up to it, or all once its planned weeks are over."""
        if week - self.first >= len(self._by) - 1:
            return self.remaining.copy()
        return np.minimum(self.remaining, np.maximum(0.0, self._by[week - self.first] - self.worked))


_Work = tuple[Job, Sequence[_Piece], Sequence[tuple[str, int]]]
"""A task, the work of its owners, and what comes before it, with lags."""


@dataclass
class _Left:
    """What somebody has left of a week."""

    room: Floats
    overtime: Floats

    def take(self, asked: Floats, *, overtime: bool) -> Floats:
        """Work as much as is asked and possible, in overtime too or without; return it."""
        done = np.minimum(asked, self.room + self.overtime if overtime else self.room)
        in_room = np.minimum(done, self.room)
        self.room = self.room - in_room
        self.overtime = self.overtime - (done - in_room)
        return done


@dataclass
class Execution:
    """A plan carried out.

    Attributes
    ----------
    finished
        By task: the week of its last hours in each draw; beyond the horizon where it is not over by then, and 0 where
        it does not come.
    above
        By person and week: whether more is in hand than hours of the contract.
    hours
        By task, person and week: hours worked.
    overtime
        By person: hours of overtime worked.
    """

    facts: Facts
    luck: Luck
    finished: dict[str, Floats] = field(default_factory=dict)
    above: dict[PersonWeek, Bools] = field(default_factory=dict)
    hours: dict[Cell, Floats] = field(default_factory=dict)
    overtime: dict[str, Floats] = field(default_factory=dict)

    def run(self) -> Execution:
        """Carry the plan out, week after week."""
        facts = self.facts
        jobs = {job.id: job for job in carried_out(facts)}
        pieces = self._pieces()
        never = facts.expanded.weeks + 1
        for id_ in jobs:
            self.finished[id_] = np.where(self.luck.comes[id_], float(never), 0.0)
        self.overtime = {person.id: np.zeros(self.luck.draws) for person in facts.present}
        work = [(job, pieces[job.id], self._waits_for(job, pieces[job.id])) for job in _in_order(facts, jobs)]
        for week in range(1, never):
            begun = [(job, mine, after) for job, mine, after in work if any(piece.first <= week for piece in mine)]
            self._week(week, begun)
        return self

    def _pieces(self) -> dict[str, list[_Piece]]:
        """Return the work of each owner on each task, with what chance makes of it."""
        planned: dict[tuple[str, str], dict[int, float]] = {}
        for (job, person, week), hours in (*self.facts.draft.hours.items(), *self.facts.promised.items()):
            weeks = planned.setdefault((job, person), {})
            weeks[week] = weeks.get(week, 0.0) + float(hours)
        found: dict[str, list[_Piece]] = {}
        for (job, person), weeks in planned.items():
            asked = np.where(self.luck.comes[job], self.luck.factors[job], 0.0) * sum(weeks.values())
            found.setdefault(job, []).append(_Piece(person, weeks, asked, np.zeros(self.luck.draws)))
        return found

    def _waits_for(self, job: Job, pieces: Sequence[_Piece]) -> list[tuple[str, int]]:
        """Return what comes before a task, and its lag, as far as the plan keeps to it: promised hours need not."""
        first = min(piece.first for piece in pieces)
        spans = ((before, lag, self.facts.span(before)) for before, lag in job.after)
        return [(before, lag) for before, lag, span in spans if span is not None and span[1] + lag <= first]

    def _week(self, week: int, begun: Sequence[_Work]) -> None:
        """Carry out a week: first what is planned for it, then what is left over from before."""
        left: dict[str, _Left] = {}
        in_hand: dict[str, Floats] = {}
        for person in self.facts.present:
            left[person.id] = self._left(person.id, week)
            in_hand[person.id] = np.full(self.luck.draws, float(self.facts.switching.get((person.id, week), ZERO)))
        for _, pieces, _ in begun:
            for piece in pieces:
                if piece.first <= week:
                    in_hand[piece.person] += piece.in_hand(week)
        for id_, hours in in_hand.items():
            self.above[id_, week] = hours > self.luck.contract[id_, week] + _LITTLE
        for only_planned in (True, False):
            for work in begun:
                if any(np.any(piece.remaining > 0) for piece in work[1]):
                    self._work(week, work, left, only_planned=only_planned)
        for id_, mine in left.items():
            self.overtime[id_] += float(self._overtime(id_, week)) - mine.overtime

    def _overtime(self, id_: str, week: int) -> Fraction:
        return self.facts.new_overtime(self.facts.expanded.people[id_], week)

    def _left(self, id_: str, week: int) -> _Left:
        """Return what somebody has of a week, less what is lost to switching, and to the grid beside promised hours."""
        facts, over = self.facts, self._overtime(id_, week)
        lost = facts.switching.get((id_, week), ZERO)
        if over:
            used = facts.new_load[id_, week] - over
            lost += max(ZERO, facts.expanded.people[id_].room[week - 1] - used)
        room = self.luck.room[id_, week] - float(lost)
        return _Left(np.maximum(0.0, room), np.maximum(0.0, float(over) + np.minimum(0.0, room)))

    def _work(self, week: int, work: _Work, left: Mapping[str, _Left], *, only_planned: bool) -> None:
        """Let the owners of a task work on it in a week: what is planned, or what room is left for of the rest."""
        job, pieces, after = work
        free = self._may_begin(after, week)
        for piece in pieces:
            if piece.first > week or (only_planned and week not in piece.weeks):
                continue
            asked = np.minimum(piece.weeks[week], piece.remaining) if only_planned else piece.in_hand(week)
            done = left[piece.person].take(np.where(free, asked, 0.0), overtime=only_planned)
            piece.remaining, piece.worked = piece.remaining - done, piece.worked + done
            cell = job.id, piece.person, week
            self.hours[cell] = self.hours.get(cell, 0.0) + done
        rest = sum((piece.remaining for piece in pieces), np.zeros(self.luck.draws))
        self.finished[job.id][(rest <= _LITTLE) & (self.finished[job.id] > week)] = week

    def _may_begin(self, after: Sequence[tuple[str, int]], week: int) -> Bools:
        """Return in which draws all that comes before a task is over early enough."""
        free = np.ones(self.luck.draws, dtype=np.bool_)
        for before, lag in after:
            over = self.finished[before]
            free &= (over == 0) | (over + lag <= week)
        return free


def _in_order(facts: Facts, jobs: Mapping[str, Job]) -> list[Job]:
    """Return tasks, those that come first before those that come after, else the soonest due first."""
    never = facts.expanded.weeks + 1
    before = {id_: [task for task, _ in job.after if task in jobs] for id_, job in jobs.items()}
    due = {id_: job.deadline if job.due is None else job.due for id_, job in jobs.items()}
    after: dict[str, list[str]] = {id_: [] for id_ in jobs}
    for id_ in reversed(in_order(jobs, before.__getitem__)):  # a task is as urgent as what comes after it
        for task in before[id_]:
            due[task] = min(due[task], due[id_])
            after[task].append(id_)
    rank = {id_: (due[id_], facts.span(id_) or (never, never), place, id_) for place, id_ in enumerate(jobs)}
    open_ = {id_: len(before[id_]) for id_ in jobs}
    ready = [rank[id_] for id_ in jobs if not open_[id_]]
    heapify(ready)
    order: list[Job] = []
    while ready:
        id_ = heappop(ready)[-1]
        order.append(jobs[id_])
        for later in after[id_]:
            open_[later] -= 1
            if not open_[later]:
                heappush(ready, rank[later])
    return order
