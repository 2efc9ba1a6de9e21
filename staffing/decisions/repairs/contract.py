"""More hours in the contract of one person: the least a week."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from math import ceil, lcm

from staffing.decisions.repairs.question import Question
from staffing.decisions.repairs.records import Change
from staffing.decisions.repairs.search import Elastic
from staffing.decisions.repairs.words import count, number, whose
from staffing.decisions.trial import Trial
from staffing.plan.facts import ZERO, Facts
from staffing.plan.numbers import number as plain
from staffing.problem.problem import Problem
from staffing.scenario.availability import exact_room
from staffing.scenario.records import HoursFrom, Staff
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms, Var, total
from staffing.solving.solution import Readings

MOST = 7 * 24
"""Hours of a week: no contract has more."""
EXTREME = 60
"""Hours a week that nobody would ask for."""


@dataclass(frozen=True, slots=True)
class _Week:
    """What a person has in a week with u steps more in the contract: floor(`base` + `slope` × u) steps."""

    base: Fraction
    slope: Fraction


class Contract(Elastic):
    """The weekly hours of one person, all entries of a list alike."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.top = MOST * int(1 / question.step) if question.step < 1 else MOST
        self.people = {person: member for member, person in question.members()}

    def trial(self) -> Trial | None:
        """Return the plan sought if the contracts of all are that long."""
        members = self.people.values()
        trial = self.question.trial({"staff": [self._raised(member, self.top) for member in members]})
        if trial is not None:
            self._whole = trial.problem
        return trial

    def _hours(self, member: Staff) -> Fraction:
        hours = member.weekly_hours
        if hours is None or isinstance(hours, tuple):
            return Fraction(self.question.given.scenario.roles[member.role].weekly_hours)
        return Fraction(hours)

    def _raised(self, member: Staff, steps: int) -> dict[str, object]:
        """Return a person's entry with that many steps more."""
        more = steps * self.question.step
        if isinstance(member.weekly_hours, tuple):
            entries = [
                {"from": entry.since.isoformat(), "hours": plain(Fraction(entry.hours) + more)}
                for entry in member.weekly_hours
            ]
            return {"id": member.id, "weekly_hours": entries}
        return {"id": member.id, "weekly_hours": plain(self._hours(member) + more)}

    @cached_property
    def _weeks(self) -> dict[str, list[_Week]]:
        """By person and week: what is there, overtime included, less what is promised; not rounded, in steps."""
        scenario, step = self.question.given.scenario, self.question.step
        expanded = self.question.expanded
        found: dict[str, list[_Week]] = {}
        for id_, member in self.people.items():
            longer = member.model_copy(update={"weekly_hours": self._longer(member)})
            rooms = zip(exact_room(member, scenario), exact_room(longer, scenario), strict=True)
            person = expanded.people[id_]
            found[id_] = []
            for week, (room, more) in enumerate(rooms):
                overtime = person.overtime if person.available_days[week] else ZERO
                promised = ceil(expanded.promises.load.get((id_, week + 1), ZERO) / step)
                found[id_].append(_Week(room / step + overtime / step - promised, (more - room) / step))
        return found

    def way(self, change: Change) -> str:
        """Return whose contract it is."""
        return str(change.patch["staff"][0]["id"])

    def _longer(self, member: Staff) -> object:
        """Return the hours of a contract that is a step longer."""
        one = Decimal(self.question.given.scenario.step)
        hours = member.weekly_hours
        if isinstance(hours, tuple):
            return tuple(HoursFrom.model_validate({"from": entry.since, "hours": entry.hours + one}) for entry in hours)
        whole = self._hours(member) + Fraction(one)
        return Decimal(whole.numerator) / Decimal(whole.denominator)

    def objective(self, model: Model) -> Terms:
        """Return the steps more of the one person who has any."""
        terms: Terms = []
        chosen: list[Var] = []
        for number_, data in enumerate(model.problem.people):
            cells = [week for person, week in model.at if person == number_]
            if not cells or data.id not in self._weeks:
                continue
            if self.people[data.id].id in self.without:
                more = model.cp.new_constant(0)
            else:
                more = model.integer(
                    self.top,
                    f"contract {data.id}",
                    lambda read, one=number_: self._needed(model.problem, read, one),  # type: ignore[misc]
                )
                flag = model.flag(
                    f"longer {data.id}",
                    lambda read, one=number_: self._needed(model.problem, read, one) > 0,  # type: ignore[misc]
                )
                model.at_most([(more, 1), (flag, -self.top)], 0)
                chosen.append(flag)
                terms.append((more, 1))
            for week in sorted(cells):
                self._hold(model, number_, week, more)
        model.at_most([(flag, 1) for flag in chosen], 1)
        return terms

    def _hold(self, model: Model, person: int, week: int, more: Var) -> None:
        """Hold the load of a week to what a contract leaves that is so many steps longer."""
        load = [model.hours[job, person, week] for job in model.at[person, week]]
        if model.problem.switching and (switches := model.switches(person, week)) is not None:
            load.append((switches, model.problem.switching))
        of_week = self._weeks[model.problem.people[person].id][week]
        base = of_week.base - self._kept(model.problem, person, week)
        whole = lcm(base.denominator, of_week.slope.denominator)
        held = [*((var, factor * whole) for var, factor in load), (more, -int(of_week.slope * whole))]
        if base >= 0:
            model.at_most(held, int(base * whole))
            return
        works = model.flag("works", lambda read: read.load.get((person, week), 0) > 0)
        most = model.problem.people[person].most(week)
        model.at_most([*load, (works, -max(0, most))], 0)
        model.cp.add(total(held) <= int(base * whole)).only_enforce_if(works)

    def _kept(self, problem: Problem, person: int, week: int) -> int:
        """Return the load of a week that is kept while a part is free."""
        return self._whole.people[person].capacity[week] - problem.people[person].capacity[week]

    def _needed(self, problem: Problem, read: Readings, person: int) -> int:
        """Return the steps more that a person's load needs."""
        needed = 0
        for week, of_week in enumerate(self._weeks[problem.people[person].id]):
            load = read.load.get((person, week), 0)
            lacking = load + self._kept(problem, person, week) - of_week.base if load else ZERO
            if lacking > 0 and of_week.slope:
                needed = max(needed, ceil(lacking / of_week.slope))
        return needed

    def change(self, facts: Facts) -> Change | None:
        """Return the contract of whoever has more to do than theirs leaves."""
        step = self.question.step
        for id_, member in self.people.items():
            steps = 0
            for week, of_week in enumerate(self._weeks[id_], 1):
                promised = facts.expanded.promises.load.get((id_, week), ZERO)
                load = (facts.new_load.get((id_, week), ZERO) - promised) / step
                if load and load > of_week.base and of_week.slope:
                    steps = max(steps, ceil((load - of_week.base) / of_week.slope))
            if steps:
                patch = {"staff": [self._raised(member, steps)]}
                more = steps * step
                extreme = self._hours(member) + more > EXTREME
                return Change("contract", more, "hours a week", patch, self._text(member, id_, more), extreme=extreme)
        return None

    def _text(self, member: Staff, person: str, more: Fraction) -> str:
        of = whose(self.question.names.person(person))
        if isinstance(member.weekly_hours, tuple):
            return f"Raise {of} contract by {count(more, 'hour')} a week."
        hours = self._hours(member)
        return f"Raise {of} contract from {number(hours)} to {count(hours + more, 'hour')} a week."
