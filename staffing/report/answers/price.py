"""What changes cost, as columns of a table and in a few words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from staffing.report.answers.document import Record
from staffing.report.language import name
from staffing.report.names import Told
from staffing.scenario.records import GOALS, MAXIMISED

MONEY = ("cost", "revenue", "margin")
MOST_MOVES = 3
"""Tasks that a row names before it counts the rest."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as text, and whether it is a gain or a loss; neither where it is no difference."""

    text: Markup
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Columns for goals and money, of which only those that say anything are there, and their cells row by row."""

    heads: tuple[Markup, ...]
    rows: tuple[tuple[Figure, ...], ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """Whether a row is proven; if not, what could be at best."""

    proven: bool
    at_best: Markup


def differences(told: Told, records: Sequence[Record], key: str = "price") -> Figures:
    """Return what rows cost: a column for each goal and for money of which any row has a difference."""
    return _columns(told, records, key, lambda goal, amount: _difference(told, goal, amount))


def values(told: Told, records: Sequence[Record], key: str = "goals") -> Figures:
    """Return what plans reach: a column for each goal and for money of which any plan has something."""
    return _columns(told, records, key, lambda _, amount: Figure(Markup(told.say.number(amount))))


def _columns(told: Told, records: Sequence[Record], key: str, cell: Callable[[str, float], Figure]) -> Figures:
    goals = goals_of(record.amounts(key) for record in records)
    coins = [
        word for word in MONEY if word not in goals and any(record.record("money").number(word) for record in records)
    ]
    rows = []
    for record in records:
        amounts, money = record.amounts(key), record.amounts("money")
        told_of = [*((goal, amounts.get(goal)) for goal in goals), *((word, money.get(word)) for word in coins)]
        rows.append(tuple(Figure(Markup("–")) if amount is None else cell(word, amount) for word, amount in told_of))
    heads = [_in_money(told, goal_word(told, goal)) if goal == "cost" else goal_word(told, goal) for goal in goals]
    return Figures((*heads, *(_in_money(told, told.say(f"m_{word}")) for word in coins)), tuple(rows))


def goals_of(amounts: Iterable[dict[str, float]]) -> list[str]:
    """Return the goals of which anything is not 0, in their order."""
    order: dict[str, bool] = {}
    for one in amounts:
        for goal, amount in one.items():
            order[goal] = order.get(goal, False) or amount != 0
    return [goal for goal, differs in order.items() if differs]


def goal_word(told: Told, goal: str) -> Markup:
    """Return the name of a goal, with a capital."""
    return told.say.capital(goal_in_words(told, goal))


def goal_in_words(told: Told, goal: str) -> Markup:
    """Return the name of a goal; one that is not known by its id."""
    return told.say(f"goal_{goal}") if goal in GOALS else name(goal)


def _in_money(told: Told, head: Markup) -> Markup:
    return Markup("{} ({})").format(head, told.currency) if told.currency else head


def _difference(told: Told, goal: str, amount: float) -> Figure:
    if not amount:
        return Figure(Markup(told.say.number(0)))
    better = (amount > 0) == (goal in MAXIMISED or goal in ("revenue", "margin"))
    return Figure(Markup(told.say.signed(amount)), "gain" if better else "loss")


def in_words(told: Told, record: Record, key: str = "price") -> Markup:
    """Return what a change costs in a few words: value delivered +40, margin −120 EUR; "" where that is not known."""
    say, amounts, money = told.say, record.amounts(key), record.amounts("money")
    parts = [changed(told, amounts)] if any(amounts.values()) else []
    margin = money.get("margin")
    if margin and not {"cost", "margin"} & {goal for goal, amount in amounts.items() if amount}:
        parts.append(say("goal_at", goal=say("margin_in_words"), value=_money(told, margin)))
    if parts or not (amounts or money):
        return say.listed(parts)
    return say("costs_nothing")


def changed(told: Told, amounts: Mapping[str, float]) -> Markup:
    """Return differences by goal in a few words: value delivered +40, cost +120."""
    say = told.say
    return say.listed(
        say("goal_at", goal=goal_in_words(told, goal), value=say.signed(amount))
        for goal, amount in amounts.items()
        if amount
    )


def _money(told: Told, amount: float) -> Markup:
    text = Markup(told.say.signed(amount))
    return Markup("{} {}").format(text, told.currency) if told.currency else text


def proof(told: Told, record: Record) -> Proof:
    """Return whether a row is proven, and if not what the bounds allow."""
    proven = record.flag("proven")
    best = record.amounts("at_best") if not proven else {}
    own = record.amounts("price") or record.amounts("goals")
    parts = [
        told.say("goal_at", goal=goal_in_words(told, goal), value=_as_given(told, record, amount))
        for goal, amount in best.items()
        if amount != own.get(goal)
    ]
    return Proof(proven, told.say("at_best", goals=told.say.listed(parts)) if parts else Markup(""))


def _as_given(told: Told, record: Record, amount: float) -> str:
    return told.say.signed(amount) if "price" in record else told.say.number(amount)


def moves(told: Told, record: Record, about: Collection[str] = ()) -> tuple[Markup, ...]:
    """Return the names of the tasks that change their state or their owners, those that it is about aside."""
    given = record.texts("moves") or tuple(one.text("task") for one in record.records("moves"))
    return tuple(task_called(told, task) for task in given if task and task not in about)


def task_called(told: Told, task: str) -> Markup:
    """Return a task's name with its client's, which keeps apart what many clients have."""
    client = told.about(task).client
    if client is None:
        return told.task(task)
    return told.say("named", task=told.work(task), details=told.client(client))
