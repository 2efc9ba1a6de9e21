"""The plan that a question begins from, audited, and how long its answer may take."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from functools import cached_property

from staffing.auditing.allocations import read_allocations
from staffing.decisions.valid import facts_of
from staffing.plan.earlier import EarlierPlan
from staffing.plan.facts import Facts
from staffing.plan.goals import goals_of
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline
from staffing.scenario.expand import Expanded
from staffing.scenario.records import GoalEntry
from staffing.scenario.scenario import Scenario
from staffing.solving.limits import Clock, Limits


@dataclass(frozen=True)
class Given:
    """A scenario and a valid plan of it.

    Attributes
    ----------
    scenario
        What was planned.
    plan
        As it was given.
    facts
        What follows from its hours.
    """

    scenario: Scenario
    plan: Plan
    facts: Facts

    @classmethod
    def of(cls, scenario: Scenario, plan: Plan) -> Given:
        """Return a plan to ask of.

        Raises
        ------
        NotValidError
            Where the plan is not valid for the scenario, with every violation.
        """
        return cls(scenario, plan, facts_of(scenario, plan))

    @property
    def baseline(self) -> Baseline | None:
        """What the plan was a re-plan of."""
        return self.facts.baseline

    @cached_property
    def goals(self) -> tuple[GoalEntry, ...]:
        """The goals of the plan, most important first."""
        return goals_of(self.scenario, self.baseline is not None)

    @cached_property
    def earlier(self) -> EarlierPlan | None:
        """What `changes` is counted against."""
        if self.baseline is None:
            return None
        return EarlierPlan(self.baseline, history={}, kept={}, warnings=(), planned={}, begun=frozenset())

    def expanded_in(self, scenario: Scenario) -> Expanded:
        """Return a scenario, this one or a change of it, with the history and the promises of this plan."""
        return self.facts.expanded if scenario is self.scenario else read_allocations(scenario, self.plan)[0]


@dataclass
class Effort:
    """How long an answer may take, from now on.

    Attributes
    ----------
    seconds
        For all of it.
    stop
        Set, the answer is what is known by then.
    clock
        What is used of the time, and what is left.
    """

    seconds: float = 10.0
    stop: threading.Event = field(default_factory=threading.Event)
    clock: Clock = field(init=False)

    def __post_init__(self) -> None:
        self.clock = Clock(Limits(seconds=self.seconds))

    @property
    def over(self) -> bool:
        """Whether no time is left."""
        return self.stop.is_set() or self.clock.left <= 0

    def part(self, share: float) -> Effort:
        """Return a share of the time that is left as an effort of its own."""
        return Effort(share * self.clock.left, self.stop)
