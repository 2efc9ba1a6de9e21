"""Compiled code that is kept between runs, and sealed, so that only sound code is ever used.

numba keeps compiled functions in files and believes them. They may be cut or blank, after a power cut or on a full
disk, and they tell only whether their own source has changed, not one that it takes constants or functions from. So
once all is compiled a seal lists every file with its hash; at the next start, what the seal does not vouch for, and
all that is older than the newest source, is dropped and compiled again.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from staffing.errors import OutputError
from staffing.plan.writing import write_whole

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

SEAL = "compiled.seal.json"
LOCK = "compiled.lock"


def kept_folders(*functions: Any) -> list[Path]:
    """Return the folders in which numba keeps compiled functions; none where nothing can be kept."""
    return [Path(function.stats.cache_path) for function in functions if function.stats.cache_path is not None]


def drop_unsound(folder: Path, *sources: Path) -> None:
    """Drop compiled code that may not be used: damaged, not sealed, or older than the source.

    While another process compiles, all stays: it is not used before that has sealed it.

    Parameters
    ----------
    folder
        Where compiled code is kept.
    sources
        The folders of the source files it is compiled from.
    """
    with compiling_alone(folder) as alone:
        if alone:
            _drop(folder, sources)


def _drop(folder: Path, sources: Collection[Path]) -> None:
    newest = max(path.stat().st_mtime for source in sources for path in source.glob("*.py"))
    sealed = _sealed(folder)
    for path in _compiled(folder):
        with suppress(FileNotFoundError):  # another process may drop it meanwhile
            if path.stat().st_mtime < newest or sealed.get(path.name) != _hash(path):
                path.unlink(missing_ok=True)


def seal(folder: Path) -> None:
    """Vouch for the compiled code that is there; where nothing can be written, it is compiled again next time."""
    found = {}
    for path in _compiled(folder):
        with suppress(FileNotFoundError):
            found[path.name] = _hash(path)
    if found != _sealed(folder):
        with suppress(OutputError):
            write_whole(folder / SEAL, json.dumps(found, indent=1))


@contextmanager
def compiling_alone(folder: Path) -> Iterator[bool]:
    """Have the sole right to compile for a folder meanwhile; what is yielded says whether no other process has it."""
    try:
        file = (folder / LOCK).open("ab")
    except OSError:  # nothing can be written there, by nobody
        yield True
        return
    with file:
        yield _locked(file)


def _locked(file: IO[bytes]) -> bool:
    """Lock a file until it is closed; return whether no other process has locked it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:  # others than these say that the file cannot be locked at all
        return not isinstance(error, BlockingIOError | PermissionError)
    return True


def is_sealed(folder: Path) -> bool:
    """Return whether there is compiled code, all of it vouched for."""
    found = {path.name for path in _compiled(folder)}
    return bool(found) and found == _sealed(folder).keys()


def _compiled(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.nb[ci]"))


def _hash(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()


def _sealed(folder: Path) -> Mapping[str, object]:
    try:
        found = json.loads((folder / SEAL).read_text(encoding="utf-8"))
    except (OSError, ValueError):  # no seal yet, or a damaged one: nothing is sealed
        return {}
    return found if isinstance(found, dict) else {}
