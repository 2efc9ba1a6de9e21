"""What plans plan for each client, and for each person, as tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from staffing.comparing.breakdown import Rows, whole
from staffing.console.numbers import number, percent
from staffing.console.page import Column, Page, Table
from staffing.console.text import clean, clip
from staffing.plan.names import Names

if TYPE_CHECKING:
    from staffing.comparing.comparison import Comparison
    from staffing.comparing.measures import Measure

_OF_CLIENTS = {
    "hours": "hours",
    "cost": "cost",
    "margin": "margin",
    "delivered_tasks": "delivered",
    "moved_tasks": "moved",
}
_OF_PEOPLE = {"hours": "hours", "utilisation": "utilisation", "cost": "cost", "moved_tasks": "moved"}
RATIOS = ("utilisation", "share")
"""How names of measures end that are shares."""
MOVED = "Moved are tasks that differ from the first plan in state, owners or weeks."


def breakdown_tables(comparison: Comparison, page: Page) -> list[str | Table]:
    """Return each further plan by client and by person, with differences to the first; a plan alone without them."""
    names = [Names(plan) for plan in comparison.plans]
    tables: list[str | Table] = []
    for whose, values, heads in (
        ("client", comparison.client_values, _OF_CLIENTS),
        ("person", comparison.person_values, _OF_PEOPLE),
    ):
        called = [name.client if whose == "client" else name.person for name in names]
        for further in range(1, len(names)) if len(names) > 1 else [0]:
            if values:
                tables.append(_table(comparison, page, whose, values, heads, called, further))
    return tables


def _table(
    comparison: Comparison,
    page: Page,
    whose: str,
    values: Rows,
    heads: dict[str, str],
    called: Sequence[Callable[[str], str]],
    further: int,
) -> Table:
    alone = not further
    shown = {measure: head for measure, head in heads.items() if not (alone and measure == "moved_tasks")}
    columns = (Column(whose), *(Column(head, right=True) for head in shown.values()))
    rows = []
    for id_, own in values.items():
        name = next((text for call in called if (text := call(id_)) != id_), id_)
        cells = (_cell(measure, own[measure][0], own[measure][further], alone=alone) for measure in shown)
        rows.append((clip(name, page.name_width), *cells))
    title = f"By {whose}"
    if not alone:
        title += f": {clean(comparison.names[further])}, in brackets the difference to {clean(comparison.names[0])}"
    return Table(title, columns, tuple(rows), kept=1, note="" if alone or whose == "person" else MOVED)


def _cell(measure: str, first: Measure, value: Measure, *, alone: bool) -> str:
    """Return a value, with its difference to the first plan in brackets."""
    value, first = whole(measure, value), whole(measure, first)
    said = written(measure, value)
    if alone or measure == "moved_tasks" or not isinstance(value, int | float) or not isinstance(first, int | float):
        return said or "-"
    return f"{said} ({signed(measure, value - first)})"


def written(name: str, value: Measure) -> str:
    """Return a measure as text."""
    if value is None or isinstance(value, str):
        return value or ""
    return percent(value) if name.endswith(RATIOS) else number(value)


def signed(name: str, difference: Measure) -> str:
    """Return a difference as text; of shares in points."""
    if not isinstance(difference, int | float):
        return ""
    if name.endswith(RATIOS):
        return f"{round(100 * difference):+d} pt" if difference else "="
    return f"{'+' if difference > 0 else ''}{number(difference)}" if difference else "="
