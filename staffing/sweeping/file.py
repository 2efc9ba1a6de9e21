"""The file of a sweep, as it is written."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, Field

from staffing.scenario.amounts import Flag, PositiveHours, Rate, Text, Tolerance, refuse, shown
from staffing.scenario.records import Listed, Record

MOST_SEEDS = 1_000
_SEEDS = "whole numbers, 0 or more, below 2147483648"


def _seeds(value: object) -> object:
    """Read seeds: a number of them, or each of them."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        if value != int(value) or not 1 <= value <= MOST_SEEDS:
            raise refuse("seeds", f"{shown(value)} is out of range: each run is repeated 1 to {MOST_SEEDS:,} times")
        return tuple(range(int(value)))
    if not isinstance(value, list | tuple) or not value:
        raise refuse("seeds", f"{shown(value)} is neither how often to repeat each run nor a list of seeds")
    for seed in value:
        number = isinstance(seed, int | Decimal) and not isinstance(seed, bool)
        if not number or seed != int(seed) or not 0 <= seed < 2**31:
            raise refuse("seeds", f"{shown(seed)} is no seed: {_SEEDS}")
    if len(set(value)) < len(value):
        raise refuse("seeds", "a seed is named twice: the same run would be told twice")
    return tuple(int(seed) for seed in value)


def _pair(value: object) -> object:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise refuse("plot", f"{shown(value)} is no pair of measures, such as [cost, value]: across and up")
    return value


class Steps(Record):
    """Values from one number to another."""

    since: Annotated[Decimal, *Rate.__metadata__] = Field(alias="from")
    """The first value."""
    to: Rate
    """The last value, if the steps reach it."""
    step: Rate
    """From one value to the next."""


class Solve(Record):
    """How each run is solved."""

    time_limit: PositiveHours = Decimal(60)
    """Seconds for each run."""
    gap: Tolerance = Decimal(0)
    """Relative distance between value and bound at which a goal is good enough."""
    deterministic: Flag = False
    """Whether the same run gives the same plan again."""


class SweepFile(Record):
    """A sweep."""

    name: Text | None = None
    """What the sweep is called; the file's name if not given."""
    base: Any = None
    """The scenario that is varied."""
    vary: dict[Text, Any] = Field(default_factory=dict)
    """By path, a list of values or {from, to, step}; all combinations are solved."""
    cases: Annotated[tuple[dict[Text, Any], ...], Listed] = ()
    """Mappings of paths to values, each solved as it stands."""
    scenarios: Annotated[tuple[Any, ...], Listed] = ()
    """Whole scenarios in place of the base."""
    repeat: Annotated[tuple[int, ...], BeforeValidator(_seeds)] = (0,)
    """How often each variant is solved, with seeds 0, 1, ..., or a list of seeds."""
    measures: Annotated[tuple[Text, ...], Listed] | None = None
    """Goals and metrics that are told of each run, such as cost or utilisation.by_role.project_manager."""
    plot: Annotated[tuple[Text, Text], BeforeValidator(_pair)] | None = None
    """Two measures that are plotted, across and up."""
    solve: Solve = Solve()
    """time_limit, gap and deterministic of each run."""
