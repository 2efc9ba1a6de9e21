"""N: clients a person serves, over the horizon and in each week."""

from plan.worlds import omid, replanned, scenario, task

from audit.checks import broken

TASKS = [task("a"), task("b"), task("z", client="zeta")]


def test_the_clients_of_a_week() -> None:
    world = scenario(tasks=TASKS, staff=[omid(max_clients_per_week=1)])
    assert broken(world, {("a", "omid", 1): 10, ("b", "omid", 1): 10, ("z", "omid", 2): 10}) == []
    assert broken(world, {("a", "omid", 1): 10, ("z", "omid", 1): 10}) == ["clients"]


def test_the_clients_of_the_horizon() -> None:
    world = scenario(tasks=TASKS, staff=[omid(max_clients=1)])
    assert broken(world, {("a", "omid", 1): 10, ("b", "omid", 2): 10}) == []
    assert broken(world, {("a", "omid", 1): 10, ("z", "omid", 2): 10}) == ["clients"]


def test_no_client_at_all() -> None:
    assert broken(scenario(tasks=TASKS, staff=[omid(max_clients=0)]), {("a", "omid", 1): 10}) == ["clients"]


def test_clients_of_history_do_not_count() -> None:
    world = scenario(tasks=TASKS, staff=[omid(max_clients=1)])
    assert broken(replanned(world, {("a", "omid", 1): 10}, from_week=2), {("z", "omid", 2): 10}) == []
