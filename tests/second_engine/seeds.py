"""The seeds that tests look at, each scenario drawn and solved once."""

from functools import cache

from staffing.scenario.scenario import Scenario

from .engine import Answer, answer
from .random_scenarios import random_scenario

SEEDS = range(220)
BLOCK = 20
BLOCKS = range(0, len(SEEDS), BLOCK)


def block(first: int) -> range:
    """Return the seeds of a block."""
    return SEEDS[first : first + BLOCK]


@cache
def scenario_of(seed: int) -> Scenario:
    """Return the scenario of a seed."""
    return Scenario.model_validate(random_scenario(seed))


@cache
def answer_of(seed: int) -> Answer:
    """Return the second engine's answer to a seed."""
    return answer(scenario_of(seed))
