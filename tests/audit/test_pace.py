"""M: hours on a task in a week."""

from plan.worlds import omid, sara, scenario, task

from audit.checks import broken

WORLD = scenario(tasks=[task("a", max_owners=2, weekly_max=5)], staff=[sara(tactical=1), omid()])


def test_the_pace_itself_is_allowed() -> None:
    assert broken(WORLD, {("a", "omid", 1): 5, ("a", "omid", 2): 5}) == []
    assert broken(WORLD, {("a", "omid", 1): 4.75, ("a", "omid", 2): 5.25}) == ["pace"]


def test_owners_share_the_pace() -> None:
    assert broken(WORLD, {("a", "omid", 1): 5, ("a", "sara", 1): 5}) == ["pace"]
    assert broken(WORLD, {("a", "omid", 1): 5, ("a", "sara", 2): 5}) == []
