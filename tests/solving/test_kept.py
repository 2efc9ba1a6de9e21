"""Compiled code that is kept is used only as it was written."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from numba.core import caching

from staffing.solving.state.kept import SEAL, drop_unsound, seal
from staffing.solving.state.kernel import compiled

SOURCE = """
from staffing.solving.state.kernel import compiled

@compiled
def doubled(number):
    return 2 * number
"""
DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[:100],
    "empty": lambda _: b"",
    "blank at its end": lambda content: content[: len(content) // 2] + bytes(len(content) - len(content) // 2),
    "blank": lambda content: bytes(len(content)),
    "other text": lambda _: b"not what it was",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "doubling.py").write_text(SOURCE)
    return tmp_path


def imported(folder: Path) -> Any:
    """Import the module as a new process would."""
    spec = importlib.util.spec_from_file_location("doubling", folder / "doubling.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def compiled_in(folder: Path) -> Path:
    """Compile once, as the first search after installing does; return where that is kept."""
    module = imported(folder)
    assert module.doubled(4) == 8
    kept = Path(module.doubled.stats.cache_path)
    seal(kept)
    return kept


def found_kept(folder: Path) -> bool:
    """Whether a new process finds all of it compiled; in any case it must reckon rightly."""
    module = imported(folder)
    assert module.doubled(4) == 8
    return bool(sum(module.doubled.stats.cache_hits.values()) == 1)


def test_what_is_sealed_is_used_again(folder: Path) -> None:
    kept = compiled_in(folder)
    drop_unsound(kept, folder)
    assert found_kept(folder)


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize("suffix", [".nbi", ".nbc"])
def test_what_is_damaged_is_compiled_again(folder: Path, suffix: str, damage: Callable[[bytes], bytes]) -> None:
    kept = compiled_in(folder)
    [path] = kept.glob(f"*{suffix}")
    path.write_bytes(damage(path.read_bytes()))
    drop_unsound(kept, folder)
    assert not found_kept(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff\xfe\x00"])
def test_a_damaged_seal_vouches_for_nothing(folder: Path, content: bytes) -> None:
    kept = compiled_in(folder)
    (kept / SEAL).write_bytes(content)
    drop_unsound(kept, folder)
    assert not found_kept(folder)


def test_what_was_never_sealed_is_compiled_again(folder: Path) -> None:
    """The first search was killed before it had compiled all."""
    kept = compiled_in(folder)
    (kept / SEAL).unlink()
    drop_unsound(kept, folder)
    assert not found_kept(folder)


def test_what_is_older_than_any_source_is_compiled_again(folder: Path) -> None:
    kept = compiled_in(folder)
    (folder / "constants.py").write_text("ONE = 1")
    later = max(path.stat().st_mtime for path in kept.iterdir()) + 5
    os.utime(folder / "constants.py", (later, later))
    drop_unsound(kept, folder)
    assert list(kept.glob("*.nb[ci]")) == []


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching.CompileResultCacheImpl, "_locator_classes", [])

    def doubled(number: int) -> int:
        return 2 * number

    assert compiled(doubled)(4) == 8
