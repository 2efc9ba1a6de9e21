"""Where the answer turns: at which value one scenario is better, and at which the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from staffing.report.answers.document import Record
from staffing.report.answers.picture import Picture, Scale, ticks
from staffing.report.answers.price import goal_in_words, goal_word
from staffing.report.language import name
from staffing.report.names import Told

WIDTH, HEIGHT = 380, 210
LEFT, RIGHT, TOP, BOTTOM = 64, 364, 30, 160


@dataclass(frozen=True, slots=True)
class Looked:
    """A value looked at, what both scenarios reach there, and whether it is proven which is better."""

    value: str
    first: str
    second: str
    better: Markup
    proven: bool
    end: bool


@dataclass(frozen=True, slots=True)
class BreakEven:
    """The answer.

    Attributes
    ----------
    headline
        At which values which scenario is better.
    text
        The same with figures, as the answer says it.
    path, proven
        What changes, and whether all of it is proven.
    remarks
        What else to know.
    names
        Of the scenarios.
    points
        All values looked at, the lowest first.
    picture
        What both reach by value; None where too little is known.
    """

    headline: Markup
    text: Markup
    path: Markup
    proven: bool
    remarks: tuple[Markup, ...]
    goal: Markup
    names: tuple[Markup, Markup]
    points: tuple[Looked, ...]
    picture: Picture | None


def view(told: Told, answer: Record) -> BreakEven:
    """Return what a section on a break-even value shows."""
    say = told.say
    points = sorted((one for one in answer.records("points") if _whole(one)), key=lambda one: one.number("value") or 0)
    ends = {answer.number("low"), answer.number("high")}
    return BreakEven(
        headline=_headline(told, answer),
        text=say.english(answer.text("text")),
        path=_path(told, answer),
        proven=answer.flag("proven"),
        remarks=tuple(map(say.english, answer.texts("remarks"))),
        goal=goal_word(told, answer.text("goal")),
        names=(name(_called(answer, "first")), name(_called(answer, "second"))),
        points=tuple(
            Looked(
                value=say.exact(one.number("value")),
                first=say.number(one.number("first")),
                second=say.number(one.number("second")),
                better=_better_of(told, answer, one),
                proven=one.flag("proven") or one.flag("decided"),
                end=one.number("value") in ends,
            )
            for one in points
        ),
        picture=_picture(told, answer, points),
    )


def _path(told: Told, answer: Record) -> Markup:
    """Return what is varied: cost rate of Omid, for staff.omid.cost_rate."""
    path = answer.text("path")
    things, _, rest = path.partition(".")
    id_, _, field = rest.rpartition(".")
    named = {"staff": told.person, "clients": told.client, "projects": told.project, "tasks": told.task}
    if things not in named or not id_:
        return name(path.replace("_", " "))
    who = told.say(f"all_{things}") if id_ == "*" else named[things](id_)
    said = told.say("field_of", field=told.say.english(field.replace("_", " ")), who=who)
    return told.say("times_as_is", path=said) if answer.text("unit") == "factor" else said


def _whole(one: Record) -> bool:
    return all(one.number(key) is not None for key in ("value", "first", "second"))


def _called(answer: Record, key: str, given: str = "") -> str:
    """Return the name of a scenario, which may be told as the first or the second."""
    given = given or answer.text(key) or answer.record(key).text("name")
    return _called(answer, given) if key.startswith("winner") and given in ("first", "second") else given or key


def _better_of(told: Told, answer: Record, one: Record) -> Markup:
    if one.number("first") == one.number("second"):
        return told.say("both_equal")
    return name(_called(answer, "winner", one.text("winner")))


def _headline(told: Told, answer: Record) -> Markup:
    """Return the answer in a sentence."""
    say, (below, above) = told.say, (_called(answer, f"winner_{side}") for side in ("below", "above"))
    goal = goal_in_words(told, answer.text("goal"))
    if below == above:
        return say("never_turns", winner=name(below), goal=goal)
    low, high = (_end(told, answer, end, winner) for end, winner in (("low", below), ("high", above)))
    return say("turns", low=low, high=high, goal=goal)


def _end(told: Told, answer: Record, end: str, winner: str) -> Markup:
    reached = answer.record(f"at_{end}")
    value = told.say.exact(answer.number(end))
    if "first" in reached and reached.number("first") == reached.number("second"):
        return told.say("equal_at", value=value)
    return told.say("better_at", value=value, winner=name(winner))


def _picture(told: Told, answer: Record, points: Sequence[Record]) -> Picture | None:
    """Draw what both scenarios reach by value, and the place where the better one changes."""
    if len(points) < 2:
        return None
    say = told.say
    reached = [one.number(key) or 0 for one in points for key in ("first", "second")]
    values = [one.number("value") or 0 for one in points]
    marks = ticks(min(reached), max(reached))
    drawn = Picture(say, WIDTH, HEIGHT, say("turns_label"))
    across, up = Scale(values[0], values[-1], LEFT + 8, RIGHT - 8), Scale(marks[0], marks[-1], BOTTOM, TOP)
    drawn.text(LEFT - 58, 12, goal_word(told, answer.text("goal")), "start", "soft")
    drawn.levels([(up(mark), say.number(mark)) for mark in marks], LEFT, RIGHT)
    drawn.path([(LEFT, BOTTOM), (RIGHT, BOTTOM)], "axis")
    for tick in ticks(values[0], values[-1]):
        if values[0] <= tick <= values[-1]:
            drawn.text(across(tick), BOTTOM + 16, say.exact(tick), "middle", "soft")
    drawn.text((LEFT + RIGHT) / 2, HEIGHT - 14, _path(told, answer), "middle", "soft")
    for key in ("first", "second"):
        drawn.path([(across(one.number("value") or 0), up(one.number(key) or 0)) for one in points], f"of-{key}")
    low, high = answer.number("low"), answer.number("high")
    if low is not None and high is not None and _called(answer, "winner_below") != _called(answer, "winner_above"):
        turn = across((low + high) / 2)
        drawn.path([(turn, TOP - 6), (turn, BOTTOM)], "mark")
        side = "start" if turn < WIDTH / 2 else "end"
        bracket = say("first_to_last", first=say.exact(low), last=say.exact(high))
        drawn.text(turn + (6 if side == "start" else -6), TOP - 6, bracket, side, "strong")
    return drawn
