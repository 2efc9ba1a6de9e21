"""What runs gave, as a table for people, CSV for programs, and a drawing of value and bound over time."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from benchmarks.answers import Judged, Point, best_bound, distance, headline
from benchmarks.peers.stages import Means
from benchmarks.registry import Case
from staffing.scenario.records import Goal

COLUMNS = (
    "family",
    "size",
    "load",
    "seed",
    "without",
    "engine",
    "state",
    "goal",
    "value",
    "bound",
    "gap",
    "proven",
    "best_bound",
    "gap_to_best_bound",
    "seconds",
    "threads",
    "load_s",
    "build_s",
    "first_s",
    "first_value",
    "search_s",
    "to_5pc_s",
    "to_2pc_s",
    "to_1pc_s",
    "memory_mib",
    "violations",
    "note",
)


@dataclass(frozen=True)
class Run:
    """All engines on one case."""

    case: Case
    means: Means
    goals: tuple[Goal, ...]
    judged: tuple[Judged, ...]
    problems: tuple[str, ...]
    """Broken rules and beaten bounds: none in a sound run."""


def time_to(trace: Sequence[Point], goal: Goal, gap: float) -> float | None:
    """Return after how many seconds a goal's value and bound were this near; None if they never were."""
    for point in trace:
        if point.goal == goal and point.value is not None and point.bound is not None:
            found = distance(Fraction(point.value), Fraction(point.bound))
            if found is not None and found <= gap:
                return point.seconds
    return None


def rows(run: Run) -> Iterable[dict[str, object]]:
    """Yield a row for each engine and goal."""
    for one in run.judged:
        answer = one.answer
        own = {entry.goal: entry.bound for entry in answer.bounds}
        for goal in run.goals:
            tightest = best_bound(run.judged, one, goal)
            bound = own.get(goal)
            value = one.values.get(goal)
            yield {
                "family": run.case.spec.name,
                "size": run.case.size.name,
                "load": run.case.load,
                "seed": run.case.seed,
                "without": " ".join(sorted(run.case.spec.without)),
                "engine": answer.engine,
                "state": answer.state,
                "goal": goal,
                "value": _number(value),
                "bound": _number(bound),
                "gap": one.gap(goal),
                "proven": one.proven(goal),
                "best_bound": _number(tightest),
                "gap_to_best_bound": one.gap(goal, tightest) if tightest is not None else None,
                "seconds": run.means.seconds,
                "threads": run.means.threads,
                "load_s": answer.phases.get("load"),
                "build_s": answer.phases.get("build"),
                "first_s": answer.phases.get("first"),
                "first_value": answer.phases.get("first value") if goal == headline(run.goals) else None,
                "search_s": answer.phases.get("search"),
                "to_5pc_s": time_to(answer.trace, goal, 0.05),
                "to_2pc_s": time_to(answer.trace, goal, 0.02),
                "to_1pc_s": time_to(answer.trace, goal, 0.01),
                "memory_mib": round(answer.memory) or None,
                "violations": len(one.violations),
                "note": answer.note,
            }


def _number(value: Fraction | None) -> float | None:
    return None if value is None else round(float(value), 4)


def write_csv(runs: Iterable[Run], folder: Path) -> None:
    """Write ``results.csv`` and ``traces.csv``."""
    with (folder / "results.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        listed = list(runs)
        for run in listed:
            writer.writerows(rows(run))
    with (folder / "traces.csv").open("w", newline="", encoding="utf-8") as file:
        trace = csv.writer(file)
        trace.writerow(("case", "engine", "seconds", "goal", "value", "bound"))
        for run in listed:
            for one in run.judged:
                for point in one.answer.trace:
                    trace.writerow(
                        (run.case.name, one.answer.engine, f"{point.seconds:.3f}", point.goal, point.value, point.bound)
                    )


# ---------------------------------------------------------------------- table

HEADS = ("case", "engine", "must", "goal", "value", "bound", "gap", "to best bound", "first s", "search s", "MiB", "")


def table(run: Run) -> list[tuple[str, ...]]:
    """Return the lines of a run: the goal that counts, and in the last column all that a reader must know."""
    goal = headline(run.goals)
    lines: list[tuple[str, ...]] = []
    for one in run.judged:
        answer = one.answer
        tightest = best_bound(run.judged, one, goal)
        own = next((entry.bound for entry in answer.bounds if entry.goal == goal), None)
        notes = [] if answer.state == "done" else [answer.state, answer.note]
        notes += [f"{len(one.violations)} violations"] if one.violations else []
        if answer.state == "done" and all(one.proven(each) for each in run.goals):
            notes.append("optimal")
        after = run.goals[run.goals.index(goal) + 1 :]
        notes += [f"{each} {float(one.values[each]):g}" for each in after if each in one.values]
        lines.append(
            (
                run.case.name,
                answer.engine,
                _shown(one.values.get("must"), 1),
                goal,
                _shown(one.values.get(goal), 2),
                _shown(own, 2),
                _percent(one.gap(goal)),
                _percent(one.gap(goal, tightest)) if tightest is not None else "-",
                _shown(answer.phases.get("first"), 2),
                _shown(answer.phases.get("search"), 1),
                _shown(answer.memory or None, 0),
                ", ".join(filter(None, notes)),
            )
        )
    return lines


def _shown(value: Fraction | float | None, digits: int) -> str:
    return "-" if value is None else f"{float(value):.{digits}f}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.2f} %"


def aligned(lines: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the lines of a table, aligned in columns."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    left = {0, 1, 3, len(widths) - 1}

    def cell(number: int, text: str) -> str:
        return text.ljust(widths[number]) if number in left else text.rjust(widths[number])

    return ["  ".join(cell(*each) for each in enumerate(line)).rstrip() for line in lines]
