"""``sketchstudio bench start``: from the command to a window that takes ink, to a ready engine."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time

from sketchstudio.bench.report import Figure

ROUNDS = 5
TIMEOUT = 120.0
MARKS = {"window painted": "window takes ink", "engine ready": "engine ready"}
"""Lines of the log, and what they mean."""


def measure() -> list[Figure]:
    """Start the app some times, offscreen unless QT_QPA_PLATFORM says otherwise; warm.

    Raises:
        RuntimeError: The app did not come up.
    """
    with tempfile.TemporaryDirectory() as compiled:
        # The first one warms the disk's cache, and leaves byte code, as an installed app has it.
        rounds = [_start(compiled) for _ in range(ROUNDS + 1)][1:]
    return [
        Figure.of(f"start to {name}", "ms", [seconds[mark] * 1e3 for seconds in rounds])
        for mark, name in MARKS.items()
    ]


def _start(compiled: str) -> dict[str, float]:
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    seen: dict[str, float] = {}
    with subprocess.Popen(
        [sys.executable, "-m", "sketchstudio", "--verbose"],
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    ) as process:
        assert process.stderr is not None
        too_long = threading.Timer(TIMEOUT, process.kill)
        too_long.start()
        try:
            for line in process.stderr:
                seconds = time.perf_counter() - started
                seen |= {mark: seconds for mark in MARKS if mark in line and mark not in seen}
                if len(seen) == len(MARKS):
                    break
            process.terminate()
            process.wait()
        finally:
            too_long.cancel()
    if len(seen) == len(MARKS):
        return seen
    raise RuntimeError(f"the app did not start: it only said {', '.join(seen) or 'nothing'}")
