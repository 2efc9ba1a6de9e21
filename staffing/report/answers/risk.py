"""What chance may do to a plan: how likely tasks are on time, people too full, budgets overrun, and what it earns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from staffing.report.answers.document import Record
from staffing.report.answers.price import task_called
from staffing.report.answers.worth import Cell, Map, Row, level_of
from staffing.report.heat import blocks
from staffing.report.language import name
from staffing.report.names import Told

MOST_OPEN = 12
"""Rows of a table in the open; more are folded."""
BANDS = ("p10", "p50", "p90")


@dataclass(frozen=True, slots=True)
class Chances:
    """A table: what it is about, and figures as text."""

    rows: tuple[tuple[Markup, tuple[str, ...]], ...]

    @property
    def folded(self) -> bool:
        """Whether there are so many that they are folded."""
        return len(self.rows) > MOST_OPEN


@dataclass(frozen=True, slots=True)
class Risk:
    """The answer."""

    draws: str
    tasks: Chances
    map: Map | None
    budgets: Chances
    money: Chances


def view(told: Told, answer: Record) -> Risk:
    """Return what a section on risk shows."""
    say, money = told.say, answer.record("money")
    draws = answer.number("draws")
    return Risk(
        draws=say.number(draws) if draws is not None else "",
        tasks=_chances(told, answer.records("tasks"), _task, ("on_time", "delivered", "error")),
        map=_map(told, answer.records("people")),
        budgets=_chances(told, answer.records("budgets"), _budget, ("overrun", "error")),
        money=Chances(
            tuple(
                (say(f"m_{word}"), tuple(say.number(money.record(word).number(band)) for band in BANDS))
                for word in ("cost", "margin")
                if word in money
            )
        ),
    )


def _chances(
    told: Told, records: Sequence[Record], called: Callable[[Told, Record], Markup], keys: Sequence[str]
) -> Chances:
    return Chances(
        tuple((called(told, one), tuple(told.say.percent(one.number(key)) for key in keys)) for one in records)
    )


def _task(told: Told, one: Record) -> Markup:
    task = one.text("task")
    return task_called(told, task) if told.knows(task) else name(one.text("name") or task)


def _budget(told: Told, one: Record) -> Markup:
    """Return whose budget it is, and when."""
    id_ = one.text("budget")
    known = next((shown for shown in (told.client(id_), told.project(id_)) if shown != name(id_)), None)
    period = Markup.escape(told.say.period(one.text("period") or "horizon"))
    return told.say("named", task=known or name(one.text("name") or id_), details=period)


def _map(told: Told, people: Sequence[Record]) -> Map | None:
    """Draw the chance of more than the contract, person by week."""
    rows: dict[str, Row] = {}
    for one in people:
        week, chance, staff = one.whole("week"), one.number("above_contract"), one.text("staff")
        if week is not None and chance is not None:
            known = told.person(staff) if told.knows_person(staff) else name(one.text("name") or staff)
            cell = Cell(told.say.percent(chance), Markup(""), level_of(chance) if chance else "h0")
            rows.setdefault(staff, Row(known, Markup(""), {})).cells[week] = cell
    weeks = sorted({week for row in rows.values() for week in row.cells} | set(told.weeks))
    return Map(Markup(""), tuple(rows.values()), blocks(weeks)) if rows else None
