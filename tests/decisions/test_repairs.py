"""What would deliver a task: the least change of each kind, on scenarios whose amounts are told by hand beside them."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from plan.worlds import Cells, facts, omid, plan, sara, scenario, task

import staffing
from staffing.auditing.audit import audit
from staffing.decisions.explanation import Explained
from staffing.decisions.repairs.records import Repair
from staffing.loading import load
from staffing.scenario.scenario import Scenario
from staffing.writing.what_if import write_what_if

FULL = task("brief", name="Brief", hours=40, deadline=1)
"""All that Omid can do in the first week."""


@dataclass(frozen=True)
class Case:
    """A scenario, a plan of it, and what is the least change of a kind with which a task of it is delivered."""

    kind: str
    amount: float
    text: str
    world: Scenario
    cells: Cells
    asked: str = "call"
    others: dict[str, float] = field(default_factory=dict)
    """The amounts of further kinds; None of these where it is empty."""


def one(kind: str, amount: float, text: str, *, cells: Cells, asked: str = "call", **world: Any) -> Any:
    world.setdefault("staff", [omid(name="Omid")])
    world.setdefault("weeks", 1)
    others = world.pop("others", {})
    return pytest.param(Case(kind, amount, text, scenario(**world), cells, asked, others), id=f"{kind}: {text}")


def alone(kind: str, amount: float, text: str, call: dict[str, Any], **world: Any) -> Any:
    """Return a case of one task alone, which waits."""
    return one(kind, amount, text, cells={}, tasks=[task("call", name="Call", **call)], **world)


BRIEF: Cells = {("brief", "omid", 1): 40}
CALL = task("call", name="Call", hours=6)
CASES = [
    # hours: 40 + 6 are asked for, 40 are there. Six more of overtime, or of contract, or from a new person, for whom a
    # contract of 4 is too short and one of 8 is not; or the brief, worth 2 for each of its 40 hours, is given up.
    one(
        "overtime",
        6,
        "Let Omid work 6 hours of overtime more: 6 in week 1. This raises Omid's limit to 6 hours a week.",
        tasks=[FULL, CALL],
        cells=BRIEF,
        others={"contract": 6, "hire": 8, "give_up": 80},
    ),
    # Sara's overtime hour costs 60, Omid's 45, and she would need 7.5 hours for the call, as her productivity is 0.8.
    one(
        "overtime",
        6,
        "Let Omid work 6 hours of overtime more: 6 in week 1. This raises Omid's limit to 8 hours a week.",
        staff=[omid(name="Omid", overtime=2), sara(name="Sara")],
        tasks=[task("brief", hours=42, owner="omid"), task("plan", hours=32, owner="sara"), CALL],
        cells={("brief", "omid", 1): 42, ("plan", "sara", 1): 40},
    ),
    # Half of a contract may be planned: 2 hours more take a contract of 4 more.
    one(
        "contract",
        4,
        "Raise Omid's contract from 40 to 44 hours a week.",
        staff=[omid(name="Omid", target_utilisation=0.5)],
        tasks=[task("brief", hours=20), task("call", name="Call", hours=2)],
        cells={("brief", "omid", 1): 20},
    ),
    # A limit of 10 tactical hours a week, all used: only somebody else helps, for whom 8 hours are enough for 6.
    one(
        "hire",
        8,
        "Hire one more project manager for 8 hours a week.",
        staff=[omid(name="Omid", limits={"tactical": 10})],
        tasks=[task("brief", hours=10), CALL],
        cells={("brief", "omid", 1): 10},
        others={"give_up": 20},
    ),
    # A placeholder that the plan does not hire: 8 of her 40 hours are enough. She costs 20 an hour, somebody new 30.
    one(
        "hire",
        8,
        "Hire Kim for 8 hours a week. Hiring costs 500 once, which the price leaves out.",
        staff=[omid(name="Omid"), omid(id="kim", name="Kim", cost_rate=20, placeholder=True, hire_cost=500)],
        tasks=[FULL, CALL],
        cells=BRIEF,
    ),
    # A window of one week, which the brief fills; the next one is free.
    one(
        "time",
        1,
        "Move the deadline of Call to week 2, from week 1.",
        weeks=2,
        tasks=[FULL, task("call", name="Call", hours=6, deadline=1)],
        cells=BRIEF,
    ),
    # No window at all: it begins in week 3 and ends in week 1. Two weeks later is its earliest end.
    alone("time", 2, "Move the deadline of Call to week 3, from week 1.", {"earliest": 3, "deadline": 1}, weeks=4),
    # He is away in the week in which it may begin.
    alone(
        "time",
        1,
        "Let Call begin from week 1 on, not only from week 2.",
        {"earliest": 2},
        weeks=2,
        staff=[omid(name="Omid", time_off=[{"from": "2026-01-12", "to": "2026-01-16"}])],
    ),
    # At most 4 hours of it a week, and 10 are needed: three weeks, of which it has two.
    alone("time", 1, "Move the deadline of Call to week 3, from week 2.", {"weekly_max": 4, "deadline": 2}, weeks=4),
    # Late by a week; on time if it is due then, or if the brief goes, or 6 more hours are there in week 1.
    one(
        "time",
        1,
        "Move the due week of Call to week 2, from week 1.",
        weeks=2,
        tasks=[FULL, task("call", name="Call", hours=6, due=1)],
        cells={**BRIEF, ("call", "omid", 2): 6},
        others={"overtime": 6, "contract": 6, "give_up": 80, "hire": 8},
    ),
    # 4,000 less 40 hours at 80 are 800; the task burns 20 hours at 80.
    one(
        "budget",
        800,
        "Raise Nova's budget by 800, from 4,000 to 4,800.",
        weeks=2,
        clients=[{"id": "nova", "name": "Nova", "budget": 4000}],
        tasks=[FULL, task("call", name="Call", hours=20)],
        cells=BRIEF,
        others={"give_up": 80},
    ),
    # Of January 500 of 1,000 are spent; the task burns 10 hours at 80, and both amounts hold.
    alone(
        "budget",
        300,
        "Raise Nova's budget by 300 a month, from 1,000 to 1,300 and Site's budget by 200, from 600 to 800.",
        {"project": "site"},
        clients=[{"id": "nova", "name": "Nova", "budget": {"amount": 1000, "per": "month", "spent": 500}}],
        projects=[{"id": "site", "name": "Site", "client": "nova", "budget": 600}],
    ),
    # More was spent than the budget has: that, too, is missing.
    alone(
        "budget",
        900,
        "Raise Nova's budget by 900, from 400 to 1,300.",
        {},
        clients=[{"id": "nova", "name": "Nova", "budget": {"amount": 400, "spent": 500}}],
    ),
    alone(
        "allow",
        1,
        "Let Omid do it with the skill seo at level 2.",
        {"skills": {"seo": 2}},
        staff=[omid(name="Omid", skills={"seo": 1})],
    ),
    alone("allow", 1, "Let Omid do strategic work, with a productivity of 1.", {"kind": "strategic"}),
    alone("allow", 1, "Let Omid be one of those whom Call is for.", {"only": []}),
    alone("allow", 1, "Lift the exception of Omid from Call.", {"except": ["omid"]}),
    # Sara is its owner, and has no hour left.
    one(
        "allow",
        1,
        "Let others own Call than Sara, who is fixed.",
        staff=[omid(name="Omid"), sara(name="Sara")],
        tasks=[task("plan", kind="strategic", hours=40), task("call", name="Call", owner="sara")],
        cells={("plan", "sara", 1): 40},
    ),
    # The client's other tactical work is Sara's, who has no hour left: the call may have an owner of its own.
    one(
        "allow",
        1,
        "Let Omid own Call, whoever owns other such work.",
        staff=[omid(name="Omid"), sara(name="Sara")],
        clients=[{"id": "nova", "single_owner": True}],
        tasks=[task("plan", hours=32, only=["sara"]), task("call", name="Call")],
        cells={("plan", "sara", 1): 40},
    ),
    # Five hours are left of each: Omid's deliver five, Sara's four of the eight.
    one(
        "share",
        1,
        "Let two people share Call.",
        staff=[omid(name="Omid"), sara(name="Sara")],
        tasks=[
            task("brief", hours=35, owner="omid"),
            task("plan", kind="strategic", hours=35),
            task("call", name="Call", hours=8),
        ],
        cells={("brief", "omid", 1): 35, ("plan", "sara", 1): 35},
    ),
    one(
        "clients",
        1,
        "Let Omid serve 2 clients instead of 1.",
        staff=[omid(name="Omid", max_clients=1)],
        clients=[{"id": "nova"}, {"id": "zeta"}],
        tasks=[task("brief", must=True), task("call", name="Call", client="zeta")],
        cells={("brief", "omid", 1): 10},
    ),
    one(
        "clients",
        1,
        "Let Omid serve 2 clients a week instead of 1.",
        staff=[omid(name="Omid", max_clients_per_week=1)],
        clients=[{"id": "nova"}, {"id": "zeta"}],
        tasks=[task("brief", must=True), task("call", name="Call", client="zeta")],
        cells={("brief", "omid", 1): 10},
    ),
    # What comes first needs more hours than there are.
    one(
        "order",
        1,
        "Do not let Call wait for Site.",
        tasks=[task("site", name="Site", hours=500), task("call", name="Call", after=["site"])],
        cells={},
    ),
    # 30 hours are needed. The cheapest to go is not the smallest: `b` and `c` are worth 30 together, `a` 50.
    one(
        "give_up",
        30,
        "Give up B and C, worth 30 together.",
        tasks=[
            task("a", name="A", hours=30, value=50, must=False),
            task("b", name="B", hours=20, value=15),
            task("c", name="C", hours=10, value=15),
            task("call", name="Call", hours=10),
            task("must", hours=10, must=True),
        ],
        cells={("b", "omid", 1): 20, ("c", "omid", 1): 10, ("must", "omid", 1): 10},
        asked="a",
    ),
    # A repeating task goes with all that is delivered of it.
    one(
        "give_up",
        160,
        "Give up Traffic ×2, worth 160.",
        weeks=2,
        tasks=[
            task("traffic", name="Traffic", hours=40, repeat={"every": 1}),
            task("call", name="Call", hours=6, must=True),
        ],
        cells={("traffic@1", "omid", 1): 40, ("traffic@2", "omid", 2): 40},
    ),
]


def explained(case: Case) -> Explained:
    made = plan(facts(case.world, case.cells))
    (entry,) = staffing.explain(case.world, made, [case.asked], time_limit=60).tasks
    return entry


def of_kind(entry: Explained, kind: str) -> Repair:
    return next(repair for repair in entry.repairs if repair.kind == kind)


@pytest.mark.parametrize("case", CASES)
def test_the_least_change_of_each_kind(case: Case, tmp_path: Path) -> None:
    entry = explained(case)
    repair = of_kind(entry, case.kind)
    assert (repair.amount, repair.text, repair.proven) == (case.amount, case.text, True)
    assert {kind: of_kind(entry, kind).amount for kind in case.others} == case.others
    assert [one.price.key for one in entry.repairs] == sorted(one.price.key for one in entry.repairs)
    for one in entry.repairs:
        assert audit(case.world.patch(one.patch), one.plan) == []
        assert next(result.state for result in one.plan.results if result.task == entry.task) == "delivered"
    _written_it_delivers(case, repair, tmp_path)


def _written_it_delivers(case: Case, repair: Repair, folder: Path) -> None:
    """Write the change, solve it, and compare with the price."""
    case.world.save(folder / "base.yaml")
    for suffix in (".yaml", ".toml", ".json"):
        write_what_if(folder / "base.yaml", case.world, repair.patch, folder / f"change{suffix}")
    before = {goal.goal: goal.value for goal in plan(facts(case.world, case.cells)).goals}
    solved = staffing.solve(load(folder / "change.toml"), time_limit=30)
    assert solved.status == "optimal"
    assert {result.task: result.state for result in solved.results}[case.asked] == "delivered"
    assert {goal.goal: pytest.approx(goal.value - before[goal.goal]) for goal in solved.goals} == dict(
        repair.price.goals
    )


def test_kinds_that_do_not_help_are_left_out() -> None:
    case = CASES[6].values[0]  # no window
    assert {repair.kind for repair in explained(case).repairs} == {"time"}


def test_what_can_be_delivered_as_things_are_needs_no_change() -> None:
    # Forty hours at 30 cost 1,200; the task is worth 100, so the goals leave it.
    world = scenario(
        staff=[omid()], goals=["net_value"], tasks=[task("call", hours=40, value=100), task("a", hours=1, value=50)]
    )
    made = plan(facts(world, {("a", "omid", 1): 1}))
    answer = staffing.explain(world, made, ["call"])
    (entry,) = answer.tasks
    assert entry.repairs == ()
    assert entry.as_it_is is not None
    assert entry.as_it_is.text == (
        "It can be delivered as things are, but the plan loses by it: net value falls by 1,100."
    )
    assert entry.as_it_is.price.goals == {"must": 0, "net_value": -1100}
    assert entry.as_it_is.price.proven
    assert answer.plan_gain is None


def test_a_plan_that_can_gain_says_so_first() -> None:
    world = scenario(staff=[omid()], tasks=[task("call")])
    answer = staffing.explain(world, plan(facts(world, {})), ["call"])
    assert answer.plan_gain == {"must": 0, "value": 20, "lateness": 0, "cost": 300, "contacts": 0}
    assert answer.tasks[0].as_it_is is not None
    assert "another search would find that" in answer.tasks[0].as_it_is.text


def test_occurrences_that_wait_for_the_same_thing_are_delivered_together() -> None:
    # 2,400 pay for three of four times 800.
    world = scenario(
        weeks=4,
        staff=[omid(name="Omid", weekly_hours=10)],
        clients=[{"id": "nova", "name": "Nova", "budget": 1600}],
        tasks=[task("call", name="Call", repeat={"every": 1})],
    )
    made = plan(facts(world, {("call@1", "omid", 1): 10, ("call@2", "omid", 2): 10}))
    (entry,) = staffing.explain(world, made).tasks
    assert entry.tasks == ("call@3", "call@4")
    assert entry.repairs == ()  # nothing is searched where no task is named
    waiting = [one for one in staffing.explain(world, made, ["call"]).tasks if one.state == "waiting"]
    assert [of_kind(one, "budget").amount for one in waiting] == [1600]


def test_as_many_as_are_asked_for_the_cheapest_first() -> None:
    case = CASES[0].values[0]
    made = plan(facts(case.world, case.cells))
    (entry,) = staffing.explain(case.world, made, repairs=2).tasks
    assert len(entry.repairs) == 2
    (same,) = staffing.explain(case.world, made, ["call"]).tasks
    assert [one.kind for one in entry.repairs] == [one.kind for one in same.repairs][:2]
    (unhelped,) = staffing.explain(case.world, made, ["call"], repairs=0).tasks
    assert (same.searched, unhelped.searched, unhelped.repairs) == (True, False, ())


def test_told_to_stop_it_says_what_is_in_the_way() -> None:
    case = CASES[0].values[0]
    stop = threading.Event()
    stop.set()
    (entry,) = staffing.explain(case.world, plan(facts(case.world, case.cells)), ["call"], stop=stop).tasks
    assert entry.obstacles
    assert (entry.searched, entry.repairs) == (False, ())


def test_the_keys_of_a_repair() -> None:
    case = CASES[0].values[0]
    document = staffing.explain(case.world, plan(facts(case.world, case.cells)), ["call"]).as_document()
    (entry,) = document["tasks"]
    overtime = next(repair for repair in entry["repairs"] if repair["kind"] == "overtime")
    assert overtime == {
        "kind": "overtime",
        "amount": 6,
        "unit": "hours",
        "price": {"must": 0, "value": 12, "lateness": 0, "cost": 270, "contacts": 0},  # 6 hours at 30, half on top
        "money": {"cost": 270, "revenue": 480, "margin": 210},
        "moves": ["call"],
        "proven": True,
        "at_best": None,
        "patch": {"staff": [{"id": "omid", "overtime": {"hours": 6}}]},
        "least": True,
        "text": "Let Omid work 6 hours of overtime more: 6 in week 1. This raises Omid's limit to 6 hours a week.",
    }
