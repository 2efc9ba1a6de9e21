"""What plans plan for each client, and for each person, side by side."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from staffing.comparing.breakdown import MOVED, Rows, whole
from staffing.comparing.comparison import Comparison, differences
from staffing.comparing.measures import Measure
from staffing.plan.names import Names
from staffing.report.language import Language, name
from staffing.report.names import Told
from staffing.report.sides import Figure, difference, written

MOST_OPEN = 30
"""Rows in the open; more are folded."""
_OF_CLIENTS = ("hours", "cost", "margin", "delivered_tasks", MOVED)
_OF_PEOPLE = ("hours", "strategic_hours", "utilisation", "cost", MOVED)


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure, and as how long a bar it is drawn; none for what is not drawn.

    Attributes
    ----------
    figure
        The figure and its difference to the first plan.
    width
        Percent of the longest of its table; None without a bar.
    below
        Whether it is below nothing.
    """

    figure: Figure
    width: str | None = None
    below: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A client or a person: the figures of each plan."""

    name: Markup
    plans: tuple[tuple[Bar, ...], ...]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A table of clients or people.

    Attributes
    ----------
    heads
        What is measured in each plan: of the first everything but what moved.
    rows
        One for each client or person.
    """

    heads: tuple[tuple[Markup, ...], ...]
    rows: tuple[Part, ...]


def clients(comparison: Comparison, tolds: Sequence[Told]) -> Breakdown:
    """Return hours, cost, margin and tasks of each client in each plan."""
    return _breakdown(comparison.client_values, _OF_CLIENTS, [one.client for one in _names(tolds)], tolds, "margin")


def people(comparison: Comparison, tolds: Sequence[Told]) -> Breakdown:
    """Return hours, utilisation, cost and tasks moved of each person in each plan."""
    return _breakdown(comparison.person_values, _OF_PEOPLE, [one.person for one in _names(tolds)], tolds, "utilisation")


def _names(tolds: Sequence[Told]) -> list[Names]:
    return [Names(told.plan) for told in tolds]


def _breakdown(
    values: Rows,
    measures: tuple[str, ...],
    named: Sequence[Callable[[str], str]],
    tolds: Sequence[Told],
    drawn: str,
) -> Breakdown:
    say = tolds[0].say
    shown = [tuple(one for one in measures if number or one != MOVED) for number in range(len(tolds))]
    heads = tuple(tuple(Markup.escape(say.words[f"b_{one}"]) for one in own) for own in shown)
    longest = max(
        (abs(one) for own in values.values() for one in own[drawn] if isinstance(one, int | float)), default=0
    )
    rows = []
    for id_, own in values.items():
        bars = tuple(
            tuple(_bar(say, one, own[one], number, longest if one == drawn else 0) for one in shown[number])
            for number in range(len(tolds))
        )
        rows.append(Part(name(next((text for call in named if (text := call(id_)) != id_), id_)), bars))
    return Breakdown(heads, tuple(rows))


def _bar(say: Language, measure: str, row: tuple[Measure, ...], number: int, longest: float) -> Bar:
    value = row[number]
    less = difference(say, measure, whole(measure, differences(row)[number - 1])) if number else None
    figure = Figure(written(say, measure, whole(measure, value)), less)
    if not longest or not isinstance(value, int | float):
        return Bar(figure)
    return Bar(figure, f"{100 * abs(value) / longest:.4g}", value < 0)
