"""Which cases make the whole table, and which its short form."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from benchmarks.engines import ENGINES
from benchmarks.registry import SPECS, Case, cases, of_file

OURS = ("staffing",)
SEEDS = (0, 1, 2)


class Planned(NamedTuple):
    """A case, who plans it, and how long."""

    case: Case
    engines: Collection[str]
    seconds: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a table.

    Attributes
    ----------
    families, files
        What is planned.
    engines, seeds
        By whom, and with which seeds.
    sizes, loads
        Those of each family if none are given.
    seconds
        Every case with each; those of its size if none are given.
    without
        Rules to leave out.
    """

    families: Collection[str] = ()
    engines: Collection[str] = OURS
    seeds: Collection[int] = SEEDS
    sizes: Collection[str] = ()
    loads: Collection[float] = ()
    seconds: Collection[float] = ()
    files: Collection[Path] = ()
    without: Collection[str] = ()

    def planned(self, *, short: bool) -> Iterator[Planned]:
        """Yield the cases of this part, small ones first."""
        of_files = (of_file(path, seed) for path in self.files for seed in self.seeds)
        for case in (*of_files, *cases(self.families, self.sizes, self.loads, self.seeds, self.without)):
            for seconds in self.seconds or (case.seconds[short],):
                yield Planned(case, self.engines, seconds)


FIELD = ("field", "field-value")
FIRST = ("net-value", "default")
"""Families of the first generator."""
WHOLE = (
    Part(("field",)),
    Part(("field",), sizes=("5",), seconds=(60,)),
    Part(("field-value",), seeds=(0, 1)),  # contacts with one, balance with the other
    Part(("shipped",)),
    Part(("net-value",), sizes=("S", "M", "L")),
    Part(("net-value",), sizes=("XL",), loads=(1.1,)),
    Part(("field",), ENGINES, (0,), ("5", "14", "45"), seconds=(10, 60)),
    Part(("shipped",), ENGINES, (0,), ("agency",), seconds=(10, 60)),
    Part(("fewest-people",), ENGINES, (0,)),
    Part(("field-value",), ENGINES, (0,), ("5", "14", "45"), seconds=(10,)),
    Part(FIRST, ENGINES, (0,), ("S", "M", "L"), (1.1,), (10,)),
)
SHORT = (
    Part(FIELD, OURS, (0,), ("5", "14", "45")),
    Part(("shipped",), OURS, (0,)),
    Part(("fewest-people",), OURS, (0,)),
    Part(FIRST, OURS, (0,), ("S", "M", "L"), (1.1,)),
    Part(("field",), ("staffing", "highs", "cp_sat"), (0,), ("5", "14"), seconds=(10,)),
)
ASSIGNMENT: tuple[tuple[tuple[str, ...], float], ...] = (
    ((*(f"gap{number}" for number in range(1, 13)), "a", "b"), 10),
    (("c", "d", "e"), 60),
)
"""Instances of generalised assignment, with seconds."""
ASSIGNMENT_SHORT: tuple[tuple[tuple[str, ...], float], ...] = ((("gap1-1", "gap8-1", "c05100", "c10100", "e05100"), 5),)
MEASURED = tuple(name for name in SPECS if not name.endswith("-steady"))
"""Families that are planned where none are named."""
