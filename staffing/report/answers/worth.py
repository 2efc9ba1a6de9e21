"""What one more hour is worth: a heat map of roles or people by week; budgets and deadlines beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from markupsafe import Markup

from staffing.report.answers.document import Record
from staffing.report.answers.price import Figures, changed, differences, goal_in_words, goals_of, task_called
from staffing.report.heat import blocks
from staffing.report.names import Told
from staffing.scenario.records import MAXIMISED

Sure = Literal["proven", "tried", "estimate"]
"""How sure it is what more of something gains: proven, found by planning anew, or only priced."""
STEPS = ((0.25, "h1"), (0.5, "h2"), (0.8, "h3"))
"""Shares of the greatest up to which a cell is as dark as that; beyond the last it is full."""
MOST_OPEN = 12
"""Rows of a table in the open; more are folded."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What an hour is worth: a number, its goal where that is another than the map's, how dark it is, how sure."""

    text: str
    goal: Markup
    level: str
    sure: Sure = "estimate"


@dataclass(frozen=True, slots=True)
class Row:
    """A role, or a person, week by week."""

    name: Markup
    role: Markup
    cells: dict[int, Cell]


@dataclass(frozen=True, slots=True)
class Map:
    """The heat map, in blocks of weeks that fit side by side."""

    goal: Markup
    rows: tuple[Row, ...]
    blocks: tuple[tuple[int, ...], ...]

    @property
    def any_missing(self) -> bool:
        """Whether anything is not told of somebody's week."""
        return any(week not in row.cells for row in self.rows for weeks in self.blocks for week in weeks)


@dataclass(frozen=True, slots=True)
class Priced:
    """Budgets or deadlines, the most valuable first: what each is, how sure it is, and what it gains."""

    rows: tuple[tuple[Markup, Markup, Sure], ...]
    figures: Figures

    @property
    def folded(self) -> bool:
        """Whether there are so many that they are folded."""
        return len(self.rows) > MOST_OPEN


@dataclass(frozen=True, slots=True)
class Worth:
    """The answer."""

    headline: Markup
    map: Map | None
    budgets: Priced
    deadlines: Priced
    by_person: bool


def view(told: Told, answer: Record) -> Worth:
    """Return what a section on the worth of hours, budgets and deadlines shows."""
    hours, budgets, deadlines = (
        tuple(_read(one, answer.texts("goals")) for one in answer.records(key))
        for key in ("hours", "budgets", "deadlines")
    )
    return Worth(
        headline=_headline(told, hours),
        map=_map(told, hours),
        budgets=_priced(told, budgets, _budget),
        deadlines=_priced(told, deadlines, _deadline),
        by_person=any(one.text("staff") for one in hours),
    )


def _read(one: Record, order: Sequence[str]) -> Record:
    """Return an entry with what it gains by goal, in the scenario's order; of an estimate that of its goal alone."""
    gain, goal, estimate = one.amounts("gain"), one.text("goal"), one.number("estimate")
    if not gain and goal and estimate is not None:
        gain = {goal: estimate if goal in MAXIMISED else -estimate}
    gain = gain or one.amounts("estimate")
    sure: Sure = (
        "proven" if one.flag("proven") else "tried" if "gain" in one and not one.flag("estimate") else "estimate"
    )
    return Record({**one.values, "gain": dict.fromkeys(order, 0) | gain, "sure": sure})


def _sure(one: Record) -> Sure:
    return next((sure for sure in get_args(Sure) if sure == one.text("sure")), "estimate")


def _better(one: Record, goals: Sequence[str]) -> tuple[float, ...]:
    """Return how much a gain helps, goal by goal; the greatest helps most."""
    gain = one.amounts("gain")
    return tuple(gain.get(goal, 0.0) * (1 if goal in MAXIMISED else -1) for goal in goals)


def _headline(told: Told, hours: Sequence[Record]) -> Markup:
    """Return where one more hour helps most, in a sentence: of those that were tried, if any was."""
    say, goals = told.say, goals_of(one.amounts("gain") for one in hours)
    helping = [one for one in hours if _better(one, goals) > (0.0,) * len(goals)]
    tried = [one for one in hours if _sure(one) != "estimate"]
    if not helping:
        return say("no_hour_helps") if hours else Markup("")
    if tried and not any(one in helping for one in tried):
        return say("no_tried_hour_helps", n=say.number(len(tried)))
    best = max((one for one in helping if one in tried or not tried), key=lambda one: _better(one, goals))
    week = best.whole("week")
    return say(
        "best_hour_estimate" if _sure(best) == "estimate" else "best_hour",
        who=_who(told, best),
        week=say("in_week", n=say.number(week)) if week is not None else "–",
        gain=changed(told, best.amounts("gain")),
    )


def _who(told: Told, one: Record) -> Markup:
    return told.person(one.text("staff")) if one.text("staff") else told.say.role(one.text("role"))


def _map(told: Told, hours: Sequence[Record]) -> Map | None:
    """Draw gains of the first goal that gains anything; where an hour gains of another goal alone, that is named."""
    goals = goals_of(one.amounts("gain") for one in hours)
    weeks = sorted({week for one in hours if (week := one.whole("week")) is not None})
    if not goals or not weeks:
        return None
    main = goals[0]
    most = max(_better(one, goals)[0] for one in hours)
    rows: dict[tuple[str, str], Row] = {}
    for one in hours:
        week, key = one.whole("week"), (one.text("role"), one.text("staff"))
        if week is not None:
            role = told.say.role(one.text("role")) if one.text("staff") and one.text("role") else Markup("")
            row = rows.setdefault(key, Row(_who(told, one), role, {}))
            row.cells[week] = _cell(told, one, goals, most)
    span = sorted({*told.weeks, *weeks}) or weeks
    return Map(goal_in_words(told, main), tuple(rows.values()), blocks(span))


def _cell(told: Told, one: Record, goals: Sequence[str], most: float) -> Cell:
    """Return a cell; what helps is the darker the more it does, and what does not is not dark."""
    say, gain = told.say, one.amounts("gain")
    first = next((goal for goal in goals if gain.get(goal)), None)
    if first is None:
        return Cell(say.number(0), Markup(""), "h0", _sure(one))
    other, better = first != goals[0], _better(one, goals) > (0.0,) * len(goals)
    level = "h0" if not better else "h1" if other else level_of(abs(gain[first]) / most)
    return Cell(say.signed(gain[first]), goal_in_words(told, first) if other else Markup(""), level, _sure(one))


def level_of(share: float) -> str:
    """Return how dark a cell is, by its share of the greatest."""
    return next((level for up_to, level in STEPS if share <= up_to), "h4")


def _priced(told: Told, records: Sequence[Record], called: Callable[[Told, Record], tuple[Markup, Markup]]) -> Priced:
    goals = goals_of(one.amounts("gain") for one in records)
    best = sorted(records, key=lambda one: (_sure(one) != "estimate", _better(one, goals)), reverse=True)
    rows = tuple((*called(told, one), _sure(one)) for one in best)
    return Priced(rows, differences(told, best, "gain"))


def _budget(told: Told, one: Record) -> tuple[Markup, Markup]:
    """Return whose budget it is, and its period."""
    id_, of = one.text("budget"), one.text("of")
    for what in ("client", "project"):
        id_, of = (one.text(what), what) if one.text(what) else (id_, of)
    known = told.client(id_) if of != "project" else told.say("project", name=told.project(id_))
    period = one.text("period")
    return known, Markup.escape(told.say.period(period)) if period else told.say("every_period")


def _deadline(told: Told, one: Record) -> tuple[Markup, Markup]:
    """Return the task, and the week it is due in or must be done by."""
    task = one.text("task")
    week = one.whole("deadline") or one.whole("due") or one.whole("week") or told.about(task).due
    return task_called(told, task), told.say("week_n", n=told.say.number(week)) if week is not None else Markup("")
