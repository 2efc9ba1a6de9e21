"""The variants of a sweep: each scenario with each case and each combination of the grid."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from staffing.errors import ScenarioError
from staffing.scenario.amounts import json_number, shown
from staffing.scenario.findings import Finding
from staffing.scenario.paths import Path
from staffing.scenario.scenario import Scenario
from staffing.sweeping.request import Variant
from staffing.sweeping.settings import Setting


@dataclass(frozen=True)
class Source:
    """A scenario that is varied.

    Attributes
    ----------
    values
        What tells it from the others; empty where it is the only one.
    scenario
        The scenario.
    """

    values: dict[str, Any]
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of one field, and where it is written."""

    setting: Setting
    value: Any
    place: Path


def variants(
    sources: Sequence[Source],
    cases: Sequence[Sequence[Choice]],
    grid: Sequence[Sequence[Choice]],
    tell: Callable[[Finding], None],
) -> list[Variant]:
    """Return all variants; values that a scenario cannot have are told, and left out.

    Values are set in the order they are written: those of a case first, the grid with its first path slowest.
    """
    found = []
    for source in sources:
        for case in cases or [()]:
            start: Variant | None = Variant(source.values, source.scenario)
            for choice in case:
                start = None if start is None else _with(start, choice, tell)
            found += [] if start is None else list(_combined(start, grid, tell))
    return found


def _combined(start: Variant, grid: Sequence[Sequence[Choice]], tell: Callable[[Finding], None]) -> Iterator[Variant]:
    if not grid:
        yield start
        return
    for choice in grid[0]:
        made = _with(start, choice, tell)
        if made is not None:
            yield from _combined(made, grid[1:], tell)


def _with(variant: Variant, choice: Choice, tell: Callable[[Finding], None]) -> Variant | None:
    try:
        scenario = choice.setting.changed(variant.scenario, choice.value)
    except ScenarioError as error:
        first = replace(error.errors[0], file=None, line=None, column=None)
        tell(Finding(choice.place, f"{shown(choice.value)} is no value for {choice.setting.text}: {first}"))
        return None
    return Variant({**variant.values, choice.setting.text: plain(choice.value)}, scenario)


def plain(value: Any) -> Any:
    """Return a value as JSON has it."""
    if isinstance(value, Decimal):
        return json_number(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return [plain(one) for one in value] if isinstance(value, list | tuple) else value
