"""Each client's burn against its budget."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from staffing.console.numbers import number, percent
from staffing.console.page import Column, Page, Table
from staffing.console.text import clip
from staffing.plan.names import Names

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

_TOLD = {"period", "burn", "amount", "spent"}
_OWNERS = {"client", "project"}
Key = tuple[str, str, str]
"""("client" or "project", id, period)."""


def burn_table(plan: Plan, page: Page) -> Table:
    """One row for each client, and for each project with a budget: hours, burn, and the used share of each period."""
    names = Names(plan)
    shares: dict[tuple[str, str], dict[str, str]] = {}
    burns: defaultdict[tuple[str, str], float] = defaultdict(float)
    for entry in budgets(plan):
        shares.setdefault(whose(entry), {})[entry["period"]] = percent(used(entry))
        burns[whose(entry)] += entry["burn"]
    periods = list(dict.fromkeys(period for row in shares.values() for period in row))
    hours = _hours(plan)
    everybody = list(dict.fromkeys([*(("client", id_) for id_ in _clients(plan)), *shares]))
    rows = tuple(
        (
            clip(_name(names, key), page.name_width),
            number(hours.get(key[1], 0.0)) if key[0] == "client" else "",
            number(burns[key]) if key in shares else "no budget",
            *(shares.get(key, {}).get(period, "") for period in periods),
        )
        for key in everybody
    )
    columns = (Column("client"), Column("hours", right=True), Column("burn", right=True))
    return Table(
        "Clients: burn against budget",
        columns + tuple(Column(period, right=True) for period in periods),
        rows,
        kept=3,
    )


def budget_table(plan: Plan, page: Page) -> Table:
    """Every budget, period by period: what burned before, is worked, is planned, and is left."""
    names, worked = Names(plan), worked_of(plan)
    rows = tuple(
        (
            clip(_name(names, whose(entry)), page.name_width),
            entry["period"],
            *(number(part) for part in (entry["amount"], entry["spent"])),
            *_worked_and_planned(entry, worked),
            percent(used(entry)),
            number(entry["amount"] - entry["spent"] - entry["burn"]),
        )
        for entry in budgets(plan)
    )
    heads = ("budget", "before", "worked", "planned", "used", "left")
    columns = (Column("client"), Column("period"), *(Column(head, right=True) for head in heads))
    return Table("Clients: burn against budget, period by period", columns, rows)


def _worked_and_planned(entry: dict[str, Any], worked: dict[Key, float]) -> tuple[str, str]:
    done = worked.get((*whose(entry), entry["period"]))
    return ("", number(entry["burn"])) if done is None else (number(done), number(entry["burn"] - done))


def worked_of(plan: Plan) -> dict[Key, float]:
    """Return what work done before has burned of each budget and period; a pair left out is not known."""
    return {
        ("project", budget.project, budget.period)
        if budget.project is not None
        else ("client", budget.client or "", budget.period): budget.worked
        for budget in (plan.context.budgets if plan.context is not None else ())
    }


def budgets(plan: Plan) -> list[dict[str, Any]]:
    """Return the budgets whose figures are complete; a plan file from another program may leave some out."""
    budgets: list[dict[str, Any]] = plan.metrics.get("budgets", [])
    return [entry for entry in budgets if entry.keys() >= _TOLD and entry.keys() & _OWNERS]


def whose(entry: dict[str, Any]) -> tuple[str, str]:
    """Return the holder of a budget: ("client" or "project", id)."""
    return ("project", entry["project"]) if "project" in entry else ("client", entry["client"])


def _name(names: Names, key: tuple[str, str]) -> str:
    return names.client(key[1]) if key[0] == "client" else f"project {names.project(key[1])}"


def used(entry: dict[str, Any]) -> float | None:
    """Share of the budget that is used; None of a budget of nothing."""
    return (entry["burn"] + entry["spent"]) / entry["amount"] if entry["amount"] else None


def _clients(plan: Plan) -> list[str]:
    if plan.context is not None:
        return [client.id for client in plan.context.clients]
    return sorted({entry.client for entry in plan.assigned})


def _hours(plan: Plan) -> dict[str, float]:
    hours: defaultdict[str, float] = defaultdict(float)
    for entry in plan.assigned:
        hours[entry.client] += entry.hours
    return dict(hours)
