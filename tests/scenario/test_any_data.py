"""Whatever stands in a scenario, it is either sound through and through, or its mistakes are told."""

import copy
import datetime as dt
from decimal import Decimal
from typing import Any

from agency import agency, said
from hypothesis import given, settings
from hypothesis import strategies as st

from staffing.scenario.checks_warnings import warnings
from staffing.scenario.scenario import Scenario

FULL = agency(
    calendar={"country": "GB", "subdivision": "SCT", "holidays": ["2026-01-06"], "workdays": ["mon", "tue"]},
    goals=["value", {"goal": "cost", "tolerance": Decimal("0.1")}],
    roles={"writer": {"tactical": 1, "bill_rate": 80}},
    staff=[
        {"id": "sara", "overtime": {"hours": 4}, "skills": {"seo": 2}, "limits": {"tactical": 9}},
        {"id": "omid", "weekly_hours": [{"from": "2026-01-12", "hours": 20}], "time_off": ["2026-01-07"]},
        {"id": "pm", "role": "project_manager", "bill_rate": 90, "placeholder": {"count": 2}, "hire_cost": 100},
        {"id": "lea", "role": "writer", "start": "2026-01-07", "end": "2026-01-20", "max_clients": 1},
    ],
    clients=[{"id": "nova", "budget": {"amount": 900, "per": "month"}, "owners": {"strategic": "sara"}}],
    tasks=[
        {"id": "brief", "after": [{"task": "plan", "lag": 1}], "skills": [], "only": ["omid", "pm-2"], "due": 3},
        {"id": "call", "repeat": {"every": "month", "from": "2026-01-01", "window": 2}, "except": ["lea"]},
        {"id": "text", "estimates": {"lea": {"hours": 3, "price": 50}}, "earliest": "1404-10-20", "priority": "high"},
    ],
)
WORDS = [None, True, "", "x", "sara", "plan", "nova", "2026-01-05", "2026-13-01", "a b", "month", b"x", object()]
NUMBERS = [0, 1, -1, 157, 10**400, 1.5, float("nan"), Decimal("1e400"), dt.date(2026, 1, 5), dt.datetime(2026, 1, 5)]
NESTS = [[], {}, ["x"], {"x": 1}, [[]], [None], {1: 2}, {"id": "x"}, [{"id": "x"}], {"from": "2026-01-05"}]
ODD = st.sampled_from([*WORDS, *NUMBERS, *NESTS])


def ways(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every way to a value."""
    inner = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(way for key, value in inner for way in ways(value, (*path, key)))]


def put(data: Any, way: tuple[Any, ...], value: Any) -> None:
    """Put a value in another's place, if there still is one."""
    for key in way[:-1]:
        data = data[key]
    data[way[-1]] = value


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(sorted(ways(FULL)[1:], key=str)), ODD), min_size=1, max_size=3))
def test_any_data_is_a_scenario_or_told(changes: list[tuple[tuple[Any, ...], Any]]) -> None:
    data = copy.deepcopy(FULL)
    for way, value in sorted(changes, key=lambda change: -len(change[0])):
        put(data, way, value)
    mistakes = said(data)
    if mistakes:
        assert all(mistake and "\n" not in mistake for mistake in mistakes)
        return
    scenario = Scenario.model_validate(data)
    assert len(scenario.fingerprint) == 64
    assert all(finding.message for finding in warnings(scenario))
    assert scenario.patch({}).fingerprint == scenario.fingerprint
