"""``python -m benchmarks``: run the benchmarks, write an agency, or plan instances of generalised assignment."""

from __future__ import annotations

import os
import sys
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

import click

from benchmarks import assignment, questions, rounds
from benchmarks.drawing import anytime
from benchmarks.engines import ENGINES
from benchmarks.generator import RULES, write
from benchmarks.generator import SIZES as FIRST_SIZES
from benchmarks.peers.stages import Means
from benchmarks.registry import SPECS, cases
from benchmarks.results import HEADS, LEFT, aligned, markdown, ruled, table, write_csv
from benchmarks.running import run_case
from benchmarks.tables import ASSIGNMENT, ASSIGNMENT_SHORT, MEASURED, OURS, SEEDS, SHORT, WHOLE, Part, Planned

SIZES = tuple(dict.fromkeys(size for spec in SPECS.values() for size in spec.sizes))


class Listed(click.ParamType):  # type: ignore[type-arg]  # generic in newer versions alone
    """Names or numbers with commas between them."""

    name = "list"

    def __init__(self, allowed: tuple[str, ...] = (), kind: type = str) -> None:
        self.allowed, self.kind = allowed, kind

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> list[object]:
        """Split and check."""
        if isinstance(value, list):
            return value
        parts = [part for part in str(value).split(",") if part]
        for part in parts:
            if self.allowed and part not in self.allowed:
                self.fail(f"{part} is none of {', '.join(self.allowed)}", param, ctx)
        try:
            return [self.kind(part) for part in parts]
        except ValueError:
            self.fail(f"{value} has something that is no number", param, ctx)


@click.group()
def main() -> None:
    """How fast and how good the planner is, next to other engines."""


@main.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path, exists=True))
@click.option("--short", is_flag=True, help="Fewer cases and shorter limits: at most ten minutes on 2 cores.")
@click.option("--families", type=Listed(tuple(SPECS)), help="[all but -steady]")
@click.option("--sizes", type=Listed(SIZES), help="[all that the families have]")
@click.option("--loads", type=Listed(kind=float), help="Effort ÷ what people can give.  [those of the families]")
@click.option("--seeds", type=Listed(kind=int), help="Of agencies, and of the search.  [0,1,2; short: 0]")
@click.option("--engines", type=Listed(ENGINES), help=f"Of {', '.join(ENGINES)}.  [staffing]")
@click.option("--seconds", type=Listed(kind=float), help="For every engine; several make several runs.  [by size]")
@click.option("--without", type=Listed(tuple(sorted(RULES))), default="", help="Rules to leave out, for all engines.")
@click.option("--gap", "folder", type=click.Path(path_type=Path, file_okay=False, exists=True), help="As `gap FOLDER`.")
@click.option("--threads", type=int, default=os.cpu_count() or 1, show_default="all cores")
@click.option("--markdown", "marked", is_flag=True, help="Print the table as Markdown.")
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for CSV and drawings.")
def run(
    files: tuple[Path, ...],
    short: bool,
    families: list[str] | None,
    sizes: list[str] | None,
    loads: list[float] | None,
    seeds: list[int] | None,
    engines: list[str] | None,
    seconds: list[float] | None,
    without: list[str],
    folder: Path | None,
    threads: int,
    marked: bool,
    out: Path | None,
) -> None:
    """Plan scenarios, print a row for each goal, and write CSV and drawings.

    Without FILES, families, sizes, engines or rules to leave out it is the whole table, of two hours. FILES are
    scenarios of your own.
    """
    usual = (0,) if short else SEEDS
    parts: Sequence[Part] = SHORT if short else WHOLE
    if files or families or sizes or engines or without:
        named = families or (() if files and not sizes else MEASURED)
        parts = [Part(named, engines or OURS, usual, sizes or (), files=files, without=without)]
    parts = [
        replace(part, loads=loads or part.loads, seeds=seeds or part.seeds, seconds=seconds or part.seconds)
        for part in parts
    ]
    try:
        chosen = [planned for part in parts for planned in part.planned(short=short)]
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    problems = _cases(chosen, threads, out, marked)
    if without:
        click.echo(f"Left out for all engines: {', '.join(without)}.")
    if folder is not None:
        for only, limit in ASSIGNMENT_SHORT if short else ASSIGNMENT:
            problems += _instances(folder, only, Means(limit, threads), marked)[1]
    _end(problems)


def _cases(chosen: Sequence[Planned], threads: int, out: Path | None, marked: bool) -> list[str]:
    """Plan cases one after the other, print and write what comes of each; return what is wrong."""
    runs = []
    _heads(HEADS, LEFT, aligned([tuple(HEADS)])[0], marked)
    for case, engines, seconds in chosen:
        done = run_case(case, tuple(engines), Means(seconds, threads, case.seed))
        runs.append(done)
        for line in (markdown if marked else aligned)(table(done)):
            click.echo(line)
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            write_csv(runs, out)
            name = f"{case.name} {seconds:g}s".replace(" ", "-")
            (out / f"{name}.svg").write_text(anytime(done), encoding="utf-8")
    problems = [problem for each in runs for problem in each.problems]
    click.echo(f"\n{len(runs)} cases, {sum(len(each.judged) for each in runs)} answers, {len(problems)} problems.")
    return problems


def _heads(heads: Sequence[str], left: Collection[int], plain: str, marked: bool) -> None:
    """Print the heads of a table: as Markdown, or the plain line."""
    for line in [*markdown([tuple(heads)]), ruled(heads, left)] if marked else [plain]:
        click.echo(line)


def _end(problems: Sequence[str]) -> NoReturn:
    for problem in problems:
        click.echo(f"PROBLEM {problem}", err=True)
    sys.exit(1 if problems else 0)


@main.command()
@click.argument("size", type=click.Choice(SIZES))
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--load", type=float, help="[the highest that the family is measured at]")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--family", type=click.Choice(list(SPECS)), help="[the first that has the size]")
@click.option("--without", type=Listed(tuple(sorted(RULES))), default="", help="Rules to leave out.")
def make(size: str, path: Path, load: float | None, seed: int, family: str | None, without: list[str]) -> None:
    """Write a scenario of a family as .yaml or .json."""
    found = [name for name, spec in SPECS.items() if size in spec.sizes and family in (None, name)]
    if not found:
        raise click.UsageError(f"{family} has no size {size}: {', '.join(SPECS[family or ''].sizes)}")
    try:
        case = list(cases(found[:1], [size], [] if load is None else [load], [seed], without))[-1]
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    made = case.source()
    if isinstance(made, Path):
        raise click.UsageError(f"{made} is there already")
    write(made, path)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--seconds", type=float, default=60.0, show_default=True)
@click.option("--threads", type=int, default=os.cpu_count() or 1, show_default="all cores")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--only", type=Listed(), default="", help="Instances, series (gap1) or classes (c).")
@click.option("--markdown", "marked", is_flag=True, help="Print the table as Markdown.")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="A CSV file.")
def gap(folder: Path, seconds: float, threads: int, seed: int, only: list[str], marked: bool, out: Path | None) -> None:
    """Plan the generalised-assignment instances of a FOLDER (OR-Library format) with the planner."""
    results, problems = _instances(folder, only, Means(seconds, threads, seed), marked=marked)
    if out is not None:
        assignment.write_csv(results, out)
    _end(problems)


def _instances(
    folder: Path, only: Collection[str], means: Means, marked: bool
) -> tuple[list[assignment.Result], list[str]]:
    """Plan instances one after the other and print a line for each; return the results, and what is wrong."""
    results = []
    heads = [head.strip() for head in assignment.HEADS]
    _heads(heads, {0}, "  ".join(assignment.HEADS), marked)
    for path in assignment.instances(folder, only):
        results.append(assignment.solve_instance(path, means))
        cells = results[-1].cells()
        click.echo(markdown([cells])[0] if marked else "  ".join(cells))
    problems = [f"{result.name}: {problem}" for result in results for problem in result.problems]
    proven = sum(result.proven for result in results)
    click.echo(f"\n{len(results)} instances of {means.seconds:g} s, {proven} proven, {len(problems)} problems.")
    return results, problems


@main.command(name="questions")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--markdown", "marked", is_flag=True, help="Print the table as Markdown.")
def time_questions(files: tuple[Path, ...], marked: bool) -> None:
    """Ask each question of scenarios, planned for 20 seconds first, and time the answers."""
    _heads(questions.HEADS, questions.LEFT, "  ".join(questions.HEADS), marked)
    try:
        for path in files:
            for row in questions.timed(path):
                click.echo(markdown([row])[0] if marked else "  ".join(row))
    except questions.BrokenPlanError as error:
        _end([str(error)])


@main.command(name="rounds")
@click.option("--sizes", type=Listed(tuple(FIRST_SIZES)), default="M,L", show_default=True)
def time_rounds(sizes: list[str]) -> None:
    """Time rounds of ruin and recreate and steps of prices, one thread, after compiling them."""
    click.echo(f"compiled or loaded in {rounds.compiling():.1f} s of CPU")
    for size in sizes:
        problem = rounds.problem_of(size)
        for goal in rounds.SOUGHT:
            click.echo(f"{size} {goal}: {rounds.rounds_per_second(problem, ['must', goal]):,.0f} rounds a second")
        compiled, other = (rounds.steps_per_second(problem, compiled=one) for one in (True, False))
        click.echo(f"{size} bound: {compiled:,.0f} steps of prices a second, {other:,.0f} by numpy")


if __name__ == "__main__":
    main()
