"""The stroke under the pen."""

from __future__ import annotations

import numpy as np

from sketchstudio.core.outline import CONTEXT, drawn_bounds
from sketchstudio.core.stroke import Bounds, Stroke, StrokeStyle
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.canvas.renderer import CHUNK, Piece, chunk_starts, piece_of


class LiveInk:
    """A stroke that grows; each sample costs the same, however long it has become.

    Args:
        style: Of the stroke.
        first: Where the pen touched.
    """

    def __init__(self, style: StrokeStyle, first: PenSample) -> None:
        self.style = style
        self._start_ms = first.t_ms
        self._samples = np.empty((256, 4), dtype=np.float32)
        self._count = 0
        self._done: list[Piece] = []
        self._growing: list[Piece] | None = None
        self.append(first)

    def __len__(self) -> int:
        return self._count

    def append(self, sample: PenSample) -> Bounds:
        """Go on to ``sample``; the box (page px) in which the ink changed."""
        if self._count == len(self._samples):
            self._samples = np.concatenate([self._samples, np.empty_like(self._samples)])
        self._samples[self._count] = self._row(sample)
        self._count += 1
        self._growing = None
        start = CHUNK * len(self._done)
        if self._count > start + CHUNK + CONTEXT:
            self._done.append(piece_of(self._samples[: self._count], self.style, start))
        return self._tip()

    def move_end(self, sample: PenSample) -> Bounds:
        """Put the last sample elsewhere; the box (page px) in which the ink changed."""
        before = self._tip()
        self._samples[self._count - 1] = self._row(sample)
        self._growing = None
        return before.united(self._tip())

    def pieces(self) -> list[Piece]:
        """The stroke so far, ready to be painted."""
        if self._growing is None:
            starts = chunk_starts(self._count)[len(self._done) :]
            samples = self._samples[: self._count]
            self._growing = [piece_of(samples, self.style, start) for start in starts]
        return [*self._done, *self._growing]

    def stroke(self) -> Stroke:
        """The stroke so far, raw samples and all."""
        return Stroke(self._samples[: self._count], self.style)

    def _row(self, sample: PenSample) -> tuple[float, float, float, float]:
        return sample.x, sample.y, sample.pressure, max(sample.t_ms - self._start_ms, 0.0)

    def _tip(self) -> Bounds:
        """Where the last sample bears on the ink."""
        last = self._samples[max(self._count - CONTEXT, 0) : self._count]
        return drawn_bounds(Stroke(last, self.style))
