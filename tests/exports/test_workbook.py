"""``plan.xlsx``, read back by another program."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.sax.saxutils import unescape

import pytest
from plan.small import hours
from python_calamine import CalamineWorkbook

from staffing.errors import OutputError
from staffing.exports.text import cell_text
from staffing.exports.workbook import as_workbook, write_workbook
from staffing.plan.plan import Plan
from staffing.plan.records import Baseline, Change, GoalResult

from .hostile import HOSTILE, named

SHEETS = ["Summary", "Schedule", "People", "Clients", "Waiting", "Planned and worked", "Allocations"]
Rows = list[list[Any]]


def read(plan: Plan) -> dict[str, Rows]:
    book = CalamineWorkbook.from_object(io.BytesIO(as_workbook(plan)))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def parts(plan: Plan) -> dict[str, str]:
    """The XML inside."""
    with zipfile.ZipFile(io.BytesIO(as_workbook(plan))) as archive:
        return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def records(rows: Rows) -> list[dict[str, Any]]:
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def solar_hijri(plan: Plan) -> Plan:
    """The same plan of people who reckon by the Solar Hijri calendar."""
    assert plan.context is not None
    return replace(plan, context=replace(plan.context, system="jalali"))


def test_the_sheets_are_always_the_same(plan: Plan) -> None:
    assert list(read(plan)) == SHEETS
    assert list(read(named(plan, "x" * 50))) == SHEETS


def test_what_a_replan_changed_has_a_sheet_of_its_own(plan: Plan) -> None:
    assert plan.context is not None
    week = dt.date(2026, 1, 5)
    change = Change("talk@2", "delivered", "waiting", ("omid",), (), week, week, None, None, "away", "omid")
    again = replace(plan, baseline=Baseline("0" * 64, ()), context=replace(plan.context, changes=(change,)))
    assert list(read(again)) == [*SHEETS[:5], "Changes", *SHEETS[5:]]
    head, row = read(again)["Changes"]
    assert len(head) == len(row)
    assert [row[0], row[1], row[3], row[4], row[6], row[10]] == [
        "Talk",
        "talk@2",
        "Omid",
        week,
        "waiting",
        "Omid is away",
    ]


def test_the_summary_says_what_is_proven(plan: Plan) -> None:
    rows = read(plan)["Summary"]
    assert rows[0][0] == "Nova"
    assert "Feasible, not proven: value." in [row[0] for row in rows]
    heading = [row[0] for row in rows].index("Goals")
    said = {row[0]: row[1:] for row in rows[heading + 2 : heading + 5]}
    assert said["value delivered"][:4] == [40, 40, 56, 40]
    assert said["must work waiting, hours"][4] == "proven: no plan does better"
    assert said["value delivered"][4] == "not proven: the best lies between 40 and 56"
    assert said["cost"][4] == "best is proven; within the limit some of it was given to later goals"


def test_the_summary_says_what_is_not_bounded(plan: Plan) -> None:
    late = GoalResult("lateness", 12, 12, None, 12, False)
    (said,) = [row for row in read(replace(plan, goals=(late,)))["Summary"] if row[0] == "weighted weeks late"]
    assert said[1:5] == [12, 12, "not bounded", 12]
    assert said[5] == "not proven, not bounded: how much better a plan could be is not known"


def test_the_summary_has_measures_roles_and_who_is_hired(plan: Plan) -> None:
    rows = read(plan)["Summary"]
    said = {row[0]: row[1:4] for row in rows}
    assert said["cost, EUR"][0] == 2015.5
    assert said["hours planned"][0] == 56.5
    assert said["value of all tasks not done"][0] == 56  # without a currency: it may be weighted hours
    assert said["planned utilisation"][0] == 0.2825
    assert said["account_manager"] == [12, 0, 0.15]
    assert [rows[at][0] for at in (len(rows) - 5, len(rows) - 4)] == ["Hired", "New PM"]


def test_the_schedule_has_hours_by_week(plan: Plan) -> None:
    head, *rows = read(plan)["Schedule"]
    assert head[-3:] == ["1\n01-05", "2\n01-12", "3\n01-19"]
    assert rows[0] == ["Nova Water", "", "Account plan", "plan", 1, "strategic", "late", "سارا", 1, 2, 1, 12, 8, 4, ""]
    assert rows[1] == [
        "Nova Water",
        "",
        "Talk",
        "talk",
        2,
        "tactical",
        "delivered",
        "Omid",
        1,
        2,
        "",
        44.5,
        2,
        42.5,
        "",
    ]
    assert rows[2][0] == "all"
    assert rows[2][-4:] == [56.5, 10, 46.5, 0]


def test_occurrences_of_several_states_are_counted(plan: Plan) -> None:
    results = tuple(
        replace(task, state="late", weeks_late=2) if task.task == "talk@2" else task for task in plan.results
    )
    row = read(replace(plan, results=results))["Schedule"][2]
    assert row[6] == "1 delivered, 1 late"
    assert row[10] == 2


def test_work_of_a_project_names_it_and_stands_together(plan: Plan) -> None:
    assert plan.context is not None
    first, second, *others = plan.context.tasks
    context = replace(plan.context, tasks=(replace(first, project="spring"), second, *others))
    rows = read(replace(plan, context=context))["Schedule"]
    assert [row[:3] for row in rows[1:3]] == [["Nova Water", "", "Talk"], ["Nova Water", "Spring site", "Account plan"]]


def test_clients_stand_in_the_scenarios_order_and_strangers_last(plan: Plan) -> None:
    stranger = replace(hours("odd", "tactical", "omid", 1, 1.0), client="aaa")
    brio = replace(hours("late-start", "tactical", "omid", 3, 1.0), client="brio")
    rows = read(replace(plan, assigned=(stranger, brio, *plan.assigned)))["Schedule"]
    assert [row[0] for row in rows[1:5]] == ["Nova Water", "Nova Water", "Brio Books", "aaa"]


def test_people_have_utilisation_then_hours_then_overtime(plan: Plan) -> None:
    rows = read(plan)["People"][1:]
    found = {(row[0], row[2]): row[3:] for row in rows}
    assert found["سارا", "utilisation"] == [0.15, 0.2, 0.1, ""]
    assert found["Omid", "utilisation"][2] == 42.5 / 40
    assert found["everybody", "hours"] == [56.5, 10, 46.5, ""]
    assert found["everybody", "capacity"] == [320, 120, 120, 80]
    assert found["Omid", "overtime"] == [2.5, "", 2.5, ""]
    assert ("سارا", "overtime") not in found
    assert not [row for row in rows if row[0] == "Not hired"]


def test_overtime_is_marked_beside_its_number(plan: Plan) -> None:
    assert "0%&quot;+&quot;" in parts(plan)["xl/styles.xml"]
    assert "0%&quot;+&quot;" not in parts(replace(plan, extra_hours=()))["xl/styles.xml"]


def test_clients_have_budgets_by_what_is_worked_planned_and_left(plan: Plan) -> None:
    rows = read(plan)["Clients"]
    assert rows[0] == [
        *(
            "client or project",
            "budget of",
            "period",
            "budget, EUR",
            "spent before, EUR",
            "worked, EUR",
            "planned, EUR",
            "used",
            "left, EUR",
        )
    ]
    assert rows[1] == ["Nova Water", "client", "2026-01", 5000, 250, 800, 3700, 0.95, 250]
    assert rows[2][:7] == ["Spring site", "project", "horizon", 5000, 0, "", 525.25]  # of it nothing is told
    assert rows[-2][:9] == ["Nova Water", "", "", 12, 44.5, 56.5, 460, 1150, 690]
    assert rows[-1][:9] == ["Brio Books", "", "", 0, 0, 0, 0, 0, 0]


def test_money_that_is_not_known_has_no_column(plan: Plan) -> None:
    assert plan.context is not None
    rows = read(replace(plan, context=replace(plan.context, costs=())))["Clients"]
    assert rows[-2] == ["Nova Water", "", "", 12, 44.5, 56.5, "", "", ""]


def test_what_waits_has_its_reason_in_plain_words(plan: Plan) -> None:
    (row,) = records(read(plan)["Waiting"])
    assert [row[title] for title in ("client", "project", "task", "id", "times", "hours", "due week", "value")] == [
        *("Nova Water", "Spring site", "An idea", "idea", 1, 8, "3", 16),
    ]
    assert row["why it waits"] == "no room found in the time given"


def test_what_was_worked_stands_beside_what_was_planned(plan: Plan) -> None:
    (row,) = records(read(plan)["Planned and worked"])
    assert [row[title] for title in ("client", "task", "id", "person", "planned", "worked", "left", "over")] == [
        *("Nova Water", "Account plan", "plan", "سارا", 10, 8, 4, 2),
    ]
    assert plan.context is not None
    new = tuple(entry for entry in plan.assigned if not entry.fixed)
    unbegun = replace(plan, assigned=new, context=replace(plan.context, work=()))
    assert read(unbegun)["Planned and worked"][1][0] == "Nothing was worked yet."


def test_allocations_are_flat_with_real_dates(plan: Plan) -> None:
    rows = records(read(plan)["Allocations"])
    assert len(rows) == len(plan.assigned)
    assert sum(row["hours"] for row in rows) == 56.5
    assert rows[0]["week_start"] == dt.date(2026, 1, 5)
    assert [row["fixed"] for row in rows] == ["yes", "no", "no", "no"]
    assert rows[0]["staff"] == "sara"
    assert rows[0]["staff name"] == "سارا"


def test_persian_sheets_run_from_right_to_left_with_their_own_dates(plan: Plan) -> None:
    persian, western = parts(solar_hijri(plan)), parts(plan)
    for number in range(1, len(SHEETS) + 1):
        assert 'rightToLeft="1"' in persian[f"xl/worksheets/sheet{number}.xml"]
        assert "rightToLeft" not in western[f"xl/worksheets/sheet{number}.xml"]
    sheets = read(solar_hijri(plan))
    assert sheets["Schedule"][0][-3] == "1\n10-15"
    row = records(sheets["Allocations"])[0]
    assert (row["week_start"], row["week start, Solar Hijri"]) == (dt.date(2026, 1, 5), "1404-10-15")


def test_tables_can_be_filtered_and_keep_their_heads_in_view(plan: Plan) -> None:
    inside = parts(plan)
    for number in range(2, len(SHEETS) + 1):
        sheet = inside[f"xl/worksheets/sheet{number}.xml"]
        assert "<autoFilter" in sheet
        assert 'state="frozen"' in sheet
        assert 'orientation="landscape"' in sheet
    assert inside["xl/worksheets/sheet3.xml"].count("<colorScale>") == 1
    assert "<dataBar" in inside["xl/worksheets/sheet4.xml"]
    assert inside["xl/workbook.xml"].count("_xlnm.Print_Titles") == 6


def test_the_same_plan_gives_the_same_bytes(plan: Plan) -> None:
    assert as_workbook(plan) == as_workbook(replace(plan))


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_text_and_nothing_else(name: str, plan: Plan) -> None:
    inside = parts(named(plan, name))
    assert not [part for part in inside if "externalLink" in part or "vba" in part.lower()]
    for part, xml in inside.items():
        assert not re.search(r"<f[ >]|<hyperlink", xml), part
    sheets = read(named(plan, name))
    if cell_text(name).strip() and name != "_x0041_":  # the other program decodes escapes of its own
        assert sheets["Summary"][0][0].strip() == cell_text(name).strip()
        assert sheets["Waiting"][1][2].strip() == cell_text(name).strip()


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_cannot_give_orders_to_the_printer(name: str, plan: Plan) -> None:
    xml = parts(named(plan, name))["xl/worksheets/sheet1.xml"]
    margin = unescape(xml.partition("<oddHeader>")[2].partition("</oddHeader>")[0])
    assert re.findall("&(.)", margin.replace("&&", "")) == ["L", "R"]
    assert len(margin.encode("utf-16-le")) // 2 <= 255


def test_a_plan_without_context_shows_ids(plan: Plan) -> None:
    sheets = read(replace(plan, context=None))
    assert sheets["Schedule"][1][:3] == ["nova", "", "plan"]
    assert {row[2] for row in sheets["People"][1:]} == {"hours", "overtime"}


def test_an_empty_plan_says_so(plan: Plan) -> None:
    empty = replace(plan, goals=(), assigned=(), results=(), extra_hours=(), hired=(), metrics={}, context=None)
    sheets = read(empty)
    assert sheets["Schedule"][1][0] == "Nothing is planned."
    assert sheets["Waiting"][1][0] == "Nothing waits."
    assert sheets["Clients"][1][0] == "There are no budgets."


def test_a_workbook_is_written_whole_or_not_at_all(plan: Plan, tmp_path: Path) -> None:
    file = tmp_path / "plan.xlsx"
    write_workbook(plan, file)
    assert file.read_bytes() == as_workbook(plan)
    assert list(tmp_path.iterdir()) == [file]
    with pytest.raises(OutputError, match="cannot be written"):
        write_workbook(plan, tmp_path / "nowhere" / "plan.xlsx")
    assert list(tmp_path.iterdir()) == [file]
