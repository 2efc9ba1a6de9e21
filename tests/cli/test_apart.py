"""What a result is made from is never overwritten by it, under whatever name."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from staffing.plan.plan import Plan

from .conftest import Command

CHAIN = ("child.yaml", "parent.yaml", "nova.yaml")
"""Each extends the next one."""
WHY = ("which ", "an input: ")


@pytest.fixture
def chain(scenario_file: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three scenarios, and no solver that could be asked."""

    def solve(_scenario: object, **_given: object) -> Plan:
        raise AssertionError("too late")

    monkeypatch.setattr("staffing.solving.solve.solve", solve)
    folder = scenario_file.parent
    (folder / "child.yaml").write_text("extends: parent.yaml\nweeks: 2\n", encoding="utf-8")
    (folder / "parent.yaml").write_text("extends: nova.yaml\nweeks: 4\n", encoding="utf-8")
    return folder


@pytest.fixture
def json_chain(chain: Path, staffing_command: Command) -> Path:
    """The same with a base that a plan could be written over."""
    assert staffing_command("convert", chain / "nova.yaml", chain / "nova.json").exit_code == 0
    (chain / "parent.yaml").write_text("extends: nova.json\n", encoding="utf-8")
    return chain


OTHER_NAMES: dict[str, Callable[[Path], Path]] = {
    "itself": lambda path: path,
    "by way of a folder": lambda path: path.parent / ".." / path.parent.name / path.name,
    "a link": lambda path: linked(path, lambda other: other.symlink_to(path.name)),
    "a hard link": lambda path: linked(path, lambda other: os.link(path, other)),
}


def linked(path: Path, make: Callable[[Path], None]) -> Path:
    other = path.with_name(f"other{path.suffix}")
    make(other)
    return other


@pytest.mark.parametrize("named", OTHER_NAMES.values(), ids=OTHER_NAMES)
def test_a_plan_never_overwrites_what_the_scenario_extends(
    named: Callable[[Path], Path], json_chain: Path, staffing_command: Command
) -> None:
    before = (json_chain / "nova.json").read_bytes()
    output = named(json_chain / "nova.json")
    done = staffing_command("solve", json_chain / "child.yaml", "-o", output)
    assert done.exit_code == 2
    assert f"{output} would overwrite {json_chain}/nova.json, which {json_chain}/child.yaml extends" in done.stderr
    assert (json_chain / "nova.json").read_bytes() == before


@pytest.mark.parametrize("name", CHAIN)
@pytest.mark.parametrize("named", OTHER_NAMES.values(), ids=OTHER_NAMES)
def test_a_conversion_never_overwrites_what_the_scenario_is_made_of(
    named: Callable[[Path], Path], name: str, chain: Path, staffing_command: Command
) -> None:
    before = (chain / name).read_bytes()
    done = staffing_command("convert", chain / "child.yaml", named(chain / name), "--force")
    assert done.exit_code == 2
    assert f"would overwrite {chain}/{name}, {WHY[name == CHAIN[0]]}" in done.stderr
    assert (chain / name).read_bytes() == before


@pytest.mark.parametrize("name", [*CHAIN, "hours.csv", "map.yaml"])
def test_hours_worked_never_overwrite_an_input(name: str, chain: Path, staffing_command: Command) -> None:
    (chain / "hours.csv").write_text("Person,Day,Hours\nsara,2026-01-06,1\n", encoding="utf-8")
    (chain / "map.yaml").write_text("{staff: Person, date: Day, hours: Hours}", encoding="utf-8")
    output = chain / "other.yaml"
    output.symlink_to(name)
    before = (chain / name).read_bytes()
    given = ("--as-of", "2026-01-12", "--map", chain / "map.yaml", "-o", output, "--force")
    done = staffing_command("actuals", chain / "child.yaml", chain / "hours.csv", *given)
    assert done.exit_code == 2
    assert f"other.yaml would overwrite {chain}/{name}" in done.stderr
    assert (chain / name).read_bytes() == before


@pytest.mark.parametrize("named", OTHER_NAMES.values(), ids=OTHER_NAMES)
def test_a_plan_never_overwrites_its_baseline(
    named: Callable[[Path], Path], chain: Path, plan: Plan, staffing_command: Command
) -> None:
    baseline = chain / "before.json"
    plan.save(baseline)
    before = baseline.read_bytes()
    done = staffing_command("solve", chain / "nova.yaml", "--baseline", baseline, "-o", named(baseline))
    assert done.exit_code == 2
    assert baseline.read_bytes() == before


def test_a_page_never_overwrites_its_plan(plan_file: Path, staffing_command: Command) -> None:
    page = plan_file.with_suffix(".html")
    page.symlink_to(plan_file.name)
    before = plan_file.read_bytes()
    assert staffing_command("report", plan_file, "-o", page).exit_code == 2
    assert plan_file.read_bytes() == before


@pytest.mark.parametrize("named", list(OTHER_NAMES.values())[:3], ids=list(OTHER_NAMES)[:3])
def test_two_outputs_are_two_files(named: Callable[[Path], Path], chain: Path, staffing_command: Command) -> None:
    done = staffing_command("solve", chain / "nova.yaml", "-o", chain / "p.json", "-o", named(chain / "p.json"))
    assert done.exit_code == 2
    assert "is named twice" in done.stderr or "is the same file as" in done.stderr


def test_letters_of_another_case_are_the_same_name_where_the_system_says_so(
    chain: Path, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    (chain / "NOVA.yaml").write_text("what a system that tells them apart has here", encoding="utf-8")
    monkeypatch.setattr("os.path.samefile", lambda one, other: str(one).casefold() == str(other).casefold())
    assert staffing_command("convert", chain / "child.yaml", chain / "NOVA.yaml", "--force").exit_code == 2


class TestFolders:
    """A folder of CSV files as an input, and as an output."""

    @pytest.fixture
    def team(self, chain: Path, staffing_command: Command) -> Path:
        assert staffing_command("convert", chain / "nova.yaml", chain / "team").exit_code == 0
        (chain / "child.yaml").write_text("extends: team\nweeks: 2\n", encoding="utf-8")
        return chain / "team"

    @pytest.mark.parametrize("name", ["team", "team/", "../{}/team", "link"])
    def test_what_is_extended_may_be_a_folder(
        self, name: str, team: Path, chain: Path, staffing_command: Command
    ) -> None:
        (chain / "link").symlink_to("team")
        before = {file.name: file.read_bytes() for file in team.iterdir()}
        output = f"{chain}/{name.format(chain.name)}"
        done = staffing_command("convert", chain / "child.yaml", output, "--force")
        assert done.exit_code == 2
        assert f"would overwrite {team}, which {chain}/child.yaml extends" in done.stderr
        assert {file.name: file.read_bytes() for file in team.iterdir()} == before

    @pytest.mark.parametrize("scenario", ["team", "child.yaml"])
    @pytest.mark.parametrize("name", ["tasks.csv", "plan.csv"])
    def test_a_table_of_an_input_is_an_input(
        self, name: str, scenario: str, team: Path, chain: Path, staffing_command: Command
    ) -> None:
        before = (team / "tasks.csv").read_bytes()
        done = staffing_command("solve", chain / scenario, "-o", team / name)
        assert done.exit_code == 2
        assert f"{team}/{name} would" in done.stderr
        assert (team / "tasks.csv").read_bytes() == before

    def test_a_folder_whose_tables_are_links_to_an_input(
        self, team: Path, chain: Path, staffing_command: Command
    ) -> None:
        (chain / "other").mkdir()
        (chain / "other" / "tasks.csv").symlink_to("../team/tasks.csv")
        before = (team / "tasks.csv").read_bytes()
        assert staffing_command("convert", team, chain / "other", "--force").exit_code == 2
        assert (team / "tasks.csv").read_bytes() == before

    @pytest.mark.parametrize("place", ["team", "team/deep"])
    @pytest.mark.parametrize("scenario", ["base.yaml", "change.yaml"])
    def test_a_folder_that_holds_an_input(
        self, scenario: str, place: str, team: Path, chain: Path, staffing_command: Command
    ) -> None:
        (team / "deep").mkdir()
        (chain / "nova.yaml").rename(chain / place / "base.yaml")
        (chain / "change.yaml").write_text(f"extends: {place}/base.yaml", encoding="utf-8")
        path = chain / scenario if scenario == "change.yaml" else chain / place / scenario
        done = staffing_command("convert", path, team, "--force")
        assert done.exit_code == 2
        assert f"{team} holds {chain / place}/base.yaml, " in done.stderr

    def test_a_plan_may_lie_beside_the_tables(
        self, team: Path, plan: Plan, staffing_command: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("staffing.solving.solve.solve", lambda _scenario, **_given: plan)
        assert staffing_command("solve", team, "-o", team / "plan.json", "-o", team / "_plan.csv").exit_code == 0
        assert staffing_command("validate", team).exit_code == 0
