"""``sketchstudio bench files``: saving, opening and journaling 5,000 strokes, on this disk.

Saving includes the small picture, the backup and waiting for the disk.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import numpy as np

from sketchstudio.bench.report import Figure
from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import add_strokes
from sketchstudio.core.stroke import Stroke
from sketchstudio.formats import native
from sketchstudio.recovery import journal
from sketchstudio.recovery.journal import Draft, Journal

STROKES = 5_000
SAMPLES = 100
PAGE = (2400, 1600)  # px
ROUNDS = 15


def measure() -> list[Figure]:
    """Write to the folder for temporary files; every write is on the disk before it counts."""
    rng = np.random.default_rng(0)
    strokes = [_stroke(rng) for _ in range(STROKES)]
    document = Document((Layer(strokes=tuple(strokes)),))
    with tempfile.TemporaryDirectory() as folder:
        file, kept = Path(folder) / "bench.sketch", Path(folder) / "journal"
        figures = [
            _timed("save 5,000 strokes", lambda: native.save(document, file)),
            _timed("open 5,000 strokes", lambda: native.load(file)),
        ]
        with closing(Journal(kept)) as writer:
            writer.write(Draft(document))

            def draw() -> None:
                nonlocal document
                stroke = Stroke(strokes[0].samples)
                document = add_strokes(document.layers[0], [stroke], "Draw").apply(document)
                writer.write(Draft(document))

            figures.append(_timed("journal a stroke", draw))
        figures.append(_timed("replay the journal", lambda: journal.read(kept)))
    return figures


def _stroke(rng: np.random.Generator) -> Stroke:
    """One of any shape, somewhere on a large page."""
    samples = np.cumsum(rng.normal(size=(SAMPLES, 4)), axis=0)
    samples[:, :2] += rng.uniform(0, PAGE)
    return Stroke(samples.astype(np.float32))


def _timed(name: str, act: Callable[[], object]) -> Figure:
    act()
    seconds = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        seconds.append(time.perf_counter() - started)
    return Figure.of(name, "ms", [second * 1e3 for second in seconds])
