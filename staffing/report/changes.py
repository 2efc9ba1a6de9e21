"""What a re-plan changed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from staffing.console.changes import fare_alike
from staffing.console.words import WHY_GAIN, WHY_OF_TASK
from staffing.plan.records import Change, State
from staffing.report.names import Told
from staffing.scenario.dates import week_of

MOST_OPEN = 20
"""Rows in the open; more are folded."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A task that is not as in the baseline, or those occurrences of it that fare alike."""

    task: Markup
    times: int
    before: Markup
    before_weeks: Markup
    now: Markup
    now_weeks: Markup
    why: Markup


def changed(told: Told) -> tuple[Changed, ...]:
    """Return what a re-plan changed, in the scenario's order."""
    changes = told.plan.context.changes if told.plan.context is not None else ()
    alike: defaultdict[object, list[Change]] = defaultdict(list)
    for change in changes:
        alike[fare_alike(change)].append(change)
    return tuple(_changed(told, several) for several in alike.values())


def _changed(told: Told, several: Sequence[Change]) -> Changed:
    first = several[0]
    return Changed(
        task=told.task(first.task),
        times=len(several),
        before=_who(told, first.was_owners, first.was),
        before_weeks=_weeks(told, [(change.was_first_day, change.was_last_day) for change in several]),
        now=_who(told, first.owners, first.now),
        now_weeks=_weeks(told, [(change.first_day, change.last_day) for change in several]),
        why=_why(told, first),
    )


def _who(told: Told, owners: Sequence[str], state: State) -> Markup:
    return told.persons(owners) if owners else told.say(f"state_{state}")


def _weeks(told: Told, days: Sequence[tuple[dt.date | None, dt.date | None]]) -> Markup:
    weeks = [week_of(day, told.plan.start) for pair in days for day in pair if day is not None]
    if not weeks:
        return Markup("")
    first, last = (told.say.number(week) for week in (min(weeks), max(weeks)))
    return told.say("week_n", n=first) if first == last else told.say("weeks_n", first=first, last=last)


def _why(told: Told, change: Change) -> Markup:
    if change.about is None and change.why == "capacity":
        return told.say("reason_capacity")
    gaps: dict[str, Markup | str] = {}
    if change.about is not None:
        gaps["about"] = told.task(change.about) if change.why in WHY_OF_TASK else told.person(change.about)
    if change.gain is not None and change.why in WHY_GAIN:
        return told.say(f"why_{change.why}_gain", gain=told.say.number(change.gain), **gaps)
    return told.say(f"why_{change.why}", **gaps)
