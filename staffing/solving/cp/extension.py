"""The extension of the model: the one door through which a script adds constraints of its own."""

from __future__ import annotations

from operator import index
from typing import Any, SupportsIndex

from ortools.sat.python import cp_model

from staffing.errors import StaffingError
from staffing.scenario.directory import Directory
from staffing.scenario.expand import Expanded
from staffing.scenario.findings import Speller, listed
from staffing.scenario.paths import label
from staffing.solving.cp.model import Model
from staffing.solving.cp.variables import total

_FEW = 8
"""Most occurrences that are told one by one."""


class Door:
    """The model extension: the CP-SAT model in the words of the scenario, open to constraints of your own.

    Every question gives a CP-SAT expression, 0 where the answer is no whatever the plan. Add constraints with
    ``door.cp.add(...)``; they hold for the plan, and every bound proven takes them into account. A task, a person or a
    week that the scenario does not have raises :class:`~staffing.errors.StaffingError`, so that no rule is about
    nothing. A repeating task is asked by its occurrences, ``ID@WEEK``.

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

    def __init__(self, model: Model, scenario: Expanded) -> None:
        self.cp: cp_model.CpModel = model.cp
        self._scenario = scenario
        self._model = model
        self._jobs = {job.id: number for number, job in enumerate(model.problem.jobs)}
        self._people = {person.id: number for number, person in enumerate(model.problem.people)}

    def delivered(self, task: str) -> Any:
        """Return whether a task is delivered, 0 or 1."""
        number = self._job(task)
        return 1 if self._scenario.jobs[task].covered else self._model.delivered.get(number, 0)

    def owns(self, task: str, staff: str) -> Any:
        """Return whether a person owns a task, 0 or 1; whoever has promised hours does, if it is delivered."""
        cell = (self._job(task), self._person(staff))
        if staff in self._scenario.promises.people.get(task, ()):
            return self.delivered(task)
        return self._model.owns.get(cell, 0)

    def steps(self, task: str, staff: str, week: SupportsIndex) -> Any:
        """Return the grid steps a person works on a task in a week, promised ones aside; hours are steps × `step`."""
        cell = self._model.hours.get((self._job(task), self._person(staff), self._week(week) - 1))
        return 0 if cell is None else total([cell])

    def hired(self, staff: str) -> Any:
        """Return whether a placeholder is hired, 0 or 1; 1 for people who are there anyway."""
        flag = self._model.hired(self._person(staff))
        return 1 if flag is None else flag

    def _job(self, task: str) -> int:
        """Return the number of a task; -1 for one that no plan delivers, or that is done."""
        if not isinstance(task, str) or task not in self._scenario.jobs:
            raise StaffingError(self._no_task(task))
        return self._jobs.get(task, -1)

    def _no_task(self, task: object) -> str:
        repeating = str(task).rpartition("@")[0] or str(task)
        if any(entry.id == repeating and entry.repeat is not None for entry in self._scenario.scenario.tasks):
            occurrences = [job.id for job in self._scenario.jobs.values() if job.task == repeating]
            if len(occurrences) > _FEW:
                occurrences = [*occurrences[: _FEW - 2], "...", occurrences[-1]]
            wrong = "repeats" if task == repeating else f"is no occurrence of {label(repeating)}"
            which = f"ask for {listed(occurrences, 'or')}" if occurrences else "none begins inside the horizon"
            return f'"{label(str(task))}" {wrong}: {which}'
        return self._unknown("tasks", task, {id_: job.name for id_, job in self._scenario.jobs.items()})

    def _person(self, staff: str) -> int:
        if not isinstance(staff, str) or staff not in self._people:
            people = self._scenario.people
            raise StaffingError(self._unknown("staff", staff, {id_: person.name for id_, person in people.items()}))
        return self._people[staff]

    def _week(self, week: SupportsIndex) -> int:
        last = self._scenario.weeks
        try:
            number = index(week)  # whole numbers of pandas, too
        except TypeError:
            number = 0
        if not 1 <= number <= last:
            raise StaffingError(
                f"week {label(str(week))} is outside the horizon: whole numbers 1 to {last} are allowed"
            )
        return number

    @staticmethod
    def _unknown(kind: str, word: object, names: dict[str, str]) -> str:
        return Directory(kind, names, Speller()).missing(str(word))
