"""Whom to hire so that all work is delivered, and what each further person brings."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from staffing.auditing.audit import audit_draft
from staffing.decisions.given import Effort, Given
from staffing.decisions.hire_choice import Asked
from staffing.decisions.hire_ladder import Ladder, better
from staffing.decisions.hire_market import Hired, Market
from staffing.decisions.hire_pool import Pool
from staffing.decisions.hire_sets import Sets
from staffing.decisions.hire_staffed import Staffed, staffed
from staffing.decisions.hire_words import Words
from staffing.decisions.hiring import HireSet, Hiring, Rung
from staffing.decisions.price import Money, price_of
from staffing.decisions.trial import After
from staffing.errors import InternalError
from staffing.plan.numbers import money
from staffing.plan.plan import Plan
from staffing.plan.records import Number
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario
from staffing.solving.solve import solve

Wanted = Literal["all", "must"]
BEFORE, LADDER = 0.2, 0.55
"""Shares of the time left: for the plan without hires, then for the ladder; the rest is for the sets."""


def hire(
    scenario: Scenario,
    plan: Plan | None = None,
    *,
    for_: Wanted = "all",
    roles: Iterable[str] = (),
    most: int = 3,
    time_limit: float = 60.0,
    stop: threading.Event | None = None,
) -> Hiring:
    """Find the cheapest people to add so that all work is delivered, and what each further one brings.

    Parameters
    ----------
    scenario
        What is planned. Its placeholders are those who could be hired.
    plan
        A plan of it to begin from; without one, it is planned first.
    for_
        ``all`` work is to be delivered, or all ``must`` work.
    roles
        New people of these roles could be hired instead, for 8, 16, 24, 32 or 40 hours a week from any week on. Where
        the scenario has no placeholders, new people of every role could.
    most
        How many may be hired.
    time_limit
        Seconds for all of it; what is known by then is the answer.
    stop
        When set, what is known by then is the answer.

    Raises
    ------
    NotValidError
        Where the plan is not valid for the scenario, with every violation.
    ScenarioError
        With each role that the scenario does not have, or has no rates for.
    """
    effort = Effort(time_limit, stop or threading.Event())
    given = None if plan is None else Given.of(scenario, plan)
    pool = Pool.of(scenario, scenario.expanded if given is None else given.facts.expanded, tuple(roles), most)
    return _Question(pool, given, for_, effort).answer()


class _Question:
    """The question, and what is found of its answer."""

    def __init__(self, pool: Pool, given: Given | None, wanted: Wanted, effort: Effort) -> None:
        self._pool = pool
        self._wanted = wanted
        self._effort = effort
        self._asked = given
        self._given = given or self._planned()
        self._market = Market(pool, self._given)
        self._ladder: list[Staffed] = []

    def answer(self) -> Hiring:
        """Return the answer."""
        self._ladder.append(self._nobody())
        self._climb()
        before = self._before()
        sets = Sets(self._pool, self._market, before, self._ladder, self._wanted)
        found = sets.find(self._effort)
        self._learn(found)
        for one in (*self._ladder, *found):
            _refuse_unsound(one)
        words = Words(self._without(), self._pool, self._wanted, sets.wanted)
        listed = tuple(self._set(before, words, one) for one in found)
        ladder = tuple(_rung(self._pool, count, one) for count, one in enumerate(self._ladder))
        short_of = None if found else words.short_of(self._ladder[-1], refuted=sets.refuted)
        scenario = self._pool.scenario
        return Hiring(
            scenario=scenario.name,
            fingerprint=scenario.fingerprint,
            plan_gain=self._gain(),
            seconds=round(self._effort.clock.used, 3),
            wanted=self._wanted,
            text=words.verdict(found, self._ladder, refuted=sets.refuted),
            sets=listed,
            ladder=ladder,
            short_of=short_of,
            assumed=(*(profile.text for profile in self._pool.profiles), *self._pool.left_out),
        )

    # nobody hired

    def _planned(self) -> Given:
        """Plan the scenario without anybody to hire."""
        nobody = self._pool.nobody
        return Given.of(nobody, solve(nobody, time_limit=BEFORE * self._effort.clock.left, stop=self._effort.stop))

    def _nobody(self) -> Staffed:
        """Return the best plan known without anybody hired."""
        given, nobody = self._given, self._pool.nobody
        if self._asked is None:
            return Staffed((), nobody, given.facts, given.plan.goals, Hired(given.facts.draft.hours, {}))
        start = Hired(given.facts.draft.hours, {})
        if given.facts.draft.hired:
            start = Hired({}, {})
        sought = self._market.seek(Asked(0), start, self._effort.part(BEFORE))
        assert sought.plan is not None, "nobody need be hired for a plan"
        found = staffed(self._pool, given, sought.plan)
        if self._hires_nobody and found.key > staffed(self._pool, given, start).key:
            return staffed(self._pool, given, start)
        return found

    @property
    def _hires_nobody(self) -> bool:
        """Whether the plan to begin from hires nobody who could be hired."""
        copies = {id_ for ids in self._pool.copies.values() for id_ in ids}
        return self._asked is not None and not copies & self._asked.facts.hired

    def _before(self) -> Given:
        """Return the plan that prices count from: the one given, unless it hires."""
        return self._given if self._hires_nobody else self._without()

    def _without(self) -> Given:
        """Return the best plan known with nobody hired: what hires bring is what they bring beyond it."""
        return replace(self._given, scenario=self._pool.nobody, facts=self._ladder[0].facts)

    def _gain(self) -> Mapping[Goal, Number] | None:
        """Return what the best plan without hires gains on the one given; None where it gains nothing."""
        if not self._hires_nobody:
            return None
        first = self._ladder[0]
        price = price_of(self._given, After(first.facts, first.goals))
        return price.goals if price.gains else None

    # the ladder

    def _climb(self) -> None:
        """Seek the best plan with one hire at most, with two, and so on."""
        effort = self._effort.part(LADDER)
        ladder = Ladder(self._pool, self._given, self._market, self._ladder[0])
        for count in range(1, self._pool.size + 1):
            part = effort.part(1 / (self._pool.size + 1 - count))
            found = None if part.over else ladder.found(count, self._ladder[-1], part)
            self._ladder.append(better(self._ladder[-1], found))
        self._learn(self._ladder)

    def _learn(self, found: Sequence[Staffed]) -> None:
        """Let no step of the ladder be worse than a plan found that hires as few."""
        for count, step in enumerate(self._ladder):
            best = min((one for one in found if len(one.hires) <= count), key=lambda one: one.key, default=step)
            if best.key < step.key:
                self._ladder[count] = best.unproven()

    # records

    def _set(self, before: Given, words: Words, one: Staffed) -> HireSet:
        after, nobody = After(one.facts, one.goals), self._ladder[0]
        price = price_of(before, after, proven=nobody.proven)
        beyond = price_of(self._without(), after)
        return HireSet(
            hires=one.hires,
            price=price.goals,
            money=price.money,
            beyond=beyond.goals,
            beyond_money=beyond.money,
            late=one.late(),
            proven=price.proven,
            patch=self._pool.patch(one.hires),
            text=words.of_set(one),
        )


def _refuse_unsound(one: Staffed) -> None:
    """Audit a plan; raise an error where it breaks a rule."""
    violations = audit_draft(one.facts.expanded, one.facts.draft)
    if violations:
        raise InternalError(
            f"a plan found breaks {len(violations)} of its own rules, first: {violations[0]}; this is a bug of staffing"
        )


def _rung(pool: Pool, count: int, one: Staffed) -> Rung:
    facts = one.facts
    return Rung(
        count=count,
        hires=one.hires,
        delivered=len(facts.delivered),
        late=one.late(),
        waiting=len(facts.waiting),
        goals={goal.goal: goal.value for goal in one.goals},
        money=Money(money(facts.cost), money(facts.revenue), money(facts.revenue - facts.cost)),
        proven=one.proven,
        at_best=None if one.proven else {goal.goal: goal.bound for goal in one.goals},
        patch=pool.patch(one.hires),
    )
