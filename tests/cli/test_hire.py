"""``staffing hire``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from plan.worlds import facts, omid, plan, scenario, task

import staffing

from .conftest import Command

WORLD = scenario(
    weeks=1,
    staff=[omid(name="Omid"), omid(id="kim", name="Kim", cost_rate=25.5, placeholder=True)],
    tasks=[task("site", hours=40), task("brief", hours=20)],
)
"""Omid has 40 hours, and 60 are asked for."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    WORLD.save(tmp_path / "s.yaml")
    return tmp_path / "s.yaml"


def test_it_says_whom_to_hire_at_which_price_and_what_each_hire_brings(file: Path, staffing_command: Command) -> None:
    done = staffing_command("hire", file)
    assert done.exit_code == 0
    assert done.stdout.startswith(
        "Yes: with Kim (40 hours a week from week 1) all work is delivered, on time; compared with hiring nobody,"
    )
    assert all(len(line) <= 120 for line in done.stdout.splitlines())
    assert "Kim, 40 h from week 1" in done.stdout
    assert "The best plan with so many hires at most" in done.stdout
    assert "nobody" in done.stdout


def test_json_and_files(file: Path, tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("hire", file, "--format", "json", "-o", tmp_path / "answer.json", "--for", "must")
    document = json.loads(done.stdout)
    assert (document["question"], document["for"]) == ("hire", "must")
    assert document == json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert staffing_command("hire", file, "--format", "csv").stdout.startswith("what,number,hires,hours,from_week,")


@pytest.mark.parametrize("name", ["what-if.yaml", "what-if.toml", "what-if.json", "below/what-if.yml"])
def test_a_set_is_written_as_a_scenario_that_extends_the_one_asked_of(
    name: str, file: Path, tmp_path: Path, staffing_command: Command
) -> None:
    (tmp_path / "below").mkdir()
    done = staffing_command("hire", file, "--write", 1, tmp_path / name, "--role", "project_manager")
    assert done.exit_code == 0
    assert f"{name} written" in done.stderr
    written = staffing.load(tmp_path / name)
    assert [member.id for member in written.staff] == ["omid", "new-project_manager"]
    done = staffing_command("hire", file, "--write", 1, tmp_path / name)
    assert [(member.id, member.placeholder) for member in staffing.load(tmp_path / name).staff][1] == ("kim", None)


def test_a_set_that_is_not_there_and_a_file_that_would_be_overwritten_are_told(
    file: Path, tmp_path: Path, staffing_command: Command
) -> None:
    done = staffing_command("hire", file, "--write", 9, tmp_path / "w.yaml")
    assert done.exit_code == 1
    assert "there is no change 9 to write: 1 is the only one" in done.stderr
    assert not (tmp_path / "w.yaml").exists()
    done = staffing_command("hire", file, "--write", 1, file)
    assert done.exit_code == 2
    assert "would overwrite" in done.stderr


def test_a_plan_saves_planning_it_and_is_refused_if_it_is_not_valid(
    file: Path, tmp_path: Path, staffing_command: Command
) -> None:
    plan(facts(WORLD, {("site", "omid", 1): 40})).save(tmp_path / "p.json")
    assert staffing_command("hire", file, tmp_path / "p.json").stdout.startswith("Yes: with Kim")
    plan(facts(WORLD, {("brief", "omid", 1): 20})).save(tmp_path / "p.json")
    lines = staffing_command("hire", file, tmp_path / "p.json").stdout.splitlines()
    assert lines[0] == (
        "The plan itself can gain, with nobody hired: value delivered +40, cost +600. What follows is beyond that."
    )
    assert lines[1].startswith("Yes: with Kim")
    (row,) = [line.split() for line in lines if line.startswith("  1  Kim") and "+" in line]
    assert row[-6:-2] == ["+40", "+420", "+1", "+1,180"]  # beyond the site, which Omid can do alone
    plan(facts(WORLD, {("site", "omid", 1): 41})).save(tmp_path / "p.json")
    done = staffing_command("hire", file, tmp_path / "p.json")
    assert done.exit_code == 3
    assert "Kim" not in done.stdout


def test_an_unknown_role_is_told(file: Path, staffing_command: Command) -> None:
    done = staffing_command("hire", file, "--role", "projekt_manager")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "did you mean project_manager?" in done.stderr
