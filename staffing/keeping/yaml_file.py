"""Putting rows of ``worked`` into a YAML text: only the lines that change are touched."""

from __future__ import annotations

from collections.abc import Iterator

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

from staffing.keeping.change import Change, UnusualFileError
from staffing.keeping.spans import Span, line_start, next_line, spliced
from staffing.writing.texts import inline

_NEIGHBOURS = ("weeks", "start", "extends", "name")
"""Keys beneath which a setting that is new is at home; the first that is there."""


def changed_yaml(text: str, change: Change) -> str:
    """Return a scenario in YAML with the changes in it.

    Raises
    ------
    UnusualFileError
        Where it is no mapping in lines of its own.
    """
    try:
        root = YAML(typ="safe", pure=True).compose(text)
    except (YAMLError, ValueError):
        raise UnusualFileError from None
    if not isinstance(root, MappingNode) or root.flow_style:
        raise UnusualFileError
    text += "" if text.endswith("\n") else "\n"
    return spliced(text, _Yaml(text, root, change).spans())


class _Yaml:
    def __init__(self, text: str, root: MappingNode, change: Change) -> None:
        self.text, self.change = text, change
        self.pairs: dict[str, tuple[Node, Node]] = {key.value: (key, value) for key, value in root.value}
        self.margin = " " * root.start_mark.column

    def spans(self) -> Iterator[Span]:
        """Yield what changes."""
        for key, value in self.change.settings.items():
            yield self.setting(key, inline(value, ".yaml"))
        if "worked" in self.pairs:
            yield from self.worked(*self.pairs["worked"])
        elif self.change.added:
            end = _last(next(reversed(self.pairs.values()))[1])
            at = next_line(self.text, end)
            yield at, at, f"\n{self.margin}worked:\n{self.rows(self.margin + '  ')}"

    def setting(self, key: str, value: str) -> Span:
        """Return the span that sets a key: its value, or a new line below a similar key."""
        if key in self.pairs:
            return _value_of(self.text, *self.pairs[key], value)
        near = next((self.pairs[name] for name in _NEIGHBOURS if name in self.pairs), None)
        if near is None:
            at = line_start(self.text, next(iter(self.pairs.values()))[0].start_mark.index)
        else:
            at = next_line(self.text, _last(near[1]))
        return at, at, f"{self.margin}{key}: {value}\n"

    def worked(self, key: Node, value: Node) -> Iterator[Span]:
        """Yield the spans that change existing rows; a list in one line is rewritten, one row a line."""
        if isinstance(value, SequenceNode) and not value.flow_style and value.value:
            yield from self.entries(value)
        else:
            rows = "".join(f"\n{self.margin}  - {self.row(number)}" for number in range(len(self.change.worked)))
            yield _value_of(self.text, key, value, rows or "[]")

    def entries(self, value: SequenceNode) -> Iterator[Span]:
        if value.start_mark.index < self.pairs["worked"][0].end_mark.index:  # it is named by an alias
            raise UnusualFileError
        for number, entry in enumerate(value.value):
            first = self.text.rfind("-", 0, entry.start_mark.index)
            if number in self.change.dropped:
                yield line_start(self.text, first), next_line(self.text, _last(entry)), ""
            elif number in self.change.mended:
                if not isinstance(entry, MappingNode):
                    raise UnusualFileError
                _, hours = next(pair for pair in entry.value if pair[0].value == "hours")
                new = inline(self.change.mended[number].hours, ".yaml")
                yield hours.start_mark.index, hours.end_mark.index, new
        at = next_line(self.text, _last(value.value[-1]))
        yield at, at, self.rows(" " * (first - line_start(self.text, first)))

    def rows(self, margin: str) -> str:
        """Return the new rows, one a line."""
        return "".join(f"{margin}- {inline(self.change.data(row), '.yaml')}\n" for row in self.change.added)

    def row(self, number: int) -> str:
        return inline(self.change.data(self.change.worked[number]), ".yaml")


def _value_of(text: str, key: Node, value: Node, new: str) -> Span:
    """Return the span of a value; where there is none, the one after the colon."""
    start, end = value.start_mark.index, value.end_mark.index
    if start == end:
        at = text.index(":", key.end_mark.index) + 1
        return at, at, new if new.startswith("\n") else f" {new}"
    if start < key.end_mark.index:  # it is named by an alias
        raise UnusualFileError
    return start, end, new


def _last(node: Node) -> int:
    """Return where a value ends, comments behind it aside."""
    if not isinstance(node, MappingNode | SequenceNode) or node.flow_style or not node.value:
        return int(node.end_mark.index)
    child = node.value[-1]
    return _last(child[1] if isinstance(child, tuple) else child)
