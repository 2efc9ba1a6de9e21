"""Burn against budget, period by period."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from staffing.console.clients import budgets, used, whose
from staffing.report.language import name
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
    """

    burn: float
    spent: float
    amount: float
    share: float | None

    def width(self, part: float) -> str:
        """Length of a part of the bar, in percent of the budget; no bar is longer than its budget."""
        return f"{min(100.0, 100 * part / self.amount):.4g}" if self.amount else "0"


@dataclass(frozen=True, slots=True)
class Burn:
    """Every budget by period, those of the same periods in a table, and the clients that have none."""

    tables: tuple[tuple[tuple[str, ...], tuple[tuple[Markup, dict[str, Burnt]], ...]], ...]
    without: Markup

    @property
    def widest(self) -> int:
        """Periods of the widest table."""
        return max((len(periods) for periods, _ in self.tables), default=0)


def burn(told: Told) -> Burn:
    """Gather every budget, in the order of the plan; a client's projects stand where the plan has them."""
    rows: defaultdict[tuple[str, str], dict[str, Burnt]] = defaultdict(dict)
    for entry in budgets(told.plan):
        rows[whose(entry)][entry["period"]] = _burnt(entry)
    clients = told.plan.context.clients if told.plan.context is not None else ()
    without = [told.client(client.id) for client in clients if ("client", client.id) not in rows]
    tables: defaultdict[tuple[str, ...], list[tuple[Markup, dict[str, Burnt]]]] = defaultdict(list)
    for key, row in rows.items():
        tables[tuple(row)].append((_name(told, key), row))
    return Burn(tuple((periods, tuple(table)) for periods, table in tables.items()), told.say.listed(without))


def _burnt(entry: dict[str, Any]) -> Burnt:
    return Burnt(entry["burn"], entry["spent"], entry["amount"], used(entry))


def _name(told: Told, key: tuple[str, str]) -> Markup:
    kind, id_ = key
    return told.client(id_) if kind == "client" else told.say("project", name=name(id_))
