"""Hires in plain English: whom, at which price, and what stops what they cannot deliver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from staffing.decisions.given import Given
from staffing.decisions.hire_pool import Pool
from staffing.decisions.hire_staffed import Staffed
from staffing.decisions.hiring import Hire
from staffing.plan.describe import context
from staffing.plan.facts import Facts
from staffing.plan.figures import number
from staffing.plan.goals import lateness as lateness_of
from staffing.plan.goals import value as value_of
from staffing.plan.names import Names
from staffing.plan.numbers import money
from staffing.plan.obstacles.find import hindered
from staffing.plan.obstacles.room import Room
from staffing.plan.obstacles.words import why
from staffing.plan.records import Number
from staffing.scenario.expand import Job
from staffing.scenario.findings import listed

FEW = 3
"""Reasons told, of those that stop most tasks."""


class Words:
    """Says it.

    Parameters
    ----------
    given
        The best plan known with nobody hired; what hires bring is told beyond it.
    pool
        Those who could be hired.
    kind
        ``all`` work, or ``must`` work.
    wanted
        The tasks to deliver.
    """

    def __init__(self, given: Given, pool: Pool, kind: str, wanted: Sequence[Job]) -> None:
        self._given = given
        self._pool = pool
        self._work = "all work" if kind == "all" else "all must work"
        self._wanted = {job.id for job in wanted}

    def verdict(self, sets: Sequence[Staffed], ladder: Sequence[Staffed], *, refuted: bool) -> str:
        """Return the answer in a sentence or two.

        Parameters
        ----------
        sets
            Those with whom all that is wanted is delivered, the cheapest first.
        ladder
            The best plans with nobody hired, with one, and so on.
        refuted
            Whether it is proven that no set suffices.
        """
        if sets and not sets[0].hires:
            better = " A better set is not ruled out." if sets[0].late() and not sets[0].proven else ""
            return f"{self._without(sets[0])}{better}"
        if sets:
            cheapest = "" if ladder[0].proven else " A better plan with nobody hired is not ruled out."
            if not sets[0].proven:
                cheapest = " It is the cheapest found; a cheaper one is not ruled out."
            if self._suffices(ladder[0], sets[0]):
                better = f"By the goals hiring is better all the same: {self._with(sets[0])}"
                return f"{self._without(ladder[0])} {better}{cheapest}"
            return f"Yes: {self._with(sets[0])}{cheapest}"
        rest = f"{self._none()} {self._work}; that is proven."
        if not refuted:
            rest = f"No hires were found that deliver {self._work}; that there are none is not proven."
        step = next((one for one in ladder if one.hires), None)
        if step is None:
            return f"No: nobody who could be hired makes the plan better. {rest}"
        best = (
            "" if step.proven and ladder[0].proven else "Both plans are the best found; better ones are not ruled out. "
        )
        return f"{self._pays(step)}: {self._effect(step)} {best}{rest}"

    def _without(self, one: Staffed) -> str:
        late = f", {number(one.late())} of it late" if one.late() else ""
        return f"No: nobody need be hired, {self._work} is delivered without{late}."

    def _suffices(self, nobody: Staffed, one: Staffed) -> bool:
        """Return whether all is delivered with nobody hired, too, and no later."""
        return nobody.delivers(dict.fromkeys(self._wanted)) and lateness_of(nobody.facts) <= lateness_of(one.facts)

    def _none(self) -> str:
        """Return that no set of hires delivers something, of those that may be."""
        size, everybody = self._pool.size, sum(map(len, self._pool.copies.values()))
        if not self._pool.profiles and size == everybody:
            return "No hires deliver"
        return f"Up to {size} hires do not deliver" if size > 1 else "One hire does not deliver"

    def of_set(self, one: Staffed) -> str:
        """Return a set in a sentence."""
        told = self._with(one)
        return f"{told[0].upper()}{told[1:]}"

    def _with(self, one: Staffed) -> str:
        late = one.late()
        when = "on time" if not late else f"{number(late)} of it late"
        if not one.hires:
            return f"with nobody hired {self._work} is delivered, {when}."
        return f"with {self._people(one.hires)} {self._work} is delivered, {when}; {self._money(one)}."

    def _pays(self, one: Staffed) -> str:
        """Return whether somebody pays: brings more work, or work on time; and by the goals alone, or in money, too."""
        before, after = self._given.facts, one.facts
        value, late = (tuple(measure(facts) for facts in (before, after)) for measure in (value_of, lateness_of))
        if value[1] <= value[0] and late[1] >= late[0]:
            return "No"
        return "Yes" if self._margin(one) >= 0 else "By the goals yes, in money no"

    def _margin(self, one: Staffed) -> float:
        before, after = self._given.facts, one.facts
        return float(money((after.revenue - after.cost) - (before.revenue - before.cost)))

    def _effect(self, one: Staffed) -> str:
        before, after = self._given.facts, one.facts
        more = len(after.delivered) - len(before.delivered)
        later = one.late() - sum(before.weeks_late(job) > 0 for job in before.delivered)
        tasks = _more(more, "task is delivered", "tasks are delivered")
        lateness = f", {_more(later, 'is late', 'are late')}" if later else ""
        return f"with {self._people(one.hires)} {tasks}{lateness}; {self._money(one)}."

    def _money(self, one: Staffed) -> str:
        before, after = self._given.facts, one.facts
        cost, revenue = money(after.cost - before.cost), money(after.revenue - before.revenue)
        margin = self._margin(one)
        if not cost and not revenue:
            return "it costs and earns as much as hiring nobody"
        unit = f" {self._pool.scenario.currency}" if self._pool.scenario.currency else ""
        margins = f"{'grows' if margin > 0 else 'falls'} by {number(abs(margin))}" if margin else "stays as it is"
        return (
            f"compared with hiring nobody, it costs {_than(cost, unit)} and earns {_than(revenue)}, "
            f"so the margin {margins}"
        )

    def _people(self, hires: Sequence[Hire]) -> str:
        return listed([f"{self._called(hire)} ({_contract(hire)})" for hire in hires])

    def _called(self, hire: Hire) -> str:
        profile = self._pool.profile_of(hire.id)
        if profile is None:
            return hire.name
        return f"{'a' if hire.id == profile.id else 'another'} {profile.name[0].lower()}{profile.name[1:]}"

    # what stops the rest

    def short_of(self, best: Staffed, *, refuted: bool) -> str:
        """Return the most that can be delivered, and what stops the rest."""
        facts = best.facts
        waiting = [job for job in facts.waiting if job.id in self._wanted]
        size = self._pool.size
        whom = f"up to {size} hires" if size > 1 else "one hire" if size else "nobody to hire"
        done = len(self._wanted) - len(waiting)
        first = f"With {whom} the best plan delivers {done} of {len(self._wanted)} tasks"
        if not (refuted and best.proven):
            first += " (more is not ruled out)"
        return f"{first}. What stops the rest: {' '.join(self._reasons(facts, waiting))}"

    def _reasons(self, facts: Facts, waiting: Sequence[Job]) -> list[str]:
        """Return why tasks wait, those for the same reason together, most of them first."""
        names = Names(replace(self._given.plan, context=context(facts, None)))
        room = Room(facts)
        alike: dict[tuple[object, ...], list[tuple[Job, str]]] = {}
        for job in waiting:
            because = hindered(facts, job, room).because
            one = because.obstacle
            key = (one.kind, one.of, one.budget, one.staff, one.task) if one is not None else ()
            alike.setdefault(key, []).append((job, why(names, because)))
        groups = sorted(alike.values(), key=len, reverse=True)
        told = [f"{_called(names, [job for job, _ in group])}: {group[0][1]}" for group in groups[:FEW]]
        rest = sum(map(len, groups[FEW:]))
        return [*told, *([f"And {number(rest)} more, for other reasons."] if rest else [])]


def _called(names: Names, jobs: Sequence[Job]) -> str:
    first = names.work(jobs[0].id)
    client, _ = names.whose(jobs[0].id)
    more = f" and {number(len(jobs) - 1)} more" if len(jobs) > 1 else ""
    return f"{client}, {first}{more}" if client else f"{first}{more}"


def _contract(hire: Hire) -> str:
    return f"{number(hire.weekly_hours)} hours a week from week {hire.from_week}"


def _than(amount: Number, unit: str = "") -> str:
    return f"{number(abs(amount))}{unit} {'more' if amount > 0 else 'less'}" if amount else "the same"


def _more(amount: int, one: str, many: str) -> str:
    if not amount:
        return f"no more {many}"
    return f"{number(abs(amount))} {'more' if amount > 0 else 'fewer'} {one if abs(amount) == 1 else many}"
