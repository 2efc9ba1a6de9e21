"""How long answers take: what is printed, and what a plan behind an answer that breaks a rule ends with."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from plan.worlds import omid, scenario, task

from benchmarks import questions
from benchmarks.__main__ import main
from staffing.auditing.violation import Violation


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a scenario whose second task waits, of which the repairs are asked."""
    monkeypatch.setattr(questions, "PLANNED", 5.0)
    monkeypatch.setattr(questions, "QUESTIONS", [one for one in questions.QUESTIONS if "repairs" in one.name])
    path = tmp_path / "mine.yaml"
    scenario(name="Mine", weeks=1, staff=[omid()], tasks=[task("a", hours=30), task("b", hours=20)]).save(path)
    return path


def test_a_row_for_each_question(path: Path) -> None:
    told = CliRunner().invoke(main, ["questions", str(path), "--markdown"])
    assert told.exit_code == 0, told.output
    assert "| mine | explain: one task, with repairs | 10 |" in told.stdout
    assert told.stdout.rstrip().endswith("proven; all their plans audit |")


def test_a_plan_that_breaks_a_rule_is_a_problem(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("staffing.audit", lambda *_: [Violation("capacity", "Omid has 50 of 40 hours.")])
    told = CliRunner().invoke(main, ["questions", str(path)])
    assert told.exit_code == 1
    assert told.stderr.startswith("PROBLEM Mine: the plan behind change 1 breaks a rule: ")
    assert told.stderr.endswith("capacity: Omid has 50 of 40 hours.\n")
