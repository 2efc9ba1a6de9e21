"""What a reader of one file notes down: the values, where they stand, and what is wrong with them."""

from __future__ import annotations

import re
from bisect import bisect_right
from decimal import InvalidOperation
from typing import Any, NoReturn

from staffing.errors import ScenarioError
from staffing.files.tree import MAX_VALUES, TOO_MANY, Place, Tree
from staffing.scenario.amounts import Written
from staffing.scenario.paths import Path, friendly, label

_SURROGATE = re.compile("[\ud800-\udfff]")


class Notes:
    """The tree of one file in the making."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.places: dict[Path, Place] = {}
        self.key_places: dict[Path, Place] = {}
        self._wrong: list[tuple[Path, Place, str]] = []

    def place(self, line: int | None, column: int | None) -> Place:
        """Return a place in this file."""
        return Place(self.file, line, column)

    def value(self, path: Path, place: Place) -> None:
        """Note where a value stands."""
        self.places[path] = place
        if len(self.places) > MAX_VALUES:
            self.stop(place, TOO_MANY)

    def wrong(self, path: Path, place: Place, message: str) -> None:
        """Note a mistake, and read on."""
        self._wrong.append((path, place, message))

    def twice(self, path: Path, place: Place, first: Place) -> None:
        """Note the mistake of a key that stands in its mapping already."""
        name = label(str(path[-1]))
        self.wrong(path, place, f'"{name}" is given twice, first on line {first.line}: once is allowed')

    def stop(self, place: Place, message: str) -> NoReturn:
        """Raise an error: the file cannot be read to its end."""
        raise ScenarioError([place.mistake(message)])

    def number(self, text: str, path: Path, place: Place) -> Written | None:
        """Return a number read in any of the formats; note a mistake and return None where it has no finite value."""
        if "inf" in text.lower() or "nan" in text.lower():
            self.wrong(path, place, f"{label(text)} is not a number: digits are allowed")
            return None
        try:
            return written(text)
        except (InvalidOperation, ValueError):
            self.wrong(path, place, f"{label(text)} is too large a number to read")
            return None

    def text(self, text: str, path: Path, place: Place) -> str:
        """Return a text with escaped surrogate pairs joined; note a mistake for a half that stands alone."""
        if text.isascii() or not _SURROGATE.search(text):
            return text
        try:
            return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
        except UnicodeDecodeError:
            self.wrong(path, place, "half a character is escaped here: both halves of a \\u pair are needed")
            return text

    def tree(self, data: Any) -> Tree:
        """Return the tree, or raise an error with every mistake noted, in the order of the file."""
        if not isinstance(data, dict):
            what = "nothing stands in this file" if data is None else "this is not a mapping"
            self.wrong((), self.places.get((), self.place(None, None)), f"{what}: a scenario is made of `key: value`")
        if self._wrong:
            parts = {
                at: number for number, at in enumerate(dict.fromkeys((at.file, at.sheet) for _, at, _ in self._wrong))
            }
            self._wrong.sort(key=lambda one: (parts[one[1].file, one[1].sheet], one[1].line or 0, one[1].column or 0))
            raise ScenarioError([at.mistake(text, friendly(path, data)) for path, at, text in self._wrong])
        return Tree(data, self.places, self.key_places)


def written(text: str) -> Written:
    """Read a decimal number, or a whole one in hexadecimal ``0x``, octal ``0o`` or binary ``0b``.

    Raises
    ------
    decimal.InvalidOperation, ValueError
        Where it is too large to be held.
    """
    if text.lstrip("+-")[:2] not in {"0x", "0o", "0b"}:
        number = Written(text.replace("_", ""))
    else:
        number = Written(str(int(text, 0)))
    number.text = text
    return number


class Lines:
    """The lines of a text, to find where a character of it stands."""

    def __init__(self, text: str) -> None:
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def find(self, index: int) -> tuple[int, int]:
        """Return the line and the column of a character, counted from 1."""
        line = bisect_right(self._starts, index)
        return line, index - self._starts[line - 1] + 1
