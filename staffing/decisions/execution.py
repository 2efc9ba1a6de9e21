"""A plan carried out week by week, many times at once, with hours, absences and lost work drawn by chance.

The rule. A task needs what is planned of it times what its hours turn out to be, relative to the likely ones. Each week
its owners first work what is planned for that week, the soonest due first; then, within what is left of their
capacity, what should have been done before, or turned out longer than its planned weeks hold. What comes after a task
waits until that is over. Nobody takes over, nothing is begun earlier than planned, and no more overtime is worked than
was planned. Lost work falls away, and what comes after it does not wait for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from staffing.plan.facts import ZERO, Facts
from staffing.scenario.confidence import beta_shape
from staffing.scenario.expand import Job, Person
from staffing.scenario.records import HoursRange, Staff, Task
from staffing.scenario.scenario import Scenario

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]
_LITTLE = 1e-9
"""Hours that count as none."""


@dataclass(frozen=True)
class Luck:
    """What chance decides, once for each draw.

    Attributes
    ----------
    factors
        By task of the plan: its hours, relative to those planned.
    comes
        By task of the plan: whether its client and its project are won.
    room
        By person and week: hours of capacity that absence leaves.
    contract
        By person and week: hours of the contract that absence, holidays and time off leave.
    """

    factors: Mapping[str, Floats]
    comes: Mapping[str, Bools]
    room: Mapping[tuple[str, int], Floats]
    contract: Mapping[tuple[str, int], Floats]

    @classmethod
    def drawn(cls, facts: Facts, scenario: Scenario, draws: int, seed: int) -> Luck:
        """Draw hours, clients and projects, and absences; the same seed gives the same luck.

        A plan may have been made with other hours than the likely ones, so the scenario itself says what they may be.
        """
        random = np.random.default_rng(seed)
        tasks = {task.id: task for task in scenario.tasks}
        factors = {job.id: _hours(random, tasks[job.task], draws) / float(job.hours) for job in facts.delivered}
        won = {
            (kind, entry.id): random.random(draws) < float(entry.probability)
            for kind, entries in (("client", scenario.clients), ("project", scenario.projects))
            for entry in entries
        }
        every = np.ones(draws, dtype=np.bool_)
        comes = {
            job.id: won["client", job.client] & (won["project", job.project] if job.project is not None else every)
            for job in facts.delivered
        }
        rooms, contracts = {}, {}
        for person, week, here in _present(facts, random, draws):
            rooms[person.id, week] = float(person.capacity[week - 1]) * here
            contracts[person.id, week] = rooms[person.id, week] / float(_member(facts, person).target_utilisation)
        return cls(factors, comes, rooms, contracts)


def _hours(random: np.random.Generator, task: Task, draws: int) -> Floats:
    """Draw the hours of a task: those of a PERT estimate are spread between low and high by a beta distribution."""
    hours = task.hours
    if not isinstance(hours, HoursRange) or hours.low == hours.high:
        return np.full(draws, float(task.likely))
    low, high = float(hours.low), float(hours.high)
    return low + (high - low) * random.beta(*beta_shape(hours), draws)


def _present(facts: Facts, random: np.random.Generator, draws: int) -> Iterator[tuple[Person, int, Floats]]:
    """Yield each person and week with the share of their available days on which they are there."""
    for person in facts.present:
        absence = float(_member(facts, person).absence)
        for week in range(1, facts.expanded.weeks + 1):
            days = person.available_days[week - 1]
            missed = random.binomial(days, absence, draws) / days if days and absence else np.zeros(draws)
            yield person, week, 1 - missed


def _member(facts: Facts, person: Person) -> Staff:
    """Return somebody as the scenario has them; of a copy of a placeholder the placeholder."""
    staff = {member.id: member for member in facts.expanded.scenario.staff}
    return staff.get(person.id) or staff[person.id.rpartition("-")[0]]


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
    def last(self) -> int:
        """The last planned week."""
        return max(self.weeks)

    def by(self, week: int) -> float:
        """Hours planned up to a week."""
        return sum(hours for planned, hours in self.weeks.items() if planned <= week)

    def in_hand(self, week: int) -> Floats:
        """Hours to work by the end of a week: what is planned up to it, or all once its planned weeks are over."""
        if week >= self.last:
            return self.remaining.copy()
        return np.minimum(self.remaining, np.maximum(0.0, self.by(week) - self.worked))


@dataclass
class Execution:
    """A plan carried out.

    Attributes
    ----------
    finished
        By task: the week of its last hours in each draw; beyond the horizon where it is not over by then.
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
    above: dict[tuple[str, int], Bools] = field(default_factory=dict)
    hours: dict[tuple[str, str, int], Floats] = field(default_factory=dict)
    overtime: dict[str, Floats] = field(default_factory=dict)

    def run(self) -> Execution:
        """Carry the plan out, week after week."""
        facts = self.facts
        jobs = _in_order(facts)
        pieces = {job.id: list(self._pieces(job)) for job in jobs}
        never = facts.expanded.weeks + 1
        for job in jobs:
            over = np.where(self.luck.comes[job.id], float(never), 0.0)  # what is lost keeps nobody waiting
            self.finished[job.id] = over
        for week in range(1, never):
            self._week(week, jobs, pieces)
        return self

    def _pieces(self, job: Job) -> Iterator[_Piece]:
        """Yield the owners' work on a task, with what chance makes of it."""
        by_person: dict[str, dict[int, float]] = {}
        for (id_, person, week), hours in self._cells_of.get(job.id, ()):
            del id_
            by_person.setdefault(person, {})[week] = float(hours)
        factor = np.where(self.luck.comes[job.id], self.luck.factors[job.id], 0.0)
        for person, weeks in by_person.items():
            total = sum(weeks.values())
            yield _Piece(person, weeks, total * factor, np.zeros(len(factor)))

    @cached_property
    def _cells_of(self) -> dict[str, list[tuple[tuple[str, str, int], Any]]]:
        found: dict[str, list[tuple[tuple[str, str, int], Any]]] = {}
        new = dict(self.facts.draft.hours)
        for cell, hours in self.facts.promised.items():
            new[cell] = new.get(cell, ZERO) + hours
        for cell, hours in new.items():
            found.setdefault(cell[0], []).append((cell, hours))
        return found

    def _week(self, week: int, jobs: Iterable[Job], pieces: Mapping[str, list[_Piece]]) -> None:
        """Carry out a week: first what is planned for it, then what is left over from before."""
        draws = len(next(iter(self.finished.values()), np.zeros(0)))
        room: dict[str, Floats] = {}
        planned_overtime: dict[str, float] = {}
        in_hand: dict[str, Floats] = {}
        for person in self.facts.present:
            switching = float(self.facts.switching.get((person.id, week), ZERO))
            room[person.id] = np.maximum(0.0, self.luck.room[person.id, week] - switching)
            planned_overtime[person.id] = float(self.facts.overtime.get((person.id, week), ZERO))
            in_hand[person.id] = np.full(draws, switching)
        for job in jobs:
            for piece in pieces[job.id]:
                in_hand[piece.person] += piece.in_hand(week)
        for id_, hours in in_hand.items():
            self.above[id_, week] = hours > self.luck.contract[id_, week] + _LITTLE
        extra = {id_: np.full(draws, hours) for id_, hours in planned_overtime.items()}
        for only_planned in (True, False):
            for job in jobs:
                self._work(week, job, pieces[job.id], room, extra, only_planned=only_planned)

    def _work(
        self,
        week: int,
        job: Job,
        pieces: Iterable[_Piece],
        room: dict[str, Floats],
        extra: dict[str, Floats],
        *,
        only_planned: bool,
    ) -> None:
        """Let the owners of a task work on it in a week, in room and planned overtime, or in room alone."""
        pieces = list(pieces)
        if not any(np.any(piece.remaining > 0) and min(piece.weeks) <= week for piece in pieces):
            return
        free = self._may_begin(job, week)
        for piece in pieces:
            if min(piece.weeks) > week or (only_planned and week not in piece.weeks):
                continue
            asked = np.minimum(piece.weeks[week], piece.remaining) if only_planned else piece.in_hand(week)
            able = room[piece.person] + extra[piece.person] if only_planned else room[piece.person]
            done = np.where(free, np.minimum(asked, able), 0.0)
            in_room = np.minimum(done, room[piece.person])
            room[piece.person] = room[piece.person] - in_room
            if only_planned:
                over = done - in_room
                extra[piece.person] = extra[piece.person] - over
                self.overtime[piece.person] = self.overtime.get(piece.person, np.zeros(len(done))) + over
            piece.remaining, piece.worked = piece.remaining - done, piece.worked + done
            cell = job.id, piece.person, week
            self.hours[cell] = self.hours.get(cell, np.zeros(len(done))) + done
        left = sum((piece.remaining for piece in pieces), np.zeros(len(free)))
        now = (left <= _LITTLE) & (self.finished[job.id] > week)
        self.finished[job.id][now] = week

    def _may_begin(self, job: Job, week: int) -> Bools:
        """Return in which draws all that comes before a task is over early enough."""
        free = np.ones(len(self.finished[job.id]), dtype=np.bool_)
        for before, lag in job.after:
            if before in self.finished:
                over = self.finished[before]
                free &= (over == 0) | (over + lag <= week)
        return free


def _in_order(facts: Facts) -> list[Job]:
    """Return the delivered tasks, those that come first before those that come after, else the soonest due first."""
    jobs = {job.id: job for job in facts.delivered}
    never = facts.expanded.weeks + 1
    due = {id_: job.due or min(job.deadline, never) for id_, job in jobs.items()}
    order: list[Job] = []
    open_ = {id_: {before for before, _ in job.after if before in jobs} for id_, job in jobs.items()}
    for id_ in reversed(_rows(jobs)):  # a task is as urgent as what comes after it
        for before in open_[id_]:
            due[before] = min(due[before], due[id_])
    while open_:
        ready = [id_ for id_, before in open_.items() if not before & open_.keys()]
        best = min(ready, key=lambda id_: (due[id_], facts.span(id_) or (never, never)))
        order.append(jobs[best])
        del open_[best]
    return order


def _rows(jobs: Mapping[str, Job]) -> list[str]:
    """Return ids, each after those that come before it."""
    found: dict[str, None] = {}

    def add(id_: str) -> None:
        stack = [id_]
        while stack:
            top = stack[-1]
            missing = [before for before, _ in jobs[top].after if before in jobs and before not in found]
            if missing:
                stack += missing
            else:
                found.setdefault(stack.pop())

    for id_ in jobs:
        add(id_)
    return list(found)
