"""The least amount of a change: by a model that makes it least, or by bisection over models that allow it or not."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from staffing.decisions.given import Effort
from staffing.decisions.repairs.question import Question
from staffing.decisions.repairs.records import Change
from staffing.decisions.trial import Objective, Trial
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.problem.problem import Problem
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import Terms
from staffing.solving.solution import drafted

MOST_ALIKE = 8
"""Changes of the same amount that are looked for, so that the cheapest of them may be given."""


class FitsAsItIsError(Exception):
    """A task is delivered with nothing changed, as is found while changes are tried.

    Attributes
    ----------
    draft
        How.
    """

    def __init__(self, draft: Draft) -> None:
        super().__init__()
        self.draft = draft


@dataclass(frozen=True)
class Found:
    """The least changes of a kind: all have the same amount.

    Attributes
    ----------
    changes
        These; none where the kind does not help, or none was found in time.
    least
        Whether it is proven that a unit less does not do.
    """

    changes: tuple[Change, ...] = ()
    least: bool = False


class Lever(ABC):
    """A kind of change, and how its least amount is found."""

    def __init__(self, question: Question) -> None:
        self.question = question

    @abstractmethod
    def find(self, effort: Effort, *, whole: bool) -> Found:
        """Return the least changes; `whole` where the whole of a large problem may be tried."""


# by a model that makes it least


class Elastic(Lever):
    """A kind of change whose amount is a sum in a model that allows it without a limit."""

    @abstractmethod
    def trial(self) -> Trial | None:
        """Return the plan sought, with the change as large as it may be; None where nothing can be changed."""

    @abstractmethod
    def objective(self, model: Model) -> Terms:
        """Return the amount as a sum over a model."""

    @abstractmethod
    def change(self, facts: Facts) -> Change | None:
        """Return the change that a plan needs; None where it needs none."""

    least_is_exact = True
    """Whether a plan that is least by the sum is least by the unit of the change."""
    cheapest = False
    """Whether one amount may be spread in several ways, of which the cheapest is asked for."""

    def __init__(self, question: Question) -> None:
        super().__init__(question)
        self.without: set[Hashable] = set()
        """Of several ways to make the change those that are left out."""

    def refuted_below(self, change: Change, effort: Effort) -> bool:
        """Return whether it is proven that a unit less of a change does not do; asked where the sum is not exact."""
        del change, effort
        return False

    def way(self, change: Change) -> Hashable | None:
        """Return in which of several ways a change is made; None where there is but one."""
        del change
        return None

    def find(self, effort: Effort, *, whole: bool) -> Found:
        """Return the least change that the model finds, and others that are as little."""
        trial = self.trial()
        if trial is None:
            return Found()
        self.without = set()
        fit = trial.fits(effort.part(0.8), self.objective, whole=whole)
        if fit.solution is None:
            return Found()
        facts = trial.facts(fit.solution)
        if self.cheapest and not trial.large:
            facts = trial.best(fit, effort.part(0.5), self.objective).facts
        change = self.change(facts)
        if change is None:
            raise FitsAsItIsError(facts.draft)
        changes = [replace(change, draft=facts.draft)]
        while (way := self.way(changes[-1])) is not None and len(changes) < MOST_ALIKE and not effort.over:
            self.without.add(way)
            other = trial.fits(effort.part(0.2), self.objective, whole=whole)
            alike = None if other.solution is None else self.change(trial.facts(other.solution))
            if other.solution is None or alike is None or alike.amount > change.amount:
                break
            changes.append(replace(alike, draft=trial.facts(other.solution).draft))
        least = fit.exact and (self.least_is_exact or (whole and self.refuted_below(change, effort.part(0.5))))
        return Found(tuple(changes), least)


# by bisection


class Ladder(ABC):
    """Changes that grow step by step, one of which is to be chosen: more of each never does harm."""

    def __init__(self, question: Question) -> None:
        self.question = question

    @property
    @abstractmethod
    def top(self) -> int:
        """The number of steps."""

    @abstractmethod
    def patch(self, step: int) -> dict[str, Any] | None:
        """Return the What-if that has all these changes at a step; None where there is none."""

    @abstractmethod
    def change(self, option: Hashable, step: int) -> Change:
        """Return one of these changes."""

    @property
    def shape(self) -> Callable[[Problem], Problem] | None:
        """What else is changed of the problem."""
        return None

    def tied(self, trial: Trial, without: Collection[Hashable]) -> Objective | None:
        """Return what holds a model to one of these changes, and none of some."""
        del trial, without
        return None

    def option(self, trial: Trial, facts: Facts) -> Hashable | None:
        """Return the change that a plan makes use of; None where it needs none."""
        del trial, facts
        return "it"

    def only(self) -> bool:
        """Return whether there is but one change."""
        return True


@dataclass
class _Climb:
    """What is known of a ladder."""

    ladder: Ladder
    refuted: int = 0
    """The greatest step that is proven not to do."""


@dataclass
class Ladders(Lever):
    """A kind of change that is made in one of several ways, each on a ladder with the same steps."""

    question: Question
    ladders: Sequence[Ladder]
    unit_refuted: bool = False
    """Whether it is proven that nothing does without a change."""
    _climbs: list[_Climb] = field(default_factory=list)
    _drafts: dict[tuple[int, Hashable], Draft] = field(default_factory=dict)

    def find(self, effort: Effort, *, whole: bool) -> Found:
        """Return the least changes: each ladder is climbed no higher than the best one so far."""
        self._climbs = [_Climb(ladder) for ladder in self.ladders if ladder.top > 0]
        best, found = 0, dict[tuple[int, Hashable], Change]()
        for number, climb in enumerate(self._climbs):
            if effort.over:
                break
            share = effort.part(1 / (len(self._climbs) - number))
            reached = self._least(climb, best or climb.ladder.top, share, whole)
            if reached is None:
                continue
            step, option = reached
            if step < best or not best:
                best, found = step, {}
            found[number, option] = self._change(number, option, step)
        for number, climb in enumerate(self._climbs if best else ()):
            self._alike(number, climb, best, found, effort, whole)
        least = all(climb.refuted >= min(best - 1, climb.ladder.top) for climb in self._climbs)
        return Found(tuple(found.values()), bool(best) and least and (best > 1 or self.unit_refuted))

    def _change(self, number: int, option: Hashable, step: int) -> Change:
        ladder = self._climbs[number].ladder
        return replace(ladder.change(option, step), draft=self._drafts.get((id(ladder), option)))

    def _least(self, climb: _Climb, top: int, effort: Effort, whole: bool) -> tuple[int, Hashable] | None:
        """Return the least step of a ladder that does, up to one, and the change; None where none is found."""
        high = min(top, climb.ladder.top)
        option = self._fits(climb, high, (), effort, whole)
        if option is None:
            return None
        low = 0
        while high - low > 1 and not effort.over:
            middle = (low + high) // 2
            other = self._fits(climb, middle, (), effort.part(0.5), whole)
            if other is None:
                low = middle
            else:
                high, option = middle, other
        return high, option

    def _alike(
        self,
        number: int,
        climb: _Climb,
        step: int,
        found: dict[tuple[int, Hashable], Change],
        effort: Effort,
        whole: bool,
    ) -> None:
        """Add further changes of a ladder that do at the same step."""
        while not climb.ladder.only() and len(found) < MOST_ALIKE and not effort.over:
            known = [option for ladder, option in found if ladder == number]
            if not known:
                return
            option = self._fits(climb, step, known, effort.part(0.2), whole)
            if option is None or option in known:
                return
            found[number, option] = self._change(number, option, step)

    def _fits(
        self, climb: _Climb, step: int, without: Collection[Hashable], effort: Effort, whole: bool
    ) -> Hashable | None:
        """Return a change of a ladder that does at a step; None where none is found."""
        ladder = climb.ladder
        patch = ladder.patch(step)
        trial = None if patch is None else self.question.trial(patch, shape=ladder.shape)
        if trial is None:
            climb.refuted = max(climb.refuted, 0 if without else step)
            return None
        fit = trial.fits(effort, ladder.tied(trial, without), whole=whole)
        if fit.solution is None:
            if fit.refuted and not without:
                climb.refuted = max(climb.refuted, step)
            return None
        draft = drafted(trial.problem, fit.solution)
        option = ladder.option(trial, trial.facts(fit.solution))
        if option is None:
            if self.unit_refuted:
                return None
            raise FitsAsItIsError(draft)
        self._drafts[id(ladder), option] = draft
        return option
