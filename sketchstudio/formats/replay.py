"""When each stroke is drawn in a replay: as it was, with the pauses between made short."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from sketchstudio.core.document import Document
from sketchstudio.core.stroke import Stroke
from sketchstudio.formats.export_options import ExportOptions

PAUSE = 0.15
"""Seconds from one stroke to the next."""

REST = 1.5
"""Seconds that the whole drawing stays before it begins again."""

LONGEST = 30.0
"""Seconds that a replay takes at most where nobody says how long."""

_SPEED = 900.0  # page px a second, of strokes that no hand has drawn
_SLOWEST = 4.0  # seconds for one stroke: whoever thinks does not draw
_SHORTEST = 0.03
_KEYS = 9  # moments of a stroke whose place is told


class Timeline:
    """The strokes of the visible layers, one after the other.

    Args:
        document: What is drawn.
        options: How long it takes, and whether it begins again.
    """

    def __init__(self, document: Document, options: ExportOptions) -> None:
        strokes = [*document.strokes()]
        durations = [_duration(stroke) for stroke in strokes]
        total = sum(durations) + PAUSE * len(strokes)
        wanted = options.seconds or min(total, LONGEST)
        speed = wanted / max(total, 1e-6)
        starts = itertools.accumulate((speed * (d + PAUSE) for d in durations), initial=0.0)
        self.seconds = wanted + REST
        self._repeat = options.repeat
        self._spans = {
            stroke.id: (start, start + speed * duration)
            for stroke, duration, start in zip(strokes, durations, starts, strict=False)
        }

    def span(self, stroke: Stroke) -> tuple[float, float]:
        """When a stroke begins and ends, seconds."""
        return self._spans[stroke.id]

    def animations(self, stroke: Stroke) -> Iterator[dict[str, str]]:
        """The attributes of SVG's ``animate`` elements for a line whose length is said to be 1."""
        start, end = self.span(stroke)
        common = {
            "dur": f"{self.seconds:.3f}s",
            "repeatCount": "indefinite" if self._repeat else "1",
        }
        moments, shares = _progress(stroke)
        times = np.clip((start + moments * (end - start)) / self.seconds, 0.0, 1.0)
        # A gap of 2 where the line is 1 long: no dash begins at its end.
        dashes = [f"{share:.4g} 2" for share in shares]
        if len(stroke.samples) > 1:
            yield common | {
                "attributeName": "stroke-dasharray",
                "values": ";".join(["0 2", *dashes, "1 2"]),
                "keyTimes": ";".join(["0", *(f"{time:.5f}" for time in times), "1"]),
            }
        yield common | {  # without a length, its cap would still be a dot
            "attributeName": "visibility",
            "calcMode": "discrete",
            "values": "hidden;visible",
            "keyTimes": f"0;{max(times[0], 1e-5):.5f}",
        }


def _duration(stroke: Stroke) -> float:
    """Seconds that a stroke took; of one that no hand has drawn, by its length."""
    taken = float(stroke.samples[-1, 3] - stroke.samples[0, 3]) / 1000
    steps = np.diff(stroke.points.astype(np.float64), axis=0)
    usual = float(np.hypot(steps[:, 0], steps[:, 1]).sum()) / _SPEED
    if taken < usual / 8 or taken <= 0:
        taken = usual
    return min(max(taken, _SHORTEST), _SLOWEST)


def _progress(
    stroke: Stroke,
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """How much of a stroke is there, 0..1, at moments 0..1 of its time; both (K,), rising."""
    samples = stroke.samples.astype(np.float64)
    steps = np.diff(samples[:, :2], axis=0)
    way = np.concatenate([[0.0], np.cumsum(np.hypot(steps[:, 0], steps[:, 1]))])
    times = np.maximum.accumulate(samples[:, 3] - samples[0, 3])
    moments = np.linspace(0.0, 1.0, _KEYS)
    if way[-1] <= 0 or times[-1] <= 0:
        return moments, moments
    return moments, np.interp(moments, times / times[-1], way / way[-1])
