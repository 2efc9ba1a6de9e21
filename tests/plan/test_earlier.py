"""An earlier plan as a baseline: its hours lead, what disagrees is told, what has two readings is refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from plan.test_plan_file import some_plan
from plan.worlds import facts, omid, plan, replanned, sara, scenario, task
from staffing.errors import PlanError
from staffing.plan.earlier import Delivery, EarlierPlan, deliveries, read_earlier
from staffing.plan.plan import Plan
from staffing.plan.records import Allocation, Baseline, BaselineTask
from staffing.scenario.scenario import Scenario

WORLD = scenario(tasks=[task("a", hours=12, max_owners=2), task("b"), task("c")], staff=[sara(), omid()])
CELLS = {("a", "omid", 1): 4, ("a", "omid", 2): 8, ("b", "sara", 3): 12.5}
BEFORE = plan(facts(WORLD, CELLS))


def allocation(number: int, **change: Any) -> Plan:
    """The plan with one allocation changed."""
    entries = list(BEFORE.assigned)
    entries[number] = replace(entries[number], **change)
    return replace(BEFORE, assigned=tuple(entries))


def record(number: int, **change: Any) -> Plan:
    """The plan with one record of a task changed."""
    entries = list(BEFORE.results)
    entries[number] = replace(entries[number], **change)
    return replace(BEFORE, results=tuple(entries))


def read(before: Plan, from_week: int = 2, world: Scenario = WORLD) -> EarlierPlan:
    return read_earlier(before, world.expanded, from_week)


def told(before: Plan, from_week: int = 2, world: Scenario = WORLD) -> list[str]:
    return [str(mistake) for mistake in read(before, from_week, world).warnings]


def of(before: Plan, id_: str) -> BaselineTask:
    (found,) = [entry for entry in before.as_baseline().tasks if entry.task == id_]
    return found


def test_a_plan_left_as_it_is_agrees_with_itself() -> None:
    assert told(BEFORE) == []
    assert read(BEFORE).history == {("a", "omid", 1): 4}
    assert BEFORE.as_baseline().tasks == (
        BaselineTask("a", "delivered", ("omid",), dt.date(2026, 1, 5), dt.date(2026, 1, 12)),
        BaselineTask("b", "delivered", ("sara",), dt.date(2026, 1, 19), dt.date(2026, 1, 19)),
        BaselineTask("c", "waiting", (), None, None),
    )


def test_so_does_a_replan_whose_history_makes_nobody_an_owner() -> None:
    again = some_plan()
    assert [entry.owners for entry in again.as_baseline().tasks] == [entry.owners for entry in again.results]
    world = scenario(tasks=[task(id_) for id_ in "abcd"], staff=[sara(), omid(), omid(id="pm")])
    assert told(again, 3, world) == []
    assert of(again, "a").first_day == dt.date(2026, 1, 5)


def test_what_history_finished_is_done_and_what_it_only_began_waits() -> None:
    world = scenario(tasks=[task("a", hours=4), task("b")])
    again = replanned(world, {("a", "omid", 1): 4, ("b", "omid", 1): 5}, from_week=2)
    found = plan(facts(again, {}, baseline=Baseline("", ())))
    assert told(found, world=world) == []
    assert [entry.state for entry in found.as_baseline().tasks] == ["done", "waiting"]


def test_whoever_has_the_hours_is_the_owner() -> None:
    moved = allocation(2, staff="omid")
    assert of(moved, "b").owners == ("omid",)
    assert told(moved) == [
        'tasks[1]: b is said to be "delivered, sara, week 3, 12.5 hours"; '
        'its hours say "delivered, omid, week 3, 12.5 hours" and count.'
    ]


def test_owners_stand_in_the_order_of_the_staff() -> None:
    assert of(allocation(1, staff="sara"), "a").owners == ("sara", "omid")


def test_weeks_are_those_of_the_hours() -> None:
    moved = allocation(1, week=4, week_start=dt.date(2026, 1, 26))
    assert of(moved, "a").last_day == dt.date(2026, 1, 26)
    (sentence,) = told(moved)
    assert '"delivered, omid, weeks 1 to 4, 12 hours" and count' in sentence


@pytest.mark.parametrize(
    ("number", "change", "words"),
    [
        (0, {"owners": ("omid", "omid")}, "delivered, omid and omid, weeks 1 to 2, 12 hours"),
        (0, {"owners": ()}, "delivered, weeks 1 to 2, 12 hours"),
        (0, {"state": "waiting"}, "waiting, omid, weeks 1 to 2, 12 hours"),
        (0, {"state": "done"}, "done, omid, weeks 1 to 2, 12 hours"),
        (0, {"first_week": None}, "delivered, omid, weeks ? to 2, 12 hours"),
        (0, {"last_week": None}, "delivered, omid, weeks 1 to ?, 12 hours"),
        (0, {"last_week": 1}, "delivered, omid, week 1, 12 hours"),
        (0, {"hours": 11.9}, "delivered, omid, weeks 1 to 2, 11.9 hours"),
        (2, {"state": "delivered", "owners": ("omid",), "first_week": 1, "last_week": 1}, "delivered, omid, week 1"),
    ],
)
def test_a_record_that_says_something_else_is_told_and_changes_nothing(
    number: int, change: dict[str, Any], words: str
) -> None:
    changed = record(number, **change)
    (sentence,) = told(changed)
    assert sentence.startswith(f'tasks[{number}]: {"abc"[number]} is said to be "{words}"; its hours say ')
    assert changed.as_baseline() == BEFORE.as_baseline()


def test_owners_in_another_order_and_late_for_delivered_say_nothing_else() -> None:
    shared = plan(facts(WORLD, {("a", "omid", 1): 4, ("a", "sara", 1): 10}))
    (a, *others) = shared.results
    turned = replace(shared, results=(replace(a, owners=a.owners[::-1], state="late", weeks_late=1), *others))
    assert told(turned) == []


def test_a_task_without_hours_waits_unless_it_is_done() -> None:
    without = replace(BEFORE, assigned=BEFORE.assigned[:2])
    assert of(without, "b").state == "waiting"
    assert len(told(without)) == 1
    assert of(record(2, state="done"), "c").state == "done"


def test_records_that_stand_twice_are_read_once_and_added_up() -> None:
    task_twice = replace(BEFORE, results=(*BEFORE.results, replace(BEFORE.results[0], state="waiting")))
    assert told(task_twice) == ["tasks[3]: a stands twice; what stands first counts."]
    assert task_twice.as_baseline() == BEFORE.as_baseline()
    hours_twice = replace(BEFORE, assigned=(BEFORE.assigned[0], *BEFORE.assigned))
    assert told(hours_twice)[0] == (
        "allocations[0]: The allocation of a to omid in week 1 stands 2 times; the hours are added up."
    )
    assert read(hours_twice).history == {("a", "omid", 1): 8}


def test_a_task_that_is_missing_is_read_from_its_hours() -> None:
    missing = replace(BEFORE, results=BEFORE.results[1:])
    assert told(missing) == ["tasks: a is missing; it has hours and is read from them."]
    assert of(missing, "a") == of(BEFORE, "a")


def test_no_hours_are_no_history() -> None:
    found = read(allocation(0, hours=0))
    assert found.history == {}
    assert str(found.warnings[0]).endswith("week 1 has 0 hours, and counts for nothing.")


@pytest.mark.parametrize("hours", [-1, -0.25, float("nan"), float("inf"), 100_000.5])
def test_hours_that_are_none_are_refused_by_name(hours: float) -> None:
    with pytest.raises(PlanError, match=r"allocations\[0\]: The allocation of a to omid in week 1 has .* hours"):
        read(allocation(0, hours=hours))


@pytest.mark.parametrize("change", [{"week": 3}, {"week_start": dt.date(2026, 1, 6)}])
def test_a_week_and_a_date_that_do_not_agree_are_refused_by_name(change: dict[str, Any]) -> None:
    with pytest.raises(PlanError, match=r"allocations\[1\]: .* let both say the same week") as caught:
        read(allocation(1, **change))
    assert len(caught.value.errors) == 1


def test_a_first_day_that_no_hours_agree_with_is_told_once() -> None:
    assert BEFORE.context is not None
    moved = replace(BEFORE, context=replace(BEFORE.context, start=dt.date(2026, 1, 12)))
    with pytest.raises(PlanError, match=r"^context\.start: It is 2026-01-12; by its hours .* on 2026-01-05"):
        read(moved)


def test_hours_are_the_decimals_they_are_written_as() -> None:
    assert read(allocation(0, hours=0.1)).history == {("a", "omid", 1): Fraction(1, 10)}
    assert read(allocation(0, hours=0.1 + 0.2)).history == {("a", "omid", 1): Fraction(3, 10)}
    assert "decimals" not in " ".join(told(allocation(0, hours=0.3333)))
    fine = allocation(0, hours=1 / 3)
    assert read(fine).history == {("a", "omid", 1): Fraction(3333, 10_000)}
    assert "has 0.3333333333333333 hours; they are read as 0.3333" in told(fine)[0]


def test_what_is_fixed_though_nothing_was_over_is_read_as_any_other() -> None:
    pinned = allocation(2, fixed=True)
    assert of(pinned, "b").owners == ("sara",)
    assert told(pinned) == [
        "allocations[2]: The allocation of b to sara in week 3 is fixed, though the plan was free to change that week; "
        "it is read as any other."
    ]


def test_hours_left_out_are_named_with_their_sum() -> None:
    world = scenario(tasks=[task("b"), task("c")], staff=[omid()])
    strange = replace(
        BEFORE, assigned=(*BEFORE.assigned, Allocation("b", "nova", "tactical", "omid", 1, dt.date(2026, 1, 5), 1.5))
    )
    assert told(strange, 4, world)[1:] == [
        "allocations: 12 hours of the baseline are left out, for they belong to no task of the scenario: a; "
        "a task that was begun keeps its id.",
        "allocations: 12.5 hours of the baseline are left out, for they are of nobody in the scenario's staff: sara; "
        "whoever has left stays, with an end.",
    ]
    later = scenario(start="2026-01-12", tasks=[task("a"), task("b")])
    assert told(BEFORE, 1, later) == [
        "allocations: 4 hours of the baseline are left out, for they lie before the scenario's start, 2026-01-12: a; "
        "done and spent can count them."
    ]
    assert told(BEFORE, 1, world) == []  # nothing of it is over


def test_of_many_names_a_few_are_told() -> None:
    many = [task(f"t{number}", hours=2) for number in range(8)]
    before = plan(facts(scenario(tasks=many), {(entry["id"], "omid", 1): 2 for entry in many}))
    (sentence,) = told(before, 2, scenario(tasks=many[:1]))
    assert "14 hours of the baseline" in sentence
    assert sentence.endswith(": t1, t2, t3, t4, t5 and 2 more; a task that was begun keeps its id.")


def test_a_plan_without_a_common_task_is_no_baseline() -> None:
    with pytest.raises(
        PlanError,
        match=r'plan of "tiny" is no baseline .* \(a, b, c\) is one of the scenario\'s \(x\), and its 4 hours',
    ):
        read(BEFORE, 2, scenario(tasks=[task("x")]))
    with pytest.raises(PlanError, match=r"none of its tasks \(none\)"):
        read(replace(BEFORE, results=(), assigned=()), 2)


def test_occurrences_of_one_task_are_in_common_whatever_their_weeks() -> None:
    every = scenario(tasks=[task("r", repeat={"every": 2, "from": 2})])
    before = plan(facts(scenario(tasks=[task("r", repeat={"every": 4})]), {}))
    assert told(before, 1, every) == []


def test_a_scenario_without_tasks_has_nothing_to_be_in_common() -> None:
    assert len(told(BEFORE, 2, scenario())) == 1


def test_a_plan_without_dates_has_no_hours_to_date() -> None:
    undated = replace(BEFORE, assigned=(), context=None)
    assert {entry.state for entry in undated.as_baseline().tasks} == {"waiting"}
    assert len(told(undated)) == 2


def test_a_baseline_changed_by_hand_has_one_reading() -> None:
    """In a plan file the baseline has records, too: what stands first counts, and one day stands for both."""
    day = dt.date(2026, 1, 19)
    tasks = (
        BaselineTask("a", "delivered", ("omid", "omid"), None, day),
        BaselineTask("a", "waiting", (), None, None),
        BaselineTask("b", "delivered", ("omid",), None, None),
        BaselineTask("c", "done", (), None, None),
        BaselineTask("c", "waiting", (), None, None),
        BaselineTask("gone", "waiting", (), None, None),
    )
    found = deliveries(Baseline("", tasks), WORLD.expanded)
    assert found == {"a": Delivery(frozenset({"omid"}), 3, 3), "b": None}
