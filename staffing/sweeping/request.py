"""What a sweep asks for: variants of a scenario, seeds, how each run is solved, and what it is measured by."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Any

from staffing.scenario.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Options:
    """How each run is solved; always on one thread.

    Attributes
    ----------
    time_limit, gap, deterministic
        As for :func:`staffing.solve`.
    """

    time_limit: float = 60.0
    gap: float = 0.0
    deterministic: bool = False

    def as_text(self) -> str:
        """Return them in one form, whichever way they were written."""
        told = {"time_limit": float(self.time_limit), "gap": float(self.gap), "deterministic": self.deterministic}
        return json.dumps(told, sort_keys=True)


@dataclass(frozen=True)
class Variant:
    """One variant of the scenario.

    Attributes
    ----------
    values
        What is varied, by path; of whole scenario files the file, as ``scenario``.
    scenario
        The variant itself.
    """

    values: dict[str, Any]
    scenario: Scenario

    def distance(self, other: Variant) -> int:
        """Return how many of the values differ from those of another variant."""
        names = {*self.values, *other.values}
        return sum(self.values.get(name) != other.values.get(name) for name in names)


@dataclass(frozen=True)
class Run:
    """One variant solved with one seed.

    Attributes
    ----------
    number
        Its place in the sweep, counted from 1.
    variant, seed
        What is solved.
    key
        The same for the same scenario, options, seed and version of the package, whatever the sweep.
    """

    number: int
    variant: Variant
    seed: int
    key: str


@dataclass(frozen=True)
class Request:
    """A sweep as it is asked for.

    Attributes
    ----------
    name
        What it is called.
    scenario
        The base; without one the first of the scenario files.
    paths
        What is varied, in the order it is told.
    variants
        All of them.
    seeds
        Each variant is solved once with each.
    measures
        Names of what runs are measured by.
    plot
        Two of them, across and up, that are plotted; None where the sweep leaves it open.
    options
        How runs are solved.
    """

    name: str
    scenario: Scenario
    paths: tuple[str, ...]
    variants: tuple[Variant, ...]
    seeds: tuple[int, ...]
    measures: tuple[str, ...]
    plot: tuple[str, str] | None
    options: Options

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """All runs, variant by variant."""
        return tuple(self._runs())

    def _runs(self) -> Iterator[Run]:
        number = 0
        for variant in self.variants:
            for seed in self.seeds:
                number += 1
                yield Run(number, variant, seed, key_of(variant.scenario, self.options, seed))


def key_of(scenario: Scenario, options: Options, seed: int) -> str:
    """Return what a run is known by: all that its result may depend on."""
    told = [scenario.fingerprint, options.as_text(), seed, version("staffing")]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()
