"""Where one scenario overtakes another, as a sentence and the values looked at."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from staffing.console.numbers import number
from staffing.console.page import Column, Page, Table
from staffing.console.text import clean, wrap
from staffing.scenario.amounts import plain

if TYPE_CHECKING:
    from staffing.decisions.crossing import BreakEven, Point

NOTE = "A search ends once it is proven which is better: only at both ends of the answer are plans the best ones."


def break_even_tables(answer: BreakEven, page: Page) -> list[str | Table]:
    """Return the answer, what else to know, and a row for each value looked at."""
    width = max(12, page.width // 5)
    names = [wrap(name, width) for name in (answer.first, answer.second)]
    columns = (
        Column(f"{clean(answer.path)}\n{'times' if answer.unit == 'factor' else ''}".strip(), right=True),
        *(Column(name, right=True) for name in names),
        Column("better"),
    )
    rows = tuple(_row(answer, point, width) for point in answer.points)
    lines = [wrap(page.name(text), page.width) for text in (answer.text, *answer.remarks)]
    table = Table(f"{answer.goal}, by value", columns, rows, note=NOTE)
    return [*(line for text in lines for line in text.split("\n")), table]


def _row(answer: BreakEven, point: Point, width: int) -> tuple[str, ...]:
    at_end = point.value in (answer.low, answer.high)
    better = "equally good" if point.equal else point.winner
    better += "" if point.decided else " (not proven)"
    mark = " <" if at_end and answer.turns else ""
    return (
        plain(Decimal(str(point.value))),
        number(point.first),
        number(point.second),
        wrap(f"{better}{mark}", width + 10),
    )
