"""A scenario in every format, and rows to put into it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from staffing.keeping.keep import write_worked
from staffing.loading import load
from staffing.scenario.records import Worked
from staffing.scenario.scenario import Scenario

AS_OF = dt.date(2026, 2, 2)


def row(text: str) -> Worked:
    """Read a row written as ``task staff day-or-week hours``."""
    task, staff, when, hours = text.split()
    week = int(when) if when.isdecimal() else None
    date = None if week else dt.date.fromisoformat(when)
    return Worked(task=task, staff=staff, date=date, week=week, hours=Decimal(hours))


def put(source: Path, target: Path, *rows: str) -> Scenario:
    """Put rows into a copy of a scenario, and return the scenario that is read back."""
    notes, scenario = noted(source, target, *rows)
    assert notes == ()
    return scenario


def noted(source: Path, target: Path, *rows: str) -> tuple[tuple[str, ...], Scenario]:
    """Put rows into a copy, and return what its user should know, too."""
    wanted = load(source).replace(as_of=AS_OF, worked=tuple(map(row, rows)))
    notes = write_worked(wanted, source, target)
    found = load(target)
    assert found == wanted  # by fingerprint
    return notes, found
