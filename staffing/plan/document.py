"""The plan file: written in the order of its format, read strictly."""

from __future__ import annotations

import datetime as dt
import json
from codecs import BOM_UTF8
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import from_json, to_json
from typing_extensions import TypedDict

from staffing.errors import Mistake, PlanError
from staffing.plan.answer import Answer
from staffing.plan.content import content, refused
from staffing.plan.csv_text import csv_text
from staffing.plan.frames import ALLOCATION_COLUMNS
from staffing.plan.records import Allocation, Baseline, Context, GoalResult, Number, OvertimeWeek, Status, TaskResult
from staffing.scenario.amounts import MAX_COUNT, shown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


FORMAT = "staffing-plan/1"
LARGE = 50_000
"""Bytes from which on a file is looked at from its beginning before the whole."""
FIRST_ENTRIES = 100
MOST_TOLD = 100
"""Mistakes told one by one; of more, their number."""
MAX_NUMBER = 10**18
_HORIZON = dt.timedelta(weeks=MAX_COUNT)
FIRST_DATE, LAST_DATE = dt.date.min + _HORIZON, dt.date.max - _HORIZON


class Utilisation(TypedDict, total=False):
    """Planned hours over capacity; None without capacity."""

    all: float | None
    by_role: dict[str, float | None]
    by_person: dict[str, float | None]


class Burn(TypedDict, total=False):
    """What a budget burns in a period."""

    client: str
    project: str
    period: str
    burn: Number
    amount: Number
    spent: Number


class Metrics(TypedDict, total=False):
    """Measures, as :func:`staffing.plan.metrics.metrics` gives them; any may be missing."""

    delivered_tasks: int
    waiting_tasks: int
    late_tasks: int
    delivered_value: Number
    total_value: Number
    must_waiting_hours: float
    weeks_late: int
    planned_hours: float
    overtime_hours: float
    switching_hours: float
    capacity_hours: float
    utilisation: Utilisation
    hours_by_role_and_kind: dict[str, dict[str, float]]
    strategic_waiting_hours: float
    cost: Number
    revenue: Number
    margin: Number
    contacts: int
    budgets: list[Burn]


class PlanFile(BaseModel):
    """The plan file as it stands on disk, field by field in its order."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    format: Literal["staffing-plan/1"]
    scenario: str
    fingerprint: str
    status: Status
    goals: tuple[GoalResult, ...]
    assigned: tuple[Allocation, ...] = Field(alias="allocations")
    results: tuple[TaskResult, ...] = Field(alias="tasks")
    extra_hours: tuple[OvertimeWeek, ...] = Field(alias="overtime")
    hired: tuple[str, ...]
    holidays: tuple[dt.date, ...]
    baseline: Baseline | None
    metrics: Metrics = Field(default_factory=lambda: Metrics())
    solver: dict[str, Any] = Field(default_factory=dict)
    context: Context | None = None


def as_document(plan: Answer) -> dict[str, Any]:
    """Return the plan file as plain values: text, numbers, booleans, None, lists and mappings."""
    entries = {
        field.alias or name: _plain(getattr(plan, name))
        for name, field in PlanFile.model_fields.items()
        if name != "format"
    }
    return {"format": FORMAT, **entries}


def _plain(value: object) -> Any:
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {key: _plain(entry) for key, entry in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(entry) for entry in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def as_json(plan: Answer) -> str:
    """Return the text of the plan file, one record a line, so that two plans can be compared line by line."""

    def text(value: object) -> str:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)

    def entry(value: object) -> str:
        if isinstance(value, list) and value and isinstance(value[0], dict):
            return "[\n  " + ",\n  ".join(map(text, value)) + "\n ]"
        if isinstance(value, dict) and value:
            return "{\n  " + ",\n  ".join(f"{text(key)}: {text(inner)}" for key, inner in value.items()) + "\n }"
        return text(value)

    return "{\n " + ",\n ".join(f"{text(key)}: {entry(value)}" for key, value in as_document(plan).items()) + "\n}\n"


def as_csv(plan: Answer) -> str:
    """Return the allocations as CSV; text that a spreadsheet would take for a formula gets a leading '."""
    rows = ([getattr(allocation, column) for column in ALLOCATION_COLUMNS] for allocation in plan.assigned)
    return csv_text([ALLOCATION_COLUMNS, *rows], end="\r\n")


def read(path: Path) -> dict[str, Any]:
    """Read a plan file and return the fields of a plan.

    Raises
    ------
    PlanError
        With every mistake in it, each in one sentence.
    """
    return read_text(_text(path), str(path))


def read_text(text: bytes, file: str) -> dict[str, Any]:
    """Return the fields of a plan from the text of its file.

    Raises
    ------
    PlanError
        With every mistake in it, each in one sentence.
    """
    try:
        record = _validated(text)
    except ValidationError as error:
        raise PlanError(_told(_mistakes(error, file), file)) from None
    mistakes = [Mistake(message, where, file) for where, message in (*_beyond(record), *_odd_context(record))]
    if mistakes:
        raise PlanError(_told(mistakes, file))
    return {name: getattr(record, name) for name in PlanFile.model_fields if name != "format"}


def _validated(text: bytes) -> PlanFile:
    """Return a plan file once it is validated; the beginning of a large one is validated first.

    What is wrong from the beginning is told of the beginning alone, lest millions of mistakes fill the memory.
    """
    if len(text) > LARGE and (tree := _tree(text)) is not None:
        PlanFile.model_validate_json(to_json(_beginning(tree)))
    return PlanFile.model_validate_json(text)


def _tree(text: bytes) -> object:
    try:
        return from_json(text)
    except ValueError:  # reported with the other mistakes
        return None


def _beginning(value: Any) -> Any:
    """Return a value with every list and mapping cut down to its first entries."""
    if isinstance(value, dict):
        return {key: _beginning(inner) for key, inner in islice(value.items(), FIRST_ENTRIES)}
    return [_beginning(inner) for inner in value[:FIRST_ENTRIES]] if isinstance(value, list) else value


def _text(path: Path) -> bytes:
    found = content(path).removeprefix(BOM_UTF8)
    try:
        found.decode("utf-8")
    except UnicodeDecodeError:
        raise refused(path, "The file is not UTF-8 text: a plan file is JSON in UTF-8.") from None
    if not found.strip():
        raise refused(path, "The file is empty: a plan file is JSON, as `staffing solve` writes it.")
    return found


def _mistakes(error: ValidationError, file: str) -> list[Mistake]:
    """Return each mistake once: a value that is neither int nor float is reported twice otherwise."""
    found: dict[str, Mistake] = {}
    for detail in error.errors(include_url=False):
        place = detail["loc"][:-1] if detail["loc"] and detail["loc"][-1] in ("int", "float") else detail["loc"]
        where = _where(place)
        found.setdefault(where, Mistake(_sentence(detail), where, file))
    return list(found.values())


def _told(mistakes: list[Mistake], file: str) -> list[Mistake]:
    more = len(mistakes) - MOST_TOLD
    return [*mistakes[:MOST_TOLD], Mistake(f"There are {more:,} mistakes more.", file=file)] if more > 0 else mistakes


def _where(place: tuple[int | str, ...]) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in place)
    return "".join(parts).removeprefix(".")


_KINDS_OF_VALUE = {
    "bool": "neither true nor false",
    "date": "not a date: a date is YYYY-MM-DD",
    "dataclass": "not a mapping",
    "dict": "not a mapping",
    "float": "not a number",
    "int": "not a whole number",
    "model": "not a mapping",
    "string": "not text",
    "tuple": "not a list",
}


def _sentence(detail: ErrorDetails) -> str:
    kind = detail["type"]
    if kind == "json_invalid":
        return f"The file is not JSON: {detail['ctx']['error']}."
    if kind == "missing":
        return "It is missing: a plan file has it."
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return "A plan file has no such key."
    if kind == "literal_error":
        return f"{shown(detail['input'])} is not allowed: {detail['ctx']['expected']}."
    # a number that may be whole or not is tried as whole first
    meant = _KINDS_OF_VALUE.get("float" if detail["loc"][-1:] == ("int",) else kind.split("_")[0])
    return f"{shown(detail['input'])} is {meant}." if meant else f"{shown(detail['input'])}: {detail['msg']}."


def _beyond(value: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Yield numbers, weeks and dates that no plan has: not finite, or too large to calculate with."""
    if isinstance(value, PlanFile | dict) or is_dataclass(value):
        for key, inner in _entries(value):
            yield from _beyond(inner, f"{where}.{key}".removeprefix("."))
            if is_dataclass(value) and key.endswith("week") and inner is not None and not 1 <= inner <= MAX_COUNT:
                yield f"{where}.{key}", f"{Decimal(inner):.6g} is no week of a plan: 1 to {MAX_COUNT}."
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from _beyond(inner, f"{where}[{number}]")
    elif isinstance(value, int | float) and not -MAX_NUMBER <= value <= MAX_NUMBER:  # nan fails this comparison, too
        yield where, f"{Decimal(value):.6g} is no number a plan has: finite, at most 10^18."
    elif isinstance(value, dt.date) and not FIRST_DATE <= value <= LAST_DATE:
        yield where, f"{value} is no date a plan has: {FIRST_DATE} to {LAST_DATE}."


def _entries(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the keys of the file with their values."""
    if isinstance(value, PlanFile):
        for name, field in PlanFile.model_fields.items():
            yield field.alias or name, getattr(value, name)
    elif isinstance(value, dict):
        yield from value.items()
    else:
        for each in fields(value):
            yield each.name, getattr(value, each.name)


def _odd_context(record: PlanFile) -> Iterator[tuple[str, str]]:
    context = record.context
    if context is None:
        return
    if not 1 <= context.weeks <= MAX_COUNT:
        yield "context.weeks", f"{context.weeks} is out of range: 1 to {MAX_COUNT}."
        return
    for number, person in enumerate(context.people):
        if len(person.capacity) != context.weeks:
            where = f"context.people[{number}].capacity"
            yield where, f"It has {len(person.capacity)} weeks where the plan has {context.weeks}."
