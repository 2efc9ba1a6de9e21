"""Charts of a plan for notebooks, with Altair: the extra ``notebook``.

>>> import staffing
>>> from staffing.report.charts import heat_map
>>> heat_map(staffing.Plan.load("plan.json"))  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from staffing.console.clients import budgets, used, whose
from staffing.plan.names import Names, task_of
from staffing.report.heat import heat as heat_of
from staffing.report.language import ENGLISH_PAGE, plain
from staffing.report.names import Told
from staffing.scenario.dates import first_day

if TYPE_CHECKING:
    import altair

    from staffing.plan.plan import Plan

ROW = 22
"""Height of a row in pixels."""
LABEL = 0
"""Names of rows stand whole: there is no limit to their pixels."""
KIND_COLOURS = {"strategic": "#17406f", "tactical": "#98c2ea"}


def heat_map(plan: Plan) -> altair.LayerChart:
    """Draw a row for each person and a column for each week: colours show utilisation, cells the planned hours.

    Raises
    ------
    ModuleNotFoundError
        Without Altair, with how to install it.
    """
    alt = _altair()
    told = Told(plan, ENGLISH_PAGE)
    names = Names(plan)
    rows = [
        {
            "person": plain(names.person(person.id)),
            "week": week,
            "hours": cell.hours,
            "overtime": cell.overtime,
            "utilisation": cell.share,
        }
        for person, row in zip(told.people, _rows(told), strict=True)
        for week, cell in row.items()
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("week:O", axis=alt.Axis(labelAngle=0)),
        y=alt.Y("person:N", sort=None, title=None, axis=alt.Axis(labelLimit=LABEL)),
    )
    colour = alt.Color("utilisation:Q", scale=alt.Scale(scheme="blues", domain=[0, 1.2]), legend=alt.Legend(format="%"))
    cells = base.mark_rect().encode(color=colour, tooltip=["person:N", "week:O", "hours:Q", "overtime:Q"])
    numbers = base.mark_text(baseline="middle").encode(
        text="hours:Q",
        color=alt.condition("datum.utilisation > 0.7", alt.value("white"), alt.value("black")),
    )
    chart: altair.LayerChart = (cells + numbers).properties(height=alt.Step(ROW), width=alt.Step(2 * ROW))
    return chart


def _rows(told: Told) -> list[dict[int, Any]]:
    """Cells of each person, in the order of people, whatever their roles."""
    rows = {row.link: row.cells for group in heat_of(told).groups for row in group.rows}
    return [rows[person.number] for person in told.people]


def gantt(plan: Plan) -> altair.LayerChart:
    """Draw when each delivered task is worked on and by whom; a strategic one begins with a diamond.

    The occurrences of a repeating task share a row.

    Raises
    ------
    ModuleNotFoundError
        Without Altair, with how to install it.
    """
    alt = _altair()
    names = Names(plan)
    clients = {entry.task: entry.client for entry in plan.assigned}
    kinds = {entry.task: entry.kind for entry in plan.assigned}
    rows = [
        {
            "row": plain(f"{names.client(clients[result.task])}: {names.task(result.task)} ({task_of(result.task)})"),
            "owners": plain(names.people(result.owners)),
            "kind": kinds[result.task],
            "from": first_day(result.first_week, plan.start).isoformat(),
            "to": first_day(result.last_week + 1, plan.start).isoformat(),
            "hours": result.hours,
            "weeks late": result.weeks_late,
        }
        for result in sorted(plan.results, key=lambda result: clients.get(result.task, ""))
        if result.first_week is not None and result.last_week is not None and result.task in clients
    ]
    base = alt.Chart(alt.Data(values=rows)).encode(
        x=alt.X("from:T", title=None), y=alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=LABEL))
    )
    colour = alt.Color("kind:N", scale=alt.Scale(domain=list(KIND_COLOURS), range=list(KIND_COLOURS.values())))
    tooltip = ["row:N", "owners:N", "kind:N", "hours:Q", "weeks late:Q"]
    bars = base.mark_bar().encode(x2="to:T", color=colour, tooltip=tooltip)
    shape = alt.Shape("kind:N", scale=alt.Scale(domain=list(KIND_COLOURS), range=["diamond", "circle"]))
    marks = base.mark_point(filled=True, color="white", stroke="black").encode(shape=shape)
    owners = base.mark_text(align="left", dx=4).encode(x="to:T", text="owners:N")
    chart: altair.LayerChart = (bars + marks + owners).properties(height=alt.Step(ROW), width=40 * ROW)
    return chart


def burn(plan: Plan) -> altair.LayerChart:
    """Draw what is used of each budget in each period, and the budget itself as a line to the right of it.

    Raises
    ------
    ModuleNotFoundError
        Without Altair, with how to install it.
    """
    alt = _altair()
    names = Names(plan)
    rows = [
        {
            "row": plain(f"{_whose(names, entry)}, {entry['period']}"),
            "used": entry["burn"] + entry["spent"],
            "amount": entry["amount"],
            "share": used(entry),
        }
        for entry in budgets(plan)
    ]
    currency = plan.context.currency if plan.context is not None else ""
    base = alt.Chart(alt.Data(values=rows)).encode(
        y=alt.Y("row:N", sort=None, title=None, axis=alt.Axis(labelLimit=LABEL))
    )
    tooltip = ["row:N", "used:Q", "amount:Q", alt.Tooltip("share:Q", format=".0%")]
    bars = base.mark_bar(color=KIND_COLOURS["strategic"]).encode(
        x=alt.X("used:Q", title=plain(currency) or None), tooltip=tooltip
    )
    lines = base.mark_tick(color="black", thickness=2).encode(x="amount:Q", tooltip=tooltip)
    chart: altair.LayerChart = (bars + lines).properties(height=alt.Step(ROW), width=30 * ROW)
    return chart


def _whose(names: Names, entry: dict[str, Any]) -> str:
    what, id_ = whose(entry)
    return names.client(id_) if what == "client" else names.project(id_)


def _altair() -> Any:
    try:
        import altair
    except ModuleNotFoundError:
        raise ModuleNotFoundError("charts need Altair: pip install 'staffing[notebook]'") from None
    return altair
