"""What the three formats have in common, and what each of them does in its own way."""

import json
from collections.abc import Callable
from decimal import Decimal
from io import StringIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from staffing.errors import Mistake, ScenarioError
from staffing.files.json_text import json_tree
from staffing.files.toml_text import toml_tree
from staffing.files.tree import Place, Tree
from staffing.files.yaml_text import yaml_tree
from staffing.scenario.amounts import Written

Where = tuple[int, int]
READ = {"yaml": yaml_tree, "json": json_tree, "toml": toml_tree}


def read(kind: str, text: str) -> Tree:
    return READ[kind](text, "f")


def mistakes(kind: str, text: str) -> tuple[Mistake, ...]:
    with pytest.raises(ScenarioError) as refused:
        read(kind, text)
    assert all("\n" not in mistake.message for mistake in refused.value.errors)
    return refused.value.errors


def only_mistake(kind: str, text: str) -> str:
    (mistake,) = mistakes(kind, text)
    return str(mistake)


@pytest.mark.parametrize(
    ("kind", "text"),
    [("yaml", "a: 007\nb: 0.50"), ("json", '{"a": 7, "b": 0.50}'), ("toml", "a = 7\nb = 0.50")],
)
def test_numbers_are_exact_and_keep_the_way_they_are_written(kind: str, text: str) -> None:
    data = read(kind, text).data
    assert data == {"a": Decimal(7), "b": Decimal("0.5")}
    assert all(isinstance(number, Written) for number in data.values())
    assert data["a"].text == ("007" if kind == "yaml" else "7")
    assert data["b"].text == "0.50"


@pytest.mark.parametrize(("kind", "text"), [("yaml", 'a: "1"'), ("json", '{"a": "1"}'), ("toml", 'a = "1"')])
def test_a_number_in_quotes_is_text(kind: str, text: str) -> None:
    assert read(kind, text).data == {"a": "1"}


@pytest.mark.parametrize(
    ("kind", "text", "value", "key"),
    [
        ("yaml", "x: 1\nés: {b: [1, 22]}", (2, 13), (2, 6)),
        ("json", '{"x": 1,\r\n\t"és": {"b": [1, 22]}}', (2, 18), (2, 9)),
        ("toml", '"x" = 1\r\n"és" = {b = [1, 22]}', (2, 17), (2, 9)),
    ],
)
def test_every_value_and_key_knows_its_place(
    kind: str, text: str, value: tuple[int, int], key: tuple[int, int]
) -> None:
    tree = read(kind, text)
    assert tree.places["és", "b", 1] == Place("f", *value)
    assert tree.key_places["és", "b"] == Place("f", *key)
    assert set(tree.places) == {(), ("x",), ("és",), ("és", "b"), ("és", "b", 0), ("és", "b", 1)}


@pytest.mark.parametrize(
    ("kind", "text"), [("yaml", "a:\nb: ~\nc: null"), ("json", '{"a": null}'), ("toml", 'a = "null"')]
)
def test_null_is_nothing(kind: str, text: str) -> None:
    assert set(read(kind, text).data.values()) == {None}


@pytest.mark.parametrize(("kind", "text"), [("yaml", "- 1"), ("yaml", "x"), ("json", "[1]"), ("json", "null")])
def test_the_whole_is_a_mapping(kind: str, text: str) -> None:
    assert "a scenario is made of `key: value`" in only_mistake(kind, text)


def test_only_comments_are_nothing() -> None:
    assert only_mistake("yaml", "# later") == "f: nothing stands in this file: a scenario is made of `key: value`"


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("yaml", "a: .inf\nb: .nan\nc: 1e99999999999999999999\nd: 1"),
        ("toml", "a = inf\nb = -nan\nc = 1e99999999999999999999\nd = 1"),
    ],
)
def test_what_has_no_finite_value_is_no_number_and_all_of_it_is_reported(kind: str, text: str) -> None:
    assert [(mistake.path, mistake.line) for mistake in mistakes(kind, text)] == [("a", 1), ("b", 2), ("c", 3)]


@pytest.mark.parametrize(("kind", "text"), [("yaml", "a: {}"), ("json", '{{"a": {}}}'), ("toml", "a = {}")])
def test_a_million_digits_are_read_at_once(kind: str, text: str) -> None:
    digits = "7" * 1_000_000
    assert read(kind, text.format(digits)).data["a"].text == digits
    assert read(kind, text.format("1e400")).data == {"a": Decimal("1e400")}


@pytest.mark.parametrize(
    ("kind", "text", "places"),
    [
        ("yaml", "tasks:\n- id: x\n  due: 1\n  due: 2\n  id: y", [(4, 3), (5, 3)]),
        ("json", '{"tasks": [{"id": "x", "due": 1,\n"due": 2, "id": "x"}]}', [(2, 1), (2, 11)]),
    ],
)
def test_keys_given_twice_are_mistakes_with_the_line_of_the_first(
    kind: str, text: str, places: list[tuple[int, int]]
) -> None:
    found = mistakes(kind, text)
    assert [(mistake.line, mistake.column) for mistake in found] == places
    assert [mistake.path for mistake in found] == ["tasks[x].due", "tasks[x].id"]
    assert found[0].message == f'"due" is given twice, first on line {3 if kind == "yaml" else 1}: once is allowed'


@pytest.mark.parametrize(
    ("kind", "opening", "closing"),
    [("yaml", "[", "]"), ("yaml", "{a: ", "}"), ("json", "[", "]"), ("toml", "[", "]"), ("toml", "{a=", "}")],
)
def test_a_hundred_levels_are_allowed_and_no_more(kind: str, opening: str, closing: str) -> None:
    start, end = {"yaml": ("a: ", ""), "json": ('{"a": ', "}"), "toml": ("a = ", "")}[kind]
    inside = {"yaml": "1", "json": "1", "toml": "1"}[kind]
    read(kind, start + opening * 99 + inside + closing * 99 + end)
    assert "nested too deep" in only_mistake(kind, start + opening * 100 + inside + closing * 100 + end)


@pytest.mark.parametrize("kind", READ)
@pytest.mark.parametrize("bracket", ["[", "{", "a = [", "a.", "- ", '{"a":'])
def test_what_never_closes_is_refused_at_once(kind: str, bracket: str) -> None:
    text = bracket * (300_000 // len(bracket))
    if (kind, bracket) not in {("yaml", "a."), ("yaml", "a = [")}:  # these are text
        mistakes(kind, text)


def test_dotted_toml_keys_are_levels_too() -> None:
    assert "nested too deep" in only_mistake("toml", "a." * 200 + "a = 1")
    assert "nested too deep" in only_mistake("toml", "[" + "a." * 60 + "a]\n" + "b." * 60 + "b = 1")


@pytest.mark.parametrize(("kind", "text"), [("json", '{{"a": [{}]}}'), ("toml", "a = [{}]")])
def test_more_than_a_million_values_are_refused_before_they_are_read(kind: str, text: str) -> None:
    assert "too many values" in only_mistake(kind, text.format("1," * 1_000_001 + "1"))
    read(kind, text.format('"' + "," * 1_000_001 + '"'))


def test_a_control_character_and_half_a_character_are_no_text() -> None:
    assert "control character" in only_mistake("yaml", "a: 1\nb: \x07")
    assert "half a character" in only_mistake("json", '{"a": "\\ud800"}')
    assert "half a character" in only_mistake("yaml", 'a: "\\ud800"')
    assert read("json", '{"a": "\\ud83d\\ude00"}').data == {"a": "😀"}


def trees(allowed: Callable[[str], bool] = lambda _: True) -> st.SearchStrategy[dict[str, Any]]:
    """Draw trees of all a file can hold, with the texts that are allowed."""
    keys = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=6).filter(allowed)
    leaves = (
        st.none()
        | st.booleans()
        | st.integers()
        | st.decimals(allow_nan=False, allow_infinity=False, places=3).map(float)
        | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn"]), max_size=12).filter(allowed)
        | st.sampled_from(["yes", "null", "~", "1404-02-31", "0x1F", "- a", "a: b", "'", '"', "{", ".inf", "true"])
    )
    inner = st.recursive(
        leaves, lambda some: st.lists(some, max_size=3) | st.dictionaries(keys, some, max_size=3), max_leaves=8
    )
    return st.dictionaries(keys, inner, max_size=4)


def quoted_where_needed(text: str) -> bool:
    """Whether ruamel writes a text so that it can be read: within brackets it forgets the quotes of `:0` and `?0`."""
    return not text.startswith((":", "?"))


def as_written(value: Any) -> Any:
    """Numbers the way a file has them."""
    if isinstance(value, dict):
        return {key: as_written(child) for key, child in value.items()}
    if isinstance(value, list):
        return [as_written(child) for child in value]
    return value if value is None or isinstance(value, bool | str) else Decimal(repr(value))


@settings(max_examples=150)
@given(trees(), st.booleans(), st.sampled_from([None, 2]))
def test_what_is_written_as_json_is_read_back_as_json_and_as_yaml(tree: Any, ascii: bool, indent: int | None) -> None:
    text = json.dumps(tree, ensure_ascii=ascii, indent=indent)
    assert read("json", text).data == as_written(tree)
    assert read("json", text).places.keys() == read("yaml", text).places.keys()


@settings(max_examples=100)
@given(trees(quoted_where_needed), st.booleans())
def test_what_is_written_as_yaml_is_read_back(tree: Any, flow: bool) -> None:
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = flow
    stream = StringIO()
    writer.dump(tree, stream)
    assert read("yaml", stream.getvalue()).data == as_written(tree)
