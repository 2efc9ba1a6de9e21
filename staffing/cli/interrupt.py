"""Ctrl-C while a command runs; during a solve once for the best plan so far, twice to leave at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import TypeVar

from staffing.cli.talk import say
from staffing.starting import leave

_Result = TypeVar("_Result")
Handler = Callable[[int, FrameType | None], None]
TICK = 0.2
"""Seconds between two looks at the search."""


class Running:
    """While a command runs, Ctrl-C is an exception, so that what is half written is cleared away.

    Amid imports, where an exception is not safe, it leaves at once, and so it does before and after the command.

    Raises
    ------
    KeyboardInterrupt
        Also where a library made another exception of it.
    """

    def __enter__(self) -> None:
        self._ours = _swap(leave, _interrupt)

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        heard = self._ours and not _swap(_interrupt, leave)
        if heard and isinstance(error, Exception):
            raise KeyboardInterrupt from error


def _swap(before: Handler, after: Handler) -> bool:
    """Replace a handler of this package for Ctrl-C, and return whether there was one; any other handler stays."""
    ours = signal.getsignal(signal.SIGINT) is before
    if ours:
        signal.signal(signal.SIGINT, after)
    return ours


def _interrupt(_signal: int, frame: FrameType | None) -> None:
    """Raise the exception, once; amid imports leave."""
    signal.signal(signal.SIGINT, leave)
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            leave()
        frame = frame.f_back
    raise KeyboardInterrupt


@contextmanager
def stopped_by_ctrl_c(
    stop: threading.Event, make_room: Callable[[], None], what: str = "stopping with the best plan so far"
) -> Iterator[None]:
    """Set `stop` at the first Ctrl-C and leave the process at the second; call `make_room` before any message."""

    def handler(_signal: int, _frame: FrameType | None) -> None:
        if stop.is_set():
            # a search deep in native code cannot be unwound: leave without it
            make_room()
            leave()
        stop.set()
        make_room()
        say(f"{what}; again to leave at once")

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
    from concurrent.futures import Future

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
