"""Tables on terminals and in pipes."""

from __future__ import annotations

import io
import unicodedata
from dataclasses import replace

import pytest
from rich.cells import cell_len

from staffing.console.page import PIPE_WIDTH, Column, Page, Table, show, split
from staffing.console.summary import goal_table, summary
from staffing.console.tables import tables
from staffing.console.text import clean, clip, isolate, wrap
from staffing.plan.names import Names
from staffing.plan.plan import Plan
from staffing.plan.records import Context, GoalResult


def wide(weeks: int) -> Table:
    heads = (
        Column("person"),
        Column("all", right=True),
        *(Column(f"{week}\n01-05", right=True) for week in range(weeks)),
    )
    return Table("People", heads, (("سارا", "95%", *["100%+"] * weeks), ("Omid", "5%", *["7%"] * weeks)), kept=2)


@pytest.mark.parametrize("width", [40, 80, 100, 120])
@pytest.mark.parametrize("weeks", [1, 13, 26])
def test_long_horizons_fit_any_terminal(width: int, weeks: int) -> None:
    lines = Page(width).render([wide(weeks)]).splitlines()
    assert max(cell_len(line) for line in lines) <= width
    assert sum(line.count("100%+") for line in lines) == weeks


def test_weeks_are_shared_out_evenly() -> None:
    widths = [len(piece.columns) - 2 for piece in split(wide(26), 80)]
    assert widths == [9, 9, 8]  # two columns of 6 leave 66 of 80, room for nine of 7


def test_a_right_to_left_name_stays_in_its_column() -> None:
    piped = Page(80).render([wide(3)])
    seen = Page(80, terminal=True).render([wide(3)])
    assert "\u2068سارا\u2069" in seen
    assert "\u2068" not in piped
    row = next(line for line in piped.splitlines() if "سارا" in line)
    other = next(line for line in piped.splitlines() if "Omid" in line)
    assert cell_len(row[: row.index("100%+")]) == cell_len(other[: other.index("7%")]) - 3  # right-aligned


def test_text_from_a_file_can_neither_colour_nor_move_nor_mark_up() -> None:
    evil = "\x1b[31mred\x07\u202e[bold]b[/bold]\r\nx\u2028y\ud800"
    text = Page(80).render([evil, Table("t\x1b", (Column("a"),), ((evil,),))])
    assert "[bold]b[/bold]" in text
    assert not [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf", "Cs", "Zl")]


def test_joiners_of_persian_are_kept() -> None:
    assert clean("می\u200cشود") == "می\u200cشود"


def test_a_long_name_is_shortened() -> None:
    assert clip("Quellmark Mineral Water", 10) == "Quellmark…"
    assert cell_len(clip("日本語日本語", 6)) <= 6


def test_a_long_head_is_broken_between_words() -> None:
    assert wrap("One account manager and two", 12) == "One account\nmanager and\ntwo"
    assert wrap("Donaudampfschifffahrt", 12) == "Donaudampfs…"


def test_only_right_to_left_text_is_isolated() -> None:
    assert isolate("Sara") == "Sara"
    assert isolate("سارا") == "\u2068سارا\u2069"


def test_a_pipe_gets_no_control_characters(plan: Plan) -> None:
    text = Page(PIPE_WIDTH).render([*summary(plan, Page()), *tables(plan, Page())])
    assert not [char for char in text if char != "\n" and unicodedata.category(char) in ("Cc", "Cf")]


def test_a_pipe_is_as_wide_as_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "72")
    assert Page.of(io.StringIO()) == Page(72)
    monkeypatch.delenv("COLUMNS")
    assert Page.of(io.StringIO()) == Page(PIPE_WIDTH)


def test_a_terminal_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "90")
    assert Page.of(terminal) == Page(90, terminal=True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr("sys.stdout", terminal)
    show([wide(1)])
    assert "\x1b[1mPeople\x1b[0m" in terminal.getvalue()


@pytest.mark.parametrize("width", [80, 100, 120])
def test_a_summary_fits_the_terminal(width: int, plan: Plan) -> None:
    text = Page(width).render(summary(plan, Page(width)))
    assert max(cell_len(line) for line in text.splitlines()) <= max(width, 100)


def test_the_summary_says_what_is_delivered_late_waiting_and_proven(plan: Plan) -> None:
    text = Page().render(summary(replace(plan, hired=("new",)), Page()))
    for words in (
        "Nova: feasible, not proven: value.",
        "3 tasks delivered, 1 of them late; 1 waiting.",
        "Cost 2,015.5 EUR",
        "Hired: New PM.",
        "Late: 1",
        "no room found in the time given",
        "106%+",
        "90%",
        "no budget",
    ):
        assert words in text


def test_the_summary_says_which_goals_are_not_bounded(plan: Plan) -> None:
    late = GoalResult("lateness", 12, 12, None, 12, False)
    rows = goal_table(replace(plan, goals=(*plan.goals, late))).rows
    assert [row[3] for row in rows] == ["0", "56", "not bounded"]
    assert rows[-1] == ("weighted weeks late", "12", "12", "not bounded", "no")


def test_weeks_are_dated_in_the_calendar_of_the_scenario(plan: Plan) -> None:
    assert isinstance(plan.context, Context)
    jalali = replace(plan, context=replace(plan.context, system="jalali"))
    assert " 10-15" in Page().render(tables(jalali, Page(), "schedule"))  # 2026-01-05 is 1404-10-15


def test_two_people_of_one_name_are_told_apart(plan: Plan) -> None:
    assert isinstance(plan.context, Context)
    people = tuple(replace(person, name="Sara") for person in plan.context.people)
    text = Page().render(tables(replace(plan, context=replace(plan.context, people=people)), Page(), "people"))
    assert "Sara (sara)" in text
    assert "Sara (omid)" in text


def test_a_summary_stays_short_and_puts_occurrences_together(plan: Plan) -> None:
    (idea,) = (result for result in plan.results if result.state == "waiting")
    talks = [replace(idea, task=f"talk@{week}", value=2) for week in range(1, 9)]
    others = [replace(idea, task=f"other-{number}") for number in range(20)]
    text = Page().render(summary(replace(plan, results=(*talks, *others), assigned=()), Page()))
    assert "Waiting: 28" in text
    (talk,) = (line.split() for line in text.splitlines() if "Talk" in line)
    assert talk[:9] == ["Nova", "Water", "Talk", "×8", "4", "1", "to", "8", "16"]  # the plan knows hours of two of them
    assert "and 9 more tasks" in text  # 21 rows, of which 12 are shown


def test_a_right_to_left_scenario_does_not_turn_its_line_around(plan: Plan) -> None:
    persian = replace(plan, scenario="آژانس \u2069\u202e ۱۴۰۵")
    assert (
        Page(100, terminal=True)
        .render(summary(persian, Page(100, terminal=True)))
        .startswith("\u2068آژانس  ۱۴۰۵\u2069: feasible")
    )
    assert "\u2068" not in Page().render(summary(persian, Page()))


def test_what_waits_is_told_with_client_project_hours_and_due_week(plan: Plan) -> None:
    lines = Page(80).render(tables(plan, Page(80), "waiting")).splitlines()
    first = next(number for number, line in enumerate(lines) if "An idea" in line)
    assert lines[first].split()[:7] == ["Nova", "Water", "An", "idea", "8", "3", "16"]
    assert lines[first + 1].split()[:3] == ["Spring", "site", "idea"]


def test_occurrences_that_fare_alike_share_a_row_and_others_do_not(plan: Plan) -> None:
    (idea,) = (result for result in plan.results if result.state == "waiting")
    talks = [replace(idea, task=f"talk@{week}", reason="budget" if week == 5 else "capacity") for week in range(1, 14)]
    assert isinstance(plan.context, Context)
    known = tuple(replace(plan.context.tasks[1], id=talk.task) for talk in talks)
    found = replace(plan, results=tuple(talks), context=replace(plan.context, tasks=known))
    lines = Page().render(tables(found, Page(), "waiting")).splitlines()
    assert [line.split()[2:8] for line in lines if "Talk" in line] == [
        ["Talk", "×12", "24", "1", "to", "13"],
        ["Talk", "2", "5", "16", "the", "budget"],
    ]


def test_a_task_need_not_say_its_client_again(plan: Plan) -> None:
    assert isinstance(plan.context, Context)
    tasks_named = tuple(replace(task, name=f"Nova Water: {task.name}") for task in plan.context.tasks)
    named = replace(plan, context=replace(plan.context, tasks=tasks_named))
    assert Names(named).work("idea") == "An idea"
    alike = replace(plan, context=replace(plan.context, tasks=(replace(plan.context.tasks[3], name="Nova Waterways"),)))
    assert Names(alike).work("idea") == "Nova Waterways"


def test_a_schedule_is_of_projects_where_that_is_asked_for(plan: Plan) -> None:
    assert isinstance(plan.context, Context)
    first, *others = plan.context.tasks
    context = replace(plan.context, tasks=(replace(first, project="spring"), *others))
    parts = tables(replace(plan, context=context), Page(), "schedule", "project")
    titles = [part.title for part in parts if isinstance(part, Table)]
    assert titles == ["Nova Water", "Nova Water: Spring site"]  # first what belongs to no project
