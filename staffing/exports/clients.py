"""Clients as a sheet: burn against budget by period, then everybody's hours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.console.clients import budgets, used, whose
from staffing.console.names import Names
from staffing.exports.sheets import Row, Shade, Sheet, amount, head, money, share, table, text

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

TITLES = ("client or project", "budget of", "period", "burn", "spent before", "budget", "used", "left")
_MONEY = {"burn", "spent before", "budget", "left"}
_USED = TITLES.index("used")


def clients_sheet(plan: Plan) -> Sheet:
    """Show what burns of each budget in each period, and below it the hours of every client."""
    told, names = budgets(plan), Names(plan)
    currency = f", {plan.context.currency}" if plan.context and plan.context.currency else ""
    return table(
        "Clients",
        [title + currency if title in _MONEY else title for title in TITLES],
        [_budget(names, entry) for entry in told],
        below=_hours(plan, names),
        empty="There are no budgets.",
        kept=1,
        shades=[Shade("bars", 1, _USED, len(told), _USED)] if told else (),
    )


def _budget(names: Names, entry: dict[str, Any]) -> Row:
    what, id_ = whose(entry)
    return (
        text(names.client(id_) if what == "client" else id_),
        text(what),
        text(entry["period"]),
        money(entry["burn"]),
        money(entry["spent"]),
        money(entry["amount"]),
        share(used(entry), form="0.0%"),
        money(entry["amount"] - entry["spent"] - entry["burn"]),
    )


def _hours(plan: Plan, names: Names) -> list[Row]:
    clients = [client.id for client in plan.context.clients] if plan.context else []
    hours = {client: {"strategic": 0.0, "tactical": 0.0} for client in clients}
    for entry in plan.assigned:
        hours.setdefault(entry.client, {"strategic": 0.0, "tactical": 0.0})[entry.kind] += entry.hours
    rows: list[Row] = [
        (
            text(names.client(client)),
            None,
            None,
            amount(kinds["strategic"]),
            amount(kinds["tactical"]),
            amount(sum(kinds.values())),
        )
        for client, kinds in hours.items()
    ]
    heads = head(("client", "", "", "strategic hours", "tactical hours", "hours"), rows)
    return [(), heads, *rows] if rows else []
