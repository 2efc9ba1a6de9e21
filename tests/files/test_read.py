"""Reading files: formats, what they extend, and files that cannot be read."""

import os
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from staffing.errors import ScenarioError
from staffing.files import Tree, read_tree, tree_of
from staffing.files.text import MAX_BYTES, read_content
from staffing.scenario.paths import friendly

Write = Callable[[str, str], Path]

KNOWN = "a scenario is a file .yaml, .yml, .toml, .json, .xlsx or a folder of CSV files"


def refusal(path: Path) -> str:
    with pytest.raises(ScenarioError) as refused:
        read_tree(path)
    (error,) = refused.value.errors
    assert error.file is not None
    assert error.file.startswith(str(path.parent))
    return str(error).removeprefix(f"{path.parent}/")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("s.yaml", "weeks: 4"),
        ("s.yml", "weeks: 4"),
        ("s.toml", "weeks = 4"),
        ("s.json", '{"weeks": 4}'),
        ("s.YAML", "weeks: 4"),
    ],
)
def test_the_suffix_tells_the_format_and_the_stem_the_name(write: Write, name: str, text: str) -> None:
    assert read_tree(write(name, text)).data == {"name": "s", "weeks": 4}


def test_a_path_may_be_text(write: Write) -> None:
    tree = read_tree(str(write("s.yaml", "weeks: 4")))
    place = tree.place(("weeks",))
    assert place is not None
    assert place.file.endswith("s.yaml")


def test_a_name_that_is_given_is_kept_and_null_is_none(write: Write) -> None:
    assert read_tree(write("s.yaml", "name: Spring")).data == {"name": "Spring"}
    assert read_tree(write("s.yaml", "name: null\nstep: null\nroles: {seo: {cost_rate: null}}")).data == {
        "name": "s",
        "roles": {"seo": {}},
    }


def test_a_chain_applies_every_change_and_the_name_is_never_inherited(write: Write) -> None:
    write("base.toml", 'name = "Base"\ndescription = "All"\nweeks = 4\n[[staff]]\nid = "a"\n[[staff]]\nid = "b"\n')
    write("more/middle.json", '{"extends": "../base.toml", "name": "Middle", "weeks": 5, "currency": "EUR"}')
    top = write("top.yaml", "extends: more/middle.json\nweeks: 6\ncurrency: null\nremove: {staff: [a]}")
    tree = read_tree(top)
    assert tree.data == {"name": "top", "description": "All", "weeks": 6, "staff": [{"id": "b"}]}
    assert isinstance(tree.data["weeks"], Decimal)
    place = tree.place(("staff", 0, "id"))
    assert place is not None
    assert (place.file, place.line) == (str(top.parent / "more" / ".." / "base.toml"), 7)


def test_null_extends_nothing(write: Write) -> None:
    assert read_tree(write("s.yaml", "extends: null\nremove: null\nweeks: 1")).data == {"name": "s", "weeks": 1}


def test_a_circle_is_refused_with_its_files(write: Write) -> None:
    path = write("a.yaml", "extends: b.yaml")
    write("b.yaml", "weeks: 1\nextends: ./a.yaml")
    message = refusal(path)
    assert message.startswith("b.yaml:2:10: extends: the scenarios extend each other in a circle: ")
    assert message.count(" extends ") == 2
    assert "circle" in refusal(write("own.yaml", "extends: own.yaml"))


def test_remove_needs_extends(write: Write) -> None:
    path = write("s.yaml", "weeks: 1\nremove: {staff: [a]}")
    assert (
        refusal(path) == "s.yaml:2:1: remove: remove works on the scenario that extends names, and there is no extends"
    )


@pytest.mark.parametrize("value", ["3", "[a.yaml]", "''", "true", '"a\\0.yaml"'])
def test_extends_is_a_path(write: Write, value: str) -> None:
    assert "extends is the path of another scenario" in refusal(write("s.yaml", f"extends: {value}"))


MISSING = "cannot be extended: there is no such file"


@pytest.mark.parametrize(
    ("name", "text", "where"),
    [
        ("s.yaml", "weeks: 1\nextends: more/base.yaml", "s.yaml:2:10"),
        ("s.toml", 'extends = "more/base.yaml"', "s.toml:1:11"),
        ("s.json", '{"extends":\n"more/base.yaml"}', "s.json:2:1"),
        ("table/settings.csv", "key,value\nweeks,1\nextends,more/base.yaml", "settings.csv:3:9"),
    ],
)
def test_a_base_that_is_missing_is_told_where_it_is_asked_for(write: Write, name: str, text: str, where: str) -> None:
    path = write(name, text)
    asking = path.parent if path.suffix == ".csv" else path
    with pytest.raises(ScenarioError) as refused:
        read_tree(asking)
    assert str(refused.value) == f"{path.parent / where}: extends: {path.parent / 'more' / 'base.yaml'} {MISSING}"


def test_in_a_chain_the_file_that_asks_is_named(write: Write) -> None:
    write("more/middle.yaml", "weeks: 1\nextends: nowhere.yaml")
    path = write("s.yaml", "extends: more/middle.yaml")
    assert refusal(path) == f"more/middle.yaml:2:10: extends: {path.parent / 'more' / 'nowhere.yaml'} {MISSING}"


@pytest.mark.parametrize(
    ("base", "message"),
    [
        (
            "folder",
            "no table of a scenario is here: settings, roles, staff, clients, projects, tasks, worked, bookings are "
            "allowed",
        ),
        ("base.txt", f"a file .txt is not read: {KNOWN}"),
        ("empty.yaml", "this file is empty: a scenario is allowed"),
        ("broken.xlsx", "this is not a workbook, or a broken one: a workbook .xlsx is allowed"),
        ("pipe.yaml", "this is not a file"),
    ],
)
def test_a_base_that_is_no_scenario_is_told_where_it_is_asked_for(write: Write, base: str, message: str) -> None:
    path = write("s.yaml", f"extends: {base}")
    (path.parent / "folder").mkdir()
    os.mkfifo(path.parent / "pipe.yaml")
    write("empty.yaml", "")
    write("broken.xlsx", "no workbook")
    assert refusal(path) == f"s.yaml:1:10: extends: {path.parent / base} cannot be extended: {message}"


def test_a_path_that_is_too_long_is_told_in_a_short_sentence(write: Write) -> None:
    message = refusal(write("s.yaml", f"extends: {'a' * 5000}.yaml"))
    assert message.endswith("... cannot be extended: this file cannot be read: file name too long")
    assert len(message) < 400


def test_a_mistake_in_the_base_stands_in_the_base(write: Write) -> None:
    write("base.yaml", "a: 1\na: 2")
    assert refusal(write("s.yaml", "extends: base.yaml")).startswith("base.yaml:2:1: ")


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("s.yaml", b"", "this file is empty: a scenario is allowed"),
        ("s.json", b" \n", "this file is empty: a scenario is allowed"),
        ("s.toml", b"a = 1\n\xff\n", "this file is not UTF-8 text: save it in the encoding UTF-8"),
        ("s.yaml", "a: 1".encode("utf-16"), "this file is not text: UTF-8 text is allowed"),
        ("s.yaml", b"a: \0", "this file is not text: UTF-8 text is allowed"),
        ("s.yaml", b"\xef\xbb\xbf", "nothing stands in this file: a scenario is made of `key: value`"),
        ("s.yaml", b" " * (MAX_BYTES + 1), "this file is too large: at most 20 MB are allowed"),
        ("s.txt", b"a: 1", f"a file .txt is not read: {KNOWN}"),
        ("s", b"a: 1", f"a file without a suffix is not read: {KNOWN}"),
    ],
)
def test_what_is_no_scenario_file_is_refused_in_one_sentence(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    where = f"{name}:2" if b"\xff\n" in content else name
    assert refusal(path) == f"{where}: {message}"


@pytest.mark.parametrize(("name", "text"), [("s.yaml", "a: 1"), ("s.json", '{"a": 1}'), ("s.toml", "a = 1")])
def test_a_byte_order_mark_is_accepted(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_tree(path).data == {"name": "s", "a": 1}
    assert (
        str(read_tree(path).mistake(("a",), "wrong", key=True)) == f"{path}:1:{2 if name == 's.json' else 1}: a: wrong"
    )


def test_a_missing_file_a_folder_and_a_pipe_are_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path / "s.yaml") == "s.yaml: there is no such file"
    assert refusal(tmp_path / "s.yaml" / "t.yaml") == "t.yaml: there is no such file"
    (tmp_path / "folder.yaml").mkdir()
    assert "no table of a scenario is here" in refusal(tmp_path / "folder.yaml")
    os.mkfifo(tmp_path / "pipe.yaml")
    assert refusal(tmp_path / "pipe.yaml") == "pipe.yaml: this is not a file"
    with pytest.raises(ScenarioError):
        read_tree("a\0.yaml")
    with pytest.raises(ScenarioError):
        read_tree("a" * 5000 + ".yaml")


def test_a_file_that_may_not_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.yaml"
    path.write_text("a: 1")

    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr("staffing.files.text.os.open", refuse)
    assert refusal(path) == "s.yaml: this file cannot be read: permission denied"


@pytest.mark.parametrize("name", ["s.yaml", "s.toml", "s.json", "s.xlsx", "staff.csv"])
def test_what_never_ends_or_never_begins_is_refused_without_waiting(tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to("/dev/zero")
    read = tmp_path if name == "staff.csv" else tmp_path / name
    assert refusal(read).endswith(f"{name}: this is not a file")
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    assert refusal(read).endswith(f"{name}: this is not a file")


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "s.yaml"
    path.touch()
    os.truncate(path, 10**12)
    monkeypatch.setattr("staffing.files.text.os.fdopen", None)
    assert refusal(path) == "s.yaml: this file is too large: at most 20 MB are allowed"


def test_a_file_that_grows_while_it_is_read_is_read_to_its_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size of what the system makes up, such as /proc, is 0, whatever is in it."""
    monkeypatch.setattr("staffing.files.text.MAX_BYTES", 10)
    with pytest.raises(ScenarioError, match="too large"):
        read_content(Path("/proc/self/status"))


def test_data_from_code_is_taken_as_it_is() -> None:
    data = {"weeks": 4, "step": 0.5, "tasks": ({"id": "a", "due": None},), "remove": {"tasks": ["b"]}}
    tree = tree_of(data)
    assert tree.data == {"weeks": 4, "step": 0.5, "tasks": [{"id": "a", "due": None}], "remove": {"tasks": ["b"]}}
    assert str(tree.mistake(("tasks", 0, "due"), "wrong")) == "tasks[a].due: wrong"
    assert tree.place(("weeks",)) is None


def test_data_from_code_extends_nothing_and_does_not_hold_itself() -> None:
    with pytest.raises(ScenarioError, match="only a scenario in a file extends another"):
        tree_of({"extends": "base.yaml"})
    data: dict[str, Any] = {}
    data["a"] = data
    with pytest.raises(ScenarioError, match="nested too deep"):
        tree_of(data)


def test_entries_are_called_by_their_id_or_else_by_their_number_from_one() -> None:
    data = {"tasks": [{"id": "nova"}, {"id": ["x"]}, 3], "goals": [{"id": "x"}]}
    assert friendly(("tasks", 0, "due"), data) == "tasks[nova].due"
    assert friendly(("tasks", 1), data) == "tasks[2]"
    assert friendly(("tasks", 2, "after", 0), data) == "tasks[3].after[1]"
    assert friendly(("goals", 0, "id"), data) == "goals[1].id"
    assert friendly((), data) == ""
    assert friendly(("a\nb", "x" * 50), data) == "a\ufffdb." + "x" * 37 + "..."


def test_a_place_is_that_of_the_nearest_thing_around(write: Write) -> None:
    tree: Tree = read_tree(write("s.yaml", "a:\n  b: {}"))
    assert tree.place(("a", "b", "missing")) == tree.places["a", "b"]
    assert tree.key_place(("missing",)) == tree.places[()]
