"""``staffing init``."""

from __future__ import annotations

import json
import shlex
import tomllib
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from staffing.loading import load

from .conftest import Command


@pytest.mark.parametrize("name", ["s.yaml", "s.yml", "s.toml", "s.json", "s.xlsx", "s"])
def test_the_starter_is_a_valid_scenario(name: str, tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("init", tmp_path / name)
    assert done.exit_code == 0
    assert done.stdout == ""
    assert "staffing solve" in done.stderr
    assert len(load(tmp_path / name).expanded.jobs) == 17  # nine tasks, and two that come in each of four weeks


@pytest.mark.parametrize(("name", "result"), [("s.xlsx", "plan.xlsx"), ("s", "plan.xlsx"), ("s.yaml", "plan.json")])
def test_the_commands_that_follow_make_what_can_be_opened(
    name: str, result: str, tmp_path: Path, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    told = [line.strip() for line in staffing_command("init", name).stderr.splitlines()[1:]]
    assert f"staffing solve {name} -o {result} -o plan.html" in told
    for line in told:
        assert staffing_command(*shlex.split(line)[1:]).exit_code == 0
    assert (tmp_path / result).exists()


def test_a_starter_that_is_called_plan_is_not_overwritten_by_its_plan(
    tmp_path: Path, staffing_command: Command
) -> None:
    assert "-o schedule.xlsx" in staffing_command("init", tmp_path / "plan.xlsx").stderr


def test_the_starter_shows_specialists_with_skills(tmp_path: Path, staffing_command: Command) -> None:
    staffing_command("init", tmp_path / "s.xlsx")
    skilled = {member.role: set(member.skills) for member in load(tmp_path / "s.xlsx").staff if member.skills}
    assert skilled == {"designer": {"layout", "photo"}, "developer": {"web", "seo"}}


def test_the_starters_say_the_same(tmp_path: Path, staffing_command: Command) -> None:
    names = ("s.yaml", "s.toml", "s.json", "s.xlsx", "folder")
    for name in names:
        staffing_command("init", tmp_path / name)
    assert len({load(tmp_path / name).fingerprint for name in names}) == 1


def test_without_a_name_it_is_scenario_yaml(
    tmp_path: Path, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert staffing_command("init").exit_code == 0
    assert YAML(typ="safe").load(tmp_path / "scenario.yaml")["weeks"] == 4


def test_nothing_is_overwritten_unless_forced(tmp_path: Path, staffing_command: Command) -> None:
    file = tmp_path / "mine.toml"
    file.write_text("mine", encoding="utf-8")
    refused = staffing_command("init", file)
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert file.read_text(encoding="utf-8") == "mine"
    assert staffing_command("init", "--force", file).exit_code == 0
    assert tomllib.loads(file.read_text(encoding="utf-8"))["name"] == "Starter"


@pytest.mark.parametrize("name", ["s.xls", "s.txt"])
def test_another_suffix_is_a_matter_of_usage(name: str, tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("init", tmp_path / name)
    assert done.exit_code == 2
    assert ".yaml, .yml, .toml, .json, .xlsx, or none for a folder" in done.stderr
    assert not (tmp_path / name).exists()


def test_a_folder_that_does_not_exist_is_said(tmp_path: Path, staffing_command: Command) -> None:
    done = staffing_command("init", tmp_path / "no" / "s.json")
    assert done.exit_code == 1
    assert "does not exist" in done.stderr


def test_json_dates_are_text(tmp_path: Path, staffing_command: Command) -> None:
    staffing_command("init", tmp_path / "s.json")
    assert json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))["start"] == "2026-01-05"


def test_the_starter_has_no_warnings(tmp_path: Path, staffing_command: Command) -> None:
    staffing_command("init", tmp_path / "s.yaml")
    assert staffing_command("validate", tmp_path / "s.yaml").stderr == ""
