"""What was worked beside what was planned, overruns first."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from staffing.plan.actuals import lines
from staffing.report.names import Told

MOST_OPEN = 40
"""Rows that are open at once; beyond, those that are over stand in the open and all are folded."""


@dataclass(frozen=True, slots=True)
class Worked:
    """Hours of one person on one task that is begun."""

    task: Markup
    whose: Markup
    person: Markup
    planned: float
    worked: float
    left: float
    over: float


def worked(told: Told) -> tuple[Worked, ...]:
    """Return begun tasks by person, overruns first; none where nothing was worked."""
    return tuple(
        Worked(
            task=told.named(line.name, line.client),
            whose=told.say.listed(
                (told.client(line.client), *([told.project(line.project)] if line.project is not None else []))
            ),
            person=told.person(line.staff),
            planned=line.planned,
            worked=line.worked,
            left=line.left,
            over=line.over,
        )
        for line in lines(told.plan)
    )
