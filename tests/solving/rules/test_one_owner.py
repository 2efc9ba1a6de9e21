"""O: one owner for each kind of a `single_owner` client, and for `same_owner` repeats."""

from typing import Any

from plan.worlds import omid, sara, scenario, task

from solving.worlds import allowed

SINGLE = [{"id": "nova", "single_owner": True}, {"id": "zeta"}]


def world(*tasks: dict[str, Any], clients: Any = SINGLE) -> Any:
    return scenario(tasks=tasks, clients=clients, staff=[sara(), omid(), omid(id="kim")])


def test_one_owner_for_all_tactical_work() -> None:
    two = world(task("a"), task("b"))
    assert allowed(two, "O", {("a", "omid", 1): 10, ("b", "omid", 2): 10})
    assert not allowed(two, "O", {("a", "omid", 1): 10, ("b", "kim", 1): 10})


def test_strategic_and_tactical_work_may_have_different_owners() -> None:
    both = world(task("a"), task("b", kind="strategic"))
    assert allowed(both, "O", {("a", "omid", 1): 10, ("b", "sara", 1): 10})


def test_other_clients_are_free() -> None:
    both = world(task("z", client="zeta"), task("y", client="zeta"), task("a"))
    assert allowed(both, "O", {("z", "omid", 1): 10, ("y", "kim", 1): 10, ("a", "sara", 1): 12.5})


def test_a_task_with_an_owner_of_its_own_stands_aside() -> None:
    three = world(task("a"), task("b", owner="kim"), task("c"))
    assert allowed(three, "O", {("a", "omid", 1): 10, ("b", "kim", 1): 10, ("c", "omid", 2): 10})
    assert not allowed(three, "O", {("a", "omid", 1): 10, ("b", "kim", 1): 10, ("c", "kim", 2): 10})


def test_what_waits_has_no_owner() -> None:
    two = world(task("a", only=["omid"]), task("b", only=["kim"]))
    assert allowed(two, "O", {("a", "omid", 1): 10})
    assert allowed(two, "O", {("b", "kim", 1): 10})
    assert not allowed(two, "O", {("a", "omid", 1): 10, ("b", "kim", 1): 10})


def test_nobody_shares_a_task_of_such_a_client() -> None:
    shared = world(task("a", max_owners=2))
    assert not allowed(shared, "O", {("a", "omid", 1): 5, ("a", "kim", 1): 5})
    assert allowed(shared, "O", {("a", "omid", 1): 10})


def test_occurrences_have_one_owner_unless_said_otherwise() -> None:
    cells = {("r@1", "omid", 1): 10, ("r@3", "kim", 3): 10}
    zeta = {"client": "zeta"}
    assert not allowed(world(task("r", repeat={"every": 2}, **zeta)), "O", cells)
    assert allowed(world(task("r", repeat={"every": 2}, **zeta)), "O", {("r@1", "kim", 1): 10, ("r@3", "kim", 3): 10})
    assert allowed(world(task("r", repeat={"every": 2, "same_owner": False}, **zeta)), "O", cells)


def test_two_repeating_tasks_may_have_different_owners() -> None:
    tasks = [task(name, repeat={"every": 2}, client="zeta") for name in ("r", "s")]
    cells = {("r@1", "omid", 1): 10, ("r@3", "omid", 3): 10, ("s@1", "kim", 1): 10, ("s@3", "kim", 3): 10}
    assert allowed(world(*tasks), "O", cells)


def test_occurrences_with_a_fixed_owner_have_that_one() -> None:
    repeats = world(task("r", repeat={"every": 2}, owner="kim"), task("a"))
    cells = {("r@1", "kim", 1): 10, ("r@3", "kim", 3): 10, ("a", "omid", 1): 10}
    assert allowed(repeats, "O", cells)
