"""B: what burns in each period is within what is left of every budget."""

from typing import Any

import pytest
from plan.worlds import omid, replanned, sara, scenario, task

from solving.worlds import allowed

TEN_HOURS = {("a", "omid", 1): 10}  # burn 800 at Omid's bill rate, 300 at his cost rate
HALVES = {("a", "omid", 1): 5, ("a", "omid", 2): 5}


def world(budget: Any, *tasks: dict[str, Any], **change: Any) -> Any:
    clients = [{"id": "nova", "budget": budget}, {"id": "zeta"}]
    return scenario(**{"tasks": tasks or [task("a")], "clients": clients, **change})


@pytest.mark.parametrize(("amount", "enough"), [(800, True), (799.99, False), (0, False), (10**12, True)])
def test_burn_up_to_the_last_cent(amount: float, enough: bool) -> None:
    assert allowed(world(amount), "B", TEN_HOURS) is enough


@pytest.mark.parametrize(("spent", "enough"), [(100, True), (100.01, False), (2000, False)])
def test_money_spent_before_is_gone(spent: float, enough: bool) -> None:
    assert allowed(world({"amount": 900, "spent": spent}), "B", TEN_HOURS) is enough


def test_what_is_left_is_never_below_nothing() -> None:
    assert allowed(world({"amount": 900, "spent": 2000}), "B", {})


def test_spent_money_comes_off_the_first_period_only() -> None:
    weekly = world({"amount": 800, "per": "week", "spent": 1})
    assert not allowed(weekly, "B", TEN_HOURS)
    assert allowed(weekly, "B", {("a", "omid", 2): 10})


def test_every_week_has_its_amount() -> None:
    weekly = world({"amount": 800, "per": "week"}, task("a"), task("b"))
    assert allowed(weekly, "B", {**TEN_HOURS, ("b", "omid", 2): 10})
    assert not allowed(weekly, "B", {**TEN_HOURS, ("b", "omid", 1): 10})
    assert not allowed(weekly, "B", {**TEN_HOURS, ("b", "omid", 1): 0.25, ("b", "omid", 2): 9.75})


def test_a_week_belongs_to_the_month_of_its_first_day() -> None:
    """Weeks from 19 January: the week of 26 January is January's, though Sunday is 1 February."""
    monthly = world({"amount": 800, "per": "month"}, task("a"), task("b"), start="2026-01-19")
    assert not allowed(monthly, "B", {**TEN_HOURS, ("b", "omid", 2): 10})
    assert allowed(monthly, "B", {**TEN_HOURS, ("b", "omid", 3): 10})


def test_work_that_is_not_billable_burns_nothing() -> None:
    assert allowed(world(0, task("a", billable=False)), "B", TEN_HOURS)


def test_a_projects_budget_holds_beside_the_clients() -> None:
    def site(client: float, project: float) -> Any:
        return world(
            client,
            task("a", client=None, project="site"),
            projects=[{"id": "site", "client": "nova", "budget": project}],
        )

    assert allowed(site(800, 800), "B", TEN_HOURS)
    assert not allowed(site(800, 799), "B", TEN_HOURS)
    assert not allowed(site(799, 800), "B", TEN_HOURS)


def test_another_clients_work_burns_nothing_here() -> None:
    assert allowed(world(0, task("z", client="zeta")), "B", {("z", "omid", 1): 10})


def test_each_person_burns_at_their_own_rate() -> None:
    shared = task("a", max_owners=2)
    cells = {("a", "omid", 1): 6, ("a", "sara", 1): 5}  # 6 × 80 + 5 × 100 = 980
    assert allowed(world(980, shared), "B", cells)
    assert not allowed(world(979, shared), "B", cells)


def test_with_budget_basis_cost_the_cost_rate_burns() -> None:
    assert allowed(world(300, budget_basis="cost"), "B", TEN_HOURS)
    assert not allowed(world(299, budget_basis="cost"), "B", TEN_HOURS)


def test_switching_and_overtime_burn_nothing() -> None:
    tasks = [task("a", hours=40), task("z", client="zeta", hours=1)]
    busy = world(40 * 30, *tasks, budget_basis="cost", switching=1, staff=[omid(overtime=4)])
    assert allowed(busy, "BC", {("a", "omid", 1): 40, ("z", "omid", 1): 1})


WEEK_4 = [{"from": "2026-01-26", "to": "2026-02-01"}]
PRICED = task("a", estimates={"omid": {"hours": 10, "price": 500}})


def test_on_bill_basis_a_fixed_price_burns_nothing_but_its_hours_do() -> None:
    assert allowed(world(800, PRICED), "B", TEN_HOURS)
    assert not allowed(world(799, PRICED), "B", TEN_HOURS)


def test_on_cost_basis_a_fixed_price_stands_in_place_of_the_hours() -> None:
    assert allowed(world(500, PRICED, budget_basis="cost"), "B", TEN_HOURS)
    assert not allowed(world(499, PRICED, budget_basis="cost"), "B", TEN_HOURS)
    by_the_hour = {("a", "sara", 1): 12.5}  # 12.5 × 40 = 500, too
    assert allowed(world(500, PRICED, budget_basis="cost"), "B", by_the_hour)
    assert not allowed(world(499, PRICED, budget_basis="cost"), "B", by_the_hour)


def test_a_fixed_price_burns_whole_in_the_week_of_the_last_hours() -> None:
    weekly = world({"amount": 499, "per": "week"}, PRICED, budget_basis="cost")
    assert not allowed(weekly, "B", HALVES)  # 500 in week 2, not 250 in each
    first = world({"amount": 500, "per": "week", "spent": 500}, PRICED, budget_basis="cost")
    assert allowed(first, "B", HALVES)  # nothing is left of week 1, and nothing burns there
    assert not allowed(first, "B", TEN_HOURS)


def test_no_other_week_may_stand_for_that_of_the_last_hours() -> None:
    """500 a week: 300 of b fit beside the price only where a is not over."""
    other = task("b")
    weekly = world({"amount": 500, "per": "week"}, PRICED, other, budget_basis="cost", staff=[omid(time_off=WEEK_4)])
    assert allowed(weekly, "B", {**HALVES, ("b", "omid", 1): 10})
    assert not allowed(weekly, "B", {**HALVES, ("b", "omid", 2): 10})
    apart = {("a", "omid", 1): 5, ("a", "omid", 3): 5}
    assert allowed(weekly, "B", {**apart, ("b", "omid", 1): 10})
    assert not allowed(weekly, "B", {**apart, ("b", "omid", 3): 10})
    assert not allowed(weekly, "B", {**TEN_HOURS, ("b", "omid", 1): 10})  # week 4 has no hours to burn it with


def test_two_prices_in_one_week_add_up() -> None:
    other = {**PRICED, "id": "b"}
    weekly = world({"amount": 999, "per": "week"}, PRICED, other, budget_basis="cost")
    assert not allowed(weekly, "B", {**TEN_HOURS, ("b", "omid", 1): 10})
    assert allowed(weekly, "B", {**TEN_HOURS, ("b", "omid", 1): 9.75, ("b", "omid", 2): 0.25})


def test_what_history_burned_is_gone() -> None:
    enough = replanned(world(800), {("a", "omid", 1): 4}, from_week=2)
    assert allowed(enough, "B", {("a", "omid", 2): 6})
    assert not allowed(replanned(world(799), {("a", "omid", 1): 4}, from_week=2), "B", {("a", "omid", 2): 6})


def test_amounts_off_the_common_unit_of_money() -> None:
    """Rates of 0.0001 and a budget of cents: what is left is compared exactly."""
    staff = [sara(), omid(bill_rate=0.3333)]
    assert allowed(world(3.34, staff=staff), "B", TEN_HOURS)  # 3.333
    assert not allowed(world(3.33, staff=staff), "B", TEN_HOURS)
