"""How far a training run is, on the terminal."""

from __future__ import annotations

import sys

from tqdm import tqdm


def training_bar(name: str, steps: int, batch: int, at: int, shown: bool = True) -> tqdm[None]:
    """Counts sketches; into a file it writes twice a minute, not ten times a second.

    Args:
        name: Of the run.
        steps: It takes in all.
        batch: Sketches of a step.
        at: Steps already taken.
        shown: False prints nothing.
    """
    return tqdm(
        total=steps * batch,
        initial=at * batch,
        unit="sketch",
        unit_scale=True,
        dynamic_ncols=True,
        desc=name,
        mininterval=1 if sys.stderr.isatty() else 30,
        disable=not shown,
    )
