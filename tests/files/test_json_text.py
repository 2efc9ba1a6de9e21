"""JSON, strictly."""

import pytest

from staffing.errors import ScenarioError
from staffing.files.json_text import json_tree

ENDS = "the text ends too early: a value, a bracket or a quote is missing"
NO_NUMBER = "this is not a number as JSON writes it: 0.5, not .5, 05, +5 or 5."


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[", f"1:2: {ENDS}"),
        ('{"a":', f"1:6: {ENDS}"),
        ("{]", "1:2: a key is missing here: text in double quotes"),
        ('{"a" 1}', "1:6: a colon is missing here: a value follows its key after a colon"),
        ('{"a": 1,}', "1:9: a key is missing here: text in double quotes"),
        ('{"a": [1 2]}', "1:10: a comma or ] is missing here"),
        ("[1,]", "1:4: a value is missing here: text in double quotes, a number, true, false, null, [ or {"),
        ('{"a":\nNaN}', "2:1: this is not a number: digits are allowed"),
        ('{"a": -Infinity}', "1:7: this is not a number: digits are allowed"),
        ('{"a": 01}', f"1:7: {NO_NUMBER}"),
        ('{"a": .5}', f"1:7: {NO_NUMBER}"),
        ('{"a": 1.}', f"1:7: {NO_NUMBER}"),
        ("{} 2", "1:4: the value is complete before this: nothing more is allowed"),
        ("{'a': 1}", "1:2: JSON has neither single quotes nor comments: text stands in double quotes"),
        ("// a\n{}", "1:1: JSON has neither single quotes nor comments: text stands in double quotes"),
        ('{"a": tru}', "1:7: this is not JSON: text stands in double quotes, and words are true, false and null"),
    ],
)
def test_wrong_syntax_is_said_in_one_plain_sentence(text: str, message: str) -> None:
    with pytest.raises(ScenarioError) as refused:
        json_tree(text, "f")
    assert str(refused.value) == f"f:{message}"


@pytest.mark.parametrize("text", ['"a\nb"', '"a', '"\\q"', '"\\u12"'])
def test_text_that_is_not_complete_is_refused(text: str) -> None:
    with pytest.raises(ScenarioError, match="this text in quotes is not complete"):
        json_tree(f'{{"a": {text}}}', "f")


def test_brackets_and_escapes_inside_of_text_are_text() -> None:
    assert json_tree('{"]": ["}", "[", ":", "\\"\\\\\\n"]}', "f").data == {"]": ["}", "[", ":", '"\\\n']}


def test_empty_lists_and_mappings_are_allowed() -> None:
    assert json_tree('{"a": [], "b": {}, "c": [[], {}]}', "f").data == {"a": [], "b": {}, "c": [[], {}]}
