"""Small pictures of answers: lines, bars, dots and labels on a plane, which in Persian runs from right to left."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import ceil, floor, log10

from markupsafe import Markup

from staffing.report.language import Language


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle, told apart by its style."""

    x: str
    y: str
    width: str
    height: str
    style: str


@dataclass(frozen=True, slots=True)
class Path:
    """Straight lines from point to point."""

    points: str
    style: str


@dataclass(frozen=True, slots=True)
class Dot:
    """A circle."""

    x: str
    y: str
    r: str
    style: str


@dataclass(frozen=True, slots=True)
class Label:
    """A short text; `anchor` says which side of it stands at the place: start, middle or end."""

    x: str
    y: str
    text: str
    anchor: str
    style: str


@dataclass
class Picture:
    """A picture as it is drawn; its figures stand in a table beside it.

    Attributes
    ----------
    say
        The language, whose direction is that of the picture.
    width, height
        In units of about a pixel.
    label
        What it shows, for those who do not see it.
    """

    say: Language
    width: float
    height: float
    label: Markup
    bars: list[Bar] = field(default_factory=list)
    paths: list[Path] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def bar(self, x: float, y: float, width: float, height: float, style: str) -> None:
        """Add a rectangle by its first corner."""
        left = self.width - x - width if self.say.direction == "rtl" else x
        self.bars.append(Bar(_n(left), _n(y), _n(width), _n(height), style))

    def path(self, points: Iterable[tuple[float, float]], style: str) -> None:
        """Add lines from point to point."""
        self.paths.append(Path(" ".join(f"{self._x(x)},{_n(y)}" for x, y in points), style))

    def dot(self, x: float, y: float, style: str, r: float = 4) -> None:
        """Add a circle."""
        self.dots.append(Dot(self._x(x), _n(y), _n(r), style))

    def levels(self, marks: Iterable[tuple[float, str]], first: float, last: float) -> None:
        """Add lines across at heights, each with its value before it."""
        for y, value in marks:
            self.path([(first, y), (last, y)], "grid")
            self.text(first - 6, y + 4, value, "end", "soft")

    def text(self, x: float, y: float, text: object, anchor: str = "start", style: str = "") -> None:
        """Add a label; of markup the text alone is shown, for a picture has no elements for names."""
        shown = text.striptags() if isinstance(text, Markup) else str(text)
        self.labels.append(Label(self._x(x), _n(y), shown, anchor, style))

    def _x(self, x: float) -> str:
        return _n(self.width - x if self.say.direction == "rtl" else x)


def _n(value: float) -> str:
    return f"{value:.5g}"


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to places."""

    low: float
    high: float
    first: float
    last: float

    def __call__(self, value: float) -> float:
        """Return the place of a value."""
        if self.high == self.low:
            return (self.first + self.last) / 2
        return self.first + (value - self.low) / (self.high - self.low) * (self.last - self.first)


def ticks(low: float, high: float, most: int = 4) -> list[float]:
    """Return round values that span an interval.

    >>> ticks(0, 37), ticks(1180, 1240), ticks(5, 5)
    ([0.0, 10.0, 20.0, 30.0, 40.0], [1180.0, 1200.0, 1220.0, 1240.0], [5.0])
    """
    if high <= low:
        return [float(low)]
    rough = (high - low) / most
    power: float = 10.0 ** floor(log10(rough))
    step = next(power * times for times in (1, 2, 5, 10) if power * times >= rough)
    return [round(step * number, 10) for number in range(floor(low / step), ceil(high / step) + 1)]
