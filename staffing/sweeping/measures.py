"""What runs are measured by: goals and metrics of a plan by dotted names, and which of two values is better."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from staffing.comparing.measures import CROWDED_OUT, PER_HOUR, measures
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.metrics import metrics
from staffing.plan.plan import Plan
from staffing.plan.records import Number
from staffing.scenario.findings import Speller, listed, meant
from staffing.scenario.records import MAXIMISED
from staffing.scenario.scenario import Scenario

USUAL = ("delivered_tasks", "waiting_tasks", "late_tasks", "cost", "margin", "utilisation.all")
"""Measures beside the goals where none are asked for."""
EXTRA = (CROWDED_OUT, PER_HOUR)
_MORE = frozenset({*MAXIMISED, "margin", "revenue", "delivered_tasks", "delivered_value"})
"""Measures of which more is better; shares of capacity used are the others, and of all else less is."""


def measured(plan: Plan) -> dict[str, Number | None]:
    """Return all measures of a plan by name: its goals, then its metrics, parts of these with a dot."""
    found: dict[str, Number | None] = dict(_flat(plan.metrics))
    compared = measures(plan)
    found |= {name: value for name in EXTRA if not isinstance(value := compared.get(name), str)}
    return {**found, **{result.goal: result.value for result in plan.goals}}


def _flat(values: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Number | None]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{name}.")
        elif value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            yield before + name, value


def known(scenarios: Sequence[Scenario]) -> list[str]:
    """Return the names of all measures that a plan of any of the scenarios may have."""
    found: dict[str, None] = {}
    for scenario in scenarios:
        found |= dict.fromkeys(entry.goal for entry in scenario.goals if entry.goal != "changes")
        found |= dict.fromkeys(name for name, _ in _flat(metrics(Facts(scenario.expanded, Draft({})))))
        found |= {f"utilisation.by_person.{person}": None for person in scenario.expanded.people}
        for role in dict.fromkeys(person.role for person in scenario.expanded.people.values()):
            found |= {f"utilisation.by_role.{role}": None}
            found |= {f"hours_by_role_and_kind.{role}.{kind}": None for kind in ("strategic", "tactical")}
    return [*found, *EXTRA]


def unknown(name: str, names: Sequence[str]) -> str | None:
    """Return a sentence on a measure that no plan has; None where one may have it."""
    if name in names:
        return None
    near = Speller().nearest(name, names) or _by_last_part(name, names)
    few = "" if near else f": {listed([one for one in names if '.' not in one], 'or')}, or a dotted name of a part"
    return f'"{name}" is no measure of a plan{few}{meant(near)}'


def _by_last_part(name: str, names: Sequence[str]) -> str | None:
    last = name.rpartition(".")[2]
    return next((one for one in names if one.rpartition(".")[2] == last), None)


def usual(scenarios: Sequence[Scenario]) -> tuple[str, ...]:
    """Return the measures that are told where none are asked for: the goals, and a few that all plans have."""
    goals = dict.fromkeys(entry.goal for scenario in scenarios for entry in scenario.goals if entry.goal != "changes")
    return tuple(dict.fromkeys((*goals, *USUAL)))


def more_is_better(name: str) -> bool:
    """Return whether more of a measure is better."""
    return name in _MORE or name.partition(".")[0] == "utilisation"


def front(points: Mapping[int, tuple[Number, Number]], names: tuple[str, str]) -> tuple[int, ...]:
    """Return the Pareto front: the points that no other one betters in one measure without losing in the other.

    >>> front({1: (10, 5), 2: (8, 5), 3: (12, 9), 4: (12, 8)}, ("cost", "value"))
    (2, 3)
    """
    signs = [-1 if more_is_better(name) else 1 for name in names]
    places = {number: (signs[0] * x, signs[1] * y) for number, (x, y) in points.items()}
    kept: list[int] = []
    best: tuple[Number, Number] | None = None
    for number in sorted(places, key=lambda one: places[one]):
        if best is None or places[number][1] < best[1] or places[number] == best:
            kept.append(number)
            best = places[number]
    return tuple(sorted(kept))
