"""The scenario as a whole."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import cached_property
from typing import Any, Self

from pydantic import BaseModel, ModelWrapValidatorHandler, ValidationError, ValidationInfo, model_validator

from staffing import showing
from staffing.errors import ScenarioError
from staffing.scenario.bookings import with_bookings
from staffing.scenario.canonical import fingerprint
from staffing.scenario.checks import errors
from staffing.scenario.draft import Draft
from staffing.scenario.expand import Expanded, expand
from staffing.scenario.findings import FromCode, Places, in_order, told
from staffing.scenario.history import with_worked
from staffing.scenario.mistakes import rest, wrong_values

_OF_PYDANTIC = frozenset(name for name in dir(BaseModel) if not name.startswith("__"))


class Scenario(Draft):
    """What a planner writes: people, clients, budgets, work and weeks, as one frozen record.

    Two scenarios are equal, and have the same hash, if their fingerprints are the same: all spellings of a scenario are
    one, and so are two that differ in name or description alone, which change no plan.

    Raises
    ------
    ScenarioError
        With every mistake: values that are not allowed, and entries that do not fit together, such as an unknown
        reference, a cycle or a missing bill rate.
    """

    @model_validator(mode="wrap")
    @classmethod
    def _check(cls, data: Any, read: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:
        """Return the scenario read, or raise one error with all mistakes, in single values and between entries."""
        places = info.context if isinstance(info.context, Places) else FromCode(data)
        try:
            scenario = read(data)
        except ValidationError as error:
            found = wrong_values(error, data, cls)
            if isinstance(data, Mapping):
                left = rest(error, data, cls)
                found += errors(Draft.model_validate(left.data), left)
            raise ScenarioError(told(in_order(found, data), places)) from None
        if found := errors(scenario):
            raise ScenarioError(told(in_order(found, data), places))
        return scenario

    def __eq__(self, other: object) -> bool:
        """Whether the other is a scenario with the same fingerprint."""
        return self.fingerprint == other.fingerprint if isinstance(other, Scenario) else NotImplemented

    def __hash__(self) -> int:
        """Hash the fingerprint."""
        return hash(self.fingerprint)

    def __getstate__(self) -> dict[Any, Any]:
        """Return the state to pickle: what was written, without what is derived from it."""
        return {**super().__getstate__(), "__dict__": self._written()}

    def __copy__(self) -> Self:
        """Copy what was written: a copy may be changed, and then what was worked out would be wrong."""
        copied = super().__copy__()
        object.__setattr__(copied, "__dict__", copied._written())
        return copied

    def __deepcopy__(self, memo: dict[int, Any] | None = None) -> Self:
        """Copy what was written, through and through."""
        return super(Scenario, self.__copy__()).__deepcopy__(memo)

    def _written(self) -> dict[str, Any]:
        return {name: value for name, value in self.__dict__.items() if name in type(self).model_fields}

    @cached_property
    def expanded(self) -> Expanded:
        """The scenario as the rules see it: defaults filled, repeats and placeholder copies written out."""
        return with_bookings(self.unbooked)

    @cached_property
    def unbooked(self) -> Expanded:
        """The same without its bookings: what else it says of what was worked, and is left to do."""
        return with_worked(expand(self))

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical form, as hexadecimal digits: the same for all spellings of one scenario."""
        return fingerprint(self)

    def patch(self, changes: Mapping[str, Any]) -> Scenario:
        """Change this scenario the way a file does that extends another.

        Parameters
        ----------
        changes
            Written like a scenario: mappings merge key by key, staff, clients, projects and tasks by ``id``,
            everything else replaces, None takes a field back to its default, ``remove`` takes entries out.

        Returns
        -------
        Scenario
            Named "... (patched)" unless the changes name it.

        Raises
        ------
        ScenarioError
            With every mistake of the changed scenario.
        """
        from staffing.files import change, tree_of  # what-if is a matter of files; only here it serves a record

        named = {**changes, "name": changes.get("name") or f"{self.name} (patched)"}
        tree = change(tree_of(self.model_dump(by_alias=True, exclude_unset=True)), tree_of(named))
        return Scenario.model_validate(tree.data, context=tree)

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write this scenario by the suffix of the file, over what stands there.

        Parameters
        ----------
        path
            Ends in .yaml, .toml, .json or .xlsx, or is a folder for CSV files: without a suffix, or with a slash at its
            end.

        Raises
        ------
        OutputError
            Where it cannot be written, or the path says no format.
        """
        showing.write("scenario", "", self, os.fspath(path))

    def __dir__(self) -> list[str]:
        """Return the names of a scenario's own attributes, without those that it only has from pydantic."""
        return sorted({*super().__dir__()} - _OF_PYDANTIC)

    def __repr__(self) -> str:
        """Return in one line what is in the scenario."""
        counted = (
            f"{len(entries)} {one if len(entries) == 1 else many}"
            for entries, one, many in (
                (self.staff, "person", "people"),
                (self.clients, "client", "clients"),
                (self.tasks, "task", "tasks"),
            )
        )
        return f"<Scenario {self.name!r}: {', '.join(counted)}, {self.weeks} weeks from {self.start}>"

    __str__ = __repr__

    def _repr_html_(self) -> str:
        return showing.html("scenario", self)

    def replace(self, **fields: Any) -> Scenario:
        """Return a scenario with other values for some fields, checked like any other.

        Raises
        ------
        ScenarioError
            With every mistake of the new scenario.
        """
        return Scenario.model_validate({**{name: getattr(self, name) for name in self.model_fields_set}, **fields})
