"""The entries of a list by what people call them, to tell which one a wrong reference means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from staffing.scenario.findings import Speller, listed, meant
from staffing.scenario.paths import LISTS, ROWS, Path, id_of, inside, label
from staffing.scenario.records import BUILT_IN_ROLES
from staffing.scenario.spelling import alike, difference, forms

_ONE_OF = {"roles": "role", "staff": "person", "clients": "client", "projects": "project", "tasks": "task"}
_REFERS = {
    "role": "roles",
    "client": "clients",
    "project": "projects",
    "owner": "staff",
    "owners": "staff",
    "exclude": "staff",
    "only": "staff",
    "except": "staff",
    "estimates": "staff",
    "after": "tasks",
    "roles": "roles",
    "task": "tasks",
    "staff": "staff",
}
"""The fields of entries that hold references, and what to."""
_FEW = 8
_MOST_MEANT = 3
_LONGEST = 100


def one_of(kind: str) -> str:
    """Return the word for one entry of a list."""
    return _ONE_OF[kind]


def referred_to(path: Path) -> str | None:
    """Return the list that a reference at a path leads to; None if no reference stands there."""
    if len(path) < 3 or path[0] not in (*LISTS, *ROWS) or not isinstance(path[1], int):
        return None
    return _REFERS.get(str(path[2]))


def role_meant(path: Path, word: str, roles: Directory) -> str | None:
    """Return a message that a word meant as a person is a role, and how a task names roles; None if it is none."""
    if path[0] not in ("tasks", "clients") or "estimates" in path or (role := roles.same(word)) is None:
        return None
    forbids = path[2] in ("except", "exclude")
    one = next((other for other in roles.names if other != role), role) if forbids else role
    where = " in its tasks" if path[0] == "clients" else ""
    remedy = f"say{where} which roles are allowed, such as" if forbids else f"say{where}"
    return f'there is no person "{label(word)}": it is a role; {remedy} roles: [{label(one)}]'


class Directory:
    """The entries of one list, by id and by name.

    Parameters
    ----------
    kind
        ``roles``, ``staff``, ``clients``, ``projects`` or ``tasks``.
    names
        The name of each id, or None.
    speller
        Shared by all directories of a scenario, so that thousands of mistakes are told in time.
    """

    def __init__(self, kind: str, names: Mapping[str, str | None], speller: Speller) -> None:
        self.kind, self.names, self.speller = kind, names, speller

    @classmethod
    def written(cls, kind: str, data: object, speller: Speller) -> Directory:
        """Take the entries from a scenario as it is written, checked or not."""
        entries = inside(data, kind)
        if kind == "roles":
            own = entries if isinstance(entries, Mapping) else ()
            return cls(kind, {str(name): None for name in (*BUILT_IN_ROLES, *own)}, speller)
        names: dict[str, str | None] = {}
        for entry in entries if isinstance(entries, list | tuple) else ():
            if (id_ := id_of(entry)) is not None:
                name = inside(entry, "name")
                names.setdefault(id_, name if isinstance(name, str) else None)
        return cls(kind, names, speller)

    def missing(self, word: str, aside: str = "") -> str:
        """Return a message that a word is no id, with the id meant or the ids there are; `aside` comes between."""
        few = f": {listed([label(id_) for id_ in self.names])} can be named" if 0 < len(self.names) <= _FEW else ""
        return f'there is no {_ONE_OF[self.kind]} "{label(word)}"{aside}{self.remedy(word) or few}'

    def same(self, word: str) -> str | None:
        """Return the id that a word is, or looks like, blanks for underlines; None if there is none."""
        words = {word, "_".join(word.split())}
        return next((found[0] for one in words if (found := self._found(self._looks, forms(one)))), None)

    def mistaken(self, word: str) -> str | None:
        """Return a message that a word is no id, with the id that was meant; None if none is near it."""
        remedy = self.remedy(word)
        return f'there is no {_ONE_OF[self.kind]} "{label(word)}"{remedy}' if remedy else None

    def remedy(self, word: str) -> str:
        """Return a question for the entry that looks the same, has that name or nearly that id; "" if none is near."""
        if len(word) > _LONGEST:
            return ""
        if found := self._found(self._looks, forms(word)):
            return f": {difference(word, found[0])}{self._meant(found[:1])}"
        for index in (self._by_name, self._by_part):
            if found := self._found(index, forms(word)):
                return self._meant(found)
        if near := self.speller.nearest(word, self.names):
            return meant(near)
        near = self.speller.nearest(word, [name for name in self.names.values() if name])
        return self._meant(self._found(self._by_name, forms(near))) if near else ""

    def twin(self, id_: str) -> str | None:
        """Return another id of the list that looks the same; None if there is none."""
        return next((other for form in forms(id_) for other in self._looks.get(form, ()) if other != id_), None)

    @staticmethod
    def _found(index: Mapping[str, list[str]], keys: Iterable[str]) -> list[str]:
        """Return the ids that the first matching key leads to; [] if they are too many to name."""
        found = next((index[key] for key in keys if key in index), [])
        return found if len(found) <= _MOST_MEANT else []

    def _meant(self, ids: list[str]) -> str:
        if not ids:
            return ""
        shown = []
        for id_ in ids:
            name = self.names[id_]
            shown.append(label(id_) if name in (None, id_) else f"{label(id_)} ({label(name or '')})")
        return f"; did you mean {listed(shown, 'or')}?"

    @cached_property
    def _looks(self) -> dict[str, list[str]]:
        return _index((form, id_) for id_ in self.names for form in forms(id_))

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        return _index((form, id_) for id_, name in self.names.items() if name for form in forms(name[:_LONGEST]))

    @cached_property
    def _by_part(self) -> dict[str, list[str]]:
        """The ids by each word of their names, such as somebody's first name."""
        return _index(
            (part, id_)
            for id_, name in self.names.items()
            if name
            for part in alike(name[:_LONGEST]).split()
            if len(part) > 1
        )


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for key, id_ in dict.fromkeys(pairs):
        found.setdefault(key, []).append(id_)
    return found
