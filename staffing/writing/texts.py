"""Scenarios as text: YAML, TOML and JSON, an entry a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from staffing.errors import OutputError
from staffing.scenario.amounts import plain
from staffing.scenario.paths import ROWS
from staffing.writing.data import Day

_KEPT = "\u200c\u200d"
"""The joiners that Persian and emoji are written with; other signs that cannot be seen are escaped."""
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_PLAIN_YAML = re.compile(r"[^\W\d][\w.-]*+(?: [\w.&/()-]++)*+")
_WORDS = re.compile(r"true|false|null|yes|no|on|off|y|n", re.IGNORECASE)
_LONGEST_YAML_KEY = 1000
"""YAML allows 1024 characters, the colon and all, unless a question mark stands before the key."""
_BARE_TOML = re.compile(r"[A-Za-z0-9_-]++")


def _quoted(text: str, beyond: Callable[[int], str]) -> str:
    return '"' + "".join(_ESCAPES.get(char) or _escaped(char, beyond) for char in text) + '"'


def _escaped(char: str, beyond: Callable[[int], str]) -> str:
    """Return a character, escaped if it is invisible; `beyond` escapes one that needs more than four digits."""
    if char.isprintable() or char in _KEPT:
        return char
    return f"\\u{ord(char):04x}" if ord(char) < 0x10000 else beyond(ord(char))


def _quoted_long(text: str) -> str:
    return _quoted(text, lambda code: f"\\U{code:08x}")


def _quoted_in_pairs(text: str) -> str:
    return _quoted(text, lambda code: f"\\u{0xD7C0 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}")


def _yaml_text(text: str) -> str:
    if isinstance(text, Day):
        return str(text)
    return text if _PLAIN_YAML.fullmatch(text) and not _WORDS.fullmatch(text) else _quoted_long(text)


def _yaml_key(key: str) -> str:
    """Return a key as YAML; a very long one needs a mark before it."""
    shown = _yaml_text(key)
    return f"? {shown} " if len(shown) > _LONGEST_YAML_KEY else shown


def _toml_text(text: str) -> str:
    return str(text) if isinstance(text, Day) and text.gregorian else _quoted_long(text)


def _toml_key(key: str) -> str:
    return key if _BARE_TOML.fullmatch(key) else _quoted_long(key)


@dataclass(frozen=True, slots=True)
class _Style:
    """How values are written in one line."""

    key: Callable[[str], str]
    text: Callable[[str], str]
    sign: str
    null: str

    def inline(self, value: Any) -> str:
        if value is None:  # in changes: back to the default
            return self.null
        if isinstance(value, Mapping):
            return "{" + ", ".join(self.pair(key, child) for key, child in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.inline, value)) + "]"
        if value is None:
            return self.null
        if isinstance(value, bool):
            return "true" if value else "false"
        return plain(value) if isinstance(value, int | Decimal) else self.text(value)

    def pair(self, key: str, value: Any) -> str:
        return f"{self.key(key)}{self.sign}{self.inline(value)}"


_YAML = _Style(_yaml_key, _yaml_text, ": ", "null")
_JSON = _Style(_quoted_in_pairs, _quoted_in_pairs, ": ", "null")
_TOML = _Style(_toml_key, _toml_text, " = ", '"null"')


def inline(value: Any, form: str) -> str:
    """Return a value in one line, as written in a file ``.yaml``, ``.toml`` or ``.json``."""
    return {".yaml": _YAML, ".yml": _YAML, ".toml": _TOML, ".json": _JSON}[form].inline(value)


def yaml_text(data: Mapping[str, Any]) -> str:
    """Return a scenario as YAML."""
    lines: list[str] = []
    for key, value in data.items():
        if key == "roles" and max(map(len, value)) < _LONGEST_YAML_KEY // 10:  # a longer name needs its mark, inline
            lines += ["", "roles:", *(f"  {_YAML.pair(name, role)}" for name, role in value.items())]
        elif isinstance(value, list) and value and isinstance(value[0], Mapping) and (key in ROWS or "id" in value[0]):
            lines += ["", f"{key}:", *(f"  - {_YAML.inline(entry)}" for entry in value)]
        else:
            lines.append(_YAML.pair(key, value))
    return "\n".join(lines) + "\n"


def json_text(data: Mapping[str, Any]) -> str:
    """Return a scenario as JSON."""

    def lines(value: Any) -> str:
        if isinstance(value, list) and value and isinstance(value[0], Mapping):
            return "[\n" + ",\n".join(f"    {_JSON.inline(entry)}" for entry in value) + "\n  ]"
        return _JSON.inline(value)

    return "{\n" + ",\n".join(f"  {_quoted_in_pairs(key)}: {lines(value)}" for key, value in data.items()) + "\n}\n"


def toml_text(data: Mapping[str, Any]) -> str:
    """Return a scenario as TOML.

    Raises
    ------
    OutputError
        Where a text is ``null``, which there means that nothing is given.
    """
    _check_nulls(data)
    tables = ("roles", "staff", "clients", "projects", "tasks", *ROWS)
    lines = [_TOML.pair(key, value) for key, value in data.items() if key not in tables or not value]
    for name in tables:
        for head, entry in _tables(name, data.get(name) or ()):
            lines += ["", head, *(_TOML.pair(key, value) for key, value in entry.items())]
    return "\n".join(lines) + "\n"


def _tables(name: str, entries: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    if isinstance(entries, Mapping):
        yield from ((f"[{name}.{_toml_key(key)}]", entry) for key, entry in entries.items())
    else:
        yield from ((f"[[{name}]]", entry) for entry in entries)


def _check_nulls(value: Any, path: str = "") -> None:
    for key, child in value.items() if isinstance(value, Mapping) else enumerate(value):
        if child == "null" and isinstance(value, Mapping):
            raise OutputError(f"{path}{key} is the text null, which in TOML would mean that nothing is given")
        if isinstance(child, Mapping | list):
            _check_nulls(child, f"{path}{key}.")
