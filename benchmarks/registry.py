"""What is measured: families of agencies, and the cases they make."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.generator import SIZES, Size, agency

MAIN = tuple(SIZES[name] for name in ("S", "M", "L", "XL"))


@dataclass(frozen=True, slots=True)
class Spec:
    """A family of agencies.

    Attributes
    ----------
    name
        Of the family.
    build
        Gives a scenario in the format, from size, load and seed.
    sizes
        Sizes it is measured at.
    without
        Rules that are left out.
    """

    name: str
    build: Callable[..., dict[str, Any]]
    sizes: tuple[Size, ...] = MAIN
    without: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """One agency to plan."""

    spec: Spec
    size: Size
    load: float
    seed: int

    @property
    def name(self) -> str:
        """Name in tables and files."""
        return f"{self.spec.name} {self.size.name} {self.load} {self.seed}"

    def scenario(self) -> dict[str, Any]:
        """Make up the agency."""
        return self.spec.build(self.size, load=self.load, seed=self.seed, without=self.spec.without)


SPECS = {
    spec.name: spec
    for spec in (
        Spec("net-value", partial(agency, variant="net_value")),
        Spec("default", partial(agency, variant="default")),
        Spec("net-value-steady", partial(agency, variant="net_value"), without=frozenset({"switching"})),
        Spec("default-steady", partial(agency, variant="default"), without=frozenset({"switching"})),
    )
}
"""With switching between clients on, and (steady) off."""


def cases(
    specs: Collection[str],
    sizes: Collection[str],
    loads: Collection[float],
    seeds: Collection[int],
    without: Collection[str] = (),
) -> Iterator[Case]:
    """Yield cases, small ones first; rules of `without` are left out of all of them."""
    for size in sizes:
        for name in specs:
            spec = SPECS[name]
            left_out = Spec(spec.name, spec.build, spec.sizes, spec.without | frozenset(without))
            for load in loads:
                for seed in seeds:
                    yield Case(left_out, SIZES[size], load, seed)
