"""The problem as compiled code reads it, and the compiling, beside the search."""

from __future__ import annotations

import threading
from functools import cached_property

from staffing.solving.context import SearchContext
from staffing.solving.ruin.rebuild import prepare
from staffing.solving.state.arrays import Whole, written


class Kernel:
    """What annealing needs beside the context; nothing is done before it is asked for."""

    def __init__(self, context: SearchContext) -> None:
        self._context = context

    @cached_property
    def arrays(self) -> Whole:
        """The problem in one array."""
        return written(self._context.problem, self._context.limits.seed, self._context.baseline)

    @cached_property
    def compiling(self) -> threading.Thread:
        """A thread that compiles, or loads what is compiled: after installing that takes half a minute, once."""
        thread = threading.Thread(target=prepare, args=(self.arrays,), daemon=True)
        thread.start()
        return thread
