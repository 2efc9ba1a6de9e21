"""``staffing validate``."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Command


def test_a_sound_scenario_is_ok_with_its_counts(scenario_file: Path, staffing_command: Command) -> None:
    done = staffing_command("validate", scenario_file)
    assert done.exit_code == 0
    assert done.stdout == f"{scenario_file}: ok, 2 people, 1 client, 2 tasks, 3 weeks\n"


def test_all_files_are_checked_even_if_one_is_broken(
    scenario_file: Path, tmp_path: Path, staffing_command: Command
) -> None:
    broken = tmp_path / "broken.yaml"
    broken.write_text("start: 2026-01-05\nweeks: nine\nstaff: []\n", encoding="utf-8")
    done = staffing_command("validate", broken, scenario_file)
    assert done.exit_code == 1
    assert f"{broken}:2:" in done.stderr
    assert f"{scenario_file}: ok" in done.stdout
    assert f"{broken}" not in done.stdout


@pytest.mark.parametrize(
    ("name", "content"),
    [("missing.yaml", None), ("binary.yaml", b"\x00\xff\xfe\x01"), ("bad.json", b"{"), ("text.toml", b"a = ")],
)
def test_a_file_that_cannot_be_read_is_wrong_input(
    name: str, content: bytes | None, tmp_path: Path, staffing_command: Command
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    done = staffing_command("validate", tmp_path / name)
    assert done.exit_code == 1
    assert name in done.stderr
    assert "Traceback" not in done.stderr


def test_a_folder_is_wrong_input(tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("validate", tmp_path)
    assert done.exit_code == 1
    assert str(tmp_path) in done.stderr


def test_a_plan_is_no_scenario(plan_file: Path, staffing_command: Command) -> None:
    done = staffing_command("validate", plan_file)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{plan_file}: this is a plan; a scenario is asked for: ")


def test_warnings_go_to_stderr(scenario_file: Path, staffing_command: Command) -> None:
    text = scenario_file.read_text(encoding="utf-8")
    scenario_file.write_text(text + "goals: [cost, value]\n", encoding="utf-8")
    done = staffing_command("validate", scenario_file)
    assert done.exit_code == 0
    assert "warning: " in done.stderr


def test_the_schema_is_json(staffing_command: Command) -> None:
    done = staffing_command("validate", "--schema")
    assert done.exit_code == 0
    assert "staff" in json.loads(done.stdout)["properties"]


@pytest.mark.parametrize("arguments", [[], ["--schema", "a.yaml"]])
def test_either_files_or_the_schema(arguments: list[str], staffing_command: Command) -> None:
    assert staffing_command("validate", *arguments).exit_code == 2
