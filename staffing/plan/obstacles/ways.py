"""One way in which a task could be done, by one person as its owner, and what of the plan is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from staffing.plan.draft import need
from staffing.plan.facts import ZERO
from staffing.plan.numbers import money, number
from staffing.plan.obstacles.records import Obstacle
from staffing.plan.obstacles.room import Purse, Room, whole
from staffing.scenario.expand import Job, Person


@dataclass(frozen=True)
class Way:
    """A person who may do a task, and the weeks in which they would.

    Steps are those of the grid of hours. Each rule is tried alone, then one with the other until they leave too little.
    """

    room: Room
    job: Job
    person: Person
    weeks: range

    @cached_property
    def obstacles(self) -> tuple[Obstacle, ...]:
        """What is in the way of this person: nothing where they have room for the task."""
        alone = (self._owner(), self._hired(), self._clients(), self._hours(), self._limit(), self._pace())
        found = [obstacle for obstacle in (*alone, *self._budgets()) if obstacle is not None]
        if not any(obstacle.kind not in ("hired", "one_owner") for obstacle in found):
            found += self._together()
        return tuple(found)

    @cached_property
    def need(self) -> int:
        """Steps with which this person delivers the task alone (rule E)."""
        asked = need(self.job, self.person, self.room.expanded.step)
        assert asked is not None, "who may do a task has productivity for it, or an estimate"
        return int(asked / self.room.expanded.step)

    @cached_property
    def burn(self) -> Fraction:
        """What the task burns of budgets if this person does it."""
        price = self.room.price(self.job, self.person)
        return self.need * self.room.expanded.step * self.room.rate(self.person) if price is None else price

    @cached_property
    def free(self) -> list[int]:
        """Steps left in each week (rule C)."""
        return [steps for steps, _ in self._left]

    @cached_property
    def _left(self) -> list[tuple[int, int]]:
        """Steps left in each week, and how many of them are overtime."""
        return [self.room.hours(self.job, self.person, week) for week in self.weeks]

    @cached_property
    def most(self) -> int:
        """Steps that all rules together leave, up to what is needed."""
        return min(self.need, sum(self.in_weeks))

    @cached_property
    def in_weeks(self) -> list[int]:
        """Steps in each week that all rules together leave."""
        return self._paid(self.within, self.purses)

    @cached_property
    def purses(self) -> tuple[Purse, ...]:
        """The budgets that the task burns."""
        return self.room.purses(self.job, self.weeks)

    # rules, one by one

    def _owner(self) -> Obstacle | None:
        other = self.room.other_owner(self.job, self.person)
        return Obstacle("one_owner", self.person.id, owner=other, work=self.job.kind) if other is not None else None

    def _hired(self) -> Obstacle | None:
        if not self.person.placeholder or self.person.id in self.room.facts.hired:
            return None
        return self._short("hired", sum(self.free))

    def _clients(self) -> Obstacle | None:
        if self.room.serves(self.job, self.person):
            most = self.person.max_clients_per_week
            serving = any(self._serving)
            return None if serving else self._short("clients", 0, most=most)
        most = self.person.max_clients
        left = max(0, (most or 0) - len(self.room.clients_of(self.person)))
        return Obstacle("clients", self.person.id, needed=1, left=left, most=most)

    @cached_property
    def _serving(self) -> list[bool]:
        if self.person.max_clients_per_week is None:
            return [True] * len(self.weeks)
        return [self.room.serves_in(self.job, self.person, week) for week in self.weeks]

    def _hours(self) -> Obstacle | None:
        if sum(self.free) >= self.need:
            return None
        overtime = sum(steps for _, steps in self._left)
        return self._short("hours", sum(self.free), overtime=self._amount(overtime))

    def _limit(self) -> Obstacle | None:
        if self.person.limits.get(self.job.kind) is None:
            return None
        left = [self.room.of_kind(self.person, self.job.kind, week) for week in self.weeks]
        if sum(self.need if steps is None else steps for steps in left) >= self.need:
            return None
        return self._short("kind_limit", sum(filter(None, left)), **self._of_limit)

    def _pace(self) -> Obstacle | None:
        if self.job.weekly_max is None:
            return None
        left = [self.room.pace(self.job, week) for week in self.weeks]
        if sum(self.need if steps is None else steps for steps in left) >= self.need:
            return None
        return self._short("pace", sum(filter(None, left)), **self._of_pace)

    def _budgets(self) -> Iterator[Obstacle]:
        for purse in self.purses:
            if self._short_of([purse]):
                price = self.room.price(self.job, self.person)
                most = max(map(purse.left_in, self.weeks)) if price is not None else purse.left
                if most >= self.burn:  # rounded down to the grid in each period, it is not enough
                    most = sum(self._paid([self.need] * len(self.weeks), [purse])) * self._money_of_a_step
                yield self._short_money(purse, most)

    # rules together

    def _together(self) -> Iterator[Obstacle]:
        """Yield what makes hours too few, where each rule alone would leave enough."""
        hours = [steps if serves else 0 for steps, serves in zip(self.free, self._serving, strict=True)]
        if sum(hours) < self.need:
            yield self._short("clients", sum(hours), most=self.person.max_clients_per_week)
            return
        limited = _least(hours, [self.room.of_kind(self.person, self.job.kind, week) for week in self.weeks])
        if sum(limited) < self.need:
            yield self._short("kind_limit", sum(limited), **self._of_limit)
            return
        if sum(self.within) < self.need:
            yield self._short("pace", sum(self.within), **self._of_pace)
            return
        if self._short_of(self.purses, self.within):
            tightest = min(self.purses, key=lambda purse: purse.left)
            yield self._short_money(tightest, self.most * self._money_of_a_step, self.most)

    @cached_property
    def within(self) -> list[int]:
        """Steps in each week that all rules but budgets leave."""
        hours = [steps if serves else 0 for steps, serves in zip(self.free, self._serving, strict=True)]
        limited = _least(hours, [self.room.of_kind(self.person, self.job.kind, week) for week in self.weeks])
        return _least(limited, [self.room.pace(self.job, week) for week in self.weeks])

    def _short_of(self, purses: Sequence[Purse], most: list[int] | None = None) -> bool:
        """Whether budgets cannot pay for the task in weeks that leave so many steps; None for any number."""
        most = [self.need] * len(self.weeks) if most is None else most
        return sum(self._paid(most, purses)) < self.need

    def _paid(self, most: list[int], purses: Sequence[Purse]) -> list[int]:
        """Return the steps of each week that budgets pay, no more than are needed, the earliest weeks first.

        No other choice of weeks pays for more: the periods of budgets lie one inside the other.
        """
        price = self.room.price(self.job, self.person)
        if price is not None:
            return self._priced(price, most, purses)
        step = self._money_of_a_step
        purses = purses if step else ()
        left = [[whole(amount, step) for _, amount in purse.periods] for purse in purses]
        found, missing = [], self.need
        for steps, week in zip(most, self.weeks, strict=True):
            if not missing:
                break
            at = [
                (periods, place)
                for purse, periods in zip(purses, left, strict=True)
                for place in purse.places.get(week, ())
            ]
            paid = min([steps, missing, *(periods[place] for periods, place in at)])
            for periods, place in at:
                periods[place] -= paid
            missing -= paid
            found.append(paid)
        return found + [0] * (len(most) - len(found))

    def _priced(self, price: Fraction, most: list[int], purses: Sequence[Purse]) -> list[int]:
        """Return the steps of each week that are paid by a fixed price, which burns in the week of the last of them."""
        found, missing = [0] * len(most), self.need
        paying = [place for place, week in enumerate(self.weeks) if all(one.left_in(week) >= price for one in purses)]
        last = next((place for place in reversed(paying) if most[place]), None)
        for place in () if last is None else (last, *range(last)):
            found[place] = min(most[place], missing)
            missing -= found[place]
        return found

    @cached_property
    def _money_of_a_step(self) -> Fraction:
        if self.room.price(self.job, self.person) is not None:
            return ZERO
        return self.room.expanded.step * self.room.rate(self.person)

    # what is told

    @property
    def _of_limit(self) -> dict[str, object]:
        limit = self.person.limits.get(self.job.kind)
        return {"work": self.job.kind, "most": None if limit is None else number(limit)}

    @property
    def _of_pace(self) -> dict[str, object]:
        return {"most": None if self.job.weekly_max is None else number(self.job.weekly_max)}

    def _short(self, kind: str, left: int, **more: object) -> Obstacle:
        """Return an obstacle of hours."""
        amounts: dict[str, object] = {"needed": self._amount(self.need), "left": self._amount(left), **more}
        return Obstacle(kind, self.person.id, weeks=tuple(self.weeks), **amounts)  # type: ignore[arg-type]

    def _short_money(self, purse: Purse, left: Fraction, most: int | None = None) -> Obstacle:
        """Return an obstacle of money; `most` are the steps paid, where hours and money are not left in one week."""
        return Obstacle(
            "budget",
            self.person.id,
            weeks=tuple(self.weeks),
            budget=purse.owner,
            of=purse.of,
            period=purse.periods[0][0].name if len(purse.periods) == 1 else None,
            needed=money(self.burn),
            left=money(left),
            most=None if most is None else self._amount(most),
        )

    def _amount(self, steps: int) -> int | float:
        return self.room.amount(steps)


def _least(most: Sequence[int], limits: Sequence[int | None]) -> list[int]:
    return [steps if limit is None else min(steps, limit) for steps, limit in zip(most, limits, strict=True)]
