"""More overtime: the least sum of hours over all people and weeks."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from staffing.decisions.repairs.records import Change
from staffing.decisions.repairs.search import Elastic
from staffing.decisions.repairs.words import count, number, whose
from staffing.decisions.trial import Trial
from staffing.plan.facts import ZERO, Facts
from staffing.plan.numbers import number as plain
from staffing.scenario.findings import listed
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms
from staffing.solving.earlier import NO_PLAN
from staffing.solving.goals import GOALS

WEEK = 7 * 24
"""Hours of a week: more overtime than that nobody has."""
EXTREME = 24
"""Hours of overtime a week that nobody would ask for."""


class Overtime(Elastic):
    """Overtime of one or more people, raised to what each of them needs in their busiest week."""

    cheapest = True

    def trial(self) -> Trial | None:
        """Return the plan sought if everybody may work overtime without a limit."""
        return self.question.trial({"staff": [{"id": id_, "overtime": {"hours": WEEK}} for id_ in self.question.staff]})

    def objective(self, model: Model) -> Terms:
        """Return all overtime."""
        return GOALS["overtime"].objective(model, NO_PLAN)

    def change(self, facts: Facts) -> Change | None:
        """Return the limits raised of those whose busiest week is beyond them."""
        question = self.question
        most: dict[str, Fraction] = {}
        for member in question.given.scenario.staff:
            for id_ in question.expanded.copies[member.id]:
                person = facts.expanded.people[id_]
                weeks = [week for one, week in facts.new_load if one == id_ and facts.added_overtime(person, week)]
                busiest = max((facts.new_overtime(person, week) for week in weeks), default=ZERO)
                if busiest > max(question.expanded.people[id_].overtime, most.get(member.id, ZERO)):
                    most[member.id] = busiest
        if not most:
            return None
        before = question.given.facts.overtime
        more = {key: facts.overtime.get(key, ZERO) - before.get(key, ZERO) for key in {**before, **facts.overtime}}
        patch = {"staff": [{"id": id_, "overtime": {"hours": plain(hours)}} for id_, hours in most.items()]}
        amount = sum(more.values(), ZERO)
        text, extreme = self._text(more, most), max(most.values()) > EXTREME
        return Change("overtime", amount, "hours", patch, text, extreme=extreme)

    def _text(self, more: Mapping[tuple[str, int], Fraction], most: Mapping[str, Fraction]) -> str:
        names = self.question.names
        by_person: dict[str, list[str]] = {}
        for (person, week), hours in sorted(more.items(), key=lambda entry: entry[0][1]):
            if hours > 0:
                by_person.setdefault(person, []).append(f"{number(hours)} in week {week}")
        amount = sum(more.values(), ZERO)
        limits = [f"{whose(names.person(id_))} limit to {count(hours, 'hour')} a week" for id_, hours in most.items()]
        if len(by_person) == 1:
            ((person, weeks),) = by_person.items()
            who, rest = names.person(person), listed(weeks)
        else:
            who = "people"
            rest = "; ".join(f"{names.person(person)} {listed(weeks)}" for person, weeks in by_person.items())
        less = -sum((hours for hours in more.values() if hours < 0), ZERO)
        if less:
            rest = f"{rest}; and {number(less)} fewer in other weeks"
        lead = f"{count(amount, 'hour')} of overtime more" if amount > 0 else "overtime in other weeks"
        return f"Let {who} work {lead}: {rest}. This raises {listed(limits)}."
