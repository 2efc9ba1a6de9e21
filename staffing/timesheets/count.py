"""From hours worked to rows of ``worked``.

What a person did on a day for a task is the sum of its entries: one row, rounded so that the rows of a task add up to
what was worked. A correction is an entry of less than nothing. Where it leaves a day below nothing, it is taken off
other days of the same person and task: the nearest before it, then the nearest after it. Whether hours burn budgets
is said by the task, not by the timesheet: entries that disagree are told.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from staffing.scenario.amounts import plain
from staffing.scenario.records import Task, Worked
from staffing.scenario.scenario import Scenario
from staffing.timesheets.matching import Match, Matcher
from staffing.timesheets.timesheet import Entry

_DECIMALS = 4
_TASK_REMEDY = "add the task, or tell which one it is under names.tasks in the map"
_NAMELESS_REMEDY = "let the map take the task from another column too, as in task: [Task, Project]"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something of a timesheet that is not counted as everybody would expect.

    Attributes
    ----------
    staff, work
        The person, and client, project and task, as the timesheet names them; "" for no one in particular.
    reason
        Why, and what was done all the same.
    lines
        The rows, by their lines.
    hours
        Their hours, as far as they can be read.
    """

    staff: str
    work: str
    reason: str
    lines: tuple[int, ...] = ()
    hours: Fraction = Fraction(0)


@dataclass(slots=True)
class _Work:
    """What a person did for a task, day by day."""

    task: Task
    staff: str
    days: dict[dt.date, list[Entry]] = field(default_factory=dict)


def _carries(scenario: Scenario) -> bool:
    """Whether a scenario carries what was worked before its first week: in ``spent``, or in rows of open tasks."""
    budgets = [one.budget for one in scenario.clients] + [one.budget for one in scenario.projects]
    return any(budget is not None and budget.spent for budget in budgets) or any(
        row.date is not None and row.date < scenario.start for row in scenario.worked
    )


class Counter:
    """Counts entries into rows, and notes what is not counted as expected.

    Parameters
    ----------
    scenario
        The scenario as it was planned.
    as_of
        The first day that is not counted.
    since
        The first day that is counted; all days if not given.
    """

    def __init__(self, scenario: Scenario, as_of: dt.date, since: dt.date | None) -> None:
        self.scenario, self.as_of, self.since = scenario, as_of, since
        self.closed = scenario.start if since is None and _carries(scenario) else dt.date.min
        """Days before it are not counted: what they burned stands in ``spent``, as rolling on leaves it."""
        self.works: dict[tuple[str, str], _Work] = {}
        self.noted: dict[tuple[str, str, str], list[Entry]] = {}
        self.more: list[Remark] = []

    def count(self, entries: Sequence[Entry], matcher: Matcher) -> tuple[Worked, ...]:
        """Return the rows of a timesheet, by day, then in the scenario's order of tasks and people."""
        first = min((entry.day for entry in entries if entry.day and self.covers(entry)), default=self.as_of)
        for entry in entries:
            self._add(entry, matcher.match(entry), self.since or first)
        tasks = {task.id: number for number, task in enumerate(self.scenario.tasks)}
        people = {person: number for number, person in enumerate(self.scenario.expanded.people)}
        rows = [row for work in self.works.values() for row in self._rows(work)]
        return tuple(sorted(rows, key=lambda row: (row.date, tasks[row.task], people[row.staff])))

    def covers(self, entry: Entry) -> bool:
        """Return whether an entry shows that the timesheet has its day: a correction alone does not."""
        sound = not (entry.no_work or entry.unread) and entry.is_within(self.as_of, self.since)
        return sound and (entry.day is None or entry.day >= self.closed) and entry.hours is not None and entry.hours > 0

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was noted so far."""
        found = [Remark(*key, tuple(one.line for one in each), _total(each)) for key, each in self.noted.items()]
        return (*found, *self.more)

    def _add(self, entry: Entry, match: Match, first: dt.date) -> None:
        """Add an entry to the others of its person, task and day, or note why it does not count."""
        if entry.no_work:
            self._note(entry, f"not counted: {entry.no_work}")
        elif not entry.is_within(self.as_of, self.since):
            self._note(entry, "outside the days that are counted", alone=False)
        elif entry.unread or entry.day is None:
            self._note(entry, f"not counted: {'; '.join(flaw.message for flaw in entry.unread)}")
        elif entry.day < self.closed:
            why = f"not counted: before the first week, which begins on {self.closed}"
            self._note(entry, f"{why}: what it burned may stand in spent; --since counts it all the same", alone=False)
        elif entry.day < first:
            remedy = "count the whole time from that day on again, or mend its row of worked"
            self._note(entry, f"not taken off: a correction of a day before those of this timesheet: {remedy}")
        elif match.staff is None or match.task is None:
            self._note(entry, f"not counted{_where(match)}: {match.reason}; {_remedy(match, entry)}")
        else:
            work = self.works.setdefault((match.staff, match.task.id), _Work(match.task, match.staff))
            work.days.setdefault(entry.day, []).append(entry)
            self._doubt(entry, match.task, match.staff)

    def _doubt(self, entry: Entry, task: Task, staff: str) -> None:
        """Note what a row cannot record of an entry that counts."""
        if entry.billable is False and task.billable:
            remedy = "give work that is not a task of its own, with billable: false"
            self._note(entry, f"counted, and burns though it is not billable, for {task.id} is: {remedy}")
        view = self.scenario.expanded
        asked = {copy for name in task.estimates for copy in view.copies[name]}
        if view.people[staff].productivity[task.kind] == 0 and staff not in asked:
            self._note(entry, f"counted, but delivers nothing of {task.id}: no productivity for {task.kind} work")

    def _note(self, entry: Entry, reason: str, alone: bool = True) -> None:
        """Note an entry with a reason; `alone` keeps people and work apart."""
        work = " / ".join(names[0] for names in (entry.client, entry.project, entry.task) if names)
        self.noted.setdefault((entry.staff, work, reason) if alone else ("", "", reason), []).append(entry)

    def _rows(self, work: _Work) -> Iterator[Worked]:
        """Yield the rows of a person and task, rounded so that they add up."""
        total, said = Fraction(0), Decimal(0)
        for day, hours in sorted(self._balanced(work).items()):
            total += hours
            row = rounded(total, _DECIMALS) - said
            if row > 0:
                said += row
                yield Worked(task=work.task.id, staff=work.staff, date=day, hours=row)

    def _balanced(self, work: _Work) -> dict[dt.date, Fraction]:
        """Return the hours of each day, none below 0: what corrections leave below it is taken off other days."""
        hours = {day: _total(entries) for day, entries in work.days.items()}
        for day in sorted(day for day, sum_ in hours.items() if sum_ < 0):
            over, hours[day] = -hours[day], Fraction(0)
            before = sorted((other for other in hours if other < day), reverse=True)
            taken = []
            for other in (*before, *sorted(other for other in hours if other > day)):
                part = min(over, max(hours[other], Fraction(0)))
                over, hours[other] = over - part, hours[other] - part
                taken += [other.isoformat()] if part else []
            for entry in work.days[day]:
                if taken:
                    self._note(entry, f"a correction of more than its day has: taken off {', '.join(taken)}")
            if over:
                first = work.days[day][0]
                reason = (
                    f"{plain(rounded(over, _DECIMALS))} hours of a correction are not taken off: {work.staff} has no "
                    f"more on {work.task.id} in this timesheet: count the whole time again, or mend a row of worked"
                )
                lines = tuple(entry.line for entry in work.days[day])
                self.more.append(Remark(first.staff, work.task.id, reason, lines, -over))
        return hours


def _total(entries: Sequence[Entry]) -> Fraction:
    return sum((entry.hours or Fraction(0) for entry in entries), Fraction(0))


def _where(match: Match) -> str:
    """Return which budget does not count hours that belong to no task."""
    if match.staff is None or not (match.project or match.client):
        return ""
    what = f"project {match.project}" if match.project else f"client {match.client}"
    return f", and in no budget of {what}"


def _remedy(match: Match, entry: Entry) -> str:
    """Return how to count work that matches no person, or no task."""
    if match.staff is None:
        return "tell who it is under names.staff in the map" if entry.staff else "name the person"
    return _TASK_REMEDY if entry.task else _NAMELESS_REMEDY


def rounded(amount: Fraction, decimals: int) -> Decimal:
    """Return an amount rounded to so many decimals, ties away from zero.

    >>> rounded(Fraction(4, 3), 4), rounded(Fraction(1, 200), 2)
    (Decimal('1.3333'), Decimal('0.01'))
    """
    exact = Decimal(amount.numerator) / Decimal(amount.denominator)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
