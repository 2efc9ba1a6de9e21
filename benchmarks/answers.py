"""What an engine gives back, and how it is judged: by the audit and the measures of the plan, never by its word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from staffing.auditing import audit_draft
from staffing.plan.draft import Draft
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, MONEY_GOALS, worse
from staffing.scenario.expand import Expanded
from staffing.scenario.records import GOALS, MAXIMISED, Goal
from staffing.scenario.scenario import Scenario

Cell = tuple[str, str, int]
State = Literal["done", "not installed", "cannot say", "nothing found", "failed"]
LOOSE = Fraction(1, 10**6)
"""Relative slack for bounds of engines that reckon in floating point."""
CENT = Fraction(1, 200)
"""Slack for bounds of ours that are money: they are reported rounded."""
HEADLINES: tuple[Goal, ...] = ("net_value", "value", "cost")
"""The goal that drawings show: the first of these that a scenario has."""


@dataclass(frozen=True, slots=True)
class Point:
    """Where a search stood: seconds since it began, the goal in work, the best value and the bound so far."""

    seconds: float
    goal: Goal
    value: float | None
    bound: float | None


@dataclass(frozen=True, slots=True)
class Bound:
    """No plan that keeps all earlier goals within their limits does better in this goal."""

    goal: Goal
    limit: Fraction
    """The worst that later goals may make of this one."""
    bound: Fraction | None
    """None where nothing is proven."""
    best: Fraction | None = None
    """What was reached at its turn, before later goals gave back what its tolerance lets them."""


@dataclass(frozen=True)
class Answer:
    """What one engine gave for one scenario.

    Attributes
    ----------
    engine
        Its name.
    state
        Whether there is a plan, and if not, why.
    hours, hired
        The plan: hours by task, person and week, and placeholders hired.
    bounds
        By goal, most important first; fewer than goals where the engine stopped early or proves nothing.
    trace
        Values and bounds over time.
    phases
        Seconds by phase.
    memory
        Peak of the process in MiB; 0 if not measured.
    note
        What a reader must know: versions, rules it cannot say, why it failed.
    exact
        Whether its bounds are reckoned in whole numbers.
    """

    engine: str
    state: State = "done"
    hours: Mapping[Cell, Fraction] = field(default_factory=dict)
    hired: frozenset[str] = frozenset()
    bounds: tuple[Bound, ...] = ()
    trace: tuple[Point, ...] = ()
    phases: Mapping[str, float] = field(default_factory=dict)
    memory: float = 0.0
    note: str = ""
    exact: bool = False


@dataclass(frozen=True)
class Judged:
    """An answer with the values its plan really has.

    Attributes
    ----------
    answer
        As given.
    values
        By goal, as measured; empty without a valid plan.
    violations
        What the audit says.
    trivial
        By goal: the bound that needs no search.
    """

    answer: Answer
    values: Mapping[Goal, Fraction]
    violations: tuple[str, ...]
    trivial: Mapping[Goal, Fraction] = field(default_factory=dict)

    def best(self, goal: Goal) -> Fraction | None:
        """Return what was reached for a goal: the plan's value, or that at its turn if later goals gave some back."""
        value = self.values.get(goal)
        told = next((entry.best for entry in self.answer.bounds if entry.goal == goal), None)
        return told if value is not None and told is not None and worse(goal, value, told) else value

    def bound(self, goal: Goal) -> Fraction | None:
        """Return the engine's own bound; None where it proves nothing, or no more than anybody knows."""
        own = next((entry.bound for entry in self.answer.bounds if entry.goal == goal), None)
        known = self.trivial.get(goal)
        if own is None or known is None or own == self.best(goal):
            return own
        return own if worse(goal, own, known) else None

    def gap(self, goal: Goal, bound: Fraction | None = None) -> float | None:
        """Return |best − bound| ÷ |best|, with the engine's own bound if none is given; None without either."""
        best = self.best(goal)
        return None if best is None else distance(best, self.bound(goal) if bound is None else bound)

    def proven(self, goal: Goal) -> bool:
        """Whether the best is the bound itself."""
        return self.gap(goal) == 0


def distance(value: Fraction, bound: Fraction | None) -> float | None:
    """Return |value − bound| ÷ |value|: 0 if they agree, infinity beside a value of 0, None without a bound."""
    if bound is None or value == bound:
        return None if bound is None else 0.0
    return float(abs(value - bound) / abs(value)) if value else float("inf")


def headline(goals: Sequence[Goal]) -> Goal:
    """Return the goal that drawings show."""
    return next((goal for goal in HEADLINES if goal in goals), goals[0])


def judge(scenario: Scenario, answer: Answer) -> Judged:
    """Audit the plan of an answer and measure every goal of the scenario."""
    if answer.state != "done":
        return Judged(answer, {}, ())
    draft = Draft(answer.hours, answer.hired)
    violations = tuple(str(violation) for violation in audit_draft(scenario.expanded, draft))
    facts = Facts(scenario.expanded, draft)
    values = {} if violations else {entry.goal: MEASURES[entry.goal](facts) for entry in scenario.goals}
    return Judged(answer, values, violations, trivial(scenario.expanded))


def trivial(expanded: Expanded) -> dict[Goal, Fraction]:
    """Return the bounds that need no search: all is delivered, on time, for no more than the salaries that are due."""
    salaries = sum(
        (one.cost_rate * sum(one.contract) for one in expanded.people.values() if one.salaried and not one.placeholder),
        Fraction(0),
    )
    value = sum((job.value for job in expanded.jobs.values() if not job.done), Fraction(0))
    nothing: dict[Goal, Fraction] = dict.fromkeys(GOALS, Fraction(0))
    return {**nothing, "cost": salaries, "value": value, "net_value": value - salaries}


def beaten(judged: Sequence[Judged]) -> list[str]:
    """Return a sentence for each bound that another engine's plan beats.

    A bound speaks of plans that keep all earlier goals within the limits of the engine that proved it; a plan of any
    engine that does so and is better than the bound shows the bound wrong.
    """
    found = []
    for prover in judged:
        for number, entry in enumerate(prover.answer.bounds):
            if entry.bound is None:
                continue
            slack = CENT if entry.goal in MONEY_GOALS else Fraction(0)
            if not prover.answer.exact:
                slack = LOOSE * max(Fraction(1), abs(entry.bound))
            bound = entry.bound + (slack if entry.goal in MAXIMISED else -slack)
            earlier = prover.answer.bounds[:number]
            for other in judged:
                if keeps(other, earlier) and worse(entry.goal, bound, other.values[entry.goal]):
                    found.append(
                        f"{other.answer.engine} reaches {float(other.values[entry.goal]):.2f} in {entry.goal}, beyond "
                        f"the bound of {prover.answer.engine}, {float(entry.bound):.2f}"
                    )
    return found


def keeps(plan: Judged, limits: Sequence[Bound]) -> bool:
    """Whether a plan keeps some goals within limits."""
    return bool(plan.values) and not any(worse(one.goal, plan.values[one.goal], one.limit) for one in limits)


def best_bound(judged: Sequence[Judged], plan: Judged, goal: Goal) -> Fraction | None:
    """Return the tightest bound of any engine that holds for a plan: one whose earlier limits the plan keeps.

    None where no bound holds for it, as for a plan that leaves must work undone which others do.
    """
    bounds = [
        bound
        for one in judged
        for number, entry in enumerate(one.answer.bounds)
        if entry.goal == goal and (bound := one.bound(goal)) is not None and keeps(plan, one.answer.bounds[:number])
    ]
    if not bounds:
        return None
    return min(bounds) if goal in MAXIMISED else max(bounds)
