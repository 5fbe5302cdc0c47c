"""How fast it is: figures and ratios, each measured in one run."""

from __future__ import annotations

import importlib

from sketchstudio.bench.report import Figure

BENCHES = ("canvas", "engine", "files", "start")
"""Names of the modules here that measure something."""


def measure(name: str) -> list[Figure]:
    """Measure one of `BENCHES`; only then is imported what it needs.

    Raises:
        ModelError: There are no usable weights.
        RuntimeError: The app did not start.
    """
    figures: list[Figure] = importlib.import_module(f"{__name__}.{name}").measure()
    return figures
