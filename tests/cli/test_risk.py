"""``staffing risk`` and ``staffing solve --confidence``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from plan.worlds import facts, omid, plan, scenario, task

from .conftest import Command

WORLD = scenario(
    weeks=2,
    staff=[omid(name="Omid")],
    clients=[{"id": "nova", "name": "Nova", "budget": 2800}],
    tasks=[
        task("site", name="Site", hours={"low": 20, "likely": 30, "high": 60}, due=1),
        task("call", name="Call", hours=4, due=1),
        task("audit", name="Audit", hours=1, due=1),
    ],
)


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    WORLD.save(tmp_path / "s.yaml")
    cells = {("site", "omid", 1): 30, ("call", "omid", 1): 4, ("audit", "omid", 2): 1}
    plan(facts(WORLD, cells)).save(tmp_path / "p.json")
    return tmp_path / "s.yaml", tmp_path / "p.json"


def test_it_says_what_may_be_late_too_much_or_overrun(files: tuple[Path, Path], staffing_command: Command) -> None:
    done = staffing_command("risk", *files, "--draws", "500")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "Carried out 500 times" in done.stdout
    assert "1 other is on time whatever comes; 1 is late in the plan itself" in done.stdout
    for title in ("Tasks that may be late", "More in hand than the contract", "Budgets that may be overrun", "Money"):
        assert title in done.stdout


def test_it_is_data_too(files: tuple[Path, Path], staffing_command: Command, tmp_path: Path) -> None:
    done = staffing_command("risk", *files, "--draws", "500", "--format", "json", "-o", tmp_path / "risk.csv")
    answer = json.loads(done.stdout)
    assert (answer["format"], answer["question"], answer["draws"]) == ("staffing-answer/1", "risk", 500)
    assert set(answer["money"]["cost"]) == {"p10", "p50", "p90", "error"}
    assert {"task", "on_time", "delivered", "error"} <= set(answer["tasks"][0])
    assert (tmp_path / "risk.csv").read_text(encoding="utf-8-sig").startswith("what,id,name,week,period,chance")


def test_a_plan_with_confidence_says_so(files: tuple[Path, Path], staffing_command: Command, tmp_path: Path) -> None:
    sure = tmp_path / "sure.json"
    done = staffing_command("solve", files[0], "--time-limit", "5", "--confidence", "0.8", "-o", sure)
    assert done.exit_code == 0
    assert json.loads(sure.read_text(encoding="utf-8"))["solver"]["confidence"] == 0.8
    assert staffing_command("audit", files[0], sure).exit_code == 0
    refused = staffing_command("solve", files[0], "--confidence", "1")
    assert refused.exit_code == 2
    assert "0<x<1" in refused.stderr


def test_likely_hours_lie_between(tmp_path: Path, staffing_command: Command) -> None:
    file = tmp_path / "s.yaml"
    WORLD.save(file)
    file.write_text(file.read_text(encoding="utf-8").replace("low: 20", "low: 40"), encoding="utf-8")
    done = staffing_command("validate", file)
    assert done.exit_code == 1
    assert "low 40, likely 30, high 60: each must be at least the one before" in done.stdout + done.stderr


def test_where_nothing_may_be_late_that_is_said(tmp_path: Path, staffing_command: Command) -> None:
    world = scenario(weeks=2, staff=[omid(name="Omid")], tasks=[task("audit", name="Audit", hours=1, due=1)])
    world.save(tmp_path / "s.yaml")
    plan(facts(world, {("audit", "omid", 2): 1})).save(tmp_path / "p.json")
    done = staffing_command("risk", tmp_path / "s.yaml", tmp_path / "p.json", "--draws", "10")
    assert "Tasks that may be late: none; 1 is late in the plan itself." in done.stdout
