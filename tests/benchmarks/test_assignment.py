"""Instances of generalised assignment are read, planned, and held against the best known cost."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.assignment import best_known, instances, read, scenario, solve_instance
from benchmarks.peers.stages import Means
from staffing.loading import from_mapping

TINY = """ 2 3
 4 1 6
 2 9 3
 2 2 2
 2 2 3
 4 3
"""
"""Each job needs 2 of agent 1, who has 4; agent 2 has 3 and needs 2, 2 and 3. Agent 2 can do one job, agent 1 two."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "instances"
    inside.mkdir()
    for name in ("gap1-1", "gap10-1", "c05100"):
        (inside / name).write_text(TINY, encoding="ascii")
    (inside / "README.md").write_text("about", encoding="ascii")
    (tmp_path / "gap_best_known.csv").write_text("instance,best_known_min\ngap1-1,8\ngap10-1,7\n", encoding="ascii")
    return inside


def test_costs_weights_and_capacities_are_read(folder: Path) -> None:
    instance = read(folder / "gap1-1")
    assert instance.costs == ((4, 1, 6), (2, 9, 3))
    assert instance.weights == ((2, 2, 2), (2, 2, 3))
    assert instance.capacities == (4, 3)


def test_a_file_with_numbers_missing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "gap1-1").write_text("2 3 1 2 3", encoding="ascii")
    with pytest.raises(ValueError, match="5 numbers do not make 2 agents and 3 jobs"):
        read(tmp_path / "gap1-1")


def test_an_instance_is_a_scenario_of_one_week(folder: Path) -> None:
    expanded = from_mapping(scenario(read(folder / "gap1-1"), "tiny")).expanded
    assert [int(sum(person.capacity)) for person in expanded.people.values()] == [4, 3]
    assert all(job.must and len(job.estimates) == 2 for job in expanded.jobs.values())


def test_the_cheapest_assignment_is_found_and_proven(folder: Path) -> None:
    # agent 2 takes job 1 (2, then 1 + 6) or job 3 (3, then 4 + 1): 9 or 8
    result = solve_instance(folder / "gap1-1", Means(10.0, 1))
    assert (result.cost, result.bound, result.best_known) == (8, 8, 8)
    assert (result.proven, result.to_bound, result.to_best, result.problems) == (True, 0.0, 0.0, [])


def test_a_bound_above_the_best_known_cost_is_a_problem(folder: Path) -> None:
    result = solve_instance(folder / "gap10-1", Means(10.0, 1))
    assert result.problems == ["the bound 8 is beaten by 7"]


def test_instances_are_chosen_by_name_series_or_class(folder: Path) -> None:
    assert {path.name for path in instances(folder)} == {"gap1-1", "gap10-1", "c05100"}
    assert [path.name for path in instances(folder, ["gap1"])] == ["gap1-1"]
    assert [path.name for path in instances(folder, ["c"])] == ["c05100"]
    assert best_known(folder) == {"gap1-1": 8, "gap10-1": 7}


def test_the_command_prints_a_line_for_each_instance_and_writes_csv(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    told = CliRunner().invoke(main, ["gap", str(folder), "--only", "gap1,c", "--seconds", "5", "-o", str(out)])
    assert told.exit_code == 0, told.output
    assert "2 instances of 5 s, 2 proven, 0 problems." in told.output
    assert len(out.read_text(encoding="utf-8").splitlines()) == 3
