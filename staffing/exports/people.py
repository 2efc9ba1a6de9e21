"""People as a sheet: a heat map of utilisation, then hours, capacity and overtime, week by week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from staffing.console.people import OVERTIME, people_here
from staffing.console.weeks import hours_by_person_and_week, week_columns, week_numbers
from staffing.exports.sheets import NOTE, PLAIN, Cell, Look, Row, Shade, Sheet, amount, share, table, text
from staffing.plan.names import Names

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

TITLES = ("person", "role", "measure", "all")
KEPT = 4
_AWAY = Cell(None, Look(bg_color="#D9D9D9"))
_LEGEND = f"{OVERTIME} overtime, orange: more than the capacity, grey: no capacity"
_EVERYBODY = Look(bold=True, top=1)
_Hours = dict[tuple[str, int], float]


@dataclass(frozen=True)
class _Weeks:
    """Hours, capacity and overtime of the people who are here, by person and week."""

    people: tuple[str, ...]
    weeks: tuple[int, ...]
    hours: _Hours
    capacity: _Hours
    overtime: _Hours

    def total(self, amounts: _Hours, people: Sequence[str], weeks: Sequence[int]) -> float:
        """Sum over people and weeks."""
        return sum(amounts.get((person, week), 0.0) for person in people for week in weeks)


def people_sheet(plan: Plan) -> Sheet:
    """Show how busy people are: utilisation first, as a heat map, then the hours behind it."""
    known = _gather(plan)
    blocks = [_heat(plan, known)] if known.capacity else []
    for measure, amounts in (("hours", known.hours), ("capacity", known.capacity), ("overtime", known.overtime)):
        blocks += [_block(plan, known, measure, amounts)] if any(amounts.values()) else []
    rows = [row for block in blocks for row in block]
    last_column = len(TITLES) + len(known.weeks) - 1
    heat = Shade("heat", KEPT - 1, len(known.people) + 1, last_column)
    return table(
        "People",
        (*TITLES, *(column.title for column in week_columns(plan))),
        rows,
        below=[(text(_LEGEND, NOTE),)] if known.capacity else (),
        empty="Nobody is here.",
        kept=KEPT,
        shades=[heat] if known.capacity else (),
        weeks=len(known.weeks),
    )


def _gather(plan: Plan) -> _Weeks:
    people, _, capacity = people_here(plan)
    overtime: defaultdict[tuple[str, int], float] = defaultdict(float)
    for entry in plan.extra_hours:
        overtime[entry.staff, entry.week] += entry.hours
    return _Weeks(tuple(people), tuple(week_numbers(plan)), hours_by_person_and_week(plan), capacity, dict(overtime))


def _heat(plan: Plan, known: _Weeks) -> list[Row]:
    """One row of utilisation for each person, and one for everybody."""

    def cell(people: Sequence[str], weeks: Sequence[int], look: Look) -> Cell | None:
        capacity = known.total(known.capacity, people, weeks)
        if not capacity:
            return replace(_AWAY, look=replace(_AWAY.look, top=look.top))
        over = len(weeks) == 1 and len(people) == 1 and known.total(known.overtime, people, weeks) > 0
        return share(known.total(known.hours, people, weeks) / capacity, look, f'0%"{OVERTIME}"' if over else "0%")

    return _rows(plan, known, "utilisation", cell)


def _block(plan: Plan, known: _Weeks, measure: str, amounts: _Hours) -> list[Row]:
    """One row of hours for each person who has any, and one for everybody."""

    def cell(people: Sequence[str], weeks: Sequence[int], look: Look) -> Cell | None:
        return amount(known.total(amounts, people, weeks) or None, look) or Cell(None, look)

    some = replace(known, people=tuple(p for p in known.people if known.total(amounts, [p], known.weeks)))
    return _rows(plan, some, measure, cell)


def _rows(
    plan: Plan,
    known: _Weeks,
    measure: str,
    cell: Callable[[Sequence[str], Sequence[int], Look], Cell | None],
) -> list[Row]:
    names, (_, roles, _) = Names(plan), people_here(plan)

    def row(people: Sequence[str], name: str, role: str, look: Look) -> Row:
        centred = replace(look, align="center")
        return (
            text(name, look),
            text(role, look),
            text(measure, look),
            cell(people, known.weeks, replace(centred, bold=True)),
            *(cell(people, [week], centred) for week in known.weeks),
        )

    each = [row([person], names.person(person), roles.get(person, ""), PLAIN) for person in known.people]
    return [*each, row(known.people, "everybody", "", _EVERYBODY)]
