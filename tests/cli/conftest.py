"""A small plan made by hand, and commands run inside this process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from plan.small import small

from staffing.cli.group import staffing
from staffing.plan.plan import Plan

SCENARIO = """\
name: Nova
start: 2026-01-05
weeks: 3
staff:
  - {id: sara, name: سارا, role: account_manager, bill_rate: 100, cost_rate: 40}
  - {id: omid, name: Omid, role: project_manager, bill_rate: 90, cost_rate: 30}
clients:
  - {id: nova, name: Nova Water, budget: 5000}
tasks:
  - {id: plan, name: Account plan, client: nova, kind: strategic, hours: 12, must: true}
  - {id: brief, name: Brief, client: nova, kind: tactical, hours: 8}
"""

Command = Callable[..., Result]


@pytest.fixture
def staffing_command() -> Command:
    """Run ``staffing ARGUMENTS`` and return what it printed and its exit code."""

    def run(*arguments: str | Path) -> Result:
        return CliRunner().invoke(staffing, [str(argument) for argument in arguments])

    return run


@pytest.fixture
def scenario_file(tmp_path: Path) -> Path:
    file = tmp_path / "nova.yaml"
    file.write_text(SCENARIO, encoding="utf-8")
    return file


@pytest.fixture
def plan() -> Plan:
    return small()


@pytest.fixture
def plan_file(plan: Plan, tmp_path: Path) -> Path:
    file = tmp_path / "plan.json"
    plan.save(file)
    return file


@pytest.fixture
def must_waits(plan: Plan) -> Plan:
    """The same plan with must work on the waiting list."""
    return replace(plan, metrics=plan.metrics | {"must_waiting_hours": 8.0})
