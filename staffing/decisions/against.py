"""What forbids somebody to own a task, whatever the plan: every rule that does, and hours too few even for it alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.figures import in_weeks, number
from staffing.plan.names import Names
from staffing.plan.obstacles.find import not_allowed
from staffing.plan.obstacles.records import Obstacle
from staffing.plan.obstacles.room import Room
from staffing.plan.obstacles.ways import Way
from staffing.plan.obstacles.words import sentence
from staffing.scenario.bookings import finishers
from staffing.scenario.expand import Expanded, Job, Person, Rule


@dataclass(frozen=True, slots=True)
class Forbidden:
    """Something that forbids a person to own a task.

    Attributes
    ----------
    rule
        A part of rule Q (owner, only, except, exclude, role, kind, skill), or what else is in the way even if nothing
        else were planned: no_window, bookings, one_owner, away, hours, kind_limit, clients, pace, budget.
    text
        The same in a sentence.
    skill
        The skill that is missing.
    """

    rule: str
    text: str
    skill: str | None = None

    def as_document(self) -> dict[str, str]:
        """Return it as plain values."""
        return {"rule": self.rule, "text": self.text}


class Against:
    """What forbids people to own tasks, whatever the plan.

    Parameters
    ----------
    expanded
        The scenario, with its history and promises.
    names
        What people, tasks and clients are called.
    """

    def __init__(self, expanded: Expanded, names: Names) -> None:
        self._names = names
        everybody = frozenset(person.id for person in expanded.people.values() if person.placeholder)
        self._facts = Facts(expanded, Draft({}, everybody))
        self._room = Room(self._facts)

    def of(self, jobs: Sequence[Job], person: Person) -> tuple[Forbidden, ...]:
        """Return what forbids a person to own some occurrences of a task, each thing once."""
        found: dict[tuple[str, str | None], Forbidden] = {}
        for job in jobs:
            for one in self._of_one(job, person):
                found.setdefault((one.rule, one.skill), one)
        return tuple(found.values())

    def _of_one(self, job: Job, person: Person) -> Iterator[Forbidden]:
        expanded = self._facts.expanded
        rules = tuple(expanded.forbidden(job, person))
        for rule in rules:
            yield from self._by_rule(job, person, rule)
        if not rules and person not in finishers(expanded, job):
            name = self._names.person(person.id)
            yield Forbidden("bookings", f"{name} may not own it: others have promised hours on such work.")
        if job.earliest > job.deadline:
            obstacle = Obstacle("no_window", needed=job.earliest, left=job.deadline)
            yield Forbidden("no_window", sentence(self._names, obstacle))
        elif "kind" not in rules and (person.productivity[job.kind] or person.id in job.estimates):
            yield from self._alone(job, person)

    def _by_rule(self, job: Job, person: Person, rule: Rule) -> Iterator[Forbidden]:
        for obstacle in not_allowed(self._facts, job, person, rule):
            yield Forbidden(rule, sentence(self._names, obstacle), obstacle.skill)

    def _alone(self, job: Job, person: Person) -> Iterator[Forbidden]:
        """Yield what is in the way even if nothing else were planned."""
        way = Way(self._room, job, person, range(job.earliest, job.deadline + 1))
        name, weeks = self._names.person(person.id), in_weeks(list(way.weeks))
        if not any(person.available_days[week - 1] for week in way.weeks):
            yield Forbidden("away", f"{name} has no working day in {weeks}.")
            return
        for obstacle in way.obstacles:
            if obstacle.kind == "hours":
                left, needed = number(obstacle.left), number(obstacle.needed)
                text = f"{name} has {left} hours in {weeks}, all told; the task would take {needed} of them."
                yield Forbidden("hours", text)
            elif obstacle.kind not in ("hired", "one_owner"):
                yield Forbidden(obstacle.kind, sentence(self._names, obstacle))
