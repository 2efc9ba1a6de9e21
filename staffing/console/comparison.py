"""Plans side by side, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.comparing.fates import Fate, families, when
from staffing.console.families import called
from staffing.console.numbers import number, percent
from staffing.console.page import GAP, Column, Page, Table
from staffing.console.text import clip, wrap
from staffing.plan.names import Names

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
    """Return a table of the tasks that differ, by client and name; occurrences that differ alike share a row."""
    if not comparison.fates:
        return "No task differs in state, owners or weeks."
    names = [Names(plan) for plan in comparison.plans]
    columns = (Column("client"), Column("task"), *map(Column, heads))
    width = max(12, page.width // len(columns) - GAP)
    rows = tuple(
        (
            clip(_client(names, comparison, tasks[0]), width),
            wrap(_called(names, comparison, tasks), width),
            *(wrap(_outcome(name, fate), width) for name, fate in zip(names, comparison.fates[tasks[0]], strict=True)),
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


def _outcome(names: Names, fate: Fate) -> str:
    """Return what becomes of a task, as :attr:`Fate.text` does, but with names instead of ids."""
    owners = [names.people(fate.result.owners)] if fate.result is not None and fate.result.owners else []
    told = ", ".join((*owners, *([when(fate.span)] if fate.span is not None else [])))
    return f"{fate.word}: {told}" if told else fate.word


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
