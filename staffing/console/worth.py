"""What one more hour, percent of a budget, or week is worth, as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.gains import BEYOND, gain_lines
from staffing.console.numbers import count, number, signed
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from staffing.decisions.worth_answer import Gained, HourWorth, Worth

HEADS = {"must": "must", "value": "value", "net_value": "net value", "changes": "changes"}
"""Heads of columns, where they are not the goal's own word."""
NONE = "·"
"""An hour that no estimate thinks worth anything."""


def worth_tables(answer: Worth, page: Page) -> list[str | Table]:
    """Return what the plan itself can gain, what was solved, and the estimates of hours by week."""
    solved = [entry for entry in answer.entries if entry.gain is not None and entry.patch is not None]
    shown = [entry for entry in solved if entry.gain is not None and any(entry.gain.values())]
    parts: list[str | Table] = [*gain_lines(answer.plan_gain, "gain, with nothing more", BEYOND, page)]
    if shown:
        parts.append(_table(answer, shown, page))
    if len(shown) < len(solved):
        parts.append(_useless(solved, len(solved) - len(shown)))
    return [*parts, *_heat(answer, page), *page.lines(_footing(answer))]


def _useless(solved: Sequence[Gained], how_many: int) -> str:
    """Return how many of what was solved change nothing."""
    found = "" if all(entry.proven for entry in solved) else ", as far as was found in the time"
    if how_many == len(solved):
        return f"Solved: {how_many}. None of them changes anything{found}."
    return f"Solved: {len(solved)}. {how_many} of them {'changes' if how_many == 1 else 'change'} nothing{found}."


def _table(answer: Worth, entries: Sequence[Gained], page: Page) -> Table:
    """Return one row for each that was solved and changes something; a column for each goal that changes."""
    goals = [goal for goal in answer.goals if any(entry.gain and entry.gain[goal] for entry in entries)]
    rows = []
    for entry in entries:
        gain = entry.gain or {}
        what = entry.text.partition(": ")[0]
        cells = [signed(gain[goal]) if gain[goal] else "" for goal in goals]
        rows.append((clip(what, 2 * page.name_width), *cells, _estimate(entry), "yes" if entry.proven else "no"))
    heads = (Column(HEADS.get(goal, goal), right=True) for goal in goals)
    columns = (Column("one more"), *heads, Column("estimated", right=True), Column("proven"))
    return Table("What it gains", columns, tuple(rows))


def _estimate(entry: Gained) -> str:
    if entry.goal is None or entry.estimate is None:
        return "-"
    return f"{number(entry.estimate)} {HEADS.get(entry.goal, entry.goal)}"


def _heat(answer: Worth, page: Page) -> list[Table]:
    """Return the estimates of hours, a row for each role or person; none where there is nothing to tell."""
    rows: dict[str, dict[int, HourWorth]] = {}
    for entry in answer.hours:
        rows.setdefault(entry.staff or entry.role, {})[entry.week] = entry
    goals = {entry.goal for entry in answer.hours if entry.goal is not None}
    if not rows or not goals or not any(entry.estimate for entry in answer.hours):
        return []
    weeks = sorted({entry.week for entry in answer.hours})
    body = [
        (clip(name, page.name_width), *(_cell(by_week.get(week)) for week in weeks)) for name, by_week in rows.items()
    ]
    columns = (Column("hour of"), *(Column(f"w{week}", right=True) for week in weeks))
    of = " and ".join(sorted(HEADS.get(goal, goal) for goal in goals))
    return [Table(f"Estimates by week, in {of}", columns, tuple(sorted(body)), kept=1)]


def _cell(entry: HourWorth | None) -> str:
    if entry is None or entry.estimate is None:
        return "-"
    whole = round(entry.estimate)
    return NONE if not entry.estimate else number(whole if abs(entry.estimate) >= 10 else round(entry.estimate, 1))


def _footing(answer: Worth) -> str:
    """Return how much was not solved, and what the estimates mean."""
    if not answer.entries:
        return "There is nothing to have more of."
    left = sum(entry.gain is None for entry in answer.entries)
    more = f"{count(left, 'more is', 'more are')} estimated alone. " if left else ""
    return (
        f"{more}Work comes in whole tasks: an hour often gains nothing where two would let a task in. "
        "The estimates say where to look."
    )
