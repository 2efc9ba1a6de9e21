"""Finding where the values of a TOML text stand."""

from __future__ import annotations

import tomllib

import tree_sitter_toml
from tree_sitter import Language, Node, Parser

from staffing.files.notes import Notes
from staffing.files.tree import Place
from staffing.scenario.paths import Path


def mark_places(text: str, notes: Notes) -> dict[Path, str]:
    """Note the place of every value and key of a valid TOML text.

    Parameters
    ----------
    text
        A text that the standard library has read.
    notes
        Takes the places.

    Returns
    -------
    dict
        For every number and date, the way it is written.
    """
    source = text.encode()
    root = Parser(Language(tree_sitter_toml.language())).parse(source).root_node
    finder = _Finder(source, notes)
    finder.document(root)
    return finder.sources


class _Finder:
    """Walks over a syntax tree with the path of each value."""

    def __init__(self, source: bytes, notes: Notes) -> None:
        self.notes = notes
        self.lines = [] if source.isascii() else source.split(b"\n")
        self.sources: dict[Path, str] = {}
        self.counts: dict[Path, int] = {}  # entries so far of each list written as [[tables]]

    def document(self, root: Node) -> None:
        """Walk over the tables of a document."""
        self.notes.value((), self.notes.place(1, 1))
        for node in root.named_children:
            if node.type == "pair":
                self.pair(node, ())
            elif node.type in {"table", "table_array_element"}:
                self.table(node)

    def table(self, node: Node) -> None:
        """Walk over ``[table]`` or ``[[table]]`` and the pairs in it."""
        header, *pairs = [child for child in node.named_children if child.type != "comment"]
        path: Path = ()
        for name, place in self.parts(header):
            path = self.latest(path)
            path = (*path, name)
            self.key(path, place)
        if node.type == "table_array_element":
            self.counts[path] = self.counts.get(path, 0) + 1
            path = self.latest(path)
        self.notes.value(path, self.place(node))
        for pair in pairs:
            if pair.type == "pair":
                self.pair(pair, path)

    def latest(self, path: Path) -> Path:
        """Go into the last entry so far where the path is a list of tables."""
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def pair(self, node: Node, path: Path) -> None:
        """Note the parts of a key and walk over its value."""
        key, value = [child for child in node.named_children if child.type != "comment"][:2]
        for name, place in self.parts(key):
            path = (*path, name)
            self.key(path, place)
        self.value(value, path)

    def value(self, node: Node, path: Path) -> None:
        """Note the place of a value, and walk over what is in it."""
        self.notes.value(path, self.place(node))
        inside = [child for child in node.named_children if child.type != "comment"]
        if node.type == "array":
            for index, child in enumerate(inside):
                self.value(child, (*path, index))
        elif node.type == "inline_table":
            for child in inside:
                self.pair(child, path)
        elif node.type in {"integer", "float", "local_date"} and node.text is not None:
            self.sources[path] = node.text.decode()

    def key(self, path: Path, place: Place) -> None:
        """Note where a key stands, at first sight; a table it makes stands there too."""
        self.notes.key_places.setdefault(path, place)
        self.notes.places.setdefault(path, place)

    def parts(self, node: Node) -> list[tuple[str, Place]]:
        """Read the parts of a key such as ``a."b c".d``."""
        parts: list[tuple[str, Place]] = []
        todo = [node]
        while todo:
            part = todo.pop()
            if part.type == "dotted_key":
                todo.extend(reversed(part.named_children))
            else:
                written = (part.text or b"").decode()
                name = written if part.type == "bare_key" else next(iter(tomllib.loads(f"{written}=0")))
                parts.append((name, self.place(part)))
        return parts

    def place(self, node: Node) -> Place:
        """Return the place of a node; the parser counts bytes, people count characters."""
        line, column = node.start_point
        if self.lines:
            column = len(self.lines[line][:column].decode())
        return self.notes.place(line + 1, column + 1)
