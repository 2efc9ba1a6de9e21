"""Who is at work on a run: a process, known again by its host, its number and when it began."""

from __future__ import annotations

import json
import os
import secrets
import socket
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass

SILENT = 120.0
"""Seconds without a sign of life after which an owner on another machine is taken to be gone."""


@dataclass(frozen=True, slots=True)
class Owner:
    """A sweep at work.

    Attributes
    ----------
    host
        Its machine, and where processes are numbered apart, such as in containers, which numbering.
    pid, born
        Its process, and when that began, so that another one with the same number is not taken for it; "" where the
        system does not tell.
    token
        Of this sweep alone; a process may run several.
    """

    host: str
    pid: int
    born: str
    token: str

    @classmethod
    def me(cls) -> Owner:
        """Return a new owner in this process."""
        return cls(_host(), os.getpid(), _born(os.getpid()) or "", secrets.token_hex(8))

    def as_text(self) -> str:
        """Return it in one form."""
        return json.dumps(asdict(self), sort_keys=True)


def is_gone(text: str, beat: float) -> bool:
    """Return whether an owner is at work no more.

    Parameters
    ----------
    text
        The owner, in its one form.
    beat
        Its last sign of life.
    """
    silent = time.time() - beat > SILENT
    try:
        owner = Owner(**json.loads(text))
    except (ValueError, TypeError):
        return silent
    if owner.host != _host() or sys.platform == "win32":  # there, asking for a process may end it
        return silent
    if owner.born:
        return _born(owner.pid) != owner.born
    return not _exists(owner.pid) or silent


def _host() -> str:
    parts = [socket.gethostname()]
    with suppress(OSError):
        parts.append(os.readlink("/proc/self/ns/pid"))
    return " ".join(parts)


def _born(pid: int) -> str | None:
    """Return when a process began, in the words of Linux; None where there is none, or it has ended already."""
    try:
        with open(f"/proc/{pid}/stat", encoding="utf-8", errors="replace") as file:
            told = file.read().rpartition(")")[2].split()
    except OSError:
        return None
    return None if told[0] in "ZX" else told[19]


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # of somebody else
        return True
    return True
