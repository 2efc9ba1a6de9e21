"""From the file of a sweep, or the same in code, to what it asks for, with every mistake at its place."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from pydantic import ValidationError

from staffing.errors import InputError, Mistake, ScenarioError
from staffing.files import Tree, tree_of
from staffing.files.read import READERS
from staffing.files.text import refused
from staffing.loading import read
from staffing.scenario.amounts import shown
from staffing.scenario.findings import Finding, listed, told
from staffing.scenario.mistakes import wrong_values
from staffing.scenario.paths import Path, label
from staffing.scenario.scenario import Scenario
from staffing.sweeping import measures
from staffing.sweeping.file import Steps, SweepFile
from staffing.sweeping.request import Options, Request
from staffing.sweeping.settings import Setting
from staffing.sweeping.variants import Choice, Source, variants

MOST_RUNS = 20_000
SUFFIXES = (".yaml", ".yml", ".toml", ".json")


@dataclass(frozen=True, slots=True)
class Asked:
    """A sweep as it is read.

    Attributes
    ----------
    request
        What it asks for.
    warnings
        What is legal but surely not meant in its scenarios.
    files
        All that was read for it.
    """

    request: Request
    warnings: tuple[Mistake, ...]
    files: tuple[pathlib.Path, ...]


def read_sweep(sweep: str | os.PathLike[str] | Mapping[str, Any]) -> Asked:
    """Read a sweep.

    Parameters
    ----------
    sweep
        A .yaml, .toml or .json file, or what stands in one; in code, scenarios may stand for their files. Paths in a
        file begin in its folder.

    Raises
    ------
    InputError
        With every mistake in it.
    """
    if isinstance(sweep, Mapping):
        return _Reader(tree_of(sweep), pathlib.Path(), "sweep").asked()
    path = pathlib.Path(sweep)
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES or path.is_dir():
        raise refused(path, f"a sweep is a file {listed(SUFFIXES, 'or')}")
    try:
        tree = READERS[suffix](path)
    except ScenarioError as error:  # the readers know files of scenarios
        sentences = (replace(one, message=one.message.replace("a scenario", "a sweep")) for one in error.errors)
        raise InputError(list(sentences)) from None
    asked = _Reader(tree, path.parent, path.stem).asked()
    return replace(asked, files=(path, *asked.files))


@dataclass
class _Reader:
    """The reading of one sweep."""

    tree: Tree
    folder: pathlib.Path
    name: str
    findings: list[Finding] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)
    warnings: list[Mistake] = field(default_factory=list)
    files: list[pathlib.Path] = field(default_factory=list)

    def asked(self) -> Asked:
        """Return what is asked for, or raise an error with every mistake."""
        data = self._lifted()
        try:
            file = SweepFile.model_validate(data)
        except ValidationError as error:
            self.findings += [
                replace(one, path=self._written(one.path)) for one in wrong_values(error, data, SweepFile)
            ]
            self._refuse()
            raise
        sources = self._sources(file)
        self._refuse()
        scenarios = [source.scenario for source in sources]
        cases = [self._case(number, case, scenarios) for number, case in enumerate(file.cases)]
        grid = [self._values(path, given, scenarios) for path, given in file.vary.items()]
        named = self._measures(file, scenarios)
        self._refuse()
        self._count(sources, cases, grid, len(file.repeat))
        made = variants(sources, cases, [choices for choices in grid if choices], self.findings.append)
        self._refuse()
        base = self._scenario(file.base, ("base",)) if file.base is not None else None
        request = Request(
            name=file.name or self.name,
            scenario=scenarios[0] if base is None else base.scenario,
            paths=tuple(dict.fromkeys(path for variant in made for path in variant.values)),
            variants=tuple(made),
            seeds=file.repeat,
            measures=named,
            plot=file.plot,
            options=Options(float(file.solve.time_limit), float(file.solve.gap), file.solve.deterministic),
        )
        return Asked(request, tuple(dict.fromkeys(self.warnings)), tuple(dict.fromkeys(self.files)))

    def _refuse(self) -> None:
        found = [*self.mistakes, *told(dict.fromkeys(self.findings), self.tree)]
        if found:
            raise InputError(found)

    # ``vary`` may hold cases and scenarios, too

    def _lifted(self) -> dict[str, Any]:
        """Return the data with cases and scenarios beside ``vary``, wherever they were written."""
        data = {key: value for key, value in self.tree.data.items() if value is not None}
        vary = data.get("vary")
        for key in ("cases", "scenarios"):
            if isinstance(vary, dict) and key in vary:
                if key in data:
                    self.findings.append(
                        Finding(("vary", key), f"{key} stand beside vary already: once is enough", True)
                    )
                vary = {name: value for name, value in vary.items() if name != key}
                data |= {"vary": vary, key: self.tree.data["vary"][key]}
        return data

    def _written(self, path: Path) -> Path:
        """Return the path of a value as it was written."""
        inside = bool(path) and path[0] in ("cases", "scenarios") and path[0] not in self.tree.data
        return ("vary", *path) if inside else path

    # scenarios

    def _sources(self, file: SweepFile) -> list[Source]:
        """Return the scenarios that are varied."""
        if file.scenarios:
            found = [self._scenario(given, ("scenarios", number)) for number, given in enumerate(file.scenarios)]
            return [one for one in found if one is not None]
        if file.base is None:
            self.findings.append(Finding((), 'there is neither "base", a scenario, nor "scenarios", a list of them'))
            return []
        base = self._scenario(file.base, ("base",))
        return [] if base is None else [replace(base, values={})]

    def _scenario(self, given: object, path: Path) -> Source | None:
        path = self._written(path)
        if isinstance(given, Scenario):
            return Source({"scenario": given.name}, given)
        if not isinstance(given, str) or not given or "\0" in given:
            self.findings.append(Finding(path, f"{shown(given)} is no path of a scenario, as text"))
            return None
        target = self.folder / given
        loaded = read(target)
        self.files += [target, *loaded.files]
        self.warnings += loaded.warnings
        if loaded.scenario is not None:
            return Source({"scenario": given}, loaded.scenario)
        for mistake in loaded.errors:
            if mistake.line is None and mistake.sheet is None:
                told_of = label(str(target), 200)
                self.findings.append(Finding(path, f"{told_of} cannot be read: {mistake.message}"))
            else:
                self.mistakes.append(mistake)
        return None

    # values

    def _case(self, number: int, case: Mapping[str, Any], scenarios: Sequence[Scenario]) -> list[Choice]:
        where = self._written(("cases", number))
        found = ((path, self._setting(path, scenarios, (*where, path))) for path in case)
        return [Choice(setting, case[path], (*where, path)) for path, setting in found if setting is not None]

    def _setting(self, path: str, scenarios: Sequence[Scenario], where: Path) -> Setting | None:
        try:
            return Setting.of(path, scenarios)
        except ScenarioError as error:
            self.findings.append(Finding(where, error.errors[0].message, key=True))
            return None

    def _values(self, path: str, given: object, scenarios: Sequence[Scenario]) -> list[Choice]:
        """Return the values of one path of the grid."""
        where: Path = ("vary", path)
        setting = self._setting(path, scenarios, where)
        if isinstance(given, Mapping):
            values, places = self._steps(given, where), [where] * MOST_RUNS
        elif isinstance(given, list | tuple) and given:
            values, places = list(given), [(*where, number) for number in range(len(given))]
        else:
            said = "neither a list of values nor {from: ..., to: ..., step: ...}"
            self.findings.append(Finding(where, f"{shown(given)} is {said}"))
            return []
        if setting is None:
            return []
        return [Choice(setting, value, place) for value, place in zip(values, places, strict=False)]

    def _steps(self, given: Mapping[str, Any], where: Path) -> list[Decimal]:
        try:
            steps = Steps.model_validate(given)
        except ValidationError as error:
            self.findings += [replace(one, path=(*where, *one.path)) for one in wrong_values(error, given, Steps)]
            return []
        if not steps.step:
            self.findings.append(Finding((*where, "step"), "0 is no step: it is above 0"))
            return []
        count = int((steps.to - steps.since) / steps.step) + 1
        if steps.to < steps.since:
            said = f"to is {shown(steps.to)}, and from {shown(steps.since)}: it goes upwards"
            self.findings.append(Finding((*where, "to"), said))
            return []
        if count > MOST_RUNS:
            self.findings.append(Finding((*where, "step"), f"these are {count:,} values: at most {MOST_RUNS:,} runs"))
            return []
        return [steps.since + number * steps.step for number in range(count)]

    def _count(self, sources: Sequence[Any], cases: Sequence[Any], grid: Sequence[Sequence[Any]], seeds: int) -> None:
        runs = len(sources) * max(1, len(cases)) * seeds
        for choices in grid:
            runs *= len(choices)
        if runs > MOST_RUNS:
            self.findings.append(Finding(("vary",), f"these are {runs:,} runs: at most {MOST_RUNS:,} are allowed"))
            self._refuse()

    # measures

    def _measures(self, file: SweepFile, scenarios: Sequence[Scenario]) -> tuple[str, ...]:
        """Return what runs are measured by, that which is plotted among it."""
        names = measures.known(scenarios)
        for key in ("measures", "plot"):
            for number, name in enumerate(getattr(file, key) or ()):
                if (wrong := measures.unknown(name, names)) is not None:
                    self.findings.append(Finding((key, number), wrong))
        named = file.measures or measures.usual(scenarios)
        return tuple(dict.fromkeys((*named, *(file.plot or ()))))
