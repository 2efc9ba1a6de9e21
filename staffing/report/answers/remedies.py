"""What would help a task: changes with their prices, and people who could do it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import get_args

from markupsafe import Markup

from staffing.plan.records import State
from staffing.report.answers.document import Record
from staffing.report.answers.price import Proof, in_words, moves, proof, task_called
from staffing.report.language import name
from staffing.report.names import Told

KINDS = ("overtime", "contract", "time", "budget", "allow", "share", "clients", "order", "give_up", "hire")


@dataclass(frozen=True, slots=True)
class Repair:
    """A change with which a task is delivered, or on time."""

    kind: Markup
    what: Markup
    amount: Markup
    moves: tuple[Markup, ...]
    proof: Proof


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody, with what forbids them to do a task, or what it costs to have them do it."""

    who: Markup
    text: Markup
    forbidden: tuple[Markup, ...]
    priced: bool
    moves: tuple[Markup, ...]
    proof: Proof
    repairs: tuple[Markup, ...]
    moved: tuple[tuple[Markup, Markup, Markup], ...]
    """Of what moves, how it fares before and after, where that is told."""


def repair(told: Told, one: Record, ids: Collection[str]) -> Repair:
    """Return a change with which tasks are delivered."""
    return Repair(_kind(told, one), _what(told, one), _amount(told, one), moves(told, one, ids), proof(told, one))


def _kind(told: Told, one: Record) -> Markup:
    kind = one.text("kind")
    return told.say(f"repair_{kind}") if kind in KINDS else name(kind)


def _what(told: Told, one: Record) -> Markup:
    return told.say.english(one.text("text")) if one.text("text") else told.say.capital(_kind(told, one))


def _amount(told: Told, one: Record) -> Markup:
    say, amount, unit = told.say, one.number("amount"), one.text("unit")
    if amount is None or one.text("kind") in ("allow", "share", "order"):  # a yes or no, told as 1
        return Markup("")
    if unit == "money":
        return told.money(amount)
    if unit in ("hours", "weeks", "clients"):
        return Markup.escape(say.count(unit, amount))
    if unit == "hours a week":
        return say("h_a_week", n=say.number(amount))
    if unit in ("", "value"):
        return Markup.escape(say.number(amount))
    return Markup("{} {}").format(say.number(amount), name(unit))


def in_a_line(told: Told, one: Record) -> Markup:
    """Return a change with its price."""
    price, what = in_words(told, one), _what(told, Record({**one.values, "text": one.text("text").rstrip(" .")}))
    return told.say("help_says", what=what, price=price) if price else what


def candidate(told: Told, one: Record, ids: Collection[str]) -> Candidate:
    """Return somebody who could do tasks, or may not."""
    say = told.say
    staff = one.text("staff")
    forbidden = [say.english(rule.text("text") or rule.text("rule")) for rule in one.records("forbidden")]
    return Candidate(
        who=told.person(staff) if staff else Markup("–"),
        text=say.english(one.text("text")),
        forbidden=tuple(forbidden) or tuple(say.english(text) for text in one.texts("forbidden")),
        moves=moves(told, one, ids),
        proof=proof(told, one),
        priced=bool(one.amounts("price")),
        repairs=tuple(in_a_line(told, change) for change in one.records("repairs")),
        moved=tuple(_moved(told, move) for move in one.records("moved")),
    )


def _moved(told: Told, move: Record) -> tuple[Markup, Markup, Markup]:
    before, after = (_fared(told, move.record(when)) for when in ("before", "after"))
    return task_called(told, move.text("task")), before, after


def _fared(told: Told, fared: Record) -> Markup:
    """Return what becomes of a task: who does it, when; else its state."""
    say, weeks, state = told.say, fared.wholes("weeks"), fared.text("state")
    if not fared.texts("owners") or not weeks:
        return say(f"state_{state}") if state in get_args(State) else Markup("–")
    span = list(dict.fromkeys(weeks))
    when = say("in_week" if len(span) == 1 else "in_weeks", n=told.weeks_listed(span))
    return say("named", task=told.persons(fared.texts("owners")), details=when)
