"""What plans plan for each client, and for each person, side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from staffing.comparing.fates import DELIVERED, Fate, Side, differ, done_tasks
from staffing.comparing.measures import Measure, crowded_out
from staffing.plan.frames import allocation_money
from staffing.plan.names import Names
from staffing.plan.numbers import exact, money, written

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

Rows = dict[str, dict[str, tuple[Measure, ...]]]
"""By id, then by measure: one value for each plan."""
Fates = Mapping[str, tuple[Fate, ...]]
MOVED = "moved_tasks"
"""Tasks that differ from the first plan in state, owners or weeks."""
_ZERO = Fraction(0)


def by_client(found: Sequence[Side], fates: Fates) -> Rows:
    """Return hours, cost, revenue, margin, tasks delivered and tasks moved of each client in each plan.

    Cost and revenue are those of the client's allocations, so that they add up to the plan's. A client that a plan does
    not have counts as nothing in it.
    """
    plans = [side.plan for side in found]
    whose = _clients_of_tasks(found)
    hours = [_hours((entry.client, entry.hours) for entry in plan.assigned) for plan in plans]
    paid = [_money(plan) for plan in plans]
    delivered = [Counter(whose.get(task) for task in _delivered(side, found)) for side in found]
    moved = [Counter(whose.get(task) for task, _ in further) for further in _moved(fates, len(plans))]
    ids = dict.fromkeys(client.id for plan in plans if plan.context is not None for client in plan.context.clients)
    ids |= dict.fromkeys(entry.client for plan in plans for entry in plan.assigned)
    return {
        id_: {
            "hours": tuple(float(of[id_]) for of in hours),
            **{name: tuple(_told(of, id_, name) for of in paid) for name in ("cost", "revenue", "margin")},
            "delivered_tasks": tuple(of[id_] for of in delivered),
            MOVED: (None, *(of[id_] for of in moved)),
        }
        for id_ in ids
    }


def by_person(found: Sequence[Side], fates: Fates) -> Rows:
    """Return hours, strategic hours, utilisation, cost, strategic hours crowded out and tasks moved of each person.

    People are those that one of the plans has: placeholders hired, and everybody else. Somebody who is not in a plan
    has no hours in it and costs nothing. A task moved counts for whoever owns it in either plan.
    """
    plans = [side.plan for side in found]
    hours = [_hours((entry.staff, entry.hours) for entry in plan.assigned) for plan in plans]
    strategic = [
        _hours((entry.staff, entry.hours) for entry in plan.assigned if entry.kind == "strategic") for plan in plans
    ]
    moved = [
        Counter(owner for _, pair in further for owner in {owner for fate in pair for owner in _owners(fate)})
        for further in _moved(fates, len(plans))
    ]
    return {
        id_: {
            "hours": tuple(float(of[id_]) for of in hours),
            "strategic_hours": tuple(float(of[id_]) for of in strategic),
            "utilisation": tuple(plan.metrics.get("utilisation", {}).get("by_person", {}).get(id_) for plan in plans),
            "cost": tuple(_cost(plan, id_) for plan in plans),
            "strategic_hours_crowded_out": tuple(crowded_out(plan, id_) for plan in plans),
            MOVED: (None, *(of[id_] for of in moved)),
        }
        for id_ in dict.fromkeys(person for plan in plans for person in _present(plan))
    }


def _hours(amounts: Iterable[tuple[str, float]]) -> defaultdict[str, Fraction]:
    found: defaultdict[str, Fraction] = defaultdict(lambda: _ZERO)
    for id_, hours in amounts:
        found[id_] += exact(hours)
    return found


def _clients_of_tasks(found: Sequence[Side]) -> dict[str, str | None]:
    whose: dict[str, str | None] = {}
    for side in found:
        names = Names(side.plan)
        for task, result in side.results.items():
            if whose.get(task) is None:
                whose[task] = names.about(result.task).client
    return whose


def _delivered(side: Side, found: Sequence[Side]) -> list[str]:
    new = [task for task, result in side.results.items() if result.state in DELIVERED]
    return [*new, *(task for task, _ in done_tasks(side, found))]


def _money(plan: Plan) -> defaultdict[str, tuple[Fraction, Fraction]] | None:
    """Return cost and revenue of each client's allocations; None where the plan file does not say them."""
    found: defaultdict[str, tuple[Fraction, Fraction]] = defaultdict(lambda: (_ZERO, _ZERO))
    for entry, cost, revenue in zip(plan.assigned, *allocation_money(plan), strict=True):
        if cost is None or revenue is None:
            return None
        before = found[entry.client]
        found[entry.client] = before[0] + written(cost), before[1] + written(revenue)
    return found


def _told(paid: defaultdict[str, tuple[Fraction, Fraction]] | None, client: str, name: str) -> Measure:
    if paid is None:
        return None
    cost, revenue = paid[client]
    return money({"cost": cost, "revenue": revenue, "margin": revenue - cost}[name])


def _present(plan: Plan) -> Iterable[str]:
    if plan.context is None:
        return dict.fromkeys(entry.staff for entry in plan.assigned)
    return [one.id for one in plan.context.people if not one.placeholder or one.id in plan.hired]


def _cost(plan: Plan, staff: str) -> Measure:
    if plan.context is None:
        return None
    return next((one.cost for one in plan.context.people if one.id == staff), 0)


def _owners(fate: Fate) -> tuple[str, ...]:
    return fate.result.owners if fate.result is not None else ()


def _moved(fates: Fates, plans: int) -> list[list[tuple[str, tuple[Fate, Fate]]]]:
    """Return the tasks that differ from the first plan, in each further one, with what becomes of them in both."""
    pairs = ([(task, (row[0], row[further])) for task, row in fates.items()] for further in range(1, plans))
    return [[(task, pair) for task, pair in further if differ(pair)] for further in pairs]


def whole(measure: str, value: Measure) -> Measure:
    """Return money without cents where there is much of it, for tables that people read: files have the cents."""
    if measure in ("cost", "revenue", "margin") and isinstance(value, float) and abs(value) >= 100:
        return round(value)
    return value
