"""Q: every owner is allowed and able."""

from typing import Any

import pytest
from plan.worlds import omid, sara, scenario, task

from audit.checks import broken

ALL = [sara(skills={"seo": 2}), omid()]


def by_sara(client: dict[str, Any] | None = None, **change: Any) -> list[str]:
    """Return the rules broken if a task that takes Sara ten hours is given to her; her tactical productivity is 1."""
    world = scenario(
        tasks=[task("a", **change)],
        staff=[{**ALL[0], "tactical": 1}, ALL[1]],
        clients=[{"id": "nova", **(client or {})}],
    )
    return broken(world, {("a", "sara", 1): 10})


@pytest.mark.parametrize(
    "allowed",
    [
        {},
        {"skills": {"seo": 2}},
        {"owner": "sara"},
        {"only": ["sara", "omid"]},
        {"except": ["omid"]},
        {"roles": ["project_manager", "account_manager"]},
        {"owner": "sara", "client": {"owners": {"tactical": "omid"}}},  # the task's owner beats the client's
    ],
)
def test_who_is_able_and_allowed_may(allowed: dict[str, Any]) -> None:
    client = allowed.get("client")
    assert by_sara(client, **{key: value for key, value in allowed.items() if key != "client"}) == []


@pytest.mark.parametrize(
    "barred",
    [
        {"skills": {"seo": 3}},
        {"skills": ["copy"]},
        {"owner": "omid"},
        {"only": ["omid"]},
        {"only": []},
        {"except": ["sara"]},
        {"roles": ["project_manager"]},
        {"roles": []},
    ],
)
def test_who_is_not_may_not(barred: dict[str, Any]) -> None:
    assert by_sara(**barred) == ["qualified"]


@pytest.mark.parametrize("client", [{"exclude": ["sara"]}, {"owners": {"tactical": "omid"}}])
def test_the_client_has_a_say(client: dict[str, Any]) -> None:
    assert by_sara(client) == ["qualified"]


def test_no_productivity_is_no_qualification() -> None:
    world = scenario(tasks=[task("a", kind="strategic")])
    assert broken(world, {("a", "omid", 1): 10}) == ["qualified"]


def test_an_estimate_stands_in_for_productivity() -> None:
    world = scenario(tasks=[task("a", kind="strategic", estimates={"omid": {"hours": 8}})])
    assert broken(world, {("a", "omid", 1): 8}) == []
