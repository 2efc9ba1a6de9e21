"""Made-up agencies as people write them: the features of real files, the same again for the same seed.

Departments with crafts, part-timers whose hours change, joiners and leavers, salaries beside hourly pay, freelancers
with fixed prices, people who could be hired (some dear, some cheap, with counts and start dates), retainers by week and
month with windows, projects in phases with lags and launches that must happen, due dates on everything that is done
once, budgets by month and quarter with money spent before, public holidays, and work of the house that nobody pays for.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from random import Random
from typing import Literal

from benchmarks.field.calendar import Weeks
from benchmarks.field.mending import leave_out, mend
from benchmarks.field.money import budgets, fixed_prices, scale, schedule, worth
from benchmarks.field.people import ROLES, People, supply
from benchmarks.field.work import Work
from benchmarks.generator import Entry, Size, rules
from staffing.loading import from_mapping

Variant = Literal["net_value", "value"]

SIZES = {
    size.name: size
    for size in (
        Size("XS", 3, 12, 4),
        Size("5", 5, 35, 9),
        Size("14", 14, 160, 13),
        Size("45", 45, 550, 13),
        Size("160", 160, 2500, 26),
    )
}
"""By people, but for the smallest, which is for tests."""
LOAD = 1.05
"""Some of the work waits, but not most of it."""
STARTS = tuple(map(dt.date.fromisoformat, ("2026-03-02", "2026-01-05", "2026-09-07", "2026-05-04")))
STATES = ("BY", "BE", "HH", "NW")
SWITCHING = (0.5, 0.25, 1, 0.75)


def field(
    size: Size, *, load: float = LOAD, seed: int = 0, variant: Variant = "net_value", without: Collection[str] = ()
) -> Entry:
    """Return a made-up agency as people write them.

    Parameters
    ----------
    size
        People (who could be hired aside), tasks with repeats written out, and weeks.
    load
        Effort of all tasks ÷ the effort that people can give; trades differ from it a little.
    seed
        Another seed, another agency. It decides the season, the hours lost by switching, and what burns budgets too.
    variant
        ``net_value``: goals must, net_value (of which one percent may be given up), lateness and contacts, and every
        task states its value. ``value``: must, value, lateness, cost, and contacts or (odd seeds) balance; values are
        those of the format, weight × hours.
    without
        Rules to leave out, of :data:`benchmarks.generator.RULES`.

    Returns
    -------
    dict
        A scenario as in a file, for :func:`staffing.loading.from_mapping`.
    """
    random = Random(f"field {size.name} {seed}")  # the same agency in both variants
    weeks = Weeks(STARTS[seed % len(STARTS)], size.weeks)
    people = People(random, size.people, weeks)
    scenario = _frame(size, seed, weeks) | {"staff": people.staff}
    effort = supply(people.staff, _hours(scenario))
    work = Work(random, people, size.tasks, weeks, effort)
    scale(work, effort, load, weeks)
    schedule(work, weeks)
    worth(work)
    fixed_prices(work, people)
    budgets(work, weeks, scenario["budget_basis"])
    scenario |= {"clients": work.clients, "projects": work.projects, "tasks": [piece.entry for piece in work.pieces]}
    scenario |= {"name": f"field {size.name}, load {load}"}
    if variant == "net_value":
        scenario["goals"] = ["must", {"goal": "net_value", "tolerance": 0.01}, "lateness", "contacts"]
    else:
        last = "balance" if seed % 2 else "contacts"
        scenario["goals"] = ["must", {"goal": "value", "tolerance": 0.005}, "lateness", "cost", last]
        for task in scenario["tasks"]:
            del task["value"]
    return leave_out(mend(scenario), rules(without))


def _frame(size: Size, seed: int, weeks: Weeks) -> Entry:
    """Return all but the people and their work."""
    switching = SWITCHING[seed % len(SWITCHING)]
    return {
        "name": size.name,
        "start": weeks.start.isoformat(),
        "weeks": size.weeks,
        "currency": "EUR",
        "step": 0.25 if switching % 0.5 else 0.5,
        "switching": switching,
        "budget_basis": "cost" if seed % 2 else "bill",
        "calendar": {
            "country": "DE",
            "subdivision": STATES[seed % len(STATES)],
            "holidays": [weeks.friday(size.weeks // 2)],
        },
        "roles": {name: dict(role) for name, role in ROLES.items()},
    }


def _hours(scenario: Entry) -> dict[str, float]:
    """Return the hours of each person, as the format counts them."""
    people = from_mapping(scenario).expanded.people.values()
    return {person.id: float(sum(person.capacity)) for person in people}
