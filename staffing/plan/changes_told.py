"""Why tasks are not as in the baseline: what a re-plan changed, from whom and when, to whom and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from staffing.plan.changes import Difference, differences
from staffing.plan.draft import need
from staffing.plan.earlier import Delivery
from staffing.plan.facts import ZERO, Facts
from staffing.plan.records import BaselineTask, Change, Reason, TaskResult, Why
from staffing.scenario.dates import first_day
from staffing.scenario.expand import Expanded, Job, Person

Told = tuple[Why, str | None]
"""A reason, and the id of whoever or whatever it speaks of."""
OF_WAITING: dict[Reason, Why] = {
    "no_window": "window",
    "no_eligible_staff": "nobody",
    "after_waiting": "predecessor",
    "capacity": "capacity",
    "budget": "budget",
    "limits": "limits",
}


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


@dataclass(frozen=True, slots=True)
class _Place:
    """Who delivered a task before, and in which weeks."""

    job: Job
    people: tuple[Person, ...]
    weeks: range


class _Reading:
    def __init__(self, facts: Facts, results: Mapping[str, TaskResult]) -> None:
        self.facts = facts
        self.results = results
        self.expanded = facts.expanded
        assert facts.baseline is not None
        self.known: dict[str, BaselineTask] = {task.task: task for task in reversed(facts.baseline.tasks)}
        self.differences = {each.task: each for each in differences(facts)}
        self.cells: dict[str, list[tuple[str, int, Fraction]]] = {}
        self.at: dict[tuple[str, int], list[tuple[str, Fraction]]] = {}
        for (id_, staff, week), hours in facts.draft.hours.items():
            self.cells.setdefault(id_, []).append((staff, week, hours))
            self.at.setdefault((staff, week), []).append((id_, hours))
        self._places = {job: place for place, job in enumerate(self.expanded.jobs)}

    def order(self, difference: Difference) -> int:
        return self._places[difference.task]

    def change(self, difference: Difference) -> Change:
        was, now = self.known[difference.task], self.results[difference.task]
        why, about = self._why(difference)
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
        )

    def _day(self, week: int | None) -> dt.date | None:
        return None if week is None else first_day(week, self.expanded.scenario.start)

    # why

    def _why(self, difference: Difference) -> Told:
        """Return the first reason that holds: what makes it impossible, what lies in the way, what is gained."""
        job = self.expanded.jobs[difference.task]
        if difference.was is None:
            return ("must" if job.must else "value"), None
        return (
            self._forced(job, difference.was)
            or self._with_its_repeat(job, difference)
            or self._in_the_way(job, difference.was)
            or self._gained(job, difference.was)
        )

    def _forced(self, job: Job, was: Delivery) -> Told | None:
        """Return what makes it impossible to deliver a task as before, whatever else is planned."""
        for owner in sorted(was.owners):
            if owner not in self.expanded.people:
                return "left", owner
            if not self.expanded.may_do(job, self.expanded.people[owner]):
                return "not_allowed", owner
        place = self._place(job, was)
        from_week = self.expanded.from_week
        if was.last < from_week or (was.first < from_week and not self._begun(job, was.first)):
            return "week_over", None
        return self._after(job, was) or self._outside(job, was) or self._away(place) or self._waiting(job)

    def _place(self, job: Job, was: Delivery) -> _Place:
        people = tuple(self.expanded.people[owner] for owner in sorted(was.owners))
        first = max(was.first, self.expanded.from_week)
        return _Place(job, people, range(first, min(was.last, self.expanded.weeks) + 1))

    def _begun(self, job: Job, week: int) -> bool:
        return any(cell[0] == job.id and cell[2] == week for cell in self.facts.history)

    def _after(self, job: Job, was: Delivery) -> Told | None:
        """Return what comes before a task and does not let it begin as early."""
        for earlier, lag in job.after:
            before = self.expanded.jobs[earlier]
            span = self.facts.span(earlier)
            over = span[1] if span else self.expanded.finished.get(earlier, 0)
            if (span is None and not before.done) or over + lag > max(was.first, self.expanded.from_week):
                return "predecessor", earlier
        return None

    def _outside(self, job: Job, was: Delivery) -> Told | None:
        early = was.first >= self.expanded.from_week and was.first < job.earliest
        return ("window", None) if early or was.last > job.deadline else None

    def _away(self, place: _Place) -> Told | None:
        """Return who has no hours in a week that they must work in, or too few in all."""
        for person in place.people:
            room = [_most(person, week) for week in place.weeks]
            if not all(room[end] for end in (0, -1) if room):
                return "away", person.id
            hours = need(place.job, person, self.expanded.step)
            if len(place.people) == 1 and (hours is None or sum(room, ZERO) < hours):
                absent = any(not person.available_days[week - 1] for week in place.weeks)
                return ("away" if absent else "capacity"), person.id
        return None

    def _waiting(self, job: Job) -> Told | None:
        reason = self.results[job.id].reason
        return (OF_WAITING[reason], None) if reason in OF_WAITING else None

    def _with_its_repeat(self, job: Job, difference: Difference) -> Told | None:
        """Return why another occurrence of a `same_owner` repeat had to be handed over, and this one with it."""
        if not job.same_owner or not difference.handed_over:
            return None
        for other in self.differences.values():
            sibling = self.expanded.jobs[other.task]
            if other.was is not None and sibling.task == job.task and other is not difference:
                forced = self._forced(sibling, other.was)
                if forced is not None and forced[0] in ("left", "not_allowed", "away", "capacity"):
                    return forced
        return None

    def _in_the_way(self, job: Job, was: Delivery) -> Told | None:
        """Return what of the plan lies where a task lay: work in its owner's weeks, or that burns its budget."""
        place = self._place(job, was)
        own = self.facts.draft.hours
        for person in place.people:
            hours = need(job, person, self.expanded.step)
            free = sum(
                (
                    max(ZERO, _most(person, week) - self.facts.load.get((person.id, week), ZERO))
                    + own.get((job.id, person.id, week), ZERO)
                    for week in place.weeks
                ),
                ZERO,
            )
            if hours is not None and len(place.people) == 1 and free < hours:
                return self._occupied(person, place.weeks, job)
        if self._too_dear(place):
            return "budget", None
        return None

    def _occupied(self, person: Person, weeks: range, job: Job) -> Told:
        """Return the largest work that lies in somebody's weeks and did not lie there before; new work first."""
        found: dict[str, Fraction] = {}
        for week in weeks:
            for other, hours in self.at.get((person.id, week), ()):
                if other != job.id:
                    found[other] = found.get(other, ZERO) + hours
        fresh = {other: hours for other, hours in found.items() if other not in self.known}
        moved = {other: hours for other, hours in found.items() if other in self.differences}
        if among := fresh or moved:
            return ("new_work" if fresh else "makes_room"), max(among, key=lambda other: (among[other], other))
        return "capacity", person.id

    def _too_dear(self, place: _Place) -> bool:
        """Whether some budget could not pay a task in its old place, beside the rest of the plan."""
        job = place.job
        if not job.billable or len(place.people) != 1:
            return False
        person = place.people[0]
        money = (need(job, person, self.expanded.step) or ZERO) * _rate(self.expanded, person.id)
        now = [(week, hours * _rate(self.expanded, person)) for person, week, hours in self.cells.get(job.id, ())]
        for key in (("client", job.client), ("project", job.project or "")):
            for period in self.expanded.budgets.get(key, ()):
                if set(place.weeks) <= set(period.weeks):
                    own = sum((amount for week, amount in now if week in period.weeks), ZERO)
                    if self.facts.new_burn[key, period.name] - own + money > period.left:
                        return True
        return False

    def _gained(self, job: Job, was: Delivery) -> Told:
        """Return what the change is good for, as far as the task alone tells."""
        span = self.facts.span(job.id)
        if span is None:
            return "value", None
        if job.due is not None and max(0, was.last - job.due) > self.facts.weeks_late(job):
            return "lateness", None
        rates = {id_: person.cost_rate for id_, person in self.expanded.people.items()}
        before, now = (
            max((rates[one] for one in who), default=ZERO) for who in (was.owners, self.facts.owners(job.id))
        )
        if now < before:
            return "cost", None
        return "nothing", None


def _most(person: Person, week: int) -> Fraction:
    return person.capacity[week - 1] + (person.overtime if person.available_days[week - 1] else ZERO)


def _rate(expanded: Expanded, person: str) -> Fraction:
    """Return what an hour of somebody burns of a budget."""
    data = expanded.people[person]
    return data.cost_rate if expanded.scenario.budget_basis == "cost" else data.bill_rate
