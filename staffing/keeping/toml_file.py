"""Putting rows of ``worked`` into a TOML text: only the lines that change are touched."""

from __future__ import annotations

from collections.abc import Iterator

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from staffing.keeping.change import Change, UnusualFileError
from staffing.keeping.spans import Span, line_start, next_line, spliced
from staffing.scenario.records import Worked
from staffing.writing.texts import inline


def changed_toml(text: str, change: Change) -> str:
    """Return a scenario in TOML with the changes in it.

    Raises
    ------
    UnusualFileError
        Where a row has no hours of its own.
    """
    text += "" if text.endswith("\n") else "\n"
    source = text.encode()
    root = Parser(Language(tree_sitter_toml.language())).parse(source).root_node
    bytewise = source.decode("latin-1")  # a character for each byte, for that is what the parser counts
    spans = [(start, end, new.encode().decode("latin-1")) for start, end, new in _Toml(bytewise, root, change).spans()]
    return spliced(bytewise, spans).encode("latin-1").decode()


class _Toml:
    def __init__(self, text: str, root: Node, change: Change) -> None:
        self.text, self.change = text, change
        nodes = [node for node in root.named_children if node.type != "comment"]
        self.tables = [node for node in nodes if node.type != "pair"]
        self.pairs = {self.name(node.named_children[0]): node for node in nodes if node.type == "pair"}

    def spans(self) -> Iterator[Span]:
        """Yield what changes."""
        for key, value in self.change.settings.items():
            yield self.setting(key, inline(value, ".toml"))
        rows = [table for table in self.tables if self.name(_inside(table)[0]) == "worked"]
        if "worked" in self.pairs:
            lines = "".join(f"  {inline(self.change.data(row), '.toml')},\n" for row in self.change.worked)
            yield self.value("worked", f"[\n{lines}]" if lines else "[]")
            return
        for number, table in enumerate(rows):
            if number in self.change.dropped:
                yield line_start(self.text, table.start_byte), self.end(table), ""
            elif number in self.change.mended:
                yield self.hours(table, inline(self.change.mended[number].hours, ".toml"))
        at = self.end(rows[-1]) if rows else len(self.text)
        yield at, at, "".join(map(self.table, self.change.added))

    def setting(self, key: str, value: str) -> Span:
        """Return the span that sets a key: its value, or a new line after the last key that is no table."""
        if key in self.pairs:
            return self.value(key, value)
        last = next(reversed(self.pairs.values()), None)
        at = next_line(self.text, last.end_byte) if last else 0
        return at, at, f"{key} = {value}\n"

    def value(self, key: str, value: str) -> Span:
        node = _inside(self.pairs[key])[1]
        return node.start_byte, node.end_byte, value

    def hours(self, table: Node, value: str) -> Span:
        for pair in _inside(table)[1:]:
            key, node = _inside(pair)[:2]
            if self.name(key) == "hours":
                return node.start_byte, node.end_byte, value
        raise UnusualFileError

    def table(self, row: Worked) -> str:
        data = self.change.data(row)
        return "\n[[worked]]\n" + "".join(f"{key} = {inline(value, '.toml')}\n" for key, value in data.items())

    def end(self, table: Node) -> int:
        """Return where the line after the last pair of a table begins."""
        return next_line(self.text, _inside(table)[-1].end_byte)

    def name(self, key: Node) -> str:
        return (key.text or b"").decode().strip("\"'")


def _inside(node: Node) -> list[Node]:
    return [child for child in node.named_children if child.type != "comment"]
