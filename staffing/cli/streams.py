"""stdout and stderr of the process: names of any script, full disks, readers that have had enough."""

from __future__ import annotations

import io
import os
from typing import TextIO

STDOUT = "standard output cannot be written"


def ready(stream: TextIO | None, name: str = "") -> TextIO:
    """Make a stream write names of any script: UTF-8 into files and pipes, "?" where a terminal lacks a letter.

    Parameters
    ----------
    stream
        As Python opened it; None where the shell closed it.
    name
        What is said where writing fails; without it a failure is nobody's business.
    """
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")
    if not isinstance(stream, io.TextIOWrapper):
        return stream
    if stream.isatty():
        stream.reconfigure(errors="replace")
        return stream
    raw = _Patient(stream.fileno(), name)
    return io.TextIOWrapper(
        io.BufferedWriter(raw), encoding="utf-8", errors="replace", line_buffering=stream.line_buffering
    )


class _Patient(io.FileIO):
    """A file that takes what its reader no longer wants, and fails by name, and once, where it cannot be written.

    A command whose reader, such as ``head``, has had enough goes on: what it finds still decides its exit code.
    """

    def __init__(self, number: int, called: str) -> None:
        super().__init__(number, "w", closefd=False)
        self._called, self._given_up = called, False

    def write(self, content: object, /) -> int:
        """Write a text, or drop it if nobody will read it."""
        size = memoryview(content).nbytes  # type: ignore[arg-type]
        if self._given_up:
            return size
        try:
            return super().write(content)  # type: ignore[arg-type]
        except BrokenPipeError:
            self._given_up = True
        except OSError as error:
            self._given_up = True
            if self._called:
                raise OSError(error.errno, error.strerror, self._called) from None
        return size
