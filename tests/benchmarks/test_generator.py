"""Made-up agencies are valid, as large as asked for, and the same again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.generator import RULES, SIZES, agency, write
from benchmarks.registry import cases
from staffing.loading import from_mapping, load


@pytest.mark.parametrize("size", ["XS", "S", "M", "L"])
@pytest.mark.parametrize("seed", [0, 1])
def test_an_agency_has_the_people_weeks_and_occurrences_of_its_size(size: str, seed: int) -> None:
    expanded = from_mapping(agency(SIZES[size], seed=seed)).expanded
    assert (len(expanded.people), len(expanded.jobs), expanded.weeks) == (
        SIZES[size].people,
        SIZES[size].tasks,
        SIZES[size].weeks,
    )


@pytest.mark.parametrize("load_", [0.9, 1.1, 1.3])
def test_effort_is_the_load_times_the_hours_of_all_people(load_: float) -> None:
    expanded = from_mapping(agency(SIZES["M"], load=load_)).expanded
    effort = sum(job.effort for job in expanded.jobs.values())
    capacity = sum(sum(person.capacity) for person in expanded.people.values())
    assert float(effort / capacity) == pytest.approx(load_, rel=0.05)


def test_the_same_seed_makes_the_same_agency_and_another_seed_another() -> None:
    one, again, other = (agency(SIZES["S"], seed=seed) for seed in (3, 3, 4))
    assert json.dumps(one) == json.dumps(again) != json.dumps(other)


def test_the_largest_agency_is_made_too() -> None:
    made = agency(SIZES["XL"])
    assert len(made["staff"]) == 150
    assert sum("repeat" in task for task in made["tasks"]) > 50


def test_both_variants_are_the_same_agency_but_for_goals_and_values() -> None:
    money, default = (agency(SIZES["S"], variant=variant) for variant in ("net_value", "default"))
    assert money.pop("goals") == ["must", "net_value"]
    assert all(task.pop("value") > 0 for task in money["tasks"])
    assert money == default


def test_large_agencies_have_every_rule() -> None:
    written = json.dumps(agency(SIZES["L"]))
    for key in (
        "budget",
        "limits",
        "max_clients",
        "max_clients_per_week",
        "single_owner",
        "overtime",
        "weekly_max",
        "after",
        "repeat",
        "max_owners",
        "skills",
        "switching",
        "time_off",
        "must",
        "deadline",
        "due",
    ):
        assert f'"{key}"' in written, key


def test_what_is_left_out_is_not_there() -> None:
    written = json.dumps(agency(SIZES["L"], without=RULES))
    for key in ("budget", "limits", "max_clients", "single_owner", "overtime", "weekly_max", "after", "repeat"):
        assert f'"{key}"' not in written, key
    for key in ("max_owners", "skills", "switching", "time_off"):
        assert f'"{key}"' not in written, key


def test_an_unknown_rule_cannot_be_left_out() -> None:
    with pytest.raises(ValueError, match="sleep: no such rule"):
        agency(SIZES["XS"], without=["sleep"])


@pytest.mark.parametrize("suffix", ["json", "yaml"])
def test_a_written_agency_reads_as_the_same_scenario(tmp_path: Path, suffix: str) -> None:
    made = agency(SIZES["S"])
    path = tmp_path / f"agency.{suffix}"
    write(made, path)
    assert load(path).fingerprint == from_mapping(made).fingerprint


def test_cases_are_listed_small_ones_first() -> None:
    families = ["field", "net-value", "default"]
    listed = list(cases(families, ["XS", "S"], [0.9, 1.1], [0, 1], ["budgets"]))
    assert [case.name for case in listed[:5]] == [
        *("field XS 0.9 0", "field XS 0.9 1", "field XS 1.1 0", "field XS 1.1 1", "net-value XS 0.9 0")
    ]
    assert all(case.without == {"budgets"} for case in listed)
    assert [case.size for case in listed] == ["XS"] * 12 + ["S"] * 8


def test_families_have_sizes_and_loads_of_their_own() -> None:
    named = {name: [case.label for case in cases([name], seeds=[0])] for name in ("field", "shipped", "fewest-people")}
    assert named["field"] == ["field 5 1.05", "field 14 1.05", "field 45 1.05", "field 160 1.05"]
    assert named["shipped"] == ["one-am", "am-pm", "am-2pm", "azhans", "agency"]
    assert named["fewest-people"] == ["fewest-people 6of8", "fewest-people 20of23"]


def test_no_rule_is_left_out_of_what_is_shipped() -> None:
    with pytest.raises(ValueError, match="no rule can be left out of shipped"):
        list(cases(["shipped"], without=["budgets"]))
