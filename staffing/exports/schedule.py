"""The schedule as a sheet: a row for each task and owner, a column for each week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from staffing.console.weeks import week_columns, week_numbers
from staffing.exports.sheets import NOTE, PLAIN, TOTAL, Cell, Look, Row, Sheet, amount, table, text
from staffing.plan.names import Names, task_of
from staffing.plan.records import Allocation, TaskResult

if TYPE_CHECKING:
    from staffing.plan.plan import Plan

TITLES = (
    "client",
    "project",
    "task",
    "id",
    "times",
    "kind",
    "state",
    "owner",
    "first week",
    "last week",
    "weeks late",
    "hours",
)
KEPT = 3
_COLOURS = {"strategic": "#D6E4F5", "tactical": "#FBE3C8"}
_LATE = "#C00000"
_CENTRED = Look(align="center")
_LEGEND = (
    "blue: strategic, orange: tactical, bold red: after it was due, italic on stripes: worked before the re-plan, "
    "italic: promised"
)


def schedule_sheet(plan: Plan) -> Sheet:
    """Show who does what in which week.

    The occurrences of a repeating task share a row, as each has its weeks to itself; ``times`` says how many they are.
    """
    results = {result.task: result for result in plan.results}
    names, weeks = Names(plan), week_numbers(plan)
    lines = _lines(plan, names)
    rows = [_row(plan, names, weeks, line, results) for line in lines]
    return table(
        "Schedule",
        (*TITLES, *(column.title for column in week_columns(plan))),
        [
            _parted(row) if number and line[0].client != lines[number - 1][0].client else row
            for number, (line, row) in enumerate(zip(lines, rows, strict=True))
        ],
        below=(_totals(plan), (text(_LEGEND, NOTE),)) if rows else (),
        empty="Nothing is planned.",
        kept=KEPT,
        weeks=len(weeks),
    )


def _lines(plan: Plan, names: Names) -> list[list[Allocation]]:
    """Group the allocations by row: clients in the scenario's order, projects together, the earliest first."""
    found: defaultdict[tuple[str, str, str], list[Allocation]] = defaultdict(list)
    for entry in plan.assigned:
        found[entry.client, task_of(entry.task), entry.staff].append(entry)
    lines = [sorted(line, key=lambda entry: entry.week) for line in found.values()]
    places = {client.id: place for place, client in enumerate(plan.context.clients)} if plan.context else {}
    projects = {project.id: place for place, project in enumerate(plan.context.projects)} if plan.context else {}

    def order(line: list[Allocation]) -> tuple[int, str, int, int]:
        first = line[0]
        project = projects.get(names.about(first.task).project or "", -1)
        return places.get(first.client, len(places)), first.client, project, first.week

    return sorted(lines, key=order)


def _row(
    plan: Plan, names: Names, weeks: Sequence[int], line: Sequence[Allocation], results: dict[str, TaskResult]
) -> Row:
    first = line[0]
    tasks = [results[task] for task in dict.fromkeys(entry.task for entry in line) if task in results]
    late = max((result.weeks_late for result in tasks), default=0)
    return (
        text(names.client(first.client)),
        text(names.whose(first.task)[1]),
        text(names.work(first.task)),
        text(task_of(first.task)),
        amount(len({entry.task for entry in line}), _CENTRED),
        text(first.kind),
        text(_states(tasks), Look(font_color=_LATE, bold=True) if late else PLAIN),
        text(names.person(first.staff)),
        amount(first.week, _CENTRED),
        amount(line[-1].week, _CENTRED),
        amount(late or None, _CENTRED),
        amount(sum(entry.hours for entry in line), Look(bold=True)),
        *_weeks(plan, weeks, line, results),
    )


def _states(tasks: Sequence[TaskResult]) -> str:
    """Return the state of a task, or those of the occurrences that share a row: ``10 delivered, 2 late``."""
    states = Counter(result.state for result in tasks)
    if len(states) == 1:
        return next(iter(states))
    return ", ".join(f"{count} {state}" for state, count in states.items())


def _weeks(
    plan: Plan, weeks: Sequence[int], line: Sequence[Allocation], results: dict[str, TaskResult]
) -> list[Cell | None]:
    hours: defaultdict[int, float] = defaultdict(float)
    looks: dict[int, Look] = {}
    for entry in line:
        hours[entry.week] += entry.hours
        looks[entry.week] = _look(entry, results.get(entry.task), plan.is_promised(entry))
    return [amount(hours[week], looks[week]) if week in looks else None for week in weeks]


def _look(entry: Allocation, result: TaskResult | None, promised: bool) -> Look:
    look = Look(bg_color=_COLOURS[entry.kind], align="center")
    if promised:
        look = replace(look, italic=True)
    elif entry.fixed:
        look = replace(look, italic=True, pattern=14, font_color="#404040")
    if result is not None and result.weeks_late and result.last_week is not None:
        due = result.last_week - result.weeks_late
        look = replace(look, bold=True, font_color=_LATE) if entry.week > due else look
    return look


def _parted(row: Row) -> Row:
    """Draw a line above a client's first row."""
    return tuple(
        Cell(cell.value, replace(cell.look, top=1, top_color="#8FA3B0"))
        if cell is not None
        else Cell(None, Look(top=1, top_color="#8FA3B0"))
        for cell in row
    )


def _totals(plan: Plan) -> Row:
    hours: defaultdict[int, float] = defaultdict(float)
    for entry in plan.assigned:
        hours[entry.week] += entry.hours
    lead = (text("all", TOTAL), *(Cell(None, TOTAL) for _ in TITLES[2:]))
    weeks = (amount(hours[week], replace(TOTAL, align="center")) for week in week_numbers(plan))
    return (*lead, amount(sum(hours.values()), TOTAL), *weeks)
