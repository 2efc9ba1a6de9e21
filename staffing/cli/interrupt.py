"""Ctrl-C during a solve: once for the best plan so far, twice to leave at once."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from staffing.cli.failures import INTERRUPTED
from staffing.cli.talk import say

_Result = TypeVar("_Result")
TICK = 0.2
"""Seconds between two looks at the search."""


@contextmanager
def stopped_by_ctrl_c(stop: threading.Event, make_room: Callable[[], None]) -> Iterator[None]:
    """Let the first Ctrl-C set `stop` and the second leave the process at once; talk after making room for it."""

    def handler(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            # a search deep in native code cannot be unwound: leave without it
            sys.stderr.flush()
            os._exit(INTERRUPTED)
        stop.set()
        make_room()
        say("stopping with the best plan so far; again to leave at once")

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def watched(work: Callable[[], _Result], look: Callable[[], None]) -> _Result:
    """Do the work in a thread of its own, looking in again and again, so that Ctrl-C is heard meanwhile."""
    result: Future[_Result] = Future()

    def run() -> None:
        try:
            result.set_result(work())
        except BaseException as error:  # noqa: BLE001  handed over to the one who waits
            result.set_exception(error)

    threading.Thread(target=run, daemon=True).start()
    while not result.done():
        look()
        try:
            result.exception(timeout=TICK)
        except TimeoutError:
            continue
    return result.result()
