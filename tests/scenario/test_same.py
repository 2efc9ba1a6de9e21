"""When two scenarios are the same: as values that can be compared, collected, copied and sent elsewhere."""

import copy
import pickle
from pathlib import Path
from typing import Any

import pytest
from agency import AGENCY, agency

from staffing.loading import load
from staffing.scenario.scenario import Scenario


def made(**change: Any) -> Scenario:
    """The agency, after everything that is worked out of it has been asked for."""
    scenario = Scenario.model_validate(agency(**change))
    assert scenario.expanded.scenario is scenario
    return scenario


def test_a_file_read_twice_is_one_scenario() -> None:
    file = Path(__file__).parents[2] / "scenarios" / "am-pm.yaml"
    first, second = load(file), load(file)
    assert first == second
    assert hash(first) == hash(second)


def test_scenarios_that_differ_in_words_alone_are_one() -> None:
    assert made(name="Spring") == made(name="Summer", description="Words change no plan.")


def test_scenarios_that_differ_are_two() -> None:
    assert made() != made(weeks=5)
    assert made() != made().fingerprint
    assert made() != AGENCY


def test_scenarios_can_be_collected() -> None:
    assert made() in [made(weeks=5), made()]
    assert made() not in [made(weeks=5)]
    assert {made(), made(name="Again"), made(weeks=5)} == {made(), made(weeks=5)}
    assert {made(): "plan"}[made()] == "plan"
    assert made().expanded == made().expanded


@pytest.mark.parametrize(
    "again",
    [copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one)), lambda one: one.model_copy(deep=True)],
    ids=["copy", "deepcopy", "pickle", "model_copy"],
)
def test_a_copy_is_the_same_scenario_and_works(again: Any) -> None:
    scenario = made(name="Spring", roles={"writer": {"tactical": 1}})
    copied = again(scenario)
    assert copied is not scenario
    assert copied == scenario
    assert (copied.name, copied.roles, copied.tasks) == (scenario.name, scenario.roles, scenario.tasks)
    assert copied.expanded.scenario is copied
    assert copied.patch({"weeks": 5}) == scenario.patch({"weeks": 5})


def test_a_deep_copy_shares_nothing_that_can_be_changed() -> None:
    scenario = made(staff=[{"id": "sara", "skills": ["seo"]}])
    assert copy.deepcopy(scenario).staff[0].skills is not scenario.staff[0].skills


def test_a_copy_with_other_values_is_another_scenario() -> None:
    scenario = made()
    assert scenario.fingerprint
    assert scenario.model_copy(update={"weeks": 5}) != scenario


def test_a_pickle_holds_what_was_written_alone() -> None:
    asked, fresh = made(), Scenario.model_validate(agency())
    assert asked.holidays == frozenset()
    assert len(pickle.dumps(asked)) == len(pickle.dumps(fresh))
