"""A smallest set of facts that cannot hold together, given a test of whether some of them can.

One set from which nothing can be left out is found by halving (QuickXplain). Whether a smaller one exists is decided by
hitting sets: where all but a few facts can hold together, every such set has one of these few; the least number of
facts that hits all of these groups is a bound, and where those facts alone cannot hold together, they are the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Generic, TypeVar

Fact = TypeVar("Fact")
MOST_HITS = 200_000
"""Sets of facts that are tried to hit all groups."""


@dataclass(frozen=True)
class Conflict(Generic[Fact]):
    """Facts that cannot hold together.

    Attributes
    ----------
    facts
        These facts.
    irreducible
        Whether it is proven that each one, dropped alone, lets the rest hold.
    smallest
        Whether it is proven that fewer can always hold together.
    """

    facts: tuple[Fact, ...]
    irreducible: bool
    smallest: bool


class Search(Generic[Fact]):
    """Seeks a conflict among facts that are known not to hold together.

    Parameters
    ----------
    facts
        All of them, first those that are to stay where there is a choice.
    holds
        Whether some of them hold together; None where that is not known.
    over
        Whether time is up.
    """

    def __init__(
        self, facts: Sequence[Fact], holds: Callable[[frozenset[Fact]], bool | None], over: Callable[[], bool]
    ) -> None:
        self._facts = tuple(facts)
        self._ask, self._over = holds, over
        self._known: dict[frozenset[Fact], bool | None] = {}
        self._groups: list[frozenset[Fact]] = []
        """Every conflict has a fact of each of these."""

    def run(self) -> Conflict[Fact]:
        """Return the smallest conflict found."""
        found = self._some()
        irreducible = all(self._holds(frozenset(found) - {fact}) for fact in found)
        smallest = irreducible and self._none_smaller(found)
        while irreducible and not smallest and not self._over():
            hits, complete = self._hits(len(found) - 1)
            if hits is None:
                smallest = complete
                break
            if self._holds(hits) is False:
                found, smallest = self._in_order(hits), True
            elif not self._group_beyond(hits):
                break
        return Conflict(tuple(found), irreducible, smallest)

    def _holds(self, facts: Collection[Fact]) -> bool | None:
        key = frozenset(facts)
        if key not in self._known:
            self._known[key] = None if self._over() else self._ask(key)
        return self._known[key]

    def _in_order(self, facts: Collection[Fact]) -> list[Fact]:
        return [fact for fact in self._facts if fact in facts]

    # one from which nothing can be left out

    def _some(self) -> list[Fact]:
        return self._in_order(self._needed([], [], list(self._facts)))

    def _needed(self, kept: list[Fact], added: list[Fact], facts: list[Fact]) -> list[Fact]:
        """Return what is needed of some facts, beside those kept, so that all together cannot hold."""
        if added and self._holds(kept) is False:
            return []
        if len(facts) == 1:
            return facts
        first, second = facts[: len(facts) // 2], facts[len(facts) // 2 :]
        later = self._needed([*kept, *first], first, second)
        return [*self._needed([*kept, *later], later, first), *later]

    # whether a smaller one exists

    def _none_smaller(self, found: Collection[Fact]) -> bool:
        """Return whether each of some facts is in every conflict; note those that are."""
        everything = frozenset(self._facts)
        for fact in found:
            if self._holds(everything - {fact}):
                self._groups.append(frozenset({fact}))
        return len(self._groups) == len(found)

    def _hits(self, most: int) -> tuple[frozenset[Fact] | None, bool]:
        """Return the fewest facts that hit all groups, if so many do; and whether all such sets were tried."""
        sure = frozenset(fact for group in self._groups if len(group) == 1 for fact in group)
        open_ = [group for group in self._groups if not group & sure]
        choice = self._in_order(frozenset().union(*open_))
        sets = chain.from_iterable(combinations(choice, size) for size in range(most - len(sure) + 1))
        for tried, more in enumerate(sets):
            if tried > MOST_HITS:
                return None, False
            if all(group.intersection(more) for group in open_):
                return sure.union(more), True
        return None, True

    def _group_beyond(self, held: frozenset[Fact]) -> bool:
        """Note the facts that cannot all hold beside some that do; return whether there are any."""
        if not self._holds(held):
            return False
        grown = self._grown(held, [fact for fact in reversed(self._facts) if fact not in held])
        if self._over():
            return False
        self._groups.append(frozenset(self._facts) - grown)
        return True

    def _grown(self, held: frozenset[Fact], more: list[Fact]) -> frozenset[Fact]:
        """Return facts that hold together, and as many more as still do."""
        if not more or self._holds(held.union(more)):
            return held.union(more)
        if len(more) == 1:
            return held
        half = len(more) // 2
        return self._grown(self._grown(held, more[:half]), more[half:])
