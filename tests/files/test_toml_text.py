"""TOML, with local dates as text."""

from decimal import Decimal

import pytest

from staffing.errors import ScenarioError
from staffing.files.toml_text import toml_tree
from staffing.files.tree import Place


def refusal(text: str) -> str:
    with pytest.raises(ScenarioError) as refused:
        toml_tree(text, "f")
    return str(refused.value)


@pytest.mark.parametrize("date", ["2026-01-05", "1404-02-31", "2026-02-30", "2026-13-45"])
def test_dates_are_text_as_they_stand(date: str) -> None:
    text = f'a = {date}\nb = [{date}, {date}] # {date}\nc = {{d = {date}}}\ne = "{date}"'
    tree = toml_tree(text, "f")
    assert tree.data == {"a": date, "b": [date, date], "c": {"d": date}, "e": date}
    assert tree.places["b", 1] == Place("f", 2, 18)


def test_a_jalali_date_does_not_move_what_stands_after_it() -> None:
    assert refusal("a = [1404-02-31, 1404-02-31] x").startswith("f:1:30: ")


@pytest.mark.parametrize("time", ["10:00:00", "2026-01-05T10:00:00", "2026-01-05 10:00:00Z"])
def test_a_time_of_day_is_refused(time: str) -> None:
    assert refusal(f"a = {time}") == "f:1:5: a: a time of day stands here: a date is YYYY-MM-DD"


def test_numbers_keep_the_way_they_are_written() -> None:
    data = toml_tree("a = 1_000\nb = 0x1F\nc = -0.5\nd = +3", "f").data
    assert data == {"a": Decimal(1000), "b": Decimal(31), "c": Decimal("-0.5"), "d": Decimal(3)}
    assert [number.text for number in data.values()] == ["1_000", "0x1F", "-0.5", "+3"]


def test_null_in_a_list_is_text() -> None:
    assert toml_tree('a = ["null"]\nb = {c = "null"}', "f").data == {"a": ["null"], "b": {"c": None}}


def test_tables_and_lists_of_tables_know_their_places() -> None:
    text = (
        '[[tasks]]\nid = "a"\n[[tasks]]\n# second\nid = "é b"\n[tasks.repeat]\nevery = 2\n[[tasks.after]]\ntask = 1\n'
    )
    tree = toml_tree(text, "f")
    assert tree.data["tasks"][1]["after"] == [{"task": Decimal(1)}]
    assert tree.places["tasks", 1, "id"] == Place("f", 5, 6)
    assert tree.places["tasks", 1, "repeat", "every"] == Place("f", 7, 9)
    assert tree.places["tasks", 1, "after", 0, "task"] == Place("f", 9, 8)
    assert tree.places["tasks", 1] == Place("f", 3, 1)


def test_dotted_and_quoted_keys_know_their_places() -> None:
    tree = toml_tree("a.\"b c\".'d' = 1\na.x = 2\n", "f")
    assert tree.data == {"a": {"b c": {"d": Decimal(1)}, "x": Decimal(2)}}
    assert tree.key_places["a", "b c", "d"] == Place("f", 1, 9)
    assert tree.places["a", "x"] == Place("f", 2, 7)
    assert tree.place(("a",)) == Place("f", 1, 1)


def test_texts_may_hold_anything() -> None:
    text = "a = '''1404-02-31, [[[ ''' # [[['\nb = \"\"\"\n= 1404-02-31\"\"\"\"\nc = 'x'\n"
    tree = toml_tree(text, "f")
    assert tree.data == {"a": "1404-02-31, [[[ ", "b": '= 1404-02-31"', "c": "x"}
    assert tree.places[("c",)] == Place("f", 4, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a = ", "1:4: the text ends too early: a value, a bracket or a quote is missing"),
        ("a = [1,\n", "1:8: the text ends too early: a value, a bracket or a quote is missing"),
        ("a = 1\na = 2", "2:6: a key is given twice here: once is allowed"),
        ("[a]\n[a]\n", "2:3: this table is given twice: once is allowed"),
        ("a = 01", "1:6: the value is complete before this: one key and value for each line"),
        ("a = tru", "1:5: a value is missing here: text in quotes, a number, a date, true, false, [ or {"),
        ("a b = 1", "1:3: an equals sign is missing here: a value follows its key after ="),
        ("a = [1 2]", "1:8: a comma or ] is missing here"),
        ("a = {b = 1\n}", "1:11: a comma or } is missing here, on the same line"),
        ('a = "\\q"', "1:8: this backslash means nothing here: write text in single quotes, or the backslash twice"),
        ("= 1", "1:1: this is not TOML: a line is `key = value` or `[table]`"),
    ],
)
def test_wrong_syntax_is_said_in_one_plain_sentence(text: str, message: str) -> None:
    assert refusal(text) == f"f:{message}"
