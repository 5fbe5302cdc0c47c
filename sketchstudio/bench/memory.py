"""How much memory the engine takes: a process of its own, measured on the way."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from sketchstudio.bench.report import Figure

TIMEOUT = 300.0

_PROGRAM = """
import json
from sketchstudio.bench.memory import megabytes
from sketchstudio.engine import service
began = megabytes()
from sketchstudio.core.sampling import Sampling
from sketchstudio.engine.worker import load_studio
studio = load_studio()
names = studio.config.categories
drawn = studio.decode(studio.category_codes(), range(len(names)), 0.1)
studio.complete([drawn[0].strokes], Sampling(), candidates=9)
studio.redraw([drawn[0].strokes], Sampling(), candidates=9)
print(json.dumps([began, megabytes()]))
"""


def engine_memory() -> Iterator[Figure]:
    """With one model that has drawn everything once; nothing where it cannot be read.

    Raises:
        RuntimeError: The engine did not run.
    """
    if megabytes() is None:
        return
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, timeout=TIMEOUT, text=True
    )
    if done.returncode:
        raise RuntimeError(done.stderr.strip().splitlines()[-1])
    began, used = json.loads(done.stdout)
    yield Figure("engine with one model: memory it adds", "MB", *[used - began] * 3)
    yield Figure("engine with one model: its process in all", "MB", *[used] * 3)


def megabytes() -> float | None:
    """What this process holds in memory, 1e6 bytes; None where the system does not say."""
    try:
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return None
    import resource

    return pages * resource.getpagesize() / 1e6
