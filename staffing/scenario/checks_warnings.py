"""What is legal in a scenario but surely not meant: goals, rounding, people and entries without effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from staffing.scenario.amounts import plain
from staffing.scenario.checks_fit import misfits
from staffing.scenario.checks_people import has_no_productivity
from staffing.scenario.expand import down, occurrences, shares_with_nobody, up
from staffing.scenario.findings import Finding, Path, label
from staffing.scenario.records import KINDS
from staffing.scenario.scenario import Scenario
from staffing.scenario.view import View, is_done


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
    """Without a reward for delivering, or after a goal that forbids to spend an hour, only must tasks are done."""
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
    """People who only do what they have an estimate for, and hire costs of people who are there already."""
    view = View(scenario)
    for number, member in enumerate(scenario.staff):
        if has_no_productivity(view, member):
            message = f"{label(member.id)} has productivity 0 on both kinds, and does only tasks with an estimate"
            yield Finding(("staff", number), message)
        if member.hire_cost and not member.placeholder:
            message = f"{label(member.id)} is no placeholder, and so is not hired: hire_cost counts for nothing"
            yield Finding(("staff", number, "hire_cost"), message)


def weeks(scenario: Scenario) -> Iterator[Finding]:
    """Repeats that never occur, and due weeks that a deadline forestalls."""
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


WARNINGS: tuple[Callable[[Scenario], Iterator[Finding]], ...] = (
    rounding,
    mixed_values,
    empty_plan,
    free_hiring,
    one_owner_after_all,
    idle_clients,
    people,
    weeks,
    misfits,
)


def warnings(scenario: Scenario) -> list[Finding]:
    """Find what is legal in a scenario but surely not meant."""
    return [finding for check in WARNINGS for finding in check(scenario)]
