"""Q: every owner may do the task."""

from typing import Any

import pytest
from plan.worlds import omid, sara, scenario, task

from solving.worlds import allowed, modelled


def owners(**change: Any) -> set[str]:
    """Who has a variable for owning the first task."""
    model = modelled(scenario(**{"tasks": [task("a")], **change}))
    return {model.problem.people[person].id for job, person in model.owns if model.problem.jobs[job].id == "a"}


def test_both_may_do_tactical_work_and_only_sara_strategic() -> None:
    assert owners() == {"sara", "omid"}
    assert owners(tasks=[task("a", kind="strategic")]) == {"sara"}


def test_an_estimate_makes_up_for_productivity() -> None:
    assert owners(tasks=[task("a", kind="strategic", estimates={"omid": {"hours": 8}})]) == {"sara", "omid"}


def test_who_has_no_productivity_does_what_has_an_estimate_and_nothing_else() -> None:
    kim = omid(id="kim", tactical=0)
    estimated = task("a", estimates={"kim": {"hours": 8}})
    assert owners(staff=[omid(), kim], tasks=[estimated, task("b")]) == {"omid", "kim"}
    assert owners(staff=[omid(), kim]) == {"omid"}
    assert owners(staff=[kim]) == set()


@pytest.mark.parametrize(
    "bar",
    [
        {"owner": "omid"},
        {"only": ["omid"]},
        {"except": ["sara"]},
        {"roles": ["project_manager"]},
        {"skills": ["seo"]},
        {"skills": {"seo": 2}},
    ],
)
def test_each_bar_leaves_omid(bar: dict[str, Any]) -> None:
    skilled = [sara(skills={"copy": 3}), omid(skills={"seo": 2})]
    assert owners(tasks=[task("a", **bar)], staff=skilled) == {"omid"}


def test_every_skill_at_its_level_is_needed() -> None:
    some = [sara(skills={"seo": 3, "copy": 1}), omid(skills=["seo", "copy"])]
    assert owners(tasks=[task("a", skills={"seo": 2, "copy": 1})], staff=some) == {"sara"}


def test_the_client_may_exclude_people_and_fix_owners() -> None:
    assert owners(clients=[{"id": "nova", "exclude": ["sara"]}]) == {"omid"}
    assert owners(clients=[{"id": "nova", "owners": {"tactical": "sara"}}]) == {"sara"}
    assert owners(clients=[{"id": "nova", "owners": {"strategic": "sara"}}]) == {"sara", "omid"}  # the other kind


def test_a_tasks_own_owner_beats_the_clients() -> None:
    client = {"id": "nova", "owners": {"tactical": "sara"}}
    assert owners(clients=[client], tasks=[task("a", owner="omid")]) == {"omid"}


def test_all_copies_of_a_placeholder_may_and_as_owner_the_first() -> None:
    staff = [sara(), omid(placeholder={"count": 3})]
    assert owners(staff=staff, tasks=[task("a", only=["omid"])]) == {"omid", "omid-2", "omid-3"}
    assert owners(staff=staff, tasks=[task("a", owner="omid")]) == {"omid"}


def test_nobody_else_has_hours() -> None:
    world = scenario(tasks=[task("a", only=["omid"])])
    assert allowed(world, "", {("a", "omid", 1): 10})
    assert not allowed(world, "", {("a", "sara", 1): 12.5})


def test_who_has_no_room_for_the_whole_of_it_is_no_candidate() -> None:
    assert owners(tasks=[task("a", hours=150)]) == {"omid"}  # Sara would need 187.5 of 160 hours
    assert owners(tasks=[task("a", hours=150, max_owners=2)]) == {"sara", "omid"}  # shared, she may help
