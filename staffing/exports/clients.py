"""Clients as a sheet: burn against budget by period, then everybody's hours."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from staffing.console.clients import Key, budgets, used, whose, worked_of
from staffing.exports.sheets import Row, Shade, Sheet, amount, head, money, share, table, text
from staffing.plan.frames import allocation_money
from staffing.plan.names import Names
from staffing.plan.numbers import money as to_money
from staffing.plan.numbers import written
from staffing.plan.records import Number

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

TITLES = ("client or project", "budget of", "period", "budget", "spent before", "worked", "planned", "used", "left")
_MONEY = {"budget", "spent before", "worked", "planned", "left"}
_USED = TITLES.index("used")


def clients_sheet(plan: Plan) -> Sheet:
    """Show what burns of each budget in each period, and below it the hours of every client."""
    told, names, worked = budgets(plan), Names(plan), worked_of(plan)
    currency = f", {plan.context.currency}" if plan.context and plan.context.currency else ""
    return table(
        "Clients",
        [title + currency if title in _MONEY else title for title in TITLES],
        [_budget(names, entry, worked) for entry in told],
        below=_hours(plan, names),
        empty="There are no budgets.",
        kept=1,
        shades=[Shade("bars", _USED, len(told), _USED)] if told else (),
    )


def _budget(names: Names, entry: dict[str, Any], worked: dict[Key, float]) -> Row:
    what, id_ = whose(entry)
    done = worked.get((what, id_, entry["period"]))
    return (
        text(names.client(id_) if what == "client" else names.project(id_)),
        text(what),
        text(entry["period"]),
        money(entry["amount"]),
        money(entry["spent"]),
        money(done),
        money(entry["burn"] - (done or 0)),
        share(used(entry), form="0.0%"),
        money(entry["amount"] - entry["spent"] - entry["burn"]),
    )


def _hours(plan: Plan, names: Names) -> list[Row]:
    """Return a row for each client: its hours, and what they cost and earn where the plan knows it."""
    clients = [client.id for client in plan.context.clients] if plan.context else []
    hours = {client: {"strategic": 0.0, "tactical": 0.0} for client in clients}
    for entry in plan.assigned:
        hours.setdefault(entry.client, {"strategic": 0.0, "tactical": 0.0})[entry.kind] += entry.hours
    earned = _earned(plan)
    rows: list[Row] = [
        (
            text(names.client(client)),
            None,
            None,
            amount(kinds["strategic"]),
            amount(kinds["tactical"]),
            amount(sum(kinds.values())),
            *(money(part) for part in earned.get(client, ())),
        )
        for client, kinds in hours.items()
    ]
    titles = ("client", "", "", "strategic hours", "tactical hours", "hours")
    heads = head((*titles, *(("cost", "revenue", "margin") if earned else ())), rows)
    return [(), heads, *rows] if rows else []


def _earned(plan: Plan) -> dict[str, tuple[Number, Number, Number]]:
    """Return cost, revenue and margin of each client's work; nothing where they are not known."""
    found = {client.id: (Fraction(0), Fraction(0)) for client in plan.context.clients} if plan.context else {}
    for entry, cost, revenue in zip(plan.assigned, *allocation_money(plan), strict=True):
        if cost is None or revenue is None:
            return {}
        before = found.get(entry.client, (Fraction(0), Fraction(0)))
        found[entry.client] = (before[0] + written(cost), before[1] + written(revenue))
    return {
        client: (to_money(cost), to_money(revenue), to_money(revenue - cost))
        for client, (cost, revenue) in found.items()
    }
