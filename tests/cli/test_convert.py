"""``staffing convert``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from staffing.loading import load

from .conftest import SCENARIO, Command


@pytest.mark.parametrize("name", ["b.yaml", "b.toml", "b.json", "b.xlsx", "b", "b.v2/"])
def test_a_scenario_is_the_same_in_another_format(
    name: str, scenario_file: Path, tmp_path: Path, staffing_command: Command
) -> None:
    done = staffing_command("convert", scenario_file, f"{tmp_path}/{name}")
    assert (done.exit_code, done.stdout) == (0, "")
    assert load(tmp_path / name).fingerprint == load(scenario_file).fingerprint
    assert load(tmp_path / name).name == "Nova"


def test_what_is_extended_becomes_part_of_it(scenario_file: Path, tmp_path: Path, staffing_command: Command) -> None:
    change = tmp_path / "change.yaml"
    change.write_text("extends: nova.yaml\nremove: {tasks: [brief]}", encoding="utf-8")
    staffing_command("convert", change, tmp_path / "b.xlsx")
    scenario_file.unlink()
    assert [task.id for task in load(tmp_path / "b.xlsx").tasks] == ["plan"]
    assert load(tmp_path / "b.xlsx").name == "change"


def test_nothing_is_overwritten_unless_forced(scenario_file: Path, tmp_path: Path, staffing_command: Command) -> None:
    folder = tmp_path / "b"
    folder.mkdir()
    (folder / "notes.md").write_text("mine")
    (folder / "tasks.txt").write_text("an older table")
    assert "--force overwrites it" in staffing_command("convert", scenario_file, folder).stderr
    assert staffing_command("convert", scenario_file, folder, "--force").exit_code == 0
    assert (folder / "notes.md").read_text() == "mine"
    assert not (folder / "tasks.txt").exists()
    assert load(folder).fingerprint == load(scenario_file).fingerprint


def test_a_scenario_does_not_overwrite_itself(scenario_file: Path, staffing_command: Command) -> None:
    assert staffing_command("convert", scenario_file, scenario_file, "--force").exit_code == 2


def test_a_file_is_no_folder(scenario_file: Path, tmp_path: Path, staffing_command: Command) -> None:
    (tmp_path / "b").write_text("")
    done = staffing_command("convert", scenario_file, tmp_path / "b", "--force")
    assert done.exit_code == 1
    assert "is a file, not a folder" in done.stderr


def test_a_wrong_scenario_writes_nothing(tmp_path: Path, staffing_command: Command) -> None:
    (tmp_path / "a.yaml").write_text("weeks: 0")
    assert staffing_command("convert", tmp_path / "a.yaml", tmp_path / "b.json").exit_code == 1
    assert not (tmp_path / "b.json").exists()


def test_what_a_format_cannot_hold_is_refused(scenario_file: Path, tmp_path: Path, staffing_command: Command) -> None:
    text = scenario_file.read_text(encoding="utf-8")
    scenario_file.write_text(text.replace("name: Nova Water", 'name: "null"'), encoding="utf-8")
    done = staffing_command("convert", scenario_file, tmp_path / "b.toml")
    assert done.exit_code == 1
    assert "clients.0.name is the text null" in done.stderr
    assert staffing_command("convert", scenario_file, tmp_path / "b.xlsx").exit_code == 0
    assert load(tmp_path / "b.xlsx").clients[0].name == "null"


def test_a_day_that_means_never_is_written_in_every_format(
    scenario_file: Path, tmp_path: Path, staffing_command: Command
) -> None:
    scenario_file.write_text(SCENARIO.replace("cost_rate: 40}", "cost_rate: 40, end: 9999-12-31}"), encoding="utf-8")
    for name in ("never.yaml", "never.toml", "never.json", "never.xlsx", "never/"):
        assert staffing_command("convert", scenario_file, tmp_path / name).exit_code == 0
        assert load(tmp_path / name).staff[0].end == dt.date(9999, 12, 31)
