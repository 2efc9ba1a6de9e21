"""The cheapest sets of people with whom all that is wanted is delivered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import permutations

from staffing.decisions.given import Effort, Given
from staffing.decisions.hire_choice import Asked
from staffing.decisions.hire_market import Market
from staffing.decisions.hire_pool import Pool
from staffing.decisions.hire_staffed import Staffed, staffed
from staffing.decisions.hiring import Hire
from staffing.scenario.expand import Job

LISTED = 4
"""The cheapest set, and three others."""


class Sets:
    """Seeks them.

    Parameters
    ----------
    pool, market
        Those who could be hired.
    given
        The plan without them.
    known
        The best plans with nobody hired, with one at most, and so on to as many as may be.
    wanted
        ``all`` work, or ``must`` work alone.

    Attributes
    ----------
    refuted
        Whether it is proven that no set suffices.
    """

    def __init__(self, pool: Pool, market: Market, given: Given, known: Sequence[Staffed], wanted: str) -> None:
        self._pool = pool
        self._market = market
        self._given = given
        self._known = [*(one.unproven() for one in known[:-1]), *known[-1:]]  # only the last compares all that may be
        jobs = given.facts.expanded.jobs.values()
        self.wanted: tuple[Job, ...] = tuple(
            job for job in jobs if not (job.done or job.covered) and (wanted == "all" or job.must)
        )
        self.refuted = False

    def find(self, effort: Effort) -> list[Staffed]:
        """Return the cheapest set, and the next best that are not just more of one before; none where none suffice."""
        on_time = {job.id: job.due if job.due is not None and job.earliest <= job.due else None for job in self.wanted}
        in_time = self._best(on_time, ())
        first = self._sought(on_time, (), effort.part(0.5)) if in_time is None else None
        if in_time is not None or first is not None:
            delivered: Mapping[str, int | None] = on_time
        elif not self.refuted:
            return [one.unproven() for one in self._listed({job.id: None for job in self.wanted})]
        else:
            self.refuted = False
            delivered = {job.id: None for job in self.wanted}
        found: list[Staffed] = []
        while len(found) < LISTED and not effort.over and not (found and not found[-1].hires):
            one = self._sought(delivered, found, effort.part(1 / (LISTED - len(found))))
            if one is None:
                break
            found.append(one)
        return self._listed(delivered)

    def _sought(self, delivered: Mapping[str, int | None], found: Sequence[Staffed], effort: Effort) -> Staffed | None:
        """Return the cheapest set that is not just more of some others, and remember it."""
        start = self._best(delivered, found)
        asked = Asked(self._pool.size, delivered, tuple(one.hires for one in found))
        sought = self._market.seek(asked, None if start is None else start.plan, effort)
        if not found:
            self.refuted = sought.refuted
        if sought.plan is None:
            return start.unproven() if start is not None else None
        one = staffed(self._pool, self._given, sought.plan)
        if any(one.order < other.order for other in found):  # what is more of that other may be cheaper still
            one = one.unproven()
        self._known.append(one)
        return one

    def _best(self, delivered: Mapping[str, int | None], found: Sequence[Staffed]) -> Staffed | None:
        """Return the best plan known that delivers what is wanted, and is not just more of some others."""
        fit = [one for one in self._known if one.delivers(delivered) and not self._among(one, found)]
        return min(fit, key=lambda one: one.order, default=None)

    def _listed(self, delivered: Mapping[str, int | None]) -> list[Staffed]:
        """Return the best plans known that deliver what is wanted, none just more of a better one."""
        listed: list[Staffed] = []
        fit = [one for one in self._known if one.delivers(delivered)]
        for one in sorted(fit, key=lambda one: (*one.order, not one.proven)):
            if not self._among(one, listed):
                listed.append(one)
        return listed[:LISTED]

    def _among(self, one: Staffed, others: Sequence[Staffed]) -> bool:
        return any(self._is_more(one.hires, other.hires) for other in others)

    def _is_more(self, hires: Sequence[Hire], others: Sequence[Hire]) -> bool:
        """Return whether some hires are others, or more of them: further people, more hours, or from earlier on."""
        return any(
            all(self._at_least(hire, other) for hire, other in zip(chosen, others, strict=True))
            for chosen in permutations(hires, len(others))
        )

    def _at_least(self, hire: Hire, other: Hire) -> bool:
        profile = self._pool.profile_of(hire.id)
        if profile is None or profile != self._pool.profile_of(other.id):
            return hire.id == other.id
        if not profile.salaried:
            return True  # hours cost the same whatever the contract
        return hire.weekly_hours >= other.weekly_hours and hire.from_week <= other.from_week
