"""What it means to make somebody the owner of a task, in one plain sentence."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence

from staffing.decisions.price import Fared, Move, Price
from staffing.plan.figures import number
from staffing.plan.names import Names, task_of
from staffing.scenario.findings import listed
from staffing.scenario.records import Goal

MOST_TASKS = 2
"""Tasks, or families of them, that a sentence names; beyond they are counted."""
MOST_CLAUSES = 3
"""Beyond so many clauses it is not told which tasks change hands."""

MEASURED: dict[Goal, tuple[str, str]] = {
    "must": ("{} more hours of must work would wait", "{} hours of must work more would be done"),
    "value": ("the plan would deliver {} less value", "the plan would deliver {} more value"),
    "net_value": ("value less cost would be {} lower", "value less cost would be {} higher"),
    "lateness": ("work would be later by {} weighted weeks", "work would be earlier by {} weighted weeks"),
    "overtime": ("there would be {} more hours of overtime", "there would be {} hours of overtime fewer"),
    "hours": ("the plan would take {} more hours", "the plan would take {} hours fewer"),
    "contacts": ("clients would have {} more points of contact", "clients would have {} points of contact fewer"),
    "balance": ("the busiest would be busier by {} percent", "the busiest would be less busy by {} percent"),
    "changes": ("the baseline would change {} times more", "the baseline would change {} times less"),
}
"""What a goal that gets worse, or better, means; money is told apart."""


def consequences(
    names: Names, price: Price, about: Collection[str], must: Collection[str], why: Callable[[str], str] = lambda _: ""
) -> list[str]:
    """Return what a price means, the gravest first.

    Parameters
    ----------
    names
        What tasks and people are called.
    price
        The price.
    about
        The tasks that get the owner; that they do is not told.
    must
        Tasks that are must work.
    why
        Why a task would wait, in a few words.
    """
    lost, gained = _net(price.moves, about)
    grave = [move for move in lost if move.task in must]
    own = [move for move in price.moves if move.task in about and _becomes(move, "late")]
    late = [move for move in price.moves if _becomes(move, "late") and move not in own]
    other = [move for move in lost if move not in grave]
    found = [
        *(["it would be late"] if own else []),
        *_said(names, grave, "would wait, which is must work", "would wait, which are must work", why),
        *_said(names, other, "would wait", "would wait", why),
        *_said(names, late, "would be late", "would be late"),
        *_said(names, [move for move in gained if move not in late], "would no longer wait", "would no longer wait"),
    ]
    found += _measured(price, told=bool(found))
    if price.money.cost:
        found.append(
            f"the plan would cost {number(abs(price.money.cost))} {'more' if price.money.cost > 0 else 'less'}"
        )
    handed = [
        move for move in price.moves if move.task not in about and _delivered(move.before) and _delivered(move.after)
    ]
    return [
        *found,
        *(_handed(names, [move for move in handed if move not in late]) if len(found) < MOST_CLAUSES else ()),
    ]


def _net(moves: Sequence[Move], about: Collection[str]) -> tuple[list[Move], list[Move]]:
    """Return what would wait and what no longer would; occurrences of one task that change places are not told."""
    lost: list[Move] = []
    gained: list[Move] = []
    for family in _families(moves).values():
        out = [move for move in family if _delivered(move.before) and not _delivered(move.after)]
        back = [move for move in family if _delivered(move.after) and not _delivered(move.before)]
        back = [move for move in back if move.task not in about]
        lost += out[min(len(out), len(back)) :]
        gained += back[min(len(out), len(back)) :]
    return lost, gained


def _delivered(fared: Fared | None) -> bool:
    return fared is not None and fared.state in ("delivered", "late")


def could(names: Names, staff: str, price: Price, told: Sequence[str]) -> str:
    """Return in a sentence what it means that somebody else becomes the owner."""
    name = names.person(staff)
    if not told:
        return f"{name} could do it just as well."
    if price.gains:
        return f"{name} could do it, and the plan would be better: {listed(told)}."
    if not any(price.goals.values()):
        return f"{name} could do it just as well; {listed(told)}."
    return f"{name} could do it: {listed(told)}."


def present(names: Names, staff: str, price: Price | None, told: Sequence[str], owners: Sequence[str]) -> str:
    """Return in a sentence that somebody is the owner, or one of several."""
    name = names.person(staff)
    others = [names.person(one) for one in owners if one != staff]
    if others:
        shared = f"{name} shares it with {listed(others)}"
        if price is None:
            return f"{shared}; no plan has {name} as the only owner."
        return f"{shared}; alone: {listed(told)}." if told else f"{shared}, and could do it alone just as well."
    if price is not None and price.gains and told:
        return f"{name} does it now; a better plan has {name} as the owner, too: {listed(told)}."
    return f"{name} does it now."


def _becomes(move: Move, state: str) -> bool:
    return move.after is not None and move.after.state == state


def _measured(price: Price, *, told: bool) -> Iterable[str]:
    """Yield the goals that differ, money aside; of value nothing where the tasks are told that bring it."""
    for goal, amount in price.goals.items():
        if goal == "cost" or not amount or (told and goal in ("must", "value", "lateness")):
            continue
        worse, better = MEASURED[goal]
        bad = amount < 0 if goal in ("value", "net_value") else amount > 0
        if told and not bad and goal not in ("net_value", "changes"):
            continue  # where less is done, there is less of all that
        text = (worse if bad else better).format(number(abs(amount)))
        yield text.replace("1 more points", "1 more point").replace("1 points", "1 point")


def _handed(names: Names, handed: Sequence[Move]) -> Iterable[str]:
    families = _families(handed)
    if len(families) == 1:
        (moves,) = families.values()
        after = moves[0].after
        if after is not None and after.owners:
            yield f"{_whose(names, moves)} would go to {listed([names.person(one) for one in after.owners])}"
            return
    if families:
        yield f"{len(families)} other tasks would change owners"


def _said(
    names: Names, moves: Sequence[Move], one: str, many: str, why: Callable[[str], str] = lambda _: ""
) -> Iterable[str]:
    """Yield in a clause what becomes of some tasks, and why the first does; occurrences of one task count as one."""
    families = list(_families(moves).values())
    if not families:
        return
    told = [_whose(names, family) for family in families[:MOST_TASKS]]
    more = sum(map(len, families[MOST_TASKS:]))
    told += [f"{more} more {'task' if more == 1 else 'tasks'}"] if more else []
    reason = why(moves[0].task)
    yield f"{listed(told)} {one if len(moves) == 1 else many}{f' ({reason})' if reason else ''}"


def _families(moves: Sequence[Move]) -> dict[str, list[Move]]:
    found: dict[str, list[Move]] = {}
    for move in moves:
        found.setdefault(task_of(move.task), []).append(move)
    return found


def _whose(names: Names, moves: Sequence[Move]) -> str:
    """Return the name of a task with that of its client; of occurrences their number, or the week."""
    task = moves[0].task
    client, _ = names.whose(task)
    what = f"{client}'s {names.work(task)}".replace("s's ", "s' ") if client else names.task(task)
    if len(moves) > 1:
        return f"{len(moves)} of {what}"
    week = task.partition("@")[2]
    return f"{what} of week {week}" if week else what
