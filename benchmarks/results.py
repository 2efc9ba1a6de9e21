"""What runs gave, as a table for people, CSV for programs, and a drawing of value and bound over time."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Sequence
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
    "best",
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
    """Yield a row for each engine and goal; a bound that says nothing is left blank."""
    for one in run.judged:
        answer = one.answer
        for goal in run.goals:
            tightest = best_bound(run.judged, one, goal)
            bound = one.bound(goal)
            value = one.values.get(goal)
            yield {
                "family": run.case.family,
                "size": run.case.size,
                "load": run.case.load,
                "seed": run.case.seed,
                "without": " ".join(sorted(run.case.without)),
                "engine": answer.engine,
                "state": answer.state,
                "goal": goal,
                "value": _number(value),
                "best": _number(one.best(goal)),
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
        trace.writerow(("case", "limit", "engine", "seconds", "goal", "value", "bound"))
        for run in listed:
            for one in run.judged:
                of = (run.case.name, run.means.seconds, one.answer.engine)
                for point in one.answer.trace:
                    trace.writerow((*of, f"{point.seconds:.3f}", point.goal, point.value, point.bound))


# ---------------------------------------------------------------------- table

HEADS = (
    "case",
    "seed",
    "seconds",
    "engine",
    "goal",
    "value",
    "best",
    "bound",
    "gap",
    "proven",
    "to best bound",
    "first plan, s",
    "search, s",
    "MiB",
    "",
)
LEFT = {0, 3, 4, 9, len(HEADS) - 1}
"""Columns of text; the others are numbers."""
NARROWEST = (18, 4, 7, 11, 9, 11, 11, 12, 8, 6, 13, 13, 9, 5, 0)
"""So that tables of one case each stand below each other."""


def table(run: Run) -> list[tuple[str, ...]]:
    """Return the lines of a run, one for each engine and goal; what is of the whole run stands in its first line."""
    lines: list[tuple[str, ...]] = []
    for one in run.judged:
        answer = one.answer
        head = (run.case.label, str(run.case.seed), f"{run.means.seconds:g}", answer.engine)
        seconds = (_shown(answer.phases.get("first"), 2), _shown(answer.phases.get("search"), 1))
        whole = (*seconds, _shown(answer.memory or None, 0))
        notes = [] if answer.state == "done" else [answer.state, answer.note]
        notes += [f"{len(one.violations)} violations"] if one.violations else []
        if not one.values:
            lines.append((*head, *["-"] * 7, *whole, ", ".join(filter(None, notes))))
        for number, goal in enumerate(run.goals if one.values else ()):
            known = run.case.best.get(goal)
            note = notes + ([] if known is None else [f"best {_amount(known)}"])
            figures = _figures(one, goal, best_bound(run.judged, one, goal))
            lines.append((*head, goal, *figures, *(("", "", "") if number else whole), ", ".join(note)))
    return lines


def _figures(one: Judged, goal: Goal, tightest: Fraction | None) -> tuple[str, ...]:
    bound = one.bound(goal)
    return (
        _amount(one.values[goal]),
        _amount(one.best(goal)),
        "not bounded" if bound is None else _amount(bound),
        _percent(one.gap(goal)),
        "yes" if one.proven(goal) else "no",
        "-" if tightest is None else _percent(one.gap(goal, tightest)),
    )


def _amount(value: Fraction | None) -> str:
    """Return a number with as many decimals as it needs, three at most: bounds of money lie half a cent beyond."""
    if value is None:
        return "-"
    text = f"{float(value):.3f}"
    return text.rstrip("0").rstrip(".")


def _shown(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:.{digits}f}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.2f} %"


def aligned(lines: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the lines of a table, aligned in columns."""
    widths = [max(least, *map(len, column)) for least, column in zip(NARROWEST, zip(*lines, strict=True), strict=True)]

    def cell(number: int, text: str) -> str:
        return text.ljust(widths[number]) if number in LEFT else text.rjust(widths[number])

    return ["  ".join(cell(*each) for each in enumerate(line)).rstrip() for line in lines]


def markdown(lines: Sequence[tuple[str, ...]]) -> list[str]:
    """Return the lines of a table, as they stand in a Markdown file."""
    return [f"| {' | '.join(cell.strip().replace('|', '/') for cell in line)} |" for line in lines]


def ruled(heads: Sequence[str], left: Collection[int]) -> str:
    """Return the line below the heads of a Markdown table: columns of text on the left, numbers on the right."""
    return "|" + "|".join("---" if number in left else "---:" for number in range(len(heads))) + "|"
