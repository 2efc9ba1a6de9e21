"""Whom to hire: the cheapest sets of people, and what each further one brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from staffing.report.answers.document import Record
from staffing.report.answers.picture import Picture, Scale
from staffing.report.answers.price import Figures, Proof, differences, proof, values
from staffing.report.names import Told

STATES = ("delivered", "late", "waiting")
ROW, BAR = 42, 16
LEFT, RIGHT = 64, 372
TOP = 8


@dataclass(frozen=True, slots=True)
class Step:
    """So many people hired, and what becomes of the work; numbers are None where they are not known."""

    count: str
    hires: tuple[Markup, ...]
    fates: tuple[float | None, ...]
    proof: Proof


@dataclass(frozen=True, slots=True)
class Hire:
    """The answer.

    Attributes
    ----------
    headline
        It in a sentence.
    sets, set_figures
        Who to hire, cheapest first, and what that costs beyond hiring nobody.
    ladder, ladder_figures
        What each further hire brings, and what the plans reach.
    picture
        The ladder as bars; None where nothing is known of the tasks.
    short_of
        What stops the rest, where no set is enough.
    assumed
        What is taken for people who do not stand in the scenario.
    """

    headline: Markup
    sets: tuple[tuple[tuple[Markup, ...], Proof], ...]
    set_figures: Figures
    ladder: tuple[Step, ...]
    ladder_figures: Figures
    picture: Picture | None
    short_of: Markup
    assumed: tuple[Markup, ...]


def view(told: Told, answer: Record) -> Hire:
    """Return what a section on hiring shows."""
    sets, ladder = answer.records("sets"), answer.records("ladder")
    steps = tuple(_step(told, rung, number) for number, rung in enumerate(ladder))
    return Hire(
        headline=_headline(told, answer, sets),
        sets=tuple((_people(told, one), proof(told, one)) for one in sets),
        set_figures=differences(told, [one.record("beyond") if "beyond" in one else one for one in sets]),
        ladder=steps,
        ladder_figures=values(told, ladder),
        picture=_picture(told, ladder),
        short_of=told.say.english(answer.text("short_of")),
        assumed=tuple(map(told.say.english, answer.texts("assumed"))),
    )


def _headline(told: Told, answer: Record, sets: Sequence[Record]) -> Markup:
    """Return who to hire in a sentence: nobody, the cheapest set, or that no set is enough."""
    say = told.say
    if answer.text("text") and say.code == "en":
        return say.english(answer.text("text"))
    if not sets:
        return say("no_set_suffices") if answer.text("short_of") else Markup("")
    people = _people(told, sets[0])
    key = "cheapest_hire" if sets[0].flag("proven") else "cheapest_hire_found"
    return say(key, names=say.listed(people, "semicolon")) if people else say("no_hire_needed")


def _people(told: Told, one: Record) -> tuple[Markup, ...]:
    """Return the people of a set, each with their hours a week and their first week; those alike are counted."""
    say = told.say
    alike: dict[Markup, int] = {}
    for hire in one.records("hires"):
        role, hours, week = hire.text("role"), hire.number("weekly_hours"), hire.number("from_week")
        id_ = hire.text("id")
        known = told.person(id_) if id_ and told.knows_person(id_) else say.role(role or id_)
        details: list[Markup] = [say("h_a_week", n=say.number(hours))] if hours is not None else []
        details += [say("from_week", n=say.number(week))] if week is not None and week > 1 else []
        called = say("named", task=known, details=say.listed(details)) if details else known
        alike[called] = alike.get(called, 0) + 1
    alike |= {told.person(id_): 1 for id_ in one.texts("hires")}
    return tuple(
        called if often == 1 else say("times_n", task=called, n=say.number(often)) for called, often in alike.items()
    )


def _step(told: Told, rung: Record, number: int) -> Step:
    count = rung.number("count")
    return Step(
        count=told.say.number(number if count is None else count),
        hires=_people(told, rung),
        fates=tuple(rung.number(state) for state in STATES),
        proof=proof(told, rung),
    )


def _money(told: Told, rung: Record) -> Markup:
    money, words = rung.amounts("money"), {"cost": "goal_cost", "margin": "margin_in_words"}
    told_of = [(key, money[word]) for word, key in words.items() if word in money]
    return told.say.listed(told.say("goal_at", goal=told.say(key), value=told.money(value)) for key, value in told_of)


def _picture(told: Told, ladder: Sequence[Record]) -> Picture | None:
    """Draw a bar for each rung: what is delivered on time, late, and what waits, with margin or cost beside it."""
    say = told.say
    rungs = [tuple(rung.number(state) or 0 for state in STATES) for rung in ladder]
    most = max((delivered + waiting for delivered, _, waiting in rungs), default=0)
    if most <= 0 or len(rungs) < 2:
        return None
    drawn = Picture(say, RIGHT + 8, TOP + ROW * len(rungs) + 4, say("ladder_label"))
    scale = Scale(0, most, LEFT, RIGHT)
    for number, (rung, (delivered, late, waiting)) in enumerate(zip(ladder, rungs, strict=True)):
        y = TOP + ROW * number
        count = rung.number("count")
        drawn.text(LEFT - 8, y + BAR - 4, say("plus_n", n=say.number(number if count is None else count)), "end")
        on_time = max(0.0, delivered - late)
        edge = 0.0
        for amount, style in ((on_time, "done"), (late, "tardy"), (waiting, "left")):
            if amount > 0:
                start, end = scale(edge), scale(edge + amount)
                drawn.bar(start, y, end - start, BAR, style)
                if end - start > 9 * len(say.number(amount)):
                    drawn.text((start + end) / 2, y + BAR - 4, say.number(amount), "middle", f"on-{style}")
                edge += amount
        drawn.text(LEFT, y + BAR + 14, _money(told, rung), "start", "soft")
    return drawn
