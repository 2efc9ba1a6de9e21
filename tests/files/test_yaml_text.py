"""YAML 1.2, read with places."""

from decimal import Decimal

import pytest

from staffing.errors import ScenarioError
from staffing.files.tree import Place
from staffing.files.yaml_text import yaml_tree


def data(text: str) -> dict[str, object]:
    return yaml_tree(text, "f").data


def refusal(text: str) -> str:
    with pytest.raises(ScenarioError) as refused:
        yaml_tree(text, "f")
    return str(refused.value)


def test_only_true_and_false_are_booleans() -> None:
    assert data("a: [yes, no, on, off, true, False]") == {"a": ["yes", "no", "on", "off", True, False]}


def test_dates_stay_text_even_wrong_ones() -> None:
    assert data("a: [2026-01-05, 2026-02-30, 1404-02-31, 10:30]") == {
        "a": ["2026-01-05", "2026-02-30", "1404-02-31", "10:30"]
    }


@pytest.mark.parametrize(
    ("text", "number"),
    [("0o17", "15"), ("0x1F", "31"), (".5", "0.5"), ("+5", "5"), ("-1.", "-1"), ("1e3", "1000"), ("010", "10")],
)
def test_numbers_are_those_of_yaml_1_2(text: str, number: str) -> None:
    assert data(f"a: {text}") == {"a": Decimal(number)}


@pytest.mark.parametrize("text", ["1_000", "0b11", "1:30", "٣", "0o8", "1e", "."])
def test_what_is_no_number_of_yaml_1_2_is_text(text: str) -> None:
    assert data(f"a: {text}") == {"a": text}


def test_a_key_is_text_in_the_way_it_is_written() -> None:
    assert data("007: a\ntrue: b\n1.50: c") == {"007": "a", "true": "b", "1.50": "c"}


def test_an_alias_stands_for_what_it_names() -> None:
    tree = yaml_tree("a: &x {b: 1}\nc: *x", "f")
    assert tree.data == {"a": {"b": Decimal(1)}, "c": {"b": Decimal(1)}}
    assert tree.places["c", "b"] == tree.places["a", "b"] == Place("f", 1, 11)


def test_merge_keys_take_over_what_is_not_given() -> None:
    text = "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc: {<<: [*a, *b], x: 3}\nd:\n  <<: *a"
    found = data(text)
    assert found["c"] == {"x": Decimal(3), "y": Decimal(1), "z": Decimal(2)}
    assert found["d"] == found["a"]
    assert "neither" in refusal("a: {<<: 1}")


def test_an_alias_bomb_is_refused_before_it_is_written_out() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 60))
    assert "too many values" in refusal("a0: &a0 x\n" + levels)


def test_aliases_count_as_levels() -> None:
    levels = "".join(f"a{n}: &a{n} [*a{n - 1}]\n" for n in range(1, 1000))
    assert "nested too deep" in refusal("a0: &a0 x\n" + levels)


def test_what_holds_itself_is_refused() -> None:
    assert refusal("a: &a [*a]") == "f:1:8: *a stands inside of what it names: it would never end"


def test_an_alias_of_nothing_is_refused() -> None:
    assert refusal("a: *b") == "f:1:4: *b names nothing: &b must stand before it"


@pytest.mark.parametrize("tag", ["!cat", "!!python/object", "!!int", "!e!x"])
def test_tags_are_refused(tag: str) -> None:
    assert "tag" in refusal(f"a: {tag} 1")
    assert data("a: !!str 1") == {"a": "1"}


def test_one_document_for_each_file() -> None:
    assert refusal("a: 1\n---\nb: 2").startswith("f:2:1: a second document begins here")
    assert data("---\na: 1\n...\n") == {"a": Decimal(1)}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a: b: c", "f:1:5: a second colon stands here: text with a colon in it needs quotes"),
        ("a: [1", "f:1:6: a comma or ] is missing here"),
        ("a: {b: 1]", "f:1:9: a comma or } is missing here"),
        ("a: 'x", "f:1:6: the text ends inside quotes: a closing quote is missing"),
        ("a:\n\t- b", "f:2:1: a tab stands here: lines are indented with spaces"),
        ("a:\n  b: 1\n c: 2", "f:3:2: this line is indented differently from the lines it belongs to"),
        ("a: @x", "f:1:4: a text cannot begin with this character: it needs quotes"),
        ("a: 1\nb c\nd: 2", "f:3:1: a colon is missing: a value follows its key after a colon and a space"),
        ("a: ]", "f:1:4: a value is missing here"),
        ("[1]: 2", "f:1:1: a list or mapping stands here as a key: a key is text"),
        ("%YAML 3.1\n---\na: 1", "f:1:1: this is not YAML 1.2"),
        ('a: "\\UFFFFFFFF"', "f: this is not YAML"),
        ("a: - b", "f:1:4: this is not YAML: check the indentation, the colons and the quotes"),
    ],
)
def test_wrong_syntax_is_said_in_one_plain_sentence(text: str, message: str) -> None:
    assert refusal(text) == message
