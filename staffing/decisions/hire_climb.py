"""Hires for large problems, one more at a time: all who could be next are tried for a while, the best in earnest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from staffing.decisions.given import Effort, Given
from staffing.decisions.hire_choice import Asked
from staffing.decisions.hire_market import Hired, Market
from staffing.decisions.hire_pool import Contract, Pool
from staffing.decisions.hire_staffed import Staffed, staffed
from staffing.decisions.hiring import Hire
from staffing.decisions.trial import Fit, Trial, Wish
from staffing.plan.facts import Facts

TRIED = 0.5
"""Share of the time for trying everybody who could be next."""


class Climb:
    """Hires one more, and again.

    Parameters
    ----------
    pool
        Those who could be hired.
    given
        The plan without them.
    """

    def __init__(self, pool: Pool, given: Given) -> None:
        self._pool = pool
        self._given = given

    def higher(self, start: Staffed, effort: Effort) -> Staffed | None:
        """Return the best plan found with one hire more than a plan has; None where nobody is left to hire.

        Parameters
        ----------
        start
            The plan.
        effort
            How long to seek.
        """
        options = [(*start.hires, hire) for hire in self._next(start.hires)]
        if not options:
            return None
        best, chosen = None, options[0]
        trying = effort.part(TRIED)
        for number, hires in enumerate(options if len(options) > 1 else ()):
            if trying.over:
                break
            found = self._tried(start, hires, trying.part(1 / (len(options) - number)))
            if best is None or found.order < best.order:
                best, chosen = found, hires
        found = self._in_earnest(best or start, chosen, effort)
        return found if best is None or found.order < best.order else best

    def _next(self, hires: Sequence[Hire]) -> Iterator[Hire]:
        """Yield who could be hired beside some people: of new ones with the largest contract."""
        ids = {hire.id for hire in hires}
        people = self._given.expanded_in(self._pool.market).people
        for copies in self._pool.copies.values() if not self._pool.profiles else ():
            yield from (self._pool.hire(people[id_]) for id_ in [id_ for id_ in copies if id_ not in ids][:1])
        for profile in self._pool.profiles:
            copy = 1 + sum(self._pool.profile_of(id_) == profile for id_ in ids)
            yield self._pool.new(profile, self._pool.largest(profile), copy)

    def _tried(self, start: Staffed, hires: tuple[Hire, ...], effort: Effort) -> Staffed:
        """Return a plan with some people, sought near what waits and is late."""
        facts = start.facts
        scenario = self._pool.scenario_of(hires)
        about = [*facts.waiting, *(job for job in facts.delivered if facts.weeks_late(job))]
        trial = Trial(replace(self._given, facts=facts), scenario, Wish(), [job.id for job in about])
        return self._staffed(trial.best(Fit(trial.start), effort).facts, hires)

    def _in_earnest(self, start: Staffed, hires: tuple[Hire, ...], effort: Effort) -> Staffed:
        """Return a plan with some people, sought in the whole."""
        scenario = self._pool.scenario_of(hires)
        pool = Pool(scenario, self._given.expanded_in(scenario), len(hires))
        market = Market(pool, self._given)
        sought = market.seek(Asked(len(hires)), Hired(start.plan.hours, {}), effort)
        assert sought.plan is not None, "there is the plan to begin from"
        people = {id_ for _, id_, _ in sought.plan.hours}
        contracts = {hire.id: self._contract(hire) for hire in hires if hire.id in people}
        return staffed(self._pool, self._given, replace(sought.plan, people=contracts)).unproven()

    def _staffed(self, facts: Facts, hires: Sequence[Hire]) -> Staffed:
        working = {person for _, person, _ in facts.draft.hours}
        people = {hire.id: self._contract(hire) for hire in hires if hire.id in working}
        return staffed(self._pool, self._given, Hired(facts.draft.hours, people))

    def _contract(self, hire: Hire) -> Contract | None:
        profile = self._pool.profile_of(hire.id)
        return None if profile is None else self._pool.contract(profile, hire)
