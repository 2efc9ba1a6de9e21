"""What a sweep varies: a number as a break-even does, or any other field of a scenario, told by its path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase
from typing import Any

from staffing.decisions.paths import Path
from staffing.errors import ScenarioError
from staffing.scenario.amounts import shown
from staffing.scenario.findings import Speller, listed, meant
from staffing.scenario.records import Client, Project, Record, Role, Staff, Task
from staffing.scenario.scenario import Scenario

ENTRIES: dict[str, type[Record]] = {
    "roles": Role,
    "staff": Staff,
    "clients": Client,
    "projects": Project,
    "tasks": Task,
}
OF_ALL = ("start", "weeks", "step", "calendar", "budget_basis", "switching", "as_of", "goals")
"""Fields of the scenario itself that a sweep may vary."""
_FIXED = frozenset({"id"})


@dataclass(frozen=True)
class Setting:
    """A field of a scenario, or the same field of several entries.

    Attributes
    ----------
    text
        Its path as it is written, such as ``staff.omid.cost_rate``.
    number
        The same path as that of a number, which may be multiplied; None for other fields.
    within, entry, field
        List, id or pattern, and the way to the field; only the field where it is one of the scenario itself.
    """

    text: str
    number: Path | None
    within: str
    entry: str
    field: tuple[str, ...]

    @classmethod
    def of(cls, text: str, scenarios: Sequence[Scenario]) -> Setting:
        """Read a path.

        Raises
        ------
        ScenarioError
            Where none of the scenarios has such a field, with what was probably meant.
        """
        within, _, rest = text.partition(".")
        if not rest and within in OF_ALL:
            number = Path.of(text) if text == "switching" else None
            return cls(text, number, "", "", (text,))
        if within not in ENTRIES:
            known = [*OF_ALL, *ENTRIES]
            said = f'"{text}" is no path: it is one of {listed(OF_ALL)}, or begins with {listed(list(ENTRIES), "or")}'
            raise ScenarioError(f"{said}, as in staff.sara.cost_rate{meant(Speller().nearest(within, known))}")
        try:
            number = Path.of(text)
        except ScenarioError:
            return _other(text, within, rest, scenarios)
        number.check(tuple(scenarios))
        return cls(text, number, within, number.entry, tuple(rest[len(number.entry) + 1 :].split(".")))

    def changed(self, scenario: Scenario, value: Any) -> Scenario:
        """Return a scenario with another value of the field; with a pattern in the id a number is multiplied by it.

        Raises
        ------
        ScenarioError
            Where the format does not allow the value.
        """
        if self.number is not None and _is_number(value):
            return self.number.changed(scenario, value if isinstance(value, Decimal) else Decimal(str(value)))
        if self.number is not None and self.number.scales:
            raise ScenarioError(f"{shown(value)} is no number: {self.text} is multiplied by it")
        change = value
        for part in reversed(self.field):
            change = {part: change}
        if not self.within:
            return scenario.patch({"name": scenario.name, **change})
        ids = [id_ for id_ in _ids(scenario, self.within) if fnmatchcase(id_, self.entry)]
        if not ids:
            return scenario
        told = dict.fromkeys(ids, change) if self.within == "roles" else [{"id": id_, **change} for id_ in ids]
        return scenario.patch({"name": scenario.name, self.within: told})


def _other(text: str, within: str, rest: str, scenarios: Sequence[Scenario]) -> Setting:
    """Return a field that is no number of its own, such as ``tasks.launch.must``."""
    known = list(dict.fromkeys(id_ for scenario in scenarios for id_ in _ids(scenario, within)))
    entry = max((id_ for id_ in known if rest.startswith(f"{id_}.")), key=len, default=rest.partition(".")[0])
    if not any(fnmatchcase(id_, entry) for id_ in known):
        which = "matches" if "*" in entry else "is named"
        near = meant(Speller().nearest(entry, known))
        raise ScenarioError(f'nothing among the {within} {which} "{entry}"{near}')
    field = tuple(rest[len(entry) + 1 :].split("."))
    fields = [info.alias or name for name, info in ENTRIES[within].model_fields.items() if name not in _FIXED]
    if field[0] not in fields or not all(field):
        said = f'"{text}" is no path: after {within}.{entry} comes {listed(fields, "or")}'
        raise ScenarioError(said + meant(Speller().nearest(field[0], fields)))
    return Setting(text, None, within, entry, field)


def _ids(scenario: Scenario, within: str) -> list[str]:
    return list(scenario.roles) if within == "roles" else [one.id for one in getattr(scenario, within)]


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)
