"""Tables and lines, laid out for a terminal or a pipe."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from math import ceil
from typing import TYPE_CHECKING, TextIO

from staffing.console.text import WITH_ISOLATES, clean, is_right_to_left, isolate, wrap

if TYPE_CHECKING:
    from rich.table import Table as RichTable

PIPE_WIDTH = 120
GAP = 2
"""Blanks between columns; at least two, so that a cell can be told from its neighbour."""

_CELL = re.compile(r"\S+(?: \S+)*")


@dataclass(frozen=True, slots=True)
class Column:
    """Head of a column; numbers stand to the right, prose may wrap."""

    title: str
    right: bool = False
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of texts.

    Attributes
    ----------
    title
        What it shows.
    columns
        Heads of the columns.
    rows
        One text for each column.
    kept
        How many leading columns are repeated where the others do not fit side by side; None for a table
        that is never split.
    note
        A line below that explains its marks.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    kept: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """Where tables go: how wide it is, and whether somebody looks at it."""

    width: int = PIPE_WIDTH
    terminal: bool = False

    @classmethod
    def of(cls, stream: TextIO) -> Page:
        """Measure a stream; a pipe is as wide as ``COLUMNS`` says, else 120."""
        if not stream.isatty():
            asked = os.environ.get("COLUMNS", "")
            return cls(int(asked) if asked.isdecimal() and int(asked) > 0 else PIPE_WIDTH)
        import shutil

        return cls(shutil.get_terminal_size().columns, terminal=True)

    @property
    def name_width(self) -> int:
        """Most columns a name may take, so that weeks have room beside it."""
        return max(12, self.width // 4)

    def name(self, text: str) -> str:
        """Return a name that is safe within a line; on a terminal a right-to-left one is isolated."""
        return isolate(clean(text)) if self.terminal else clean(text)

    def lines(self, text: str | None) -> list[str]:
        """Return a text broken into lines of this width; none where there is no text."""
        return wrap(self.name(text), self.width).split("\n") if text else []

    def render(self, parts: Iterable[str | Table]) -> str:
        """Lay out lines and tables, a blank line around each table."""
        blocks: list[str] = []
        lines: list[str] = []
        for part in parts:
            if isinstance(part, str):
                lines.append(clean(part, WITH_ISOLATES))
                continue
            blocks += ["\n".join(lines)] if lines else []
            lines = []
            blocks += self._table(part)
        blocks += ["\n".join(lines)] if lines else []
        return "\n\n".join(blocks)

    def _table(self, table: Table) -> list[str]:
        blocks = [self._draw(piece) for piece in split(table, self.width)]
        if table.title:
            blocks[0] = f"{self._bold(self.name(table.title))}\n{blocks[0]}"
        if table.note:
            blocks[-1] += f"\n{clean(table.note)}"
        return blocks

    def _bold(self, text: str) -> str:
        plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
        return f"\x1b[1m{text}\x1b[0m" if self.terminal and not plain else text

    def _draw(self, table: Table) -> str:
        from rich.console import Console

        out = StringIO()
        console = Console(file=out, width=self.width, color_system=None, force_terminal=False, emoji=False)
        console.print(_rich(table), crop=False)
        lines = (line.rstrip() for line in out.getvalue().splitlines())
        return "\n".join(_isolated(line) if self.terminal else line for line in lines)


def _isolated(line: str) -> str:
    """Isolate each cell of a drawn line, so that a right-to-left name stays in its column."""
    return _CELL.sub(lambda cell: isolate(cell.group()), line) if is_right_to_left(line) else line


def _rich(table: Table) -> RichTable:
    from rich.box import Box
    from rich.table import Table as RichTable
    from rich.text import Text

    underlined = Box("    \n    \n -  \n    \n    \n    \n    \n    \n", ascii=True)
    drawn = RichTable(box=underlined, show_edge=False, padding=(0, GAP - 1, 0, 0), pad_edge=False)
    for column in table.columns:
        drawn.add_column(
            Text(column.title),
            justify="right" if column.right else "left",
            no_wrap=not column.prose,
            overflow="fold" if column.prose else "ellipsis",
            vertical="top",
        )
    for row in table.rows:
        drawn.add_row(*(Text("\n".join(clean(line) for line in cell.split("\n"))) for cell in row))
    return drawn


def split(table: Table, width: int) -> list[Table]:
    """Cut a wide table into ones that fit the width, each with the leading columns; weeks shared out evenly."""
    if table.kept is None:
        return [table]
    kept, widths = table.kept, [_width(table, index) + GAP for index in range(len(table.columns))]
    others = len(table.columns) - kept
    room = width - sum(widths[:kept])
    fit = max(1, room // max(widths[kept:], default=1))
    if others <= fit:
        return [table]
    size = ceil(others / ceil(others / fit))
    return [
        Table(
            table.title,
            table.columns[:kept] + table.columns[start : start + size],
            tuple(row[:kept] + row[start : start + size] for row in table.rows),
        )
        for start in range(kept, len(table.columns), size)
    ]


def _width(table: Table, index: int) -> int:
    from rich.cells import cell_len

    cells = [table.columns[index].title, *(row[index] for row in table.rows)]
    return max(cell_len(clean(line)) for cell in cells for line in cell.split("\n"))


def show(parts: Sequence[str | Table]) -> None:
    """Print lines and tables on stdout."""
    sys.stdout.write(Page.of(sys.stdout).render(parts) + "\n")
