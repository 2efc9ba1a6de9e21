"""Plans side by side, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.comparing.fates import Fate, alike, families, when
from staffing.console.breakdown import breakdown_tables, signed, written
from staffing.console.families import called
from staffing.console.page import GAP, Column, Page, Table
from staffing.console.text import clip, wrap
from staffing.plan.names import Names

if TYPE_CHECKING:
    from staffing.comparing.comparison import Comparison


def comparison_tables(comparison: Comparison, page: Page) -> list[str | Table]:
    """Measures side by side with differences to the first, by client and by person too, then the tasks that differ."""
    heads = [wrap(name, max(12, page.width // 6)) for name in comparison.names]
    return [
        _measures(comparison, heads, page),
        *breakdown_tables(comparison, page),
        _tasks(comparison, heads, page),
    ]


def _measures(comparison: Comparison, heads: list[str], page: Page) -> Table:
    columns = [Column("measure"), Column(heads[0], right=True)]
    for head in heads[1:]:
        columns += [Column(head, right=True), Column("difference", right=True)]
    rows = []
    for name, values in comparison.values.items():
        row = [clip(name.replace("_", " "), 2 * page.name_width), written(name, values[0])]
        for value, difference in zip(values[1:], comparison.differences[name], strict=True):
            row += [written(name, value), signed(name, difference)]
        rows.append(tuple(row))
    return Table("Measures", tuple(columns), tuple(rows), kept=1)


def _tasks(comparison: Comparison, heads: list[str], page: Page) -> str | Table:
    """Return a table of the tasks that differ, by client and name; occurrences of one share a row."""
    if not comparison.fates:
        return "No task differs in state, owners or weeks."
    names = [Names(plan) for plan in comparison.plans]
    columns = (Column("client"), Column("task"), *map(Column, heads))
    width = max(12, page.width // len(columns) - GAP)
    rows = tuple(
        (
            clip(_client(names, comparison, tasks[0]), width),
            wrap(_called(names, comparison, tasks), width),
            *(
                wrap(_outcome(name, [comparison.fates[task][number] for task in tasks]), width)
                for number, name in enumerate(names)
            ),
        )
        for tasks in families(comparison.fates)
    )
    return Table(f"Tasks that differ: {len(comparison.fates)}", columns, rows, kept=2)


def _known(names: list[Names], comparison: Comparison, task: str) -> tuple[Names, str]:
    """Return the first plan that has a task, by its names, and the id of the task in it."""
    found = zip(names, comparison.fates[task], strict=True)
    return next((name, fate.result.task) for name, fate in found if fate.result is not None)


def _client(names: list[Names], comparison: Comparison, task: str) -> str:
    known, id_ = _known(names, comparison, task)
    return known.whose(id_)[0]


def _called(names: list[Names], comparison: Comparison, tasks: list[str]) -> str:
    known, id_ = _known(names, comparison, tasks[0])
    return called(known.work(id_), tasks)


def _outcome(names: Names, fates: list[Fate]) -> str:
    """Return what becomes of a task, or of all its occurrences that differ: those that fare alike in one part."""
    parts = alike(fates)
    told = (_told(names, fate, times if len(parts) > 1 else 1) for fate, times in parts)
    return "; ".join(part for part in told if part)


def _told(names: Names, fate: Fate, times: int) -> str:
    """Return what becomes of a task, as :attr:`Fate.text` does, but with names instead of ids."""
    if fate.outside:
        return ""
    owners = [names.people(fate.result.owners)] if fate.result is not None and fate.result.owners else []
    told = ", ".join((*owners, *([when(fate.span)] if fate.span is not None else [])))
    counted = f"{fate.word} ×{times}" if times > 1 else fate.word
    return f"{counted}: {told}" if told else counted
