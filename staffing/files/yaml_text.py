"""Reading YAML 1.2 with the place of every value: only true and false are booleans, and dates stay text.

The text is read in two steps. First every value becomes a node, and an alias shares the node it names; nodes
know how many values they hold, so that a file whose aliases grow without bounds is refused before they are
written out. Then the nodes are written out as plain values.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)
from ruamel.yaml.reader import ReaderError

from staffing.files.notes import Lines, Notes
from staffing.files.tree import MAX_DEPTH, MAX_VALUES, TOO_DEEP, TOO_MANY, Place, Tree
from staffing.files.yaml_errors import plainly
from staffing.scenario.paths import Path, label

_NUMBER = re.compile(
    r"[-+]?(?:\.[0-9]++|[0-9]++(?:\.[0-9]*+)?)(?:[eE][-+]?[0-9]++)?|0o[0-7]++|0x[0-9a-fA-F]++"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_WORDS = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_STANDARD = "tag:yaml.org,2002:"


def yaml_tree(text: str, file: str) -> Tree:
    """Read a YAML text.

    Parameters
    ----------
    text
        The whole text.
    file
        The name of the file, for places.

    Raises
    ------
    ScenarioError
        Where it is not YAML, names a key twice, has several documents or tags of its own, is nested too deep, or
        holds too many values.
    """
    notes = Notes(file)
    try:
        node = _Composer(notes).document(YAML(typ="safe", pure=True).parse(text))
    except ReaderError as error:
        place = notes.place(*Lines(text).find(error.position))
        notes.stop(place, "a control character stands here: only text is allowed")
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = notes.place(mark.line + 1, mark.column + 1) if mark else notes.place(None, None)
        notes.stop(place, plainly(str(error.problem)))
    except (YAMLError, ValueError, OverflowError):  # the parser trips over some escapes and directives
        notes.stop(notes.place(None, None), "this is not YAML")
    return notes.tree(_write_out(node, (), notes) if node else None)


@dataclass(slots=True)
class _Node:
    """A value as it stands in the text. `size` and `height` count what it holds with aliases written out."""

    event: ScalarEvent | CollectionStartEvent
    place: Place
    entries: list[_Node] = field(default_factory=list)
    fields: dict[str, tuple[Place, _Node]] = field(default_factory=dict)
    repeated: list[tuple[str, Place]] = field(default_factory=list)
    merged: list[_Node] = field(default_factory=list)
    size: int = 1
    height: int = 0
    complete: bool = False


class _Composer:
    """Makes nodes of the events of a YAML parser."""

    def __init__(self, notes: Notes) -> None:
        self.notes = notes
        self.anchors: dict[str, _Node] = {}
        self.count = 0

    def document(self, events: Iterator[Event]) -> _Node | None:
        """Read the one document of a text; None if there is none."""
        root: _Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.notes.stop(self._place(event), "a second document begins here: one for each file is allowed")
            elif isinstance(event, NodeEvent):
                root = self.node(event, events, 1)
        return root

    def node(self, event: Event, events: Iterator[Event], depth: int) -> _Node:
        """Read the value that begins with an event."""
        place = self._place(event)
        if isinstance(event, AliasEvent):
            return self._named(event, place)
        assert isinstance(event, ScalarEvent | CollectionStartEvent)
        node = _Node(event, place)
        self._check_tag(event, place)
        self.count += 1
        if self.count > MAX_VALUES:
            self.notes.stop(place, TOO_MANY)
        if event.anchor:
            self.anchors[event.anchor] = node
        if isinstance(event, CollectionStartEvent):
            if depth > MAX_DEPTH:
                self.notes.stop(place, TOO_DEEP)
            node.height = 1
            read = self._mapping if isinstance(event, MappingStartEvent) else self._sequence
            read(node, events, depth)
        node.complete = True
        return node

    def _sequence(self, node: _Node, events: Iterator[Event], depth: int) -> None:
        while not isinstance(event := next(events), CollectionEndEvent):
            child = self.node(event, events, depth + 1)
            node.entries.append(child)
            self._grow(node, child, depth)

    def _mapping(self, node: _Node, events: Iterator[Event], depth: int) -> None:
        while not isinstance(event := next(events), CollectionEndEvent):
            key = self.node(event, events, depth + 1)
            place = self._place(event)
            if not isinstance(key.event, ScalarEvent):
                self.notes.stop(place, "a list or mapping stands here as a key: a key is text")
            child = self.node(next(events), events, depth + 1)
            self._grow(node, child, depth)
            name = key.event.value
            if name == "<<" and key.event.style is None:
                node.merged.extend(self._sources(child, place))
            elif name in node.fields:
                node.repeated.append((name, place))
            else:
                node.fields[name] = (place, child)
        for source in node.merged:  # the first one named wins, and the mapping's own keys before all
            node.fields = {**source.fields, **node.fields}

    def _sources(self, node: _Node, place: Place) -> list[_Node]:
        sources = node.entries if not isinstance(node.event, MappingStartEvent) else [node]
        if not sources or not all(isinstance(source.event, MappingStartEvent) for source in sources):
            self.notes.stop(place, "<< takes over a mapping or a list of mappings, and this is neither")
        return sources

    def _named(self, event: AliasEvent, place: Place) -> _Node:
        node = self.anchors.get(event.anchor)
        if node is None:
            self.notes.stop(place, f"*{label(event.anchor)} names nothing: &{label(event.anchor)} must stand before it")
        if not node.complete:
            self.notes.stop(place, f"*{label(event.anchor)} stands inside of what it names: it would never end")
        return node

    def _grow(self, node: _Node, child: _Node, depth: int) -> None:
        """Count what a node holds; merged keys may count twice, which only matters for a bomb."""
        node.size += child.size
        node.height = max(node.height, child.height + 1)
        if node.size > MAX_VALUES:
            self.notes.stop(child.place, TOO_MANY)
        if depth + child.height > MAX_DEPTH:
            self.notes.stop(child.place, TOO_DEEP)

    def _check_tag(self, event: ScalarEvent | CollectionStartEvent, place: Place) -> None:
        tag = str(event.tag or "!")
        if tag == "!" or tag in {f"{_STANDARD}{name}" for name in ("str", "seq", "map")}:
            return
        tag = tag.replace(_STANDARD, "!!")
        self.notes.stop(place, f"the tag {label(tag)} is not allowed: a value is written without a tag, or with !!str")

    def _place(self, event: Event) -> Place:
        return self.notes.place(event.start_mark.line + 1, event.start_mark.column + 1)


def _write_out(node: _Node, path: Path, notes: Notes) -> Any:
    notes.value(path, node.place)
    if isinstance(node.event, ScalarEvent):
        return _scalar(node.event, path, node.place, notes)
    if not isinstance(node.event, MappingStartEvent):
        return [_write_out(child, (*path, index), notes) for index, child in enumerate(node.entries)]
    for key, place in node.repeated:
        notes.twice((*path, key), place, node.fields[key][0])
    found = {}
    for key, (place, child) in node.fields.items():
        inner = (*path, notes.text(key, (*path, key), place))
        notes.key_places[inner] = place
        found[key] = _write_out(child, inner, notes)
    return found


def _scalar(event: ScalarEvent, path: Path, place: Place, notes: Notes) -> Any:
    text = str(event.value)
    if event.style is None and not event.tag:
        if text in _WORDS:
            return _WORDS[text]
        if _NUMBER.fullmatch(text):
            return notes.number(text, path, place)
    return notes.text(text, path, place)
