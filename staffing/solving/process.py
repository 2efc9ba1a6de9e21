"""A Python process beside the search, for work that would take its time, or print into its output."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_SAME_PACKAGES = "import json, sys; sys.path[:] = json.loads(sys.argv.pop(1))\n"


def start(code: str, *arguments: str, **streams: Any) -> subprocess.Popen[bytes] | None:
    """Start a silent process that finds the same packages, deaf to Ctrl-C at the terminal.

    Parameters
    ----------
    code
        What it runs.
    arguments
        Its ``sys.argv[1:]``.
    streams
        ``stdin`` and ``stdout``, where it is to hear or say something.

    Returns
    -------
    subprocess.Popen or None
        None where this Python is inside another program, or no process can be started.
    """
    if getattr(sys, "frozen", False) or not Path(sys.executable or "").name.lower().startswith("python"):
        return None
    command = [sys.executable, "-P", "-c", _SAME_PACKAGES + code, json.dumps(sys.path), *arguments]
    options: dict[str, Any] = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL) | streams
    if sys.platform == "win32":
        options["creationflags"] = subprocess.CREATE_NEW_PROCESS_GROUP | subprocess.CREATE_NO_WINDOW
    else:
        options["start_new_session"] = True
    try:
        return subprocess.Popen(command, **options)
    except OSError:
        return None
