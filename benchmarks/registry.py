"""What is measured: families of scenarios, made up or shipped, and the cases they make."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

from benchmarks import fewest, generator
from benchmarks.field import LOAD, Variant
from benchmarks.field import SIZES as FIELD_SIZES
from benchmarks.field import field as agency_as_written
from benchmarks.generator import Entry, write
from staffing.scenario.records import Goal

Seconds = tuple[float, float]
"""Of every engine: in the whole table, and in its short form."""
Source = Callable[[str, float | None, int, frozenset[str]], Entry | Path]
"""A scenario, from size, load, seed and the rules left out: in the format, or a file."""

TINY = "XS"
"""A size for tests alone."""
SECONDS: dict[str, Seconds] = {
    "XS": (5, 2),
    "S": (10, 3),
    "M": (30, 10),
    "L": (60, 15),
    "XL": (120, 30),
    "5": (10, 10),
    "14": (60, 20),
    "45": (90, 30),
    "160": (180, 60),
    "6of8": (10, 5),
    "20of23": (60, 20),
    "agency": (60, 20),
}
"""By size."""
SMALL: Seconds = (10, 3)
"""Of the shipped scenarios but the large one."""
FILES: Seconds = (60, 20)
"""Of scenario files given."""
SCENARIOS = Path(__file__).parent.parent / "scenarios"


@dataclass(frozen=True, slots=True)
class Spec:
    """A family of scenarios.

    Attributes
    ----------
    name
        Of the family.
    source
        Gives a scenario.
    sizes
        Names of its sizes, small ones first; of shipped scenarios, their names.
    loads
        Loads it is measured at; none where it has no such thing.
    best
        By size: the best that is known for sure, by goal.
    made
        Whether rules can be left out.
    """

    name: str
    source: Source
    sizes: tuple[str, ...]
    loads: tuple[float | None, ...] = (None,)
    best: Mapping[str, Mapping[Goal, Fraction]] = field(default_factory=dict)
    made: bool = True


@dataclass(frozen=True, slots=True)
class Case:
    """One scenario to plan.

    Attributes
    ----------
    family, size, load, seed
        Where it comes from; the seed is that of the search, too.
    source
        The scenario in the format, made when asked for, or its file.
    seconds
        For every engine.
    without
        Rules left out.
    best
        The best that is known for sure, by goal.
    """

    family: str
    size: str
    load: float | None
    seed: int
    source: Callable[[], Entry | Path]
    seconds: Seconds
    without: frozenset[str] = frozenset()
    best: Mapping[Goal, Fraction] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """Name in tables, without the seed."""
        named = self.size if self.family in ("shipped", "file") else f"{self.family} {self.size}"
        return named if self.load is None else f"{named} {self.load}"

    @property
    def name(self) -> str:
        """Name of this case alone."""
        return f"{self.label} {self.seed}"

    def file(self, folder: Path) -> Path:
        """Return the scenario as a file; what is made up is written into the folder."""
        found = self.source()
        if isinstance(found, Path):
            return found
        path = folder / "agency.yaml"
        write(found, path)
        return path


def _agency(variant: generator.Variant, without: str = "") -> Source:
    left_out = frozenset(filter(None, [without]))
    return lambda size, load, seed, more: generator.agency(
        generator.SIZES[size], load=load or 1.1, seed=seed, variant=variant, without=left_out | more
    )


def _field(variant: Variant) -> Source:
    return lambda size, load, seed, without: agency_as_written(
        FIELD_SIZES[size], load=load or LOAD, seed=seed, variant=variant, without=without
    )


FIELD = tuple(FIELD_SIZES)
MAIN = tuple(generator.SIZES)
SHIPPED = ("one-am", "am-pm", "am-2pm", "azhans", "agency")
SPECS = {
    spec.name: spec
    for spec in (
        Spec("field", _field("net_value"), FIELD, (LOAD,)),
        Spec("field-value", _field("value"), FIELD, (LOAD,)),
        Spec("shipped", lambda size, *_: SCENARIOS / f"{size}.yaml", SHIPPED, made=False),
        Spec(
            "fewest-people",
            lambda size, _load, seed, _without: fewest.fewest(fewest.SIZES[size], seed),
            tuple(fewest.SIZES),
            best={size: {"must": Fraction(0), "cost": Fraction(crew.needed)} for size, crew in fewest.SIZES.items()},
            made=False,
        ),
        Spec("net-value", _agency("net_value"), MAIN, (0.9, 1.1)),
        Spec("default", _agency("default"), MAIN, (0.9, 1.1)),
        Spec("net-value-steady", _agency("net_value", "switching"), MAIN, (0.9, 1.1)),
        Spec("default-steady", _agency("default", "switching"), MAIN, (0.9, 1.1)),
    )
}
"""Agencies as people write them first; those of the first generator last, with switching and (steady) without."""


def cases(
    specs: Collection[str],
    sizes: Collection[str] = (),
    loads: Collection[float] = (),
    seeds: Collection[int] = (0, 1, 2),
    without: Collection[str] = (),
) -> Iterator[Case]:
    """Yield cases, small ones first; without sizes or loads, all that the families have.

    Raises
    ------
    ValueError
        Where rules are to be left out of a family that is not made up rule by rule.
    """
    chosen = [SPECS[name] for name in specs]
    for size in sizes or dict.fromkeys(size for spec in chosen for size in spec.sizes if size != TINY):
        for spec in chosen:
            if size not in spec.sizes:
                continue
            if without and not spec.made:
                raise ValueError(f"no rule can be left out of {spec.name}")
            for load in spec.loads if spec.loads == (None,) else loads or spec.loads:
                for seed in seeds:
                    yield _case(spec, size, load, seed, frozenset(without))


def _case(spec: Spec, size: str, load: float | None, seed: int, without: frozenset[str]) -> Case:
    seconds = SECONDS.get(size, SMALL)
    best = spec.best.get(size, {})
    return Case(spec.name, size, load, seed, lambda: spec.source(size, load, seed, without), seconds, without, best)


def of_file(path: Path, seed: int) -> Case:
    """Return the case of a scenario file."""
    return Case("file", path.stem, None, seed, lambda: path, FILES)
