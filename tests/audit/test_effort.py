"""E: exactly the hours a task needs."""

from plan.worlds import omid, replanned, sara, scenario, task

from audit.checks import broken


def test_effort_over_productivity_is_rounded_up_to_the_grid() -> None:
    world = scenario(tasks=[task("a", hours=1)], step=0.5)
    assert broken(world, {("a", "sara", 1): 1.5}) == []  # 1 ÷ 0.8 = 1.25
    assert broken(world, {("a", "sara", 1): 1}) == ["effort"]
    assert broken(world, {("a", "sara", 1): 2}) == ["effort"]


def test_division_is_exact() -> None:
    world = scenario(tasks=[task("a", hours=7)], staff=[omid(tactical=0.7)])
    assert broken(world, {("a", "omid", 1): 10}) == []  # as floats, 7 ÷ 0.7 is above 10


def test_hours_done_count() -> None:
    assert broken(scenario(tasks=[task("a", done=4)]), {("a", "omid", 1): 6}) == []


def test_a_done_task_takes_no_hours() -> None:
    assert broken(scenario(tasks=[task("a", done=10)]), {("a", "omid", 1): 1}) == ["effort"]


def test_an_estimate_stands_in_place_of_effort() -> None:
    world = scenario(tasks=[task("a", estimates={"omid": {"hours": 7.1}})])
    assert broken(world, {("a", "omid", 1): 7.25}) == []
    assert broken(world, {("a", "omid", 1): 10}) == ["effort"]


def test_owners_together_deliver_the_effort() -> None:
    world = scenario(tasks=[task("a", max_owners=2)])
    assert broken(world, {("a", "omid", 1): 6, ("a", "sara", 1): 5}) == []  # 6 + 0.8 × 5 = 10
    assert broken(world, {("a", "omid", 1): 6, ("a", "sara", 1): 4.75}) == ["effort"]  # 9.8


def test_of_several_owners_none_has_a_step_too_many() -> None:
    world = scenario(tasks=[task("a", max_owners=2)])
    # 6 + 0.8 × 5.25 = 10.2: without a step of Sara 10, which is enough; of Omid 9.95, which is not
    assert broken(world, {("a", "omid", 1): 6, ("a", "sara", 1): 5.25}) == ["effort"]
    # 5.75 + 0.8 × 5.5 = 10.15: a step of Sara 9.95, of Omid 9.9: both short
    assert broken(world, {("a", "omid", 1): 5.75, ("a", "sara", 1): 5.5}) == []


def test_no_more_owners_than_may_share_it() -> None:
    assert broken(scenario(tasks=[task("a")]), {("a", "omid", 1): 6, ("a", "sara", 1): 5}) == ["effort"]


def test_after_a_replan_new_hours_cover_what_is_left() -> None:
    world = scenario(tasks=[task("a")], staff=[sara(), omid()])
    again = replanned(world, {("a", "sara", 1): 5}, from_week=2)  # 0.8 × 5 = 4 of 10
    assert broken(again, {("a", "omid", 2): 6}) == []
    assert broken(again, {("a", "omid", 2): 10}) == ["effort"]
