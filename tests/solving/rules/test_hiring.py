"""H: only hired placeholders work, and copies are hired in order."""

from plan.worlds import omid, replanned, sara, scenario, task

from solving.worlds import allowed

WORLD = scenario(tasks=[task("a"), task("b")], staff=[sara(), omid(placeholder={"count": 3})])


def test_only_hired_placeholders_work() -> None:
    assert allowed(WORLD, "H", {("a", "omid", 1): 10}, hired=["omid"])
    assert not allowed(WORLD, "H", {("a", "omid", 1): 10}, hired=[])


def test_people_who_are_there_need_no_hire() -> None:
    assert allowed(WORLD, "H", {("a", "sara", 1): 12.5}, hired=[])


def test_a_copy_only_after_all_earlier_ones() -> None:
    second = {("a", "omid-2", 1): 10}
    assert not allowed(WORLD, "H", second, hired=["omid-2"])
    assert allowed(WORLD, "H", second, hired=["omid", "omid-2"])
    third = {("a", "omid-3", 1): 10}
    assert not allowed(WORLD, "H", third, hired=["omid", "omid-3"])
    assert allowed(WORLD, "H", third, hired=["omid", "omid-2", "omid-3"])


def test_hired_but_idle_is_valid() -> None:
    assert allowed(WORLD, "H", {}, hired=["omid", "omid-2"])
    assert not allowed(WORLD, "H", {}, hired=["omid-2"])


def test_different_placeholders_are_hired_in_any_order() -> None:
    two = scenario(tasks=[task("a")], staff=[sara(placeholder=True), omid(placeholder=True)])
    assert allowed(two, "H", {("a", "omid", 1): 10}, hired=["omid"])


def test_history_has_hired_already() -> None:
    again = replanned(WORLD, {("a", "omid-2", 1): 4}, from_week=2)  # and with omid-2 also omid
    assert allowed(again, "H", {("a", "omid-2", 2): 6})
    assert allowed(again, "H", {("b", "omid", 2): 10})
    assert allowed(again, "H", {("b", "omid-3", 2): 10}, hired=["omid-3"])
    assert not allowed(again, "H", {("b", "omid-3", 2): 10}, hired=[])
