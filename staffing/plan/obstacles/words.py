"""Obstacles in plain English: the sentence for each, and what stands in its gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from staffing.plan.figures import in_weeks, number
from staffing.plan.names import Names
from staffing.plan.obstacles.records import Because, Hindrance, Obstacle
from staffing.scenario.dates import FIRST_GREGORIAN_YEAR

SENTENCES: dict[str, str] = {
    "no_window": "It may not begin before week {needed}, and its last week is {left}.",
    "no_window_over": "Its last week is over: it may not begin before week {needed}.",
    "no_window_late": "It may not begin before week {needed}, and was due in week {left}.",
    "no_window_late_over": "It was due before week {needed}, the first that it may begin in.",
    "no_window_promised": "It has promised hours in week {needed}, and was due in week {left}.",
    "may_role": "{person} has no role that the task is for.",
    "may_work": "{person} does no {work} work.",
    "may_skill": "{person} lacks the skill {skill}; the task asks for level {needed}.",
    "may_level": "{person} has the skill {skill} at level {left}; the task asks for level {needed}.",
    "may_owner": "{person} may not own it: its owner is {owner}.",
    "may_only": "{person} is not among the people that the task is for.",
    "may_except": "{person} is excepted from the task.",
    "may_exclude": "{person} never works for the client.",
    "nobody_role": "Nobody has a role that the task is for.",
    "nobody_work": "Nobody does {work} work.",
    "nobody_skill": "Nobody has the skill {skill}; the task asks for level {needed}.",
    "nobody_level": "Nobody has the skill {skill} above level {left}; the task asks for level {needed}.",
    "nobody_owner": "What is left of it is for {owner}, who has promised hours and may not do it.",
    "nobody_only": "The people that the task is for are none of the staff.",
    "nobody_except": "Everybody is excepted from the task.",
    "nobody_exclude": "Nobody may work for the client.",
    "predecessor": "It comes after {task}, which waits.",
    "predecessor_over": "It comes after {task}, which lets it begin in week {needed}; its last week is {left}.",
    "predecessor_late": "It comes after {task}, which lets it begin in week {needed}; it was due in week {left}.",
    "predecessor_weeks": "It comes after {task}, which leaves it {weeks}: too little time.",
    "budget": "{budget}'s {period} budget has {left} left; the task burns {needed}.",
    "budget_whole": "{budget}'s budget has {left} left; the task burns {needed}.",
    "budget_weeks": "{budget}'s budget has {left} left in {weeks}; the task burns {needed}.",
    "budget_by": "{budget}'s {period} budget has {left} left; the task burns {needed} if {person} does it.",
    "budget_whole_by": "{budget}'s budget has {left} left; the task burns {needed} if {person} does it.",
    "budget_weeks_by": "{budget}'s budget has {left} left in {weeks}; the task burns {needed} if {person} does it.",
    "budget_hours": "{budget}'s budget pays for {paid} in weeks in which {person} has time; "
    "the task burns {needed}, and {left} is left in these.",
    "budget_each": "{budget}'s budget has at most {left} left for any of them; each burns {needed}.",
    "pace": "At most {most} hours a week may go into the task, which leaves {left} in {weeks}; it needs {needed}.",
    "pace_by": "At most {most} hours a week may go into the task, which leaves {left} in {weeks}; "
    "{person} needs {needed}.",
    "one_owner": "It is to have the same owner as other such work, {owner}: {person} may not do it.",
    "clients": "{person} serves {clients}, and may serve no more.",
    "clients_week": "{person} may serve at most {clients} a week, which leaves {hours} in {weeks}; "
    "the task needs {needed}.",
    "kind_limit": "{person}'s limit of {most} {work} hours a week leaves {left} in {weeks}; the task needs {needed}.",
    "hours": "{person} has {hours} left in {weeks}; the task needs {needed}.",
    "hours_overtime": "{person} has {hours} left in {weeks}, {overtime} of them overtime; the task needs {needed}.",
    "hours_none": "{person} has no hours left in {weeks}; the task needs {needed}.",
    "hours_together": "Shared by {most} at most, people deliver {left} of its hours in {weeks}; it needs {needed}.",
    "hours_each": "{person} has at most {hours} left for any of them; each needs {needed}.",
    "hours_each_none": "{person} has no hours left for any of them; each needs {needed}.",
    "hired": "{person} is not hired, and would have {hours} in {weeks}; the task needs {needed}.",
    "fits": "Nothing is in its way: {person} has room for it in {weeks}.",
    "fits_late": "{person} has room for it on time, in {weeks}.",
    "fits_each": "Nothing is in its way: {person} has room for it.",
}
"""The sentence for each obstacle; its gaps in braces."""

HINDRANCES: dict[Hindrance | Literal["nothing"], str] = {
    "no_window": "there is no week in which it may be done",
    "not_qualified": "nobody is allowed and able to do it",
    "predecessor": "a task that must come first is in the way",
    "budget": "the budget has too little left",
    "pace": "too few hours a week may go into it",
    "one_owner": "its one owner is out of hours",
    "clients": "a limit on clients is reached",
    "kind_limit": "a limit on hours of its kind is reached",
    "hours": "nobody has enough hours left",
    "hired": "somebody who could do it is not hired",
    "nothing": "nothing is in its way",
}
"""What obstacles of a kind have in common, in a few words."""

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
GAPS: dict[str, Literal["person", "task", "weeks", "period", "work", "text", "budget", "hours", "clients"]] = {
    "person": "person",
    "owner": "person",
    "task": "task",
    "weeks": "weeks",
    "period": "period",
    "work": "work",
    "skill": "text",
    "budget": "budget",
    "hours": "hours",
    "paid": "hours",
    "clients": "clients",
}
"""What stands in a gap; numbers stand in all others."""
_FIELDS = {"person": "staff", "hours": "left", "paid": "most", "clients": "most"}
"""The field that fills a gap of another name."""


def key_of(obstacle: Obstacle, *, late: bool = False, several: bool = False) -> str:
    """Return the key of an obstacle's sentence.

    Parameters
    ----------
    obstacle
        What is in the way.
    late
        Of being on time, rather than of being delivered.
    several
        Whether it speaks of several occurrences of a task, as :func:`merged` returns it.
    """
    if several and (obstacle.kind == "budget" or (obstacle.kind == "hours" and obstacle.staff is not None)):
        return f"{obstacle.kind}_each{'_none' if obstacle.kind == 'hours' and not obstacle.left else ''}"
    return _KEYS[obstacle.kind](obstacle, late) if obstacle.kind in _KEYS else obstacle.kind


def _of_window(obstacle: Obstacle, late: bool) -> str:
    if obstacle.weeks:
        return "no_window_promised"
    over = "_over" if (obstacle.left or 0) < 1 else ""
    return f"no_window_late{over}" if late else f"no_window{over}"


def _of_rule(obstacle: Obstacle, late: bool) -> str:  # noqa: ARG001  as of all kinds
    what = "work" if obstacle.work is not None else "level" if obstacle.skill and obstacle.left else obstacle.rule
    return f"{'nobody' if obstacle.staff is None else 'may'}_{what}"


def _of_predecessor(obstacle: Obstacle, late: bool) -> str:
    if obstacle.needed is None:
        return "predecessor"
    return "predecessor_weeks" if obstacle.weeks else "predecessor_late" if late else "predecessor_over"


def _of_budget(obstacle: Obstacle, late: bool) -> str:  # noqa: ARG001  as of all kinds
    if obstacle.most is not None:
        return "budget_hours"
    period = "_weeks" if obstacle.period is None else "_whole" if obstacle.period == "horizon" else ""
    return f"budget{period}{'' if obstacle.staff is None else '_by'}"


def _of_hours(obstacle: Obstacle, late: bool) -> str:  # noqa: ARG001  as of all kinds
    if obstacle.staff is None:
        return "hours_together"
    return "hours_overtime" if obstacle.overtime else "hours" if obstacle.left else "hours_none"


_KEYS: Mapping[Hindrance, Callable[[Obstacle, bool], str]] = {
    "no_window": _of_window,
    "not_qualified": _of_rule,
    "predecessor": _of_predecessor,
    "budget": _of_budget,
    "hours": _of_hours,
    "pace": lambda obstacle, _: "pace" if obstacle.staff is None else "pace_by",
    "clients": lambda obstacle, _: "clients_week" if obstacle.weeks else "clients",
}


def key_of_because(told: Because, *, late: bool = False, several: bool = False) -> str:
    """Return the key of the sentence on why a task waits, or is late."""
    if told.obstacle is not None:
        return key_of(told.obstacle, late=late, several=several)
    return "fits_late" if late else "fits_each" if several else "fits"


def gaps_of(obstacle: Obstacle) -> dict[str, Any]:
    """Return what an obstacle puts into the gaps of its sentence, as ids, week numbers and amounts."""
    return {gap: getattr(obstacle, _FIELDS.get(gap, gap)) for gap in (*GAPS, "needed", "left", "overtime", "most")}


def gaps_of_because(told: Because) -> dict[str, Any]:
    """Return what stands in the gaps of the sentence on why a task waits, or is late."""
    return gaps_of(told.obstacle) if told.obstacle is not None else {"person": told.fits, "weeks": told.weeks}


def merged(told: Sequence[Because]) -> Because:
    """Return why several occurrences of a task wait, that wait for the same thing: the most that any of them has."""
    obstacles = [one.obstacle for one in told if one.obstacle is not None]
    return replace(told[0], obstacle=merged_obstacle(obstacles)) if obstacles and len(told) > 1 else told[0]


def merged_obstacle(obstacles: Sequence[Obstacle]) -> Obstacle:
    """Return an obstacle of several occurrences of a task as one: that of whichever lacks least, in all their weeks."""
    best = max(obstacles, key=lambda obstacle: (obstacle.left or 0) - (obstacle.needed or 0))
    return replace(best, weeks=tuple(sorted({week for obstacle in obstacles for week in obstacle.weeks})))


def likeness(told: Because) -> tuple[object, ...]:
    """Return what occurrences of a task that wait for the same thing have in common."""
    return (told.fits,) if told.obstacle is None else obstacle_likeness(told.obstacle)


def obstacle_likeness(one: Obstacle) -> tuple[object, ...]:
    """Return what the same obstacle of several occurrences has in common."""
    return one.kind, one.staff, one.of, one.budget, one.rule, one.owner


def sentence(names: Names, obstacle: Obstacle, *, late: bool = False, several: bool = False) -> str:
    """Return an obstacle in a sentence of plain English."""
    return _said(names, key_of(obstacle, late=late, several=several), gaps_of(obstacle), obstacle)


def why(names: Names, told: Because, *, late: bool = False, several: bool = False) -> str:
    """Return in a sentence why a task waits, or is late."""
    if told.obstacle is not None:
        return sentence(names, told.obstacle, late=late, several=several)
    return _said(names, key_of_because(told, late=late, several=several), gaps_of_because(told), None)


def _said(names: Names, key: str, gaps: Mapping[str, Any], obstacle: Obstacle | None) -> str:
    readers: dict[str, Callable[[Any], str]] = {
        "person": names.person,
        "task": names.task,
        "weeks": in_weeks,
        "period": period_name,
        "budget": names.project if obstacle is not None and obstacle.of == "project" else names.client,
        "work": str,
        "text": str,
        "hours": lambda hours: _count(hours, "hour"),
        "clients": lambda clients: _count(clients, "client"),
    }
    filled = {
        gap: number(value) if gap not in GAPS else readers[GAPS[gap]](value) if value is not None else "-"
        for gap, value in gaps.items()
    }
    said = SENTENCES.get(key) or f"{HINDRANCES[obstacle.kind if obstacle is not None else 'nothing']}."
    text = said.format(**filled)  # a plan file of other making may leave anything out
    return text.replace("s's ", "s' ")


def _count(amount: float, thing: str) -> str:
    return f"{number(amount)} {thing if amount == 1 else f'{thing}s'}"


def period_name(period: str) -> str:
    """Return the name of a period of a budget.

    >>> period_name("2026-03"), period_name("2026-Q1"), period_name("week 3"), period_name("1404-10")
    ('March 2026', 'Q1 2026', 'week 3', '1404-10')
    """
    year, _, part = period.partition("-")
    if year.isdecimal() and int(year) >= FIRST_GREGORIAN_YEAR:
        if part in ("Q1", "Q2", "Q3", "Q4"):
            return f"{part} {year}"
        if part.isdecimal() and 1 <= int(part) <= 12:
            return f"{_MONTHS[int(part) - 1]} {year}"
    return period
