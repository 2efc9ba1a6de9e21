"""The random scenarios together use every field of the format, given and left out."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from staffing.scenario.records import GOALS, Record
from staffing.scenario.scenario import Scenario

from .random_scenarios import random_scenario
from .seeds import SEEDS, scenario_of

AT_LEAST = 3


def _records(annotation: object) -> Iterator[type[Record]]:
    """Every record that a type speaks of, itself and those inside."""
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
        for field in annotation.model_fields.values():
            yield from _records(field.annotation)
    for part in get_args(annotation):
        yield from _records(part)


RECORDS = sorted(set(_records(Scenario)), key=lambda record: record.__name__)
FIELDS = [(record.__name__, name) for record in RECORDS for name in record.model_fields]


def _default(field: FieldInfo) -> object:
    return ... if field.is_required() else field.get_default(call_default_factory=True)


def _walk(value: object) -> Iterator[Record]:
    if isinstance(value, Record):
        yield value
        for name in type(value).model_fields:
            yield from _walk(getattr(value, name))
    elif isinstance(value, tuple):
        for part in value:
            yield from _walk(part)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _walk(part)


@cache
def _used() -> tuple[Counter[tuple[str, str]], Counter[tuple[str, str]], Counter[tuple[str, str, object]]]:
    """Count the seeds that set each field to something else than its default, that leave it, and each word chosen."""
    given: Counter[tuple[str, str]] = Counter()
    left: Counter[tuple[str, str]] = Counter()
    words: Counter[tuple[str, str, object]] = Counter()
    for seed in SEEDS:
        here: set[tuple[str, str]] = set()
        not_here: set[tuple[str, str]] = set()
        chosen: set[tuple[str, str, object]] = set()
        for record in _walk(scenario_of(seed)):
            for name, field in type(record).model_fields.items():
                key, value = (type(record).__name__, name), getattr(record, name)
                (not_here if value == _default(field) else here).add(key)
                for word in value if isinstance(value, tuple) else (value,):
                    if isinstance(word, str):
                        chosen.add((*key, word))
        given.update(here)
        left.update(not_here)
        words.update(chosen)
    return given, left, words


def test_records_are_found() -> None:
    assert {"Scenario", "Staff", "Task", "Budget", "Estimate", "Repeat", "Placeholder"} <= {
        record.__name__ for record in RECORDS
    }


@pytest.mark.parametrize(("record", "field"), FIELDS)
def test_every_field_is_given_something_else_than_its_default(record: str, field: str) -> None:
    given, _, _ = _used()
    assert given[record, field] >= AT_LEAST


@pytest.mark.parametrize(("record", "field"), FIELDS)
def test_every_field_that_has_a_default_is_left_to_it(record: str, field: str) -> None:
    _, left, _ = _used()
    required = next(entry for entry in RECORDS if entry.__name__ == record).model_fields[field].is_required()
    nothing_to_plan = (record, field) in (("Scenario", "clients"), ("Scenario", "tasks"))
    assert left[record, field] >= AT_LEAST or required or nothing_to_plan


def test_every_word_that_a_field_allows_is_chosen() -> None:
    _, _, words = _used()
    for record in RECORDS:
        for name, field in record.model_fields.items():
            for word in _words(field.annotation):
                assert words[record.__name__, name, word] >= AT_LEAST, (record.__name__, name, word)


def _words(annotation: object) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from get_args(annotation)
    elif not (isinstance(annotation, type) and issubclass(annotation, BaseModel)):
        for part in get_args(annotation):
            if not isinstance(part, type) or not issubclass(part, BaseModel):
                yield from _words(part)


def test_special_forms_are_drawn() -> None:
    """Forms that records do not tell apart: dates in both calendars, week numbers, lists and short forms."""
    seen: Counter[str] = Counter()
    for seed in SEEDS:
        data = random_scenario(seed)
        seen.update(set(_forms(data)))
    for form in (
        "week number",
        "date",
        "jalali date",
        "only nobody",
        "hours list",
        "budget number",
        "overtime number",
        "skills list",
        "skill levels",
        "after a name",
        "a day off",
        "done",
        "step 1",
        "step 0.5",
        "repeat weeks",
        "repeat month",
        "built-in role changed",
        "own role",
        "other start than Monday",
    ):
        assert seen[form] >= AT_LEAST, form
    assert {entry["goal"] if isinstance(entry, dict) else entry for entry in _all_goals()} == set(GOALS)


def _all_goals() -> list[Any]:
    return [entry for seed in SEEDS for entry in random_scenario(seed).get("goals", [])]


def _forms(data: dict[str, Any]) -> Iterator[str]:
    scenario = Scenario.model_validate(data)
    if scenario.start.weekday():
        yield "other start than Monday"
    if "step" in data:
        yield f"step {data['step']}"
    for role in data.get("roles", {}):
        yield "own role" if role == "designer" else "built-in role changed"
    for entry in (*data["tasks"], *data.get("projects", [])):
        for field in ("earliest", "due", "deadline"):
            if field in entry:
                point = entry[field]
                yield "week number" if isinstance(point, int) else "jalali date" if point < "1700" else "date"
    for task in data["tasks"]:
        if task.get("only") == []:
            yield "only nobody"
        if isinstance(task.get("skills"), list):
            yield "skills list"
        if isinstance(task.get("skills"), dict):
            yield "skill levels"
        if any(isinstance(after, str) for after in task.get("after", ())):
            yield "after a name"
        if task.get("done") == task["hours"]:
            yield "done"
        if "repeat" in task:
            yield "repeat month" if task["repeat"]["every"] == "month" else "repeat weeks"
    for person in data["staff"]:
        if isinstance(person.get("weekly_hours"), list):
            yield "hours list"
        if isinstance(person.get("overtime"), int | float):
            yield "overtime number"
        if any(isinstance(day, str) for day in person.get("time_off", ())):
            yield "a day off"
    if any(isinstance(client.get("budget"), int | float) for client in data["clients"]):
        yield "budget number"


def test_a_seed_gives_the_same_scenario_again() -> None:
    assert random_scenario(7) == random_scenario(7) != random_scenario(8)
