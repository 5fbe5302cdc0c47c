"""The stroke under the pen."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sketchstudio.core.geometry import Point
from sketchstudio.core.outline import CONTEXT, drawn_bounds
from sketchstudio.core.smoothing import Row, Stabiliser, smoother
from sketchstudio.core.stroke import Bounds, Stroke, StrokeStyle
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.canvas.renderer import CHUNK, Piece, chunk_starts, piece_of


class LiveInk:
    """A stroke that grows; each sample costs the same, however long it has become.

    What is seen is the smoothed line with the way it still has to go if the pen lifts now. Only a
    stabiliser's nib stays visibly behind the pen, held by a string.

    Args:
        style: Of the stroke.
        first: Where the pen touched.
    """

    def __init__(self, style: StrokeStyle, first: PenSample) -> None:
        self.style = style
        self._start_ms = first.t_ms
        self._raw = _Rows()
        self._drawn = _Rows()
        self._smoother = smoother(style)
        self._before_last = self._smoother.copied()  # and what it had drawn by then
        self._drawn_before_last = 0
        self._at_end = False  # the last sample was moved: all of the line is shown up to it
        self._done: list[Piece] = []
        self._growing: list[Piece] | None = None
        self.append(first)

    def __len__(self) -> int:
        return len(self._raw)

    @property
    def string(self) -> tuple[Point, Point] | None:
        """From the nib to the pen that pulls it, page px; None where ink reaches the pen."""
        if not isinstance(self._smoother, Stabiliser) or self._at_end:
            return None
        nib, pen = self._drawn.rows[-1, :2].tolist(), self._raw.rows[-1, :2].tolist()
        return (nib[0], nib[1]), (pen[0], pen[1])

    def append(self, sample: PenSample) -> Bounds:
        """Go on to ``sample``; the box (page px) in which the ink changed."""
        before = self._tip() if len(self._raw) else None
        self._before_last = self._smoother.copied()
        self._drawn_before_last = len(self._drawn)
        self._at_end = False
        return self._follow(sample, before)

    def move_end(self, sample: PenSample) -> Bounds:
        """Put the last sample elsewhere; the box (page px) in which the ink changed."""
        before = self._tip()
        self._raw.cut(len(self._raw) - 1)
        self._smoother = self._before_last.copied()
        self._drawn.cut(self._drawn_before_last)
        del self._done[max(len(self._drawn) - CONTEXT - 1, 0) // CHUNK :]
        self._at_end = True
        return self._follow(sample, before)

    def pieces(self) -> list[Piece]:
        """The stroke so far, ready to be painted."""
        if self._growing is None:
            samples = self._shown()
            starts = chunk_starts(len(samples))[len(self._done) :]
            self._growing = [piece_of(samples, self.style, start) for start in starts]
        return [*self._done, *self._growing]

    def stroke(self) -> Stroke:
        """The stroke so far, raw samples and all."""
        return Stroke(self._raw.rows, self.style)

    def _follow(self, sample: PenSample, before: Bounds | None) -> Bounds:
        row = sample.x, sample.y, sample.pressure, max(sample.t_ms - self._start_ms, 0.0)
        self._raw.add(row)
        x, y, pressure, t = self._raw.rows[-1].tolist()  # as it will be kept, in float32
        known = len(self._drawn)
        for drawn in self._smoother.follow((x, y, pressure, t)):
            self._drawn.add(drawn)
        self._growing = None
        while len(self._drawn) > CHUNK * (len(self._done) + 1) + CONTEXT:
            start = CHUNK * len(self._done)
            end = start + CHUNK + CONTEXT + 1
            self._done.append(piece_of(self._drawn.rows[:end], self.style, start))
        after = self._tip(known)
        return after if before is None else before.united(after)

    def _shown(self) -> npt.NDArray[np.float32]:
        """The drawn samples (N, 4), as far as they are shown."""
        rest = [] if self.string else self._smoother.finish()
        return np.concatenate([self._drawn.rows, np.array(rest, np.float32).reshape(-1, 4)])

    def _tip(self, known: int | None = None) -> Bounds:
        """Where the samples after the first ``known`` bear on the ink."""
        first = len(self._drawn) if known is None else known
        last = self._shown()[max(first - CONTEXT, 0) :]
        box = drawn_bounds(Stroke(last, StrokeStyle(width=self.style.width)))
        if not self.string:
            return box
        (x, y), (pen_x, pen_y) = self.string
        reach = self.style.grain * 2  # the string is a hairline
        string = Bounds(min(x, pen_x), min(y, pen_y), max(x, pen_x), max(y, pen_y))
        return box.united(string.expanded(reach))


class _Rows:
    """Samples (N, 4) float32 that grow at their end."""

    def __init__(self) -> None:
        self._all = np.empty((256, 4), dtype=np.float32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def rows(self) -> npt.NDArray[np.float32]:
        """A view."""
        return self._all[: self._count]

    def add(self, row: Row) -> None:
        if self._count == len(self._all):
            self._all = np.concatenate([self._all, np.empty_like(self._all)])
        self._all[self._count] = row
        self._count += 1

    def cut(self, count: int) -> None:
        """Keep the first ``count`` only."""
        self._count = count
