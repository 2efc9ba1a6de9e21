"""A number of a scenario, or the same number of many entries, told by its path: `staff.omid.cost_rate`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fnmatch import fnmatchcase
from typing import Any, Literal

from staffing.errors import ScenarioError
from staffing.scenario.findings import Speller, listed, meant
from staffing.scenario.records import WEIGHTS, HoursRange, Role, Staff, Task
from staffing.scenario.scenario import Scenario

Unit = Literal["hours", "money", "ratio", "count", "factor"]
UNITS: dict[Unit, Decimal] = {
    "money": Decimal("0.01"),
    "ratio": Decimal("0.001"),
    "factor": Decimal("0.001"),
    "count": Decimal(1),
}
"""How near two values of a number are to each other at least; hours lie on the grid of the scenario."""

_PRODUCTIVE: dict[str, Unit] = {
    "strategic": "ratio",
    "tactical": "ratio",
    "weekly_hours": "hours",
    "cost_rate": "money",
    "bill_rate": "money",
}
_PURSE: dict[str, Unit] = {"budget.amount": "money", "budget.spent": "money"}
FIELDS: dict[str, dict[str, Unit]] = {
    "roles": _PRODUCTIVE,
    "staff": {
        **_PRODUCTIVE,
        "target_utilisation": "ratio",
        "hire_cost": "money",
        "max_clients": "count",
        "max_clients_per_week": "count",
        "overtime.hours": "hours",
        "overtime.premium": "ratio",
        "limits.strategic": "hours",
        "limits.tactical": "hours",
    },
    "clients": _PURSE,
    "projects": _PURSE,
    "tasks": {
        "hours": "hours",
        "done": "hours",
        "left": "hours",
        "weekly_max": "hours",
        "value": "money",
        "earliest": "count",
        "due": "count",
        "deadline": "count",
        "max_owners": "count",
    },
}
"""By list of the scenario: the numbers of an entry."""
_SHORT = {"budget": "budget.amount", "overtime": "overtime.hours"}
_DECIMALS = {"money": 2, "count": 0}
"""Decimals that a number times a factor is rounded to; others have 4."""


@dataclass(frozen=True)
class Path:
    """Where a number stands.

    Attributes
    ----------
    text
        As it was asked for.
    within
        The list it is in; empty for a number of the scenario itself.
    entry
        Id of its entry, or with ``*`` a pattern of several: their numbers are multiplied by one factor.
    field
        The field, such as ``budget.amount``.
    """

    text: str
    within: str
    entry: str
    field: str

    @classmethod
    def of(cls, text: str) -> Path:
        """Read a path.

        Raises
        ------
        ScenarioError
            Where there is no such number.
        """
        within, _, rest = text.partition(".")
        if text == "switching":
            return cls(text, "", "", text)
        if within not in FIELDS:
            known = ["switching", *FIELDS]
            said = f'"{text}" is no path: it begins with {listed(known, "or")}, as in staff.sara.cost_rate'
            raise ScenarioError(said + meant(Speller().nearest(within, known)))
        for field in sorted([*FIELDS[within], *_SHORT], key=len, reverse=True):
            entry = rest.removesuffix(f".{field}")
            if entry and entry != rest and _SHORT.get(field, field) in FIELDS[within]:
                return cls(text, within, entry, _SHORT.get(field, field))
        fields = list(FIELDS[within])
        said = f'"{text}" is no path: after {within} and an id, or *, comes {listed(fields, "or")}'
        raise ScenarioError(said + meant(Speller().nearest(rest.rpartition(".")[2], fields)))

    @property
    def scales(self) -> bool:
        """Whether the value is a factor."""
        return "*" in self.entry

    @property
    def unit(self) -> Unit:
        """What the value is counted in."""
        if self.scales:
            return "factor"
        return FIELDS[self.within][self.field] if self.within else "hours"

    def entries(self, scenario: Scenario) -> list[str]:
        """Return the ids of the entries that it speaks of; none where the scenario does not have any."""
        if not self.within:
            return [""]
        ids = list(scenario.roles) if self.within == "roles" else [one.id for one in getattr(scenario, self.within)]
        return [id_ for id_ in ids if (fnmatchcase(id_, self.entry) if self.scales else id_ == self.entry)]

    def check(self, scenarios: tuple[Scenario, ...]) -> None:
        """Raise an error unless one of the scenarios has the entry, and a factor something to multiply.

        Raises
        ------
        ScenarioError
            With the nearest id.
        """
        if not any(self.entries(scenario) for scenario in scenarios):
            every = Path(self.text, self.within, "*", self.field)
            known = list(dict.fromkeys(id_ for scenario in scenarios for id_ in every.entries(scenario)))
            which = "matches" if self.scales else "is named"
            said = f'nothing among the {self.within} of either scenario {which} "{self.entry}"'
            raise ScenarioError(said + meant(Speller().nearest(self.entry, known)))
        if self.scales and not any(value for scenario in scenarios for value in self._values(scenario)):
            raise ScenarioError(f"no entry has a {self.field} above 0 that a factor could change: {self.text}")

    def present(self, scenario: Scenario) -> Decimal | None:
        """Return the value now; None where there is none, or more than one."""
        if self.scales:
            return Decimal(1)
        values = [value for value in self._values(scenario) if isinstance(value, int | Decimal)]
        return Decimal(values[0]) if values else None

    def _values(self, scenario: Scenario) -> list[Any]:
        return [_value(scenario, self, id_) for id_ in self.entries(scenario)]

    def changed(self, scenario: Scenario, value: Decimal) -> Scenario:
        """Return the What-if in which the number has another value, or each of several is multiplied by it.

        Raises
        ------
        ScenarioError
            Where the format does not allow the value.
        """
        named = {"name": scenario.name}
        if not self.within:
            return scenario.patch({**named, self.field: value})
        told = dict(self._told(scenario, value))
        if not told:
            return scenario
        if self.within == "roles":
            return scenario.patch({**named, "roles": told})
        return scenario.patch({**named, self.within: [{"id": id_, **change} for id_, change in told.items()]})

    def _told(self, scenario: Scenario, value: Decimal) -> Iterator[tuple[str, dict[str, Any]]]:
        """Yield each entry and what changes of it, written as in a scenario."""
        for id_ in self.entries(scenario):
            new: Any = value
            if self.scales:
                now = _value(scenario, self, id_)
                if now is None or isinstance(now, str):
                    continue
                new = _times(now, value, _DECIMALS.get(FIELDS[self.within][self.field], 4))
            for part in reversed(self.field.split(".")):
                new = {part: new}
            yield id_, new


def _value(scenario: Scenario, path: Path, id_: str) -> Any:
    """Return a number as the scenario has it: its own, or that of the role, or what stands for it."""
    if not path.within:
        return scenario.switching
    entries = scenario.roles if path.within == "roles" else {one.id: one for one in getattr(scenario, path.within)}
    entry: Any = entries[id_]
    value = entry
    for part in path.field.split("."):
        value = getattr(value, part) if value is not None else None
    if isinstance(entry, Staff) and value is None and path.field in Role.model_fields:
        return getattr(scenario.roles[entry.role], path.field)
    if isinstance(entry, Task) and value is None and path.field == "value":
        return WEIGHTS[entry.priority] * entry.likely
    return value


def _times(now: Any, factor: Decimal, decimals: int) -> Any:
    """Return a number times a factor; of hours that change over time, or are a range, each."""
    if isinstance(now, tuple):
        return [{"from": one.since, "hours": _times(one.hours, factor, decimals)} for one in now]
    if isinstance(now, HoursRange):
        return {name: _times(hours, factor, decimals) for name, hours in now.model_dump().items()}
    if not isinstance(now, int | Decimal):
        return now
    return (now * factor).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
