"""C: load within capacity and overtime."""

from plan.worlds import omid, replanned, scenario, task

from audit.checks import broken


def test_the_last_hour_of_capacity_is_free_to_plan() -> None:
    world = scenario(tasks=[task("a", hours=40), task("b", hours=0.25)])
    assert broken(world, {("a", "omid", 1): 40}) == []
    assert broken(world, {("a", "omid", 1): 40, ("b", "omid", 1): 0.25}) == ["capacity"]


def test_overtime_up_to_its_limit() -> None:
    world = scenario(tasks=[task("a", hours=44), task("b", hours=0.25)], staff=[omid(overtime=4)])
    assert broken(world, {("a", "omid", 1): 44}) == []
    assert broken(world, {("a", "omid", 1): 44, ("b", "omid", 1): 0.25}) == ["capacity"]


def test_switching_takes_hours_for_every_client_after_the_first() -> None:
    tasks = [task("a", hours=20), task("b", client="zeta", hours=19), task("c", client="zeta", hours=0.5)]
    world = scenario(tasks=tasks, switching=1)
    assert broken(world, {("a", "omid", 1): 20, ("b", "omid", 1): 19}) == []  # 39 + 1
    assert broken(world, {("a", "omid", 1): 20, ("b", "omid", 1): 19, ("c", "omid", 1): 0.5}) == ["capacity"]


def test_no_overtime_in_a_week_without_an_available_day() -> None:
    off = [{"from": "2026-01-05", "to": "2026-01-09"}]
    world = scenario(tasks=[task("a", hours=4)], staff=[omid(overtime=4, time_off=off)])
    assert broken(world, {("a", "omid", 1): 4}) == ["capacity"]
    assert broken(world, {("a", "omid", 2): 4}) == []


def test_history_is_exempt() -> None:
    again = replanned(scenario(tasks=[task("a", hours=60)]), {("a", "omid", 1): 50}, from_week=2)
    assert broken(again, {("a", "omid", 2): 10}) == []
