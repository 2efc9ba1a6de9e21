"""Changes of one field: weeks of a task, one task before it, a second owner, a person's most clients."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from staffing.decisions.repairs.question import Question
from staffing.decisions.repairs.records import Change
from staffing.decisions.repairs.search import Ladder
from staffing.decisions.repairs.words import count
from staffing.scenario.expand import Job

Point = Literal["deadline", "due", "earliest"]
Limit = Literal["max_clients", "max_clients_per_week"]


@dataclass
class Weeks(Ladder):
    """A deadline or a due week that is later, or an earliest week that is earlier."""

    question: Question
    job: Job
    field: Point
    week: int
    """The week it is now; may lie outside the horizon."""

    @property
    def top(self) -> int:
        """The number of weeks to the end of the horizon, or to its beginning."""
        return self.week - 1 if self.field == "earliest" else self.question.expanded.weeks - self.week

    def _moved(self, step: int) -> int:
        return self.week - step if self.field == "earliest" else self.week + step

    def patch(self, step: int) -> dict[str, Any] | None:
        """Return the What-if that moves it; None where it would still lie outside the horizon."""
        week = self._moved(step)
        if not 1 <= week <= self.question.expanded.weeks:
            return None
        return {"tasks": [{"id": self.job.task, self.field: week}]}

    def change(self, option: Hashable, step: int) -> Change:
        """Return it."""
        del option
        name, to = self.question.called(self.job.id), self._moved(step)
        if self.field == "earliest":
            text = f"Let {name} begin from week {to} on{self._now(', not only from week')}."
        else:
            what = "deadline" if self.field == "deadline" else "due week"
            text = f"Move the {what} of {name} to week {to}{self._now(', from week')}."
        return Change("time", Fraction(step), "weeks", self.patch(step) or {}, text)

    def _now(self, lead: str) -> str:
        return f"{lead} {self.week}" if 1 <= self.week <= self.question.expanded.weeks else ""


def weeks(question: Question) -> list[Ladder]:
    """Return the weeks that could be moved, of a task and of those before it; repeats have none."""
    scenario, found = question.given.scenario, list[Ladder]()
    projects = question.expanded.projects
    for job in question.row:
        task = question.tasks[job.task]
        if task.repeat is not None:
            continue
        fields: tuple[Point, ...] = ("deadline", "due", "earliest")
        for field in fields:
            point = getattr(task, field)
            if point is None and task.project is not None:
                point = getattr(projects[task.project], field)
            if point is not None and (field != "due" or question.late or job not in question.jobs):
                found.append(Weeks(question, job, field, scenario.week(point)))
    return found


@dataclass
class Unordered(Ladder):
    """One of the tasks that come first, of a task or of one before it, that is waited for no more."""

    question: Question
    job: Job
    entry: int

    @property
    def top(self) -> int:
        """One step."""
        return 1

    def patch(self, step: int) -> dict[str, Any]:
        """Return the What-if that drops it."""
        del step
        kept = [
            {"task": after.task, "lag": int(after.lag)} if after.lag else after.task
            for number, after in enumerate(self.question.tasks[self.job.task].after)
            if number != self.entry
        ]
        return {"tasks": [{"id": self.job.task, "after": kept}]}

    def change(self, option: Hashable, step: int) -> Change:
        """Return it."""
        del option
        question = self.question
        first = question.called(question.tasks[self.job.task].after[self.entry].task)
        text = f"Do not let {question.called(self.job.id)} wait for {first}."
        return Change("order", Fraction(1), "change", self.patch(step), text)


def order(question: Question) -> list[Ladder]:
    """Return each entry of `after` that could be dropped."""
    tasks = {job.task: job for job in question.row}
    return [
        Unordered(question, job, number)
        for job in tasks.values()
        for number in range(len(question.tasks[job.task].after))
    ]


class Shared(Ladder):
    """A task that two people may share."""

    @property
    def top(self) -> int:
        """One step, for a task that has one owner."""
        return int(self.question.jobs[0].max_owners == 1)

    def patch(self, step: int) -> dict[str, Any]:
        """Return the What-if that lets two share it."""
        del step
        return {"tasks": [{"id": self.question.task.id, "max_owners": 2}]}

    def change(self, option: Hashable, step: int) -> Change:
        """Return it."""
        del option
        text = f"Let two people share {self.question.names.work(self.question.jobs[0].id)}."
        return Change("share", Fraction(1), "owners", self.patch(step), text)


@dataclass
class Clients(Ladder):
    """One person's most clients, over all weeks or in each."""

    question: Question
    member: str
    field: Limit
    now: int

    @property
    def top(self) -> int:
        """The number of clients that they may not serve yet."""
        return max(0, len(self.question.expanded.clients) - self.now)

    def patch(self, step: int) -> dict[str, Any]:
        """Return the What-if that raises it."""
        return {"staff": [{"id": self.member, self.field: self.now + step}]}

    def change(self, option: Hashable, step: int) -> Change:
        """Return it."""
        del option
        per = " a week" if self.field == "max_clients_per_week" else ""
        who = self.question.names.person(self.member)
        text = f"Let {who} serve {count(self.now + step, 'client')}{per} instead of {self.now}."
        return Change("clients", Fraction(step), "clients", self.patch(step), text)


def clients(question: Question) -> list[Ladder]:
    """Return the limits on clients that could be raised."""
    fields: tuple[Limit, ...] = ("max_clients", "max_clients_per_week")
    return [
        Clients(question, member.id, field, int(most))
        for member in question.given.scenario.staff
        for field in fields
        if (most := getattr(member, field)) is not None
    ]
