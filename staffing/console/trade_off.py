"""What more changes of an earlier plan would gain, as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from staffing.console.changes import changes_in_short
from staffing.console.page import Column, Page, Table
from staffing.console.words import GOALS, NOT_BOUNDED
from staffing.decisions.curve import Point, TradeOff
from staffing.plan.figures import number
from staffing.plan.records import Number
from staffing.scenario.records import Goal


def trade_off_tables(answer: TradeOff, page: Page) -> list[str | Table]:
    """Return what the points say, a row for each, and the fewest changes, one by one."""
    goals = [goal for goal in answer.points[0].goals if goal not in ("changes", "cost")]
    columns = (
        Column("changes", right=True),
        *(Column(_in_two_lines(GOALS[goal]), right=True) for goal in goals),
        *(Column(word, right=True) for word in ("cost", "revenue", "margin")),
        Column("proven, or at best", prose=True),
    )
    rows = tuple(_row(answer, point, goals) for point in answer.points)
    fewest = [changes_in_short(answer.points[0].plan, page)] if answer.least else []
    fewest = [replace(table, title=table.title.replace("What changed", "The fewest changes")) for table in fewest]
    return [answer.text, Table("What more changes gain", columns, rows), *fewest]


def _row(answer: TradeOff, point: Point, goals: Sequence[Goal]) -> tuple[str, ...]:
    amounts: list[Number | None] = [point.goals[goal] for goal in goals]
    money = point.money
    return (
        number(point.changes),
        *map(number, (*amounts, money.cost, money.revenue, money.margin)),
        at_best(answer, point),
    )


def at_best(answer: TradeOff, point: Point) -> str:
    """Return that a point is proven, or how much better of the first goal that is not a plan might be."""
    if point.at_best is None:
        return "proven"
    goals = [goal for goal in point.goals if goal != "changes"]
    first = next((goal for goal in goals if point.at_best[goal] != point.goals[goal]), goals[-1])
    bound = point.at_best[first]
    said = NOT_BOUNDED if bound is None else number(bound)
    return f"{GOALS[first]} {said}" if first in answer.sought else f"proven, but for {GOALS[first]}"


def _in_two_lines(words: str) -> str:
    """Return a title in two lines about as long."""
    spaces = [place for place, letter in enumerate(words) if letter == " "]
    if not spaces:
        return words
    middle = min(spaces, key=lambda place: abs(2 * place - len(words)))
    return f"{words[:middle]}\n{words[middle + 1 :]}"
