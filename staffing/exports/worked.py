"""What was worked beside what was planned, as a sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.exports.sheets import Look, Row, Sheet, amount, table, text
from staffing.plan.actuals import lines
from staffing.plan.names import Names

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

TITLES = ("client", "project", "task", "id", "person", "planned", "worked", "left", "over")
_OVER = Look(bold=True, font_color="#C00000")


def worked_sheet(plan: Plan) -> Sheet:
    """Return a sheet of hours by begun task and person, overruns first."""
    names = Names(plan)
    rows: list[Row] = [
        (
            text(names.client(line.client)),
            text(names.project(line.project) if line.project is not None else ""),
            text(names.beside(line.name, line.client)),
            text(line.task),
            text(names.person(line.staff)),
            amount(line.planned),
            amount(line.worked),
            amount(line.left),
            amount(line.over or None, _OVER),
        )
        for line in lines(plan)
    ]
    return table("Planned and worked", TITLES, rows, empty="Nothing was worked yet.", kept=3)
