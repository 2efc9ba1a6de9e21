"""What a manager should know of rolling on: work that is not carried, or goes on in another way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from staffing.rolling.begun import Begun
from staffing.rolling.shift import Shift
from staffing.scenario.amounts import plain
from staffing.scenario.dates import first_day, show_date
from staffing.scenario.expand import Expanded
from staffing.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to know of a task, or of all ("").

    Attributes
    ----------
    task
        Its id, in the scenario before.
    name
        Its name.
    hours
        Effort left.
    what
        What becomes of it, and why.
    """

    task: str
    name: str
    hours: Fraction
    what: str

    def __str__(self) -> str:
        """Say it in one sentence."""
        hours = "1 hour" if self.hours == 1 else f"{plain(round(self.hours, 4))} hours"
        return f"{self.task}: {hours} of effort: {self.what}" if self.task else self.what


def remarks(before: Expanded, begun: Sequence[Begun], new: Scenario, shift: Shift) -> Iterator[Remark]:
    """Yield what is to know, in the order of the scenario: what is not carried, what waits, what goes on by itself."""
    system = new.calendar.system
    if not before.scenario.worked:
        yield Remark(
            "",
            "",
            Fraction(0),
            f"nothing was worked before {show_date(shift.new, system)}, by what the "
            "scenario says: all effort comes along as it was",
        )
    for person in sorted(before.hired - new.expanded.hired):
        yield Remark(
            "",
            "",
            Fraction(0),
            f"{person} is a placeholder, was hired and has worked, and the hours that say "
            "so are left out: make a person of it (placeholder: false), or it may be planned as not hired",
        )
    over: dict[str, list[Begun]] = defaultdict(list)
    for entry in begun:
        if entry.becomes is None and not entry.job.done:
            over[entry.job.task].append(entry)

    def day(week: int) -> str:
        return show_date(first_day(week, shift.old), system)

    for task, entries in over.items():
        days = day(entries[0].first) if len(entries) == 1 else f"{day(entries[0].first)} to {day(entries[-1].first)}"
        which = f"the occurrence of {days}" if len(entries) == 1 else f"{len(entries)} occurrences, {days}"
        left = sum((entry.job.effort for entry in entries), Fraction(0))
        yield Remark(task, entries[0].job.name, left, f"not carried: the weeks of {which} are over")
    for job in before.jobs.values():
        if job.task == job.id and not job.done and job.deadline < before.from_week and job.deadline <= shift.by:
            yield Remark(job.id, job.name, job.effort, f"waits: the week of its deadline, {day(job.deadline)}, is over")
    for entry in begun:
        if entry.becomes is not None and "@" not in entry.becomes:
            yield Remark(
                entry.job.task,
                entry.job.name,
                max(Fraction(0), entry.job.effort),
                f"goes on as the task {entry.becomes}: the rest of the occurrence of {day(entry.first)}",
            )
