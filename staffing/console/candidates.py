"""Who could own a task, at what price, as tables; and one of them in full."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING

from staffing.console.families import called
from staffing.console.numbers import count, signed
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.console.words import GOALS
from staffing.plan.figures import in_weeks

if TYPE_CHECKING:
    from staffing.decisions.candidate import Candidate
    from staffing.decisions.explanation import Explained
    from staffing.decisions.price import Fared, Price
    from staffing.scenario.records import Goal

HEAD_WIDTH = 12
NOT_PROVEN = "~ the best found in the time; --time-limit with more seconds may find it cheaper"
MOST_MOVES = 20
"""Tasks that move, in a table; beyond they are counted."""


def candidate_tables(entry: Explained, page: Page) -> list[str | Table]:
    """Return everybody who could own a task; a single one with all that would move."""
    if entry.candidates is None:
        return []
    if not entry.candidates:
        return [f"{entry.name}: nothing of it is left to do."]
    goals = _goals(entry.candidates)
    heads = [Column("who"), *(Column(fill(GOALS[goal], HEAD_WIDTH), right=True) for goal in goals)]
    rows = _alike([_row(candidate, goals, page) for candidate in entry.candidates])
    prices = [price for price in map(_price, entry.candidates) if price is not None]
    note = NOT_PROVEN if any(not price.proven for price in prices) else ""
    title = f"Who could do {called(entry.name, entry.tasks)}"
    table = Table(title, (*heads, Column("what it means", prose=True)), rows, note=note)
    moves = [part for candidate in entry.candidates for part in _moves(candidate, page)]
    return [table, *moves]


def _goals(candidates: tuple[Candidate, ...]) -> list[Goal]:
    """Return the goals in which any of some prices differs from nothing."""
    prices = [price for price in map(_price, candidates) if price is not None]
    return [goal for goal in (prices[0].goals if prices else ()) if any(price.goals[goal] for price in prices)]


def _price(candidate: Candidate) -> Price | None:
    """Return the price of a candidate, or of the change that allows them."""
    if candidate.price is None and candidate.allowing is not None:
        return candidate.allowing.price
    return candidate.price


def _row(candidate: Candidate, goals: list[Goal], page: Page) -> tuple[str, ...]:
    price = _price(candidate)
    mark = "" if price is None or price.proven else "~"
    amounts = [
        "" if price is None else f"{mark if price.goals[goal] else ''}{signed(price.goals[goal])}" for goal in goals
    ]
    text = "\n".join([candidate.text, *([candidate.allowing.text] if candidate.allowing is not None else [])])
    return (clip(candidate.staff, page.name_width), *amounts, text)


def _alike(rows: list[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    """Return rows that say the same as one, with all names."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, *rest in rows:
        found.setdefault(tuple(rest), []).append(name)
    return tuple(("\n".join(names), *rest) for rest, names in found.items())


def _moves(candidate: Candidate, page: Page) -> list[str | Table]:
    if not candidate.moved:
        return []
    rows = tuple(
        (clip(move.task, page.name_width), _fared(move.before), _fared(move.after))
        for move in candidate.moved[:MOST_MOVES]
    )
    hidden = len(candidate.moved) - len(rows)
    note = f"and {count(hidden, 'more task')}: --format json has all" if hidden > 0 else ""
    columns = (
        Column("task"),
        Column("in the plan given", prose=True),
        Column(f"if {candidate.staff} does it", prose=True),
    )
    return [Table("What would move", columns, rows, note=note)]


def _fared(fared: Fared | None) -> str:
    """Return in a few words who does a task and when."""
    if fared is None:
        return "is no task"
    if not fared.owners or fared.weeks is None:
        return fared.state
    late = ", late" if fared.state == "late" else ""
    first, last = fared.weeks
    return f"{', '.join(fared.owners)}, {in_weeks(range(first, last + 1))}{late}"
