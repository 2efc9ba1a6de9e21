"""The measures of a plan that readers look for first, as the plan file carries them."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import Any

from staffing.plan.facts import ZERO, Facts
from staffing.plan.goals import contacts, must, overtime, value
from staffing.plan.numbers import money, ratio
from staffing.scenario.expand import Person
from staffing.scenario.records import KINDS


def metrics(facts: Facts) -> dict[str, Any]:
    """Return the measures of a plan: counts, hours, utilisation, money and the burn of every budget.

    Returns
    -------
    dict
        In the order of the plan file. Counts are ints, hours floats, money is rounded to 0.01 and ratios to 4 decimals.
        ``delivered_tasks`` has late tasks, not done ones; ``total_value`` is that of all tasks not done;
        ``strategic_waiting_hours`` and ``must_waiting_hours`` are effort left. Hours, overtime, burn, cost and revenue
        include history. Placeholders not hired and roles without people are left out.
    """
    late = [facts.weeks_late(job) for job in facts.delivered]
    delivered = value(facts)
    return {
        "delivered_tasks": len(facts.delivered),
        "waiting_tasks": len(facts.waiting),
        "late_tasks": sum(weeks > 0 for weeks in late),
        "delivered_value": money(delivered),
        "total_value": money(delivered + sum((job.value for job in facts.waiting), ZERO)),
        "must_waiting_hours": float(must(facts)),
        "weeks_late": sum(late),
        "planned_hours": float(facts.hours),
        "overtime_hours": float(overtime(facts)),
        "switching_hours": float(sum(facts.switching.values(), ZERO)),
        "capacity_hours": float(_capacity(facts.present)),
        "utilisation": _utilisation(facts),
        "hours_by_role_and_kind": _hours_by_role_and_kind(facts),
        "strategic_waiting_hours": float(sum((job.effort for job in facts.waiting if job.kind == "strategic"), ZERO)),
        "cost": money(facts.cost),
        "revenue": money(facts.revenue),
        "margin": money(facts.revenue - facts.cost),
        "contacts": int(contacts(facts)),
        "budgets": _budgets(facts),
    }


def _capacity(people: tuple[Person, ...]) -> Fraction:
    return sum((hours for person in people for hours in person.capacity), ZERO)


def _utilisation(facts: Facts) -> dict[str, Any]:
    """Planned hours ÷ capacity of all people present, of each role and of each person; None without capacity."""

    def share(people: tuple[Person, ...]) -> float | None:
        capacity = _capacity(people)
        return ratio(sum((facts.planned_of(person.id) for person in people), ZERO) / capacity) if capacity else None

    return {
        "all": share(facts.present),
        "by_role": {role: share(people) for role, people in _by_role(facts).items()},
        "by_person": {person.id: share((person,)) for person in facts.present},
    }


def _by_role(facts: Facts) -> dict[str, tuple[Person, ...]]:
    """People present by role, roles in the scenario's order."""
    found: dict[str, list[Person]] = defaultdict(list)
    for person in facts.present:
        found[person.role].append(person)
    return {role: tuple(found[role]) for role in facts.expanded.scenario.roles if role in found}


def _hours_by_role_and_kind(facts: Facts) -> dict[str, dict[str, float]]:
    found = {role: dict.fromkeys(KINDS, ZERO) for role in _by_role(facts)}
    for (job, person, _), hours in facts.cells.items():
        by_kind = found.setdefault(facts.expanded.people[person].role, dict.fromkeys(KINDS, ZERO))
        by_kind[facts.expanded.jobs[job].kind] += hours
    return {role: {kind: float(hours) for kind, hours in by_kind.items()} for role, by_kind in found.items()}


def _budgets(facts: Facts) -> list[dict[str, Any]]:
    """Burn of each budget and period; `spent` is what burned before week 1, in the first period."""
    return [
        {
            what: owner,
            "period": period.name,
            "burn": money(facts.burn[(what, owner), period.name]),
            "amount": money(period.amount),
            "spent": money(period.spent),
        }
        for (what, owner), periods in facts.expanded.budgets.items()
        for period in periods
    ]
