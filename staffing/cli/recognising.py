"""What a file is, where another kind is asked for: told by its beginning, in one sentence with what to do.

Only what is surely something else is refused here; anything doubtful is left to its reader, who says what is wrong.
"""

from __future__ import annotations

import re
import shlex
import zipfile
import zlib
from pathlib import Path
from typing import Literal

from staffing.errors import InputError, Mistake

Thing = Literal[
    "a scenario",
    "one table of a scenario",
    "a plan",
    "an answer",
    "the workbook of a plan",
    "a page",
    "a calendar",
    "a plan's hours as CSV",
    "a timesheet",
    "a column map",
    "a sweep",
    "a workbook of another kind",
]
Asked = Literal["a scenario", "a plan", "a scenario or a plan", "a timesheet", "a sweep"]

_HEAD = 1 << 16
"""Bytes that are looked at."""
_LARGEST = 20_000_000
"""A larger workbook is none; its directory alone could take long."""
_TABLES = frozenset({"settings", "roles", "staff", "clients", "projects", "tasks"})
_PLAN_SHEETS = frozenset({"Summary", "Schedule", "Allocations"})
_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*?\bname=\"([^\"<>]*)\"")
_PLAN = re.compile(r'"format"\s*:\s*"staffing-plan/')
_ANSWER = re.compile(r'"format"\s*:\s*"staffing-answer/')
_KEY = re.compile(r"""^[ \t]*(?:\[\[?)?["']?([a-z_]+)["']?[ \t]*(?:[:=]|\]\]?)|[{,]\s*"([a-z_]+)"\s*:""", re.MULTILINE)
_OF_MAPS = frozenset({"date", "date_format", "names"})
_OF_HOURS = frozenset({"task", "client", "kind", "staff", "week", "week_start", "hours"})
_DAYS, _TIMES = frozenset({"date", "start date", "day"}), frozenset({"hours", "duration", "time", "duration (h)"})

_LOOKED_AT: tuple[Thing, ...] = ("the workbook of a plan", "a page", "a calendar", "a plan's hours as CSV")


def refuse_others(path: Path, asked: Asked) -> None:
    """Raise an error for a file that is surely not what is asked for.

    Raises
    ------
    InputError
        With one sentence: what it is, and what to do.
    """
    thing = recognised(path)
    if thing is None or thing in asked.split(" or "):
        return
    if asked == "a timesheet" and thing == "a plan's hours as CSV":  # a map may make one of it
        return
    raise InputError([Mistake(f"this is {thing}; {asked} is asked for: {_remedy(path, thing, asked)}", file=str(path))])


def _remedy(path: Path, thing: Thing, asked: Asked) -> str:
    name = shlex.quote(str(path))
    if thing == "an answer":
        return f"`staffing report PLAN {name} -o report.html` shows it on a page"
    if thing == "a workbook of another kind":
        return "save it as .xlsx in a spreadsheet" if asked != "a timesheet" else "save it as CSV in a spreadsheet"
    if asked == "a sweep":
        return (
            "a sweep is a file that names it as `base`, and says what to vary" if thing == "a scenario" else "name it"
        )
    if thing == "a sweep":
        return f"`staffing sweep {name}` runs it"
    if asked == "a timesheet":
        if thing == "a scenario":
            return f"the scenario comes first, as in `staffing actuals {name} TIMESHEET`"
        return "name the CSV file with the hours worked"
    if asked == "a plan":
        made = "`staffing solve SCENARIO -o plan.json`"
        if thing == "a scenario":
            return f"`staffing solve {name} -o plan.json` makes one"
        return f"name the file .json that {made} writes" if thing in _LOOKED_AT else f"{made} makes one"
    return _instead_of_a_scenario(path, thing, asked)


def _instead_of_a_scenario(path: Path, thing: Thing, asked: Asked) -> str:
    if thing == "a plan":
        return f"name the file that it was made from; `staffing show {shlex.quote(str(path))}` shows the plan"
    if thing in _LOOKED_AT:
        return "name what it was made from" + (", or the file .json of the plan" if asked != "a scenario" else "")
    if thing == "a timesheet":
        return f"the scenario comes first, as in `staffing actuals SCENARIO {shlex.quote(str(path))}`"
    if thing == "one table of a scenario":
        return f"name its folder, {path.parent}"
    return "the option --map of `staffing actuals` takes it"


def recognised(path: Path) -> Thing | None:
    """Return what a file or folder is; None where that is not sure."""
    try:
        if path.is_dir():
            return "a scenario" if any((path / f"{table}.csv").is_file() for table in _TABLES) else None
        if not path.is_file():
            return None
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except (OSError, ValueError):  # the reader says why
        return None
    suffix = path.suffix.lower()
    if suffix in (".xls", ".xlsb", ".ods", ".numbers"):
        return "a workbook of another kind"
    if head.startswith(b"PK"):
        return _workbook(path)
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    return _text(head.decode(encoding, errors="replace"), path.stem.casefold(), suffix)


def _workbook(path: Path) -> Thing | None:
    """Return what a workbook is, judged by the names of its sheets; None where that is not sure."""
    try:
        if path.stat().st_size > _LARGEST:
            return None
        with zipfile.ZipFile(path) as packed, packed.open("xl/workbook.xml") as part:
            names = {name.decode(errors="replace").strip() for name in _SHEET.findall(part.read(_HEAD))}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, KeyError, NotImplementedError, RuntimeError):
        return None  # the reader says that it is broken
    if names >= _PLAN_SHEETS:
        return "the workbook of a plan"
    return "a scenario" if len({name.casefold() for name in names} & _TABLES) > 1 else None


def _text(text: str, stem: str, suffix: str) -> Thing | None:
    start = text.lstrip()
    if start.startswith("{") and _PLAN.search(start):
        return "a plan"
    if start.startswith("{") and _ANSWER.search(start):
        return "an answer"
    if start.startswith("BEGIN:VCALENDAR"):
        return "a calendar"
    if start[:15].casefold().startswith(("<!doctype html", "<html")):
        return "a page"
    if suffix in (".csv", ".tsv", ".txt"):
        return _table(start, stem)
    if suffix in (".yaml", ".yml", ".toml", ".json"):
        return _keys({first or second for first, second in _KEY.findall(text)})
    return None


def _table(text: str, stem: str) -> Thing | None:
    """Return what a CSV file is, judged by the heads of its columns; None where that is not sure."""
    first = next((line for line in text.splitlines() if line.strip() and not line.startswith("sep=")), "")
    heads = {head.strip(" \"'").casefold() for head in re.split("[,;\t]", first)}
    if heads >= _OF_HOURS:
        return "a plan's hours as CSV"
    if stem in _TABLES and heads & {"id", "key"}:
        return "one table of a scenario"
    return "a timesheet" if heads & _DAYS and heads & _TIMES else None


def _keys(keys: set[str]) -> Thing | None:
    """Return what a file is, judged by its top-level keys; None where that is not sure."""
    if keys & {"allocations", "fingerprint", "metrics"}:  # a plan that was changed by hand, perhaps
        return None
    if "extends" in keys or len(keys & {"start", "weeks", "staff"}) > 1:
        return "a scenario"
    if "vary" in keys:
        return "a sweep"
    return "a column map" if keys & _OF_MAPS and not keys & {"start", "weeks", "tasks"} else None
