"""Putting rows of ``worked`` into a folder of CSV files: a few lines of two files; all else stays as it is."""

from __future__ import annotations

import codecs
import csv
import io
import pathlib
import re
from collections.abc import Iterator, Mapping, Sequence

from staffing.files.csv_folder import table_files, table_sheet
from staffing.files.tables import normal
from staffing.files.tables_columns import COLUMNS
from staffing.files.tree import Tree
from staffing.keeping.change import Change, UnusualFileError
from staffing.scenario.amounts import plain
from staffing.scenario.records import Worked

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_DELIMITERS = (",", ";", "\t")


def changed_folder(path: pathlib.Path, tree: Tree, change: Change) -> Mapping[str, bytes]:
    """Return the files of a folder, the tables of settings and worked hours changed.

    Raises
    ------
    UnusualFileError
        Where the lines of a table cannot be told apart.
    """
    tables = {normal(file.stem): file for file in table_files(path)}
    notes = (file for file in path.iterdir() if file.is_file() and file.name.startswith("_"))
    files = {file.name: file.read_bytes() for file in (*tables.values(), *notes)}
    settings = _Csv.read(tables["settings"])
    worked = _Csv.read(tables["worked"]) if "worked" in tables else settings.alike(list(COLUMNS["worked"]))
    for key, value in change.settings.items():
        settings.set(key, value)
    files[tables["settings"].name] = settings.content()
    lines = [place.line or 1 for row in range(_count(tree)) if (place := tree.place(("worked", row)))]
    worked.change(change, lines)
    if change.worked or "worked" in tables:
        files[tables["worked"].name if "worked" in tables else "worked.csv"] = worked.content()
    return files


def _count(tree: Tree) -> int:
    return len(tree.data.get("worked") or ())


class _Csv:
    """A CSV file as its user writes it, record by record."""

    def __init__(self, encoding: str, delimiter: str, end: str, records: Sequence[str]) -> None:
        self.encoding, self.delimiter, self.end, self.records = encoding, delimiter, end, list(records)

    @classmethod
    def read(cls, path: pathlib.Path) -> _Csv:
        """Read a file that is known to be a table."""
        content = path.read_bytes()
        wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        encoding = "utf-16" if wide else "utf-8-sig" if content.startswith(codecs.BOM_UTF8) else "utf-8"
        text = content.decode(encoding)
        end = "\r\n" if "\r\n" in text else "\n"
        head = next((row for row in table_sheet(path).rows if any(row)), ())
        names = [normal(str(cell.value)) if cell else "" for cell in head]
        for delimiter in _DELIMITERS:
            found = cls(encoding, delimiter, end, list(_records(text, delimiter)))
            if [normal(cell) for cell in found.cells(found.head)] == names:
                return found
        raise UnusualFileError

    def alike(self, head: Sequence[str]) -> _Csv:
        """Return a table that is written in the same way and has only a header row."""
        made = _Csv(self.encoding, self.delimiter, self.end, [])
        made.records.append(made.line(head))
        return made

    @property
    def head(self) -> int:
        """Number of the header row: the first record that is neither blank nor a line that declares the delimiter."""
        blank = re.compile(rf"(?:sep=.)?[\s{self.delimiter}]*", re.IGNORECASE)
        return next((number for number, record in enumerate(self.records) if not blank.fullmatch(record)), 0)

    def cells(self, number: int) -> list[str]:
        """Return the cells of a record."""
        record = self.records[number : number + 1]
        return next(csv.reader(record, delimiter=self.delimiter, skipinitialspace=True), [])

    def line(self, cells: Sequence[str]) -> str:
        """Return a record as a line of text."""
        made = io.StringIO()
        csv.writer(made, delimiter=self.delimiter, lineterminator=self.end).writerow(cells)
        return made.getvalue()

    def set(self, key: str, value: str) -> None:
        """Put a value behind its key; a key that is new comes last."""
        for number in range(len(self.records)):
            cells = self.cells(number)
            if cells and normal(cells[0]) == key:
                self.records[number] = self.line([cells[0], value, *cells[2:]])
                return
        self._append([key, value])

    def change(self, change: Change, lines: Sequence[int]) -> None:
        """Change the rows, which begin on these lines."""
        names = [normal(cell) for cell in self.cells(self.head)]
        at = self._at_lines()
        for row, mended in change.mended.items():
            number = at[lines[row] - 1]
            cells = self.cells(number)
            cells[names.index("hours")] = self._cells(change, mended)["hours"]
            self.records[number] = self.line(cells)
        for row in change.dropped:
            self.records[at[lines[row] - 1]] = ""
        for added in change.added:
            values = self._cells(change, added)
            if not values.keys() <= set(names):
                raise UnusualFileError  # a column is missing
            self._append([values.get(name, "") for name in names])

    def _cells(self, change: Change, row: Worked) -> dict[str, str]:
        cells = {key: value if isinstance(value, str) else plain(value) for key, value in change.data(row).items()}
        return cells | {"hours": cells["hours"].replace(".", ",")} if self.delimiter == ";" else cells

    def _append(self, cells: Sequence[str]) -> None:
        last = next((number for number in reversed(range(len(self.records))) if self.records[number]), None)
        if last is not None and not self.records[last].endswith(("\n", "\r")):
            self.records[last] += self.end
        self.records.append(self.line(cells))

    def _at_lines(self) -> list[int]:
        """Return for each line the number of its record."""
        return [number for number, record in enumerate(self.records) for _ in _LINE.findall(record)]

    def content(self) -> bytes:
        """Return the bytes of the whole file."""
        return "".join(self.records).encode(self.encoding)


def _records(text: str, delimiter: str) -> Iterator[str]:
    """Yield the records of a text, each with its line ending; a quoted cell may span several lines."""
    lines = _LINE.findall(text)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    at = 0
    try:
        for _ in reader:
            yield "".join(lines[at : reader.line_num])
            at = reader.line_num
    except csv.Error:
        raise UnusualFileError from None
