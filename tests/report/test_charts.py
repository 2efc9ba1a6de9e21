"""Charts for notebooks."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from report.plans import small
from staffing.report.charts import burn, gantt, heat_map


def rows(chart: Any) -> list[dict[str, Any]]:
    """Rows a chart draws; what is not valid raises here."""
    (data,) = (
        chart.to_dict()["datasets"].values() if "datasets" in chart.to_dict() else (chart.to_dict()["data"]["values"],)
    )
    assert isinstance(data, list)
    return data


def test_the_heat_map_has_a_cell_for_each_person_and_week() -> None:
    cells = rows(heat_map(small()))
    assert [(cell["person"], cell["week"]) for cell in cells][:4] == [
        ("Sara", 1),
        ("Sara", 2),
        ("Sara", 3),
        ("Omid", 1),
    ]
    assert cells[4] == {"person": "Omid", "week": 2, "hours": 42.5, "overtime": 2.5, "utilisation": 1.0625}


def test_the_gantt_has_a_bar_for_each_delivered_task() -> None:
    bars = rows(gantt(small()))
    assert [(bar["row"], bar["from"], bar["to"]) for bar in bars] == [
        ("Nova Water: Account plan (plan)", "2026-01-05", "2026-01-19"),
        ("Nova Water: Talk (talk)", "2026-01-05", "2026-01-12"),
        ("Nova Water: Talk (talk)", "2026-01-12", "2026-01-19"),
    ]


def test_the_burn_has_a_bar_for_each_budget_and_period() -> None:
    assert [(bar["row"], bar["used"], bar["amount"]) for bar in rows(burn(small()))] == [
        ("Nova Water, 2026-01", 4750, 5000),
        ("Launch site, horizon", 525, 5000),
    ]


@pytest.mark.parametrize("draw", [heat_map, gantt, burn])
def test_names_of_rows_stand_whole(draw: Any) -> None:
    limits = [layer["encoding"]["y"]["axis"]["labelLimit"] for layer in draw(small()).to_dict()["layer"]]
    assert set(limits) == {0}  # no limit


def test_without_altair_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    with pytest.raises(ModuleNotFoundError, match=r"staffing\[notebook\]"):
        burn(small())
