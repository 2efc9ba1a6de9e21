"""The library does what the command does, and its objects show themselves in short."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from plan.worlds import facts, plan, scenario, task

import staffing
from staffing.cli.group import staffing as command

WORLD: dict[str, Any] = {
    "currency": "EUR",
    "description": "Two <b>people</b>",
    "clients": [{"id": "nova", "name": "Nova & sons", "budget": 9000}, {"id": "zeta"}],
    "tasks": [task("site"), task("call", hours=1, client="zeta", repeat={"every": 1})],
}


def world() -> staffing.Scenario:
    return scenario(**WORLD)


def planned() -> staffing.Plan:
    return plan(facts(world(), {("site", "omid", 1): 10}))


@pytest.mark.parametrize("suffix", [".json", ".csv", ".xlsx", ".html", ".ics", ".HTML"])
def test_a_plan_is_saved_in_every_format_of_the_command(suffix: str, tmp_path: Path) -> None:
    planned().save(tmp_path / f"plan{suffix}")
    assert (tmp_path / f"plan{suffix}").stat().st_size > 100


@pytest.mark.parametrize("name", ["team.yaml", "team.toml", "team.json", "team.xlsx", "team", "team/"])
def test_a_scenario_is_saved_in_every_format_it_is_read_in(name: str, tmp_path: Path) -> None:
    world().save(f"{tmp_path}/{name}")
    assert staffing.load(tmp_path / name) == world()


def test_what_no_format_is_named_for_is_told(tmp_path: Path) -> None:
    with pytest.raises(staffing.OutputError, match=r"a scenario is saved as \.yaml, \.yml, \.toml, \.json, \.xlsx, or"):
        world().save(tmp_path / "team.txt")
    (tmp_path / "team").write_text("")
    with pytest.raises(staffing.OutputError, match="cannot be written"):
        world().save(tmp_path / "team")


def test_a_file_is_converted_as_by_the_command(tmp_path: Path) -> None:
    world().save(tmp_path / "team.yaml")
    assert staffing.convert(tmp_path / "team.yaml", tmp_path / "team.toml") == world()
    command(["convert", str(tmp_path / "team.yaml"), str(tmp_path / "again.toml")], standalone_mode=False)
    assert (tmp_path / "team.toml").read_text() == (tmp_path / "again.toml").read_text()
    assert staffing.convert(world(), tmp_path / "team.json").name == "tiny"
    with pytest.raises(staffing.OutputError, match="must not overwrite the scenario"):
        staffing.convert(tmp_path / "team.yaml", str(tmp_path / "team.yaml"))
    with pytest.raises(staffing.ScenarioError):
        staffing.convert(tmp_path / "missing.yaml", tmp_path / "team.json")


def test_warnings_are_told_of_a_scenario_and_of_a_file(tmp_path: Path) -> None:
    assert staffing.warnings(world()) == []
    odd = world().replace(switching=0.1)
    (warning,) = staffing.warnings(odd)
    assert (warning.path, warning.file) == ("switching", None)
    odd.save(tmp_path / "odd.yaml")
    (placed,) = staffing.warnings(tmp_path / "odd.yaml")
    assert (placed.message, placed.file) == (warning.message, str(tmp_path / "odd.yaml"))
    assert placed.line
    with pytest.raises(staffing.ScenarioError):
        staffing.warnings(tmp_path / "missing.yaml")


def test_completion_offers_a_scenario_its_own_and_nothing_of_the_library_below() -> None:
    offered = [name for name in dir(world()) if not name.startswith("_")]
    assert {"staff", "tasks", "patch", "replace", "save", "fingerprint", "start"} <= {*offered}
    relics = ("model_", "parse_", "schema", "construct", "dict", "json", "copy", "validate", "from_orm", "update_")
    assert [name for name in offered if name.startswith(relics)] == []
    assert world().model_dump()["name"] == "tiny"  # it still works for those who ask for it


def test_a_scenario_and_a_plan_say_in_one_line_what_they_are() -> None:
    assert repr(world()) == str(world()) == "<Scenario 'tiny': 2 people, 2 clients, 2 tasks, 4 weeks from 2026-01-05>"
    assert repr(planned()) == str(planned()) == "<Plan 'tiny': optimal, 1 task delivered, 4 waiting, cost 300 EUR>"


class Closed(HTMLParser):
    """Reads HTML in which every element is closed where it was opened."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_a_scenario_shows_itself_in_a_notebook_in_short() -> None:
    html = world()._repr_html_()
    body = html.partition("</style>")[2]
    assert Closed(html).open == []
    for words in ("tiny", "Two &lt;b&gt;people&lt;/b&gt;", "Nova &amp; sons", "4 weeks", "5 tasks", "Account manager"):
        assert words in body
    assert len(body) < 3000


def test_of_a_large_scenario_the_first_are_shown_and_the_others_counted() -> None:
    many = scenario(clients=[{"id": f"c{number}"} for number in range(40)])
    body = many._repr_html_().partition("</style>")[2]
    assert "and 28 clients more" in body
    assert body.count("<tr>") == 2 + 2 + 12
