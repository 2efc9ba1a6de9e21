"""H: only hired placeholders work, copies in their order."""

from plan.worlds import omid, replanned, scenario, task

from audit.checks import broken

WORLD = scenario(tasks=[task("a")], staff=[omid(), omid(id="pm", placeholder={"count": 3})])


def test_a_hired_placeholder_works() -> None:
    assert broken(WORLD, {("a", "pm", 1): 10}, hired=["pm"]) == []


def test_one_not_hired_does_not() -> None:
    assert broken(WORLD, {("a", "pm", 1): 10}) == ["hiring"]


def test_idle_is_valid() -> None:
    assert broken(WORLD, {}, hired=["pm", "pm-2", "pm-3"]) == []


def test_copies_are_hired_in_their_order() -> None:
    assert broken(WORLD, {}, hired=["pm", "pm-3"]) == ["hiring"]


def test_only_placeholders_are_hired() -> None:
    assert broken(WORLD, {}, hired=["omid"]) == ["hiring"]
    assert broken(WORLD, {}, hired=["nobody"]) == ["hiring"]


def test_whoever_has_history_is_hired_with_all_earlier_copies() -> None:
    again = replanned(WORLD, {("a", "pm-2", 1): 4}, from_week=2)
    assert broken(again, {("a", "pm-2", 2): 6}) == []
    assert broken(again, {("a", "pm-3", 2): 6}) == ["hiring"]
