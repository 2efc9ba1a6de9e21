"""Answers as sections of a page: which there are, in which order, and what is to be said before each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from staffing.report.answers import break_even, explain, hire, risk, sweep, trade_off, worth
from staffing.report.answers.document import Record
from staffing.report.answers.price import changed
from staffing.report.language import name
from staffing.report.names import Told

VIEWS: Mapping[str, Callable[[Told, Record], Any]] = {
    "explain": explain.view,
    "hire": hire.view,
    "worth": worth.view,
    "break-even": break_even.view,
    "trade-off": trade_off.view,
    "sweep": sweep.view,
    "risk": risk.view,
}
"""What draws the answer to each question."""


@dataclass(frozen=True, slots=True)
class Section:
    """An answer on a page.

    Attributes
    ----------
    anchor
        Its id, one for each section of a page.
    head
        Its heading.
    question
        What it answers.
    told
        The plan that it was asked of, for names.
    notes
        What is to be known before it is read.
    view
        What is drawn.
    """

    anchor: str
    head: Markup
    question: str
    told: Told
    notes: tuple[Markup, ...]
    view: Any

    @property
    def macro(self) -> str:
        """What draws it in templates."""
        return self.question.replace("-", "_")


def sections(tolds: Sequence[Told], answers: Sequence[Record]) -> tuple[Section, ...]:
    """Return a section for each answer, beside the plan of its scenario, else beside the first."""
    seen: Counter[str] = Counter()
    found = []
    for answer in answers:
        question = answer.text("question")
        seen[question] += 1
        anchor = f"answer-{question}" + (f"-{seen[question]}" if seen[question] > 1 else "")
        told = of_plan(tolds, answer)
        found.append(
            Section(
                anchor=anchor,
                head=told.say(f"answer_{question}"),
                question=question,
                told=told,
                notes=tuple(_notes(told, answer)),
                view=VIEWS[question](told, answer),
            )
        )
    return tuple(found)


def of_plan(tolds: Sequence[Told], answer: Record) -> Told:
    """Return the plan whose scenario was asked of; the first where it is none of them."""
    return next((told for told in tolds if told.plan.fingerprint == answer.text("fingerprint")), tolds[0])


def is_of(told: Told, answer: Record) -> bool:
    """Return whether an answer is of a plan's scenario; one that does not say of which is taken for it."""
    return answer.text("fingerprint") in ("", told.plan.fingerprint)


def _notes(told: Told, answer: Record) -> list[Markup]:
    say = told.say
    notes = []
    if not is_of(told, answer):
        notes.append(say("of_another", name=name(answer.text("scenario") or "–"), plan=told.title))
    gains = answer.amounts("plan_gain")
    if any(gains.values()):
        notes.append(say("plan_gains_first" if _is_beyond(answer) else "plan_gains", gains=changed(told, gains)))
    return notes


def _is_beyond(answer: Record) -> bool:
    """Return whether what is shown counts from the better plan that was found by the way."""
    question = answer.text("question")
    return question == "worth" or (question == "hire" and all("beyond" in one for one in answer.records("sets")))
