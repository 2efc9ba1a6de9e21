"""A plan as a workbook: ``plan.xlsx``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from staffing.exports.allocations import allocations_sheet
from staffing.exports.changes import changes_sheet
from staffing.exports.clients import clients_sheet
from staffing.exports.drawing import drawn
from staffing.exports.people import people_sheet
from staffing.exports.schedule import schedule_sheet
from staffing.exports.summary import summary_sheet
from staffing.exports.waiting import waiting_sheet
from staffing.exports.worked import worked_sheet
from staffing.plan.writing import write_whole

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

SHEETS = (
    summary_sheet,
    schedule_sheet,
    people_sheet,
    clients_sheet,
    waiting_sheet,
    changes_sheet,
    worked_sheet,
    allocations_sheet,
)
"""What each sheet shows, in order; what changed, only of a re-plan."""


def as_workbook(plan: Plan) -> bytes:
    """Return a plan as a workbook; the same plan always gives the same bytes.

    Sheets run from right to left where people reckon by the Solar Hijri calendar.
    """
    right_to_left = plan.context is not None and plan.context.system == "jalali"
    sheets = [sheet(plan) for sheet in SHEETS if sheet is not changes_sheet or plan.baseline is not None]
    return drawn(sheets, plan.scenario, right_to_left)


def write_workbook(plan: Plan, path: Path) -> None:
    """Write a plan as a workbook, whole or not at all.

    Raises
    ------
    OutputError
        Where the file cannot be written.
    """
    write_whole(path, as_workbook(plan))
