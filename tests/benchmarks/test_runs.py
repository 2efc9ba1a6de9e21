"""Each family of cases runs, and engines that share no code agree."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from benchmarks.__main__ import main
from benchmarks.answers import Answer, Bound, Judged, Point, beaten, best_bound, distance, judge
from benchmarks.drawing import anytime
from benchmarks.engines import ENGINES, PEERS, answer
from benchmarks.generator import SIZES, agency
from benchmarks.peers.stages import Means
from benchmarks.registry import SPECS, cases
from benchmarks.results import HEADS, aligned, table, time_to, write_csv
from benchmarks.running import run_case
from staffing.loading import from_mapping

MEANS = Means(seconds=10.0, threads=1)


@pytest.mark.parametrize("family", SPECS)
def test_every_family_runs_and_the_peers_agree(family: str, tmp_path: Path) -> None:
    (case,) = cases([family], ["XS"], [1.1], [1])
    run = run_case(case, ["staffing", "highs", "cp_sat"], MEANS, answer=answer)
    assert run.problems == ()
    values = [one.values for one in run.judged]
    assert values[0] == values[1] == values[2]
    assert all(one.proven(goal) for one in run.judged for goal in run.goals)
    assert {"load", "build", "first", "search"} <= run.judged[0].answer.phases.keys()
    write_csv([run], tmp_path)
    assert len((tmp_path / "results.csv").read_text(encoding="utf-8").splitlines()) == 1 + 3 * len(run.goals)
    assert ElementTree.fromstring(anytime(run)).tag.endswith("svg")
    assert "optimal" in aligned([HEADS, *table(run)])[1]


@pytest.mark.parametrize("peer", PEERS)
def test_a_peer_gives_a_valid_plan_or_says_why_not(peer: str) -> None:
    scenario = from_mapping(agency(SIZES["XS"], seed=2, without=["switching"]))
    found: Answer = import_module(f"benchmarks.peers.{peer}").plan(scenario, Means(2.0, 1))
    assert found.state in ("done", "not installed", "cannot say")
    assert found.state == "done" or found.note
    assert judge(scenario, found).violations == ()


def test_the_command_prints_a_table_and_writes_files(tmp_path: Path) -> None:
    told = CliRunner().invoke(
        main,
        ["run", "--sizes", "XS", "--loads", "0.9", "--seeds", "0", "--families", "default", "--engines", "staffing",
         "--seconds", "5", "--threads", "1", "-o", str(tmp_path)],
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    assert "default XS 0.9 0  staffing" in told.output
    assert "1 cases, 1 answers, 0 problems." in told.output
    assert {path.name for path in tmp_path.iterdir()} == {"results.csv", "traces.csv", "default-XS-0.9-0.svg"}


def test_an_unknown_engine_is_refused() -> None:
    told = CliRunner().invoke(main, ["run", "--engines", "oracle"])
    assert told.exit_code == 2
    assert f"oracle is none of {', '.join(ENGINES)}" in told.output


def _judged(engine: str, value: int, bound: int | None, *, must: int = 0) -> Judged:
    bounds = (
        Bound("must", Fraction(must), Fraction(0)),
        Bound("value", Fraction(value), None if bound is None else Fraction(bound)),
    )
    return Judged(Answer(engine, bounds=bounds, exact=True), {"must": Fraction(must), "value": Fraction(value)}, ())


def test_a_bound_that_a_plan_beats_is_a_problem() -> None:
    (told,) = beaten([_judged("ours", 90, 95), _judged("theirs", 96, None)])
    assert "theirs reaches 96.00 in value, beyond the bound of ours, 95.00" in told


def test_a_plan_that_gives_up_an_earlier_goal_beats_no_bound_of_a_later_one() -> None:
    assert beaten([_judged("ours", 90, 95), _judged("theirs", 96, None, must=8)]) == []


def test_the_best_bound_is_the_tightest_whose_earlier_limits_the_plan_keeps() -> None:
    ours, theirs, lax = _judged("ours", 90, 95), _judged("theirs", 80, 99), _judged("lax", 85, 120, must=8)
    judged = [ours, theirs, lax]
    assert [best_bound(judged, one, "value") for one in judged] == [95, 95, 120]


def test_bounds_reckoned_in_floating_point_have_a_little_slack() -> None:
    loose = _judged("theirs", 10**7, 10**7 - 1)
    assert beaten([replace(loose, answer=replace(loose.answer, exact=False))]) == []
    assert len(beaten([loose])) == 1


@pytest.mark.parametrize(
    ("value", "bound", "expected"), [(100, 102, 0.02), (-50, -49, 0.02), (0, 0, 0.0), (0, 1, float("inf"))]
)
def test_a_gap_is_relative_to_the_value(value: int, bound: int, expected: float) -> None:
    assert distance(Fraction(value), Fraction(bound)) == pytest.approx(expected)


def test_the_time_to_a_gap_is_that_of_the_first_point_this_near() -> None:
    trace = [Point(1, "value", None, 110), Point(2, "value", 100, 110), Point(3, "value", 100, 101)]
    assert time_to(trace, "value", 0.02) == 3
    assert time_to(trace, "value", 0.001) is None


def test_a_broken_plan_has_no_values() -> None:
    scenario = from_mapping(agency(SIZES["XS"]))
    task, person = next(iter(scenario.expanded.jobs)), next(iter(scenario.expanded.people))
    judged = judge(scenario, Answer("bad", hours={(task, person, 1): Fraction(1, 2)}))
    assert judged.violations
    assert not judged.values


def test_rounds_are_timed() -> None:
    done = CliRunner().invoke(main, ["rounds", "--sizes", "XS"])
    assert done.exit_code == 0, done.output
    assert [line.split(":")[0] for line in done.output.splitlines()[1:]] == ["XS net_value", "XS lateness"]
