"""cost: what the plan costs."""

from typing import Any

from plan.worlds import omid, sara, scenario, task

from solving.worlds import hours_of, planned, proven_at


def world(*tasks: dict[str, Any], **change: Any) -> Any:
    """All tasks must be delivered, so that cost alone decides."""
    return scenario(tasks=[{**entry, "must": True} for entry in tasks], goals=["must", "cost"], **change)


def test_the_cheapest_owner() -> None:
    """Omid: 10 × 30. Sara: 12.5 × 40."""
    assert proven_at(planned(world(task("a"))), "cost", 300)


def test_a_fixed_price_in_place_of_the_rate() -> None:
    asked = {"sara": {"hours": 20, "price": 299.99}}
    assert proven_at(planned(world(task("a", estimates=asked))), "cost", 299.99)
    asked = {"sara": {"hours": 20, "price": 300.01}}
    assert proven_at(planned(world(task("a", estimates=asked))), "cost", 300)


def test_overtime_or_somebody_dearer() -> None:
    """44 hours in a week: 4 of overtime cost 4 × 30 × 0.5 = 60 more; b (4 hours) by Sara 5 × 40 − 4 × 30 = 80 more."""
    tasks = [task("a", hours=40), task("b", hours=4)]
    staff = [sara(), omid(overtime={"hours": 4, "premium": 1.5})]
    assert proven_at(planned(world(*tasks, weeks=1, staff=staff)), "cost", 44 * 30 + 60)
    staff = [sara(), omid(overtime={"hours": 4, "premium": 2})]  # 120 more
    assert proven_at(planned(world(*tasks, weeks=1, staff=staff)), "cost", 40 * 30 + 5 * 40)


def test_switching_costs_its_hours_and_is_avoided() -> None:
    """In one week a second client loses an hour, 30; in two weeks nothing."""
    tasks = [task("a", only=["omid"]), task("z", client="zeta", only=["omid"])]
    assert proven_at(planned(world(*tasks, weeks=1, switching=1)), "cost", 21 * 30)
    plan = planned(world(*tasks, weeks=2, switching=1))
    assert proven_at(plan, "cost", 20 * 30)
    assert {week for _, _, week in hours_of(plan)} == {1, 2}


def test_switching_into_overtime_costs_the_premium() -> None:
    """20 + 20 hours and one lost: 41 × 30, and half as much again for the hour beyond 40."""
    tasks = [task("a", hours=20), task("z", client="zeta", hours=20)]
    plan = planned(world(*tasks, weeks=1, switching=1, staff=[omid(overtime=1)]))
    assert proven_at(plan, "cost", 41 * 30 + 15)


def test_hours_of_a_fixed_price_cost_nothing_but_their_overtime_does() -> None:
    """41 hours for 100, one of them overtime: 30 × 0.5."""
    a = task("a", estimates={"omid": {"hours": 41, "price": 100}})
    assert proven_at(planned(world(a, weeks=1, staff=[omid(overtime=1)])), "cost", 115)


def test_salaries_are_paid_worked_or_not() -> None:
    """Omid's salary is 4 × 40 × 30; he is free, so Sara does nothing."""
    assert proven_at(planned(world(task("a"), staff=[sara(), omid(pay="salary")])), "cost", 4800)


def test_overtime_of_a_salaried_person_costs_the_whole_premium_rate() -> None:
    """1200 for the week, 30 × 1.5 for an hour more."""
    staff = [omid(pay="salary", overtime=1)]
    assert proven_at(planned(world(task("a", hours=41), weeks=1, staff=staff)), "cost", 1245)


def test_a_hire_costs_its_hours_and_its_hire_cost() -> None:
    """41 hours: 40 of Omid, and b (1 hour) by a placeholder at 50 + 10, or by overtime at 45."""
    tasks = [task("a", hours=40), task("b", hours=1)]
    new = omid(id="new", cost_rate=10, placeholder=True, hire_cost=1195)
    # a by the placeholder: 1195 + 400 + 30 = 1625; b by it: 1200 + 1195 + 10; all by it: no room
    plan = planned(world(*tasks, weeks=1, staff=[omid(), new]))
    assert proven_at(plan, "cost", 1625)
    # with overtime the hire is not worth it: 1200 + 45
    plan = planned(world(*tasks, weeks=1, staff=[omid(overtime=1), new]))
    assert proven_at(plan, "cost", 1245)
    assert plan.hired == ()


def test_a_salaried_placeholder_costs_its_whole_contract() -> None:
    """Hired for 1 hour: 40 × 10 + 5 for the week; from Wednesday on 3 of 5 days: 240 + 5."""
    b = task("b", hours=1)
    new = {"cost_rate": 10, "placeholder": True, "hire_cost": 5, "pay": "salary"}
    assert proven_at(planned(world(b, weeks=1, staff=[omid(**new)])), "cost", 405)
    assert proven_at(planned(world(b, weeks=1, staff=[omid(start="2026-01-07", **new)])), "cost", 245)


def test_shared_work_goes_to_the_cheapest_mix() -> None:
    """50 hours in a week: Omid 40, and 10 of effort by Sara, 12.5 hours."""
    plan = planned(world(task("a", hours=50, max_owners=2), weeks=1))
    assert proven_at(plan, "cost", 40 * 30 + 12.5 * 40)


def test_money_is_exact_to_the_last_digit_of_its_rates() -> None:
    """10 hours at 33.3333 are 333.333, reported as 333.33."""
    plan = planned(world(task("a"), staff=[omid(cost_rate=33.3333)]))
    assert proven_at(plan, "cost", 333.33)
