"""Tasks put back where an earlier plan had them, all else left as it is: what is in the way, or what would be lost.

Looked at is only what has to do with them: the hours of the people concerned, and what their clients have besides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

from staffing.plan.draft import Draft
from staffing.plan.earlier import Delivery
from staffing.plan.facts import Cell, Facts
from staffing.plan.goals import MEASURES, goals_of, reported
from staffing.plan.obstacles.records import Obstacle
from staffing.plan.obstacles.room import Room
from staffing.plan.obstacles.ways import Way
from staffing.plan.records import Number
from staffing.scenario.expand import Expanded, Job, Person
from staffing.scenario.promises import Promises
from staffing.scenario.records import MAXIMISED, Goal

NOT_LOCAL: frozenset[Goal] = frozenset({"changes", "balance"})
"""Goals that a few tasks alone do not tell."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an earlier plan had a task: its one owner, and the weeks from now on that it may have hours in.

    Attributes
    ----------
    ends
        The weeks in which it must have hours, to begin and to end as before.
    """

    job: Job
    person: Person
    weeks: range
    ends: tuple[int, ...]

    def beside_promised(self, promises: Promises, was: Delivery) -> Place | None:
        """Return where its hours beside those promised were; None where it cannot be as it was.

        Parameters
        ----------
        promises
            All of them; they keep to no window, the hours beside them do.
        was
            How the earlier plan had it; promises beyond that do not let it be so again.
        """
        job = self.job
        promised = {week for id_, week in promises.by_week if id_ == job.id}
        weeks = range(max(self.weeks.start, job.earliest), min(self.weeks.stop, job.deadline + 1))
        ends = tuple(week for week in self.ends if week not in promised)
        if job.covered or promises.people[job.id] != was.owners or not set(ends) <= set(weeks):
            return None
        within = was.first <= min(promised) and max(promised) <= was.last
        return replace(self, weeks=weeks, ends=ends) if within else None


@dataclass(frozen=True, slots=True)
class Blocked:
    """What is in the way of a task in its old place; nothing else where its first or its last week has no room."""

    place: Place
    obstacles: tuple[Obstacle, ...] = ()


class Restoring:
    """The plan behind some facts, and tasks put back in it.

    Parameters
    ----------
    facts
        Of the plan.
    """

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._order = {job: place for place, job in enumerate(facts.expanded.jobs)}
        self._goals = [entry.goal for entry in goals_of(facts.expanded.scenario, True) if entry.goal not in NOT_LOCAL]

    @cached_property
    def _by_person(self) -> dict[str, list[Cell]]:
        return self._sorted_by(1)

    @cached_property
    def _by_job(self) -> dict[str, list[Cell]]:
        return self._sorted_by(0)

    def _sorted_by(self, field: int) -> dict[str, list[Cell]]:
        found: dict[str, list[Cell]] = defaultdict(list)
        for cell in self._facts.draft.hours:
            found[str(cell[field])].append(cell)
        return found

    @cached_property
    def _by_client(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for job in self._by_job:
            found[self._facts.expanded.jobs[job].client].append(job)
        return found

    def back(self, places: Sequence[Place]) -> tuple[Goal, Number] | Blocked | None:
        """Put tasks back, one after the other.

        Returns
        -------
        tuple, Blocked or None
            The first goal that would be worse, and by how much; what is in the way; None where no goal would be worse,
            or a more important one better.
        """
        now = self._part(places)
        moved = {place.job.id for place in places}
        hours = {cell: amount for cell, amount in now.draft.hours.items() if cell[0] not in moved}
        for place in places:
            found = self._cells(replace(now, draft=replace(now.draft, hours=dict(hours))), place)
            if isinstance(found, Blocked):
                return found
            hours |= found
        return self._lost(now, replace(now, draft=replace(now.draft, hours=hours)))

    def _part(self, places: Sequence[Place]) -> Facts:
        """Return what the plan has to do with some tasks, their owners now and their owners before."""
        people = {place.person.id for place in places}
        people |= {cell[1] for place in places for cell in self._by_job.get(place.job.id, ())}
        clients = {place.job.client for place in places}
        cells = [cell for person in people for cell in self._by_person.get(person, ())]
        cells += [cell for client in clients for job in self._by_client.get(client, ()) for cell in self._by_job[job]]
        jobs = {*(cell[0] for cell in cells), *(place.job.id for place in places)}
        draft = Draft({cell: self._facts.draft.hours[cell] for cell in cells}, self._facts.hired)
        return Facts(self._about(people | {cell[1] for cell in cells}, jobs), draft)

    def _about(self, people: set[str], jobs: set[str]) -> Expanded:
        """Return the scenario with some people and jobs, and those of whom hours are fixed."""
        whole = self._facts.expanded
        fixed = self._facts.fixed
        people, jobs = people | {cell[1] for cell in fixed}, jobs | {cell[0] for cell in fixed}
        kept = {id_: whole.jobs[id_] for id_ in sorted(jobs, key=self._order.__getitem__)}
        return replace(
            whole,
            people={id_: person for id_, person in whole.people.items() if id_ in people},
            jobs=kept,
            clients={id_: whole.clients[id_] for id_ in {job.client for job in kept.values()}},
            projects={id_: whole.projects[id_] for id_ in {job.project for job in kept.values()} if id_ is not None},
        )

    def _cells(self, facts: Facts, place: Place) -> dict[Cell, Fraction] | Blocked:
        """Return the hours of a task in its old place, or what is in the way of them."""
        way = Way(Room(facts), place.job, place.person, place.weeks)
        if way.obstacles:
            return Blocked(place, way.obstacles)
        room = dict(zip(place.weeks, way.within, strict=True))
        if not all(room[week] for week in place.ends) or way.need < len(set(place.ends)):
            return Blocked(place)
        steps = dict.fromkeys(place.ends, 1)
        missing = way.need - len(steps)
        for week, most in zip(place.weeks, way.in_weeks, strict=True):  # as budgets pay for, the ends aside
            added = min(missing, max(0, most - steps.get(week, 0)))
            steps[week] = steps.get(week, 0) + added
            missing -= added
        for week, most in room.items():
            added = min(missing, most - steps[week])
            steps[week] += added
            missing -= added
        step = facts.expanded.step
        return {(place.job.id, place.person.id, week): count * step for week, count in steps.items() if count}

    def _lost(self, now: Facts, then: Facts) -> tuple[Goal, Number] | None:
        for goal in self._goals:
            lost = MEASURES[goal](now) - MEASURES[goal](then)
            lost = lost if goal in MAXIMISED else -lost
            if lost:
                return (goal, reported(goal, lost)) if lost > 0 else None
        return None
