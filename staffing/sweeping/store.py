"""The file of a sweep's results: SQLite, one row a run, one transaction a result.

Runs are keyed by content, so that several sweeps, one after the other or at once, may share a file. Whoever works on a
run has claimed it before; the claim of a process that is gone is taken over. A result stands once and for all.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

from staffing.errors import OutputError
from staffing.plan.records import Number
from staffing.sweeping.owners import Owner, is_gone
from staffing.sweeping.request import Options, Run
from staffing.sweeping.work import Outcome

APPLICATION, FORMAT = 0x53544646, 1
"""By these SQLite's own header tells such a file from others, and later formats from this one."""
PATIENCE = 20.0
"""Seconds to wait for another program that writes."""
_MANY = 500
_TABLE = """
CREATE TABLE runs (
    key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, seed INTEGER NOT NULL, options TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'taken', 'done', 'failed')),
    owner TEXT, beat REAL, kills INTEGER NOT NULL DEFAULT 0, ended REAL,
    status TEXT, goals TEXT, measures TEXT, seconds REAL, error TEXT, plan BLOB
)
"""
_TOLD = "key, state, owner, beat, status, goals, measures, seconds, error"
Claim = Literal["mine", "taken", "done", "failed"]


@dataclass(frozen=True, slots=True)
class Result:
    """What is known of a run.

    Attributes
    ----------
    state
        ``open``, ``taken`` by a sweep that is at work, ``done``, or ``failed``.
    status, goals, measures, seconds
        Of the plan, where it is done.
    error
        Why it failed.
    """

    state: str = "open"
    status: str | None = None
    goals: dict[str, Number] | None = None
    measures: dict[str, Number | None] | None = None
    seconds: float | None = None
    error: str | None = None


class Store:
    """An open file of results.

    Parameters
    ----------
    path
        The file; it is made if it is not there.

    Raises
    ------
    OutputError
        In one sentence, here and by every method, where the file is locked, foreign or closed to us, or the disk full.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.owner = Owner.me()
        self.began = time.time()
        if not path.parent.is_dir():
            raise OutputError(f"{path} cannot be written: the folder {path.parent} does not exist")
        if path.is_dir():
            raise OutputError(f"{path} cannot be written: it is a folder")
        with self._told():
            self._base = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        try:
            self._prepare()
        except OutputError:
            self._base.close()
            raise

    def _prepare(self) -> None:
        with self._told():
            self._check()
            self._go_wal()
            self._base.execute("PRAGMA synchronous = FULL")
        with self._writing() as base:
            if not self._check():
                base.execute(_TABLE)
                base.execute(f"PRAGMA application_id = {APPLICATION}")
                base.execute(f"PRAGMA user_version = {FORMAT}")

    def _go_wal(self) -> None:
        """Let others read while this sweep writes; SQLite itself does not wait for those who open the file just now."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._base.execute("PRAGMA journal_mode = WAL")
                return
            except sqlite3.OperationalError as error:
                if "locked" not in str(error) or time.monotonic() > end:
                    raise
            time.sleep(0.05)

    def _check(self) -> bool:
        """Return whether the file has its table; raise an error for one of another kind."""
        # tables first: another sweep may make the file meanwhile, and it is marked as ours together with its table
        (tables,) = self._base.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        (application,) = self._base.execute("PRAGMA application_id").fetchone()
        (form,) = self._base.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION and (tables or application):
            raise OutputError(f"{self.path} is a database of another program: name another file for the runs")
        if form > FORMAT:
            raise OutputError(f"{self.path} was written by a later version of staffing: name another file, or update")
        return bool(tables)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _t: TracebackType | None
    ) -> None:
        """Release what is claimed, and close the file."""
        with suppress(OutputError):  # whoever comes next sees that this sweep is gone
            self.release()
        self._base.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise OutputError(_sentence(self.path, error)) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Yield the connection within one transaction, which is whole or not at all."""
        with self._told():
            self._base.execute("BEGIN IMMEDIATE")
            try:
                yield self._base
                self._base.execute("COMMIT")
            except BaseException:  # Ctrl-C, too, leaves no half of a transaction
                if self._base.in_transaction:
                    self._base.execute("ROLLBACK")
                raise

    # reading

    def results(self, keys: Sequence[str]) -> dict[str, Result]:
        """Return what is known of runs, by key."""
        found = {}
        for first in range(0, len(keys), _MANY):
            some = keys[first : first + _MANY]
            marks = ", ".join("?" * len(some))
            query = f"SELECT {_TOLD} FROM runs WHERE key IN ({marks})"
            with self._told():
                rows = self._base.execute(query, some).fetchall()
            for key, state, owner, beat, status, goals, measures, seconds, error in rows:
                if state == "taken" and is_gone(owner, beat):
                    state = "open"
                found[key] = Result(state, status, _read(goals), _read(measures), seconds, error)
        return found

    def plan(self, key: str) -> bytes | None:
        """Return the packed plan of a run; None where there is none."""
        with self._told():
            row = self._base.execute("SELECT plan FROM runs WHERE key = ? AND state = 'done'", (key,)).fetchone()
        return row[0] if row else None

    # claiming

    def claim(self, run: Run, options: Options) -> Claim:
        """Claim a run, unless it is done, or another sweep is at it; what failed before this sweep is tried again."""
        with self._writing() as base:
            row = base.execute("SELECT state, owner, beat, ended FROM runs WHERE key = ?", (run.key,)).fetchone()
            if row is not None:
                state, owner, beat, ended = row
                mine = owner == self.owner.as_text()
                if state == "taken" and not mine and not is_gone(owner, beat):
                    return "taken"
                if state == "done" or (state == "failed" and ended >= self.began):
                    return "done" if state == "done" else "failed"
                kills = 0 if state == "failed" else None
                base.execute(
                    "UPDATE runs SET state = 'taken', owner = ?, beat = ?, error = NULL, kills = coalesce(?, kills) "
                    "WHERE key = ?",
                    (self.owner.as_text(), time.time(), kills, run.key),
                )
            else:
                base.execute(
                    "INSERT INTO runs (key, fingerprint, seed, options, state, owner, beat) "
                    "VALUES (?, ?, ?, ?, 'taken', ?, ?)",
                    (
                        *(run.key, run.variant.scenario.fingerprint, run.seed, options.as_text()),
                        *(self.owner.as_text(), time.time()),
                    ),
                )
        return "mine"

    def beat(self) -> None:
        """Record a sign of life."""
        with self._writing() as base:
            base.execute(
                "UPDATE runs SET beat = ? WHERE state = 'taken' AND owner = ?", (time.time(), self.owner.as_text())
            )

    def release(self) -> None:
        """Release what is claimed and not done."""
        with self._writing() as base:
            base.execute(
                "UPDATE runs SET state = 'open', owner = NULL WHERE state = 'taken' AND owner = ?",
                (self.owner.as_text(),),
            )

    # results

    def finish(self, key: str, outcome: Outcome) -> None:
        """Keep a result; one that is there already stays."""
        told: tuple[Any, ...] = (outcome.status, _text(outcome.goals), _text(outcome.measures), None, outcome.plan)
        if outcome.state != "done":
            told = (None, None, None, outcome.error, None)
        with self._writing() as base:
            base.execute(
                "UPDATE runs SET state = ?, ended = ?, seconds = ?, status = ?, goals = ?, measures = ?, error = ?, "
                "plan = ?, owner = NULL WHERE key = ? AND state != 'done'",
                (outcome.state, time.time(), outcome.seconds, *told, key),
            )

    def killed(self, key: str) -> int:
        """Count that the worker of a run was lost; return how often that has happened."""
        with self._writing() as base:
            base.execute("UPDATE runs SET kills = kills + 1 WHERE key = ?", (key,))
            return int(base.execute("SELECT kills FROM runs WHERE key = ?", (key,)).fetchone()[0])


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def _read(text: str | None) -> Any:
    return None if text is None else json.loads(text)


def _sentence(path: Path, error: sqlite3.Error) -> str:
    """Return what is wrong with the file, and what to do."""
    said = str(error)
    if "full" in said or "disk I/O" in said:
        return (
            f"{path} cannot be written, for the disk is full or fails: all results before are kept; make room, and "
            "start the same sweep again"
        )
    if "locked" in said or "busy" in said:
        return f"{path} is locked by another program, which has been writing for more than {PATIENCE:g} seconds"
    if "not a database" in said or "malformed" in said:
        return f"{path} is no file of runs, or a broken one: name another file"
    if "readonly" in said or not os.access(path if path.exists() else path.parent, os.W_OK):
        return f"{path} cannot be written: it, or its folder, is write-protected"
    return f"{path} cannot be used: {said}"
