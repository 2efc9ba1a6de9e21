"""Heat map, schedule, budgets, waiting list and everybody's weeks, as the templates get them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plan.small import hours

from report.plans import drawn
from staffing.plan.obstacles.records import Because, Obstacle
from staffing.plan.records import BudgetContext, Promise, WorkContext
from staffing.report.burn import Burnt, burn
from staffing.report.gantt import Piece, gantt
from staffing.report.heat import Cell, blocks, heat
from staffing.report.names import Told
from staffing.report.page import page
from staffing.report.tasks import late, waiting
from staffing.report.weeks import pages
from staffing.report.worked import worked


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        (Cell(0, 0, 0), "off"),
        (Cell(0, 0, 40), "h0"),
        (Cell(16, 0, 40), "h1"),
        (Cell(28, 0, 40), "h2"),
        (Cell(36, 0, 40), "h3"),
        (Cell(40, 0, 40), "h4"),
        (Cell(42, 2, 40), "over"),
        (Cell(42, 2, 400, several=True), "h1"),  # one person's overtime does not colour a whole role
        (Cell(8, 0, None), "h2"),  # capacity not known
        (Cell(8, 0, 0), "h2"),  # history in a week off
    ],
)
def test_cells_are_as_dark_as_they_are_full(cell: Cell, level: str) -> None:
    assert cell.level == level


def test_the_heat_map_has_people_by_role_and_their_sum(told: Told) -> None:
    drawn_map = heat(told)
    assert [(group.role.striptags(), len(group.rows)) for group in drawn_map.groups] == [
        ("Account manager", 1),
        ("Project manager", 1),  # the placeholder is not hired
    ]
    assert drawn_map.total.hours == 56.5
    assert drawn_map.total.cells[2] == Cell(46.5, 2.5, 80.0, several=True)
    assert drawn_map.total.cells[3].share == 0.0
    assert not drawn_map.folded


def test_many_people_are_folded_and_many_weeks_cut_into_quarters() -> None:
    drawn_map = heat(Told.of(drawn(people=40, tasks=50, weeks=30)))
    assert drawn_map.folded
    assert [len(block) for block in drawn_map.blocks] == [13, 13, 4]
    assert blocks([]) == ()


def test_occurrences_share_a_row_and_gaps_are_one_piece(told: Told) -> None:
    (schedule,) = gantt(told).schedules
    assert schedule.client.striptags() == "Nova Water"
    assert schedule.hours == {"strategic": 12.0, "tactical": 44.5}
    assert schedule.tasks == 3
    plan, talk = schedule.bars
    assert (plan.task.striptags(), plan.other.striptags(), plan.kind, plan.hours) == (
        *("Account plan", "Sara", "strategic", 12.0),
    )
    assert plan.weeks_late == 1
    assert plan.pieces == (Piece(1, 8.0, fixed=True), Piece(1, 4.0, late=True), Piece(1))  # due in week 1
    assert talk.pieces == (Piece(1, 2.0), Piece(1, 42.5), Piece(1))


def test_marks_are_explained_where_they_stand(told: Told) -> None:
    chart = gantt(told)
    assert (chart.any_late, chart.any_fixed, chart.frame.dense, chart.folded) == (True, True, False, False)
    assert chart.frame.months == (("Jan", 3),)


def test_weeks_in_a_row_are_one_bar_where_weeks_are_many() -> None:
    plan = drawn(people=3, tasks=4, weeks=20, clients=1)
    chart = gantt(Told.of(plan))
    assert chart.frame.dense
    pieces = [piece for bar in chart.schedules[0].bars for piece in bar.pieces]
    assert Piece(4, 26.0) in pieces  # the fourth task: 6.5 hours in each of four weeks
    assert all(sum(piece.weeks for piece in bar.pieces) == 20 for bar in chart.schedules[0].bars)


def test_work_for_a_client_nobody_knows_is_shown_all_the_same(told: Told) -> None:
    assigned = (*told.plan.assigned, hours("more", "tactical", "omid", 3, 1.0, client="zeta"))
    chart = gantt(Told.of(replace(told.plan, assigned=assigned)))
    assert [schedule.client.striptags() for schedule in chart.schedules] == ["Nova Water", "zeta"]


def test_budgets_of_the_same_periods_share_a_table(told: Told) -> None:
    chart = burn(told)
    assert [periods for periods, _ in chart.tables] == [("2026-01",), ("horizon",)]
    (name, row) = chart.tables[0][1][0]
    assert name.striptags() == "Nova Water"
    assert row["2026-01"] == Burnt(4500, 250, 5000, 0.95)
    assert chart.tables[1][1][0][0].striptags() == "project Launch site"
    assert chart.without.striptags() == "Brio Books"
    assert chart.widest == 1


def test_no_bar_is_longer_than_its_budget() -> None:
    burnt = Burnt(4500, 250, 5000, 0.95)
    assert (burnt.width(250), burnt.width(9000)) == ("5", "100")
    assert Burnt(0, 0, 0, None).width(0) == "0"


def test_what_waits_is_grouped_by_reason_the_dearest_first(told: Told) -> None:
    (because,) = waiting(told)
    assert (because.reason, because.tasks, because.value) == ("no room found in the time given", 1, 16)
    assert [row.task.striptags() for row in because.rows] == ["An idea"]
    groups = waiting(Told.of(drawn(people=5, tasks=200, weeks=8, clients=3)))
    assert [group.value for group in groups] == sorted((group.value for group in groups), reverse=True)


def test_what_waits_tells_what_is_in_the_way_where_the_plan_says_it(told: Told) -> None:
    assert told.plan.context is not None
    ((row,),) = (group.rows for group in waiting(told))
    assert row.why is None
    obstacle = Obstacle("hours", "sara", weeks=(1, 2), needed=8, left=1)
    context = replace(told.plan.context, because=(Because(row.id.striptags(), obstacle),))
    plan = replace(told.plan, context=context)
    (group,) = waiting(Told.of(plan))
    assert (str(group.reason), group.told) == ("nobody has enough hours left", True)
    assert group.rows[0].why is not None
    assert group.rows[0].why.striptags() == "Sara has 1 hour left in weeks 1 to 2; the task needs 8."
    assert "Sara</bdi> has 1 hour left" in page([plan])


def test_what_waits_is_told_with_client_project_hours_and_due_week(told: Told) -> None:
    ((row,),) = (because.rows for because in waiting(told))
    assert (row.whose.striptags(), row.hours, row.due, row.times) == ("Nova Water, Launch site", 8, "3", 1)
    assert told.called(["talk@1", "talk@2"]).striptags() == "Talk ×2 (Nova Water, 4 h, weeks 1 to 2)"
    assert told.called(["odd@7"]).striptags() == "odd@7 (week 7)"  # of which the plan knows nothing


def test_bars_of_a_project_stand_together_after_those_of_none(told: Told) -> None:
    assert told.plan.context is not None
    first, *others = told.plan.context.tasks
    context = replace(told.plan.context, tasks=(replace(first, project="launch"), *others))
    (schedule,) = gantt(Told.of(replace(told.plan, context=context))).schedules
    assert [(bar.task.striptags(), bar.project.striptags()) for bar in schedule.bars] == [
        ("Talk", ""),
        ("Account plan", "Launch site"),
    ]


def test_budgets_part_what_is_worked_from_what_is_planned(told: Told) -> None:
    assert told.plan.context is not None
    worked = (BudgetContext("nova", None, "2026-01", 800, 1, 3),)
    chart = burn(Told.of(replace(told.plan, context=replace(told.plan.context, budgets=worked))))
    burnt = chart.tables[0][1][0][1]["2026-01"]
    assert (burnt.worked, burnt.planned, burnt.left) == (800, 3700, 250)
    assert chart.any_worked
    assert not burn(told).any_worked


def test_what_was_worked_stands_beside_what_was_planned(told: Told) -> None:
    assert told.plan.context is not None
    new = replace(told.plan, assigned=tuple(entry for entry in told.plan.assigned if not entry.fixed))
    assert worked(Told.of(new)) == ()
    done = (WorkContext("plan", "nova", "launch", "Nova Water: plan", "sara", 8.0, 2.0),)
    plan = replace(told.plan, context=replace(told.plan.context, work=done))
    (row,) = worked(Told.of(plan))
    assert (row.task.striptags(), row.whose.striptags(), row.person.striptags()) == (
        *("plan", "Nova Water, Launch site", "Sara"),
    )
    assert (row.planned, row.worked, row.left, row.over) == (10, 8, 4, 2)
    assert 'id="actuals"' in page([plan])
    assert 'id="actuals"' not in page([new])


def test_a_reason_that_is_not_told_is_a_dash(told: Told) -> None:
    results = tuple(replace(result, reason=None) for result in told.plan.results)
    assert waiting(Told.of(replace(told.plan, results=results)))[0].reason == "–"


def test_what_is_late_tells_when_it_was_due(told: Told) -> None:
    (row,) = late(told)
    assert (row.due, row.last_week, row.weeks_late, row.owners.striptags()) == ("1", "2", 1, "Sara")


def test_everybody_has_a_page_of_weeks(told: Told) -> None:
    sara, omid = pages(told)
    assert [week.number for week in sara.weeks] == [1, 2]
    assert (omid.weeks[1].hours, omid.weeks[1].capacity, omid.weeks[1].overtime) == (42.5, 40.0, 2.5)
    assert omid.weeks[1].day == "12 Jan"
    assert sara.weeks[0].items[0].fixed


def test_a_long_horizon_is_a_chart_for_each_quarter_a_person_works_in() -> None:
    plan = drawn(people=3, tasks=4, weeks=20, clients=1)
    first, *_ = pages(Told.of(plan))
    assert first.weeks == ()
    (sheet,) = first.sheets  # there is nothing to do after week 13
    assert sheet.frame.weeks == tuple(range(1, 14))
    assert not sheet.frame.dense
    assert sum(cell.hours for cell in sheet.sums) == sum(bar.hours for bar in sheet.bars)


def test_a_plan_without_its_context_knows_hours_alone(told: Told) -> None:
    alone = Told.of(replace(told.plan, context=None))
    assert [person.id for person in alone.people] == ["omid", "sara"]
    assert heat(alone).total.cells[2] == Cell(46.5, 2.5, None, several=True)
    assert pages(alone)[0].weeks[0].capacity is None
    assert heat(Told.of(replace(told.plan, context=None, assigned=()))).blocks == ()


def test_promised_hours_are_marked_apart_from_what_is_over(told: Told) -> None:
    context = told.plan.context
    assert context is not None
    promised = (Promise("plan", "sara", 1, 8.0),)
    marked = Told.of(replace(told.plan, context=replace(context, promised=promised)))
    chart = gantt(marked)
    assert chart.schedules[0].bars[0].pieces[0] == Piece(1, 8.0, promised=True)
    assert (chart.any_fixed, chart.any_promised) == (False, True)
    assert pages(marked)[0].weeks[0].items[0].promised
    text = page([marked.plan])
    assert "promised" in text
    assert "8=" in text
