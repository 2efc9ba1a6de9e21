"""A small sound scenario, to be changed one way at a time."""

from typing import Any

from staffing.errors import ScenarioError
from staffing.files.yaml_text import yaml_tree
from staffing.scenario.scenario import Scenario

AGENCY: dict[str, Any] = {
    "start": "2026-01-05",
    "weeks": 4,
    "staff": [
        {"id": "sara", "role": "account_manager", "bill_rate": 120, "cost_rate": 40},
        {"id": "omid", "role": "project_manager", "bill_rate": 90, "cost_rate": 30},
    ],
    "clients": [{"id": "nova", "budget": 5000}, {"id": "luna"}],
    "projects": [{"id": "spring", "client": "nova"}],
    "tasks": [
        {"id": "plan", "kind": "strategic", "client": "nova", "hours": 10},
        {"id": "brief", "kind": "tactical", "project": "spring", "hours": 8, "after": ["plan"]},
        {"id": "call", "kind": "tactical", "client": "luna", "hours": 1, "repeat": {"every": 1}},
    ],
}

TASK = {"kind": "tactical", "client": "luna", "hours": 1}


def agency(**change: Any) -> dict[str, Any]:
    """The agency with other settings, and with entries that are changed by their id, or new."""
    changed = {**AGENCY, **change}
    for kind in ("staff", "clients", "projects", "tasks"):
        entries = {entry["id"]: entry for entry in AGENCY[kind]}
        for entry in change.get(kind, ()):
            entries[entry["id"]] = {**entries.get(entry["id"], TASK if kind == "tasks" else {}), **entry}
        changed[kind] = list(entries.values())
    return changed


def said(data: Any) -> list[str]:
    """What is wrong with a scenario."""
    try:
        Scenario.model_validate(data)
    except ScenarioError as error:
        return [str(mistake) for mistake in error.errors]
    return []


def cases(text: str) -> list[tuple[dict[str, Any], str]]:
    """Read a table of changes, each followed by an indented sentence; lines that begin with + go on."""
    text = text.strip("\n").replace("\n+ ", " ")
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        if line.startswith(" "):
            change, sentence = found.pop()
            found.append((change, f"{sentence} {line.strip()}".strip()))
        else:
            found.append((line, ""))
    return [(yaml_tree(f"{{{change}}}", "").data, sentence) for change, sentence in found]


def names(table: list[tuple[dict[str, Any], str]]) -> list[str]:
    """Names for the rows of a table: its paths."""
    return [sentence.split(":")[0] or next(iter(change)) for change, sentence in table]
