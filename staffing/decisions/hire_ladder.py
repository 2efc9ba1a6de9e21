"""The ladder: the best plan with one hire at most, with two, and so on."""

from __future__ import annotations

from dataclasses import replace

from staffing.decisions.given import Effort, Given
from staffing.decisions.hire_choice import Asked
from staffing.decisions.hire_climb import Climb
from staffing.decisions.hire_market import Market
from staffing.decisions.hire_pool import Pool
from staffing.decisions.hire_staffed import Staffed, staffed

IDEAL, CLIMBED = 0.4, 0.5
"""Shares of the time: for seeking a plan that leaves nothing to wish, then for hiring one more and again."""


class Ladder:
    """Seeks the steps.

    Parameters
    ----------
    pool, market
        Those who could be hired.
    given
        The plan without them.
    nobody
        The best one known.
    """

    def __init__(self, pool: Pool, given: Given, market: Market, nobody: Staffed) -> None:
        self._pool = pool
        self._given = given
        self._market = market
        self._climb = Climb(pool, given)
        self._pursued = nobody
        self._ideal = self._all_in_time()

    def found(self, count: int, last: Staffed, effort: Effort) -> Staffed | None:
        """Return the best plan found with so many hires at most; None where none is found.

        Parameters
        ----------
        count
            How many.
        last
            The best plan known with one less.
        effort
            How long to seek.
        """
        if self._market.decides(count):
            return self._sought(Asked(count), last, effort)
        if not self._market.small:
            return self._higher(effort)
        ideal = None if self._ideal is None else self._ideally(count, last, effort)
        if ideal is not None:
            return ideal
        climbed = self._higher(effort.part(CLIMBED))
        start = last if climbed is None or last.key <= climbed.key else climbed
        return self._sought(Asked(count), start, effort) or climbed

    def _sought(self, asked: Asked, start: Staffed, effort: Effort) -> Staffed | None:
        sought = self._market.seek(asked, start.plan, effort)
        return None if sought.plan is None else staffed(self._pool, self._given, sought.plan)

    def _higher(self, effort: Effort) -> Staffed | None:
        """Return a plan with one hire more than the last such plan, which need not have been better."""
        found = self._climb.higher(self._pursued, effort)
        self._pursued = found or self._pursued
        return found

    # plans that leave nothing to wish but what comes after value and lateness

    def _all_in_time(self) -> dict[str, int | None] | None:
        """Return the tasks that the best plans deliver if that can be, by their last week; None where goals weigh it.

        Where value comes first, and lateness, whatever delivers all that is worth something on time is as good as can
        be by these goals, and only the later ones are left to seek.
        """
        first = set()
        for entry in self._given.goals:
            if entry.goal not in ("must", "value", "lateness") or entry.tolerance:
                break
            first.add(entry.goal)
        if "value" not in first:
            return None
        jobs = self._market.expanded.jobs
        worth = (jobs[id_] for id_ in self._market.possible if jobs[id_].value or jobs[id_].must)
        due = "lateness" in first
        return {job.id: job.due if due and job.due is not None and job.earliest <= job.due else None for job in worth}

    def _ideally(self, count: int, last: Staffed, effort: Effort) -> Staffed | None:
        """Return the best plan found that delivers all of it on time; None where none is found."""
        assert self._ideal is not None
        holds = last.delivers(self._ideal)
        sought = self._market.seek(Asked(count, self._ideal), last.plan if holds else None, effort, effort.part(IDEAL))
        if sought.refuted and count == self._pool.size:
            self._ideal = None
        return None if sought.plan is None else staffed(self._pool, self._given, sought.plan)


def better(last: Staffed, found: Staffed | None) -> Staffed:
    """Return the better of the plan with one hire less and the one found, with what is proven of it."""
    if found is None:
        return last.unproven()
    if found.key == last.key:
        return replace(min(last, found, key=lambda one: one.order), goals=found.goals)
    return found if found.key < last.key else last.unproven()
