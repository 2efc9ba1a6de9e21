"""Names and people of a plan, as the page shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from staffing.console.names import Names
from staffing.console.weeks import week_numbers
from staffing.report.language import Language, language_of, name
from staffing.scenario.dates import first_day

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class Someone:
    """Somebody who is here: in the plan, and hired if a placeholder.

    Attributes
    ----------
    number
        Place in the plan's list of people, for links.
    capacity
        Hours by week; empty where the plan does not know it.
    share
        Planned utilisation over the horizon; None where it is not known.
    """

    number: int
    id: str
    name: Markup
    role: str
    capacity: dict[int, float]
    share: float | None


@dataclass(frozen=True)
class Told:
    """A plan and the language it is told in.

    Attributes
    ----------
    plan
        The plan.
    say
        The language of the page.
    """

    plan: Plan
    say: Language

    @classmethod
    def of(cls, plan: Plan) -> Told:
        """Tell a plan in its own language."""
        return cls(plan, language_of(plan))

    @cached_property
    def _names(self) -> Names:
        return Names(self.plan)

    @property
    def title(self) -> Markup:
        """Name of the scenario."""
        return name(self.plan.scenario)

    @property
    def currency(self) -> Markup:
        """Label of money, which may be empty."""
        label = self.plan.context.currency if self.plan.context is not None else ""
        return name(label) if label else Markup("")

    def person(self, id_: str) -> Markup:
        """Name of a person."""
        return name(self._names.person(id_))

    def persons(self, ids: Iterable[str]) -> Markup:
        """Names of people, side by side."""
        return self.say.listed(map(self.person, ids))

    def client(self, id_: str) -> Markup:
        """Name of a client."""
        return name(self._names.client(id_))

    def task(self, id_: str) -> Markup:
        """Name of a task, or of the repeating task it is an occurrence of."""
        return name(self._names.task(id_))

    def money(self, value: float | None) -> Markup:
        """Write money in the plan's currency."""
        return self.say.money(value, self.currency)

    @cached_property
    def weeks(self) -> dict[int, dt.date]:
        """First day of every week of the horizon; without a context, of those in which somebody works."""
        if not week_numbers(self.plan):
            return {}
        return {week: first_day(week, self.plan.start) for week in week_numbers(self.plan)}

    @cached_property
    def people(self) -> tuple[Someone, ...]:
        """Everybody who is here, in the scenario's order; placeholders not hired are not."""
        shares = self.plan.metrics.get("utilisation", {}).get("by_person", {})
        here: list[tuple[str, str, tuple[float, ...]]]
        if self.plan.context is None:
            here = [(staff, "", ()) for staff in sorted({entry.staff for entry in self.plan.assigned})]
        else:
            here = [
                (person.id, person.role, person.capacity)
                for person in self.plan.context.people
                if not person.placeholder or person.id in self.plan.hired
            ]
        return tuple(
            Someone(number, id_, self.person(id_), role, dict(enumerate(capacity, start=1)), shares.get(id_))
            for number, (id_, role, capacity) in enumerate(here, start=1)
        )
