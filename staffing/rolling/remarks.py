"""What a manager should know of rolling on: work that is not carried, or goes on in another way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

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
        """Return the remark as one sentence."""
        hours = "1 hour" if self.hours == 1 else f"{plain(round(self.hours, 4))} hours"
        return ": ".join(part for part in (self.task, f"{hours} of effort" if self.hours else "", self.what) if part)


def remarks(before: Expanded, begun: Sequence[Begun], new: Scenario, shift: Shift) -> Iterator[Remark]:
    """Yield what is to know: of all, then what is not carried, what waits, what goes on by itself."""
    return chain(
        _of_all(before, new, shift),
        _not_carried(before, begun, new, shift),
        _late(before, shift),
        _rests(before, begun, shift),
    )


def _day(week: int, before: Expanded, shift: Shift) -> str:
    return show_date(first_day(week, shift.old), before.scenario.calendar.system)


def _of_all(before: Expanded, new: Scenario, shift: Shift) -> Iterator[Remark]:
    if not before.scenario.worked:
        until = _day(shift.by + 1, before, shift)
        what = f"nothing was worked before {until}, by what the scenario says: all effort comes along as it was"
        yield Remark("", "", Fraction(0), what)
    for person in sorted(before.hired - new.expanded.hired):
        what = f"{person} is a placeholder, was hired and has worked, and the hours that say so are left out"
        remedy = "make a person of it (placeholder: false), or it may be planned as not hired"
        yield Remark("", "", Fraction(0), f"{what}: {remedy}")


def _not_carried(before: Expanded, begun: Sequence[Begun], new: Scenario, shift: Shift) -> Iterator[Remark]:
    over: dict[str, list[Begun]] = defaultdict(list)
    for entry in begun:
        if entry.becomes is None and not entry.job.done:
            over[entry.job.task].append(entry)
    for task, entries in over.items():
        first, last = (_day(entry.first, before, shift) for entry in (entries[0], entries[-1]))
        which = f"the occurrence of {first}" if first == last else f"{len(entries)} occurrences, {first} to {last}"
        left = sum((entry.job.effort for entry in entries), Fraction(0))
        yield Remark(task, entries[0].job.name, left, f"not carried: the weeks of {which} are over")
    stay = {task.id for task in new.tasks}
    for one in before.scenario.tasks:
        if one.repeat is not None and one.repeat.until is not None and not (one.cancelled or one.id in stay):
            ended = _day(before.scenario.week(one.repeat.until), before, shift)
            what = f"left out: its repeat has ended, with the week of {ended}"
            yield Remark(one.id, one.name or one.id, Fraction(0), what)


def _late(before: Expanded, shift: Shift) -> Iterator[Remark]:
    for job in before.jobs.values():
        if job.task == job.id and not job.done and job.deadline <= shift.by:
            what = f"waits: the week of its deadline, {_day(job.deadline, before, shift)}, is over"
            yield Remark(job.id, job.name, job.effort, what)


def _rests(before: Expanded, begun: Sequence[Begun], shift: Shift) -> Iterator[Remark]:
    for entry in begun:
        if entry.becomes is not None and "@" not in entry.becomes:
            what = f"the rest of the occurrence of {_day(entry.first, before, shift)}"
            left = max(Fraction(0), entry.job.effort)
            yield Remark(entry.job.task, entry.job.name, left, f"goes on as the task {entry.becomes}: {what}")
