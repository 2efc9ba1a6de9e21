"""Walks along what comes before and after."""

from __future__ import annotations

from plan.worlds import omid, scenario, task

from staffing.problem.build import build
from staffing.problem.precedence import closure, in_order

BEFORE = {"c": ["b", "a"], "b": ["a"], "d": ["c"], "a": [], "e": []}


def test_each_comes_after_its_predecessors_and_else_as_given() -> None:
    assert in_order(["e", "c", "a"], BEFORE.__getitem__) == ["e", "a", "b", "c"]


def test_a_long_chain_is_no_deep_recursion() -> None:
    assert in_order([5000], lambda number: [number - 1] if number else []) == list(range(5001))


def test_what_is_reached_is_found_once() -> None:
    assert closure(["d"], BEFORE.__getitem__) == {"a", "b", "c", "d"}
    assert closure([], BEFORE.__getitem__) == set()
    assert closure([1], lambda number: [(number + 1) % 3]) == {0, 1, 2}


def test_a_problem_knows_all_that_comes_before_a_job() -> None:
    tasks = [task("c", after=["b"]), task("b", after=["a"]), task("a"), task("d", after=["a"])]
    problem = build(scenario(tasks=tasks, weeks=8).expanded)
    assert problem.predecessors == (frozenset({1, 2}), frozenset({2}), frozenset(), frozenset({2}))
    assert problem.in_order(range(4)) == [2, 1, 0, 3]


def test_a_copy_is_hired_after_the_copies_before_it() -> None:
    staff = [omid(), omid(id="new", placeholder={"count": 3})]
    problem = build(scenario(tasks=[task("a")], staff=staff).expanded)
    names = [[problem.people[copy].id for copy in chain] for chain in problem.hire_chain]
    first, second, third = (names[number][0] for number in (1, 2, 3))
    assert names == [["omid"], [first], [second, first], [third, second, first]]
