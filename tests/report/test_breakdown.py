"""What plans plan for each client and each person, on the page."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from plan.worlds import facts, omid, plan, sara, scenario, task

from report.plans import hostile, small
from staffing.comparing.comparison import compare
from staffing.plan.plan import Plan
from staffing.report.breakdown import Breakdown, clients, people
from staffing.report.language import ENGLISH_PAGE
from staffing.report.names import Told
from staffing.report.page import page

WORLD = scenario(
    staff=[sara(name="Sara"), omid(name="Omid")],
    clients=[{"id": "nova", "name": "Nova"}, {"id": "zeta", "name": "Zeta"}],
    tasks=[task("a", hours=8), task("b", hours=4, client="zeta", billable=False)],
)
ONE = plan(facts(WORLD, {("a", "sara", 1): 10}))
OTHER = plan(facts(WORLD, {("a", "omid", 1): 8, ("b", "omid", 1): 4}))


def told(table: Breakdown) -> dict[str, Any]:
    return {
        row.name.striptags(): [
            [(bar.figure.text, bar.figure.difference, bar.width, bar.below) for bar in bars] for bars in row.plans
        ]
        for row in table.rows
    }


def tables(*plans: Plan) -> tuple[Breakdown, Breakdown]:
    tolds = [Told(one, ENGLISH_PAGE) for one in plans]
    comparison = compare(plans)
    return clients(comparison, tolds), people(comparison, tolds)


def test_each_client_has_the_figures_of_each_plan_and_the_margin_as_a_bar() -> None:
    table = tables(ONE, OTHER)[0]
    assert [[str(head) for head in heads] for heads in table.heads] == [
        ["Hours", "Cost", "Margin", "Tasks delivered"],
        ["Hours", "Cost", "Margin", "Tasks delivered", "Tasks moved"],
    ]
    first, second = told(table)["Nova"]
    assert first == [
        ("10", None, None, False),
        ("400", None, None, False),
        ("600", None, "100", False),
        ("1", None, None, False),
    ]
    assert second == [
        ("8", "−2", None, False),
        ("240", "−160", None, False),
        ("400", "−200", "66.67", False),
        ("1", "=", None, False),
        ("1", "", None, False),
    ]
    assert told(table)["Zeta"][1][2] == ("-120", "−120", "20", True)  # four hours of Omid's that nobody pays


def test_each_person_has_utilisation_as_a_bar() -> None:
    table = tables(ONE, OTHER)[1]
    assert told(table)["Omid"][1] == [
        ("12", "+12", None, False),
        ("0", "=", None, False),
        ("8%", "+8 pt", "100", False),
        ("360", "+360", None, False),
        ("2", "", None, False),
    ]


def test_whom_only_a_later_plan_has_has_a_name() -> None:
    alone = plan(facts(WORLD.patch({"remove": {"staff": ["omid"]}}), {("a", "sara", 1): 10}))
    assert list(told(tables(alone, OTHER)[1])) == ["Sara", "Omid"]


def test_the_page_has_both_tables_and_names_in_them_are_inert() -> None:
    html = page([ONE, OTHER])
    assert '<section id="by_client"><h2>By client</h2>' in html
    assert '<section id="by_person"><h2>By person</h2>' in html
    assert "<small>−200</small>" in html
    assert "<script>" not in page([small(), hostile()])


def test_many_rows_are_folded() -> None:
    many = scenario(clients=[{"id": f"c{number}"} for number in range(40)])
    crowd = plan(facts(many, {}))
    html = page([crowd, replace(crowd, scenario="again")])
    assert "<details><summary>By client <span>40</span></summary>" in html
