"""Plans side by side: measures with differences, and who does what differently."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from staffing.comparing.comparison import Comparison
from staffing.comparing.measures import MONEY, Measure
from staffing.console.names import task_of
from staffing.plan.records import TaskResult
from staffing.report.language import Language, name
from staffing.report.names import Told
from staffing.scenario.records import GOALS, KINDS

MOST_OPEN = 60
"""Tasks that differ in the open; beyond, each client is folded."""

_RATIOS = ("utilisation", "share")
_SAME = {
    "delivered_value": "value",
    "must_waiting_hours": "must",
    "planned_hours": "hours",
    "overtime_hours": "overtime",
    "cost": "cost",
    "contacts": "contacts",
}
"""Measures that say again what the goal beside them says, where plans have that goal."""
_WORK = {
    *("status", "delivered_tasks", "late_tasks", "waiting_tasks"),
    *("weeks_late", "delivered_value", "total_value", "contacts"),
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A measure of one plan, and its difference to the first; no difference for the first itself."""

    text: str
    difference: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """A measure across plans."""

    measure: Markup
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of a task in one plan, and whether that is not what the first plan says."""

    text: Markup
    differs: bool


@dataclass(frozen=True, slots=True)
class Differing:
    """A task, or occurrences of a repeating one that differ alike."""

    task: Markup
    times: int
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class OfClient:
    """The tasks of a client that differ; those that no plan delivers have no client that a plan knows."""

    client: Markup
    tasks: int
    rows: tuple[Differing, ...]


def measures(comparison: Comparison, say: Language) -> dict[str, tuple[Compared, ...]]:
    """Give every measure, grouped: goals, work, hours, money."""
    groups: dict[str, list[Compared]] = {"goals": [], "work": [], "hours": [], "money": []}
    for measure, values in comparison.values.items():
        if measure in _SAME and comparison.values.get(f"goal {_SAME[measure]}") == values:
            continue
        figures = [Figure(_written(say, measure, values[0]), None)]
        figures += [
            Figure(_written(say, measure, value), _difference(say, measure, difference))
            for value, difference in zip(values[1:], comparison.differences[measure], strict=True)
        ]
        groups[_group(measure)].append(Compared(_named(say, measure), tuple(figures)))
    return {group: tuple(rows) for group, rows in groups.items() if rows}


def _group(measure: str) -> str:
    if measure in {f"goal {goal}" for goal in GOALS}:
        return "goals"
    if measure in _WORK:
        return "work"
    return "money" if measure in MONEY else "hours"


def _named(say: Language, measure: str) -> Markup:
    """Name a measure: a word of the page, or a role and what of it is measured."""
    word = say.words.get(f"m_{measure}") or say.words.get(f"goal_{measure.removeprefix('goal ')}")
    if word is not None:
        return Markup.escape(word)
    role, kind, what = measure.rsplit(" ", 2)
    if what == "share":
        return say("m_role_share", role=say.role(role))
    return say("m_role_hours", role=say.role(role), kind=say.words[kind] if kind in KINDS else name(kind))


def _written(say: Language, measure: str, value: Measure) -> str:
    if isinstance(value, str):
        return say.words.get(f"status_{value}", value)
    return say.percent(value) if measure.endswith(_RATIOS) else say.number(value)


def _difference(say: Language, measure: str, difference: Measure) -> str:
    if not isinstance(difference, int | float):
        return ""
    if not difference:
        return say.words["no_difference"]
    if measure.endswith(_RATIOS):
        points = round(100 * difference, 1 if abs(difference) < 0.01 else None)
        return say("points", n=say.signed(points)) if points else say.words["no_difference"]
    return say.signed(difference)


def differing(comparison: Comparison, tolds: Sequence[Told]) -> tuple[OfClient, ...]:
    """Say who does what differently, client by client, in the names of each plan."""
    clients = _clients(tolds)
    results = [{result.task: result for result in told.plan.results} for told in tolds]
    alike: defaultdict[tuple[str, str, tuple[Markup, ...]], list[str]] = defaultdict(list)
    for task in comparison.outcomes:
        texts = tuple(_outcome(told, found.get(task)) for told, found in zip(tolds, results, strict=True))
        alike[clients.get(task_of(task), ""), task_of(task), texts].append(task)
    rows: defaultdict[str, list[Differing]] = defaultdict(list)
    for (client, _, texts), several in alike.items():
        outcomes = tuple(Outcome(text, text != texts[0]) for text in texts)
        rows[client].append(Differing(_task(tolds, results, several[0]), len(several), outcomes))
    return tuple(
        OfClient(_client(tolds, client), sum(row.times for row in of_client), tuple(of_client))
        for client, of_client in sorted(rows.items(), key=lambda entry: not entry[0])
    )


def _clients(tolds: Sequence[Told]) -> dict[str, str]:
    """Tell the client of each task that any plan works on."""
    return {task_of(entry.task): entry.client for told in reversed(tolds) for entry in told.plan.assigned}


def _client(tolds: Sequence[Told], client: str) -> Markup:
    if not client:
        return Markup.escape(tolds[0].say.words["other_tasks"])
    return _first_other_than(name(client), [told.client(client) for told in tolds])


def _task(tolds: Sequence[Told], results: Sequence[dict[str, TaskResult]], task: str) -> Markup:
    named = [told.task(task) for told, found in zip(tolds, results, strict=True) if task in found]
    return _first_other_than(name(task), named)


def _first_other_than(id_: Markup, names: list[Markup]) -> Markup:
    """Take the name from the first plan that knows it."""
    return next((known for known in names if known != id_), id_)


def _outcome(told: Told, result: TaskResult | None) -> Markup:
    say = told.say
    if result is None:
        return Markup.escape(say.words["state_absent"])
    if result.state == "delivered" and result.owners:
        return told.persons(result.owners)
    if result.owners:
        return Markup("{} ({})").format(told.persons(result.owners), say.words[f"state_{result.state}"])
    if result.reason is not None:
        return Markup("{}: {}").format(say.words["state_waiting"], say.words[f"reason_{result.reason}"])
    return Markup.escape(say.words[f"state_{result.state}"])
