"""K: hours of a kind in a week."""

from plan.worlds import sara, scenario, task

from audit.checks import broken

WORLD = scenario(
    tasks=[task("a", hours=8), task("b", hours=8), task("plan", kind="strategic", hours=20)],
    staff=[sara(limits={"tactical": 10})],
)


def test_the_limit_itself_is_allowed() -> None:
    assert broken(WORLD, {("a", "sara", 1): 10}) == []  # 8 ÷ 0.8


def test_tasks_of_a_kind_add_up_within_a_week() -> None:
    assert broken(WORLD, {("a", "sara", 1): 10, ("b", "sara", 1): 10}) == ["kind_limits"]
    assert broken(WORLD, {("a", "sara", 1): 10, ("b", "sara", 2): 10}) == []


def test_the_other_kind_has_no_limit() -> None:
    assert broken(WORLD, {("a", "sara", 1): 10, ("plan", "sara", 1): 20}) == []


def test_a_limit_of_nothing_is_a_limit() -> None:
    world = scenario(tasks=[task("a", hours=0.2)], staff=[sara(limits={"tactical": 0})])
    assert broken(world, {("a", "sara", 1): 0.25}) == ["kind_limits"]
