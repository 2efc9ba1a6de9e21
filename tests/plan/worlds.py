"""Tiny scenarios for tests of plans and audits, and drafts written as short as they are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from staffing.plan.describe import describe
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goal_result, goals_of, worsened
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline, Reason
from staffing.scenario.canonical import fingerprint
from staffing.scenario.expand import Expanded
from staffing.scenario.history import replan
from staffing.scenario.scenario import Scenario

Cells = Mapping[tuple[str, str, int], float]
"""Hours by task, person and week."""


def scenario(**change: Any) -> Scenario:
    """Four weeks from Monday, 5 January 2026; Sara (AM, 40 an hour), Omid (PM, 30 an hour), clients nova and zeta."""
    return Scenario.model_validate(
        {
            "name": "tiny",
            "start": "2026-01-05",
            "weeks": 4,
            "staff": [sara(), omid()],
            "clients": [{"id": "nova"}, {"id": "zeta"}],
            **change,
        }
    )


def sara(**change: Any) -> dict[str, Any]:
    """Account manager: strategic 1, tactical 0.8, 40 hours, costs 40 and bills 100 an hour."""
    return {"id": "sara", "role": "account_manager", "cost_rate": 40, "bill_rate": 100, **change}


def omid(**change: Any) -> dict[str, Any]:
    """Project manager: tactical 1, 40 hours, costs 30 and bills 80 an hour."""
    return {"id": "omid", "role": "project_manager", "cost_rate": 30, "bill_rate": 80, **change}


def task(id_: str, **change: Any) -> dict[str, Any]:
    """Ten hours of tactical work for nova."""
    return {"id": id_, "kind": "tactical", "client": "nova", "hours": 10, **change}


def draft(cells: Cells, hired: Sequence[str] = ()) -> Draft:
    return Draft({cell: Fraction(hours) for cell, hours in cells.items()}, frozenset(hired))


def facts(
    world: Scenario | Expanded, cells: Cells, hired: Sequence[str] = (), baseline: Baseline | None = None
) -> Facts:
    return Facts(world if isinstance(world, Expanded) else world.expanded, draft(cells, hired), baseline)


def replanned(world: Scenario, history: Cells, from_week: int) -> Expanded:
    return replan(world.expanded, {cell: Fraction(hours) for cell, hours in history.items()}, from_week)


def plan(
    found: Facts,
    *,
    reasons: Mapping[str, Reason] | None = None,
    solver: Mapping[str, Any] | None = None,
    planned: Mapping[tuple[str, str], Fraction] | None = None,
) -> Plan:
    """Return a draft as an optimal plan: every goal claims to be proven at what it measures."""
    measures = {
        entry: MEASURES[entry.goal](found) for entry in goals_of(found.expanded.scenario, found.baseline is not None)
    }
    return describe(
        found,
        fingerprint=fingerprint(found.expanded.scenario),
        goals=[
            goal_result(
                entry.goal,
                value=at,
                best=at,
                bound=at,
                limit=worsened(entry.goal, at, Fraction(entry.tolerance)),
            )
            for entry, at in measures.items()
        ],
        status="optimal",
        reasons=reasons or {},
        baseline=found.baseline,
        solver=solver or {},
        planned=planned,
    )
