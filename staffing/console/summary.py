"""The short, readable summary of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from staffing.console.changes import changes_in_short, price_of_calm
from staffing.console.clients import burn_table
from staffing.console.numbers import count, money, number, percent
from staffing.console.page import Column, Page, Table
from staffing.console.people import utilisation_table
from staffing.console.tasks import MOST_ROWS, done_before, late_table, waiting_table
from staffing.console.words import GOALS, NOT_BOUNDED
from staffing.plan.names import Names
from staffing.plan.obstacles.lacking import most_lacked
from staffing.plan.obstacles.words import period_name

if TYPE_CHECKING:
    from staffing.plan.plan import Plan


def summary(plan: Plan, page: Page) -> list[str | Table]:
    """Return the sentences and tables of the summary, from what is delivered to what is proven."""
    parts: list[str | Table] = [f"{page.name(plan.scenario)}: {standing(plan)}.", *sentences(plan, page)]
    short = (changes_in_short(plan, page), late_table(plan, page, MOST_ROWS), waiting_table(plan, page, MOST_ROWS))
    for table in short:
        parts += [table] if table.rows else []
    parts += [utilisation_table(plan, page), burn_table(plan, page), goal_table(plan)]
    return parts


def goal_table(plan: Plan) -> Table:
    """How far each goal was reached, and how far any plan could reach it."""
    rows = tuple(
        (
            GOALS[result.goal],
            number(result.value),
            number(result.best),
            NOT_BOUNDED if result.bound is None else number(result.bound),
            "yes" if result.proven else "no",
        )
        for result in plan.goals
    )
    heads = ("this plan", "best found", "no plan beats")
    columns = (Column("goal"), *(Column(head, right=True) for head in heads), Column("proven"))
    return Table("Goals, most important first", columns, rows)


def standing(plan: Plan) -> str:
    """Return how good the plan is: its status, and the goals that are not proven."""
    open_ = [result.goal for result in plan.goals if not result.proven]
    return f"{plan.status}, " + ("every goal is proven" if not open_ else f"not proven: {', '.join(open_)}")


def sentences(plan: Plan, page: Page) -> list[str]:
    """Return sentences on what the plan does, what waits, and what it costs."""
    metrics = plan.metrics
    currency = page.name(plan.context.currency) if plan.context else ""
    lines = []
    delivered, waiting, late = (metrics.get(f"{state}_tasks", 0) for state in ("delivered", "waiting", "late"))
    before = done_before(plan)
    lines.append(
        f"{count(delivered, 'task')} delivered, {number(late)} of them late; {number(waiting)} waiting"
        f"{f'; {number(before)} done before' if before else ''}."
    )
    if metrics.get("must_waiting_hours"):
        lines.append(f"{number(metrics['must_waiting_hours'])} hours of must work wait.")
    lines += _lacked(plan, page, currency)
    lines.append(
        f"Value {number(metrics.get('delivered_value'))} of {number(metrics.get('total_value'))}; "
        f"{number(metrics.get('planned_hours'))} of {number(metrics.get('capacity_hours'))} hours planned "
        f"({percent(metrics.get('utilisation', {}).get('all'))}), {number(metrics.get('overtime_hours'))} overtime, "
        f"{number(metrics.get('switching_hours'))} lost by switching."
    )
    cost, revenue, margin = (money(metrics.get(word), currency) for word in ("cost", "revenue", "margin"))
    lines.append(f"Cost {cost}, revenue {revenue}, margin {margin}.")
    if plan.hired:
        lines.append(f"Hired: {page.name(Names(plan).people(plan.hired))}.")
    return [*lines, *price_of_calm(plan)]


def _lacked(plan: Plan, page: Page, currency: str) -> list[str]:
    """Return which budget waiting tasks lack most, as far as arithmetic can say it."""
    lacked, names = most_lacked(plan), Names(plan)
    if lacked is None:
        return []
    owner = page.name(names.project(lacked.owner) if lacked.of == "project" else names.client(lacked.owner))
    period = "" if lacked.period == "horizon" else f"{period_name(lacked.period)} "
    pays = f"{money(lacked.more, currency)} more would pay for {lacked.tasks} of them"
    return [f"What waiting tasks lack most is the {period}budget of {owner}: {pays}."]
