"""What is in the way of tasks that wait, or are late, as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.candidates import candidate_tables, gain_lines
from staffing.console.conflict import conflict_parts
from staffing.console.families import called
from staffing.console.numbers import count
from staffing.console.page import Column, Page, Table
from staffing.console.text import clean, clip

if TYPE_CHECKING:
    from staffing.decisions.explanation import Explained, Explanation

MOST_LINES = 6
"""Obstacles of a task in a table; beyond they are counted."""


def explanation_tables(answer: Explanation, page: Page) -> list[str | Table]:
    """Return the projects as one line each, then a row for each task that waits, or is late."""
    asked = [part for entry in answer.tasks for part in candidate_tables(entry, page)]
    entries = [entry for entry in answer.tasks if entry.obstacles or not entry.candidates]
    rows = tuple(_row(entry, page) for entry in entries)
    columns = (Column("client\nproject"), Column("task"), Column("what is in the way", prose=True))
    more = f"and {count(answer.more, 'more entry', 'more entries')}: --most" if answer.more > 0 else ""
    table = Table("What is in the way", columns, rows, note=more)
    lines = [f"{page.name(standing.text)}." for standing in answer.projects]
    nothing = [] if asked else ["Nothing waits, and nothing is late."]
    return [*gain_lines(answer), *lines, *([table] if rows else nothing), *asked, *conflict_parts(answer)]


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
