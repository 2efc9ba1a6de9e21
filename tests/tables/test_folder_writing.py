"""The tables of a folder are replaced all together, and what else lies there is let be."""

from __future__ import annotations

import errno
import os
import stat
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from staffing.errors import OutputError, ScenarioError
from staffing.files.csv_folder import UNFINISHED
from staffing.files.csv_text import csv_sheet
from staffing.loading import from_mapping, load
from staffing.writing import folder as writing
from staffing.writing.folder import write_folder
from staffing.writing.write import scenario_content, write_scenario

OLD = {
    "start": "2026-01-05",
    "weeks": 4,
    "staff": [{"id": "sara", "role": "account_manager"}],
    "clients": [{"id": "c"}],
    "tasks": [{"id": f"old-{number}", "client": "c", "kind": "strategic", "hours": 1} for number in range(20)],
}
NEW = OLD | {
    "weeks": 5,
    "clients": [{"id": "d"}],
    "tasks": [{"id": f"new-{number}", "client": "d", "kind": "tactical", "hours": 2} for number in range(30)],
}


def tables(data: dict[str, object], name: str = "team") -> dict[str, bytes]:
    content = scenario_content(from_mapping(data | {"name": name}), "/")
    assert not isinstance(content, bytes)
    return dict(content)


def inside(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file()}


@pytest.fixture
def team(tmp_path: Path) -> Path:
    write_folder(tmp_path / "team", tables(OLD))
    return tmp_path / "team"


def test_tables_are_replaced_and_nothing_else(team: Path) -> None:
    (team / "notes.md").write_text("mine")
    (team / "_ideas.csv").write_text("mine too")
    (team / "deep").mkdir()
    (team / "deep" / "tasks.csv").write_text("none of ours")
    for name in ("tasks.txt", "Staff.TSV", "Roles.csv"):
        (team / name).write_text("an older table")
    (team / "tasks.csv").chmod(0o600)
    team.chmod(0o750)
    before = team.stat()
    write_folder(team, tables(NEW))
    assert inside(team) == {**tables(NEW), "notes.md": b"mine", "_ideas.csv": b"mine too"}
    assert (team / "deep" / "tasks.csv").read_text() == "none of ours"
    assert stat.S_IMODE((team / "tasks.csv").stat().st_mode) == 0o600
    assert (team.stat().st_ino, team.stat().st_mode) == (before.st_ino, before.st_mode)


def test_a_folder_may_be_a_link_or_a_link_to_nothing_yet(team: Path, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("team")
    (tmp_path / "early").symlink_to("later")
    for name in ("link", "early"):
        write_folder(tmp_path / name, tables(NEW))
        assert (tmp_path / name).is_symlink()
        assert inside(tmp_path / name) == tables(NEW)
    assert inside(team) == inside(tmp_path / "later")


def test_the_folder_around_it_may_be_closed(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.open

    def closed(path: Path, *given: int) -> int:
        if Path(path).parent == team.parent and given[0] & os.O_CREAT:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(path, *given)

    monkeypatch.setattr("os.open", closed)
    write_folder(team, tables(NEW))
    assert inside(team) == tables(NEW)


@pytest.mark.parametrize("step", ["os.open", "os.fsync", "os.replace", "os.unlink", "pathlib.Path.touch"])
@pytest.mark.parametrize("after", range(8))
def test_whatever_step_fails_the_old_tables_are_there(
    step: str, after: int, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (team / "tasks.txt").write_text("an older table")
    (team / "clients.csv").unlink()
    before = inside(team)
    module, _, name = step.rpartition(".")
    owner = os if module == "os" else Path
    real = getattr(owner, name)
    left = [after]

    def once(*given: object, **more: object) -> object:
        left[0] -= 1
        if left[0] == -1:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return real(*given, **more)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, once)
        try:
            write_folder(team, tables(NEW))
            why = ""
        except OutputError as error:
            why = str(error)
    assert why == ("" if left[0] >= 0 else f"{team} cannot be written: {os.strerror(errno.EIO)}")
    assert inside(team) == (before if why else tables(NEW))


def test_what_cannot_be_put_back_is_refused_until_it_is_written_again(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.replace
    left = [3]

    def broken(*given: Path) -> None:
        left[0] -= 1
        if left[0] < 0:
            raise PermissionError(errno.EACCES, "open in a spreadsheet")
        real(*given)

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", broken)
        with pytest.raises(OutputError, match="open in a spreadsheet"):
            write_folder(team, tables(NEW))
    with pytest.raises(ScenarioError, match=r"not all of one writing; write it again with --force, or make them"):
        load(team)
    write_folder(team, tables(OLD))
    assert inside(team) == tables(OLD)
    assert load(team).weeks == 4


def test_a_mark_that_another_left_stays_where_writing_fails_again(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (team / UNFINISHED).touch()

    def broken(*_given: Path) -> None:
        raise OSError(errno.EIO, "broken")

    with monkeypatch.context() as patch:
        patch.setattr("os.replace", broken)
        with pytest.raises(OutputError, match="broken"):
            write_folder(team, tables(NEW))
    assert (team / UNFINISHED).exists()
    (team / UNFINISHED).unlink()
    assert load(team).weeks == 4


def test_a_folder_that_could_not_be_filled_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", full)
        with pytest.raises(OutputError, match="No space left"):
            write_folder(tmp_path / "team", tables(NEW))
    assert list(tmp_path.iterdir()) == []


def test_a_table_that_is_none_is_refused_before_anything_is_written(team: Path) -> None:
    (team / "task.csv").write_text("id\na\n")
    with pytest.raises(OutputError, match=r"task\.csv would be read as a table of the scenario: move it, or begin"):
        write_folder(team, tables(NEW))
    (team / "task.csv").unlink()
    assert inside(team) == tables(OLD)


def test_a_folder_in_the_place_of_a_table_is_refused_before_anything_is_written(team: Path) -> None:
    (team / "tasks.csv").unlink()
    (team / "tasks.csv").mkdir()
    before = inside(team)
    with pytest.raises(OutputError, match="it is a folder"):
        write_folder(team, tables(NEW))
    assert inside(team) == before


def test_two_writers_never_mix_and_a_reader_sees_one_of_them(team: Path) -> None:
    done = threading.Event()
    wholes = {load(team).fingerprint, from_mapping(NEW).fingerprint}

    def write(data: dict[str, object]) -> None:
        for _ in range(10):
            write_folder(team, tables(data))

    def read() -> set[str]:
        seen = set()
        while not done.is_set():
            try:
                seen.add(load(team).fingerprint)
            except ScenarioError as error:
                seen.add("going on" if "is going on" in str(error) or "is being written" in str(error) else str(error))
        return seen

    with ThreadPoolExecutor() as threads:
        reading = threads.submit(read)
        try:
            for writer in [threads.submit(write, OLD), threads.submit(write, NEW)]:
                writer.result()
        finally:
            done.set()
        assert reading.result() <= {*wholes, "going on"}
    assert inside(team) in (tables(OLD), tables(NEW))


def test_who_waits_too_long_for_another_writer_is_told(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "PATIENCE", 0.0)
    with writing._alone(team), pytest.raises(OutputError, match="somebody else is writing it"):
        write_folder(team, tables(NEW))
    assert inside(team) == tables(OLD)


def test_a_system_without_locks_goes_without(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_given: int) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    monkeypatch.setattr("fcntl.flock", none)
    write_folder(team, tables(NEW))
    monkeypatch.setattr("sys.platform", "win32")
    write_folder(team, tables(OLD))
    assert inside(team) == tables(OLD)


def test_tables_that_change_while_they_are_read_are_read_again(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = csv_sheet
    changes = [NEW, OLD, NEW]

    def meanwhile(file: Path, *given: object, **named: object) -> object:
        if file.name == "staff.csv" and changes:
            write_folder(team, tables(changes.pop()))
        return real(file, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("staffing.files.csv_folder.csv_sheet", meanwhile)
    assert load(team).weeks == 5
    changes += [OLD, NEW] * 10
    with pytest.raises(ScenarioError, match="this folder is being written: read it again when that is done"):
        load(team)


def test_a_table_that_goes_away_while_it_is_read_is_no_mistake(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (team / "clients.csv").rename(team / "Clients.csv")
    real = csv_sheet

    def meanwhile(file: Path, *given: object, **named: object) -> object:
        if (team / "Clients.csv").exists():
            write_folder(team, tables(NEW))
        return real(file, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr("staffing.files.csv_folder.csv_sheet", meanwhile)
    assert load(team).weeks == 5


def test_a_scenario_replaces_a_whole_folder(team: Path) -> None:
    write_scenario(from_mapping(NEW | {"name": "team"}), team)
    assert load(team).fingerprint == from_mapping(NEW).fingerprint
