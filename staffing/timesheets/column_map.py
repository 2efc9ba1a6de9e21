"""Which column of a timesheet says what: known for Harvest and Toggl, told by a small file for others."""

from __future__ import annotations

import pathlib
from collections.abc import Collection, Mapping, Sequence
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationError

from staffing.errors import InputError, Mistake
from staffing.files.read import READERS
from staffing.files.tables import normal
from staffing.files.tables_cells import Cell
from staffing.files.text import refused
from staffing.files.tree import Place, Tree
from staffing.scenario.amounts import Text, choice
from staffing.scenario.findings import told
from staffing.scenario.mistakes import wrong_values
from staffing.scenario.paths import label
from staffing.scenario.records import Record


def _columns(value: object) -> object:
    return (value,) if isinstance(value, str) else value


Columns = Annotated[tuple[Text, ...], BeforeValidator(_columns, json_schema_input_type=Text | list[Text])]
Aliases = dict[Text, Text]


class Names(Record):
    """Names in the timesheet, and the ids they stand for."""

    staff: Aliases = Field(default_factory=dict)
    """People."""
    clients: Aliases = Field(default_factory=dict)
    """Clients."""
    projects: Aliases = Field(default_factory=dict)
    """Projects."""
    tasks: Aliases = Field(default_factory=dict)
    """Tasks."""


class ColumnMap(Record):
    """The columns of a timesheet."""

    staff: Columns = ()
    """The column with the person's name; several, such as first and last name, are joined."""
    date: Columns = ()
    """The column with the day."""
    hours: Columns = ()
    """The column with the hours, 1.5 or 1:30."""
    client: Columns = ()
    """The column with the client; of several the first that fits."""
    project: Columns = ()
    """The column with the project; of several the first that fits."""
    task: Columns = ()
    """The column with the task; of several the first that fits."""
    billable: Columns = ()
    """The column that says yes or no, in any of the commonest languages; where there is none, the task says it."""
    billable_yes: Columns = ()
    """Further words in it that mean yes."""
    billable_no: Columns = ()
    """Further words in it that mean no."""
    date_format: Annotated[str, choice("ymd dmy mdy")] | None = None
    """The order of year, month and day; found out if not given, where the days leave no doubt."""
    names: Names = Names()
    """Names in the timesheet, and the ids they stand for."""


_TOGGL = {
    "date": ("Start date",),
    "hours": ("Duration",),
    "client": ("Client",),
    "project": ("Project",),
    "task": ("Task", "Description"),
    "billable": ("Billable",),
}
KNOWN: Mapping[str, ColumnMap] = {
    "Harvest": ColumnMap(
        staff=("First Name", "Last Name"),
        date=("Date",),
        hours=("Hours",),
        client=("Client",),
        project=("Project", "Project Code"),
        task=("Task", "Notes"),
        billable=("Billable?",),
    ),
    "Toggl": ColumnMap(staff=("User",), **_TOGGL),
    "Toggl, since 2024": ColumnMap(staff=("Member",), **_TOGGL),
}
"""Detailed reports of the tools that are known by the names of their columns."""
NEEDED = ("staff", "date", "hours")
READ = (*NEEDED, "client", "project", "task", "billable")
"""What columns are read for."""


def read_column_map(path: pathlib.Path) -> ColumnMap:
    """Read a column map.

    Raises
    ------
    InputError
        With every mistake in it.
    """
    suffix = path.suffix.lower()
    if suffix not in (".yaml", ".yml", ".toml", ".json"):
        raise refused(path, "a column map is a file .yaml, .toml or .json")
    return column_map(READERS[suffix](path))


def column_map(tree: Tree) -> ColumnMap:
    """Return a column map, checked.

    Raises
    ------
    InputError
        With every mistake in it.
    """
    try:
        return ColumnMap.model_validate(tree.data)
    except ValidationError as error:
        raise InputError(told(wrong_values(error, tree.data, ColumnMap), tree)) from None


def columns_of(heads: Sequence[Cell | None], given: ColumnMap, place: Place) -> ColumnMap:
    """Return the columns of a timesheet: those of the tool that writes such heads, replaced by those given.

    Parameters
    ----------
    heads
        The row with the names of the columns.
    given
        The column map of the user.
    place
        Where that row stands, for messages.

    Raises
    ------
    InputError
        Where a column is missing that has to be there.
    """
    names = [normal(str(cell.value)) for cell in heads if cell]
    known = next((known for known in KNOWN.values() if all(_has(names, getattr(known, one)) for one in NEEDED)), None)
    base: dict[str, Any] = known.model_dump() if known else {}
    found = ColumnMap.model_validate({**base, **given.model_dump(exclude_defaults=True)})
    missing = [one for one in NEEDED if not getattr(found, one)]
    if missing:
        message = (
            f"this is neither a detailed report of Harvest nor one of Toggl: tell its columns "
            f"{', '.join(missing)} by --map (it has {', '.join(map(label, names)) or 'none'})"
        )
        raise InputError([place.mistake(message)])
    absent = sorted(column for one in READ for column in getattr(given, one) if normal(column) not in names)
    if absent:
        shown = ", ".join(map(label, absent))
        raise InputError([place.mistake(f"the column map names columns that are not here: {shown}")])
    return found


def refuse_twice(heads: Sequence[Cell | None], columns: ColumnMap) -> None:
    """Raise an error for a column that is read but stands there twice; nobody can know which one is meant.

    Raises
    ------
    InputError
        With every column that is there again.
    """
    read = {normal(column) for one in READ for column in getattr(columns, one)}
    seen: set[str] = set()
    twice: list[Mistake] = []
    for cell in heads:
        name = normal(str(cell.value)) if cell else ""
        if cell and name in read and name in seen:
            message = f'there are two columns "{label(str(cell.value))}": one is allowed, so rename the other'
            twice.append(cell.place.mistake(message))
        seen.add(name)
    if twice:
        raise InputError(twice)


def _has(heads: Collection[str], columns: tuple[str, ...]) -> bool:
    return all(normal(column) in heads for column in columns)
