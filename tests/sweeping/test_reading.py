"""What a sweep may ask for, and how its mistakes are told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from plan.worlds import omid

from staffing.errors import InputError
from staffing.sweeping.reading import read_sweep
from staffing.sweeping.request import Request

from .worlds import asked, both, tiny


def read(**change: Any) -> Request:
    return read_sweep(asked(**change)).request


def values(request: Request) -> list[tuple[Any, ...]]:
    return [tuple(variant.values.values()) for variant in request.variants]


def told(sweep: dict[str, Any]) -> list[str]:
    with pytest.raises(InputError) as found:
        read_sweep(sweep)
    return str(found.value).splitlines()


def test_a_grid_has_all_combinations_the_first_path_slowest() -> None:
    request = read()
    assert request.paths == ("staff.omid.weekly_hours", "staff.omid.cost_rate")
    assert values(request) == [(20, 30), (20, 50), (30, 30), (30, 50), (40, 30), (40, 50)]
    assert [run.number for run in request.runs] == [1, 2, 3, 4, 5, 6]
    assert request.variants[1].scenario == tiny(staff=[omid(weekly_hours=20, cost_rate=50)])


def test_cases_stand_as_they_are_and_seeds_repeat_each() -> None:
    cases = [{"staff.omid.weekly_hours": 20}, {"staff.omid.cost_rate": 50, "tasks.t0.must": True}]
    for request in (read(vary={"cases": cases}, repeat=2), read(vary={}, cases=cases, repeat=[0, 1])):
        assert [variant.values for variant in request.variants] == cases
        assert [(run.variant, run.seed) for run in request.runs] == [
            (variant, seed) for variant in request.variants for seed in (0, 1)
        ]
    assert request.variants[1].scenario.tasks[0].must


def test_whole_scenarios_stand_in_place_of_the_base() -> None:
    request = read(scenarios=[tiny(), both()], vary={"tasks.*.hours": [1, 2]})
    assert values(request) == [("tiny", 1), ("tiny", 2), ("Both", 1), ("Both", 2)]
    assert [variant.scenario.tasks[0].hours for variant in request.variants] == [10, 20, 10, 20]


def test_values_from_to_end_with_the_last_and_are_exact() -> None:
    request = read(vary={"switching": {"from": 0, "to": 0.75, "step": 0.25}})
    assert values(request) == [(0,), (0.25,), (0.5,), (0.75,)]
    request = read(vary={"clients.nova.budget": {"from": 100_000, "to": 250_000, "step": 100_000}})
    assert values(request) == [(100_000,), (200_000,)]


def test_days_from_code_are_told_as_text() -> None:
    request = read(vary={"tasks.t0.due": [dt.date(2026, 1, 9)], "staff.omid.weekly_hours": [20.5]})
    assert values(request) == [("2026-01-09", 20.5)]


def test_fields_that_are_no_numbers_are_varied_too(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(tiny_text(), encoding="utf-8")
    file = tmp_path / "sweep.yaml"
    file.write_text(
        "base: base.yaml\nvary:\n  goals: [[value, cost], [cost]]\n  weeks: [1, 2]\n  tasks.t0.owner: [null, omid]\n"
        "  clients.nova.budget: [null, 900, {amount: 500, per: month}]\n",
        encoding="utf-8",
    )
    read = read_sweep(file)
    assert read.files[0] == file
    assert (tmp_path / "base.yaml") in read.files
    assert len(read.request.variants) == 2 * 2 * 2 * 3
    last = read.request.variants[-1].scenario
    assert ([one.goal for one in last.goals], last.weeks, last.tasks[0].owner) == (["must", "cost"], 2, "omid")
    assert last.clients[0].budget is not None
    assert last.clients[0].budget.amount == 500
    assert last.clients[0].budget.per == "month"
    assert read.request.variants[-1].values["goals"] == ["cost"]
    first = read.request.variants[0].scenario
    assert (first.tasks[0].owner, first.clients[0].budget) == (None, None)


def tiny_text() -> str:
    return (
        "start: 2026-01-05\nweeks: 1\nstaff: [{id: omid, role: project_manager, bill_rate: 80}]\n"
        "clients: [{id: nova}]\ntasks: [{id: t0, client: nova, kind: tactical, hours: 10}]\n"
    )


def test_runs_are_known_by_what_is_solved_and_how() -> None:
    keys = {run.key for run in read().runs}
    assert len(keys) == 6
    assert {run.key for run in read(base=tiny(name="Another")).runs} == keys, "names change no plan"
    assert {run.key for run in read(measures=["margin"]).runs} == keys, "nor does what is told of it"
    for change in ({"solve": {"time_limit": 6}}, {"solve": {"time_limit": 5, "gap": 0.1}}, {"repeat": [1]}):
        assert keys.isdisjoint(run.key for run in read(**change).runs)
    assert read(solve={"time_limit": 5.0}).runs[0].key == read().runs[0].key


def test_usual_measures_are_goals_and_a_few_more() -> None:
    named = read(measures=None).measures
    assert named[:3] == ("must", "value", "cost")
    assert {"margin", "utilisation.all", "waiting_tasks"} <= set(named)
    assert read(plot=["margin", "value"]).measures == ("value", "cost", "margin"), "what is plotted is told"


@pytest.mark.parametrize(
    ("change", "sentences"),
    [
        ({"base": None}, ['there is neither "base", a scenario, nor "scenarios", a list of them']),
        ({"base": 3}, ["base: 3 is no path of a scenario, as text"]),
        ({"varry": {}}, ['varry: "varry" is not a known key; did you mean vary?']),
        ({"vary": {"staf.omid.cost_rate": [1]}}, ["did you mean staff?"]),
        ({"vary": {"staff.omit.cost_rate": [1]}}, ["nothing among the staff", "did you mean omid?"]),
        ({"vary": {"staff.omid.cost_rat": [1]}}, ["after staff.omid comes", "did you mean cost_rate?"]),
        (
            {"vary": {"staff.omid.cost_rate": 30}},
            ["30 is neither a list of values nor {from: ..., to: ..., step: ...}"],
        ),
        ({"vary": {"staff.omid.cost_rate": []}}, ["a list is neither a list of values nor"]),
        (
            {"vary": {"staff.omid.cost_rate": [30, -1]}},
            ["vary.staff.omid.cost_rate[2]: -1 is no value for staff.omid.cost_rate: staff[omid].cost_rate: -1 is out"],
        ),
        ({"vary": {"tasks.*.hours": ["many"]}}, ['"many" is no number: tasks.*.hours is multiplied by it']),
        ({"vary": {"weeks": {"from": 1, "to": 3}}}, ['vary.weeks: "step" is missing']),
        ({"vary": {"weeks": {"from": 3, "to": 1, "step": 1}}}, ["vary.weeks.to: to is 1, and from 3: it goes upwards"]),
        ({"vary": {"switching": {"from": 0, "to": 3, "step": 0.0001}}}, ["these are 30,001 values"]),
        ({"vary": {"switching": {"from": 0, "to": 3, "step": 0.001}}, "repeat": 9}, ["these are 27,009 runs"]),
        ({"vary": {"weeks": {"from": 1, "to": 3, "step": 0}}}, ["vary.weeks.step: 0 is no step: it is above 0"]),
        ({"repeat": 0}, ["0 is out of range: each run is repeated 1 to 1,000 times"]),
        ({"repeat": [1, 1]}, ["a seed is named twice"]),
        ({"repeat": [-1]}, ["-1 is no seed: whole numbers"]),
        ({"measures": ["costs"]}, ['measures[1]: "costs" is no measure of a plan; did you mean cost?']),
        ({"measures": ["project_manager"]}, ["did you mean utilisation.by_role.project_manager?"]),
        ({"plot": ["cost"]}, ["a list is no pair of measures, such as [cost, value]: across and up"]),
        ({"solve": {"workers": 2}}, ['solve.workers: "workers" is not a known key: time_limit, gap and deterministic']),
        ({"solve": {"time_limit": 0}}, ["solve.time_limit: 0 is out of range: more than 0"]),
        ({"cases": [{"staff.omid.pay": "often"}]}, ['cases[1].staff.omid.pay: "often" is no value for staff.omid.pay']),
        ({"vary": {"cases": [{"x": 1}]}}, ['vary.cases[1].x: "x" is no path']),
    ],
)
def test_mistakes_are_told_with_their_place(change: dict[str, Any], sentences: list[str]) -> None:
    (line,) = told(asked(**change))
    assert [sentence for sentence in sentences if sentence not in line] == []


def test_all_mistakes_of_a_file_have_line_and_column(tmp_path: Path) -> None:
    (tmp_path / "base.yaml").write_text(tiny_text().replace("hours: 10", "hours: none"), encoding="utf-8")
    (tmp_path / "sound.yaml").write_text(tiny_text(), encoding="utf-8")
    file = tmp_path / "sweep.yaml"
    file.write_text("base: base.yaml\nscenarios: [sound.yaml, gone.yaml, base.yaml]\n", encoding="utf-8")
    with pytest.raises(InputError) as found:
        read_sweep(file)
    lines = str(found.value).replace(f"{tmp_path}/", "").splitlines()
    assert lines == [
        'base.yaml:5:55: tasks[t0].hours: "none" is not a number: more than 0, at most 100000, with at most 4 decimals',
        "sweep.yaml:2:25: scenarios[2]: gone.yaml cannot be read: there is no such file",
    ]
    file.write_text(
        "base: sound.yaml\nvary:\n  weeks: [1, 0]\n  task: [1]\nmeasures: [value, cots]\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as found:
        read_sweep(file)
    places = [str(one).replace(f"{tmp_path}/", "").split(": ")[0] for one in found.value.errors]
    assert places == ["sweep.yaml:4:3", "sweep.yaml:5:19"]


def test_what_is_no_sweep_is_told_in_a_sentence(tmp_path: Path) -> None:
    for name, text, sentence in (
        ("gone.yaml", None, "there is no such file"),
        ("sweep.txt", "base: x", "a sweep is a file .yaml, .yml, .toml or .json"),
        ("empty.yaml", "", "this file is empty: a sweep is allowed"),
        ("list.yaml", "- 1", "this is not a mapping: a sweep is made of"),
    ):
        if text is not None:
            (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(InputError, match=sentence):
            read_sweep(tmp_path / name)
