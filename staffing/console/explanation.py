"""What is in the way of tasks that wait, or are late, and what would help, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.candidates import candidate_tables
from staffing.console.conflict import conflict_parts
from staffing.console.families import called
from staffing.console.gains import gain_lines
from staffing.console.numbers import count, number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clean, clip
from staffing.console.words import GOALS

if TYPE_CHECKING:
    from staffing.decisions.explanation import Explained, Explanation
    from staffing.decisions.price import Price

MOST_LINES = 6
"""Obstacles of a task in a table; beyond they are counted."""
FROM_THE_PLAN = "Prices count from the plan given all the same."


def explanation_tables(answer: Explanation, page: Page) -> list[str | Table]:
    """Return the projects as one line each, a row for each task that waits, or is late, and one for each change."""
    asked = [part for entry in answer.tasks for part in candidate_tables(entry, page)]
    entries = [entry for entry in answer.tasks if entry.obstacles or not entry.candidates]
    rows = tuple(_row(entry, page) for entry in entries)
    columns = (Column("client\nproject"), Column("task"), Column("what is in the way", prose=True))
    more = f"and {count(answer.more, 'more entry', 'more entries')}: --most" if answer.more > 0 else ""
    table = Table("What is in the way", columns, rows, note=more)
    lines = [f"{page.name(standing.text)}." for standing in answer.projects]
    nothing = [] if asked else ["Nothing waits, and nothing is late."]
    found = [*gain_lines(answer.plan_gain, "be better", FROM_THE_PLAN, page), *lines, *([table] if rows else nothing)]
    found += [_as_it_is(entry, page) for entry in answer.tasks if entry.as_it_is is not None]
    found += [_changes(answer, page)] if answer.changes else []
    unhelped = (entry for entry in answer.tasks if entry.searched and not entry.repairs and entry.as_it_is is None)
    found += [_no_change(entry, page) for entry in unhelped]
    return [*found, *asked, *conflict_parts(answer)]


def _as_it_is(entry: Explained, page: Page) -> str:
    assert entry.as_it_is is not None
    return f"{page.name(called(entry.name, entry.tasks))}: {clean(entry.as_it_is.text)}"


def _no_change(entry: Explained, page: Page) -> str:
    helped = "on time" if entry.state == "late" else "delivered"
    name = page.name(called(entry.name, entry.tasks))
    return f"{name}: no single change was found with which it is {helped} and all else stays."


def _changes(answer: Explanation, page: Page) -> Table:
    """Return the changes that would help, numbered, with what each costs and moves."""
    rows, number_ = [], 0
    for entry in answer.tasks:
        for repair in entry.repairs:
            number_ += 1
            task = clip(called(entry.name, entry.tasks), page.name_width)
            others = [move.task for move in repair.price.moves if move.task not in entry.tasks]
            moved = "" if not others else count(len(others), "task", "tasks")
            rows.append((str(number_), task, clean(repair.text), _price(repair.price), moved))
    columns = (
        Column("no.", right=True),
        Column("task"),
        Column("with this change it is delivered", prose=True),
        Column("what it changes", prose=True),
        Column("other work\nthat moves"),
    )
    proven = all(repair.proven for repair in answer.changes)
    note = "" if proven else "Not all is proven: less may do, or cost less; --format json says of which."
    return Table("What would help, the cheapest first", columns, tuple(rows), note=note)


def _price(price: Price) -> str:
    """Return what a change costs, a line for each goal that it touches."""
    touched = ((GOALS[goal], amount) for goal, amount in price.goals.items() if amount)
    return "\n".join(f"{name} {'+' if amount > 0 else ''}{number(amount)}" for name, amount in touched) or "nothing"


def _row(entry: Explained, page: Page) -> tuple[str, str, str]:
    whose = [clip(text, page.name_width) for text in (entry.client_name, entry.project_name) if text]
    state = "" if entry.state == "waiting" else entry.state
    task = [clip(called(entry.name, entry.tasks), page.name_width), clip(entry.task, page.name_width), state]
    lines = [entry.why, *(text for text in _lines(entry) if text != entry.why)]
    hidden = len(lines) - MOST_LINES
    lines = [clean(text) for text in lines[:MOST_LINES]]
    lines += [f"and {count(hidden, 'more line')}: --format csv has all"] if hidden > 0 else []
    return "\n".join(whose), "\n".join(dict.fromkeys(line for line in task if line)), "\n".join(lines)


def _lines(entry: Explained) -> list[str]:
    """Return what is in the way as few sentences: those who are no owner in one, and a budget once, of the nearest."""
    others = list(dict.fromkeys(said.obstacle.staff for said in entry.obstacles if said.obstacle.kind == "one_owner"))
    unhired = {said.obstacle.staff for said in entry.obstacles if said.obstacle.kind == "hired"}
    budgets: set[tuple[object, ...]] = set()
    lines, last = [], ""
    for said in entry.obstacles:
        one = said.obstacle
        key = (one.of, one.budget)
        if one.kind == "one_owner":
            last = last or said.text
        elif (one.staff is not None and one.staff in others) or (one.kind == "hours" and one.staff in unhired):
            continue
        elif one.kind != "budget" or key not in budgets:
            budgets |= {key} if one.kind == "budget" else set()
            lines.append(said.text)
    more = f" Nor may {count(len(others) - 1, 'other', 'others')}." if len(others) > 1 else ""
    return [*lines, *([f"{last}{more}"] if last else [])]
