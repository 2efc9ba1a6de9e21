"""One person more: a placeholder of the scenario, or somebody new in one of its roles; the fewest hours a week."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator
from fractions import Fraction
from functools import cached_property
from typing import Any

from staffing.decisions.repairs.records import Change
from staffing.decisions.repairs.search import Ladder
from staffing.decisions.repairs.words import count, number
from staffing.decisions.trial import Objective, Trial
from staffing.plan.facts import Facts
from staffing.plan.numbers import number as plain
from staffing.problem.problem import Problem
from staffing.scenario.records import Staff
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms

GRID = 4
"""Hours a week by which a contract is longer or shorter."""
MOST = 40
"""Hours a week of a new person, at most."""


class Hire(Ladder):
    """All who could be hired, of whom the model hires one."""

    @property
    def top(self) -> int:
        """The number of steps to the longest contract."""
        return MOST // GRID if self.new else 0

    @cached_property
    def new(self) -> dict[str, dict[str, Any]]:
        """Who could be hired, as entries of the staff without weekly hours, by id."""
        entries = [*self._placeholders(), *self._roles()]
        if not self.question.accepts({"staff": entries}):
            entries = [entry for entry in entries if self.question.accepts({"staff": [entry]})]
        return {str(entry["id"]): entry for entry in entries}

    def _placeholders(self) -> Iterator[dict[str, Any]]:
        """Yield the placeholders of whom the plan hires none."""
        hired = self.question.given.facts.hired
        for member in self.question.given.scenario.staff:
            if member.placeholder is not None and not hired.intersection(self.question.expanded.copies[member.id]):
                yield {"id": member.id}

    def _roles(self) -> Iterator[dict[str, Any]]:
        """Yield somebody new for each role that anybody has, at the rates of the role, else of the people in it."""
        scenario = self.question.given.scenario
        for name, role in scenario.roles.items():
            people = [member for member in scenario.staff if member.role == name]
            if not people:
                continue
            entry: dict[str, Any] = {"id": self._free(f"new-{name}"), "role": name}
            for field in ("cost_rate", "bill_rate"):
                own = [rate for member in people if (rate := getattr(member, field)) is not None]
                if not getattr(role, field) and own:
                    entry[field] = plain(Fraction(sorted(own)[len(own) // 2]))
            pays = [member.pay for member in people]
            if pays.count("salary") * 2 > len(pays):
                entry["pay"] = "salary"
            yield entry

    def _free(self, id_: str) -> str:
        """Return an id that nobody has."""
        scenario = self.question.given.scenario
        taken = {*self.question.expanded.people, *self.question.staff, *(client.id for client in scenario.clients)}
        while id_ in taken:
            id_ += "-more"
        return id_

    def patch(self, step: int) -> dict[str, Any]:
        """Return the What-if that has all of them as placeholders."""
        return {"staff": [{**entry, "weekly_hours": GRID * step, "placeholder": True} for entry in self.new.values()]}

    @property
    def shape(self) -> Callable[[Problem], Problem]:
        """Somebody may be hired."""
        return self.question.as_it_is

    def tied(self, trial: Trial, without: Collection[Hashable]) -> Objective:
        """Return what holds a model to one of them."""
        del trial
        hired = self.question.given.facts.hired

        def tie(model: Model) -> Terms:
            flags = []
            for person, data in enumerate(model.problem.people):
                flag = None if data.id in hired else model.hired(person)
                if flag is not None and (data.id in without or data.id not in self.new):
                    model.cp.add(flag == 0)
                elif flag is not None:
                    flags.append((flag, 1))
            model.at_most(flags, 1)
            return []

        return tie

    def option(self, trial: Trial, facts: Facts) -> Hashable | None:
        """Return who is hired."""
        del trial
        return next((id_ for id_ in self.new if id_ in facts.draft.hired), None)

    def only(self) -> bool:
        """Return whether there is but one who could be hired."""
        return len(self.new) == 1

    def change(self, option: Hashable, step: int) -> Change:
        """Return the What-if in which one of them is of the staff."""
        entry = {**self.new[str(option)], "weekly_hours": GRID * step}
        member = self.question.staff.get(str(option))
        if member is not None:
            entry["placeholder"] = False
        hours = Fraction(GRID * step)
        return Change("hire", hours, "hours a week", {"staff": [entry]}, self._text(entry, member, hours))

    def _text(self, entry: dict[str, Any], member: Staff | None, hours: Fraction) -> str:
        if member is None:
            who = f"one more {str(entry['role']).replace('_', ' ')}"
            return f"Hire {who} for {count(hours, 'hour')} a week."
        cost = number(Fraction(member.hire_cost))
        once = f" Hiring costs {cost} once, which the price leaves out." if member.hire_cost else ""
        return f"Hire {self.question.names.person(member.id)} for {count(hours, 'hour')} a week.{once}"
