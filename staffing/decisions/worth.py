"""What is one more hour worth, one more percent of a budget, one more week?"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Literal, get_args

from staffing.decisions.confirm import Confirming
from staffing.decisions.given import Effort, Given
from staffing.decisions.more import hours, percents, weeks
from staffing.decisions.prices import Prices
from staffing.decisions.worth_answer import BudgetWorth, DeadlineWorth, HourWorth, Worth
from staffing.decisions.worth_entries import Entries, Entry
from staffing.errors import StaffingError
from staffing.plan.plan import Plan
from staffing.scenario.scenario import Scenario

By = Literal["role", "person", "budget", "deadline"]
BYS: tuple[By, ...] = get_args(By)
USUAL: tuple[By, ...] = ("role", "budget", "deadline")
"""What is asked for where nothing is said."""
SEARCHING = 0.95
"""Of the time limit: for prices and plans; the rest is for putting them together."""
PRICING = 0.35
"""Of the time: for prices."""


def worth(
    scenario: Scenario,
    plan: Plan,
    by: By | Iterable[By] | None = None,
    most: int = 10,
    time_limit: float = 10,
    *,
    stop: threading.Event | None = None,
) -> Worth:
    """Say what one more hour in each week, one more percent of each budget and one more week are worth to the goals.

    All of them are estimated at once by prices; the greatest are solved, beside the same plan without.

    Parameters
    ----------
    scenario
        What was planned.
    plan
        A plan of it; it is audited first.
    by
        Hours by ``role`` or by ``person``, ``budget``, ``deadline``, or several of them; None for role, budget and
        deadline.
    most
        How many of each to solve, the greatest first.
    time_limit
        Seconds for all of it; what is not solved by then is left as estimated.
    stop
        Set by another thread to end with what is known.

    Raises
    ------
    NotValidError
        Where the plan is not valid for the scenario, with every violation.
    StaffingError
        Where an option means nothing.
    """
    asked = _asked(by)
    if most < 0 or not 0 <= time_limit < 1e9:
        raise StaffingError("most is a count, 0 or more, and time_limit seconds, 0 or more")
    effort = Effort(SEARCHING * time_limit, stop or threading.Event())
    given = Given.of(scenario, plan)
    lists = {name: list(_entries(given, name)) for name in asked}
    mores = list(dict.fromkeys(more for entries in lists.values() for entry in entries for more in entry.mores))
    entries = Entries(given, Prices(given, mores), Confirming(given))
    entries.price(mores, effort.part(PRICING))
    _confirm(entries, [entries.ranked(listed)[:most] for listed in lists.values()], effort)
    ready = [entries.worth(entry) for listed in lists.values() for entry in entries.ranked(listed)]
    return Worth(
        scenario=scenario.name,
        fingerprint=scenario.fingerprint,
        plan_gain=entries.confirming.plan_gain,
        goals=tuple(entry.goal for entry in given.goals),
        hours=tuple(one for one in ready if isinstance(one, HourWorth)),
        budgets=tuple(one for one in ready if isinstance(one, BudgetWorth)),
        deadlines=tuple(one for one in ready if isinstance(one, DeadlineWorth)),
        seconds=round(effort.clock.used, 3),
    )


def _asked(by: By | Iterable[By] | None) -> list[By]:
    """Return what is asked for.

    Raises
    ------
    StaffingError
        Where it is nothing that there is.
    """
    names = list(USUAL if by is None else [by] if isinstance(by, str) else dict.fromkeys(by))
    unknown = [name for name in names if name not in BYS]
    if unknown or not names:
        raise StaffingError(f"by is one of {', '.join(BYS)}, or several of them, not {', '.join(map(str, unknown))}")
    return names


def _entries(given: Given, by: By) -> Iterable[Entry]:
    """Yield what there may be more of, hours of nobody too: a week in which somebody has no day."""
    facts = given.facts
    if by == "budget":
        yield from (Entry("budget", (more,)) for more in percents(facts.expanded))
    elif by == "deadline":
        yield from (Entry("deadline", (more,)) for more in weeks(given.scenario, facts))
    else:
        cells = {(more.person, more.week): more for more in hours(given.scenario, facts)}
        groups: dict[tuple[str, str | None], list[str]] = {}
        for person in facts.present:
            groups.setdefault((person.role, person.id if by == "person" else None), []).append(person.id)
        for (role, staff), people in groups.items():
            for week in range(1, given.scenario.weeks + 1):
                members = tuple(cells[id_, week] for id_ in people if (id_, week) in cells)
                yield Entry("hour", members, role=role, staff=staff, week=week)


def _confirm(entries: Entries, ranked: Sequence[Sequence[Entry]], effort: Effort) -> None:
    """Solve what ranks first, of each list in turn; then hours of the others of a role, as far as the time reaches."""
    by_rank = [entry for row in zip_longest(*ranked) for entry in row if entry is not None]
    likely = [entries.likeliest(entry) for entry in by_rank]
    first = list(dict.fromkeys(more for more in likely if more is not None))
    rest = list(dict.fromkeys(more for entry in by_rank for more in entry.mores if more.patch is not None))
    confirming = entries.confirming
    confirming.confirm(first, effort)
    confirming.confirm([more for more in rest if more not in first], effort)
