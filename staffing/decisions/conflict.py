"""Why can must work that waits not be delivered beside all other must work: a smallest set of facts that forbids it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from staffing.decisions.conflict_words import grouped, told
from staffing.decisions.conflicting import Search
from staffing.decisions.given import Effort, Given
from staffing.decisions.limiting import Limit, Limited, limits_of
from staffing.decisions.price import price_of
from staffing.decisions.trial import Trial, Wish, run_model
from staffing.plan.names import Names
from staffing.plan.records import Number
from staffing.problem.problem import Problem
from staffing.scenario.records import Goal
from staffing.solving.presolve import presolve
from staffing.solving.solution import Solution


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of a conflict, and the sentence that says it."""

    limit: Limit
    text: str

    def as_document(self) -> dict[str, Any]:
        """Return it as plain values; what only some kinds have is left out of the others."""
        one = self.limit
        more = {name: getattr(one, name) for name in ("of", "client", "rule", "skill", "after", "work")}
        return {
            **{name: getattr(one, name) for name in ("kind", "staff", "week", "budget", "period", "task")},
            **{name: value for name, value in more.items() if value is not None},
            "text": self.text,
        }

    def as_row(self) -> dict[str, Any]:
        """Return it as cells of a table."""
        one = self.limit
        weeks = None if one.week is None else (one.week,)
        cells = {"task": one.task, "client": one.client, "staff": one.staff, "budget": one.budget, "after": one.after}
        return {"kind": "conflict", **cells, "weeks": weeks, "period": one.period, "rule": one.kind, "text": self.text}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Facts that cannot hold together.

    Attributes
    ----------
    facts
        These facts, hours week by week; none where all must work fits, or nothing is known.
    lines
        The same in few lines, weeks together.
    text
        What that means, in a sentence.
    gain
        Where all must work fits: by goal, what a plan with it gains on the plan given.
    """

    facts: tuple[Fact, ...]
    lines: tuple[str, ...]
    text: str
    gain: Mapping[Goal, Number] | None = None

    def as_document(self) -> dict[str, Any]:
        """Return it as the keys of an answer."""
        return {"conflict": [fact.as_document() for fact in self.facts], "conflict_text": self.text}


def conflict(given: Given, names: Names, waiting: Collection[str], effort: Effort) -> Conflict:
    """Return what must work that waits is in conflict with.

    Parameters
    ----------
    given
        The plan.
    names
        What people, tasks and clients are called.
    waiting
        The tasks asked for; of these only must work that waits counts.
    effort
        How long it may take.
    """
    expanded = given.facts.expanded
    asked = [job.id for job in given.facts.waiting if job.must and job.id in waiting]
    if not asked:
        return Conflict((), (), "No must work waits." if not waiting else "None of this is must work that waits.")
    musts = [*asked, *(job.id for job in given.facts.delivered if job.must and not job.covered)]
    facts, limited = limits_of(expanded, musts), Limited(expanded)

    def holds(held: frozenset[Limit]) -> bool | None:
        return _holds(limited.problem(held), limited.needed(held), effort)

    whole = holds(frozenset(facts))
    if whole is None:
        return Conflict((), (), "Whether all must work fits was not found out in the time.")
    if whole:
        return _fitting(given, musts, effort)
    found = Search(facts, holds, lambda: effort.over).run()
    if not found.irreducible:
        return Conflict((), (), "Not all must work fits; what is in conflict was not found out in the time.")
    records = tuple(Fact(limit, told(names, expanded, limit)) for limit in sorted(found.facts, key=_first))
    size = "fewer facts never do" if found.smallest else "whether fewer facts do was not found out in the time"
    text = f"These cannot hold together; any one of them dropped, the rest can. ({size[0].upper()}{size[1:]}.)"
    return Conflict(records, tuple(grouped(names, expanded, [record.limit for record in records])), text)


def _first(limit: Limit) -> tuple[int, str, int]:
    """Return what orders facts: what must be done, what is asked of it, then hours and money."""
    order = ("must", "window", "skill", "qualified", "one_owner", "predecessor", "pace", "kind_limit", "clients")
    place = order.index(limit.kind) if limit.kind in order else len(order) + (limit.kind == "budget")
    return place, limit.staff or "", limit.week or 0


def _holds(problem: Problem, needed: int, effort: Effort) -> bool | None:
    """Return whether all tasks of a problem can be delivered together; None where that is not found out in time."""
    narrowed = presolve(problem)
    if len(narrowed.jobs) < needed:
        return False
    fit = run_model(narrowed, None, Solution({}), effort)
    return True if fit.solution is not None else False if fit.refuted else None


def _fitting(given: Given, musts: Sequence[str], effort: Effort) -> Conflict:
    """Return that all must work fits, with what a plan that has it gains."""
    text = "All must work fits: there is a better plan, which a longer search finds."
    trial = Trial(given, given.scenario, Wish(dict.fromkeys(musts)), about=musts)
    fit = trial.fits(effort)
    if fit.solution is None:
        return Conflict((), (), text)
    price = price_of(given, trial.best(fit, effort), proven=False)
    return Conflict((), (), text, price.goals if price.gains else None)
