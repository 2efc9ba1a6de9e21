"""The plan: the answer in words, with its tables and its file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from staffing import showing
from staffing.errors import OutputError
from staffing.plan import frames
from staffing.plan.actuals import actuals
from staffing.plan.answer import Answer
from staffing.plan.baseline import DELIVERED, baseline_tasks, stints
from staffing.plan.document import as_csv, as_document, as_json, read
from staffing.plan.records import Baseline
from staffing.plan.writing import write_whole

if TYPE_CHECKING:
    from pandas import DataFrame


@dataclass(frozen=True, repr=False)
class Plan(Answer):
    """Who does what in which week, what waits and why, and how good that is.

    Attributes
    ----------
    scenario, fingerprint
        Name of the scenario it answers, and the SHA-256 by which it is known again.
    status
        ``optimal`` if every goal is proven, else ``feasible``.
    goals
        How far each goal was reached, most important first.
    assigned
        Allocations by task, person and week in the scenario's order; :attr:`allocations` gives them as a table.
    results
        What becomes of each task; :attr:`tasks` gives it as a table.
    extra_hours
        Overtime by person and week.
    hired
        Placeholders hired.
    holidays
        Public and further holidays inside the horizon.
    baseline
        The earlier plan, in a re-plan.
    metrics
        Measures, as :func:`staffing.plan.metrics.metrics` gives them.
    solver
        What the solver says of its work; no part of the answer.
    context
        Names, capacities and the calendar, for tables; None in a plan file of other making.
    """

    @property
    def allocations(self) -> DataFrame:
        """One row per allocation: task, client, kind, staff, week, week_start, hours, fixed, cost, revenue.

        Cost and revenue add up to those in metrics, to the cent: what belongs to no task of its own, such as idle hours
        of a salary, is spread over the person's hours.
        """
        return frames.allocations(self)

    @property
    def tasks(self) -> DataFrame:
        """One row per task: client, project, name, kind, roles, effort left, due, and what becomes of it."""
        return frames.tasks(self)

    @property
    def people(self) -> DataFrame:
        """One row per person and week; hours are planned hours, utilisation is hours over capacity."""
        return frames.people(self)

    @property
    def actuals(self) -> DataFrame:
        """One row per begun task and person: client, project, task, name, staff, planned, worked, left, over."""
        return actuals(self)

    @property
    def clients(self) -> DataFrame:
        """One row per budget and period: burn, worked, planned, left, and the client's cost, revenue and margin."""
        return frames.clients(self)

    @property
    def changes(self) -> DataFrame:
        """One row per task that is not as in the baseline: what it was, what it is now, and why."""
        return frames.changes(self)

    def as_baseline(self) -> Baseline:
        """Return what a re-plan keeps of this plan: owners, and the first days of the first and last weeks.

        What the hours say leads, where a record of a task says something else.

        Raises
        ------
        PlanError
            Where an allocation can be read in two ways, or has hours that are none.
        """
        return Baseline(self.fingerprint, baseline_tasks(self, stints(self)[0])[0])

    def as_document(self) -> dict[str, Any]:
        """Return the plan file as plain values, keys in the file's order."""
        return as_document(self)

    def to_json(self) -> str:
        """Return the text of the plan file, one record a line."""
        return as_json(self)

    def save(self, path: str | Path) -> None:
        """Write the plan by the suffix of the file, whole or not at all.

        The plan file is .json, its allocations .csv, a workbook .xlsx, a page .html, everybody's calendar .ics.

        Raises
        ------
        OutputError
            Where the file cannot be written, or its name ends in none of these.
        """
        target = Path(path)
        suffix = target.suffix.lower()
        if suffix == ".json":
            write_whole(target, self.to_json(), encoding="utf-8")
        elif suffix == ".csv":
            write_whole(target, as_csv(self), encoding="utf-8-sig")
        elif suffix in showing.suffixes("plan"):
            showing.write("plan", suffix, self, target)
        else:
            known = ", ".join((".json", ".csv", *showing.suffixes("plan")))
            raise OutputError(f"{target} does not say what to write: a plan is saved as {known}")

    @classmethod
    def load(cls, path: str | Path) -> Plan:
        """Read a plan file.

        Raises
        ------
        PlanError
            With every mistake in it, each in one sentence.
        """
        return cls(**read(Path(path)))

    def __repr__(self) -> str:
        """Return in one line what the plan is about, how good it is and what it does."""
        cost = self.metrics.get("cost")
        money = "" if cost is None else f", cost {cost:,} {self.context.currency if self.context else ''}".rstrip()
        waiting = sum(result.state == "waiting" for result in self.results)
        delivered = sum(result.state in DELIVERED for result in self.results)
        tasks = "task" if delivered == 1 else "tasks"
        return f"<Plan {self.scenario!r}: {self.status}, {delivered} {tasks} delivered, {waiting} waiting{money}>"

    def _repr_html_(self) -> str:
        return showing.html("plan", self)
