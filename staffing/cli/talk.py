"""What is said on stderr: mistakes, warnings, good news. stdout is for data."""

from __future__ import annotations

from collections.abc import Iterable

import click

from staffing.console.text import clean


def say(sentence: object) -> None:
    """Print one sentence on stderr; nothing from a file can move the cursor or change a colour."""
    click.echo(clean(str(sentence)), err=True)


def warn(sentences: Iterable[object]) -> None:
    """Print a warning on stderr for each thing that is legal but surely not meant."""
    for sentence in sentences:
        say(f"warning: {sentence}")
