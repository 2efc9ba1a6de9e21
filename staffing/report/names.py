"""Names and people of a plan, as the page shows them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from markupsafe import Markup

from staffing.console.families import MOST_LISTED, weeks_of
from staffing.console.tasks import because, word_of
from staffing.console.weeks import week_numbers
from staffing.plan.names import Names
from staffing.plan.obstacles.records import Because
from staffing.plan.records import TaskContext, TaskResult
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
        """Return a plan with the words of its own language."""
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

    def knows(self, task: str) -> bool:
        """Whether the plan has the name of a task."""
        return self.plan.context is not None and self._names.task(task) != task

    def knows_person(self, id_: str) -> bool:
        """Whether the plan has the name of a person."""
        return self.plan.context is not None and any(person.id == id_ for person in self.plan.context.people)

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

    def word_of(self, result: TaskResult) -> str | None:
        """Return the key of the word for why a task waits; None where the plan gives no reason."""
        return word_of(self._names, result)

    def because(self, results: Sequence[TaskResult]) -> Because | None:
        """Return what is in the way of tasks that wait for the same thing; None where the plan does not say it."""
        return because(self._names, results)

    def project(self, id_: str) -> Markup:
        """Name of a project."""
        return name(self._names.project(id_))

    def about(self, task: str) -> TaskContext:
        """Return what is known of a task: its client, project and kind, what is left of it, and when it is due."""
        return self._names.about(task)

    def work(self, task: str) -> Markup:
        """Name of a task without the name of its client, which stands beside it."""
        return name(self._names.work(task))

    def named(self, task: str, client: str) -> Markup:
        """Return a task's name, already known, without the client's name that stands beside it."""
        return name(self._names.beside(task, client))

    def whose(self, task: str) -> tuple[Markup, ...]:
        """Return the name of a task's client, then of its project, as far as they are known."""
        about = self.about(task)
        client = (self.client(about.client),) if about.client is not None else ()
        return (*client, self.project(about.project)) if about.project is not None else client

    def called(self, tasks: Sequence[str], late: Markup | None = None) -> Markup:
        """Return the name of tasks or occurrences, with client, project, hours left (or lateness) and due week."""
        say, first, several = self.say, tasks[0], len(tasks) > 1
        task = say("times_n", task=self.work(first), n=say.number(len(tasks))) if several else self.work(first)
        left, weeks = self.effort(tasks) if late is None else None, self.due(tasks)
        details = list(self.whose(first))
        details += [say("h", n=say.number(left))] if left is not None else []
        if weeks:
            when = "in_weeks" if several else "due_in" if self.about(first).due is not None else "in_week"
            details.append(say(when, n=weeks))
        details += [late] if late is not None else []
        return say("named", task=task, details=say.listed(details)) if details else task

    def weeks_listed(self, weeks: Sequence[int]) -> Markup:
        """Return week numbers as people say them; nothing where there are none."""
        if len(weeks) > MOST_LISTED or (len(weeks) > 1 and weeks[-1] - weeks[0] == len(weeks) - 1):
            return self.say("first_to_last", first=self.say.number(weeks[0]), last=self.say.number(weeks[-1]))
        return self.say.listed(map(self.say.number, weeks))

    def due(self, tasks: Iterable[str]) -> Markup:
        """Return the weeks in which tasks are due, else those that occurrences are of."""
        ids = list(tasks)
        weeks = {week for task in ids if (week := self.about(task).due) is not None}
        return self.weeks_listed(sorted(weeks) or weeks_of(ids))

    def effort(self, tasks: Iterable[str]) -> float | None:
        """Return the hours left of tasks, added up; None where the plan does not know them."""
        hours = [about.effort for about in map(self.about, tasks) if about.effort is not None]
        return sum(hours) if hours else None

    def money(self, value: float | None) -> Markup:
        """Return money as text, in the plan's currency."""
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
