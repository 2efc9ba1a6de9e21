"""A plan as what a re-plan remembers of it.

Hours lead: who owns a task, and its first and last week, is what the allocations say, also where somebody changed them
by hand and left the rest. What a record says otherwise is told; what could be read in two ways is refused by its name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import isfinite

from staffing.errors import Mistake, PlanError
from staffing.plan.answer import Answer
from staffing.plan.numbers import exact
from staffing.plan.records import Allocation, BaselineTask, State, TaskResult
from staffing.scenario.amounts import MAX_COUNT, MAX_HOURS, plain
from staffing.scenario.dates import first_day

DELIVERED: frozenset[State] = frozenset({"delivered", "late"})


@dataclass(frozen=True, slots=True)
class Stint:
    """An allocation, read."""

    entry: Allocation
    hours: Fraction
    """Above 0, at most 4 decimals."""
    history: bool
    """Whether it was over before the plan began, so that it makes nobody an owner."""
    promised: bool = False
    """Whether it stood whatever the plan, so that it delivers a task only if its record says so."""


def stints(plan: Answer) -> tuple[list[Stint], list[Mistake]]:
    """Return the allocations of a plan that have hours, and a mistake for each that was read otherwise than written.

    Raises
    ------
    PlanError
        With every allocation that has hours below 0 or too many, or whose week and date do not agree.
    """
    wrong = list(_wrong(plan))
    if wrong:
        raise PlanError(wrong)
    began = began_from(plan)
    found, told = [], []
    promised = promised_in(plan)
    stands = [entry.fixed and _cell(entry) in promised for entry in plan.assigned]
    over = [entry.fixed and _is_over(plan, entry.week, began) for entry in plan.assigned]
    over = [past and not promise for past, promise in zip(over, stands, strict=True)]
    cells = Counter(  # of a week that has begun, hours that are over stand beside new ones, and so do promised ones
        (*_cell(entry), past or promise) for entry, past, promise in zip(plan.assigned, over, stands, strict=True)
    )
    for number, (entry, history, promise) in enumerate(zip(plan.assigned, over, stands, strict=True)):
        hours = exact(entry.hours)
        fixed = history or promise
        if hours:
            found.append(Stint(entry, hours, history, promise))
        for what in _odd(entry, hours, fixed, cells.pop((*_cell(entry), fixed), 1)):
            told.append(Mistake(f"{name(entry)} {what}.", f"allocations[{number}]"))
    return found, told


def began_from(plan: Answer, weeks: int = MAX_COUNT) -> int:
    """Return the first week of new hours: the solver's `from_week`, or else the week after the last that is over.

    That is the last with fixed hours other than those promised.
    """
    said = plan.solver.get("from_week")
    if isinstance(said, int) and not isinstance(said, bool) and said >= 1:
        return said
    promised = promised_in(plan)
    over = (entry.week for entry in plan.assigned if entry.fixed and _cell(entry) not in promised)
    return max((week for week in over if 1 <= week <= weeks), default=0) + 1


def promised_in(plan: Answer) -> Mapping[tuple[str, str, int], float]:
    """Return the hours that a plan says are promised, by task, person and week."""
    told = plan.context.promised if plan.context is not None else ()
    return {(entry.task, entry.staff, entry.week): entry.hours for entry in told}


def kept_names(plan: Answer) -> tuple[str, ...]:
    """Return the tasks, people and clients of which the plan kept the hours of its baseline."""
    said = plan.solver.get("keep")
    if plan.baseline is None or not isinstance(said, list | tuple):
        return ()
    return tuple(name for name in said if isinstance(name, str))


def confidence_of(plan: Answer) -> float | None:
    """Return the confidence with which uncertain hours were planned; None where the likely ones were."""
    said = plan.solver.get("confidence")
    return float(said) if isinstance(said, int | float) and not isinstance(said, bool) and 0 < said < 1 else None


def _cell(entry: Allocation) -> tuple[str, str, int]:
    return entry.task, entry.staff, entry.week


def _is_over(plan: Answer, week: int, began: int) -> bool:
    """Whether fixed hours of a week can be history: of a baseline, or worked, also in the week of ``as_of``."""
    if plan.context is not None and plan.context.as_of is not None:
        return week <= began
    return week < began and plan.baseline is not None


def name(entry: Allocation) -> str:
    """Return the words for an allocation as the subject of a sentence."""
    return f"The allocation of {entry.task} to {entry.staff} in week {entry.week}"


def _wrong(plan: Answer) -> Iterator[Mistake]:
    """Yield a mistake for whatever no reading could repair."""
    if not plan.assigned:
        return
    start = plan.start
    starts = {first_day(2 - entry.week, entry.week_start) for entry in plan.assigned}
    if len(plan.assigned) > 1 and len(starts) == 1 and start not in starts:
        what = f"It is {start}; by its hours the plan begins on {min(starts)}: let both say the same day."
        yield Mistake(what, "context.start")
        start = min(starts)
    for number, entry in enumerate(plan.assigned):
        begins = first_day(entry.week, start)
        if not isfinite(entry.hours) or entry.hours > MAX_HOURS:
            what = f"has {entry.hours} hours; at most {plain(MAX_HOURS)} are allowed"
        elif entry.hours < 0:
            what = f"has {entry.hours} hours; hours are above 0"
        elif entry.week_start != begins:
            what = f"begins on {entry.week_start}; that week begins on {begins}: let both say the same week"
        else:
            continue
        yield Mistake(f"{name(entry)} {what}.", f"allocations[{number}]")


def _odd(entry: Allocation, hours: Fraction, stands: bool, times: int) -> Iterator[str]:
    if not hours:
        yield f"has {entry.hours} hours, and counts for nothing"
    elif abs(hours - Fraction(entry.hours)) > Fraction(1, 10**9):
        yield f"has {entry.hours} hours; they are read as {plain(hours)}"
    if times > 1:
        yield f"stands {times} times; the hours are added up"
    if entry.fixed and not stands:
        yield "is fixed, though the plan was free to change that week; it is read as any other"


def baseline_tasks(plan: Answer, read: Sequence[Stint]) -> tuple[tuple[BaselineTask, ...], list[Mistake]]:
    """Return each task as its hours describe it, and a mistake for each task whose record says otherwise.

    A task with new hours is delivered by whoever has them, from the first week with hours to the last, history
    included. One without waits, or is done if its record says so; so is one of which history alone is known. Promised
    hours make whoever has them an owner of a task that is delivered, by new hours or by them alone.
    """
    worked: dict[str, list[Stint]] = defaultdict(list)
    for stint in read:
        worked[stint.entry.task].append(stint)
    order = {person.id: number for number, person in enumerate(plan.context.people if plan.context else ())}
    found: dict[str, BaselineTask] = {}
    told = []
    for number, said in enumerate(plan.results):
        where = f"tasks[{number}]"
        if said.task in found:
            told.append(Mistake(f"{said.task} stands twice; what stands first counts.", where))
            continue
        mine = worked.get(said.task, [])
        found[said.task] = task = _task(said.task, mine, said.state, order)
        stands, reads = _said_in_words(said), _read_in_words(task, mine)
        if stands != reads:
            told.append(Mistake(f'{said.task} is said to be "{stands}"; its hours say "{reads}" and count.', where))
    for id_ in [task for task in worked if task not in found]:
        found[id_] = _task(id_, worked[id_], "delivered", order)
        told.append(Mistake(f"{id_} is missing; it has hours and is read from them.", "tasks"))
    return tuple(found.values()), told


def _task(id_: str, worked: Sequence[Stint], said: State, order: Mapping[str, int]) -> BaselineTask:
    new = [stint.entry.staff for stint in worked if not stint.history]
    decided = any(not (stint.history or stint.promised) for stint in worked)
    if not new or not (decided or said in DELIVERED):
        if said in DELIVERED:
            said = "done" if worked else "waiting"
        return BaselineTask(id_, said, (), None, None)
    days = [stint.entry.week_start for stint in worked]
    owners = sorted(dict.fromkeys(new), key=lambda person: order.get(person, len(order)))
    return BaselineTask(id_, said if said in DELIVERED else "delivered", tuple(owners), min(days), max(days))


def _said_in_words(said: TaskResult) -> str:
    return _in_words(said.state, said.owners, said.first_week, said.last_week, said.hours)


def _read_in_words(task: BaselineTask, worked: Sequence[Stint]) -> str:
    hours = float(sum((stint.hours for stint in worked), Fraction(0)))
    if not task.owners:
        return _in_words(task.state, (), None, None, hours)
    weeks = [stint.entry.week for stint in worked]
    return _in_words(task.state, task.owners, min(weeks), max(weeks), hours)


def _in_words(state: State, owners: Sequence[str], first: int | None, last: int | None, hours: float) -> str:
    words: list[str] = ["delivered" if state in DELIVERED else state]
    words += [" and ".join(sorted(owners))] if owners else []
    if first is not None or last is not None:
        words += [f"week {first}" if first == last else f"weeks {first or '?'} to {last or '?'}"]
    words += [f"{hours:.10g} hours"] if hours else []
    return ", ".join(words)
