"""How functions on the state are compiled, and run as plain Python until they are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from types import FunctionType
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit

READY = threading.Event()
"""Set once all compiled code is at hand."""
F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False}
"""Other threads run beside compiled code; it makes no arrays, so references need no counting: a fifth quicker."""


def compiled(function: F) -> F:
    """Compile a function at its first call, and keep it for the next time where that can be."""
    try:
        return cast(F, njit(cache=True, **_OPTIONS)(function))
    except RuntimeError:  # no folder to keep it in
        return cast(F, njit(**_OPTIONS)(function))


def inlined(function: F) -> F:
    """Compile a function as a part of those that call it: a state passed on costs time."""
    return cast(F, njit(forceinline=True, **_OPTIONS)(function))


def now(function: F, ready: bool) -> F:
    """Return a compiled function if all is compiled, else the same as plain Python."""
    return function if ready else np.errstate(over="ignore")(plain(function))  # random numbers overflow


@cache
def plain(function: F) -> F:
    """Return a compiled function as plain Python, with all that it calls: the same code, which can be traced."""
    source = cast(Any, function).py_func
    scope = dict(source.__globals__)
    for name in source.__code__.co_names:
        if hasattr(scope.get(name), "py_func"):
            scope[name] = plain(scope[name])
    return cast(F, FunctionType(source.__code__, scope, source.__name__, source.__defaults__))
