"""Instances of the fewest people have the least number that they were made with."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction

import pytest

from benchmarks.answers import Answer, Bound
from benchmarks.engines import answer
from benchmarks.fewest import FULL, SIZES, Crew, fewest
from benchmarks.peers.stages import Means
from benchmarks.registry import cases
from benchmarks.running import run_case
from staffing.loading import from_mapping, warnings


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("seed", [0, 1])
def test_every_week_needs_as_many_people_as_are_known_to_do(size: str, seed: int) -> None:
    crew = SIZES[size]
    scenario = from_mapping(fewest(crew, seed))
    assert warnings(scenario) == []
    busy = Counter(week for job in scenario.expanded.jobs.values() for week in range(job.earliest, job.deadline + 1))
    assert busy == dict.fromkeys(range(1, crew.weeks + 1), crew.needed)
    assert all(job.effort == FULL * (job.deadline - job.earliest + 1) for job in scenario.expanded.jobs.values())


def test_engines_find_the_known_number() -> None:
    crew = Crew(needed=2, people=3, weeks=6)
    scenario = from_mapping(fewest(crew, 0))
    assert len(scenario.expanded.people) == 3
    (case,) = cases(["fewest-people"], ["6of8"], seeds=[0])
    run = run_case(case, ["staffing", "cp_sat"], Means(10.0, 1), answer=answer)
    assert run.problems == ()
    assert [one.values["cost"] for one in run.judged] == [6, 6]


def test_a_bound_beyond_the_known_number_is_a_problem() -> None:
    (case,) = cases(["fewest-people"], ["6of8"], seeds=[0])
    bounds = (Bound("must", Fraction(0), Fraction(0)), Bound("cost", Fraction(8), Fraction(7)))
    run = run_case(case, ["staffing"], Means(1.0, 1), answer=lambda *_: Answer("liar", "done", bounds=bounds))
    (problem,) = run.problems
    assert "the best known reaches 6.00 in cost, beyond the bound of liar, 7.00" in problem
