"""Inputs and outputs are kept apart: what a result is made from is never overwritten by it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

_ANOTHER = "name another output"


def keep_apart(outputs: Sequence[Path], inputs: Sequence[Path], by: Path | None = None) -> None:
    """Raise an error if an output is an input by any name, holds an input, or is a table of an input folder.

    Parameters
    ----------
    outputs
        Files, or folders of tables, that will be written.
    inputs
        Files, or folders of tables, that are read.
    by
        The scenario that extends the inputs; None where they are asked for themselves.

    Raises
    ------
    click.UsageError
        In one sentence.
    """
    for output in outputs:
        for given in inputs:
            if clash := _clash(output, given):
                raise click.UsageError(f"{output} {clash}, {f'which {by} extends' if by else 'an input'}: {_ANOTHER}.")


def _clash(output: Path, given: Path) -> str | None:
    """Return what writing an output would do to an input; None if nothing."""
    if any(_same(written, read) for written in _files(output) for read in _files(given)):
        return f"would overwrite {given}"
    if Path(os.path.realpath(given)).is_relative_to(os.path.realpath(output)):
        return f"holds {given}"
    if _would_be_a_table(output, given):
        return f"would be read as a table of {given}"
    return None


def check_apart(outputs: Sequence[Path]) -> None:
    """Raise an error if two outputs are one file.

    Raises
    ------
    click.UsageError
        In one sentence.
    """
    for index, output in enumerate(outputs):
        for other in outputs[:index]:
            if _same(output, other):
                clash = "is named twice" if output == other else f"is the same file as {other}"
                raise click.UsageError(f"{output} {clash}: {_ANOTHER}.")


def _files(path: Path) -> Iterator[Path]:
    """Yield the files that a path stands for: itself, and the tables of a folder."""
    yield path
    if os.path.isdir(path):  # False, too, for a name that is too long
        yield from (file for file in path.iterdir() if file.suffix.lower() in (".csv", ".tsv", ".txt"))


def _same(one: Path, other: Path) -> bool:
    """Return whether two paths are one file: by name, by a link of either kind, or in letters of another case."""
    if os.path.realpath(one) == os.path.realpath(other):
        return True
    try:
        return os.path.samefile(one, other)
    except OSError:  # one of them is not there
        return False


def _would_be_a_table(output: Path, folder: Path) -> bool:
    """Return whether an output would lie in an input folder, whose .csv files are all read as tables."""
    if output.suffix.lower() != ".csv" or output.name.startswith(("_", ".")) or not os.path.isdir(folder):
        return False
    return os.path.realpath(output.parent) == os.path.realpath(folder)
