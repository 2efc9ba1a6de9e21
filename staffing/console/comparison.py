"""Plans side by side, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.numbers import number, percent
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip, wrap

if TYPE_CHECKING:
    from staffing.comparing.comparison import Comparison
    from staffing.comparing.measures import Measure

_RATIOS = ("utilisation", "share")


def comparison_tables(comparison: Comparison, page: Page) -> list[str | Table]:
    """Measures side by side with differences to the first, then the tasks that differ."""
    heads = [wrap(name, max(12, page.width // 6)) for name in comparison.names]
    return [_measures(comparison, heads, page), _tasks(comparison, heads, page)]


def _measures(comparison: Comparison, heads: list[str], page: Page) -> Table:
    columns = [Column("measure"), Column(heads[0], right=True)]
    for head in heads[1:]:
        columns += [Column(head, right=True), Column("difference", right=True)]
    rows = []
    for name, values in comparison.values.items():
        row = [clip(name.replace("_", " "), 2 * page.name_width), _written(name, values[0])]
        for value, difference in zip(values[1:], comparison.differences[name], strict=True):
            row += [_written(name, value), _signed(name, difference)]
        rows.append(tuple(row))
    return Table("Measures", tuple(columns), tuple(rows), kept=1)


def _tasks(comparison: Comparison, heads: list[str], page: Page) -> str | Table:
    if not comparison.outcomes:
        return "No task differs in state or owners."
    columns = (Column("task"), *map(Column, heads))
    rows = tuple(
        (clip(task, page.name_width), *(clip(text, page.name_width) for text in row))
        for task, row in comparison.outcomes.items()
    )
    return Table(f"Tasks that differ: {len(rows)}", columns, rows, kept=1)


def _written(name: str, value: Measure) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return percent(value) if name.endswith(_RATIOS) else number(value)


def _signed(name: str, difference: Measure) -> str:
    if not isinstance(difference, int | float):
        return ""
    if name.endswith(_RATIOS):
        return f"{round(100 * difference):+d} pt" if difference else "="
    return f"{'+' if difference > 0 else ''}{number(difference)}" if difference else "="
