"""Why tasks are not as in the baseline: what a re-plan changed, from whom and when, to whom and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from fractions import Fraction

from staffing.plan.changes import Difference, differences
from staffing.plan.draft import need
from staffing.plan.earlier import Delivery
from staffing.plan.facts import ZERO, Facts
from staffing.plan.goals import reported
from staffing.plan.numbers import exact
from staffing.plan.records import BaselineTask, Change, Number, Reason, TaskResult, Why
from staffing.plan.restoring import Blocked, Place, Restoring
from staffing.scenario.dates import first_day
from staffing.scenario.expand import Job, Person
from staffing.scenario.records import Goal

Told = tuple[Why, str | None, Number | None]
"""A reason, the id of whoever or whatever it speaks of, and what is gained."""
OF_WAITING: dict[Reason, Why] = {
    "no_window": "window",
    "no_eligible_staff": "nobody",
    "after_waiting": "predecessor_waits",
    "capacity": "capacity",
    "budget": "budget",
    "limits": "limits",
}
GAINED: dict[Goal, Why] = {
    "value": "value",
    "net_value": "net_value",
    "lateness": "lateness",
    "cost": "cost",
    "overtime": "overtime",
    "hours": "hours",
    "contacts": "contacts",
}
"""The reason that tells what is gained of a goal."""


def changes_told(facts: Facts, results: Mapping[str, TaskResult]) -> tuple[Change, ...]:
    """Return what changed against the baseline, task by task in the scenario's order, each with its reason.

    Parameters
    ----------
    facts
        Of the plan.
    results
        What becomes of each task, by id.
    """
    if facts.baseline is None:
        return ()
    reading = _Reading(facts, results)
    return tuple(reading.change(each) for each in sorted(reading.differences.values(), key=reading.order))


class _Reading:
    def __init__(self, facts: Facts, results: Mapping[str, TaskResult]) -> None:
        self.facts = facts
        self.results = results
        self.expanded = facts.expanded
        assert facts.baseline is not None
        self.known: dict[str, BaselineTask] = {task.task: task for task in reversed(facts.baseline.tasks)}
        self.differences = {each.task: each for each in differences(facts)}
        self.at: dict[tuple[str, int], list[tuple[str, Fraction]]] = {}
        for (id_, staff, week), hours in facts.draft.hours.items():
            self.at.setdefault((staff, week), []).append((id_, hours))
        self._order = {job: place for place, job in enumerate(self.expanded.jobs)}
        self._followers: dict[str, list[str]] = {}
        for job in self.expanded.jobs.values():
            for before, _ in job.after:
                self._followers.setdefault(before, []).append(job.id)
        self._restoring = Restoring(facts)
        self._families: dict[str, Told] = {}

    def order(self, difference: Difference) -> int:
        return self._order[difference.task]

    def change(self, difference: Difference) -> Change:
        was, now = self.known[difference.task], self.results[difference.task]
        why, about, gain = self._why(difference)
        return Change(
            task=now.task,
            was=was.state,
            now=now.state,
            was_owners=was.owners,
            owners=now.owners,
            was_first_day=was.first_day,
            was_last_day=was.last_day,
            first_day=self._day(now.first_week),
            last_day=self._day(now.last_week),
            why=why,
            about=about,
            gain=gain,
        )

    def _day(self, week: int | None) -> dt.date | None:
        return None if week is None else first_day(week, self.expanded.scenario.start)

    # why

    def _why(self, difference: Difference) -> Told:
        """Return the first reason that holds: what makes it impossible, what lies in the way, what is gained."""
        job = self.expanded.jobs[difference.task]
        if difference.was is None:
            return self._new(job)
        return (
            self._forced(job, difference.was)
            or self._handed_over(job, difference)
            or self._waiting(job)
            or self._put_back(job, difference.was)
        )

    def _new(self, job: Job) -> Told:
        """Return why a task is delivered that waited."""
        if job.must:
            return "must", None, None
        for later in self._followers.get(job.id, ()):
            if self.expanded.jobs[later].must and self.facts.is_delivered(later):
                return "needed", later, None
        return "value", None, reported("value", job.value)

    def _forced(self, job: Job, was: Delivery) -> Told | None:
        """Return what makes it impossible to deliver a task as before, whatever else is planned."""
        able = {owner for owner in was.owners if self._may_work(job, owner)}
        promised = self.expanded.promises.people.get(job.id, frozenset())
        owning = able | promised if able or job.covered else able  # promised hours are theirs, whatever the rules
        barred = min(was.owners - owning, default=None)
        if barred is not None:
            return "not_allowed" if barred in self.expanded.people else "left", barred, None
        from_week = self.expanded.from_week
        if was.last < from_week or (was.first < from_week and not self._begun(job, was.first)):
            return "week_over", None, None
        if job.id in self.expanded.promises.people:  # its promised hours keep to no window and no limit
            return None
        return self._after(job, was) or self._outside(job, was) or self._away(job, was)

    def _may_work(self, job: Job, owner: str) -> bool:
        """Return whether somebody may have hours on a job beside those promised."""
        person = self.expanded.people.get(owner)
        return person is not None and self.expanded.may_do(job, person)

    def _begun(self, job: Job, week: int) -> bool:
        return any(cell[0] == job.id and cell[2] == week for cell in self.facts.history)

    def _after(self, job: Job, was: Delivery) -> Told | None:
        """Return what comes before a task and does not let it begin as early."""
        for earlier, lag in job.after:
            span = self.facts.span(earlier)
            over = span[1] if span else self.expanded.finished.get(earlier, 0)
            if span is None and not self.expanded.jobs[earlier].done:
                return "predecessor_waits", earlier, None
            if over + lag > max(was.first, self.expanded.from_week):
                return "predecessor", earlier, None
        return None

    def _outside(self, job: Job, was: Delivery) -> Told | None:
        early = was.first >= self.expanded.from_week and was.first < job.earliest
        return ("window", None, None) if early or was.last > job.deadline else None

    def _weeks(self, was: Delivery) -> tuple[range, tuple[int, ...]]:
        """Return the weeks from now on that a task had, and those in which it must have hours to be as before."""
        first = max(was.first, self.expanded.from_week)
        weeks = range(first, min(was.last, self.expanded.weeks) + 1)
        return weeks, tuple(dict.fromkeys((first, weeks[-1]) if first == was.first else weeks[-1:]))

    def _away(self, job: Job, was: Delivery) -> Told | None:
        """Return who has no hours in a week that they must work in, or too few in all."""
        weeks, ends = self._weeks(was)
        people = [self.expanded.people[owner] for owner in sorted(was.owners)]
        for week in ends:
            if not any(_most(person, week) for person in people):
                return "away", people[0].id, None
        if len(people) > 1:
            return None
        person = people[0]
        hours = need(job, person, self.expanded.step)
        pace = hours if job.weekly_max is None else job.weekly_max
        if hours is None or sum((min(pace or ZERO, _most(person, week)) for week in weeks), ZERO) >= hours:
            return None
        there = sum((min(pace or ZERO, _contract(person, week)) for week in weeks), ZERO) >= hours
        return ("away" if there else "capacity"), person.id, None

    def _waiting(self, job: Job) -> Told | None:
        reason = self.results[job.id].reason
        return (OF_WAITING[reason], None, None) if reason in OF_WAITING else None

    # occurrences that have one owner

    def _handed_over(self, job: Job, difference: Difference) -> Told | None:
        """Return why all of a `same_owner` repeat was handed over, which is one change; None where it was not."""
        if not job.same_owner or not difference.handed_over:
            return None
        if job.task not in self._families:
            self._families[job.task] = self._of_family(job)
        return self._families[job.task]

    def _of_family(self, job: Job) -> Told:
        """Return what forces any occurrence into other hands, or what is in the way of all of them, or is gained."""
        all_ = [
            (self.expanded.jobs[other.task], other.was)
            for other in self.differences.values()
            if other.was is not None and self.expanded.jobs[other.task].task == job.task
        ]
        for occurrence, was in all_:
            told = self._forced(occurrence, was)
            if told is not None and told[0] in ("left", "not_allowed", "away", "capacity"):
                return told
        own = [(one, was) for one, was in all_ if self.facts.is_delivered(one.id) and self._forced(one, was) is None]
        places = [place for one, was in own if (place := self._place(one, was)) is not None]
        return self._told(self._restoring.back(places)) if len(places) == len(own) else ("nothing", None, None)

    # put back where it was

    def _put_back(self, job: Job, was: Delivery) -> Told:
        """Return what is in the way of a task where it was, or what is gained by its not being there."""
        for later in self._followers.get(job.id, ()):
            lag = next(lag for before, lag in self.expanded.jobs[later].after if before == job.id)
            if later in self.facts.new_hours and self.facts.first_new_week(later) < was.last + lag:
                return "successor", later, None
        place = self._place(job, was)
        if place is None:
            return self._of_several(job, was)
        return self._told(self._restoring.back([place]))

    def _place(self, job: Job, was: Delivery) -> Place | None:
        """Return where a task was; None where it had several owners, or promised hours do not let it go back there."""
        if len(was.owners) != 1:
            return None
        (owner,) = was.owners
        weeks, ends = self._weeks(was)
        place = Place(job, self.expanded.people[owner], weeks, ends)
        if job.id not in self.expanded.promises.people:
            return place
        return None if self._after(job, was) else place.beside_promised(self.expanded.promises, was)

    def _told(self, found: tuple[Goal, Number] | Blocked | None) -> Told:
        if found is None:
            return "nothing", None, None
        if not isinstance(found, Blocked):
            return GAINED[found[0]], None, found[1]
        place = found.place
        by_kind = {obstacle.kind: obstacle for obstacle in reversed(found.obstacles)}
        first = found.obstacles[0] if found.obstacles else None
        if "budget" in by_kind and (first is by_kind["budget"] or not self.facts.is_delivered(place.job.id)):
            return "budget", None, None
        if "hired" in by_kind:
            return "not_hired", place.person.id, None
        short = ZERO if first is None else exact(first.needed or 0) - exact(first.left or 0)
        told = self._occupied(place.job, place.person, place.weeks if first is not None else place.ends, short)
        return ("limits", None, None) if told[0] == "capacity" and first and first.kind != "hours" else told

    def _of_several(self, job: Job, was: Delivery) -> Told:
        """Return what several owners have less room for, or what is gained as far as the task alone tells."""
        weeks, _ = self._weeks(was)
        free = {}
        for owner in sorted(was.owners):
            if not self._may_work(job, owner):
                continue
            person = self.expanded.people[owner]
            loads = (self.facts.load.get((owner, week), ZERO) for week in weeks)
            left = sum((_most(person, week) - load for week, load in zip(weeks, loads, strict=True)), ZERO)
            own = sum((self.facts.draft.hours.get((job.id, owner, week), ZERO) for week in weeks), ZERO)
            free[owner] = (left + own) * person.productivity[job.kind]
        if sum(free.values(), ZERO) < job.effort:
            least = min(free, key=lambda owner: free[owner])
            return self._occupied(job, self.expanded.people[least], weeks, ZERO)
        late = max(0, was.last - job.due) if job.due is not None else 0
        if self.facts.is_delivered(job.id) and late > self.facts.weeks_late(job):
            return "lateness", None, reported("lateness", Fraction(job.weight * (late - self.facts.weeks_late(job))))
        return "nothing", None, None

    def _occupied(self, job: Job, person: Person, weeks: Sequence[int], short: Fraction) -> Told:
        """Return the work in somebody's weeks that did not lie there before: new work first, what is enough first."""
        found: dict[str, Fraction] = {}
        for week in weeks:
            for other, hours in self.at.get((person.id, week), ()):
                if other != job.id:
                    found[other] = found.get(other, ZERO) + hours
        fresh = {other: hours for other, hours in found.items() if other not in self.known}
        moved = {other: hours for other, hours in found.items() if other in self.differences}
        if not (among := fresh or moved):
            return "capacity", person.id, None
        largest = max(among, key=lambda other: (among[other] >= short, among[other], other))
        data = self.expanded.jobs[largest]
        new = largest not in self.known or self.differences[largest].was is None
        worth = reported("value", data.value) if new and data.value and not data.must else None
        return ("new_work" if fresh else "makes_room"), largest, worth


def _most(person: Person, week: int) -> Fraction:
    return person.capacity[week - 1] + (person.overtime if person.available_days[week - 1] else ZERO)


def _contract(person: Person, week: int) -> Fraction:
    """Return the hours of a week in which nobody is away."""
    return person.contract[week - 1] + person.overtime
