"""The JSON Schema of a scenario file, for editors that complete and check while one types."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from staffing.scenario.amounts import json_number
from staffing.scenario.paths import LISTS
from staffing.scenario.scenario import Scenario

_FOR_EXTENDS = {
    "extends": {
        "type": "string",
        "description": "Path of another scenario, relative to this file, which this one changes: mappings merge key "
        "by key, staff, clients, projects and tasks by id, everything else replaces, null takes a field back to "
        "its default.",
    },
    "remove": {
        "type": "object",
        "description": "What to take out of the scenario that extends names, with every reference to it.",
        "additionalProperties": False,
        "properties": {
            kind: {
                "type": "array",
                "items": {"type": ["string", "integer"]},
                "description": f"Ids of {kind} to take out.",
            }
            for kind in LISTS
        },
    },
}


_MERGED = {"clients": {"budget": "Budget"}, "projects": {"budget": "Budget"}, "tasks": {"repeat": "Repeat"}}
"""Fields of entries that merge key by key, so that a change need not say them whole."""


def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a scenario file.

    A file with ``extends`` need say only what it changes, and may set any field to null; any other has to say
    what a scenario cannot do without.
    """
    made = Scenario.model_json_schema(by_alias=True)
    records = made["$defs"]
    whole = _whole(made, records)
    made["properties"] |= _FOR_EXTENDS
    for record in (made, *records.values()):
        fields = record.get("properties", {})
        record["properties"] = {key: _field(value, records) for key, value in fields.items()}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Scenario",
        "description": "A scenario: people, clients, budgets, work and weeks.",
        "type": "object",
        "additionalProperties": False,
        "properties": made["properties"],
        "if": {"not": {"required": ["extends"]}},
        "then": whole,
        "$defs": {name: _plainly(record) for name, record in records.items()},
    }


def _whole(made: dict[str, Any], records: dict[str, Any]) -> dict[str, Any]:
    """Move the required fields of a whole scenario out of the records, and return them: a change need not have them."""
    parts: dict[str, Any] = {}
    for kind in LISTS:
        record = records[made["properties"][kind]["items"]["$ref"].rsplit("/", 1)[1]]
        inner = {key: {"required": records[name]["required"]} for key, name in _MERGED.get(kind, {}).items()}
        if kind == "tasks":
            inner["estimates"] = {"additionalProperties": {"required": records["Estimate"]["required"]}}
        parts[kind] = {"items": {"required": record["required"], "properties": inner}}
        record["required"] = ["id"]
    for name in ("Budget", "Repeat", "Estimate"):
        del records[name]["required"]
    return {"required": made["required"], "properties": parts}


def _field(field: dict[str, Any], records: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a field that may also be null, which means left at its default."""
    referred = records.get(field.get("$ref", "").rsplit("/", 1)[-1], {})
    field = _plainly({"description": referred.get("description"), **field})
    kept: dict[str, Any] = {key: field.pop(key) for key in ("description", "default") if key in field}
    alternatives = field.get("anyOf", [field])
    if kept.get("default", "") is None or isinstance(kept.get("default"), dict):
        del kept["default"]  # its parts have it
    if any(one.get("type") == "number" or "enum" in one for one in alternatives) and "default" in kept:
        kept["default"] = _number(kept["default"])
    return {**kept, "anyOf": alternatives if {"type": "null"} in alternatives else [*alternatives, {"type": "null"}]}


def _number(default: Any) -> Any:
    """Return a default, which pydantic may write as text, as a number if it is one."""
    try:
        return json_number(Decimal(default))
    except (InvalidOperation, TypeError):
        return default


def _plainly(record: dict[str, Any]) -> dict[str, Any]:
    """Return a schema without titles, which only repeat the keys, and without code marks in descriptions."""
    kept = {key: value for key, value in record.items() if key != "title"}
    if kept.get("description"):
        kept["description"] = " ".join(kept["description"].replace("``", "").split())
    return kept
