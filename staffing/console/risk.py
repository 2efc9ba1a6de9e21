"""What may come of a plan, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from staffing.console.numbers import count, number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip

if TYPE_CHECKING:
    from staffing.decisions.risk import Band, Risk

MOST_ROWS = 15
"""Rows of a table; beyond they are counted."""
SURE = 0.9995
"""A chance that is told as certain."""


def risk_tables(answer: Risk, page: Page) -> list[str | Table]:
    """Return tasks that may be late, people with too much in hand, budgets that may be overrun, and money."""
    times = count(answer.draws, "time", "times")
    money = tuple(_band(name, band) for name, band in (("cost", answer.cost), ("margin", answer.margin)))
    heads = (Column(""), *(Column(head, right=True) for head in ("10 %", "50 %", "90 %")))
    return [
        f"Carried out {times}, with hours, absences and lost work drawn by chance. ± is a standard error in percent.",
        _late(answer, page),
        _above(answer, page),
        _overrun(answer, page),
        Table("Money: one, five and nine times of ten it is less than", heads, money),
    ]


def _late(answer: Risk, page: Page) -> Table | str:
    late = sum(task.planned_late for task in answer.tasks)
    open_ = [task for task in answer.tasks if not task.planned_late and (task.on_time is None or task.on_time < 1)]
    sure = len(answer.tasks) - len(open_) - late
    rows = [
        (
            clip(task.client, page.name_width),
            clip(task.name, page.name_width),
            task.task,
            *map(_share, (task.on_time, task.delivered, task.comes)),
            _error(task.error),
        )
        for task in open_
    ]
    heads = ("client", "task", "id", "on time", "delivered", "comes", "±")
    notes = [f"{count(sure, 'other is', 'others are')} on time whatever comes"] if sure else []
    notes += [f"{count(late, 'is', 'are')} late in the plan itself"] if late else []
    return _table("Tasks that may be late", heads, rows, "; ".join(notes))


def _above(answer: Risk, page: Page) -> Table | str:
    rows = [
        (clip(one.name, page.name_width), str(one.week), _share(one.above_contract), _error(one.error))
        for one in answer.people
    ]
    return _table("More in hand than the contract", ("person", "week", "chance", "±"), rows)


def _overrun(answer: Risk, page: Page) -> Table | str:
    rows = [
        (clip(one.name, page.name_width), one.period, _share(one.overrun), _error(one.error))
        for one in answer.budgets
        if one.overrun
    ]
    return _table("Budgets that may be overrun", ("budget", "period", "chance", "±"), rows)


_TEXTS = frozenset({"client", "task", "id", "person", "budget", "period"})


def _table(title: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], note: str = "") -> Table | str:
    if not rows:
        return f"{title}: none." if not note else f"{title}: none; {note}."
    more = len(rows) - MOST_ROWS
    notes = [note] if note else []
    notes += [f"and {count(more, 'more row', 'more rows')}: --format csv has all"] if more > 0 else []
    columns = tuple(Column(head, right=head not in _TEXTS) for head in heads)
    return Table(title, columns, tuple(rows[:MOST_ROWS]), note="; ".join(notes))


def _band(name: str, band: Band) -> tuple[str, ...]:
    return (name, *(number(round(amount)) for amount in (band.p10, band.p50, band.p90)))


def _share(chance: float | None) -> str:
    """Return a chance in percent; one that is neither sure nor impossible is not told as such."""
    if chance is None:
        return "never comes"
    if 0 < chance < 1 - SURE:
        return "under 0.1 %"
    if SURE < chance < 1:
        return "over 99.9 %"
    return f"{100 * chance:.1f} %" if 0 < chance < 1 else f"{chance:.0%}".replace("%", " %")


def _error(error: float | None) -> str:
    return "" if not error else f"{100 * error:.1f}"
