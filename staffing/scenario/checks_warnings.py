"""What is legal in a scenario but surely not meant: goals, rounding, people and entries without effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from staffing.scenario.amounts import down, plain, up
from staffing.scenario.checks_alike import ids, skills
from staffing.scenario.checks_bookings import bookings
from staffing.scenario.checks_fit import misfits
from staffing.scenario.checks_history import (
    missed_occurrences,
    overrun,
    without_burn,
    without_day,
    without_effort,
    without_occurrence,
)
from staffing.scenario.expand import copy_ids, shares_with_nobody
from staffing.scenario.findings import Finding
from staffing.scenario.occurrences import occurrences
from staffing.scenario.paths import Path, label
from staffing.scenario.records import KINDS, Task
from staffing.scenario.scenario import Scenario
from staffing.scenario.spelling import alike
from staffing.scenario.view import View, is_done

_DEAR = Decimal(1_000)
"""What an hour of nobody costs in dollars, euros or pounds."""
_SMALL = frozenset(
    alike(
        "AMD ARS BDT CLP COP CRC CZK DZD EGP HUF IDR INR IQD IRR IRT ISK JPY KES KHR KRW KZT LAK LBP LKR MMK MNT MXN "
        "NGN NPR PHP PKR PYG RSD RUB SYP THB TRY TWD TZS UAH UGX UZS VND XAF XOF YER ZAR "
        "dong forint krona naira peso pesos rial rials riyal rouble rouble rubel ruble rubles rupee rupees rupiah "
        "toman tomans tuman won yen ریال تومان تومن دینار ¥ 円 ₩ ₹ ₽ ₫ ₺ ₴ ₦ ₱ ﷼ Ft Kč"
    ).split()
)
"""Currencies, by code, name or sign, of which an hour may cost thousands."""


def rounding(scenario: Scenario) -> Iterator[Finding]:
    """Hours that are not on the grid are rounded."""
    step = Fraction(scenario.step)
    for path, hours in _rounded(scenario):
        used = (up if path == ("switching",) else down)(Fraction(hours), step)
        if used != Fraction(hours):
            grid = f"the grid of {plain(scenario.step)} hours"
            yield Finding(path, f"{plain(hours)} hours are not on {grid}: {plain(used)} are used")


def _rounded(scenario: Scenario) -> Iterator[tuple[Path, Decimal]]:
    yield ("switching",), scenario.switching
    for number, member in enumerate(scenario.staff):
        yield ("staff", number, "overtime"), member.overtime.hours
        for kind in KINDS:
            if (limit := getattr(member.limits, kind)) is not None:
                yield ("staff", number, "limits", kind), limit
    for number, task in enumerate(scenario.tasks):
        if task.weekly_max is not None:
            yield ("tasks", number, "weekly_max"), task.weekly_max


def mixed_values(scenario: Scenario) -> Iterator[Finding]:
    """Stated values and the default, weight × hours, are seldom in the same money."""
    stated = [task.value is not None for task in scenario.tasks if not is_done(task)]
    if any(entry.goal == "value" for entry in scenario.goals) and any(stated) and not all(stated):
        message = (
            f"{sum(stated)} of {len(stated)} tasks state a value, and the others are worth weight × hours: "
            "state it for all or for none"
        )
        yield Finding(("tasks",), message)


def empty_plan(scenario: Scenario) -> Iterator[Finding]:
    """Without a goal that rewards delivery, or after one that every hour worsens, only must tasks are done."""
    must = [task.must for task in scenario.tasks if not is_done(task)]
    if all(must) and scenario.tasks:
        return
    best = "only must tasks are delivered" if any(must) else "the empty plan is best"
    names = [entry.goal for entry in scenario.goals]
    rewarded = [names.index(goal) for goal in ("value", "net_value") if goal in names]
    if not rewarded:
        yield Finding(("goals",), f"{best}: neither value nor net_value is a goal")
        return
    forbidding = {"hours", "balance"} | ({"cost"} if _every_hour_costs(scenario) else set())
    first = next((goal for goal in names[: min(rewarded)] if goal in forbidding), None)
    if first is not None:
        yield Finding(("goals",), f"{best}: {first} comes before {names[min(rewarded)]}")


def _every_hour_costs(scenario: Scenario) -> bool:
    """Whether nobody can be given work at no cost; who has a salary costs no more by working."""
    people = scenario.expanded.people.values()
    return all(
        (person.cost_rate > 0 and not person.salaried) or (person.placeholder and _has_price(scenario, person.id))
        for person in people
    )


def _has_price(scenario: Scenario, placeholder: str) -> bool:
    person = scenario.expanded.people[placeholder]
    return person.hire_cost > 0 or person.cost_rate > 0


def free_hiring(scenario: Scenario) -> Iterator[Finding]:
    """Where value comes before any goal that counts money, placeholders are hired for the smallest task."""
    names = [entry.goal for entry in scenario.goals]
    before = names[: names.index("value")] if "value" in names else ["cost"]
    if "cost" in before or "net_value" in before:
        return
    for number, member in enumerate(scenario.staff):
        if member.placeholder and _has_price(scenario, member.id):
            message = (
                f"no goal before value weighs what {label(member.id)} costs: cost or net_value could stand before it"
            )
            yield Finding(("staff", number, "placeholder"), message)


def one_owner_after_all(scenario: Scenario) -> Iterator[Finding]:
    """Where a rule asks for one owner, max_owners is 1."""
    clients = View(scenario)
    for number, task in enumerate(scenario.tasks):
        client = clients.client(task)
        if client is not None and (task.max_owners or 1) > 1 and shares_with_nobody(task, client):
            why = "single_owner of its client" if client.single_owner and task.owner is None else "same_owner"
            yield Finding(("tasks", number, "max_owners"), f"{why} asks for one owner: max_owners is 1 here")


def idle_clients(scenario: Scenario) -> Iterator[Finding]:
    """A client without tasks asks for nothing."""
    view = View(scenario)
    busy = {client.id for task in scenario.tasks if (client := view.client(task)) is not None}
    for number, client in enumerate(scenario.clients):
        if client.id not in busy:
            yield Finding(("clients", number), f"{label(client.id)} has no tasks")


def people(scenario: Scenario) -> Iterator[Finding]:
    """People who can do nothing at all, and hire costs of people who are there already."""
    view = View(scenario)
    estimated: dict[str, list[Task]] = {}
    for task in scenario.tasks:
        for name in task.estimates if not is_done(task) else ():
            estimated.setdefault(name, []).append(task)
    for number, member in enumerate(scenario.staff):
        if view.own(member, "strategic") == 0 == view.own(member, "tactical") and not any(
            view.allowed(task, member) for copy in copy_ids(member) for task in estimated.get(copy, ())
        ):
            message = (
                f"{label(member.id)} can do nothing: productivity is 0 on both kinds, and no task that is open to "
                f"{label(member.id)} has an estimate"
            )
            yield Finding(("staff", number), message)
        if member.hire_cost and not member.placeholder:
            message = f"{label(member.id)} is no placeholder, and so is not hired: hire_cost counts for nothing"
            yield Finding(("staff", number, "hire_cost"), message)


def weeks(scenario: Scenario) -> Iterator[Finding]:
    """Repeats that never occur, and due weeks that are over or that a deadline forestalls."""
    for number, task in enumerate(scenario.tasks):
        at: Path = ("tasks", number)
        if task.repeat is not None and not occurrences(task, scenario):
            yield Finding((*at, "repeat"), "no occurrence begins inside the horizon")
        if (
            task.due is not None
            and task.deadline is not None
            and scenario.week(task.due) > scenario.week(task.deadline)
        ):
            yield Finding((*at, "due"), "due is after the deadline: the task cannot be late")
    yield from _overdue(scenario)


def _overdue(scenario: Scenario) -> Iterator[Finding]:
    """What was due before the horizon, each date where it is written."""
    takes_over: set[str] = set()
    for number, task in enumerate(scenario.tasks):
        if task.repeat is not None or is_done(task):
            continue
        if task.due is None:
            takes_over.add(task.project or "")
        elif scenario.week(task.due) < 1:
            yield Finding(("tasks", number, "due"), "due is before the horizon: the task is late from week 1 on")
    for number, project in enumerate(scenario.projects):
        if project.due is not None and project.id in takes_over and scenario.week(project.due) < 1:
            message = "due is before the horizon: tasks that take it over are late from week 1 on"
            yield Finding(("projects", number, "due"), message)


def rates(scenario: Scenario) -> Iterator[Finding]:
    """No rate is as high as this, unless the currency counts in small units."""
    if _small_money(scenario):
        return
    written: list[tuple[Path, Decimal | None]] = [
        (("roles", name, "cost_rate"), role.cost_rate) for name, role in scenario.roles.items()
    ]
    written += [(("staff", number, "cost_rate"), member.cost_rate) for number, member in enumerate(scenario.staff)]
    for path, rate in written:
        if rate is not None and rate > _DEAR:
            message = f"{plain(rate)} is much for an hour: cost_rate is money per hour; is it a salary per month?"
            yield Finding(path, message)


def _small_money(scenario: Scenario) -> bool:
    """Whether a thousand of the currency is an ordinary price of an hour."""
    named = set(alike(scenario.currency).replace(".", " ").split())
    return scenario.calendar.country == "IR" or scenario.calendar.system == "jalali" or not named.isdisjoint(_SMALL)


WARNINGS: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    rounding,
    mixed_values,
    empty_plan,
    free_hiring,
    one_owner_after_all,
    idle_clients,
    people,
    weeks,
    rates,
    without_day,
    overrun,
    missed_occurrences,
    without_effort,
    without_burn,
    without_occurrence,
    bookings,
    ids,
    skills,
    misfits,
)


def warnings(scenario: Scenario) -> list[Finding]:
    """Return findings on what is legal in a scenario but surely not meant."""
    return [finding for check in WARNINGS for finding in check(scenario)]
