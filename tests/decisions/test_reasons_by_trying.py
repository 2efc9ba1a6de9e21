"""The reasons of a re-plan are true: on small random re-plans they are held against every plan that there is."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from random import Random

from plan.worlds import plan
from second_engine.brute_force import every_plan
from second_engine.rules import Reading
from second_engine.world import World

from decisions.replans import random_replan
from staffing.plan.draft import Draft
from staffing.plan.earlier import deliveries
from staffing.plan.facts import Facts
from staffing.plan.goals import MEASURES, goals_of, reported
from staffing.plan.plan import Plan
from staffing.plan.records import Change
from staffing.scenario.records import MAXIMISED
from staffing.scenario.scenario import Scenario

MOST = 200
"""Plans to try, at most."""
SEEDS = range(5000, 5040)
MANY = range(6000, 8000)
FORCED = ("left", "not_allowed", "week_over", "window", "away")
IN_THE_WAY = ("budget", "limits", "new_work", "makes_room", "successor")
GAINED = ("net_value", "lateness", "cost", "overtime", "hours", "contacts")


class Tried:
    """A re-plan, and every plan there is."""

    def __init__(self, scenario: Scenario, was: Plan, plans: list[Reading], chosen: Reading) -> None:
        self.scenario, self.plans, self.hours, self.hired = scenario, plans, chosen.plan.hours, chosen.plan.hired
        self.baseline = was.as_baseline()
        self.before = deliveries(self.baseline, scenario.expanded)
        context = plan(self.facts(chosen)).context
        assert context is not None
        self.changes = context.changes

    def facts(self, reading: Reading) -> Facts:
        return Facts(self.scenario.expanded, Draft(reading.plan.hours, reading.plan.hired), self.baseline)

    def as_before(self, reading: Reading, task: str) -> bool:
        """Whether a plan delivers a task with the owners, and from the first to the last week, of the baseline."""
        facts, was = self.facts(reading), self.before[task]
        assert was is not None
        return facts.span(task) == (was.first, was.last) and set(facts.owners(task)) == was.owners

    def put_back(self, task: str) -> list[Reading]:
        """Return the plans that differ from the re-plan just in that a task is as before."""
        rest = {cell: hours for cell, hours in self.hours.items() if cell[0] != task}
        return [
            reading
            for reading in self.plans
            if {cell: hours for cell, hours in reading.plan.hours.items() if cell[0] != task} == rest
            and reading.plan.hired == self.hired
            and self.as_before(reading, task)
        ]

    def holds(self, change: Change) -> bool:
        """Hold a reason against all plans."""
        alone = len(change.was_owners) == 1 and not self.scenario.expanded.jobs[change.task].same_owner
        if change.why in FORCED:
            return not any(self.as_before(reading, change.task) for reading in self.plans)
        if change.why in IN_THE_WAY and alone:
            return not self.put_back(change.task)
        if change.why in GAINED and alone:
            return change.gain in [self.gained(change, reading) for reading in self.put_back(change.task)]
        return True

    def gained(self, change: Change, reading: Reading) -> float | None:
        """Return how much better the re-plan is by the goal that is told, where it is as good by those before it."""
        other = self.facts(reading)
        now = Facts(self.scenario.expanded, Draft(self.hours, self.hired), self.baseline)
        for entry in goals_of(self.scenario, True):
            if entry.goal in ("changes", "balance"):
                continue
            lost: Fraction = MEASURES[entry.goal](now) - MEASURES[entry.goal](other)
            if entry.goal == change.why:
                return reported(entry.goal, lost if entry.goal in MAXIMISED else -lost)
            if lost:
                return None
        raise AssertionError(change)


def check(seed: int) -> Counter[str]:
    """Hold the reasons of some plans against all plans there are."""
    drawn = random_replan(seed)
    plans = None if drawn is None else every_plan(World(drawn[0]), MOST)
    told: Counter[str] = Counter()
    if drawn is None or not plans:
        return told
    for chosen in Random(seed).sample(plans, min(len(plans), 6)):
        tried = Tried(drawn[0], drawn[1], plans, chosen)
        for change in tried.changes:
            assert tried.holds(change), (seed, change)
            told[change.why] += 1
    return told


def test_reasons_are_true() -> None:
    told = sum((check(seed) for seed in SEEDS), Counter())
    assert told["makes_room"] >= 3
    assert sum(told[why] for why in FORCED) >= 3


def test_reasons_are_true_of_many(long: bool) -> None:
    for seed in MANY if long else ():
        check(seed)
