"""From hours worked to what is done and spent.

What was worked before a day becomes ``done`` of tasks and ``spent`` of budgets, on top of what the scenario says
already. Effort counts as in a re-plan: hours × the person's productivity, or, of somebody with an estimate for the
task, hours ÷ estimate × what was left; the estimates of what is left shrink with it, and a fixed price is asked once.
Billable hours burn as planned hours do: × bill rate, or × cost rate where ``budget_basis`` is cost. A correction is
an entry of less than nothing: what a person did on a day for a task is the sum of its entries.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from staffing.actuals.matching import Match, Matcher
from staffing.actuals.timesheet import Entry
from staffing.scenario.dates import period_of, week_of
from staffing.scenario.expand import Job
from staffing.scenario.records import Budget, Client, Project, Task
from staffing.scenario.scenario import Scenario

_LEAST = Decimal("0.0001")
"""Hours as few as an estimate can have."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Rows of a timesheet that are not counted as everybody would expect.

    Attributes
    ----------
    staff, work
        The person, and client, project and task, as the timesheet names them.
    reason
        Why, and what they were counted into all the same.
    lines
        The rows, by their lines.
    hours
        Their hours, as far as they can be read.
    """

    staff: str
    work: str
    reason: str
    lines: tuple[int, ...]
    hours: Fraction


@dataclass(frozen=True, slots=True)
class Actuals:
    """What came of a timesheet.

    Attributes
    ----------
    scenario
        The scenario with what is done and spent.
    done
        Effort added, by task.
    spent
        Money added, by ("client" or "project", id).
    remarks
        What could not be counted, or not in full.
    """

    scenario: Scenario
    done: dict[str, Fraction]
    spent: dict[tuple[str, str], Fraction]
    remarks: tuple[Remark, ...]


def count(
    scenario: Scenario, entries: Sequence[Entry], matcher: Matcher, as_of: dt.date, since: dt.date | None = None
) -> Actuals:
    """Count a timesheet into a scenario.

    Parameters
    ----------
    scenario
        The scenario as it was planned.
    entries
        The rows of the timesheet.
    matcher
        Finds what they were for.
    as_of
        The first day that is not counted.
    since
        The first day that is counted; all days if not given.
    """
    counter = _Counter(scenario)
    for entry in entries:
        counter.add(entry, matcher.match(entry), as_of, since)
    counter.count()
    return counter.result()


@dataclass(slots=True)
class _Work:
    """What a person did on a day for one thing: the entries that are summed."""

    match: Match
    staff: str
    day: dt.date
    billable: bool
    entries: list[Entry] = field(default_factory=list)

    @property
    def hours(self) -> Fraction:
        """Their sum, less than 0 where corrections outweigh the rest."""
        return sum((entry.hours or Fraction(0) for entry in self.entries), Fraction(0))


class _Counter:
    def __init__(self, scenario: Scenario) -> None:
        self.scenario, self.view = scenario, scenario.expanded
        entries: list[tuple[str, Client | Project]] = [("client", one) for one in scenario.clients]
        entries += [("project", one) for one in scenario.projects]
        self.budgets: dict[tuple[str, str], Budget] = {
            (what, one.id): one.budget for what, one in entries if one.budget is not None
        }
        self.done: dict[str, Fraction] = {}
        self.spent: dict[tuple[str, str], Fraction] = {}
        self.asked: dict[tuple[str, str], Fraction] = {}
        """Fixed prices of people who worked."""
        self.works: dict[tuple[object, ...], _Work] = {}
        self.worked: dict[tuple[str, str], Fraction] = {}
        """Hours in all, by task and person."""
        self.remarks: dict[tuple[str, str, str], list[Entry]] = {}
        self.more: list[Remark] = []
        """Remarks on no rows of their own."""

    def add(self, entry: Entry, match: Match, as_of: dt.date, since: dt.date | None) -> None:
        """Put one entry to the others of its person, day and work, or say why it does not count."""
        if entry.no_work:
            self.remark(entry, f"not counted: {entry.no_work}")
        elif not entry.is_within(as_of, since):
            self.remark(entry, "outside the days that are counted", alone=False)
        elif entry.unread or entry.day is None:
            self.remark(entry, f"not counted: {'; '.join(flaw.message for flaw in entry.unread)}")
        elif match.staff is None:
            self.remark(entry, f"not counted: {match.reason}")
        else:
            task = match.task.id if match.task else None
            billable = bool(entry.billable) and (match.task is None or match.task.billable)
            key = (match.staff, entry.day, task, match.client, match.project, billable)
            work = self.works.setdefault(key, _Work(match, match.staff, entry.day, billable))
            work.entries.append(entry)
            if entry.doubt and billable:
                self.remark(entry, entry.doubt)

    def count(self) -> None:
        """Count what was added: first what is done, then what it burns."""
        for work in self.works.values():
            key = (work.match.task.id if work.match.task else "", work.staff)
            self.worked[key] = self.worked.get(key, Fraction(0)) + work.hours
        for work in self.works.values():
            self._count(work)

    def _count(self, work: _Work) -> None:
        match, hours = work.match, work.hours
        undone = match.reason if match.task is None else self.effort(match.task, work.staff, hours)
        burned = False
        reasons: list[str] = []
        if work.billable:
            burned, reasons = self.spend(match, self.burn(match, work.staff, hours), work.day)
        if undone:
            reasons.insert(0, f"{'counted into budgets alone' if burned else 'not counted'}: {undone}")
        if hours < 0 and (burned or not undone):
            reasons.append("less than nothing in all on this day: taken off")
        for reason in reasons:
            for entry in work.entries:
                self.remark(entry, reason)

    def remark(self, entry: Entry, reason: str, alone: bool = True) -> None:
        """Note an entry with a reason; `alone` keeps people and work apart."""
        work = " / ".join(names[0] for names in (entry.client, entry.project, entry.task) if names)
        self.remarks.setdefault((entry.staff, work, reason) if alone else ("", "", reason), []).append(entry)

    def effort(self, task: Task, staff: str, hours: Fraction) -> str:
        """Add to what is done of a task, or say what is in the way."""
        if task.repeat is not None:
            return "the task repeats, and its occurrences have no done of their own"
        job = self.view.jobs[task.id]
        if asked := job.estimates.get(staff):
            effort = hours / asked.hours * max(job.effort, Fraction(0))
            if asked.price is not None:
                self.asked.setdefault((task.id, staff), asked.price if self.has_worked(task.id, staff) else Fraction(0))
        else:
            effort = hours * self.view.people[staff].productivity[job.kind]
        self.done[task.id] = self.done.get(task.id, Fraction(0)) + effort
        return "" if effort or not hours else f"no productivity for {job.kind} work"

    def burn(self, match: Match, staff: str, hours: Fraction) -> Fraction:
        """Reckon what an entry burns; by cost, a fixed price burns in the place of hours, and once."""
        person = self.view.people[staff]
        if self.scenario.budget_basis == "bill":
            return hours * person.bill_rate
        price = self.asked.get((match.task.id, staff)) if match.task else None
        if price is None or match.task is None:
            return hours * person.cost_rate
        self.asked[match.task.id, staff] = Fraction(0)
        return price

    def spend(self, match: Match, money: Fraction, day: dt.date) -> tuple[bool, list[str]]:
        """Add to what is spent; tell whether a budget has it, and which have no place for it."""
        burned = False
        elsewhere: list[str] = []
        for (what, id_), budget in self.budgets.items():
            if id_ != (match.client if what == "client" else match.project):
                continue
            period, first = (self._period(week, budget.per) for week in (week_of(day, self.scenario.start), 1))
            if period == first:
                self.spent[what, id_] = self.spent.get((what, id_), Fraction(0)) + money
                burned = True
            else:
                place = f"it burned in {period}, and spent tells only of {first}"
                elsewhere.append(f"not in the budget of {what} {id_}: {place}")
        return burned, elsewhere

    def _period(self, week: int, per: Any) -> str:
        return period_of(week, self.scenario.start, per, self.scenario.calendar.system)

    def has_worked(self, task: str, staff: str) -> bool:
        """Tell whether corrections leave anything of what somebody did for a task."""
        return self.worked.get((task, staff), Fraction(0)) > 0

    def result(self) -> Actuals:
        """Put what was counted into the scenario."""
        tasks = [self._task(self.view.jobs[id_], effort) for id_, effort in self.done.items()]
        changes: dict[str, Any] = {"name": self.scenario.name, "tasks": tasks, "clients": [], "projects": []}
        for (what, id_), money in self.spent.items():
            spent = self._not_below_zero(Fraction(self.budgets[what, id_].spent) + money, f"spent of {what} {id_}")
            changes[f"{what}s"].append({"id": id_, "budget": {"spent": rounded(spent, 2)}})
        remarks = [
            Remark(
                *key, tuple(one.line for one in found), sum((one.hours or Fraction(0) for one in found), Fraction(0))
            )
            for key, found in self.remarks.items()
        ]
        return Actuals(self.scenario.patch(changes), self.done, self.spent, (*remarks, *self.more))

    def _task(self, job: Job, effort: Fraction) -> dict[str, Any]:
        """Say what is done of a task, and what is left of people's estimates for it."""
        done = self._not_below_zero(job.hours - job.effort + effort, f"done of task {job.task}")
        left = job.hours - done
        changes: dict[str, Any] = {"id": job.task, "done": rounded(done, 4)}
        if left > 0 and job.effort > 0:
            shrunk = {
                person: {"hours": max(rounded(job.estimates[person].hours * left / job.effort, 4), _LEAST)}
                | ({"price": Decimal(0)} if (job.id, person) in self.asked and self.has_worked(job.id, person) else {})
                for person in next(task.estimates for task in self.scenario.tasks if task.id == job.task)
            }
            changes |= {"estimates": shrunk} if shrunk else {}
        return changes

    def _not_below_zero(self, amount: Fraction, what: str) -> Fraction:
        """Hold an amount at 0, and say where corrections would take off more than there is."""
        if amount < 0:
            reason = f"corrections take off {float(-amount):,.2f} more than there is: {what} is 0"
            self.more.append(Remark("", "", reason, (), Fraction(0)))
        return max(amount, Fraction(0))


def rounded(amount: Fraction, decimals: int) -> Decimal:
    """Round to so many decimals, ties away from zero.

    >>> rounded(Fraction(4, 3), 4), rounded(Fraction(1, 200), 2)
    (Decimal('1.3333'), Decimal('0.01'))
    """
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
