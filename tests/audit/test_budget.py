"""B: burn within every budget and period."""

from typing import Any

from plan.worlds import omid, replanned, scenario, task

from audit.checks import broken

TEN_HOURS = {("a", "omid", 1): 10}  # burn 800 at Omid's bill rate, 300 at his cost rate


def world(budget: Any, *tasks: dict[str, Any], **change: Any) -> Any:
    return scenario(tasks=tasks or [task("a")], clients=[{"id": "nova", "budget": budget}], **change)


def test_burn_up_to_the_last_cent() -> None:
    assert broken(world(800), TEN_HOURS) == []
    assert broken(world(799.99), TEN_HOURS) == ["budget"]


def test_money_spent_before_is_gone() -> None:
    assert broken(world({"amount": 900, "spent": 100}), TEN_HOURS) == []
    assert broken(world({"amount": 900, "spent": 101}), TEN_HOURS) == ["budget"]
    assert broken(world({"amount": 900, "spent": 2000}), {}) == []  # what is left is never below 0


def test_every_period_has_its_amount() -> None:
    weekly = world({"amount": 800, "per": "week"}, task("a"), task("b"))
    assert broken(weekly, {**TEN_HOURS, ("b", "omid", 2): 10}) == []
    assert broken(weekly, {**TEN_HOURS, ("b", "omid", 1): 10}) == ["budget"]


def test_work_that_is_not_billable_burns_nothing() -> None:
    assert broken(world(0, task("a", billable=False)), TEN_HOURS) == []


def test_a_projects_budget_holds_beside_the_clients() -> None:
    projects = [{"id": "site", "client": "nova", "budget": 500}]
    assert broken(world(800, task("a", client=None, project="site"), projects=projects), TEN_HOURS) == ["budget"]
    assert broken(world(500, task("a", client=None, project="site"), projects=projects), TEN_HOURS) == [
        "budget",
        "budget",
    ]


def test_with_budget_basis_cost_the_cost_rate_burns() -> None:
    assert broken(world(300, budget_basis="cost"), TEN_HOURS) == []
    assert broken(world(299, budget_basis="cost"), TEN_HOURS) == ["budget"]


def test_a_fixed_price_burns_in_the_week_of_the_last_hours() -> None:
    priced = task("a", estimates={"omid": {"hours": 10, "price": 500}})
    weekly = world({"amount": 499, "per": "week", "spent": 0}, priced, budget_basis="cost")
    assert broken(weekly, {("a", "omid", 1): 5, ("a", "omid", 2): 5}) == ["budget"]  # 500 in week 2
    first = world({"amount": 500, "per": "week", "spent": 500}, priced, budget_basis="cost")
    assert broken(first, {("a", "omid", 1): 5, ("a", "omid", 2): 5}) == []  # nothing burns in week 1


def test_overtime_and_switching_burn_nothing() -> None:
    overworked = scenario(
        tasks=[task("a", hours=50), task("z", client="zeta", hours=1)],
        clients=[{"id": "nova", "budget": 4000}, {"id": "zeta", "budget": 80}],  # 50 hours and 1 at 80
        staff=[omid(overtime=20)],
        switching=1,
    )
    assert broken(overworked, {("a", "omid", 1): 50, ("z", "omid", 1): 1}) == []


def test_what_history_burned_is_gone() -> None:
    enough = replanned(world(800), {("a", "omid", 1): 4}, from_week=2)
    assert broken(enough, {("a", "omid", 2): 6}) == []
    short = replanned(world(799), {("a", "omid", 1): 4}, from_week=2)
    assert broken(short, {("a", "omid", 2): 6}) == ["budget"]


def test_history_may_have_burned_too_much() -> None:
    again = replanned(world(100), {("a", "omid", 1): 4}, from_week=2)  # 320 of 100
    assert broken(again, {}) == []
