"""Changes to what a file says: fields lost, doubled, exchanged, or with values nobody meant."""

from __future__ import annotations

import copy
from collections.abc import Callable
from random import Random
from typing import Any

Tree = Any
Further = dict[str, tuple[tuple[str, Any], ...]]
Place = tuple[Any, Any]
"""A mapping or list, and a key or index of it."""

NASTY: tuple[Any, ...] = (
    *(None, True, False, [], {}, [None], [[]], {"": None}, [{}], "", " ", "null", "~", "yes", "Nein", "x" * 5_000),
    *(0, -1, 1, 2, 156, 157, 100_000, 100_001, 10**12, 10**12 + 1, 2**63, -(2**63), 10**30, 10**400),
    *(0.1, 0.25, 0.3333, 1e-4, 1e-5, -0.5, 1e18, 1e308, float("inf"), float("nan"), -0.0, 0.1 + 0.2),
    *("1,5", "1.200", "1,008.5", "1e400", "1e-999999", "0x10", "1_000", "٣", "۱۲٫۵", "½", "8h", "1:30", "-", ".5"),
    *("2026-01-05", "2026-02-30", "1404-12-30", "1404-10-15", "0000-00-00", "0001-01-01", "9999-12-31", "13.03.2026"),
    *("2026-1-5", "2026-01-05T10:00", "1699-12-31", "1700-01-01", "46100", "2026-01-19..2026-01-23", "1405/02/10"),
    *("\u202e", "a\0b", "\x1b[2J", "\r\n=1+1", "\ufeff", "\ud800", "سارا", "\u200c", "é", "e\u0301", "🦆", "I\u0307"),
    *("=1+1", "#REF!", "#N/A", "'", '"', "a;b", "a, b", "a=1; b=2@3", "..", "@", "x@1", "a+1", "*", "&a", "!!str"),
    *("sara", "omid", "extra", "extra-2", "nova", "plan", "talk", "talk@1", "../base.yaml", "/dev/null", "a" * 300),
)
"""Values that are not meant, or just at a limit."""


def places(tree: Tree) -> list[Place]:
    """Every place that a value stands in."""
    found: list[Place] = []
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        keys = list(one) if isinstance(one, dict) else list(range(len(one))) if isinstance(one, list) else []
        found += [(one, key) for key in keys]
        waiting += [one[key] for key in keys]
    return found


def _replace(random: Random, place: Place, _tree: Tree) -> None:
    place[0][place[1]] = copy.deepcopy(random.choice(NASTY))


def _delete(_random: Random, place: Place, _tree: Tree) -> None:
    del place[0][place[1]]


def _double(random: Random, place: Place, _tree: Tree) -> None:
    within, key = place
    value = copy.deepcopy(within[key])
    if isinstance(within, list):
        within.insert(random.randint(0, len(within)), value)
    else:
        within[f"{key}{random.choice(['', ' ', '2', 's'])}"] = value


def _exchange(random: Random, place: Place, tree: Tree) -> None:
    """Put the value of another place here, and sometimes this one's there."""
    other, key = random.choice(places(tree))
    here, there = place[0][place[1]], other[key]
    place[0][place[1]] = copy.deepcopy(there)
    if random.random() < 0.5:
        other[key] = copy.deepcopy(here)


def _rename(random: Random, place: Place, tree: Tree) -> None:
    """Replace the key of a value by another key of the tree, or by a mistyped one."""
    within, key = place
    if not isinstance(within, dict):
        return
    keys = [other for _, other in places(tree) if isinstance(other, str)]
    typed = str(key)[1:] + str(key)[:1]
    within[random.choice([*keys, typed, str(key).upper(), f"{key}\u200c", ""])] = within.pop(key)


def _wrap(random: Random, place: Place, _tree: Tree) -> None:
    value = place[0][place[1]]
    for _ in range(random.choice([1, 1, 1, 2, 60, 99, 150])):
        value = [value] if random.random() < 0.5 else {random.choice(["id", "hours", "x"]): value}
    place[0][place[1]] = value


def _adjust(random: Random, place: Place, tree: Tree) -> None:
    """Change a number or a day a little, or much; what is neither is replaced."""
    value = place[0][place[1]]
    if isinstance(value, int | float) and not isinstance(value, bool):
        place[0][place[1]] = random.choice(
            [
                -value,
                value * 10,
                value * 10**9,
                value + 0.25,
                value + 0.0001,
                value / 3,
                str(value),
                value - 1,
                f"{value} h",
            ]
        )
    elif isinstance(value, str) and value[:2] in ("20", "14"):
        year = random.choice(["2025", "2026", "2027", "1404", "9999", "0001", value[:4]])
        month, day = random.randint(0, 13), random.randint(0, 32)
        place[0][place[1]] = f"{year}-{month:02d}-{day:02d}"
    else:
        _replace(random, place, tree)


def _many(random: Random, place: Place, _tree: Tree) -> None:
    """Put very many values where one stands, or entries where a list is."""
    within, key = place
    value = within[key]
    count = random.choice([30, 300, 2_000])
    if isinstance(value, dict) and isinstance(within, list):
        within += [{**copy.deepcopy(value), "id": f"{value.get('id', 'a')}-{number}"} for number in range(count // 10)]
    else:
        within[key] = [
            copy.deepcopy(value) for _ in range(min(count, 300 if isinstance(value, list | dict) else count))
        ]


CHANGES: tuple[Callable[[Random, Place, Tree], None], ...] = (
    *(_replace, _replace, _replace, _delete, _delete, _double, _exchange, _exchange),
    *(_rename, _wrap, _adjust, _adjust, _adjust, _many),
)


def changed(random: Random, tree: Tree, further: Further) -> Tree:
    """Change a tree in one place or a few.

    Parameters
    ----------
    random
        Makes the choices.
    tree
        What is changed; it stays as it is.
    further
        Keys and values that may be put into the whole ("") and into the entries of each list.
    """
    tree = copy.deepcopy(tree)
    for _ in range(random.choice([1, 1, 1, 1, 2, 2, 3, 8])):
        found = places(tree)
        if not found:
            break
        if random.random() < 0.5:
            _say_more(random, tree, further)
        else:
            random.choice(CHANGES)(random, random.choice(found), tree)
    return tree


def _say_more(random: Random, tree: Tree, further: Further) -> None:
    where = random.choice([*further, *(name for name in further for _ in range(3) if name)])
    entries = tree.get(where) if where else [tree]
    key, value = random.choice(further[where])
    if isinstance(entries, list) and entries and isinstance(entry := random.choice(entries), dict):
        entry[key] = copy.deepcopy(value)


def said_more(random: Random, tree: Tree, further: Further) -> Tree:
    """Return a copy of a tree that says more in a few places, and is otherwise the same."""
    tree = copy.deepcopy(tree)
    for _ in range(random.choice([1, 1, 2, 3])):
        _say_more(random, tree, further)
    return tree
