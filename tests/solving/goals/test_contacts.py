"""contacts: owners of a client's work of a kind, beyond the first."""

from typing import Any

from plan.worlds import omid, sara, scenario, task

from solving.worlds import planned, proven_at

STAFF = [omid(), omid(id="kim")]


def world(*tasks: dict[str, Any], **change: Any) -> Any:
    musts = [{**entry, "must": True} for entry in tasks]
    return scenario(**{"tasks": musts, "staff": STAFF, "goals": ["must", "contacts"], **change})


def test_too_much_for_one() -> None:
    """30 + 30 hours in a week take two people; in two weeks one is enough."""
    tasks = [task("a", hours=30), task("b", hours=30)]
    assert proven_at(planned(world(*tasks, weeks=1)), "contacts", 1)
    assert proven_at(planned(world(*tasks, weeks=2)), "contacts", 0)


def test_each_client_and_each_kind_by_itself() -> None:
    """One person for nova's tactical work, another for zeta's, Sara for the strategic work: nobody is one too many."""
    tasks = [
        task("a", only=["omid"]),
        task("b", kind="strategic"),
        task("z", client="zeta", only=["kim"]),
    ]
    assert proven_at(planned(world(*tasks, staff=[sara(), *STAFF])), "contacts", 0)


def test_the_owners_of_a_shared_task_count() -> None:
    assert proven_at(planned(world(task("a", hours=50, max_owners=2), weeks=1)), "contacts", 1)


def test_own_owners_count_too() -> None:
    """Kim has a, somebody else b; whoever of the two does c, one is extra."""
    tasks = [task("a", owner="kim"), task("b", **{"except": ["kim"]}), task("c")]
    assert proven_at(planned(world(*tasks)), "contacts", 1)


def test_occurrences_without_same_owner() -> None:
    """35 hours each week for nova; in week 2 omid is off: two owners in all."""
    off = [omid(time_off=[{"from": "2026-01-12", "to": "2026-01-18"}]), omid(id="kim", end="2026-01-18")]
    weekly = task("r", hours=35, repeat={"every": 1, "same_owner": False})
    assert proven_at(planned(world(weekly, weeks=3, staff=off)), "contacts", 1)


def test_nothing_delivered_is_no_contact() -> None:
    plan = planned(scenario(tasks=[], staff=STAFF, goals=["contacts"]))
    assert proven_at(plan, "contacts", 0)
