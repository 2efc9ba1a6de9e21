"""Records: short forms are read as their long ones, and what is not allowed is refused."""

from decimal import Decimal

import pytest
from pydantic import ValidationError

from staffing.scenario.records import Budget, Client, Role, Settings, Staff, Task

SETTINGS = {"start": "2026-01-05", "weeks": 4}


def test_a_bare_budget_is_its_amount() -> None:
    assert Client.model_validate({"id": "nova", "budget": 1000}).budget == Budget(amount=Decimal(1000))


def test_a_bare_skill_is_level_one() -> None:
    assert Staff.model_validate({"id": "sara", "role": "x", "skills": ["seo"]}).skills == {"seo": 1}


def test_a_bare_predecessor_has_no_lag() -> None:
    task = Task.model_validate({"id": "b", "kind": "tactical", "hours": 1, "after": ["a", {"task": "c", "lag": 2}]})
    assert [(after.task, after.lag) for after in task.after] == [("a", 0), ("c", 2)]


def test_must_comes_first_where_it_is_left_out() -> None:
    goals = Settings.model_validate({**SETTINGS, "goals": ["value", {"goal": "cost", "tolerance": 0.02}]}).goals
    assert [goal.goal for goal in goals] == ["must", "value", "cost"]


def test_roles_are_merged_over_the_built_in_ones() -> None:
    roles = Settings.model_validate({**SETTINGS, "roles": {"account_manager": {"weekly_hours": 38}}}).roles
    assert roles["account_manager"] == Role(strategic=Decimal(1), tactical=Decimal("0.8"), weekly_hours=Decimal(38))
    assert roles["project_manager"].tactical == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"weeks": 157}, "out of range: at least 1, at most 156"),
        ({"step": 0.3}, "not a step: 0.25, 0.5 or 1"),
        ({"goals": ["value", "value"]}, "named twice"),
        ({"goals": ["velue"]}, "did you mean value"),
        ({"goals": "value"}, "not a list"),
        ({"colour": 1}, "Extra inputs"),
    ],
)
def test_what_is_not_allowed_is_refused(change: dict[str, object], said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        Settings.model_validate({**SETTINGS, **change})
