"""Runs of a sweep side by side: a plot of two measures with the Pareto front, and a row for each run."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from staffing.report.answers.document import Record
from staffing.report.answers.picture import Picture, Scale, ticks
from staffing.report.answers.price import goal_word
from staffing.report.language import name
from staffing.report.names import Told
from staffing.scenario.records import GOALS

WIDTH, HEIGHT = 420, 280
LEFT, RIGHT, TOP, BOTTOM = 66, 400, 30, 232
MOST_OPEN = 40
"""Rows in the open; more are folded."""
MOST_NUMBERED = 20
"""Runs of the front whose numbers are drawn."""
MOST_TOGETHER = 4
"""Of these at one place."""
LETTER, LINE = 7, 11
"""About the width and the height of a letter."""


@dataclass(frozen=True, slots=True)
class Row:
    """A run: its values, what it is measured by, its seed, and what came of it."""

    number: str
    values: tuple[Markup, ...]
    figures: tuple[str, ...]
    seed: str
    state: Markup
    error: Markup
    front: bool


@dataclass(frozen=True, slots=True)
class Sweep:
    """The answer."""

    headline: Markup
    paths: tuple[Markup, ...]
    measures: tuple[Markup, ...]
    seeds: bool
    rows: tuple[Row, ...]
    picture: Picture | None

    @property
    def folded(self) -> bool:
        """Whether there are so many rows that they are folded."""
        return len(self.rows) > MOST_OPEN


def view(told: Told, answer: Record) -> Sweep:
    """Return what a section on a sweep shows."""
    runs = answer.records("runs")
    front = set(answer.wholes("front"))
    paths, measures = answer.texts("vary"), answer.texts("measures")
    seeds = {one.number("seed") for one in runs}
    return Sweep(
        headline=_headline(told, answer, runs),
        paths=tuple(map(name, paths)),
        measures=tuple(_called(told, one) for one in measures),
        seeds=len(seeds) > 1,
        rows=tuple(_row(told, one, paths, measures, front) for one in runs),
        picture=_picture(told, runs, answer.texts("plot"), front),
    )


def _headline(told: Told, answer: Record, runs: Sequence[Record]) -> Markup:
    """Return the answer in a sentence: in English its own."""
    say = told.say
    if answer.text("text") and say.code == "en":
        return say.english(answer.text("text"))
    done = sum(one.text("state") == "done" for one in runs)
    return say("runs_done", n=say.number(done), all=say.number(len(runs)))


def _row(told: Told, one: Record, paths: Sequence[str], measures: Sequence[str], front: set[int]) -> Row:
    say, values, measured = told.say, one.record("values"), one.record("measures")
    state = one.text("state")
    key = f"status_{one.text('status')}" if state == "done" else f"run_{state}"
    return Row(
        number=say.number(one.number("run")),
        values=tuple(_value(told, values, path) for path in paths),
        figures=tuple(say.exact(measured.number(measure)) for measure in measures),
        seed=say.number(one.number("seed")),
        state=say(key) if key in say.words else name(state or "–"),
        error=say.english(one.text("error")) if one.text("error") else Markup(""),
        front=one.whole("run") in front,
    )


def _value(told: Told, values: Record, path: str) -> Markup:
    """Return a value that was varied, whatever its kind."""
    number, value = values.number(path), values.values.get(path)
    if number is not None:
        return Markup(told.say.exact(number))
    return name("–" if value is None else value if isinstance(value, str) else _text(value))


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _called(told: Told, measure: str) -> Markup:
    if measure in GOALS:
        return goal_word(told, measure)
    return told.say(f"m_{measure}") if f"m_{measure}" in told.say.words else name(measure)


def _dot(one: Record, plot: Sequence[str]) -> tuple[int, float, float] | None:
    """Return number and place of a run; None where it has none."""
    x, y = (one.record("measures").number(measure) for measure in plot)
    return None if x is None or y is None else (one.whole("run") or 0, x, y)


def _picture(told: Told, runs: Sequence[Record], plot: Sequence[str], front: set[int]) -> Picture | None:
    """Draw each run as a dot, those of the front filled, numbered and joined."""
    if len(plot) != 2:
        return None
    dots = [dot for one in runs if (dot := _dot(one, plot)) is not None]
    if len(dots) < 2:
        return None
    say, (right, up) = told.say, (_called(told, measure) for measure in plot)
    marks_x, marks_y = (ticks(min(one), max(one)) for one in ([x for _, x, _ in dots], [y for _, _, y in dots]))
    drawn = Picture(say, WIDTH, HEIGHT, say("sweep_label", x=right, y=up))
    across, high = Scale(marks_x[0], marks_x[-1], LEFT + 8, RIGHT - 8), Scale(marks_y[0], marks_y[-1], BOTTOM, TOP)
    drawn.text(LEFT - 60, 12, up, "start", "soft")
    drawn.levels([(high(mark), say.exact(mark)) for mark in marks_y], LEFT, RIGHT)
    drawn.path([(LEFT, BOTTOM), (RIGHT, BOTTOM)], "axis")
    for mark in marks_x:
        drawn.text(across(mark), BOTTOM + 16, say.exact(mark), "middle", "soft")
    drawn.text((LEFT + RIGHT) / 2, HEIGHT - 8, right, "middle", "soft")
    best = sorted((x, y, number) for number, x, y in dots if number in front)
    if len(best) > 1:
        drawn.path([(across(x), high(y)) for x, y, _ in best], "reach")
    for number, x, y in dots:
        drawn.dot(across(x), high(y), "proven" if number in front else "open", 4.5 if number in front else 3.5)
    _number(drawn, [(across(x), high(y), number) for x, y, number in best[:MOST_NUMBERED]])
    return drawn


def _number(drawn: Picture, dots: Sequence[tuple[float, float, int]]) -> None:
    """Write numbers at dots: those of one place together, and below the dot where another one is in the way above."""
    places: dict[tuple[int, int], list[int]] = {}
    for x, y, number in dots:
        places.setdefault((round(x), round(y)), []).append(number)
    written: list[tuple[float, float, float]] = []
    for (x, y), numbers in places.items():
        shown = ", ".join(drawn.say.number(number) for number in numbers[:MOST_TOGETHER])
        shown += ", …" if len(numbers) > MOST_TOGETHER else ""
        half = LETTER * len(shown) / 2
        middle = min(max(x, half), WIDTH - half)
        for at in (y - 9, y + 18, y - 21):
            if all(abs(middle - other) > half + wide or abs(at - line) > LINE for other, line, wide in written):
                break
        written.append((middle, at, half))
        drawn.text(middle, at, shown, "middle", "strong")
