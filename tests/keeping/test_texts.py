"""In a text only the lines of ``worked`` and ``as_of`` change."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from staffing.keeping.keep import write_worked
from staffing.keeping.spans import spliced
from staffing.loading import load

from .worlds import AS_OF, noted, put, row

YAML = """\
# Ours since 2020
name:   Nova   # with blanks
start: 2026-01-05
weeks: 8     # two months

staff:
- id: ann    # a person
  role: project_manager
clients: [{id: nova}]
tasks:
    - {id: care, kind: tactical, client: nova, hours: 10, repeat: {every: 1}}
    - {id: build, kind: tactical, client: nova,
       hours: 160}
"""
ROWS = """\
worked:
  # the first week
  - {task: build, staff: ann, date: 2026-01-06, hours: 8}   # rain
  - task: build
    staff: ann      # she again
    date: 2026-01-07
    hours: 7   # less
  # in between
  - {task: care, staff: ann, week: 2, hours: 10}
"""
FIRST, SECOND, THIRD = "build ann 2026-01-06 8", "build ann 2026-01-07 7", "care ann 2 10"


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "team.yaml"


def changed(source: Path, text: str, *rows: str) -> list[str]:
    """Put rows into a text, and return the lines that differ: gone ones with a minus, new ones with a plus."""
    with source.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
    target = source.with_name(f"out{source.suffix}")
    put(source, target, *rows)
    lines = difflib.unified_diff(text.splitlines(), target.read_bytes().decode().splitlines(), n=0, lineterm="")
    return [line for line in list(lines)[2:] if len(line) > 1 and not line.startswith("@@")]


def test_rows_come_at_the_end_and_as_of_to_the_weeks(source: Path) -> None:
    assert changed(source, YAML, FIRST, THIRD) == [
        "+as_of: 2026-02-02",
        "+worked:",
        "+  - {task: build, staff: ann, date: 2026-01-06, hours: 8}",
        "+  - {task: care, staff: ann, week: 2, hours: 10}",
    ]
    lines = source.with_name("out.yaml").read_text(encoding="utf-8").splitlines()
    assert lines[3:5] == ["weeks: 8     # two months", "as_of: 2026-02-02"]


def test_nothing_changes_where_all_is_there(source: Path) -> None:
    assert changed(source, YAML + "as_of: 2026-02-02\n" + ROWS, FIRST, SECOND, THIRD) == []


def test_a_row_is_mended_dropped_and_added_in_its_place(source: Path) -> None:
    assert changed(source, YAML + ROWS, "build ann 2026-01-07 7.5", THIRD, "build ann 2026-01-08 1") == [
        "+as_of: 2026-02-02",
        "-  - {task: build, staff: ann, date: 2026-01-06, hours: 8}   # rain",
        "-    hours: 7   # less",
        "+    hours: 7.5   # less",
        "+  - {task: build, staff: ann, date: 2026-01-08, hours: 1}",
    ]


def test_all_rows_may_go(source: Path) -> None:
    gone = changed(source, YAML + ROWS)
    assert {"-    staff: ann      # she again", "+as_of: 2026-02-02"} <= set(gone)
    assert "  # in between" in source.with_name("out.yaml").read_text(encoding="utf-8")


def test_as_of_is_replaced_where_it_stands(source: Path) -> None:
    text = "as_of: 2026-01-12 # a Monday\n" + YAML
    assert changed(source, text) == ["-as_of: 2026-01-12 # a Monday", "+as_of: 2026-02-02 # a Monday"]
    assert changed(source, "as_of:\n" + YAML) == ["-as_of:", "+as_of: 2026-02-02"]


@pytest.mark.parametrize("old", ["[]", "[{task: build, staff: ann, date: 2026-01-06, hours: 8}]", "", "null"])
def test_rows_in_one_line_become_lines(source: Path, old: str) -> None:
    told = changed(source, f"worked: {old} # none yet\n{YAML}", SECOND)
    assert "  - {task: build, staff: ann, date: 2026-01-07, hours: 7} # none yet" in " ".join(told).replace("  #", " #")


def test_a_text_keeps_its_ends_of_lines_and_its_mark(source: Path) -> None:
    changed(source, "\ufeff" + YAML.replace("\n", "\r\n"), FIRST)
    made = source.with_name("out.yaml").read_bytes()
    assert made.startswith(b"\xef\xbb\xbf#")
    assert made.count(b"\n") == made.count(b"\r\n")


def test_a_text_without_a_last_line_end_gets_one(source: Path) -> None:
    assert "+worked:" in changed(source, YAML.rstrip("\n"), FIRST)


def test_the_calendar_of_the_scenario_is_kept(source: Path) -> None:
    told = changed(source, YAML + "calendar: {system: jalali}\n", FIRST)
    assert "+as_of: 1404-11-13" in told
    assert "+  - {task: build, staff: ann, date: 1404-10-16, hours: 8}" in told


ONE_LINE = (
    "{start: 2026-01-05, weeks: 8, staff: [{id: ann, role: project_manager}], clients: [{id: nova}], "
    "tasks: [{id: build, kind: tactical, client: nova, hours: 160}]}"
)
ALIAS = YAML.replace("clients:", "projects: &none []\nclients:") + "worked: *none\n"
ANCHOR = YAML.replace("start:", "worked: &none []\nstart:") + "projects: *none\n"


@pytest.mark.parametrize("text", [ONE_LINE, ALIAS, ANCHOR], ids=["one-line", "alias", "anchor"])
def test_what_nothing_can_be_put_into_is_written_anew_and_that_is_told(source: Path, text: str) -> None:
    source.write_text(text, encoding="utf-8")
    (note,) = noted(source, source.with_name("out.yaml"), FIRST)[0]
    assert note.startswith("the scenario is written anew, and what is no part of it")


def test_an_anchor_that_nothing_names_is_no_hindrance(source: Path) -> None:
    told = changed(source, YAML + ROWS.replace("worked:", "worked: &rows"), FIRST, SECOND)
    assert told[0] == "+as_of: 2026-02-02"
    assert len(told) == 2


# ---------------------------------------------------------------------- what it extends


@pytest.mark.parametrize("suffix", [".yaml", ".toml", ".json"])
def test_a_scenario_goes_on_to_extend_its_base_from_elsewhere(tmp_path: Path, suffix: str) -> None:
    (tmp_path / "base.yaml").write_text(YAML + ROWS, encoding="utf-8")
    child = {".yaml": "extends: base.yaml\n", ".toml": 'extends = "base.yaml"\n', ".json": '{"extends": "base.yaml"}'}
    source = tmp_path / f"child{suffix}"
    source.write_text(child[suffix], encoding="utf-8")
    (tmp_path / "months" / "second").mkdir(parents=True)
    target = tmp_path / "months" / "second" / f"february{suffix}"
    put(source, target, SECOND)
    assert "../../base.yaml" in target.read_text(encoding="utf-8")
    put(target, tmp_path / f"march{suffix}", SECOND, THIRD)
    assert "../" not in (tmp_path / f"march{suffix}").read_text(encoding="utf-8")


def test_another_format_is_written_as_ever(source: Path) -> None:
    source.write_text(YAML, encoding="utf-8")
    scenario = load(source).replace(as_of=AS_OF, worked=(row(FIRST),))
    assert write_worked(scenario, source, source.with_name("out.json")) == ()
    assert load(source.with_name("out.json")) == scenario


# ---------------------------------------------------------------------- TOML and JSON

TOML = """\
start = 2026-01-05 # a Monday
weeks = 8
clients = [{id = "nova"}]

# people — ours
[[staff]]
id = "ann"
role = "project_manager"

[[tasks]]
id = "build"
kind = "tactical"
client = "nova"
hours = 160
"""
TABLES = """\

[[worked]] # the first
task = "build"
staff = "ann"
date = 2026-01-06
hours = 8 # rain

[[worked]]
task = "build"
staff = "ann"
date = 2026-01-07
hours = 7
# the end
"""


def test_rows_of_toml_are_tables_at_the_end(tmp_path: Path) -> None:
    assert changed(tmp_path / "team.toml", TOML, FIRST) == [
        "+as_of = 2026-02-02",
        "+[[worked]]",
        '+task = "build"',
        '+staff = "ann"',
        "+date = 2026-01-06",
        "+hours = 8",
    ]


def test_tables_of_toml_are_mended_dropped_and_added(tmp_path: Path) -> None:
    source = tmp_path / "team.toml"
    assert changed(source, TOML + TABLES, "build ann 2026-01-06 8.5", SECOND) == [
        "+as_of = 2026-02-02",
        "-hours = 8 # rain",
        "+hours = 8.5 # rain",
    ]
    changed(source, TOML + TABLES, SECOND, "build ann 2026-01-08 2")
    made = source.with_name("out.toml").read_text(encoding="utf-8")
    assert "[[worked]] # the first" not in made
    assert made.endswith("# the end\n")
    assert "hours = 7\n\n[[worked]]\n" in made


def test_a_list_of_toml_is_written_anew(tmp_path: Path) -> None:
    text = 'as_of = 2026-01-07 # ours\nworked = [{task = "build", staff = "ann", week = 1, hours = 1}]\n' + TOML
    told = changed(tmp_path / "team.toml", text, FIRST)
    assert "+as_of = 2026-02-02 # ours" in told
    assert '+  {task = "build", staff = "ann", date = 2026-01-06, hours = 8},' in told
    assert "+worked = []" in changed(tmp_path / "team.toml", text)


JSON = """\
{"start": "2026-01-05", "weeks": 8,
   "staff": [ {"id": "ann", "role": "project_manager"} ],
   "clients": [{"id": "nova"}],
   "tasks": [{"id": "build", "kind": "tactical", "client": "nova", "hours": 160.0}]
}
"""


def test_json_keeps_its_lines(tmp_path: Path) -> None:
    source = tmp_path / "team.json"
    told = changed(source, JSON, FIRST)
    assert told[-4:] == [
        '+  "as_of": "2026-02-02",',
        '+  "worked": [',
        '+    {"task": "build", "staff": "ann", "date": "2026-01-06", "hours": 8}',
        "+  ]",
    ]
    assert changed(source, source.with_name("out.json").read_text(encoding="utf-8"), FIRST) == []
    changed(source, source.with_name("out.json").read_text(encoding="utf-8"))
    assert '"worked": []' in source.with_name("out.json").read_text(encoding="utf-8")


def test_texts_are_put_in_the_order_of_their_places() -> None:
    assert spliced("abc", [(2, 2, "3"), (0, 1, "1"), (2, 2, "4")]) == "1b34c"
