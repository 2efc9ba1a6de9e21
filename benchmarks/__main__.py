"""``python -m benchmarks``: run the benchmarks, write an agency, or plan instances of generalised assignment."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from benchmarks import assignment, rounds
from benchmarks.drawing import anytime
from benchmarks.engines import ENGINES
from benchmarks.generator import RULES, SIZES, write
from benchmarks.peers.stages import Means
from benchmarks.registry import SPECS, cases
from benchmarks.results import HEADS, aligned, table, write_csv
from benchmarks.running import run_case

LONG = {"XS": 5.0, "S": 10.0, "M": 60.0, "L": 60.0, "XL": 120.0}
"""Seconds by size."""
SHORT = {"XS": 2.0, "S": 3.0, "M": 10.0, "L": 15.0, "XL": 30.0}


FEW: dict[str, tuple[str, ...]] = {
    "M": ("staffing", "highs", "scip", "cp_sat", "taskjuggler"),
    "L": ("staffing", "highs", "cp_sat", "taskjuggler"),
    "XL": ("staffing",),
}
"""Engines of the short form, where not all."""


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
@click.option("--short", is_flag=True, help="One load and one seed, in under ten minutes.")
@click.option("--sizes", type=Listed(tuple(SIZES)), help="Of XS, S, M, L, XL.  [S,M,L,XL; short: not XL]")
@click.option("--loads", type=Listed(kind=float), help="Effort ÷ hours of all people.  [0.9,1.1; short: 1.1]")
@click.option("--seeds", type=Listed(kind=int), help="[0,1,2; short: 0]")
@click.option("--families", type=Listed(tuple(SPECS)), default="net-value,default", show_default=True)
@click.option("--engines", type=Listed(ENGINES), help=f"Of {', '.join(ENGINES)}.  [all; short: fewer from M on]")
@click.option("--without", type=Listed(tuple(sorted(RULES))), default="", help="Rules to leave out, for all engines.")
@click.option("--seconds", type=float, help="For every engine; by size if not given.")
@click.option("--threads", type=int, default=os.cpu_count() or 1, show_default="all cores")
@click.option("-o", "--out", type=click.Path(path_type=Path, file_okay=False), help="Folder for CSV and drawings.")
def run(
    short: bool,
    sizes: list[str] | None,
    loads: list[float] | None,
    seeds: list[int] | None,
    families: list[str],
    engines: list[str] | None,
    without: list[str],
    seconds: float | None,
    threads: int,
    out: Path | None,
) -> None:
    """Plan made-up agencies with every engine; print a table and write CSV and drawings."""
    runs = []
    limits = SHORT if short else LONG
    click.echo("  ".join(HEADS[:-1]))
    every = ["S", "M", "L"] if short else ["S", "M", "L", "XL"]
    loads, seeds = loads or ([1.1] if short else [0.9, 1.1]), seeds or ([0] if short else [0, 1, 2])
    chosen = cases(families, sizes or every, loads, seeds, without)
    for case in chosen:
        means = Means(seconds or limits[case.size.name], threads, case.seed)
        usual = FEW.get(case.size.name, ENGINES) if short else ENGINES
        done = run_case(case, engines or usual, means)
        runs.append(done)
        for line in aligned(table(done)):
            click.echo(line)
        if out is not None:
            out.mkdir(parents=True, exist_ok=True)
            write_csv(runs, out)
            name = case.name.replace(" ", "-")
            (out / f"{name}.svg").write_text(anytime(done), encoding="utf-8")
    problems = [problem for each in runs for problem in each.problems]
    if without:
        click.echo(f"Left out for all engines: {', '.join(without)}.")
    click.echo(f"{len(runs)} cases, {sum(len(each.judged) for each in runs)} answers, {len(problems)} problems.")
    for problem in problems:
        click.echo(f"PROBLEM {problem}", err=True)
    sys.exit(1 if problems else 0)


@main.command()
@click.argument("size", type=click.Choice(list(SIZES)))
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--load", type=float, default=1.1, show_default=True)
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--family", type=click.Choice(list(SPECS)), default="net-value", show_default=True)
@click.option("--without", type=Listed(tuple(sorted(RULES))), default="", help="Rules to leave out.")
def make(size: str, path: Path, load: float, seed: int, family: str, without: list[str]) -> None:
    """Write a made-up agency as .yaml or .json."""
    spec = SPECS[family]
    write(spec.build(SIZES[size], load=load, seed=seed, without=spec.without | set(without)), path)


@main.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--seconds", type=float, default=60.0, show_default=True)
@click.option("--threads", type=int, default=os.cpu_count() or 1, show_default="all cores")
@click.option("--seed", type=int, default=0, show_default=True)
@click.option("--only", type=Listed(), default="", help="Instances, series (gap1) or classes (c).")
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False), help="A CSV file.")
def gap(folder: Path, seconds: float, threads: int, seed: int, only: list[str], out: Path | None) -> None:
    """Plan the generalised-assignment instances of a FOLDER (OR-Library format) with the planner."""
    results = []
    click.echo("  ".join(assignment.HEADS))
    for path in assignment.instances(folder, only):
        results.append(assignment.solve_instance(path, Means(seconds, threads, seed)))
        click.echo("  ".join(results[-1].cells()))
    if out is not None:
        assignment.write_csv(results, out)
    problems = [f"{result.name}: {problem}" for result in results for problem in result.problems]
    click.echo(f"{len(results)} instances, {sum(r.proven for r in results)} proven, {len(problems)} problems.")
    for problem in problems:
        click.echo(f"PROBLEM {problem}", err=True)
    sys.exit(1 if problems else 0)


@main.command(name="rounds")
@click.option("--sizes", type=Listed(tuple(SIZES)), default="M,L", show_default=True)
def time_rounds(sizes: list[str]) -> None:
    """Time rounds of ruin and recreate, one thread, after compiling them."""
    click.echo(f"compiled or loaded in {rounds.compiling():.1f} s of CPU")
    for size in sizes:
        problem = rounds.problem_of(size)
        for goal in rounds.SOUGHT:
            click.echo(f"{size} {goal}: {rounds.rounds_per_second(problem, ['must', goal]):,.0f} rounds a second")


if __name__ == "__main__":
    main()
