"""A folder of CSV files, whose tables are replaced all together.

Only the tables are touched; the folder itself, a link to it and whatever else lies in it stay. The steps are:

1. Other writers are kept out by a lock, which the system takes back from a process that dies.
2. Every new table is written down beside its place. If one cannot be, they are all taken away: nothing has changed.
3. The file :data:`~staffing.files.csv_folder.UNFINISHED` is put into the folder. As long as it stands there, reading
   refuses the folder and says how to mend it.
4. Old tables that have no successor (``tasks.txt`` and the like) are removed and the new ones moved to their places,
   each in one step. If the system refuses one of these, the old ones are put back.
5. The mark is taken away.

Killed before step 3, the folder has its old tables; after step 5, the new ones; in between, it is refused until it is
written again. Reading looks whether tables changed meanwhile, and so never mixes them either.
"""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from staffing.errors import OutputError
from staffing.files.csv_folder import UNFINISHED, table_files
from staffing.files.tables import normal
from staffing.files.tables_columns import COLUMNS
from staffing.plan.writing import put, staged, told

PATIENCE = 10.0
"""Seconds to wait for another writer."""
_TICK = 0.02


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Replace the tables of a folder by others, all or none; the folder is made if it is not there.

    Parameters
    ----------
    path
        The folder, or a link to it.
    files
        The new tables by the names of their files.

    Raises
    ------
    OutputError
        In one sentence, where that cannot be done.
    """
    with told(path):
        folder = Path(os.path.realpath(path))
        new = not folder.exists()
        folder.mkdir(exist_ok=True)
        try:
            with _alone(folder):
                _replace(folder, files)
        except BaseException:
            if new:
                with suppress(OSError):  # somebody else has found a use for it
                    folder.rmdir()
            raise


def check_strangers(folder: Path) -> None:
    """Raise an error for a folder with a .csv file that is no table, for readers would take it as one.

    Raises
    ------
    OutputError
        Naming the first.
    """
    with told(folder):
        strangers = [file for file in table_files(folder) if normal(file.stem) not in COLUMNS]
    if strangers:
        raise OutputError(f"{strangers[0]} would be read as a table of the scenario: move it, or begin its name with _")


def _replace(folder: Path, files: Mapping[str, bytes]) -> None:
    check_strangers(folder)
    before = {file: file.read_bytes() for file in table_files(folder) if file.is_file()}
    mark = folder / UNFINISHED
    mixed = os.path.lexists(mark)  # by a process that was killed
    with ExitStack() as stack:
        moves = [stack.enter_context(staged(folder / name, content)) for name, content in files.items()]
        try:
            mark.touch()
            for file in before:
                if file.name not in files:
                    file.unlink()
            for move in moves:
                move()
            mark.unlink()
        except BaseException:
            _put_back(folder, before, files)
            if not mixed:
                mark.unlink(missing_ok=True)
            raise


def _put_back(folder: Path, before: Mapping[Path, bytes], files: Mapping[str, bytes]) -> None:
    for name in files:
        if folder / name not in before:
            Path(os.path.realpath(folder / name)).unlink(missing_ok=True)
    for file, content in before.items():
        if not file.exists() or file.read_bytes() != content:
            put(file, content)


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Keep other writers out of a folder, as far as the system can lock folders."""
    if sys.platform == "win32":
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> None:
    import fcntl  # not on Windows

    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                raise TimeoutError(errno.ETIMEDOUT, "somebody else is writing it") from None
        except OSError:  # this file system has no locks
            return
        else:
            return
        time.sleep(_TICK)
