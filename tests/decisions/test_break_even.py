"""At which value of a number one scenario overtakes another."""

from __future__ import annotations

import json
import random
import threading
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from plan.worlds import facts, omid, plan, sara, scenario, task

import staffing
from staffing.decisions import halving
from staffing.decisions.crossing import BreakEven
from staffing.decisions.paths import Path as Where
from staffing.errors import ScenarioError
from staffing.plan.plan import Plan
from staffing.scenario.records import Goal
from staffing.scenario.scenario import Scenario

GOALS = ["must", "value", "cost"]


def pair(**change: Any) -> tuple[Scenario, Scenario]:
    """Eight hours of delivery: Sara takes 10 hours at 40, and Omid, who is in the second alone, 8."""
    world = {"staff": [sara()], "tasks": [task("a", hours=8)], "goals": GOALS, "weeks": 1, **change}
    first = scenario(name="Sara alone", **world)
    return first, first.patch({"name": "Both", "staff": [omid()]})


def asked(worlds: tuple[Scenario, Scenario], path: str, goal: Goal, *span: float, **more: Any) -> BreakEven:
    answer = staffing.break_even(*worlds, path, goal, *span, **{"time_limit": 20, "workers": 1, **more})
    audited(answer, worlds)
    return answer


def audited(answer: BreakEven, worlds: tuple[Scenario, Scenario]) -> None:
    """Every plan behind an answer is one of its scenario with that number, up to the goal."""
    where = Where.of(answer.path)
    for point in answer.points:
        for world, found, reached in zip(worlds, point.plans, (point.first, point.second), strict=True):
            goals = [entry.goal for entry in world.goals]
            cut = world.replace(goals=world.goals[: goals.index(answer.goal) + 1])
            assert staffing.audit(where.changed(cut, Decimal(str(point.value))), found) == []
            assert found.goals[-1].value == reached


def bracket(answer: BreakEven) -> tuple[object, ...]:
    return answer.low, answer.winner_below, answer.high, answer.winner_above, answer.proven


def test_a_rate_at_which_the_dearer_hour_is_no_longer_made_up_by_fewer_hours() -> None:
    """Sara costs 10 × 40; Omid's 8 hours cost as much at 50, where Both has not the better plan any more."""
    answer = asked(pair(), "staff.omid.cost_rate", "cost")
    assert bracket(answer) == (49.99, "Both", 50, "Sara alone", True)
    assert (answer.low_point.first, answer.low_point.second) == (400, 399.92)
    assert answer.high_point.equal
    assert answer.text == (
        'With staff.omid.cost_rate at 49.99 "Both" is better (cost 399.92 against 400); at 50 both are equally good '
        "(cost 400)."
    )
    assert answer.present == (None, 30)


def test_a_number_that_both_have_changes_in_both() -> None:
    """Omid costs 8 × 30 = 240: Sara's 10 hours cost as much at 24, and there she is kept."""
    assert bracket(asked(pair(), "staff.sara.cost_rate", "cost")) == (24, "Sara alone", 24.01, "Both", True)


def test_hours_turn_by_a_step_of_the_grid() -> None:
    """Sara needs 10 hours in the one week."""
    answer = asked(pair(), "staff.sara.weekly_hours", "value", 5, 12)
    assert bracket(answer) == (9.75, "Both", 10, "Sara alone", True)
    assert (answer.low_point.first, answer.low_point.second, answer.high_point.equal) == (0, 16, True)
    assert bracket(asked(pair(step=1), "staff.sara.weekly_hours", "value", 5, 12))[::2] == (9, 10, True)


def test_a_factor_multiplies_the_number_of_every_entry() -> None:
    """Two pieces of 16 hours fill Sara's week of 40; a thousandth more is too much for her."""
    worlds = pair(tasks=[task("a", hours=16), task("b", hours=16)])
    answer = asked(worlds, "tasks.*.hours", "value")
    assert bracket(answer) == (1, "Sara alone", 1.001, "Both", True)
    assert (answer.high_point.first, answer.high_point.second) == (32.03, 64.06)  # 2 × 16.016 hours, once and twice
    assert "With tasks.*.hours at 1 times what it is both are equally good (value 64)" in answer.text
    assert asked(worlds, "tasks.a*.hours", "value", 0.5, 1.5).low == 1


def test_money_turns_by_a_cent_and_of_two_change_overs_the_lower_is_found() -> None:
    """Omid burns 640 of Nova's budget, Sara 1,000: from there on she is as good."""
    answer = asked(pair(clients=[{"id": "nova", "budget": 800}]), "clients.nova.budget", "value")
    assert bracket(answer) == (639.99, "Sara alone", 640, "Both", True)
    upper = asked(pair(clients=[{"id": "nova", "budget": 800}]), "clients.nova.budget", "value", 700, 2000)
    assert bracket(upper) == (999.99, "Both", 1000, "Sara alone", True)


def test_counts_and_switching_turn_too() -> None:
    worlds = pair(
        clients=[{"id": "nova"}, {"id": "zeta"}], tasks=[task("a", hours=16), task("b", hours=15, client="zeta")]
    )
    assert bracket(asked(worlds, "switching", "value", 0, 4)) == (1.25, "Sara alone", 1.5, "Both", True)  # 20 + 18.75
    served = asked(worlds, "staff.sara.max_clients", "value", 0, 5)
    assert bracket(served) == (1, "Both", 2, "Sara alone", True)


def test_where_nothing_turns_the_ends_are_told() -> None:
    answer = asked(pair(), "staff.omid.cost_rate", "value", 10, 90)
    assert bracket(answer) == (10, "Sara alone", 90, "Sara alone", True)
    assert not answer.turns
    assert answer.text == (
        "With staff.omid.cost_rate from 10 to 90, at all 5 values looked at, both are equally good in value."
    )
    one = asked(pair(), "staff.omid.cost_rate", "cost", 60, 90)
    assert one.text == (
        "With staff.omid.cost_rate from 60 to 90, at all 5 values looked at, both are equally good in cost."
    )
    dearer = asked(pair(), "staff.sara.cost_rate", "cost", 30, 90)
    assert dearer.text == (
        'With staff.sara.cost_rate from 30 to 90, at all 6 values looked at, "Both" is better in cost: 300 against 240 '
        "at 30; 900 against 240 at 90, the first against the second."
    )


def test_a_value_that_the_format_does_not_allow_ends_the_range() -> None:
    answer = asked(pair(), "staff.sara.target_utilisation", "value", 0, 2)
    assert (answer.points[0].value, answer.points[-1].value) == (0.001, 1)
    assert bracket(answer) == (0.249, "Both", 0.25, "Sara alone", True)  # she needs 10 of 40 hours
    assert answer.remarks == (
        "The range ends at 0.001: 0 is out of range: more than 0, at most 1, with at most 4 decimals.",
        "The range ends at 1: 1.001 is out of range: more than 0, at most 1, with at most 4 decimals.",
    )


def test_an_earlier_goal_that_differs_is_told() -> None:
    answer = asked(pair(tasks=[task("a", hours=8, must=True)]), "staff.sara.weekly_hours", "cost", 9, 12)
    assert bracket(answer) == (9.75, "Sara alone", 10, "Both", True)  # she costs nothing where she delivers nothing
    assert answer.remarks == (
        "At 9.75 they differ in must too, which comes first: 8 against 0.",
        "At 9.75 they differ in value too, which comes first: 0 against 16.",
    )


@pytest.mark.parametrize(
    ("path", "goal", "said"),
    [
        ("stuff.omid.cost_rate", "cost", '"stuff.omid.cost_rate" is no path: it begins with switching, roles, staff'),
        ("staff.omid.cost", "cost", "is no path: after staff and an id, or *, comes strategic, tactical"),
        (
            "staff.omit.cost_rate",
            "cost",
            'nothing among the staff of either scenario is named "omit"; did you mean omid?',
        ),
        ("tasks.x*.hours", "cost", 'nothing among the tasks of either scenario matches "x*"'),
        (
            "clients.*.budget",
            "cost",
            "no entry has a budget.amount above 0 that a factor could change: clients.*.budget",
        ),
        (
            "clients.nova.budget",
            "cost",
            "clients.nova.budget has no single value in both scenarios: say how far to look",
        ),
        ("switching", "cost", "switching is 0 in both scenarios: say how far to look, with --to"),
        ("staff.omid.cost_rate", "costs", '"costs" is no goal: must, value'),
        ("staff.omid.cost_rate", "hours", 'hours is no goal of "Sara alone": its goals are must, value and cost'),
        ("staff.omid.cost_rate", "changes", "changes are counted against a baseline"),
    ],
)
def test_what_cannot_be_asked_is_told(path: str, goal: Goal, said: str) -> None:
    with pytest.raises(ScenarioError) as error:
        staffing.break_even(*pair(), path, goal)
    assert said in str(error.value)


def test_a_range_that_is_empty_or_nowhere_allowed_is_told() -> None:
    with pytest.raises(ScenarioError, match=r"the range of staff\.omid\.cost_rate is empty"):
        asked(pair(), "staff.omid.cost_rate", "cost", 50, 40)
    with pytest.raises(ScenarioError, match=r"no value of staff\.sara\.target_utilisation is allowed: 3 is"):
        asked(pair(), "staff.sara.target_utilisation", "cost", 2, 3)


def test_told_to_stop_it_answers_what_is_known() -> None:
    stop = threading.Event()
    stop.set()
    answer = asked(pair(), "staff.omid.cost_rate", "cost", stop=stop)
    assert [point.value for point in answer.points] == [0, 120]
    assert bracket(answer) == (0, "Both", 120, "Sara alone", False)
    assert answer.remarks == (
        "Not proven in the time given: with more, the two values may move, and come nearer to each other.",
        'Proven is so far: at 0 "Both" is better (cost 0 against 400) and at 120 both are equally good (cost 400).',
    )


def unproven(found: Plan, **bounds: int) -> Plan:
    """Return a plan as a search gives it that proved no more than some bounds."""
    goals = (replace(one, bound=bounds[one.goal], proven=False) if one.goal in bounds else one for one in found.goals)
    return replace(found, goals=tuple(goals))


@pytest.mark.parametrize("fails", ["at first", "at last", "always"])
def test_a_plan_that_falls_short_of_an_earlier_goal_decides_nothing(
    fails: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sara's plan costs 400 and Both 240; that nothing is delivered costs nothing, but is no better for that."""
    nothing = unproven(plan(facts(pair()[0], {})), value=16, cost=0)
    delivers = unproven(plan(facts(pair()[0], {("a", "sara", 1): 10})), cost=390)
    found = {"at first": [nothing], "at last": [delivers], "always": []}[fails]
    then = delivers if fails == "at first" else nothing

    def solve(world: Scenario, **more: Any) -> Plan:
        if world.name == "Both":
            return staffing.solve(world, **more)
        return found.pop() if found else then

    monkeypatch.setattr(halving, "solve", solve)
    answer = staffing.break_even(*pair(), "staff.sara.cost_rate", "cost", 40, 40, time_limit=2, workers=1)
    expected = (0, 240, "Sara alone", False) if fails == "always" else (400, 240, "Both", True)
    (point,) = answer.points
    assert (point.first, point.second, point.winner, point.decided) == expected
    assert not answer.proven


def test_scenarios_of_one_name_are_told_apart() -> None:
    first, second = pair()
    answer = asked((first, second.replace(name=first.name)), "staff.omid.cost_rate", "cost")
    assert bracket(answer)[1::2] == ("Sara alone (2)", "Sara alone")


def test_the_answer_as_json_csv_and_frame(tmp_path: Path) -> None:
    answer = asked(pair(), "staff.omid.cost_rate", "cost", 49, 51)
    answer.save(tmp_path / "answer.json")
    document = json.loads((tmp_path / "answer.json").read_text(encoding="utf-8"))
    assert document["format"] == "staffing-answer/1"
    keys = ("question", "path", "goal", "first", "second", "low", "high", "winner_below", "winner_above", "proven")
    assert [document[key] for key in keys] == [
        *("break-even", "staff.omid.cost_rate", "cost", "Sara alone", "Both"),
        *(49.99, 50, "Both", "Sara alone", True),
    ]
    assert document["at_low"] == {"first": 400, "second": 399.92}
    assert document["at_high"] == {"first": 400, "second": 400}
    assert list(answer.frame.columns) == ["value", "first", "second", "winner", "proven", "decided"]
    assert answer.frame["value"].is_monotonic_increasing
    assert answer.to_csv().startswith("value,first,second,winner,proven,decided\n49,400,392,Both,")
    assert repr(answer) == "<BreakEven of staff.omid.cost_rate in cost: between 49.99 and 50>"


def test_every_bracket_is_one_that_a_scan_of_all_values_finds(long: bool) -> None:
    for seed in range(100 if long else 4):
        held_against_a_scan(seed)


def held_against_a_scan(seed: int) -> None:
    draw = random.Random(seed)
    tasks = [
        task(f"t{number}", hours=draw.choice([3, 5, 8]), kind=draw.choice(["tactical", "strategic"]), client=client)
        for number, client in enumerate(draw.choices(["nova", "zeta"], k=4))
    ]
    worlds = pair(tasks=tasks, weeks=2, step=1, switching=draw.choice([0, 1]))
    goal: Goal = draw.choice(["value", "cost"])
    answer = asked(worlds, "staff.sara.weekly_hours", goal, 1, 12)
    scanned = {}
    for hours in range(1, 13):
        plans = [staffing.solve(world.patch({"staff": [{"id": "sara", "weekly_hours": hours}]})) for world in worlds]
        first, second = ({one.goal: one.value for one in plan.goals}[goal] for plan in plans)
        better = second > first if goal == "value" else second < first
        scanned[hours] = "Both" if better else "Sara alone"
    assert [scanned[int(point.value)] for point in answer.points] == [point.winner for point in answer.points], seed
    assert answer.proven, seed
    if answer.turns:
        assert answer.high == answer.low + 1, seed
