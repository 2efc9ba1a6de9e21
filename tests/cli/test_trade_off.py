"""``staffing solve --baseline PLAN --trade-off``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from plan.worlds import facts, omid, plan, scenario, task

from .conftest import Command

TASKS = [task(f"t{number}", hours=20, value=value) for number, value in enumerate((100, 200, 500), start=1)]
WORLD = scenario(weeks=1, staff=[omid()], clients=[{"id": "nova"}], tasks=TASKS)
"""Of three tasks two have room, and the baseline has the two that are worth less."""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, ...]:
    WORLD.save(tmp_path / "s.yaml")
    plan(facts(WORLD, {("t1", "omid", 1): 20, ("t2", "omid", 1): 20})).save(tmp_path / "p.json")
    return tmp_path / "s.yaml", tmp_path / "p.json"


def test_it_says_what_more_changes_gain(files: tuple[Path, ...], staffing_command: Command) -> None:
    done = staffing_command("solve", files[0], "--baseline", files[1], "--trade-off")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "After 2 changes more gain nothing.",
        "",
        "What more changes gain",
        "              must work      value    weighted  extra points",
        "changes  waiting, hours  delivered  weeks late    of contact   cost  revenue  margin  proven, or at best",
        "-------- --------------- ---------- ----------- ------------- ------ -------- ------- ------------------",
        "      0               0        300           0             0  1,200    3,200   2,000  proven",
        "      2               0        700           0             0  1,200    3,200   2,000  proven",
    ]


def test_changes_that_are_forced_are_told_with_their_reasons(
    files: tuple[Path, ...], staffing_command: Command, tmp_path: Path
) -> None:
    away = WORLD.patch({"staff": [{"id": "omid", "name": "Omid", "weekly_hours": 10}]})
    away.save(tmp_path / "away.yaml")
    done = staffing_command("solve", tmp_path / "away.yaml", "--baseline", files[1], "--trade-off")
    assert "2 changes cannot be avoided. After 2 changes more gain nothing." in done.stdout
    assert "The fewest changes: 2 tasks" in done.stdout
    assert "Omid lacks the hours" in done.stdout


def test_the_answer_is_written_by_suffix(files: tuple[Path, ...], staffing_command: Command, tmp_path: Path) -> None:
    outputs = [part for name in ("a.json", "a.csv") for part in ("-o", tmp_path / name)]
    done = staffing_command("solve", files[0], "--baseline", files[1], "--trade-off", *outputs)
    assert done.stderr == f"{tmp_path / 'a.json'} written\n{tmp_path / 'a.csv'} written\n"
    document = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert (document["question"], document["enough"]) == ("trade-off", 2)
    assert (tmp_path / "a.csv").read_text(encoding="utf-8-sig").startswith("changes,must,value,")


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ([], "--trade-off needs --baseline: the plan that is changed."),
        (["--baseline", "p.json", "--strict"], "--strict is about one plan, and --trade-off gives several"),
        (["--baseline", "p.json", "-o", "out.xlsx"], "its suffix must be one of .json, .csv, .html."),
    ],
)
def test_what_makes_no_sense_is_refused(more: list[str], said: str, staffing_command: Command) -> None:
    done = staffing_command("solve", "s.yaml", "--trade-off", *more)
    assert done.exit_code == 2
    assert said in done.stderr
