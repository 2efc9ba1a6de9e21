"""N: no more clients than `max_clients` over the horizon, and `max_clients_per_week` each week."""

from typing import Any

from plan.worlds import omid, replanned, sara, scenario, task

from solving.worlds import allowed

TASKS = [task("a"), task("b"), task("z", client="zeta"), task("y", client="yara")]
CLIENTS = [{"id": "nova"}, {"id": "zeta"}, {"id": "yara"}]


def world(**limits: Any) -> Any:
    return scenario(tasks=TASKS, clients=CLIENTS, staff=[sara(), omid(**limits)])


def test_over_the_horizon_weeks_do_not_matter() -> None:
    assert not allowed(world(max_clients=1), "N", {("a", "omid", 1): 10, ("z", "omid", 2): 10})
    assert allowed(world(max_clients=2), "N", {("a", "omid", 1): 10, ("z", "omid", 2): 10})


def test_per_week_other_weeks_do_not_matter() -> None:
    one = world(max_clients_per_week=1)
    assert allowed(one, "N", {("a", "omid", 1): 10, ("z", "omid", 2): 10, ("y", "omid", 3): 10})
    assert not allowed(one, "N", {("a", "omid", 1): 10, ("z", "omid", 1): 10})


def test_both_hold_together() -> None:
    both = world(max_clients=2, max_clients_per_week=1)
    assert allowed(both, "N", {("a", "omid", 1): 10, ("z", "omid", 2): 10})
    assert not allowed(both, "N", {("a", "omid", 1): 10, ("z", "omid", 2): 10, ("y", "omid", 3): 10})


def test_tasks_of_one_client_count_once() -> None:
    assert allowed(world(max_clients=1, max_clients_per_week=1), "N", {("a", "omid", 1): 10, ("b", "omid", 1): 10})


def test_a_quarter_of_an_hour_is_serving_too() -> None:
    one = world(max_clients_per_week=1)
    assert not allowed(one, "N", {("a", "omid", 1): 9.75, ("a", "omid", 2): 0.25, ("z", "omid", 2): 10})


def test_others_are_free() -> None:
    assert allowed(world(max_clients=1), "N", {("a", "omid", 1): 10, ("z", "sara", 1): 12.5, ("y", "sara", 1): 12.5})


def test_nobody_at_all() -> None:
    assert not allowed(world(max_clients=0), "N", {("a", "omid", 1): 10})
    assert not allowed(world(max_clients_per_week=0), "N", {("a", "omid", 1): 10})


def test_history_is_not_service() -> None:
    again = replanned(world(max_clients=1), {("a", "omid", 1): 10}, from_week=2)
    assert allowed(again, "N", {("z", "omid", 2): 10})
