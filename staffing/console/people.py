"""Each person's weeks: hours, utilisation, overtime."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.numbers import number, percent
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.console.weeks import hours_by_person_and_week, week_columns, week_numbers
from staffing.plan.names import Names

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

OVERTIME = "+"


def utilisation_table(plan: Plan, page: Page) -> Table:
    """One row of utilisation for each person, week by week."""
    return _table(plan, page, "People: utilisation by week", with_hours=False)


def people_table(plan: Plan, page: Page) -> Table:
    """Hours over utilisation for each person, week by week."""
    return _table(plan, page, "People: hours and utilisation by week", with_hours=True)


def _table(plan: Plan, page: Page, title: str, *, with_hours: bool) -> Table:
    names = Names(plan)
    ids, roles, capacity = people_here(plan)
    hours = hours_by_person_and_week(plan)
    overtime = {(entry.staff, entry.week) for entry in plan.extra_hours}
    by_person = plan.metrics.get("utilisation", {}).get("by_person", {})
    rows = []
    for id_ in ids:
        weeks = [
            _cell(hours.get((id_, week), 0.0), capacity.get((id_, week)), (id_, week) in overtime, with_hours)
            for week in week_numbers(plan)
        ]
        lead = clip(names.person(id_), page.name_width)
        if with_hours and id_ in roles:
            lead += f"\n{clip(roles[id_], page.name_width)}"
        rows.append((lead, percent(by_person.get(id_)), *weeks))
    columns = (Column("person"), Column("all", right=True), *week_columns(plan))
    note = f"{OVERTIME} overtime" if overtime else ""
    return Table(title, columns, tuple(rows), kept=2, note=note)


def people_here(plan: Plan) -> tuple[list[str], dict[str, str], dict[tuple[str, int], float]]:
    """Return the ids of the people in the plan, their roles, and their capacity in hours by person and week."""
    if plan.context is None:
        return sorted({entry.staff for entry in plan.assigned}), {}, {}
    here = [person for person in plan.context.people if not person.placeholder or person.id in plan.hired]
    capacity = {(person.id, week): hours for person in here for week, hours in enumerate(person.capacity, start=1)}
    return [person.id for person in here], {person.id: person.role for person in here}, capacity


def _cell(hours: float, capacity: float | None, overtime: bool, with_hours: bool) -> str:
    mark = OVERTIME if overtime else ""
    if capacity is None:  # a plan without its scenario knows hours alone
        return f"{number(hours) if hours else ''}{mark}"
    share = percent(hours / capacity) if capacity else "-"
    if with_hours:
        return f"{number(hours) if hours else '-'}\n{share}{mark}"
    return f"{share}{mark}"
