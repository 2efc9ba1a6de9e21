"""Outputs: what cannot be written is said before the search; what fails after it keeps nothing else back."""

from __future__ import annotations

import stat
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from staffing.cli.outputs import WRITERS
from staffing.plan.plan import Plan

from .conftest import Command


@pytest.fixture
def asked(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> list[dict[str, Any]]:
    """What the solver was asked; it gives the plan made by hand."""
    calls: list[dict[str, Any]] = []

    def solve(_scenario: object, **given: Any) -> Plan:
        calls.append(given)
        return plan

    monkeypatch.setattr("staffing.solving.solve.solve", solve)
    return calls


def of(outputs: list[Path]) -> list[str]:
    return [word for path in outputs for word in ("-o", str(path))]


@pytest.mark.parametrize("suffix", WRITERS)
def test_an_output_that_fails_keeps_no_other_back(
    suffix: str, scenario_file: Path, plan: Plan, staffing_command: Command, asked: list[dict[str, Any]]
) -> None:
    outputs = [scenario_file.with_name(f"plan{one}") for one in WRITERS]
    full = scenario_file.with_name(f"plan{suffix}")
    full.symlink_to("/dev/full")
    done = staffing_command("solve", scenario_file, *of(outputs))
    assert done.exit_code == 1
    assert "Nova: feasible" in done.stdout
    written = "".join(f"{path} written\n" for path in outputs if path != full)
    assert done.stderr == f"{written}{full} cannot be written: No space left on device\n"
    assert all(path.stat().st_size for path in outputs if path != full)
    assert full.is_symlink()


def test_each_output_that_fails_has_its_sentence(
    scenario_file: Path, plan: Plan, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = scenario_file.with_name("gone")
    gone.mkdir()

    def solve(_scenario: object, **_given: Any) -> Plan:
        gone.rmdir()
        return replace(plan, metrics=plan.metrics | {"must_waiting_hours": 8.0})

    monkeypatch.setattr("staffing.solving.solve.solve", solve)
    outputs = [gone / "a.json", scenario_file.with_name("b.json"), gone / "c.csv"]
    done = staffing_command("solve", scenario_file, "--strict", *of(outputs))
    assert done.exit_code == 1
    assert done.stderr.splitlines() == [
        f"{outputs[1]} written",
        "must work waits",
        f"{outputs[0]} cannot be written: the folder {gone} does not exist",
        f"{outputs[2]} cannot be written: the folder {gone} does not exist",
    ]
    assert Plan.load(outputs[1]).scenario == "Nova"


def test_all_names_that_cannot_be_written_are_said_before_the_search(
    scenario_file: Path, staffing_command: Command, asked: list[dict[str, Any]]
) -> None:
    folder = scenario_file.parent
    (folder / "folder.csv").mkdir()
    outputs = [folder / "good.json", folder / "no" / "p.json", folder / "folder.csv", folder / f"{'a' * 300}.ics"]
    done = staffing_command("solve", scenario_file, *of(outputs))
    assert done.exit_code == 1
    assert done.stdout == ""
    assert done.stderr.splitlines() == [
        f"{outputs[1]} cannot be written: the folder {folder}/no does not exist",
        f"{outputs[2]} cannot be written: it is a folder",
        f"{outputs[3]} cannot be written: File name too long",
    ]
    assert not asked
    assert sorted(path.name for path in folder.iterdir()) == ["folder.csv", "nova.yaml"]


def test_the_longest_name_there_is_can_be_written(
    scenario_file: Path, staffing_command: Command, asked: list[dict[str, Any]]
) -> None:
    output = scenario_file.with_name("a" * 250 + ".json")
    assert staffing_command("solve", scenario_file, "-o", output).exit_code == 0
    assert output.exists()


@pytest.mark.parametrize("suffix", WRITERS)
def test_every_output_keeps_its_mode_and_its_link(
    suffix: str, scenario_file: Path, staffing_command: Command, asked: list[dict[str, Any]]
) -> None:
    output, far = scenario_file.with_name(f"plan{suffix}"), scenario_file.with_name(f"far{suffix}")
    far.write_text("old")
    far.chmod(0o600)
    output.symlink_to(far.name)
    assert staffing_command("solve", scenario_file, "-o", output).exit_code == 0
    assert output.is_symlink()
    assert stat.S_IMODE(far.stat().st_mode) == 0o600
    assert far.read_bytes() != b"old"


@pytest.mark.parametrize("command", [["convert"], ["init"]])
@pytest.mark.parametrize("name", [f"{'a' * 300}.yaml", "a" * 300, "no/s.yaml", "no/folder", "file/s.yaml"])
def test_a_scenario_that_cannot_be_written_is_said(
    command: list[str], name: str, scenario_file: Path, staffing_command: Command
) -> None:
    scenario_file.with_name("file").write_text("x")
    given = [scenario_file] if command == ["convert"] else []
    done = staffing_command(*command, *given, scenario_file.parent / name, "--force")
    assert done.exit_code == 1
    assert done.stderr.count("\n") == 1
    assert "cannot be written: " in done.stderr


@pytest.mark.parametrize("suffix", [".yaml", ".toml", ".json", ".xlsx"])
def test_a_conversion_into_a_full_disk_leaves_nothing(
    suffix: str, scenario_file: Path, staffing_command: Command
) -> None:
    target = scenario_file.with_name(f"b{suffix}")
    target.symlink_to("/dev/full")
    done = staffing_command("convert", scenario_file, target, "--force")
    assert (done.exit_code, done.stderr) == (1, f"{target} cannot be written: No space left on device\n")
