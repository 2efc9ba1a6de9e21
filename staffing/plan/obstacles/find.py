"""All that is in the way of a task: whoever does it, and by each way in which it could be done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from heapq import nlargest
from typing import get_args

from staffing.plan.facts import ZERO, Facts
from staffing.plan.numbers import number
from staffing.plan.obstacles.records import Because, Obstacle
from staffing.plan.obstacles.room import Room, without
from staffing.plan.obstacles.ways import Way
from staffing.scenario.bookings import finishers, groups_of
from staffing.scenario.expand import Job, Person, Rule

FAR: dict[str, Fraction] = {"hired": Fraction(1, 2), "clients": Fraction(1, 2), "one_owner": Fraction(9, 10)}
"""How far obstacles are from being overcome, from 0 to 1; those of hours and money by the share that is missing."""


@dataclass(frozen=True)
class Hindered:
    """A task and what is in its way.

    Attributes
    ----------
    job
        The task.
    shared
        What is in the way whoever does it.
    ways
        Who may do it, in the scenario's order; of the copies of a placeholder none after the first that is not hired.
    """

    job: Job
    shared: tuple[Obstacle, ...]
    ways: tuple[Way, ...] = ()

    @cached_property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """What is in the way whoever does it, then what is in the way of each, of the nearest first."""
        said = {_likeness(obstacle) for obstacle in self.shared}
        own = (obstacle for way in sorted(self.ways, key=_farness) for obstacle in way.obstacles)
        return (*self.shared, *(obstacle for obstacle in own if _likeness(obstacle) not in said))

    @cached_property
    def because(self) -> Because:
        """The most telling obstacle: one in the way whoever does it, else the last one of whoever is nearest to it."""
        fits = self.fits
        if fits is not None:
            weeks = tuple(week for week, steps in zip(fits.weeks, fits.in_weeks, strict=True) if steps)
            return Because(self.job.id, fits=fits.person.id, weeks=weeks)
        if self.shared:
            return Because(self.job.id, self.shared[0])
        nearest = min(self.ways, key=_farness)
        return Because(self.job.id, max(nearest.obstacles, key=_far))

    @property
    def fits(self) -> Way | None:
        """The first way that nothing is in."""
        return None if self.shared else next((way for way in self.ways if not way.obstacles), None)


def because(facts: Facts) -> tuple[Because, ...]:
    """Return why each waiting task waits, in the scenario's order; of tasks in a row the first that waits is told."""
    room = Room(facts)
    found = {job.id: hindered(facts, job, room).because for job in facts.waiting}
    return tuple(replace(one, obstacle=_root(found, one.obstacle)) for one in found.values())


def _root(found: Mapping[str, Because], obstacle: Obstacle | None) -> Obstacle | None:
    """Return an obstacle, for a predecessor that waits for another one the other."""
    while obstacle is not None and obstacle.task is not None and obstacle.needed is None:
        further = found[obstacle.task].obstacle
        if further is None or further.task is None or further.needed is not None:
            break
        obstacle = further
    return obstacle


def hindered(facts: Facts, job: Job, room: Room | None = None) -> Hindered:
    """Return what is in the way of a waiting task, or of a late one being on time.

    Parameters
    ----------
    facts
        Of the plan.
    job
        A task that the plan does not deliver, or delivers late.
    room
        What the plan leaves, where many waiting tasks share it.
    """
    last = job.deadline
    if facts.is_delivered(job.id):
        last = min(last, job.due if job.due is not None else last)
        facts, room = without(facts, job.id), None
        fixed = [week for id_, _, week in facts.fixed if id_ == job.id and week > last]
        if fixed:
            return Hindered(job, (Obstacle("no_window", weeks=(max(fixed),), needed=max(fixed), left=last),))
    if job.earliest > last:
        return Hindered(job, (Obstacle("no_window", needed=job.earliest, left=last),))
    return _within(room or Room(facts), job, last)


def _within(room: Room, job: Job, last: int) -> Hindered:
    facts = room.facts
    before = list(_before(facts, job, last))
    people = finishers(facts.expanded, job)
    if not people:
        return Hindered(job, (*_unqualified(facts, job), *before))
    after = _bounds(facts, job)
    first = max([job.earliest, *(week for _, week in after)])
    whole = range(job.earliest, last + 1)
    ways = _ways(room, job, people, range(first, last + 1) if first <= last else whole)
    shortened = not before and first > job.earliest and all(way.obstacles for way in ways)
    if shortened and any(not way.obstacles for way in _ways(room, job, people, whole)):
        earlier = max(after, key=lambda entry: entry[1])[0]
        weeks = tuple(range(first, last + 1))
        before.append(Obstacle("predecessor", task=earlier, weeks=weeks, needed=first, left=last))
    return Hindered(job, (*before, *_common(ways), *_together(room, job, ways)), ways)


def _ways(room: Room, job: Job, people: Sequence[Person], weeks: range) -> tuple[Way, ...]:
    hired = room.facts.hired

    def reached(person: Person) -> bool:
        """Whether no earlier copy would be hired before (rule H)."""
        return person.id in hired or person.earlier_copy is None or person.earlier_copy in hired

    return tuple(Way(room, job, person, weeks) for person in people if reached(person))


# whoever does it


def _bounds(facts: Facts, job: Job) -> list[tuple[str, int]]:
    """Return each predecessor that is over, with the first week it lets the task begin in (rule P)."""
    over = ((earlier, facts.over(earlier), lag) for earlier, lag in job.after)
    return [(earlier, week + lag) for earlier, week, lag in over if week is not None]


def _before(facts: Facts, job: Job, last: int) -> Iterator[Obstacle]:
    """Yield each predecessor that waits, or is over too late (rule P)."""
    for earlier, _ in job.after:
        if facts.over(earlier) is None and not facts.expanded.jobs[earlier].done:
            yield Obstacle("predecessor", task=earlier)
    for earlier, week in _bounds(facts, job):
        if week > last:
            yield Obstacle("predecessor", task=earlier, needed=week, left=last)


def _unqualified(facts: Facts, job: Job) -> Iterator[Obstacle]:
    """Yield what forbids everybody, else what forbids each of those who are named or nearest to it (rule Q)."""
    expanded = facts.expanded
    if expanded.able(job):
        held = (expanded.promises.group_owners.get(group, ()) for group in groups_of(job, expanded))
        holders = sorted({*expanded.promises.people.get(job.id, ()), *(one for people in held for one in people)})
        yield Obstacle("not_qualified", owner=holders[0], rule="owner")
        return
    rules = {person.id: tuple(expanded.forbidden(job, person)) for person in expanded.people.values()}
    every = frozenset.intersection(*map(frozenset, rules.values()))
    if every:
        for rule in get_args(Rule):
            if rule in every:
                yield from _of_everybody(facts, job, rule)
        return
    named = [person for person, broken in rules.items() if not {"owner", "only"} & set(broken)] or list(rules)
    for person in named:
        for rule in rules[person]:
            yield _forbidden(facts, job, expanded.people[person], rule)


def _of_everybody(facts: Facts, job: Job, rule: Rule) -> list[Obstacle]:
    """Return what forbids everybody alike; skills may be missing one here and another there."""
    told = [_forbidden(facts, job, person, rule) for person in facts.expanded.people.values()]
    if len({obstacle.skill for obstacle in told}) > 1:
        return told
    return [replace(max(told, key=lambda obstacle: obstacle.left or 0), staff=None)]


def _forbidden(facts: Facts, job: Job, person: Person, rule: Rule) -> Obstacle:
    """Return what forbids somebody to do a task, by a rule: of several skills that are missing the first."""
    return next(not_allowed(facts, job, person, rule))


def not_allowed(facts: Facts, job: Job, person: Person, rule: Rule) -> Iterator[Obstacle]:
    """Yield what forbids somebody to do a task, by a rule that does, skills one by one.

    A kind of work that they do not do is a matter of their role.
    """
    obstacle = Obstacle("not_qualified", person.id)
    if rule == "skill":
        for skill, level in job.skills.items():
            if (has := person.skills.get(skill, 0)) < level:
                yield replace(obstacle, rule="skill", skill=skill, needed=level, left=has)
        return
    if rule == "kind":
        yield replace(obstacle, rule="role", work=job.kind)
    elif rule == "owner":
        yield replace(obstacle, rule="owner", owner=facts.expanded.owner_for(job))
    else:
        yield replace(obstacle, rule=rule)


def _common(ways: Sequence[Way]) -> list[Obstacle]:
    """Return budgets and a pace that are in everybody's way, with the least that anybody lacks; most lacking first."""
    common: dict[tuple[object, ...], Obstacle] | None = None
    for way in ways:
        own = {_likeness(obstacle): obstacle for obstacle in way.obstacles if obstacle.kind in ("budget", "pace")}
        if common is None:
            common = own
        else:
            common = {like: min(least, own[like], key=_lacking) for like, least in common.items() if like in own}
        if not common:
            return []
    found = [
        replace(least, staff=None) if least.most is None or least.kind == "pace" else least
        for least in (common or {}).values()
    ]
    return sorted(found, key=_lacking, reverse=True)


def _lacking(obstacle: Obstacle) -> float:
    return (obstacle.needed or 0) - (obstacle.left or 0)


def _together(room: Room, job: Job, ways: Sequence[Way]) -> Iterator[Obstacle]:
    """Yield the hours that those who may share a task have left together, where these are too few."""
    if job.max_owners == 1 or len(ways) < 2:
        return
    step = room.expanded.step
    efforts = [way.most * step * way.person.productivity[job.kind] for way in ways]
    most = sum(nlargest(job.max_owners, efforts), ZERO)
    if most < job.effort:
        weeks = tuple(ways[0].weeks)
        yield Obstacle("hours", weeks=weeks, needed=number(job.effort), left=number(most), most=job.max_owners)


def _likeness(obstacle: Obstacle) -> tuple[object, ...]:
    """Return what one obstacle has in common with others of the same thing, whoever does the task."""
    if obstacle.kind in ("budget", "pace"):
        return obstacle.kind, obstacle.of, obstacle.budget, obstacle.period
    return obstacle.kind, obstacle.staff, obstacle.rule, obstacle.task


def _farness(way: Way) -> Fraction:
    """Return how far somebody is from doing the task."""
    return sum(map(_far, way.obstacles), ZERO)


def _far(obstacle: Obstacle) -> Fraction:
    """Return how far an obstacle is from being overcome, from 0 to 1."""
    if obstacle.kind in FAR or not obstacle.needed:
        return FAR.get(obstacle.kind, Fraction(1))
    return min(Fraction(1), max(ZERO, 1 - Fraction(obstacle.left or 0) / Fraction(obstacle.needed)))
