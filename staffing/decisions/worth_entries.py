"""From prices and plans to the entries of an answer: what each is worth, and in which order they stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from math import ceil
from typing import Any, Literal

from staffing.decisions.confirm import Confirming, Gain
from staffing.decisions.given import Effort, Given
from staffing.decisions.more import More
from staffing.decisions.prices import Prices, ShadowPrice
from staffing.decisions.worth_answer import BudgetWorth, DeadlineWorth, Gained, HourWorth
from staffing.plan.describe import context
from staffing.plan.facts import ZERO
from staffing.plan.figures import number as figure
from staffing.plan.names import Names
from staffing.plan.numbers import money, number
from staffing.plan.records import Number
from staffing.scenario.records import MAXIMISED, Goal

FINEST = 100
"""Parts of a unit to which the most that may be gained is rounded up."""


@dataclass(frozen=True)
class Entry:
    """An entry of an answer, and what may be had more of for it: of a role the hours of its people."""

    kind: Literal["hour", "budget", "deadline"]
    mores: tuple[More, ...]
    role: str = ""
    staff: str | None = None
    week: int = 0


class Entries:
    """Prices and plans put together, for each entry.

    Parameters
    ----------
    given
        The plan.
    prices, confirming
        What finds prices, and plans.
    """

    def __init__(self, given: Given, prices: Prices, confirming: Confirming) -> None:
        self.given = given
        self.prices = prices
        self.confirming = confirming
        self._priced: dict[More, Sequence[ShadowPrice]] = {}
        self._goals: list[Goal] = [entry.goal for entry in given.goals]

    def price(self, mores: Iterable[More], effort: Effort) -> None:
        """Find the prices of all that there may be more of."""
        self._priced = dict.fromkeys(mores, ())
        self._priced.update(self.prices.of_all(effort))

    # order

    def ranked(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return entries, what is likely to be worth most first: what was solved before what was only estimated."""
        return sorted(entries, key=self._rank)

    def _rank(self, entry: Entry) -> tuple[Any, ...]:
        more = self.likeliest(entry)
        if more is None:
            return 2, (), ZERO, 0, ZERO
        gain, price = self.confirming.gain(more), self._last(more)
        estimate = ZERO if price is None else -price.estimate
        depth = len(self._priced[more])
        return gain is None, () if gain is None else self._key(gain), depth, estimate, self._slack(more)

    def likeliest(self, entry: Entry) -> More | None:
        """Return what is best to have more of for an entry, as far as is known; None where no scenario can say so."""
        able = [more for more in entry.mores if more.patch is not None]
        return min(able, key=self._likelihood, default=None)

    def _likelihood(self, more: More) -> tuple[Any, ...]:
        gain, price = self.confirming.gain(more), self._last(more)
        estimate = ZERO if price is None else -price.estimate
        return gain is None, () if gain is None else self._key(gain), estimate, self._slack(more)

    def _slack(self, more: More) -> Fraction:
        """Return the hours that somebody has left in the week of an hour: where there are none, more may help."""
        if more.kind != "hour":
            return ZERO
        facts = self.given.facts
        room = facts.expanded.people[more.person].room[more.week - 1]
        return room - facts.load.get((more.person, more.week), ZERO)

    def _key(self, gain: Gain) -> tuple[Number, ...]:
        return tuple(-gain[goal] if goal in MAXIMISED else gain[goal] for goal in self._goals)

    def _last(self, more: More) -> ShadowPrice | None:
        """Return the price of the goal that more of something may better first."""
        priced = self._priced[more]
        return priced[-1] if priced else None

    # what each is worth

    def worth(self, entry: Entry) -> Gained:
        """Return an entry of the answer."""
        best = self.likeliest(entry) or next(iter(entry.mores), None)
        common = self._nothing() if best is None else self._common(entry, best)
        paid = " (pay included)" if best is not None and best.pay and common["gain"] is not None else ""
        common["text"] = f"{self._what(entry, best)}: {self._said(common)}{paid}"
        if entry.kind == "hour":
            whose = None if best is None else best.person
            return HourWorth(role=entry.role, staff=entry.staff, week=entry.week, whose=whose, **common)
        assert best is not None
        if entry.kind == "deadline":
            return DeadlineWorth(task=best.task, **common)
        period = best.periods[0] if len(best.periods) == 1 else None
        return BudgetWorth(budget=best.owner, of=best.of, period=period, **common)

    def _nothing(self) -> dict[str, Any]:
        """Return the worth of what nobody can have more of."""
        none: dict[Goal, Number] = dict.fromkeys(self._goals, 0)
        return {"gain": none, "goal": None, "estimate": 0, "at_best": None, "proven": True, "patch": None}

    def _common(self, entry: Entry, best: More) -> dict[str, Any]:
        gain = self.confirming.gain(best)
        proven = gain is not None and all(self.confirming.proven(more) for more in entry.mores)
        prices = [price for more in entry.mores if (price := self._last(more)) is not None]
        estimate = max(prices, key=lambda price: price.estimate, default=None)
        unpriced = 0 if self.prices.settled and entry.kind != "deadline" else None
        return {
            "gain": gain,
            "goal": None if estimate is None else estimate.goal,
            "estimate": money(estimate.estimate) if estimate else unpriced,
            "at_best": None if proven else self._at_best(entry),
            "proven": proven,
            "patch": best.patch if gain is not None else None,
        }

    def _at_best(self, entry: Entry) -> dict[Goal, Number]:
        """Return the most by which it can better each goal that was bounded, beyond the plan that gains begin from."""
        found: dict[Goal, Fraction] = {}
        for price in (price for more in entry.mores for price in self._priced[more]):
            most = price.most - self._bettered[price.goal]
            found[price.goal] = max(most, found.get(price.goal, most))
        return {
            goal: number(Fraction(ceil(most * FINEST), FINEST) * (1 if goal in MAXIMISED else -1))
            for goal, most in found.items()
        }

    @cached_property
    def _bettered(self) -> dict[Goal, Fraction]:
        """By goal: by how much the plan that gains begin from is better than the one given, once all is solved."""
        return {goal: self.confirming.bettered(goal) for goal in self._goals}

    # in words

    @cached_property
    def _names(self) -> Names:
        return Names(replace(self.given.plan, context=context(self.given.facts, None)))

    def _what(self, entry: Entry, best: More | None) -> str:
        names = self._names
        if entry.kind == "hour":
            person = entry.staff or (best.person if best else None)
            who = names.person(person) if person else f"any {entry.role}"
            return f"An hour more of {who} in week {entry.week}"
        assert best is not None
        if entry.kind == "deadline":
            client, _ = names.whose(best.task)
            return f"A week more for {names.work(best.task)} ({client})"
        owner = names.client(best.owner) if best.of == "client" else names.project(best.owner)
        whole = len(best.periods) > 1 or best.periods[0] == "horizon"
        return f"A percent more of {owner}'s budget{'' if whole else f' of {best.periods[0]}'}"

    def _said(self, common: Mapping[str, Any]) -> str:
        gain = common["gain"]
        if gain is None:
            estimate, goal = common["estimate"], common["goal"]
            if goal is None:
                return "not priced" if estimate is None else "nothing left to better"
            return f"about {figure(estimate)} of {goal.replace('_', ' ')}, not solved"
        told = [f"{goal.replace('_', ' ')} {'+' if by > 0 else ''}{figure(by)}" for goal, by in gain.items() if by]
        nobody = common["patch"] is None
        return ", ".join(told) or ("there is no day left to work on" if nobody else "it changes nothing")
