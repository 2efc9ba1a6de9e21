"""What was worked beside what was planned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.numbers import number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.plan.actuals import lines
from staffing.plan.names import Names

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


def actuals_table(plan: Plan, page: Page) -> Table:
    """One row for each begun task and person, overruns first."""
    names = Names(plan)
    found = lines(plan)
    rows = tuple(
        (
            clip(names.client(line.client), page.name_width // 2),
            clip(names.beside(line.name, line.client), page.name_width),
            clip(names.person(line.staff), page.name_width // 2),
            *map(number, (line.planned, line.worked, line.left)),
            number(line.over) if line.over else "",
        )
        for line in found
    )
    over = sum(line.over for line in found)
    title = f"Worked against planned: {number(over)} hours over" if over else "Worked against planned: nothing is over"
    heads = ("planned", "worked", "left", "over")
    columns = (Column("client"), Column("task"), Column("person"), *(Column(head, right=True) for head in heads))
    return Table(title if rows else "Nothing was worked yet", columns, rows)


def is_begun(plan: Plan) -> bool:
    """Return whether any hours of the plan were worked already."""
    worked = any(entry.fixed and not plan.is_promised(entry) for entry in plan.assigned)
    return worked or bool(plan.context and plan.context.work)
