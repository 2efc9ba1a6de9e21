"""Do the tasks and projects make sense by themselves."""

from __future__ import annotations

from collections.abc import Iterator

from staffing.scenario.amounts import plain
from staffing.scenario.findings import Finding
from staffing.scenario.paths import Path, label
from staffing.scenario.records import HoursRange
from staffing.scenario.slips import date_remedy
from staffing.scenario.view import View


def weeks_inside(view: View) -> Iterator[Finding]:
    """Week numbers lie in the horizon; dates may lie anywhere."""
    last = view.draft.weeks
    for path, point in _points(view):
        if isinstance(point, int) and not 1 <= point <= last:
            allowed = f"1 to {last}, or a date, are allowed{date_remedy(str(point))}"
            yield Finding(path, f"week {point} is outside the horizon: {allowed}")


def _points(view: View) -> Iterator[tuple[Path, object]]:
    for kind in ("projects", "tasks"):
        for number, entry in enumerate(getattr(view.draft, kind)):
            for field in ("earliest", "due", "deadline"):
                yield (kind, number, field), getattr(entry, field)
    for number, task in enumerate(view.draft.tasks):
        if task.repeat is not None:
            yield ("tasks", number, "repeat", "from"), task.repeat.since
            yield ("tasks", number, "repeat", "until"), task.repeat.until


def clients_of_tasks(view: View) -> Iterator[Finding]:
    """Each task is for one client, its own or its project's."""
    for number, task in enumerate(view.draft.tasks):
        at: Path = ("tasks", number)
        project = view.projects.get(task.project or "")
        if task.client is None and task.project is None:
            yield Finding(at, "neither client nor project is given: one of them is needed")
        elif task.client is not None and project is not None and project.client != task.client:
            message = f"{label(project.id)} is a project of {label(project.client)}: client and project must agree"
            yield Finding((*at, "client"), message)


def repeats(view: View) -> Iterator[Finding]:
    """A repeating task has no weeks of its own: its occurrences have."""
    for number, task in enumerate(view.draft.tasks):
        for field in ("earliest", "due", "deadline", "done", "left") if task.repeat is not None else ():
            given = getattr(task, field)
            if given if field == "done" else given is not None:
                what = (
                    "cancelled: true ends it" if field == "left" else "its occurrences have the weeks that repeat says"
                )
                message = f"a repeating task has no {field} of its own: {what}"
                yield Finding(("tasks", number, field), message)


def ranges(view: View) -> Iterator[Finding]:
    """The likely hours of a task lie between the least and the most."""
    for number, task in enumerate(view.draft.tasks):
        hours = task.hours
        if isinstance(hours, HoursRange) and not hours.low <= hours.likely <= hours.high:
            said = f"low {plain(hours.low)}, likely {plain(hours.likely)}, high {plain(hours.high)}"
            yield Finding(("tasks", number, "hours"), f"{said}: each must be at least the one before")


def sharing(view: View) -> Iterator[Finding]:
    """Only a task without a fixed owner and without estimates can be shared."""
    for number, task in enumerate(view.draft.tasks):
        at: Path = ("tasks", number, "max_owners")
        if (task.max_owners or 1) == 1:
            continue
        if task.owner is not None:
            yield Finding(at, "a task with an owner cannot be shared: owner or max_owners is allowed, not both")
        if task.estimates:
            yield Finding(at, "a task with estimates cannot be shared: estimates are allowed with max_owners 1 only")


def prices(view: View) -> Iterator[Finding]:
    """Only people who are paid by the hour ask a fixed price."""
    for number, task in enumerate(view.draft.tasks):
        for name, estimate in task.estimates.items():
            member = view.staff.get(name)
            if estimate.price is not None and member is not None and member.pay == "salary":
                message = f"{label(name)} has a salary and asks no price: one is allowed with pay hourly only"
                yield Finding(("tasks", number, "estimates", name, "price"), message)


def stated_values(view: View) -> Iterator[Finding]:
    """The goal net_value weighs value against money, so that every value must be meant."""
    if all(entry.goal != "net_value" for entry in view.draft.goals):
        return
    for number, task in enumerate(view.draft.tasks):
        if task.value is None:
            yield Finding(("tasks", number), '"value" is missing: with the goal net_value every task states its value')
