"""The heat map: people by week, hours in every cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from staffing.console.weeks import hours_by_person_and_week
from staffing.report.names import Someone, Told

Level = Literal["off", "h0", "h1", "h2", "h3", "h4", "over"]
STEPS: tuple[tuple[float, Level], ...] = ((0.0, "h0"), (0.4, "h1"), (0.7, "h2"), (0.9, "h3"))
"""Shares of capacity up to which a cell is as dark as that; beyond the last it is full."""
WIDEST = 16
"""Weeks that stand side by side; a longer horizon is cut into quarters of a year."""
QUARTER = 13
MOST_OPEN = 30
"""People that are listed at once; beyond, each role is folded under its sum."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Hours of a person, or the sum of several, in one week; no capacity where the plan does not know it."""

    hours: float
    overtime: float
    capacity: float | None
    several: bool = False

    @property
    def share(self) -> float | None:
        """Hours over capacity; None without capacity."""
        return self.hours / self.capacity if self.capacity else None

    @property
    def level(self) -> Level:
        """How dark it is."""
        if self.overtime and not self.several:
            return "over"
        if self.capacity == 0 and not self.hours:
            return "off"
        if not self.hours:
            return "h0"
        share = self.share if self.share is not None else 0.5
        return next((level for most, level in STEPS if share <= most), "h4")


@dataclass(frozen=True, slots=True)
class Row:
    """A person, or everybody of a role, week by week."""

    name: Markup
    link: int | None
    share: float | None
    hours: float
    cells: dict[int, Cell]


@dataclass(frozen=True, slots=True)
class Group:
    """The people of a role, and their sum."""

    role: Markup
    rows: tuple[Row, ...]
    total: Row


@dataclass(frozen=True, slots=True)
class Heat:
    """The heat map of a plan.

    Attributes
    ----------
    groups
        People by role.
    total
        Everybody together.
    blocks
        Weeks, cut into blocks that fit side by side.
    folded
        Whether there are so many people that roles stand for them until they are unfolded.
    """

    groups: tuple[Group, ...]
    total: Row
    blocks: tuple[tuple[int, ...], ...]
    folded: bool


def heat(told: Told) -> Heat:
    """Draw the hours of everybody by week."""
    cells = _cells(told)
    by_role: defaultdict[str, list[Row]] = defaultdict(list)
    for person in told.people:
        by_role[person.role].append(_row(person, cells))
    groups = tuple(
        Group(told.say.role(role), tuple(rows), _sum(told.say.role(role), rows)) for role, rows in by_role.items()
    )
    everybody = _sum(Markup.escape(told.say.words["everybody"]), [row for group in groups for row in group.rows])
    return Heat(groups, everybody, blocks(list(told.weeks)), len(told.people) > MOST_OPEN)


def blocks(weeks: Sequence[int]) -> tuple[tuple[int, ...], ...]:
    """Cut weeks into blocks that fit side by side.

    >>> blocks(range(1, 18))
    ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13), (14, 15, 16, 17))
    """
    size = QUARTER if len(weeks) > WIDEST else max(1, len(weeks))
    return tuple(tuple(weeks[at : at + size]) for at in range(0, len(weeks), size))


def _cells(told: Told) -> dict[str, dict[int, Cell]]:
    hours = hours_by_person_and_week(told.plan)
    overtime = {(entry.staff, entry.week): entry.hours for entry in told.plan.extra_hours}
    return {
        person.id: {
            week: Cell(
                hours.get((person.id, week), 0.0), overtime.get((person.id, week), 0.0), person.capacity.get(week)
            )
            for week in told.weeks
        }
        for person in told.people
    }


def _row(person: Someone, cells: dict[str, dict[int, Cell]]) -> Row:
    mine = cells[person.id]
    return Row(person.name, person.number, person.share, sum(cell.hours for cell in mine.values()), mine)


def _sum(name: Markup, rows: Sequence[Row]) -> Row:
    cells = {week: _added(row.cells[week] for row in rows) for week in (rows[0].cells if rows else ())}
    hours = sum(row.hours for row in rows)
    capacity = sum(_known(cell.capacity for cell in cells.values()))
    return Row(name, None, hours / capacity if capacity else None, hours, cells)


def _added(cells: Iterable[Cell]) -> Cell:
    several = list(cells)
    capacity = list(_known(cell.capacity for cell in several))
    return Cell(
        sum(cell.hours for cell in several),
        sum(cell.overtime for cell in several),
        sum(capacity) if capacity else None,
        several=True,
    )


def _known(values: Iterable[float | None]) -> Iterator[float]:
    return (value for value in values if value is not None)
