"""O: one owner for a client's work of a kind, and for a repeat."""

from plan.worlds import omid, replanned, sara, scenario, task

from audit.checks import broken

PEOPLE = [sara(tactical=1), omid()]
SINGLE = [{"id": "nova", "single_owner": True}]
SPLIT = {("a", "omid", 1): 10, ("b", "sara", 1): 10}


def test_a_single_owner_client_has_one_owner() -> None:
    world = scenario(tasks=[task("a"), task("b")], staff=PEOPLE, clients=SINGLE)
    assert broken(world, {("a", "omid", 1): 10, ("b", "omid", 1): 10}) == []
    assert broken(world, SPLIT) == ["one_owner"]


def test_each_kind_has_an_owner_of_its_own() -> None:
    world = scenario(tasks=[task("a"), task("b", kind="strategic")], staff=PEOPLE, clients=SINGLE)
    assert broken(world, SPLIT) == []


def test_a_task_with_its_own_owner_stands_aside() -> None:
    world = scenario(tasks=[task("a"), task("b", owner="sara")], staff=PEOPLE, clients=SINGLE)
    assert broken(world, SPLIT) == []


def test_occurrences_have_one_owner_unless_told_otherwise() -> None:
    cells = {("a@1", "omid", 1): 10, ("a@2", "sara", 2): 10}
    repeat = {"every": 1, "until": 2}
    assert broken(scenario(tasks=[task("a", repeat=repeat)], staff=PEOPLE), cells) == ["one_owner"]
    world = scenario(tasks=[task("a", repeat={**repeat, "same_owner": False})], staff=PEOPLE)
    assert broken(world, cells) == []


def test_history_has_no_owners() -> None:
    world = scenario(tasks=[task("a"), task("b")], staff=PEOPLE, clients=SINGLE)
    again = replanned(world, {("a", "omid", 1): 4}, from_week=2)
    assert broken(again, {("a", "sara", 2): 6, ("b", "sara", 2): 10}) == []
