"""Reading TOML with the place of every value: local dates are text, also those only the Jalali calendar has.

The standard library judges the text and gives the values; a syntax tree of the same text gives the places, and
the way numbers and dates are written.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any

from staffing.files.notes import Lines, Notes
from staffing.files.toml_places import mark_places
from staffing.files.tree import ADDED, MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY, Place, Tree
from staffing.scenario.paths import Path

_SKIPPED = (
    r"#[^\n]*+"
    r'|"""(?:[^"\\]|\\.|"(?!""))*+"{3,5}'
    r"|'''(?:[^']|'(?!''))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'"
)
_BARE = re.compile(_SKIPPED, re.DOTALL)
_BRACKETS = re.compile(rf"{_SKIPPED}|(?P<bracket>[][{{}}])", re.DOTALL)
_ODD = re.compile(
    rf"{_SKIPPED}|(?<=[=,\[\s])(?:(?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})|(?P<long>[+-]?[1-9][0-9_]{{4000,}}+))"
    r"(?=[\s,\]}#]|\Z)(?![ \t]*(?:=|[0-9]{2}:))",
    re.DOTALL,
)
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
_DOTTED = re.compile(rf"(?<![\w.\"'-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){{{MAX_DEPTH}}}")
_PLAINLY = {
    "Cannot overwrite a value": "a key is given twice here: once is allowed",
    "twice": "this table is given twice: once is allowed",
    "Cannot mutate": "this adds to what is complete already: give all of it in one place",
    "Cannot declare": "this table is given twice: once is allowed",
    "Expected newline": "the value is complete before this: one key and value for each line",
    "Expected '='": "an equals sign is missing here: a value follows its key after =",
    "Invalid initial character for a key": "a key is missing here: letters, digits, _ and -, or text in quotes",
    "Unclosed array": "a comma or ] is missing here",
    "Unclosed inline table": "a comma or } is missing here, on the same line",
    "Invalid date": "this is not a date: a date is YYYY-MM-DD",
    "Unterminated string": "a closing quote is missing",
    "Illegal character": "a control character stands here: it must be escaped",
    "backslash": "this backslash means nothing here: write text in single quotes, or the backslash twice",
    "escape": "this backslash means nothing here: write text in single quotes, or the backslash twice",
    "Invalid hex value": "this backslash means nothing here: write text in single quotes, or the backslash twice",
    "at end of": "a ] is missing at the end of a table's name",
    "Expected ']'": "a ] is missing at the end of a table's name",
    "Invalid value": "a value is missing here: text in quotes, a number, a date, true, false, [ or {",
}


def toml_tree(text: str, file: str) -> Tree:
    """Read a TOML text.

    Parameters
    ----------
    text
        The whole text.
    file
        The name of the file, for places.

    Raises
    ------
    ScenarioError
        Where it is not TOML, holds a time of day, is nested too deep or holds too many values.
    """
    notes = Notes(file)
    text = text.replace("\r\n", "\n")
    _check_size(text, notes)
    odd: dict[Place, str] = {}
    shown = _shielded(text, notes, odd)
    data = _judged(shown, notes)
    sources = mark_places(_BARE.sub(_uncommented, shown), notes)
    if odd:
        sources |= {path: odd[place] for path, place in notes.places.items() if place in odd}
    return notes.tree(_settled(data, (), notes, sources, 1))


def _check_size(text: str, notes: Notes) -> None:
    """Raise an error, before any reading, for what would take too long to read."""
    bare = _BARE.sub('""', text)
    lists = bare.count("[") // 2  # [[table]] has two
    if max(bare.count(","), bare.count("="), bare.count("{"), lists) > MAX_VALUES:
        notes.stop(notes.place(None, None), TOO_MANY)
    depth = 0
    for found in _BRACKETS.finditer(text):
        if found["bracket"]:
            depth += 1 if found["bracket"] in "[{" else -1
        if depth > MAX_DEPTH:
            notes.stop(notes.place(*Lines(text).find(found.start())), TOO_DEEP)
    if _DOTTED.search(bare):
        notes.stop(notes.place(None, None), TOO_DEEP)


def _shielded(text: str, notes: Notes, odd: dict[Place, str]) -> str:
    """Return the text with what the library would refuse replaced by something as wide, and note what stood there.

    It knows no date such as 1404-02-31 and no whole number of thousands of digits.
    """
    lines = Lines(text)

    def show(found: re.Match[str]) -> str:
        if found["date"] and not _is_gregorian(found["date"]):
            shown = "2000-01-01"
        elif found["long"]:
            shown = "0".ljust(len(found[0]))
        else:
            return found[0]
        odd[notes.place(*lines.find(found.start()))] = found[0]
        return shown

    return _ODD.sub(show, text)


def _uncommented(found: re.Match[str]) -> str:
    """Return "" for a comment, which moves no other text: the syntax tree of a long one takes much memory."""
    return "" if found[0].startswith("#") else found[0]


def _is_gregorian(date: str) -> bool:
    try:
        return bool(dt.date.fromisoformat(date))
    except ValueError:
        return False


def _judged(text: str, notes: Notes) -> dict[str, Any]:
    """Return the values as the standard library reads them."""
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        at = _AT.search(message)
        line, column = (int(at[1]), int(at[2])) if at and at[1] else Lines(text).find(len(text.rstrip()))
        plain = [sentence for words, sentence in _PLAINLY.items() if words in message]
        if at and not at[1] and "Cannot" not in message:
            plain = ["the text ends too early: a value, a bracket or a quote is missing"]
        notes.stop(notes.place(line, column), (plain or ["this is not TOML: a line is `key = value` or `[table]`"])[0])
    except RecursionError:
        notes.stop(notes.place(None, None), TOO_DEEP)
    except ValueError:
        notes.stop(notes.place(None, None), "a number is too large to read")


def _settled(value: Any, path: Path, notes: Notes, sources: dict[Path, str], depth: int) -> Any:
    """Return a value of the library as a value of a tree."""
    place = notes.places.get(path, notes.place(None, None))
    if isinstance(value, dict | list):
        if depth > MAX_DEPTH:
            notes.stop(place, TOO_DEEP)
        if isinstance(value, list):
            listed = [_settled(child, (*path, i), notes, sources, depth + 1) for i, child in enumerate(value)]
            return [None, *listed[1:]] if path[-1:] and path[-1] in ADDED and listed[:1] == ["null"] else listed
        found = {key: _settled(child, (*path, key), notes, sources, depth + 1) for key, child in value.items()}
        return {key: None if child == "null" and isinstance(child, str) else child for key, child in found.items()}
    if isinstance(value, str | bool):
        return value
    source = sources.get(path)
    if isinstance(value, int | float):
        return notes.number(source or str(value), path, place)
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return source or value.isoformat()
    notes.wrong(path, place, "a time of day stands here: a date is YYYY-MM-DD")
    return None
