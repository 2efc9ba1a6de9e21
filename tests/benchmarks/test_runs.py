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
from benchmarks.answers import Answer, Bound, Judged, Point, beaten, best_bound, distance, judge, trivial
from benchmarks.drawing import anytime
from benchmarks.engines import ENGINES, PEERS, answer
from benchmarks.field import SIZES as FIELD_SIZES
from benchmarks.field import field
from benchmarks.generator import SIZES, agency, write
from benchmarks.peers.stages import Means
from benchmarks.registry import SPECS, TINY, cases, of_file
from benchmarks.results import HEADS, Run, rows, table, time_to, write_csv
from benchmarks.running import run_case
from benchmarks.tables import ASSIGNMENT_SHORT, SHORT, WHOLE
from staffing.loading import from_mapping, load
from staffing.scenario.records import Goal

MEANS = Means(seconds=10.0, threads=1)


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("family", [name for name, spec in SPECS.items() if TINY in spec.sizes])
def test_every_family_runs_and_the_peers_agree(family: str, seed: int, tmp_path: Path) -> None:
    (case,) = cases([family], [TINY], [1.1], [seed])
    run = run_case(case, ["staffing", "highs", "cp_sat"], MEANS, answer=answer)
    assert run.problems == ()
    best = [[one.best(goal) for goal in run.goals] for one in run.judged]
    assert best[0] == best[1] == best[2]
    assert all(one.proven(goal) for one in run.judged for goal in run.goals)
    assert {"load", "build", "first", "search"} <= run.judged[0].answer.phases.keys()
    write_csv([run], tmp_path)
    assert len((tmp_path / "results.csv").read_text(encoding="utf-8").splitlines()) == 1 + 3 * len(run.goals)
    assert ElementTree.fromstring(anytime(run)).tag.endswith("svg")
    lines = table(run)
    assert [line[3:5] for line in lines] == [(one.answer.engine, goal) for one in run.judged for goal in run.goals]
    assert {line[HEADS.index("proven")] for line in lines} == {"yes"}


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
    goals = [line.split()[6] for line in told.output.splitlines() if line.startswith("default XS 0.9")]
    assert goals == ["must", "value", "lateness", "cost", "contacts"]
    assert "1 cases, 1 answers, 0 problems." in told.output
    assert {path.name for path in tmp_path.iterdir()} == {"results.csv", "traces.csv", "default-XS-0.9-0-5s.svg"}


def test_scenario_files_are_cases_for_each_seed_and_limit(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    write(agency(SIZES["XS"], variant="default"), path)
    command = ["run", str(path), "--seeds", "0,1", "--seconds", "0.5,0.8", "--threads", "1", "--markdown"]
    told = CliRunner().invoke(main, command)
    assert told.exit_code == 0, told.output
    lines = told.output.splitlines()
    assert lines[0].startswith("| case | seed | seconds | engine | goal | value | best | bound | gap | proven |")
    assert lines[1].startswith("|---|---:|---:|---|---|---:|---:|---:|---:|---|")
    assert [line.partition(" | must |")[0] for line in lines if "| must |" in line] == [
        f"| mine | {seed} | {seconds} | staffing" for seed in (0, 1) for seconds in (0.5, 0.8)
    ]
    assert "4 cases, 4 answers, 0 problems." in told.output


def test_a_bound_that_says_nothing_is_none() -> None:
    scenario = from_mapping(agency(SIZES["XS"], variant="default"))
    known = trivial(scenario.expanded)
    assert known["value"] == sum(job.value for job in scenario.expanded.jobs.values())
    bounds = (
        Bound("must", Fraction(3), Fraction(0)),
        Bound("value", Fraction(9), known["value"]),
        Bound("lateness", Fraction(0), Fraction(0)),
        Bound("cost", Fraction(99999), known["cost"] + 1),
    )
    values: dict[Goal, Fraction] = {"must": Fraction(3), "value": Fraction(9)}
    values |= {"lateness": Fraction(0), "cost": Fraction(99999)}
    judged = Judged(Answer("one", bounds=bounds), values, (), known)
    told = [(judged.bound(entry.goal), judged.gap(entry.goal)) for entry in bounds]
    assert told[:3] == [(None, None), (None, None), (0, 0.0)]
    assert told[3][0] == known["cost"] + 1
    assert best_bound([judged], judged, "value") is None


def test_a_goal_without_a_bound_is_shown_as_not_bounded() -> None:
    case = of_file(Path("mine.yaml"), 0)
    judged = _judged("ours", 90, None, must=8)
    run = Run(case, MEANS, ("must", "value"), (replace(judged, trivial={"must": Fraction(0)}),), ())
    shown = [(line[HEADS.index("bound")], line[HEADS.index("gap")]) for line in table(run)]
    assert shown == [("not bounded", "-"), ("not bounded", "-")]
    assert [row["bound"] for row in rows(run)] == [None, None]


def test_what_a_tolerance_gave_back_is_no_gap() -> None:
    bounds = (Bound("value", Fraction(99), Fraction(100), best=Fraction(100)), Bound("cost", Fraction(5), Fraction(5)))
    judged = Judged(Answer("ours", bounds=bounds), {"value": Fraction(99), "cost": Fraction(5)}, ())
    assert [judged.best("value"), judged.best("cost")] == [100, 5]
    assert judged.gap("value") == 0
    assert judged.proven("value")
    assert judged.proven("cost")


def test_the_tables_have_every_kind_of_case() -> None:
    for parts, short in ((WHOLE, False), (SHORT, True)):
        planned = [one for part in parts for one in part.planned(short=short)]
        families = {one.case.family for one in planned}
        assert families == {"field", "field-value", "shipped", "fewest-people", "net-value", "default"}
        assert any(len(one.engines) > 2 for one in planned if one.case.family == "field")
    whole = [one for part in WHOLE for one in part.planned(short=False)]
    peers = {one.seconds for one in whole if "highs" in one.engines and one.case.family == "field"}
    assert peers == {10, 60}
    assert {(one.case.size, one.seconds) for one in whole if one.case.family == "field" and len(one.engines) == 1} == {
        *(("5", 10), ("5", 60), ("14", 60), ("45", 90), ("160", 180))
    }


def test_the_short_table_takes_less_than_ten_minutes() -> None:
    planned = [one for part in SHORT for one in part.planned(short=True)]
    extra = 3.0  # what loading, building, reasons and the audit take, generously
    searched = sum((one.seconds + extra) * len(one.engines) for one in planned)
    assert searched + sum(seconds * len(only) for only, seconds in ASSIGNMENT_SHORT) < 600


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["run", "--families", "shipped", "--without", "budgets"], "no rule can be left out of shipped"),
        (["make", "45", "x.yaml", "--family", "default"], "default has no size 45: XS, S, M, L, XL"),
        (["make", "agency", "x.yaml"], "agency.yaml is there already"),
    ],
)
def test_what_cannot_be_asked_for_is_told(words: list[str], told: str) -> None:
    done = CliRunner().invoke(main, words)
    assert (done.exit_code, told in done.output) == (2, True), done.output


def test_a_made_up_agency_is_written(tmp_path: Path) -> None:
    path = tmp_path / "studio.yaml"
    assert CliRunner().invoke(main, ["make", "5", str(path), "--seed", "1"]).exit_code == 0
    assert load(path).fingerprint == from_mapping(field(FIELD_SIZES["5"], seed=1)).fingerprint


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
