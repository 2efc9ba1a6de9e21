"""Value and bound over time, as SVG."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import NamedTuple

from benchmarks.answers import headline
from benchmarks.results import Run

WIDTH, HEIGHT, LEFT, TOP, RIGHT, BOTTOM = 760, 420, 90, 40, 130, 50
COLOURS = ("#1b4965", "#d1495b", "#edae49", "#66a182", "#8d6a9f", "#6c757d", "#00798c")


class Line(NamedTuple):
    """A stepped line: a name, points (seconds, amount), and whether it is a bound."""

    name: str
    points: Sequence[tuple[float, float]]
    colour: str
    dashed: bool


def anytime(run: Run) -> str:
    """Draw the value (solid) and the bound (dashed) that each engine had at each second."""
    goal = headline(run.goals)
    lines: list[Line] = []
    for number, one in enumerate(run.judged):
        colour = COLOURS[number % len(COLOURS)]
        trace = [point for point in one.answer.trace if point.goal == goal]
        end = one.answer.phases.get("search", run.means.seconds)
        for name, dashed in (("value", False), ("bound", True)):
            points = [(point.seconds, amount) for point in trace if (amount := getattr(point, name)) is not None]
            if points:
                points.append((max(end, points[-1][0]), points[-1][1]))
                lines.append(Line(one.answer.engine, points, colour, dashed))
    return svg(f"{run.case.name}: {goal} over seconds (dashed: bound)", lines)


def svg(title: str, lines: Sequence[Line]) -> str:
    """Draw stepped lines with their axes."""
    values = [line.points[-1][1] for line in lines] + [line.points[len(line.points) // 2][1] for line in lines]
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    margin = 0.08 * (high - low) or 0.05 * abs(high) or 1.0
    low, high = low - margin, high + margin
    last = max((seconds for line in lines for seconds, _ in line.points), default=1.0) or 1.0

    def x(seconds: float) -> float:
        return LEFT + (WIDTH - LEFT - RIGHT) * seconds / last

    def y(amount: float) -> float:
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (min(high, max(low, amount)) - low) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif">',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="white"/>',
        f'<text x="{LEFT}" y="22" font-size="15">{escape(title)}</text>',
    ]
    for share in (0, 0.25, 0.5, 0.75, 1):
        amount, seconds = low + share * (high - low), share * last
        parts.append(f'<path d="M{LEFT} {y(amount):.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(
            f'<text x="{LEFT - 8}" y="{y(amount) + 4:.1f}" font-size="11" text-anchor="end">{amount:,.0f}</text>'
        )
        parts.append(
            f'<text x="{x(seconds):.1f}" y="{HEIGHT - BOTTOM + 18}" font-size="11" text-anchor="middle">'
            f"{seconds:.3g}</text>"
        )
    for line in lines:
        path = f"M{x(line.points[0][0]):.1f} {y(line.points[0][1]):.1f}" + "".join(
            f"H{x(seconds):.1f}V{y(amount):.1f}" for _, (seconds, amount) in pairwise(line.points)
        )
        dashes = ' stroke-dasharray="6 4"' if line.dashed else ""
        parts.append(f'<path d="{path}" fill="none" stroke="{line.colour}" stroke-width="2"{dashes}/>')
    named = {line.name: line.colour for line in lines}
    for number, (name, colour) in enumerate(named.items()):
        height = TOP + 10 + 20 * number
        parts.append(
            f'<text x="{WIDTH - RIGHT + 12}" y="{height}" font-size="12" fill="{colour}">{escape(name)}</text>'
        )
    return "\n".join([*parts, "</svg>", ""])
