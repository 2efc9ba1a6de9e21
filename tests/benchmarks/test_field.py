"""Agencies as people write them load without warnings, have every feature, and are the same again."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from functools import cache

import pytest

from benchmarks.field import SIZES, field
from benchmarks.generator import RULES, Entry
from staffing.loading import from_mapping, warnings
from staffing.scenario.scenario import Scenario

LARGEST = "160"
MEASURED = ("5", "14", "45", LARGEST)
FREE_HIRING = "no goal before value weighs what"
"""The one warning there may be: with value as the first goal nothing weighs what placeholders cost."""


@pytest.fixture(scope="module")
def made() -> Callable[..., Scenario]:
    """Return scenarios, each made once."""
    return cache(lambda size, seed: from_mapping(json.loads(written(size, seed))))


@cache
def written(size: str, seed: int) -> str:
    """Return what an agency is made from, as it was made first."""
    return json.dumps(field(SIZES[size], seed=seed))


def cases(sizes: Iterable[str]) -> pytest.MarkDecorator:
    """Return three seeds of each size; the largest, which takes seconds to make, is measured with one."""
    return pytest.mark.parametrize(
        ("size", "seed"), [(size, seed) for size in sizes for seed in ((0,) if size == LARGEST else (0, 1, 2))]
    )


@cases(SIZES)
def test_it_is_as_large_as_asked_for_and_nothing_in_it_is_odd(
    made: Callable[..., Scenario], size: str, seed: int
) -> None:
    scenario = made(size, seed)
    assert warnings(scenario) == []
    expanded = scenario.expanded
    there = [person for person in expanded.people.values() if not person.placeholder]
    to_do = [job for job in expanded.jobs.values() if not job.done]
    assert (len(there), len(to_do), expanded.weeks) == (SIZES[size].people, SIZES[size].tasks, SIZES[size].weeks)


@cases(MEASURED)
def test_work_is_about_as_much_as_there_are_hours(made: Callable[..., Scenario], size: str, seed: int) -> None:
    expanded = made(size, seed).expanded
    effort = sum(job.effort for job in expanded.jobs.values() if not job.done)
    hours = sum(sum(person.capacity) for person in expanded.people.values() if not person.placeholder)
    assert 0.85 < float(effort / hours) < 1.15


def _features(scenario: Scenario) -> dict[str, bool]:
    staff, clients, tasks = scenario.staff, scenario.clients, scenario.tasks
    hires = [one for one in staff if one.placeholder]
    repeats = [task.repeat for task in tasks if task.repeat]
    open_ = [task for task in tasks if task.done < task.likely]
    due = {project.id: project.due for project in scenario.projects}
    pay = {one.id: one.pay for one in staff}
    return {
        "placeholders with counts": any(one.placeholder and one.placeholder.count > 1 for one in hires),
        "start dates of placeholders": any(one.start for one in hires),
        "dear hires": any(one.hire_cost >= 4000 for one in hires),
        "cheap hires": any(0 < one.hire_cost <= 700 for one in hires),
        "fixed prices": any(
            asked.price is not None and pay[who] == "hourly" for task in open_ for who, asked in task.estimates.items()
        ),
        "salaries and hourly rates": {one.pay for one in staff if not one.placeholder} == {"salary", "hourly"},
        "hours that change": any(isinstance(one.weekly_hours, tuple) for one in staff),
        "joiners": any(one.start for one in staff if not one.placeholder),
        "leavers": any(one.end for one in staff),
        "public holidays": scenario.calendar.country == "DE" and bool(scenario.calendar.holidays),
        "budgets by month": any(one.budget and one.budget.per == "month" for one in clients),
        "budgets by quarter": any(one.budget and one.budget.per == "quarter" for one in clients),
        "money spent before": any(one.budget and one.budget.spent for one in clients),
        "monthly retainers": any(repeat.every == "month" and repeat.window is None for repeat in repeats),
        "monthly windows": any(repeat.every == "month" and repeat.window for repeat in repeats),
        "one-owner repeats": any(repeat.same_owner for repeat in repeats),
        "one-owner clients": any(one.single_owner for one in clients),
        "owners fixed by client": any(one.owners.strategic for one in clients),
        "lags": any(after.lag for task in open_ for after in task.after),
        "must work": any(task.must for task in open_),
        "due dates everywhere": all(task.due or due.get(task.project or "") for task in open_ if not task.repeat),
        "switching": 0.25 <= scenario.switching <= 1,
        "work of the house": any(not task.billable for task in tasks),
    }


@cases(MEASURED)
def test_it_has_every_feature(made: Callable[..., Scenario], size: str, seed: int) -> None:
    assert [name for name, there in _features(made(size, seed)).items() if not there] == []


def test_seeds_differ_in_season_switching_and_what_burns_budgets(made: Callable[..., Scenario]) -> None:
    scenarios = [made("5", seed) for seed in (0, 1, 2, 3)]
    assert sorted(float(one.switching) for one in scenarios) == [0.25, 0.5, 0.75, 1]
    assert {one.budget_basis for one in scenarios} == {"bill", "cost"}
    assert len({one.start for one in scenarios}) == 4


@pytest.mark.parametrize(
    ("seed", "goals"),
    [(0, ["must", "value", "lateness", "cost", "contacts"]), (1, ["must", "value", "lateness", "cost", "balance"])],
)
def test_the_other_variant_is_the_same_agency_but_for_goals_and_values(seed: int, goals: list[str]) -> None:
    money, value = field(SIZES["14"], seed=seed), field(SIZES["14"], seed=seed, variant="value")
    scenario = from_mapping(value)
    assert [entry.goal for entry in scenario.goals] == goals
    assert [warning.message for warning in warnings(scenario) if FREE_HIRING not in warning.message] == []
    assert money.pop("goals") == ["must", {"goal": "net_value", "tolerance": 0.01}, "lateness", "contacts"]
    del value["goals"]
    assert all(task.pop("value") > 0 for task in money["tasks"])
    assert money == value


@pytest.mark.parametrize("size", MEASURED)
def test_the_same_seed_makes_the_same_agency_and_another_seed_another(size: str) -> None:
    again, other = (json.dumps(field(SIZES[size], seed=seed)) for seed in (0, 1))
    assert written(size, 0) == again != other


def test_rules_are_left_out() -> None:
    plain = field(SIZES["14"], without=RULES)
    from_mapping(plain)
    written = json.dumps(plain)
    keys = ("budget", "placeholder", "limits", "max_clients", "single_owner", "overtime", "weekly_max", "after")
    for key in (*keys, "estimates", "repeat", "max_owners", "skills", "switching", "time_off"):
        assert f'"{key}"' not in written, key


def test_an_unknown_rule_cannot_be_left_out() -> None:
    with pytest.raises(ValueError, match="sleep: no such rule"):
        field(SIZES["XS"], without=["sleep"])


def test_people_who_are_named_are_there_throughout() -> None:
    made_up = field(SIZES["45"])
    there = {entry["id"]: entry for entry in made_up["staff"]}
    named = [client["owners"]["strategic"] for client in made_up["clients"] if "owners" in client]
    assert named
    assert all(_lasting(there[one]) for one in named)


def _lasting(entry: Entry) -> bool:
    return not {"start", "end", "placeholder"} & entry.keys()
