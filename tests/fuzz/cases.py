"""Inputs by kind: the files of each, and the commands it goes through."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from ruamel.yaml import YAML

from staffing.errors import ScenarioError
from staffing.loading import from_mapping
from staffing.writing.write import scenario_content

from . import grids, texts, trees
from .worlds import BASE, EDITS, FURTHER, HARVEST, HOURS, MAP, MAP_FURTHER, PLAN_FURTHER

SEED = 13
TEXTS = (".yaml", ".toml", ".json")
LIMIT = "0.05"
"""Seconds of a search."""

Line = list[str]
"""A command line."""


@dataclass(frozen=True, slots=True)
class Workshop:
    """What inputs are made from.

    Attributes
    ----------
    folder
        Where inputs are written; it holds the sound scenario ``base.yaml`` and its plan ``base.json`` as well.
    contents
        The sound scenario in each format.
    plan
        Its plan.
    """

    folder: Path
    contents: dict[str, Any]
    plan: dict[str, Any]

    @classmethod
    def at(cls, folder: Path) -> Workshop:
        """Make one in an empty folder."""
        import staffing

        scenario = from_mapping(BASE)
        contents = {form: scenario_content(scenario, form) for form in (*TEXTS, ".xlsx", "/")}
        (folder / "base.yaml").write_text(json.dumps(BASE), encoding="utf-8")
        plan = staffing.solve(scenario, time_limit=2, deterministic=True)
        replace(plan, solver={}).save(folder / "base.json")  # times would make every run another
        return cls(folder, contents, json.loads((folder / "base.json").read_text(encoding="utf-8")))

    def write(self, name: str, content: bytes) -> str:
        """Write a file and return its path."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        return str(path)

    def path(self, name: str) -> str:
        """Return the path of a file."""
        return str(self.folder / name)


def lines_of(kind: str, number: int, workshop: Workshop) -> list[Line]:
    """Write one input, and return the command lines it goes through; a later one only if the first finds no fault."""
    random = Random(f"{SEED} {kind} {number}")
    return KINDS[kind](random, workshop)


def _yaml(tree: Any) -> bytes:
    """Write a tree as YAML, as JSON if YAML cannot say it."""
    import io

    buffer = io.StringIO()
    try:
        YAML(typ="safe", pure=True).dump(tree, buffer)
    except (ValueError, RecursionError, TypeError):
        return json.dumps(tree, ensure_ascii=True).encode()
    return buffer.getvalue().encode("utf-8", errors="surrogatepass")


def _toml(value: Any, top: bool = True) -> str:
    """Write a tree as TOML, with its mappings inline below the top."""
    if isinstance(value, dict):
        pairs = [f"{json.dumps(str(key))} = {_toml(inner, False)}" for key, inner in value.items()]
        return "\n".join(pairs) if top else "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(inner, False) for inner in value) + "]"
    if value is None:
        return '"null"'
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value, ensure_ascii=False)


WRITERS: dict[str, Callable[[Any], bytes]] = {
    ".yaml": _yaml,
    ".toml": lambda tree: _toml(tree).encode("utf-8", errors="surrogatepass"),
    ".json": lambda tree: json.dumps(tree, ensure_ascii=False).encode("utf-8", errors="surrogatepass"),
}


def _searching(random: Random) -> Line:
    """Options of a short search."""
    return ["--time-limit", LIMIT, *(["--deterministic"] if random.random() < 0.5 else ["--workers", "1"])]


def _with_scenario(random: Random, workshop: Workshop, path: str) -> list[Line]:
    """Commands that read a scenario."""
    out = workshop.path
    search = _searching(random)
    target = random.choice(["out.yaml", "out.toml", "out.json", "out.xlsx", "out/"])
    outputs = [
        part
        for form in random.sample([".json", ".csv", ".xlsx", ".html", ".ics"], 2)
        for part in ("-o", out(f"plan{form}"))
    ]
    day = random.choice(["2026-01-12", "2026-01-01", "2027-01-01", "1404-10-25"])
    timesheet = workshop.write("sound.csv", grids.as_csv(random, HOURS))
    again = random.choice(
        [
            ["convert", path, out(target), "--force"],
            ["solve", path, *search, *outputs],
            ["solve", path, *search, "--baseline", out("base.json"), "--from-week", str(random.randint(1, 4))],
            ["audit", path, out("base.json")],
            ["compare", path, out("base.json"), *search, "--format", random.choice(["table", "csv", "json"])],
            ["actuals", path, timesheet, "--as-of", day, "-o", out(target), "--force"],
        ]
    )
    return [["validate", path], again]


def _with_plan(random: Random, workshop: Workshop, path: str) -> list[Line]:
    """Commands that read a plan."""
    out = workshop.path
    table = random.choice(["schedule", "people", "clients", "waiting"])
    form = random.choice(["table", "csv", "json"])
    return [
        ["show", path, "--format", form, *(["--table", table] if random.random() < 0.5 else [])],
        random.choice(
            [
                ["show", path, "--ics", random.choice(["sara", "omid", "سارا", "nobody"])],
                ["audit", out("base.yaml"), path],
                ["report", path, *([out("base.json")] if random.random() < 0.3 else []), "-o", out("page.html")],
                ["compare", out("base.json"), path, "--format", form],
            ]
        ),
    ]


def _tree(form: str) -> Callable[[Random, Workshop], list[Line]]:
    def make(random: Random, workshop: Workshop) -> list[Line]:
        tree = trees.changed(random, BASE, FURTHER)
        return _with_scenario(random, workshop, workshop.write(f"s{form}", WRITERS[form](tree)))

    return make


def _text(form: str) -> Callable[[Random, Workshop], list[Line]]:
    def make(random: Random, workshop: Workshop) -> list[Line]:
        content = texts.changed(random, workshop.contents[form])
        return _with_scenario(random, workshop, workshop.write(f"s{form}", content))

    return make


def _grids(random: Random, workshop: Workshop) -> dict[str, grids.Grid]:
    """Return the tables of the scenario, or of a sound one near it, most often with one or two of them changed."""
    files = workshop.contents["/"]
    if random.random() < 0.5:
        with suppress(ScenarioError):
            files = scenario_content(from_mapping(trees.said_more(random, BASE, FURTHER)), "/")
    found = {name.removesuffix(".csv"): grids.grid_of(content) for name, content in files.items()}
    for name in random.sample([*found], random.choice([0, 1, 1, 2])):
        found[name] = grids.changed(random, found[name])
    if random.random() < 0.1:
        found[random.choice(["staff ", "task", "_notes", "worked", "x"])] = found.pop(random.choice([*found]))
    return found


def _csv_folder(random: Random, workshop: Workshop) -> list[Line]:
    for old in (workshop.folder / "tables").glob("*"):
        old.unlink()
    for name, grid in _grids(random, workshop).items():
        content = grids.as_csv(random, grid)
        workshop.write(f"tables/{name}.csv", texts.changed(random, content) if random.random() < 0.1 else content)
    return _with_scenario(random, workshop, workshop.path("tables"))


def _cells(random: Random, workshop: Workshop) -> list[Line]:
    content = grids.as_workbook(random, _grids(random, workshop))
    return _with_scenario(random, workshop, workshop.write("s.xlsx", content))


def _zip(random: Random, workshop: Workshop) -> list[Line]:
    content = grids.zip_changed(random, workshop.contents[".xlsx"])
    return _with_scenario(random, workshop, workshop.write("s.xlsx", content))


def _plan(random: Random, workshop: Workshop) -> bytes:
    if random.random() < 0.2:
        return texts.changed(random, (workshop.folder / "base.json").read_bytes())
    return WRITERS[".json"](trees.changed(random, workshop.plan, PLAN_FURTHER))


def _plan_file(random: Random, workshop: Workshop) -> list[Line]:
    return _with_plan(random, workshop, workshop.write("p.json", _plan(random, workshop)))


def _edited(random: Random, plan: dict[str, Any]) -> dict[str, Any]:
    """Change a plan as somebody does by hand: hours, people, weeks and states, not keys."""
    lists = [plan["allocations"], plan["allocations"], plan["tasks"]]
    tree: dict[str, Any] = json.loads(json.dumps(plan))
    for _ in range(random.choice([1, 1, 2, 4])):
        entries = tree["tasks"] if random.choice(lists) is plan["tasks"] else tree["allocations"]
        if not entries:
            continue
        entry = random.choice(entries)
        chance = random.random()
        if chance < 0.15:
            entries.remove(entry)
        elif chance < 0.3:
            entries.append(dict(entry))
        else:
            key, value = random.choice([(key, value) for key, value in EDITS if key in entry] or [("hours", 1)])
            entry[key] = value
    return tree


def _baseline(random: Random, workshop: Workshop) -> list[Line]:
    content = WRITERS[".json"](_edited(random, workshop.plan)) if random.random() < 0.7 else _plan(random, workshop)
    path = workshop.write("p.json", content)
    scenario = workshop.path("base.yaml")
    if random.random() < 0.3:
        scenario = workshop.write("s.yaml", _yaml(trees.changed(random, BASE, FURTHER)))
    week = ["--from-week", str(random.randint(1, 4))] if random.random() < 0.8 else []
    return [["solve", scenario, "--baseline", path, *week, *_searching(random), "-o", workshop.path("plan.json")]]


def _timesheet(random: Random, workshop: Workshop) -> list[Line]:
    grid = grids.changed(random, random.choice([HOURS, HOURS, HARVEST]))
    content = grids.as_csv(random, grid)
    path = workshop.write("hours.csv", texts.changed(random, content) if random.random() < 0.2 else content)
    line = [
        "actuals",
        workshop.path("base.yaml"),
        path,
        "--as-of",
        "2026-02-02",
        "-o",
        workshop.path("now.yaml"),
        "--force",
    ]
    return [line]


def _map(random: Random, workshop: Workshop) -> list[Line]:
    form = random.choice(TEXTS)
    content = WRITERS[form](trees.changed(random, MAP, MAP_FURTHER))
    path = workshop.write(f"map{form}", texts.changed(random, content) if random.random() < 0.2 else content)
    (line,) = _timesheet(random, workshop)
    if random.random() < 0.7:
        workshop.write("hours.csv", grids.as_csv(random, HOURS))
    return [[*line, "--map", path]]


KINDS: dict[str, Callable[[Random, Workshop], list[Line]]] = {
    **{f"tree{form}": _tree(form) for form in TEXTS},
    **{f"text{form}": _text(form) for form in TEXTS},
    "folder": _csv_folder,
    "cells": _cells,
    "zip": _zip,
    "plan": _plan_file,
    "baseline": _baseline,
    "timesheet": _timesheet,
    "map": _map,
}
"""How an input of each kind is made."""
