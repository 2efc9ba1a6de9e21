"""Where one scenario overtakes another, in sentences."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from staffing.decisions.crossing import BreakEven, Point
from staffing.plan.figures import number
from staffing.plan.records import Number
from staffing.scenario.amounts import plain


def sentence(answer: BreakEven) -> str:
    """Return the answer in a sentence."""
    if not answer.turns:
        return _nowhere(answer)
    low, high = answer.low_point, answer.high_point
    first = f"With {answer.path} at {_at(answer, low)} {_better(answer, low)}"
    return f"{first}; at {_at(answer, high)} {_better(answer, high)}."


def _better(answer: BreakEven, point: Point) -> str:
    if point.equal:
        return f"both are equally good ({answer.goal} {number(point.first)})"
    won, lost = (point.first, point.second) if point.winner == answer.first else (point.second, point.first)
    return f'"{point.winner}" is better ({answer.goal} {number(won)} against {number(lost)})'


def _nowhere(answer: BreakEven) -> str:
    """Return the sentence where the same scenario is better, or as good, wherever was looked."""
    equal = [point.equal for point in answer.points]
    low, high = answer.low_point, answer.high_point
    several = len(equal) > 1
    span = f"from {_value(low.value)} to {_at(answer, high)}" if several else f"at {_at(answer, low)}"
    looked = f", at all {len(equal)} values looked at," if several else ""
    begins = f"With {answer.path} {span}{looked}"
    if all(equal):
        return f"{begins} both are equally good in {answer.goal}."
    good = "better, or as good," if any(equal) else "better"
    ends = {point.value: point for point in (low, high)}.values()
    told = "; ".join(f"{number(one.first)} against {number(one.second)} at {_value(one.value)}" for one in ends)
    return f'{begins} "{answer.winner_below}" is {good} in {answer.goal}: {told}, the first against the second.'


def remarks(answer: BreakEven) -> Iterator[str]:
    """Yield what else to know: what is not proven, and where an earlier goal differs."""
    if answer.turns and not answer.proven:
        yield "Not proven in the time given: with more, the two values may move, and come nearer to each other."
    elif not answer.proven:
        yield "Not proven in the time given: with more, another one may be found to be better somewhere."
    if not answer.proven:
        yield from _sure(answer)
    for point in {answer.low: answer.low_point, answer.high: answer.high_point}.values():
        for one, other in zip(*(plan.goals[:-1] for plan in point.plans), strict=False):
            if one.goal == other.goal and one.value != other.value:
                amounts = f"{number(one.value)} against {number(other.value)}"
                yield f"At {_value(point.value)} they differ in {one.goal} too, which comes first: {amounts}."


def _sure(answer: BreakEven) -> Iterator[str]:
    """Yield which is better for sure: at the nearest values beside the ends."""
    below = [point for point in answer.points if point.decided and point.value <= answer.low]
    above = [point for point in answer.points if point.decided and point.value >= answer.high]
    told = {point.value: point for point in (*below[-1:], *above[:1])}.values()
    said = " and ".join(f"at {_value(point.value)} {_better(answer, point)}" for point in told)
    yield f"Proven is so far: {said}." if said else "Which is better is proven at no value so far."


def _at(answer: BreakEven, point: Point) -> str:
    return f"{_value(point.value)}{' times what it is' if answer.unit == 'factor' else ''}"


def _value(value: Number) -> str:
    return plain(Decimal(str(value)))
