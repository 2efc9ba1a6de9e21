"""What is wrong in a scenario as a whole.

Each check is a function from a :class:`~staffing.scenario.view.View` to what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from staffing.scenario import checks_people, checks_references, checks_work, checks_worked
from staffing.scenario.draft import Draft
from staffing.scenario.findings import Finding
from staffing.scenario.view import View

if TYPE_CHECKING:
    from staffing.scenario.mistakes import Rest

Check = Callable[[View], Iterator[Finding]]

ERRORS: tuple[Check, ...] = (
    checks_people.horizon,
    checks_people.somebody,
    checks_people.calendar,
    checks_people.people,
    checks_people.bill_rates,
    checks_references.duplicate_ids,
    checks_references.unknown_references,
    checks_references.after_repeating,
    checks_references.circles,
    checks_work.weeks_inside,
    checks_work.clients_of_tasks,
    checks_work.repeats,
    checks_work.ranges,
    checks_work.sharing,
    checks_work.prices,
    checks_work.stated_values,
    checks_worked.worked,
    checks_worked.bookings,
)


def errors(draft: Draft, rest: Rest | None = None) -> list[Finding]:
    """Return findings on what does not fit together in a scenario.

    Parameters
    ----------
    draft
        The scenario, each entry sound by itself.
    rest
        What was left out of the draft, if it is what remains of a scenario with wrong values.
    """
    view = View(draft, rest.ids if rest else {})
    found = [finding for check in ERRORS for finding in check(view)]
    return rest.as_written(found) if rest else found
