"""The one door through which a script adds constraints of its own to the model."""

from __future__ import annotations

from typing import Any

from ortools.sat.python import cp_model

from staffing.errors import StaffingError
from staffing.solving.model import Model, total


class Door:
    """The model, in the words of the scenario.

    Every question gives a CP-SAT expression, 0 where the answer is no whatever the plan. Add constraints with
    ``door.cp.add(...)``; they hold for the plan, and every bound proven takes them into account.

    Attributes
    ----------
    cp
        The :class:`ortools.sat.python.cp_model.CpModel`.

    Examples
    --------
    Sara owns no more than three of the pitches::

        def at_most_three(door):
            door.cp.add(sum(door.owns(task, "sara") for task in pitches) <= 3)

        staffing.solve(scenario, extend=at_most_three)
    """

    def __init__(self, model: Model) -> None:
        self.cp: cp_model.CpModel = model.cp
        self._model = model
        self._jobs = {job.id: number for number, job in enumerate(model.problem.jobs)}
        self._people = {person.id: number for number, person in enumerate(model.problem.people)}

    def delivered(self, task: str) -> Any:
        """Whether a task is delivered, 0 or 1."""
        return self._model.delivered.get(self._jobs.get(task, -1), 0)

    def owns(self, task: str, staff: str) -> Any:
        """Whether a person owns a task, 0 or 1."""
        return self._model.owns.get((self._jobs.get(task, -1), self._person(staff)), 0)

    def steps(self, task: str, staff: str, week: int) -> Any:
        """Grid steps that a person works on a task in a week; hours are steps × the scenario's `step`."""
        cell = self._model.hours.get((self._jobs.get(task, -1), self._person(staff), week - 1))
        return 0 if cell is None else total([cell])

    def hired(self, staff: str) -> Any:
        """Whether a placeholder is hired, 0 or 1; 1 for people who are there anyway."""
        flag = self._model.hired(self._person(staff))
        return 1 if flag is None else flag

    def _person(self, staff: str) -> int:
        if staff not in self._people:
            raise StaffingError(f'"{staff}" is nobody of this scenario: {", ".join(self._people)}')
        return self._people[staff]
