"""What must work that waits is in conflict with; each case is told by hand, and small ones by trying all subsets."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import pytest
from plan.worlds import Cells, facts, omid, plan, sara, scenario, task
from second_engine.random_scenarios import random_scenario

import staffing
from staffing.decisions.conflict import Conflict, _holds
from staffing.decisions.conflicting import Search
from staffing.decisions.given import Effort
from staffing.decisions.limiting import Limited, limits_of
from staffing.scenario.scenario import Scenario


def conflict(world: Scenario, cells: Cells | None = None, *tasks: str) -> Conflict:
    answer = staffing.explain(world, plan(facts(world, cells or {})), tasks or None, conflict=True)
    assert answer.conflict is not None
    return answer.conflict


def kinds(found: Conflict) -> list[tuple[Any, ...]]:
    names = ("kind", "staff", "week", "budget", "period", "task")
    return [tuple(filter(None, (getattr(fact.limit, name) for name in names))) for fact in found.facts]


def must(id_: str, **change: Any) -> dict[str, Any]:
    return task(id_, must=True, name=id_.title(), **change)


NOVA = {"id": "nova", "name": "Nova"}


def world(*tasks: dict[str, Any], weeks: int = 1, client: dict[str, Any] | None = None, **person: Any) -> Scenario:
    return scenario(
        weeks=weeks,
        staff=[omid(name="Omid", **person), sara(name="Sara", weekly_hours=50)],
        clients=[{**NOVA, **(client or {})}, {"id": "zeta", "name": "Zeta"}],
        tasks=list(tasks),
    )


CASES: dict[str, tuple[Scenario, Cells, list[tuple[Any, ...]], dict[str, Any], int]] = {
    "another must task has the hours": (
        world(must("plan", hours=30, only=["omid"]), must("call", hours=20, only=["omid"])),
        {("plan", "omid", 1): 30},
        [("must", "call"), ("must", "plan"), ("qualified", "call"), ("qualified", "plan"), ("hours", "omid", 1)],
        {"tasks": [{"id": "call", "only": ["sara"]}]},
        5,
    ),
    "a window and the hours in it": (
        world(must("plan", hours=60, deadline=1, only=["omid"]), weeks=2),
        {},
        [("must", "plan"), ("window", "plan"), ("qualified", "plan"), ("hours", "omid", 1)],
        {"tasks": [{"id": "plan", "deadline": 2}]},
        4,
    ),
    "a budget": (
        world(must("plan", hours=20), client={"budget": 1000}),  # 20 hours at 80, or 25 at 100
        {},
        [("must", "plan"), ("budget", "nova", "horizon")],
        {"clients": [{"id": "nova", "budget": 1600}]},
        2,
    ),
    "a skill that nobody has": (
        world(must("plan", skills=["seo"])),
        {},
        [("must", "plan"), ("skill", "plan")],
        {"staff": [{"id": "omid", "skills": ["seo"]}]},
        2,
    ),
    "a row of tasks": (
        world(must("plan", after=[{"task": "brief", "lag": 1}]), must("brief", earliest=1)),
        {("brief", "omid", 1): 10},
        [("must", "plan"), ("predecessor", "plan")],
        {"tasks": [{"id": "plan", "after": []}]},
        2,
    ),
    "a limit on hours of a kind": (
        world(must("plan", only=["omid"]), limits={"tactical": 6}),
        {},
        [("must", "plan"), ("qualified", "plan"), ("kind_limit", "omid")],
        {"staff": [{"id": "omid", "limits": {"tactical": 10}}]},
        3,
    ),
    "a limit on clients": (
        world(must("plan", only=["omid"]), must("call", client="zeta", only=["omid"]), max_clients=1),
        {("plan", "omid", 1): 10},
        [("must", "call"), ("must", "plan"), ("qualified", "call"), ("qualified", "plan"), ("clients", "omid")],
        {"staff": [{"id": "omid", "max_clients": 2}]},
        5,
    ),
    "a pace": (
        world(must("plan", weekly_max=8)),
        {},
        [("must", "plan"), ("pace", "plan")],
        {"tasks": [{"id": "plan", "weekly_max": 10}]},
        2,
    ),
    "one owner": (
        world(must("plan", only=["omid"]), must("call", only=["sara"]), client={"single_owner": True}),
        {("plan", "omid", 1): 10},
        [("must", "call"), ("must", "plan"), ("qualified", "call"), ("qualified", "plan"), ("one_owner",)],
        {"clients": [{"id": "nova", "single_owner": False}]},
        5,
    ),
    "a client that excludes the only ones who could": (
        world(must("plan", kind="strategic"), client={"exclude": ["sara"]}),
        {},
        [("must", "plan"), ("qualified",), ("qualified", "plan")],
        {"clients": [{"id": "nova", "exclude": []}]},
        3,
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_facts_are_those_that_cannot_hold_together(case: str) -> None:
    given, cells, expected, patch, size = CASES[case]
    found = conflict(given, cells)
    assert sorted(kinds(found)) == sorted(expected)
    assert len(found.facts) == size
    assert found.text == "These cannot hold together; any one of them dropped, the rest can. (Fewer facts never do.)"
    assert staffing.solve(given, deterministic=True).goals[0].value > 0
    assert staffing.solve(given.patch(patch), deterministic=True).goals[0].value == 0


def test_the_facts_in_sentences_weeks_together() -> None:
    given = world(must("plan", hours=60, only=["omid"], deadline=2), weeks=3, weekly_hours=20)
    found = conflict(given)
    assert list(found.lines) == [
        "Nova's Plan must be delivered.",
        "Nova's Plan lies in weeks 1 and 2.",
        "Nova's Plan is only for Omid.",
        "Omid has 40 hours in weeks 1 and 2.",
    ]
    assert [fact.text for fact in found.facts][-2:] == ["Omid has 20 hours in week 1.", "Omid has 20 hours in week 2."]
    document = found.as_document()
    assert list(document) == ["conflict", "conflict_text"]
    assert document["conflict"][-1] == {
        "kind": "hours",
        "staff": "omid",
        "week": 2,
        "budget": None,
        "period": None,
        "task": None,
        "text": "Omid has 20 hours in week 2.",
    }


def test_where_all_must_work_fits_a_better_plan_is_told() -> None:
    given = world(must("plan"))
    answer = staffing.explain(given, plan(facts(given, {})), conflict=True)
    assert answer.conflict is not None
    assert answer.conflict.facts == ()
    assert answer.conflict.text.startswith("All must work fits")
    assert answer.plan_gain is not None
    assert answer.plan_gain["must"] == -10


def test_only_must_work_that_waits_is_in_conflict() -> None:
    given = world(task("plan", hours=500), must("call"))
    assert conflict(given, {("call", "omid", 1): 10}, "plan").text == "None of this is must work that waits."
    assert conflict(world(task("plan")), {("plan", "omid", 1): 10}).text == "No must work waits."


def test_the_smallest_of_several_conflicts_is_found() -> None:
    facts_ = "abcdefgh"
    conflicts = [set("abc"), set("cdef"), set("gh"), set("bfg")]
    found = Search(facts_, lambda held: not any(one <= held for one in conflicts), lambda: False).run()
    assert (set(found.facts), found.irreducible, found.smallest) == (set("gh"), True, True)


@pytest.mark.parametrize("seed", range(6))
def test_conflicts_of_random_scenarios_are_smallest_by_trying_all_smaller_sets(seed: int, long: bool) -> None:
    for number in range(seed, 100 if long else seed + 13, 6):
        check(number)


def check(seed: int) -> None:
    """Hold the conflict of all must work against all sets of one fact less."""
    data = random_scenario(seed)
    given = Scenario.model_validate({**data, **_short(data)})
    made = staffing.solve(given, time_limit=20, deterministic=True)
    found = staffing.explain(given, made, conflict=True, time_limit=60).conflict
    assert found is not None
    if not any(result.state == "waiting" for result in made.results):
        assert found.facts == ()
        return
    chosen = [fact.limit for fact in found.facts]
    assert chosen, seed
    limited, effort = Limited(given.expanded), Effort(60)
    musts = [job.id for job in given.expanded.jobs.values() if job.must and not (job.done or job.covered)]
    everything = limits_of(given.expanded, musts)

    def holds(held: Any) -> bool | None:
        return _holds(limited.problem(held), limited.needed(held), effort)

    assert set(chosen) <= set(everything)
    assert holds(chosen) is False, seed
    for fact in chosen:
        assert holds([one for one in chosen if one != fact]) is True, (seed, fact)
    fewer = list(combinations(everything, len(chosen) - 1))
    for held in fewer[:: max(1, len(fewer) // 60)]:
        assert holds(held) is True, (seed, held)


def _short(data: dict[str, Any]) -> dict[str, Any]:
    """Return what of a scenario speaks of tasks that are left out."""
    kept = {one["id"] for one in data["tasks"][:3]}
    rows = {name: [row for row in data.get(name, ()) if row["task"] in kept] for name in ("worked", "bookings")}
    tasks = [
        {**one, "must": True, "after": [entry for entry in one.get("after", ()) if _name(entry) in kept]}
        for one in data["tasks"][:3]
    ]
    return {**{name: entries for name, entries in rows.items() if name in data}, "tasks": tasks}


def _name(entry: Any) -> str:
    return str(entry["task"] if isinstance(entry, dict) else entry)
