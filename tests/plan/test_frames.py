"""The tables of a plan."""

from dataclasses import replace

import pandas as pd

from plan.test_plan_file import some_plan
from plan.worlds import facts, plan, scenario


def test_allocations() -> None:
    table = some_plan().allocations
    assert list(table.columns) == ["task", "client", "kind", "staff", "week", "week_start", "hours", "fixed"]
    assert table.iloc[0].tolist() == ["a", "nova", "tactical", "omid", 1, pd.Timestamp("2026-01-05"), 4.0, True]


def test_tasks() -> None:
    table = some_plan().tasks.set_index("task")
    assert table.loc["a", "owners"] == ("pm",)
    assert table.loc["a", "hours"] == 10.0
    assert table.first_week.isna().to_dict() == {"a": False, "b": False, "c": True, "d": False}
    assert table.loc["c", "reason"] == "no_eligible_staff"


def test_people_have_a_row_for_each_week() -> None:
    table = some_plan().people
    assert len(table) == 3 * 4
    row = table[(table.staff == "omid") & (table.week == 3)].iloc[0]
    assert row[["hours", "strategic", "tactical", "overtime", "capacity"]].tolist() == [41.0, 0.0, 41.0, 1.0, 40.0]
    assert row.utilisation == 1.025


def test_hours_of_people_add_up_as_decimals() -> None:
    (one, *_) = some_plan().assigned
    table = replace(some_plan(), assigned=(replace(one, hours=0.1), replace(one, task="b", hours=0.2))).people
    assert table[(table.staff == "omid") & (table.week == 1)].iloc[0].hours == 0.3


def test_people_not_hired_have_none() -> None:
    assert set(replace(some_plan(), hired=()).people.staff) == {"sara", "omid"}


def test_people_without_a_context_are_those_with_hours() -> None:
    table = replace(some_plan(), context=None).people
    assert table[["staff", "week", "hours"]].to_numpy().tolist() == [
        ["omid", 1, 4.0],
        ["pm", 2, 6.0],
        ["omid", 3, 41.0],
        ["sara", 2, 1.0],
    ]
    assert table.capacity.isna().all()


def test_clients() -> None:
    table = some_plan().clients
    assert list(table.columns) == ["client", "project", "period", "burn", "amount", "spent"]
    assert table.iloc[0][["client", "period", "burn"]].tolist() == ["nova", "horizon", 4180.0]  # 51 × 80 + 100


def test_tables_of_an_empty_plan_have_their_columns() -> None:
    empty = replace(plan(facts(scenario(), {})), metrics={})
    assert [len(table) for table in (empty.allocations, empty.tasks, empty.clients)] == [0, 0, 0]
    assert len(replace(empty, context=None).people) == 0


def test_html_is_escaped() -> None:
    html = some_plan()._repr_html_()
    assert "نوا &amp; &lt;b&gt;zeta&lt;/b&gt;" in html
    assert "3 of 4 tasks" in html
