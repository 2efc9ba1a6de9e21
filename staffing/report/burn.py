"""Burn against budget, period by period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from staffing.console.clients import budgets, used, whose, worked_of
from staffing.report.names import Told


@dataclass(frozen=True, slots=True)
class Burnt:
    """What is used of a budget in a period.

    Attributes
    ----------
    burn, spent, amount
        Burned by the plan, burned before it, and the budget.
    share
        Used share of the budget, by the plan and before it; None of a budget of nothing.
    worked
        What of the burn is worked already; None where a plan does not know it.
    """

    burn: float
    spent: float
    amount: float
    share: float | None
    worked: float | None = None

    @property
    def planned(self) -> float:
        """What the plan burns of it beside what is worked."""
        return self.burn - (self.worked or 0)

    @property
    def left(self) -> float:
        """What is left of the budget; less than 0 where it is overspent."""
        return self.amount - self.spent - self.burn

    def width(self, part: float) -> str:
        """Length of a part of the bar as a CSS width in percent; no bar is longer than its budget."""
        return f"{min(100.0, 100 * part / self.amount):.4g}" if self.amount else "0"


@dataclass(frozen=True, slots=True)
class Burn:
    """Every budget by period, those of the same periods in a table, and the clients that have none."""

    tables: tuple[tuple[tuple[str, ...], tuple[tuple[Markup, dict[str, Burnt]], ...]], ...]
    without: Markup

    @property
    def any_worked(self) -> bool:
        """Whether anything is worked of any budget."""
        return any(burnt.worked for _, rows in self.tables for _, row in rows for burnt in row.values())

    @property
    def widest(self) -> int:
        """Periods of the widest table."""
        return max((len(periods) for periods, _ in self.tables), default=0)


def burn(told: Told) -> Burn:
    """Return every budget, in the order of the plan, projects too."""
    rows: defaultdict[tuple[str, str], dict[str, Burnt]] = defaultdict(dict)
    worked = worked_of(told.plan)
    for entry in budgets(told.plan):
        rows[whose(entry)][entry["period"]] = _burnt(entry, worked.get((*whose(entry), entry["period"])))
    clients = told.plan.context.clients if told.plan.context is not None else ()
    without = [told.client(client.id) for client in clients if ("client", client.id) not in rows]
    tables: defaultdict[tuple[str, ...], list[tuple[Markup, dict[str, Burnt]]]] = defaultdict(list)
    for key, row in rows.items():
        tables[tuple(row)].append((_name(told, key), row))
    return Burn(tuple((periods, tuple(table)) for periods, table in tables.items()), told.say.listed(without))


def _burnt(entry: dict[str, Any], worked: float | None) -> Burnt:
    return Burnt(entry["burn"], entry["spent"], entry["amount"], used(entry), worked)


def _name(told: Told, key: tuple[str, str]) -> Markup:
    kind, id_ = key
    return told.client(id_) if kind == "client" else told.say("project", name=told.project(id_))
