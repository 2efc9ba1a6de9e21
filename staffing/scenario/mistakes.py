"""What is wrong with the entries of a scenario one by one, in plain words, and what is left of them to go on with."""

from __future__ import annotations

import types
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Union, get_args, get_origin

from pydantic import ValidationError
from pydantic.fields import FieldInfo

from staffing.scenario.amounts import Misread, shown
from staffing.scenario.directory import Directory, referred_to, role_meant
from staffing.scenario.findings import Finding, Speller, listed, meant
from staffing.scenario.paths import LISTS, ROWS, Path, id_of, inside, label
from staffing.scenario.records import Record, Settings
from staffing.scenario.spelling import difference

_FEW = 8
_STAND_INS = {"start": "2000-01-01", "weeks": 156, "staff": ()}
"""What the other checks go on with where a required setting is wrong."""
_ENTRY_STAND_INS: dict[str, dict[str, Any]] = {
    "staff": {"role": "account_manager"},
    "tasks": {"kind": "tactical"},
    "worked": {"hours": 1},
    "bookings": {"hours": 1},
}
"""The same for the fields of entries."""
_AT_REST: dict[str, dict[str, Any]] = {
    "staff": {"bill_rate": 1, "strategic": 1, "tactical": 1},
    "tasks": {"hours": 1, "done": 1, "left": None},
}
"""What keeps an entry that lost a field out of other entries' checks: a task that is done, a person who can do it."""


def wrong_values(error: ValidationError, data: object, record: type[Record]) -> list[Finding]:
    """Return each error of pydantic as one plain sentence.

    Parameters
    ----------
    error
        What pydantic found.
    data
        What it read.
    record
        What it should have become.
    """
    known = _Known(data)
    said = (_said(dict(one), data, record, known) for one in error.errors(include_context=False))
    return list(dict.fromkeys(said))  # a day off is the first and the last of a span: one mistake all the same


class _Known:
    """What may be meant by a wrong word: keys, and entries by their ids and names."""

    def __init__(self, data: object) -> None:
        self.data = data
        self.speller = Speller()
        self._directories: dict[str, Directory] = {}

    def reference(self, path: Path, value: object) -> str | None:
        """Return a message on which entry was meant by a value that is no id; None where nothing is near it."""
        kind = referred_to(path)
        if kind is None or not isinstance(value, str):
            return None
        role = role_meant(path, value, self._directory("roles")) if kind == "staff" else None
        return role or self._directory(kind).mistaken(value)

    def twin(self, path: Path) -> str:
        """Return a question for the entry meant whose id looks the same as that of the entry at a path; "" if none."""
        if len(path) != 2 or path[0] not in LISTS:
            return ""
        own = id_of(inside(inside(self.data, path[0]), path[1]))
        other = None if own is None else self._directory(str(path[0])).twin(own)
        return "" if own is None or other is None else f"; {difference(own, other)}, did you mean {label(other)}?"

    def _directory(self, kind: str) -> Directory:
        if kind not in self._directories:
            self._directories[kind] = Directory.written(kind, self.data, self.speller)
        return self._directories[kind]


def _said(error: dict[str, Any], data: object, record: type[Record], known: _Known) -> Finding:
    kind, loc, value = error["type"], error["loc"], error["input"]
    if kind == "missing":
        allowed = _hint(_fields(_record_at(loc[:-1], record)).get(str(loc[-1])))
        at = _path(loc[:-1], data)
        return Finding(at, f'"{loc[-1]}" is missing{allowed}{known.twin(at)}')
    path = _path(loc, data)
    if isinstance(value, Misread):
        return Finding(path, value.wrong)
    if kind in {"extra_forbidden", "invalid_key"}:
        what_if = ("extends", "remove") if len(loc) == 1 and issubclass(record, Settings) else ()
        allowed_keys = [*_fields(_record_at(loc[:-1], record)), *what_if]
        inside_of = [key for key in allowed_keys if str(loc[-1]) in _fields(_record_at((*loc[:-1], key), record))]
        return Finding(path, _unknown_key(str(loc[-1]), allowed_keys, inside_of, known.speller), key=True)
    if kind in {"model_type", "model_attributes_type", "dict_type"}:
        return Finding(path, f"{shown(value)} is not a mapping{_such_as(_record_at(loc, record))}")
    if kind == "id" and (message := known.reference(path, value)) is not None:
        return Finding(path, message, key="[key]" in loc)
    own_words = "url" not in error  # pydantic gives a link for errors of its own
    return Finding(path, error["msg"] if own_words else f"{shown(value)} is not allowed here", key="[key]" in loc)


def _unknown_key(key: str, allowed: Sequence[str], inside_of: Sequence[str], speller: Speller) -> str:
    near = speller.nearest(key, allowed)
    if near is None and len(inside_of) == 1:
        return f'"{label(key)}" is not a known key here; it belongs in {inside_of[0]}'
    few = f": {listed(allowed)} are allowed" if near is None or len(allowed) <= _FEW else ""
    return f'"{label(key)}" is not a known key{few}{meant(near)}'


def _hint(info: FieldInfo | None) -> str:
    text = (info.description or "").replace("``", "").rstrip(".") if info else ""
    return f": {text[0].lower()}{text[1:]}" if text else ""


def _such_as(record: type[Record] | None) -> str:
    fields = _fields(record)
    needed = [name for name, info in fields.items() if info.is_required()] or list(fields)[:2]
    return f" such as {{{', '.join(f'{name}: ...' for name in needed)}}}" if needed else ""


def _path(loc: Path, data: object) -> Path:
    """Return the path of a value as it was written: without the names of alternatives and of short forms."""
    path: list[str | int] = []
    for part in loc:
        here = isinstance(data, Mapping) and part in data
        if here or (isinstance(part, int) and isinstance(data, list | tuple)):
            path.append(part)
            data = inside(data, part)
    return tuple(path)


def _fields(record: type[Record] | None) -> dict[str, FieldInfo]:
    """Return the fields of a record by the keys they are written with."""
    return {info.alias or name: info for name, info in record.model_fields.items()} if record else {}


def _record_at(loc: Path, record: type[Record] | None) -> type[Record] | None:
    """Return the record type that a path leads to."""
    own_keys = False  # whether the next part is a key that the planner chose, such as the name of a role
    for part in loc:
        info = None if own_keys else _fields(record).get(str(part))
        own_keys = False
        if info is not None:
            own_keys = any(get_origin(kind) is dict for kind in _kinds(info.annotation))
            record = next((kind for kind in _kinds(info.annotation) if _is_record(kind)), None)
    return record


def _is_record(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, Record)


def _kinds(annotation: Any) -> Iterator[Any]:
    """Yield a type and all the types it is made of."""
    yield annotation
    if get_origin(annotation) is not None or isinstance(annotation, types.UnionType | type(Union[int, str])):  # noqa: UP007
        for part in get_args(annotation):
            yield from _kinds(part)


@dataclass(frozen=True)
class Rest:
    """What can be read of a scenario with mistakes, so that its other mistakes can be told as well.

    Attributes
    ----------
    data
        The scenario without its wrong fields, and without entries that cannot be read at all.
    numbers
        For each list, the place in the list as written of each entry left.
    partial
        Entries that lost a field: what they seem to lack may be what they lost.
    ids
        For each list, the ids of entries left out, which others may name; None if the list cannot be read.
    """

    data: dict[str, Any]
    numbers: dict[str, list[int]] = field(default_factory=dict)
    partial: frozenset[Path] = frozenset()
    ids: Mapping[str, frozenset[str] | None] = field(default_factory=dict)

    def as_written(self, findings: Sequence[Finding]) -> list[Finding]:
        """Return findings with paths in the scenario as written, without those caused by what was left out."""
        kept = []
        for finding in findings:
            path = finding.path
            if len(path) > 1 and isinstance(number := path[1], int) and path[0] in self.numbers:
                path = (path[0], self.numbers[str(path[0])][number], *path[2:])
            if path not in self.partial:
                kept.append(Finding(path, finding.message, finding.key))
        return kept


def rest(error: ValidationError, data: Mapping[str, Any], record: type[Record]) -> Rest:
    """Return a scenario without what pydantic found to be wrong."""
    left: dict[str, Any] = {**data}
    wrong: dict[str, dict[str | int, set[str | int | None]]] = {name: {} for name in (*LISTS, *ROWS, "roles")}
    partial: set[Path] = set()
    for one in error.errors(include_context=False, include_input=False, include_url=False):
        name, *inner = one["loc"]
        if inner and name in wrong:
            wrong[str(name)].setdefault(inner[0], set()).add(inner[1] if len(inner) > 1 else None)
            partial.add((name, inner[0]))
        else:
            left.pop(str(name), None)
            partial.add((name,))
    ids: dict[str, frozenset[str] | None] = {"roles": frozenset(map(str, wrong["roles"]))}
    if isinstance(left.get("roles"), Mapping):
        left["roles"] = {key: role for key, role in left["roles"].items() if key not in wrong["roles"]}
    elif "roles" in data:
        ids["roles"] = None
    numbers: dict[str, list[int]] = {}
    for name in (*LISTS, *ROWS):
        entries = left.get(name)
        if not isinstance(entries, list | tuple):
            ids[name] = None if name in data or name == "staff" else frozenset()
            continue
        required = {key for key, info in _fields(_record_at((name,), record)).items() if info.is_required()}
        fatal = {None, *required} - _ENTRY_STAND_INS.get(name, {}).keys() - _AT_REST.get(name, {}).keys()
        gone = {number for number, fields in wrong[name].items() if fields & fatal}
        ids[name] = frozenset(found for number in gone if (found := id_of(inside(entries, number))) is not None)
        numbers[name] = [number for number in range(len(entries)) if number not in gone]
        left[name] = [_without(entries[number], wrong[name].get(number), name) for number in numbers[name]]
        partial |= {(name, number, key) for number in wrong[name] for key in _AT_REST.get(name, ())}
    return Rest({**_STAND_INS, **left}, numbers, frozenset(partial), ids)


def _without(entry: Any, fields: set[str | int | None] | None, kind: str) -> Any:
    """Return an entry without its wrong fields; stand-ins replace those that it cannot be read without."""
    if not fields:
        return entry
    kept = {key: value for key, value in entry.items() if key not in fields}
    return {**_ENTRY_STAND_INS.get(kind, {}), **kept, **_AT_REST.get(kind, {})}
