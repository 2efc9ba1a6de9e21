"""Walks along what comes before, or after, something: topological order and transitive closure."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

Node = TypeVar("Node", bound=Hashable)


def in_order(nodes: Iterable[Node], before: Callable[[Node], Iterable[Node]]) -> list[Node]:
    """Return nodes in the order given, each after its predecessors, which are added.

    Parameters
    ----------
    nodes
        Where to begin.
    before
        The direct predecessors of a node; there are no cycles.
    """
    found: dict[Node, None] = {}
    for node in nodes:
        stack = [node]
        while stack:
            open_ = [other for other in before(stack[-1]) if other not in found]
            if open_:
                stack += open_
            else:
                found.setdefault(stack.pop())
    return list(found)


def closure(nodes: Iterable[Node], neighbours: Callable[[Node], Iterable[Node]]) -> set[Node]:
    """Return nodes and all that is reached from them."""
    open_ = list(nodes)
    found = set(open_)
    while open_:
        new = [other for other in neighbours(open_.pop()) if other not in found]
        found.update(new)
        open_ += new
    return found
