"""Plans side by side: measures with differences, and who does what differently, and when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from staffing.comparing.comparison import Comparison
from staffing.comparing.fates import Fate, Point, alike, families
from staffing.comparing.measures import MONEY, Measure
from staffing.console.families import weeks_of
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
    """A task, or the occurrences of a repeating one that differ."""

    task: Markup
    times: int
    weeks: Markup
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class OfClient:
    """The tasks of a client that differ; in plans of other making there may be tasks whose client nobody knows."""

    client: Markup
    tasks: int
    rows: tuple[Differing, ...]


def measures(comparison: Comparison, say: Language) -> dict[str, tuple[Compared, ...]]:
    """Return every measure, in groups: goals, work, hours, money."""
    groups: dict[str, list[Compared]] = {"goals": [], "work": [], "hours": [], "money": []}
    for measure, values in comparison.values.items():
        if measure in _SAME and comparison.values.get(f"goal {_SAME[measure]}") == values:
            continue
        figures = [Figure(written(say, measure, values[0]), None)]
        figures += [
            Figure(written(say, measure, value), difference(say, measure, less))
            for value, less in zip(values[1:], comparison.differences[measure], strict=True)
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
    """Return the name of a measure: a word of the page, or a role and what is measured of it."""
    word = say.words.get(f"m_{measure}") or say.words.get(f"goal_{measure.removeprefix('goal ')}")
    if word is not None:
        return Markup.escape(word)
    if measure.endswith(" utilisation"):
        return say("m_role_utilisation", role=say.role(measure.removesuffix(" utilisation")))
    role, kind, what = measure.rsplit(" ", 2)
    if what == "share":
        return say("m_role_share", role=say.role(role))
    return say("m_role_hours", role=say.role(role), kind=say.words[kind] if kind in KINDS else name(kind))


def written(say: Language, measure: str, value: Measure) -> str:
    """Return a measure as text."""
    if isinstance(value, str):
        return say.words.get(f"status_{value}", value)
    return say.percent(value) if measure.endswith(_RATIOS) else say.number(value)


def difference(say: Language, measure: str, less: Measure) -> str:
    """Return a difference as text; of shares in points."""
    if not isinstance(less, int | float):
        return ""
    if not less:
        return say.words["no_difference"]
    if measure.endswith(_RATIOS):
        points = round(100 * less, 1 if abs(less) < 0.01 else None)
        return say("points", n=say.signed(points)) if points else say.words["no_difference"]
    return say.signed(less)


def differing(comparison: Comparison, tolds: Sequence[Told]) -> tuple[OfClient, ...]:
    """Return who does what differently, and when, client by client, in the names of each plan."""
    rows: defaultdict[str, list[Differing]] = defaultdict(list)
    labels: dict[str, Markup] = {"": Markup.escape(tolds[0].say.words["other_tasks"])}
    for tasks in families(comparison.fates):
        fates = comparison.fates[tasks[0]]
        told, id_ = next(
            (told, fate.result.task) for told, fate in zip(tolds, fates, strict=True) if fate.result is not None
        )
        client = told.about(id_).client or ""
        labels.setdefault(client, told.client(client))
        own = ([comparison.fates[task][number] for task in tasks] for number in range(len(tolds)))
        texts = [_outcome(told, several) for told, several in zip(tolds, own, strict=True)]
        outcomes = tuple(Outcome(text, text != texts[0]) for text in texts)
        rows[client].append(Differing(told.work(id_), len(tasks), _weeks(told, tasks), outcomes))
    return tuple(
        OfClient(labels[client], sum(row.times for row in of_client), tuple(of_client))
        for client, of_client in sorted(rows.items(), key=lambda entry: not entry[0])
    )


def _weeks(told: Told, tasks: Sequence[str]) -> Markup:
    """Return the weeks of the occurrences of a task; nothing for a task that does not repeat."""
    weeks = weeks_of(tasks)
    return told.say("in_week" if len(weeks) == 1 else "in_weeks", n=told.weeks_listed(weeks)) if weeks else Markup("")


def _outcome(told: Told, fates: Sequence[Fate]) -> Markup:
    """Return what becomes of a task, or of all its occurrences that differ: those that fare alike in one part."""
    parts = alike(fates)
    if len(parts) == 1:
        return _told(told, parts[0][0])
    say = told.say
    texts = [(_told(told, fate), times) for fate, times in parts if not fate.outside]
    return say.listed(
        [say("times_n", task=text, n=say.number(times)) if times > 1 else text for text, times in texts], "semicolon"
    )


def _told(told: Told, fate: Fate) -> Markup:
    """Return what becomes of a task: its owners, its weeks where plans differ in them, its state if that says more."""
    say, result = told.say, fate.result
    if result is None:
        return Markup.escape("–" if fate.outside else say.words["state_absent"])
    state = Markup.escape(say.words[f"state_{fate.word}"])
    if result.owners:
        parts = [told.persons(result.owners), *([_when(told, fate.span)] if fate.span is not None else [])]
        said = say.listed(parts)
        return said if result.state == "delivered" else Markup("{} ({})").format(said, state)
    if word := told.word_of(result) if result.state == "waiting" else None:
        return Markup("{}: {}").format(state, say.words[word])
    return state


def _when(told: Told, span: tuple[Point, Point]) -> Markup:
    """Return first and last week as text, by number or by the days on which they begin."""
    say, (first, last) = told.say, span
    if isinstance(first, int) and isinstance(last, int):
        weeks = [first] if first == last else list(range(first, last + 1))
        return say("in_week" if first == last else "in_weeks", n=told.weeks_listed(weeks))
    days = [say.day_and_month(day) for day in dict.fromkeys(span) if not isinstance(day, int)]
    return Markup.escape(days[0]) if len(days) == 1 else say("first_to_last", first=days[0], last=days[1])
