"""The past of a plan: an earlier plan as it is read, and the scenario with history and all that is promised."""

from __future__ import annotations

import warnings
from collections.abc import Collection

from staffing.errors import StaffingError, StaffingWarning
from staffing.plan.earlier import EarlierPlan, read_earlier
from staffing.plan.keeping import check_names, keeping_nothing, with_kept
from staffing.plan.plan import Plan
from staffing.scenario.expand import Expanded
from staffing.scenario.history import replan
from staffing.scenario.scenario import Scenario

CALLER = 4
"""Frames from a warning to whoever called :func:`staffing.solve`."""


def with_past(
    scenario: Scenario, baseline: Plan | None, from_week: int | None, keep: Collection[str]
) -> tuple[EarlierPlan | None, Expanded]:
    """Return the earlier plan as it is read, and the scenario with its history and all that is promised.

    The parameters are those of :func:`staffing.solve`, whose :class:`~staffing.solving.case.Case` alone calls this.
    """
    _check_from_week(scenario, from_week)
    if baseline is None:
        if from_week is not None and scenario.as_of is None:
            raise StaffingError("from_week says which weeks of a baseline are over: give the baseline, too")
        if keep:
            raise StaffingError("keep says whose hours of a baseline stay: give the baseline, too")
        return None, scenario.expanded
    check_names(scenario, keep)
    if from_week is not None and not 1 <= from_week <= scenario.weeks:
        raise StaffingError(f"from_week {from_week} is no week of the scenario: 1 to {scenario.weeks}")
    first = from_week or 1
    earlier = read_earlier(baseline, scenario.expanded, None if scenario.tells_worked else first)
    for told in earlier.warnings:
        warnings.warn(str(told), StaffingWarning, stacklevel=CALLER)
    unbooked = scenario.unbooked if scenario.tells_worked else replan(scenario.unbooked, earlier.history, first)
    expanded = with_kept(unbooked, earlier.kept, keep)
    for name in keeping_nothing(expanded, keep):
        warnings.warn(f"{name} has no hours in the baseline that could be kept.", StaffingWarning, stacklevel=CALLER)
    return earlier, expanded


def _check_from_week(scenario: Scenario, from_week: int | None) -> None:
    """Raise an error where `from_week` contradicts what the scenario says of its own past."""
    if scenario.as_of is not None and from_week not in (None, scenario.first_open_week):
        open_ = f"week {scenario.first_open_week}, with as_of {scenario.as_of}"
        raise StaffingError(f"from_week is {from_week}, and the scenario is planned from {open_}: leave from_week out")
    if scenario.as_of is None and scenario.worked and from_week is not None:
        raise StaffingError(
            f"from_week is {from_week}, and the scenario itself says what was worked: say as_of in it, the day from "
            "which on is planned, and leave from_week out"
        )
