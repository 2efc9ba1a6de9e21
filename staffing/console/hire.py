"""Whom to hire, as tables: the sets with which all work is delivered, and the ladder."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from staffing.console.gains import BEYOND, gain_lines
from staffing.console.numbers import number, signed
from staffing.console.page import Column, Page, Table

if TYPE_CHECKING:
    from staffing.decisions.hiring import Hire, HireSet, Hiring, Rung
    from staffing.plan.records import Number
    from staffing.scenario.records import Goal

MONEY = ("cost", "margin")
"""Beside the goals; what is earned is the sum of both."""


def hire_tables(answer: Hiring, page: Page) -> list[str | Table]:
    """Return what the plan itself can gain, the answer in a sentence, the sets, the ladder, and what stops the rest."""
    parts: list[str | Table] = [
        *gain_lines(answer.plan_gain, "gain, with nobody hired", BEYOND, page),
        *page.lines(answer.text),
    ]
    if answer.sets:
        parts.append(_sets(answer, page))
    parts.append(_ladder(answer, page))
    return [*parts, *(line for text in (answer.short_of, *answer.assumed) for line in page.lines(text))]


def _sets(answer: Hiring, page: Page) -> Table:
    goals = _goals([one.beyond for one in answer.sets])
    columns = (
        *(Column("set", right=True), Column("hire")),
        *(Column(_title(goal), right=True) for goal in goals),
        *(Column(name, right=True) for name in MONEY if name not in goals),
        *(Column("late", right=True), Column("proven")),
    )
    rows = tuple(_set(place, one, goals, page) for place, one in enumerate(answer.sets, 1))
    what = "all work" if answer.wanted == "all" else "all must work"
    note = "Differences to the best plan with nobody hired. --write 1 FILE writes set 1 as a scenario."
    return Table(f"With these people {what} is delivered", columns, rows, kept=2, note=note)


def _set(place: int, one: HireSet, goals: Sequence[Goal], page: Page) -> tuple[str, ...]:
    money = [signed(getattr(one.beyond_money, name)) for name in MONEY if name not in goals]
    prices = [signed(one.beyond[goal]) for goal in goals]
    return (str(place), _people(one.hires, page), *prices, *money, str(one.late), "yes" if one.proven else "no")


def _ladder(answer: Hiring, page: Page) -> Table:
    goals = _goals([rung.goals for rung in answer.ladder])
    columns = (
        *(Column("at\nmost", right=True), Column("hire")),
        *(Column(name, right=True) for name in ("delivered", "late", "waiting")),
        *(Column(_title(goal), right=True) for goal in goals),
        *(Column(name, right=True) for name in MONEY if name not in goals),
        Column("proven"),
    )
    below = (None, *answer.ladder)
    rows = tuple(_rung(rung, last, goals, page) for rung, last in zip(answer.ladder, below, strict=False))
    note = "Not proven: a better plan is not ruled out." if any(not rung.proven for rung in answer.ladder) else ""
    return Table("The best plan with so many hires at most", columns, rows, kept=2, note=note)


def _rung(rung: Rung, below: Rung | None, goals: Sequence[Goal], page: Page) -> tuple[str, ...]:
    money = [number(getattr(rung.money, name)) for name in MONEY if name not in goals]
    told = [number(rung.goals[goal]) for goal in goals]
    counts = (str(rung.delivered), str(rung.late), str(rung.waiting))
    people = "the same" if below is not None and rung.hires == below.hires else _people(rung.hires, page)
    return (str(rung.count), people, *counts, *told, *money, "yes" if rung.proven else "no")


def _goals(values: Sequence[Mapping[Goal, Number]]) -> list[Goal]:
    """Return the goals that are anything but 0 somewhere."""
    return [goal for goal in values[0] if any(value[goal] for value in values)] if values else []


def _title(goal: Goal) -> str:
    return {"must": "must work\nwaiting", "net_value": "net value", "lateness": "weighted\nweeks late"}.get(goal, goal)


def _people(hires: Sequence[Hire], page: Page) -> str:
    lines = [f"{page.name(hire.name)}, {number(hire.weekly_hours)} h from week {hire.from_week}" for hire in hires]
    return "\n".join(lines) or "nobody"
