"""Which strokes make up the object that was drawn last: those near in time and place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sketchstudio.core.stroke import Stroke

Floats = npt.NDArray[np.float64]

CONSIDERED = 400
"""Strokes that are looked at, the newest ones."""

SOON, LATE = 5.0, 60.0
"""Seconds between strokes that are drawn in one go, and of those that are not."""

_REACH_SOON, _REACH = 0.4, 0.2  # of both sizes' mean: the gap that one object may have
_LEAST_SIZE = 24.0  # screen px; dots and short strokes reach as far as one of this size


def last_object(strokes: Sequence[Stroke], drawn_at: Mapping[str, float]) -> tuple[Stroke, ...]:
    """The last stroke, and what hangs together with it through one stroke or many.

    Two strokes hang together where the gap between their boxes is small for the mean of their
    sizes: a larger one is bridged soon after, and after a long time none, so that they must touch.

    Args:
        strokes: In drawing order.
        drawn_at: When strokes were drawn, seconds, by id; of those that were there before
            anybody looked it is not known, and counts as neither soon nor late.

    Returns:
        In drawing order; none where there are none.
    """
    strokes = strokes[-CONSIDERED:]
    if not strokes:
        return ()
    boxes = np.array([(b.left, b.top, b.right, b.bottom) for b in (s.bounds for s in strokes)])
    least = np.array([_LEAST_SIZE * s.style.grain for s in strokes])
    sizes = np.maximum(np.maximum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]), least)
    times = np.array([drawn_at.get(s.id, np.nan) for s in strokes])
    found = np.zeros(len(strokes), dtype=bool)
    found[-1] = True
    waiting = [len(strokes) - 1]
    while waiting:
        one = waiting.pop()
        near = ~found & (_gaps(boxes, one) <= _reach(times, one) * np.sqrt(sizes * sizes[one]))
        found |= near
        waiting += np.flatnonzero(near).tolist()
    return tuple(stroke for stroke, inside in zip(strokes, found, strict=True) if inside)


def _gaps(boxes: Floats, one: int) -> Floats:
    """From a box to each, page px; 0 where they meet."""
    across = np.maximum(boxes[:, 0] - boxes[one, 2], boxes[one, 0] - boxes[:, 2])
    down = np.maximum(boxes[:, 1] - boxes[one, 3], boxes[one, 1] - boxes[:, 3])
    return np.asarray(np.hypot(np.maximum(across, 0), np.maximum(down, 0)))


def _reach(times: Floats, one: int) -> Floats:
    """The gap to each that still hangs together with a stroke, in the mean of their sizes."""
    apart = np.abs(times - times[one])
    reach = np.full(len(times), _REACH)
    reach[apart <= SOON] = _REACH_SOON
    reach[apart > LATE] = 0.0
    return reach
