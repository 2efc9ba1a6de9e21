"""A scenario as a change of another: what merges, what replaces, what goes back to its default."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.errors import Mistake, ScenarioError
from staffing.files.read import tree_of
from staffing.files.tables_lists import levels, write_levels
from staffing.files.tree import Place, Tree
from staffing.files.what_if import change
from staffing.files.yaml_text import yaml_tree
from staffing.loading import load
from staffing.scenario.scenario import Scenario


def changed(base: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    return change(tree_of(base), tree_of(changes)).data


def test_mappings_merge_key_by_key() -> None:
    base = {"weeks": 4, "calendar": {"country": "IR", "system": "jalali"}}
    assert changed(base, {"calendar": {"country": "DE"}}) == {
        "weeks": 4,
        "calendar": {"country": "DE", "system": "jalali"},
    }


def test_roles_merge_as_mappings_of_mappings() -> None:
    base = {"roles": {"seo": {"strategic": 1, "cost_rate": 5}}}
    assert changed(base, {"roles": {"seo": {"cost_rate": 6}, "copy": {}}}) == {
        "roles": {"seo": {"strategic": 1, "cost_rate": 6}, "copy": {}}
    }


@pytest.mark.parametrize("kind", ["staff", "clients", "projects", "tasks"])
def test_entries_merge_by_id_in_the_order_of_the_base_and_new_ones_come_last(kind: str) -> None:
    base = {kind: [{"id": "a", "x": 1}, {"id": "b", "x": 1}]}
    changes = {kind: [{"id": "c"}, {"id": "b", "y": 2}]}
    assert changed(base, changes) == {kind: [{"id": "a", "x": 1}, {"id": "b", "x": 1, "y": 2}, {"id": "c"}]}


def test_an_id_in_digits_is_the_same_id_as_text() -> None:
    base = yaml_tree("tasks:\n- {id: 007, hours: 1}\n- {id: 7, hours: 1}", "f")
    assert [
        entry["hours"] for entry in change(base, tree_of({"tasks": [{"id": "007", "hours": 3}]})).data["tasks"]
    ] == [
        3,
        1,
    ]


def test_other_lists_replace() -> None:
    base = {"goals": ["must", "cost"], "tasks": [{"id": "a", "only": ["x", "y"]}]}
    assert changed(base, {"goals": ["value"], "tasks": [{"id": "a", "only": ["z"]}]}) == {
        "goals": ["value"],
        "tasks": [{"id": "a", "only": ["z"]}],
    }


def test_null_takes_a_field_back_to_its_default_wherever_it_stands() -> None:
    base = {"step": 1, "calendar": {"country": "IR"}, "staff": [{"id": "a", "limits": {"strategic": 1, "tactical": 2}}]}
    changes = {"step": None, "calendar": {"country": None}, "staff": [{"id": "a", "limits": {"strategic": None}}]}
    assert changed(base, changes) == {"calendar": {}, "staff": [{"id": "a", "limits": {"tactical": 2}}]}


def test_null_in_what_is_new_is_a_default_too() -> None:
    assert changed(
        {}, {"tasks": [{"id": "a", "due": None, "after": [None]}], "roles": {"seo": {"cost_rate": None}}}
    ) == {
        "tasks": [{"id": "a", "after": [None]}],
        "roles": {"seo": {}},
    }


@pytest.mark.parametrize(
    ("kind", "field", "old", "new", "result"),
    [
        ("clients", "budget", 1000, {"per": "month"}, {"amount": 1000, "per": "month"}),
        ("projects", "budget", 1000, {"spent": 10}, {"amount": 1000, "spent": 10}),
        ("clients", "budget", 1000, {"amount": 5}, {"amount": 5}),
        ("clients", "budget", {"amount": 1, "per": "month"}, 2000, 2000),
        ("clients", "budget", {"amount": 1, "per": "month"}, {"amount": 2}, {"amount": 2, "per": "month"}),
        ("staff", "overtime", 4, {"premium": 2}, {"hours": 4, "premium": 2}),
        ("staff", "placeholder", {"count": 3}, True, True),
        ("staff", "placeholder", True, {"count": 2}, {"count": 2}),
        ("staff", "skills", ["seo"], {"copy": 2}, {"seo": 1, "copy": 2}),
        ("staff", "skills", ["seo"], ["copy", "seo"], ["seo", "copy"]),
        ("staff", "skills", {"seo": 3}, ["copy", "seo"], {"seo": 1, "copy": 1}),
        ("staff", "skills", {"seo": 3, "copy": 1}, {"copy": None}, {"seo": 3}),
        ("staff", "skills", {"seo": 3}, [None, "copy"], ["copy"]),
        ("staff", "skills", {"seo": 3}, {"null": None, "copy": 2}, {"copy": 2}),
        ("staff", "skills", ["seo"], [None], []),
        ("staff", "skills", ["seo"], [["copy"]], [["copy"]]),
        ("staff", "time_off", ["2026-01-05"], ["2026-02-02"], ["2026-01-05", "2026-02-02"]),
        ("staff", "time_off", ["2026-01-05"], [None, "2026-02-02"], ["2026-02-02"]),
        ("staff", "time_off", ["2026-01-05"], ["2026-02-02", None], ["2026-01-05", "2026-02-02", None]),
        (
            "staff",
            "time_off",
            [{"from": "2026-01-05", "to": "2026-01-05"}],
            ["2026-01-05"],
            [{"from": "2026-01-05", "to": "2026-01-05"}],
        ),
        ("staff", "time_off", None, [None, "2026-02-02"], ["2026-02-02"]),
        ("staff", "time_off", ["2026-01-05"], "2026-02-02", "2026-02-02"),
        ("tasks", "skills", ["seo"], ["copy"], ["seo", "copy"]),
        ("staff", "skills", {"seo": 1}, {"copy": 2}, {"seo": 1, "copy": 2}),
        ("staff", "weekly_hours", 40, [{"from": "2026-01-01", "hours": 20}], [{"from": "2026-01-01", "hours": 20}]),
        (
            "tasks",
            "estimates",
            {"omid": {"hours": 8}},
            {"sara": {"hours": 6}},
            {"omid": {"hours": 8}, "sara": {"hours": 6}},
        ),
        ("tasks", "done", 8, {"amount": 1}, {"amount": 1}),
    ],
)
def test_short_and_long_forms_meet(kind: str, field: str, old: Any, new: Any, result: Any) -> None:
    base = {kind: [{"id": "a", field: old}]}
    assert changed(base, {kind: [{"id": "a", field: new}]}) == {kind: [{"id": "a", field: result}]}


def test_null_first_says_nothing_of_somebody_who_is_new() -> None:
    new = {"id": "b", "time_off": [None, "2026-02-02"], "skills": {"null": None, "seo": 1}}
    plain = {"id": "b", "time_off": ["2026-02-02"], "skills": {"seo": 1}}
    assert changed({"staff": [{"id": "a"}]}, {"staff": [new]}) == {"staff": [{"id": "a"}, plain]}
    assert changed({}, {"staff": [new]}) == {"staff": [plain]}


def test_days_off_keep_the_places_they_stand_in() -> None:
    base = yaml_tree("staff:\n- {id: a, time_off: [2026-01-05]}", "base")
    tree = change(base, yaml_tree("staff:\n- id: a\n  time_off: [2026-02-30]", "new"))
    assert tree.place(("staff", 0, "time_off", 0)) == Place("base", 2, 22)
    assert tree.place(("staff", 0, "time_off", 1)) == Place("new", 3, 14)


BASE = """\
start: 2026-01-05
weeks: 4
staff:
- {id: sara, role: account_manager, time_off: [2026-01-06], skills: {seo: 3, copy: 1}}
- {id: omid, role: account_manager, time_off: [2026-01-06], skills: {seo: 3, copy: 1}}
clients: []
tasks: []
"""
WAYS = {
    "new.yaml": """\
extends: base.yaml
staff:
- {id: sara, time_off: [{from: 2026-01-12, to: 2026-01-13}], skills: [art]}
- {id: omid, time_off: [null, 2026-01-12], skills: {null: , art: 2}}
""",
    "new.toml": """\
extends = "base.yaml"
staff = [
  {id = "sara", time_off = [{from = 2026-01-12, to = 2026-01-13}], skills = ["art"]},
  {id = "omid", time_off = ["null", 2026-01-12], skills = {null = "null", art = 2}},
]
""",
    "new.json": """\
{"extends": "base.yaml", "staff": [
  {"id": "sara", "time_off": [{"from": "2026-01-12", "to": "2026-01-13"}], "skills": ["art"]},
  {"id": "omid", "time_off": [null, "2026-01-12"], "skills": {"null": null, "art": 2}}]}
""",
}
CELLS = {
    "settings": "key,value\nextends,../base.yaml\n",
    "staff": "id,time_off,skills\nsara,2026-01-12..2026-01-13,art\nomid,null; 2026-01-12,null; art:2\n",
}


def _check(scenario: Scenario) -> None:
    sara, omid = scenario.staff
    assert [str(days.since) for days in sara.time_off] == ["2026-01-06", "2026-01-12"]
    assert {name: int(level) for name, level in sara.skills.items()} == {"seo": 3, "copy": 1, "art": 1}
    assert [str(days.since) for days in omid.time_off] == ["2026-01-12"]
    assert {name: int(level) for name, level in omid.skills.items()} == {"art": 2}


@pytest.mark.parametrize("name", WAYS)
def test_days_off_and_skills_add_to_the_base_in_every_format(name: str, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / name).write_text(WAYS[name], encoding="utf-8")
    _check(load(tmp_path / name))


def test_days_off_and_skills_add_to_the_base_in_tables(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    (tmp_path / "new").mkdir()
    for name, text in CELLS.items():
        (tmp_path / "new" / f"{name}.csv").write_text(text, encoding="utf-8")
    _check(load(tmp_path / "new"))


@pytest.mark.parametrize("skills", [{None: None, "art": 2}, {"null": None, "art": 2}])
def test_days_off_and_skills_add_to_the_base_in_code(skills: Any, tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE, encoding="utf-8")
    patched = {"id": "omid", "time_off": [None, "2026-01-12"], "skills": skills}
    sara = {"id": "sara", "time_off": [{"from": "2026-01-12", "to": "2026-01-13"}], "skills": ["art"]}
    _check(load(tmp_path / "base.yaml").patch({"staff": [sara, patched]}))


def test_null_first_is_no_day_off_without_a_base(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(BASE.replace("[2026-01-06]", "[null, 2026-01-06]"), encoding="utf-8")
    with pytest.raises(ScenarioError, match="nothing"):
        load(tmp_path / "base.yaml")


def test_what_makes_no_sense_is_left_for_the_checks() -> None:
    base = {"tasks": [{"id": "a"}, "junk", {"id": "a", "x": 1}]}
    changes = {"tasks": [{"hours": 1}, 3, {"id": ["a"]}, {"id": "a", "x": 2}, {"id": "a", "x": 3}]}
    assert changed(base, changes)["tasks"] == [
        {"id": "a", "x": 2},
        "junk",
        {"id": "a", "x": 1},
        {"hours": 1},
        3,
        {"id": ["a"]},
        {"id": "a", "x": 3},
    ]
    assert changed(base, {"tasks": 3}) == {"tasks": 3}
    assert changed({"tasks": 3}, {"tasks": [{"id": "a"}]}) == {"tasks": [{"id": "a"}]}


def test_places_point_at_the_file_that_gave_the_value() -> None:
    base = yaml_tree("clients:\n- id: x\n  budget: 1000\n- id: acme\n  budget: 1000\n  name: Acme", "base")
    changes = yaml_tree("# new\nclients:\n- {id: acme, budget: {per: month}}\n- {id: nova}", "new")
    tree = change(base, changes)
    assert tree.data["clients"][1]["budget"] == {"amount": 1000, "per": "month"}
    assert tree.place(("clients", 1, "name")) == Place("base", 6, 9)
    assert tree.key_place(("clients", 1, "name")) == Place("base", 6, 3)
    assert tree.place(("clients", 1, "budget", "amount")) == Place("base", 5, 11)
    assert tree.place(("clients", 1, "budget", "per")) == Place("new", 3, 28)
    assert tree.place(("clients", 2)) == Place("new", 4, 3)
    mistake = tree.mistake(("clients", 1, "budget", "per"), "wrong", key=True)
    assert str(mistake) == "new:3:23: clients[acme].budget.per: wrong"


def test_the_warnings_of_both_files_and_of_what_is_removed_are_kept() -> None:
    base = Tree({"staff": [{"id": "a"}]}, warnings=(Mistake("of the base"),))
    changes = Tree({"remove": {"staff": ["b"]}, "weeks": None}, warnings=(Mistake("of the changes"),))
    tree = change(base, changes)
    assert [warning.message for warning in tree.warnings] == [
        "of the base",
        "the scenario that is changed has no b to remove",
        "of the changes",
    ]


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["a", "b", "a-2", "staff"]),
    lambda some: st.lists(some, max_size=3)
    | st.dictionaries(
        st.sampled_from(["id", "a", "client", "project", "owner", "owners", "only", "after", "task", "estimates",
                         "exclude", "budget", "placeholder", "count"]),
        some,
        max_size=4,
    ),
    max_leaves=12,
)  # fmt: skip
scenarios = st.dictionaries(
    st.sampled_from(["staff", "clients", "projects", "tasks", "weeks", "roles"]), junk | st.lists(junk, max_size=3)
)
ids = st.lists(st.sampled_from(["a", "b"]))
removals = st.dictionaries(st.sampled_from(["staff", "clients", "projects", "tasks"]), ids)


@settings(max_examples=200)
@given(scenarios, scenarios, removals)
def test_any_tree_can_be_changed_by_any_tree(base: Any, changes: Any, removed: Any) -> None:
    changed(base, {**changes, "remove": removed})


@settings(max_examples=50)
@given(scenarios)
def test_no_change_changes_nothing_but_nulls(base: Any) -> None:
    once = changed(base, {})
    assert changed(once, {}) == once


def test_a_skill_that_is_called_null_is_not_null_in_a_cell() -> None:
    assert write_levels({"null": 1, "seo": 2}) == '"null"; seo:2'
    assert levels('"null"; seo:2', comma=False).keys() == {"null", "seo"}
    assert levels('"null"', comma=False) == {"null": 1}
    assert levels("null; seo:2", comma=False)["null"] is None
