"""C: load within capacity and allowed overtime, in every week."""

import pytest
from plan.worlds import omid, scenario, task

from solving.worlds import allowed, deliverable

WEEK_1 = {"from": "2026-01-05", "to": "2026-01-11"}


@pytest.mark.parametrize(("hours", "fits"), [(40, True), (40.25, False)])
def test_a_full_week(hours: float, fits: bool) -> None:
    world = scenario(tasks=[task("a", hours=hours - 10), task("b")])
    assert allowed(world, "C", {("a", "omid", 1): hours - 10, ("b", "omid", 1): 10}) is fits


@pytest.mark.parametrize(("zeta", "fits"), [(19.5, True), (19.75, False)])
def test_a_second_client_takes_half_an_hour_of_a_full_week(zeta: float, fits: bool) -> None:
    world = scenario(tasks=[task("a", hours=20), task("z", client="zeta", hours=zeta)], switching=0.5)
    assert allowed(world, "C", {("a", "omid", 1): 20, ("z", "omid", 1): zeta}) is fits  # 20 + zeta + 0.5
    assert allowed(world, "C", {("a", "omid", 1): 20, ("z", "omid", 2): zeta})  # one client a week loses nothing


def test_two_tasks_of_one_client_lose_nothing() -> None:
    world = scenario(tasks=[task("a", hours=20), task("b", hours=20)], switching=0.5)
    assert allowed(world, "C", {("a", "omid", 1): 20, ("b", "omid", 1): 20})


@pytest.mark.parametrize(("hours", "fits"), [(19, True), (19.25, False)])
def test_switching_is_rounded_up_and_counts_for_every_further_client(hours: float, fits: bool) -> None:
    tasks = [task("a"), task("b", client="zeta"), task("c", client="yara", hours=hours)]
    world = scenario(tasks=tasks, clients=[{"id": "nova"}, {"id": "zeta"}, {"id": "yara"}], switching=0.3)
    assert allowed(world, "C", {("a", "omid", 1): 10, ("b", "omid", 1): 10, ("c", "omid", 1): hours}) is fits  # + 2 × ½


def test_only_hours_of_a_client_make_it_served() -> None:
    world = scenario(tasks=[task("a", hours=40), task("z", client="zeta")], switching=5)
    assert deliverable(world, "C", "a", "z")  # in different weeks, or by different people
    one_week = scenario(tasks=[task("a", hours=40), task("z", client="zeta")], switching=5, weeks=1, staff=[omid()])
    assert deliverable(one_week, "C", "a")
    assert not deliverable(one_week, "C", "a", "z")


@pytest.mark.parametrize(("hours", "fits"), [(42, True), (42.25, False)])
def test_overtime_up_to_its_limit(hours: float, fits: bool) -> None:
    world = scenario(tasks=[task("a", hours=hours)], staff=[omid(overtime=2.2)])  # rounded down to 2
    assert allowed(world, "C", {("a", "omid", 1): hours}) is fits


def test_switching_is_load_and_may_be_worked_in_overtime() -> None:
    tasks = [task("a", hours=20), task("z", client="zeta", hours=20)]
    cells = {("a", "omid", 1): 20, ("z", "omid", 1): 20}
    assert allowed(scenario(tasks=tasks, staff=[omid(overtime=0.5)], switching=0.5), "C", cells)
    assert not allowed(scenario(tasks=tasks, staff=[omid(overtime=0.25)], switching=0.5), "C", cells)


def test_no_overtime_in_a_week_without_an_available_day() -> None:
    off = scenario(tasks=[task("a", hours=5)], staff=[omid(overtime=5, time_off=[WEEK_1])])
    assert not allowed(off, "C", {("a", "omid", 1): 5})
    assert allowed(off, "C", {("a", "omid", 2): 5})


def test_one_available_day_is_enough_for_all_overtime() -> None:
    off = omid(overtime=5, time_off=[{"from": "2026-01-05", "to": "2026-01-08"}])  # Friday is left: 8 hours
    assert allowed(scenario(tasks=[task("a", hours=13)], staff=[off]), "C", {("a", "omid", 1): 13})
    assert not allowed(scenario(tasks=[task("a", hours=13.25)], staff=[off]), "C", {("a", "omid", 1): 13.25})


def test_overtime_may_be_asked_of_a_day_without_capacity() -> None:
    """Available is available: even where utilisation leaves no step of capacity."""
    staff = [omid(overtime=2, target_utilisation=0.001)]
    assert allowed(scenario(tasks=[task("a", hours=2)], staff=staff), "C", {("a", "omid", 1): 2})
    assert not allowed(scenario(tasks=[task("a", hours=2.25)], staff=staff), "C", {("a", "omid", 1): 2.25})


@pytest.mark.parametrize(("hours", "fits"), [(25.5, True), (25.75, False)])
def test_short_weeks_and_target_utilisation(hours: float, fits: bool) -> None:
    staff = [omid(target_utilisation=0.8, time_off=["2026-01-07"])]  # 40 × 0.8 × 4 ÷ 5 = 25.6, down to 25.5
    assert allowed(scenario(tasks=[task("a", hours=hours)], staff=staff), "C", {("a", "omid", 1): hours}) is fits
