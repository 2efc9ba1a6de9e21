"""Files are written whole or not at all, keep what is their owner's, and leave nothing beside them."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from staffing.errors import OutputError
from staffing.plan import writing
from staffing.plan.writing import check_writable, write_whole

OLD, NEW = b"old\n" * 50_000, b"new\n" * 60_000


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def umask(mask: int) -> Iterator[None]:
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def full(*_given: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("step", ["os.open", "os.fsync", "os.chmod", "os.replace"])
def test_a_write_that_fails_leaves_what_was_there_and_nothing_else(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a").write_bytes(OLD)
    with monkeypatch.context() as patch:
        patch.setattr(step, full)
        with pytest.raises(OutputError, match=r"a cannot be written: No space left on device"):
            write_whole(tmp_path / "a", NEW)
    assert (tmp_path / "a").read_bytes() == OLD
    assert names(tmp_path) == ["a"]


def test_a_new_file_that_fails_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OutputError, match="No space left"):
            write_whole(tmp_path / "a", NEW)
    assert names(tmp_path) == []


def test_an_interrupt_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_handle: int) -> None:
        raise KeyboardInterrupt

    (tmp_path / "a").write_bytes(OLD)
    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(tmp_path / "a", NEW)
    assert (names(tmp_path), (tmp_path / "a").read_bytes()) == (["a"], OLD)


def test_a_reader_never_sees_half(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(OLD)
    done = threading.Event()

    def read() -> set[bytes]:
        seen = {path.read_bytes()}
        while not done.is_set():
            seen.add(path.read_bytes())
        return seen

    with ThreadPoolExecutor() as threads:
        reading = [threads.submit(read) for _ in range(2)]
        try:
            for _ in range(50):
                write_whole(path, NEW)
                write_whole(path, OLD)
        finally:
            done.set()
        assert set().union(*(one.result() for one in reading)) <= {OLD, NEW}


def test_who_has_a_file_open_reads_the_old_one_to_its_end(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(OLD)
    with (tmp_path / "a").open("rb") as file:
        write_whole(tmp_path / "a", NEW)
        assert file.read() == OLD


def test_every_save_of_many_threads_to_one_path_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a"
    contents = [bytes([65 + number]) * 100_000 for number in range(8)]

    def save(content: bytes) -> bytes:
        for _ in range(10):
            write_whole(path, content)
        return path.read_bytes()

    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(save, contents)) <= set(contents)
    assert names(tmp_path) == ["a"]


def test_a_name_as_long_as_may_be_is_written(tmp_path: Path) -> None:
    longest = "ا" * 124 + "b.json"  # 254 bytes
    check_writable(tmp_path / longest)
    write_whole(tmp_path / longest, "x")
    assert names(tmp_path) == [longest]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a" * 256, "File name too long"),
        ("a\0b", "embedded null byte"),
        ("no/a", "the folder .*no does not exist"),
        ("file/a", "the folder .*file does not exist"),
        ("folder", "it is a folder"),
        ("circle", "Too many levels of symbolic links"),
        ("to-nowhere", "the folder .*nowhere does not exist"),
    ],
)
@pytest.mark.parametrize("write", [check_writable, lambda path: write_whole(path, "x")])
def test_a_name_that_cannot_be_written_is_refused_with_the_reason(
    write: Callable[[Path], None], name: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "folder").mkdir()
    (tmp_path / "circle").symlink_to("circle")
    (tmp_path / "to-nowhere").symlink_to("nowhere/a")
    before = names(tmp_path)
    with pytest.raises(OutputError, match=f"cannot be written: {reason}"):
        write(tmp_path / name)
    assert names(tmp_path) == before


def test_what_is_write_protected_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(OLD)
    monkeypatch.setattr("os.access", lambda path, how: (Path(path).name, how) != ("a", os.W_OK))  # root may write all
    for write in (check_writable, lambda path: write_whole(path, NEW)):
        with pytest.raises(OutputError, match="it is write-protected"):
            write(tmp_path / "a")
    assert (tmp_path / "a").read_bytes() == OLD


@pytest.mark.parametrize("before", [0o600, 0o640, 0o666, 0o755])
def test_a_file_that_is_replaced_keeps_its_mode(before: int, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(OLD)
    (tmp_path / "a").chmod(before)
    with umask(0o022):
        write_whole(tmp_path / "a", NEW)
    assert (mode(tmp_path / "a"), (tmp_path / "a").read_bytes()) == (before, NEW)


def test_what_replaces_a_secret_is_one_from_the_first_byte_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    (tmp_path / "a").write_bytes(OLD)
    (tmp_path / "a").chmod(0o600)
    monkeypatch.setattr("os.fsync", lambda handle: seen.append(stat.S_IMODE(os.fstat(handle).st_mode)))
    with umask(0):
        write_whole(tmp_path / "a", NEW)
    assert seen == [0o600]


@pytest.mark.parametrize(("mask", "after"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_mode_that_the_umask_leaves(mask: int, after: int, tmp_path: Path) -> None:
    with umask(mask):
        write_whole(tmp_path / "a", NEW)
    assert mode(tmp_path / "a") == after


def test_the_owner_is_kept_where_that_may_be(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[int, int]] = []

    def chown(_path: Path, user: int, group: int) -> None:
        asked.append((user, group))
        raise PermissionError(errno.EPERM, "only root may")

    (tmp_path / "a").write_bytes(OLD)
    owner = (tmp_path / "a").stat()
    monkeypatch.setattr("os.chown", chown)
    write_whole(tmp_path / "a", NEW)
    assert asked == [(-1, owner.st_gid), (owner.st_uid, -1)]
    assert (tmp_path / "a").read_bytes() == NEW


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "b").write_bytes(OLD)
    (tmp_path / "far" / "b").chmod(0o600)
    (tmp_path / "a").symlink_to("far/middle")
    (tmp_path / "far" / "middle").symlink_to("b")
    write_whole(tmp_path / "a", NEW)
    assert (tmp_path / "a").readlink() == Path("far/middle")
    assert ((tmp_path / "far" / "b").read_bytes(), mode(tmp_path / "far" / "b")) == (NEW, 0o600)
    assert (names(tmp_path), names(tmp_path / "far")) == (["a", "far"], ["b", "middle"])


def test_a_link_to_what_is_not_there_yet_makes_it(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    write_whole(tmp_path / "a", NEW)
    assert (tmp_path / "a").is_symlink()
    assert (tmp_path / "b").read_bytes() == NEW


def test_a_device_is_written_to_and_stays_one(tmp_path: Path) -> None:
    (tmp_path / "none").symlink_to("/dev/null")
    (tmp_path / "full").symlink_to("/dev/full")
    check_writable(tmp_path / "none")
    write_whole(tmp_path / "none", NEW)
    with pytest.raises(OutputError, match="full cannot be written: No space left on device"):
        write_whole(tmp_path / "full", NEW)
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)
    assert names(tmp_path) == ["full", "none"]


def test_a_pipe_takes_what_is_written(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OutputError, match="pipe cannot be written"):
        write_whole(tmp_path / "pipe", NEW)  # nobody reads it: waiting could take for ever
    reader = os.open(tmp_path / "pipe", os.O_RDONLY | os.O_NONBLOCK)
    with open(reader, "rb") as file:
        write_whole(tmp_path / "pipe", "some lines")
        assert file.read() == b"some lines"
    assert stat.S_ISFIFO((tmp_path / "pipe").stat().st_mode)


def test_no_two_writes_use_one_name(tmp_path: Path) -> None:
    seen = []
    with writing.staged(tmp_path / "a", OLD), writing.staged(tmp_path / "a", NEW):
        seen = names(tmp_path)
    assert len(seen) == 2
    assert all(len(name) < 40 for name in seen)
    assert names(tmp_path) == []
