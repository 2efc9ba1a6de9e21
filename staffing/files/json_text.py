"""Reading JSON, strictly, with the place of every value."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from staffing.files.notes import Lines, Notes
from staffing.files.tree import MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY, Place, Tree
from staffing.scenario.paths import Path

_STRING = r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"'
_SPACE = re.compile(r"[ \t\n\r]*+")
_TOKEN = re.compile(
    rf"(?P<text>{_STRING})"
    r"|(?P<number>-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?(?:[eE][+-]?[0-9]++)?)(?![0-9.\w])"
    r"|(?P<word>true|false|null)\b"
    r"|(?P<mark>[][{}:,])"
)
_WORDS = {"true": True, "false": False, "null": None}
_END = "end"


def json_tree(text: str, file: str) -> Tree:
    """Read a JSON text.

    Parameters
    ----------
    text
        The whole text.
    file
        The name of the file, for places.

    Raises
    ------
    ScenarioError
        Where it is not JSON, names a key twice, is nested too deep or holds too many values.
    """
    notes = Notes(file)
    if text.count(",") >= MAX_VALUES and re.sub(_STRING, "", text).count(",") >= MAX_VALUES:
        notes.stop(notes.place(None, None), TOO_MANY)  # reported before any time is spent on reading
    return notes.tree(_Reader(text, notes).whole())


class _Reader:
    """Walks over the text, one token at a time; `kind` and `token` are the one it stands on."""

    def __init__(self, text: str, notes: Notes) -> None:
        self.source, self.notes, self.lines = text, notes, Lines(text)
        self.start = self.end = 0
        self.kind = self.token = ""

    def whole(self) -> Any:
        """Read the one value of the text."""
        self.step()
        value = self.value((), 1)
        if self.kind != _END:
            self.refuse("the value is complete before this: nothing more is allowed")
        return value

    def step(self) -> None:
        """Go to the next token."""
        self.start = _SPACE.match(self.source, self.end).end()  # type: ignore[union-attr]
        found = _TOKEN.match(self.source, self.start)
        if found:
            self.kind, self.token, self.end = str(found.lastgroup), found[0], found.end()
        else:
            self.kind, self.token = (_END if self.start == len(self.source) else "", "")

    def here(self) -> Place:
        """Return the place where the token begins."""
        return self.notes.place(*self.lines.find(self.start))

    def refuse(self, message: str) -> NoReturn:
        """Raise an error that says what is wrong with the token."""
        if self.kind == _END:
            message = "the text ends too early: a value, a bracket or a quote is missing"
        elif not self.kind:
            message = _unknown(self.source[self.start : self.start + 10])
        self.notes.stop(self.here(), message)

    def value(self, path: Path, depth: int) -> Any:
        """Read a value and go past it."""
        place = self.here()
        self.notes.value(path, place)
        kind, token = self.kind, self.token
        if kind == "mark" and token in "[{":
            if depth > MAX_DEPTH:
                self.notes.stop(place, TOO_DEEP)
            self.step()
            return self.mapping(path, depth) if token == "{" else self.entries(path, depth)
        if kind not in {"text", "number", "word"}:
            self.refuse("a value is missing here: text in double quotes, a number, true, false, null, [ or {")
        self.step()
        if kind == "text":
            return self.notes.text(_unquoted(token), path, place)
        return _WORDS[token] if kind == "word" else self.notes.number(token, path, place)

    def entries(self, path: Path, depth: int) -> list[Any]:
        """Read a list after its opening bracket."""
        found: list[Any] = []
        while self.token != "]" or self.kind != "mark" or found:
            found.append(self.value((*path, len(found)), depth + 1))
            if not self.more("]"):
                return found
        self.step()
        return found

    def mapping(self, path: Path, depth: int) -> dict[str, Any]:
        """Read a mapping after its opening brace."""
        found: dict[str, Any] = {}
        while self.token != "}" or self.kind != "mark" or found:
            if self.kind != "text":
                self.refuse("a key is missing here: text in double quotes")
            key, place = _unquoted(self.token), self.here()
            inner = (*path, self.notes.text(key, (*path, key), place))
            if key in found:
                self.notes.twice(inner, place, self.notes.key_places[inner])
            self.notes.key_places.setdefault(inner, place)
            self.step()
            if self.kind != "mark" or self.token != ":":
                self.refuse("a colon is missing here: a value follows its key after a colon")
            self.step()
            found[key] = self.value(inner, depth + 1)
            if not self.more("}"):
                return found
        self.step()
        return found

    def more(self, closing: str) -> bool:
        """Go past a comma or the closing bracket, and return whether more entries follow."""
        if self.kind != "mark" or self.token not in {",", closing}:
            self.refuse(f"a comma or {closing} is missing here")
        comma = self.token == ","
        self.step()
        return comma


def _unquoted(token: str) -> str:
    return str(json.loads(token)) if "\\" in token else token[1:-1]


def _unknown(text: str) -> str:
    """Return what is wrong with a text that is no token of JSON."""
    if text.startswith('"'):
        return "this text in quotes is not complete: it needs a closing quote on its line, and a backslash only escapes"
    if re.match(r"[-+]?(?:NaN|Infinity|inf|nan)", text):
        return "this is not a number: digits are allowed"
    if text.startswith(("'", "#", "//", "/*")):
        return "JSON has neither single quotes nor comments: text stands in double quotes"
    if re.match(r"[-+.0-9]", text):
        return "this is not a number as JSON writes it: 0.5, not .5, 05, +5 or 5."
    return "this is not JSON: text stands in double quotes, and words are true, false and null"
