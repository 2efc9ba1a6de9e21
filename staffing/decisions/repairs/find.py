"""All repairs of a task: each kind's least change, priced, the cheapest first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from staffing.decisions.given import Effort
from staffing.decisions.price import Price, price_of
from staffing.decisions.repairs import single
from staffing.decisions.repairs.allow import allowed
from staffing.decisions.repairs.budget import Budgets
from staffing.decisions.repairs.contract import Contract
from staffing.decisions.repairs.give_up import GiveUp
from staffing.decisions.repairs.hire import Hire
from staffing.decisions.repairs.overtime import Overtime
from staffing.decisions.repairs.question import Question
from staffing.decisions.repairs.records import AsItIs, Repair, RepairKind
from staffing.decisions.repairs.search import FitsAsItIsError, Found, Ladder, Ladders, Lever
from staffing.decisions.repairs.words import number
from staffing.decisions.trial import After, Fit
from staffing.plan.draft import Draft
from staffing.plan.obstacles.find import hindered
from staffing.plan.obstacles.records import Hindrance
from staffing.plan.obstacles.room import Room
from staffing.solving.solution import drafted

LEVERS: Mapping[RepairKind, Callable[[Question], Lever | list[Ladder]]] = {
    "budget": Budgets,
    "overtime": Overtime,
    "give_up": GiveUp,
    "contract": Contract,
    "share": lambda question: [single.Shared(question)],
    "allow": allowed,
    "clients": single.clients,
    "time": single.weeks,
    "order": single.order,
    "hire": lambda question: [Hire(question)],
}
"""How the least change of each kind is found, the quickest first."""

SEARCHED = 0.6
"""The share of the time in which changes are looked for, before any is priced."""
PRICED = 0.6
"""The share of the rest in which those of a large problem are priced, before they are tried on the whole."""
HELPS: Mapping[Hindrance, tuple[RepairKind, ...]] = {
    "no_window": ("time",),
    "not_qualified": ("allow",),
    "predecessor": ("order", "time"),
    "budget": ("budget", "give_up"),
    "pace": ("time",),
    "one_owner": ("allow", "contract", "overtime"),
    "clients": ("clients",),
    "kind_limit": ("hire",),
    "hours": ("overtime", "contract", "give_up", "hire"),
    "hired": ("hire",),
}
"""What is most likely to help against what is in the way."""
LIKELY = 4
"""How much more time goes to what is likely to help."""
ON_THE_WHOLE = 0.3
"""The share of the time left in which a repair of a large problem is tried on the whole."""


@dataclass(frozen=True)
class Help:
    """What would deliver a task.

    Attributes
    ----------
    as_it_is
        How it is delivered with nothing changed, if it can be.
    repairs
        Otherwise the least change of each kind that helps, the cheapest first.
    """

    as_it_is: AsItIs | None = None
    repairs: tuple[Repair, ...] = ()


def find_help(question: Question, effort: Effort) -> Help:
    """Return what would deliver the tasks of a question, as far as is known in time."""
    return _Search(question, effort).run()


class _Search:
    """The search for what helps."""

    def __init__(self, question: Question, effort: Effort) -> None:
        self.question = question
        self.effort = effort
        self._refuted = False
        """Whether it is proven that nothing does without a change."""

    def run(self) -> Help:
        trial = self.question.trial()
        assert trial is not None, "what is unchanged is valid"
        fit = trial.fits(self.effort.part(0.1))
        self._refuted = fit.refuted
        try:
            if fit.solution is not None:
                return self._as_it_is(drafted(trial.problem, fit.solution))
            return Help(repairs=tuple(self._repairs(large=trial.large)))
        except FitsAsItIsError as found:
            return self._as_it_is(found.draft)

    # with nothing changed

    def _as_it_is(self, draft: Draft) -> Help:
        """Return how the tasks are delivered with nothing changed."""
        found = self._best({}, frozenset(), draft, self.effort.part(0.8))
        if found is None:
            return Help()
        after, price = found
        return Help(AsItIs(price, self._says(price), after.plan(self.question.given)))

    def _says(self, price: Price) -> str:
        lead = f"It can be {'on time' if self.question.late else 'delivered'} as things are"
        lost = [(goal, amount) for goal, amount in price.goals.items() if amount]
        if not lost:
            return f"{lead}: the plan is as good with it."
        if price.gains:
            return f"{lead}, and the plan gains by it: another search would find that."
        goal, amount = lost[0]
        how = "falls" if amount < 0 else "rises"
        return f"{lead}, but the plan loses by it: {goal.replace('_', ' ')} {how} by {number(abs(amount))}."

    # with a change

    def _repairs(self, *, large: bool) -> list[Repair]:
        """Return the least change of each kind; of a large problem near the plan, and on the whole as time allows."""
        levers = {kind: self._lever(make(self.question)) for kind, make in LEVERS.items()}
        search = self.effort.part(SEARCHED)
        found: dict[RepairKind, Found] = {}
        weights = self._weights()
        for kind, lever in levers.items():
            share = search.part(weights[kind] / sum(weight for other, weight in weights.items() if other not in found))
            found[kind] = Found() if search.over else lever.find(share, whole=not large)
        kinds = {kind: one for kind, one in found.items() if one.changes and (one.least or not one.changes[0].extreme)}
        pricing = self.effort.part(PRICED if large else 1.0)
        repairs = {}
        for number_, (kind, one) in enumerate(kinds.items()):
            repair = self._cheapest(one, pricing.part(1 / (len(kinds) - number_)))
            if repair is not None:
                repairs[kind] = repair
        for kind, repair in sorted(repairs.items(), key=lambda entry: entry[1].price.key):
            if not repair.least and not self.effort.over:
                repairs[kind] = self._on_the_whole(levers[kind], repair)
        return sorted(repairs.values(), key=lambda repair: repair.price.key)

    def _weights(self) -> dict[RepairKind, int]:
        """Return how the time is shared among kinds, by what is in the way of the tasks and of those before them."""
        facts = self.question.given.facts
        concerned = [job for job in self.question.row if job in self.question.jobs or job in facts.waiting]
        room = Room(facts)
        met = {obstacle.kind for job in concerned for obstacle in hindered(facts, job, room).obstacles}
        likely = {kind for obstacle in met for kind in HELPS[obstacle]}
        return {kind: LIKELY if kind in likely else 1 for kind in LEVERS}

    def _on_the_whole(self, lever: Lever, repair: Repair) -> Repair:
        """Return a repair whose amount is least on the whole, where that is found in time."""
        effort = self.effort.part(ON_THE_WHOLE)
        found = lever.find(effort.part(0.6), whole=True)
        if not found.changes or found.changes[0].amount > Fraction(repair.amount):
            return repair
        if found.changes[0].amount == Fraction(repair.amount):
            return replace(repair, least=found.least)
        return self._cheapest(found, effort) or repair

    def _lever(self, made: Lever | list[Ladder]) -> Lever:
        return made if isinstance(made, Lever) else Ladders(self.question, made, self._refuted)

    def _cheapest(self, found: Found, effort: Effort) -> Repair | None:
        """Return that of several changes of one amount that is the cheapest."""
        best: Repair | None = None
        for number_, change in enumerate(found.changes):
            if best is not None and effort.over:
                break
            share = effort.part(1 / (len(found.changes) - number_))
            priced = self._best(change.patch, change.given_up, change.draft, share)
            if priced is None:
                continue
            after, price = priced
            if best is None or price.key < best.price.key:
                best = Repair.of(change, price, after.plan(self.question.given), least=found.least)
        return best

    def _best(
        self, patch: Mapping[str, object], given_up: frozenset[str], draft: Draft | None, effort: Effort
    ) -> tuple[After, Price] | None:
        """Return the best plan found with a change, and its price."""
        fit, trial = Fit(), None
        for begin in (None, draft):  # near the plan given as few tasks move as may be
            if fit.solution is None and (begin is not None or trial is None):
                trial = self.question.trial(patch, given_up=given_up, begin=begin, shape=self.question.as_it_is)
                fit = Fit() if trial is None else trial.fits(effort.part(0.3), whole=begin is not None)
        if trial is None or fit.solution is None:
            return None
        after = trial.best(fit, effort)
        return after, price_of(self.question.given, after)
