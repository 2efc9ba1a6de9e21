"""What fewer changes cost: a point for each number of changes, and where more of them no longer pay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from staffing.report.answers.document import Record
from staffing.report.answers.picture import Picture, Scale, ticks
from staffing.report.answers.price import Figures, Proof, goal_word, proof, values
from staffing.report.names import Told

WIDTH, HEIGHT = 380, 234
LEFT, RIGHT, TOP, BOTTOM = 58, 364, 40, 190


@dataclass(frozen=True, slots=True)
class Point:
    """So many changes at most, and whether what they reach is proven; after the one marked `enough` none pay."""

    changes: str
    proof: Proof
    enough: bool


@dataclass(frozen=True, slots=True)
class TradeOff:
    """The answer: where more changes no longer pay, the points, and the curve."""

    headline: Markup
    points: tuple[Point, ...]
    figures: Figures
    picture: Picture | None


def view(told: Told, answer: Record) -> TradeOff:
    """Return what a section on fewer changes shows."""
    points = sorted(
        (one for one in answer.records("points") if one.number("changes") is not None),
        key=lambda one: one.number("changes") or 0,
    )
    enough = _enough(answer, points)
    drawn = [Record({**one.values, "goals": _reached(one)}) for one in points]
    return TradeOff(
        headline=_headline(told, answer, points, enough),
        points=tuple(
            Point(told.say.number(one.number("changes")), proof(told, one), number == enough)
            for number, one in enumerate(drawn)
        ),
        figures=values(told, drawn),
        picture=_picture(told, drawn, enough, answer.texts("sought")),
    )


def _reached(one: Record) -> dict[str, float]:
    """Return what a point reaches of each goal but that of few changes, which is the point itself."""
    return {goal: amount for goal, amount in one.amounts("goals").items() if goal != "changes"}


def _enough(answer: Record, points: Sequence[Record]) -> int | None:
    """Return the place of the first point that is as good as the last, as the answer says or as points show it."""
    told = answer.number("enough")
    if told is not None:
        return next((number for number, one in enumerate(points) if one.number("changes") == told), None)
    if len(points) < 2 or not _reached(points[-1]):
        return None
    best = _reached(points[-1])
    return next(number for number, one in enumerate(points) if _reached(one) == best)


def _headline(told: Told, answer: Record, points: Sequence[Record], enough: int | None) -> Markup:
    """Return in a sentence where more changes no longer pay: in English the answer's own."""
    say = told.say
    if answer.text("text") and say.code == "en":
        return say.english(answer.text("text"))
    if enough is None:
        return Markup("")
    changes = say.count("changes", points[enough].number("changes") or 0)
    if "enough" in answer and not answer.flag("enough_proven"):
        return say("enough_changes_found", changes=changes)
    pays = "enough" not in answer and enough == len(points) - 1
    return say("every_change_pays" if pays else "enough_changes", changes=changes)


@dataclass(frozen=True, slots=True)
class _At:
    """A point of the curve: changes, what they reach of one goal, and what they could at best."""

    changes: float
    value: float
    best: float
    proven: bool
    enough: bool


def _picture(told: Told, points: Sequence[Record], enough: int | None, sought: Sequence[str]) -> Picture | None:
    """Draw the first goal sought that differs between points; not proven, also what it could be at best."""
    goals = [goal for goal in (*sought, *(points[0].amounts("goals") if points else {})) if _differs(points, goal)]
    if not goals:
        return None
    say, goal = told.say, goals[0]
    known = [_at(one, goal, number == enough) for number, one in enumerate(points) if goal in one.amounts("goals")]
    reached = [amount for at in known for amount in (at.value, at.best)]
    marks = ticks(min(reached), max(reached))
    drawn = Picture(say, WIDTH, HEIGHT, say("curve_label", goal=goal_word(told, goal)))
    across = Scale(known[0].changes, known[-1].changes, LEFT + 10, RIGHT - 10)
    up = Scale(marks[0], marks[-1], BOTTOM, TOP)
    _axes(told, drawn, goal, across, up, marks)
    drawn.path(_steps([(across(at.changes), up(at.value)) for at in known]), "curve")
    for at in known:
        x, y = across(at.changes), up(at.value)
        if at.best != at.value:
            drawn.path([(x, y), (x, up(at.best))], "reach")
        drawn.dot(x, y, "proven" if at.proven else "open")
        if at.enough:
            drawn.dot(x, y, "ring", 8)
            first = x < (LEFT + RIGHT) / 2
            drawn.text(x + (12 if first else -12), y - 8, say("enough_mark"), "start" if first else "end", "strong")
    return drawn


def _steps(points: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return the corners of a line of steps: up to the next point, what the last one reaches is what can be had."""
    corners = [(x, y) for (_, y), (x, _) in pairwise(points)]
    return [points[0], *(place for pair in zip(corners, points[1:], strict=True) for place in pair)]


def _at(one: Record, goal: str, enough: bool) -> _At:
    value, proven = one.amounts("goals")[goal], one.flag("proven")
    best = value if proven else one.amounts("at_best").get(goal, value)
    return _At(one.number("changes") or 0, value, best, proven, enough)


def _differs(points: Sequence[Record], goal: str) -> bool:
    return len({one.amounts("goals").get(goal) for one in points}) > 1


def _axes(told: Told, drawn: Picture, goal: str, across: Scale, up: Scale, marks: Sequence[float]) -> None:
    say = told.say
    drawn.text(LEFT - 50, 12, goal_word(told, goal), "start", "soft")
    drawn.levels([(up(mark), say.number(mark)) for mark in marks], LEFT, RIGHT)
    drawn.path([(LEFT, BOTTOM), (RIGHT, BOTTOM)], "axis")
    for changes in ticks(across.low, across.high, 6):
        if across.low <= changes <= across.high and changes == int(changes):
            drawn.text(across(changes), BOTTOM + 16, say.number(changes), "middle", "soft")
    drawn.text((LEFT + RIGHT) / 2, HEIGHT - 6, say("changes_at_most"), "middle", "soft")
