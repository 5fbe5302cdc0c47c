"""The things on a page: strokes that belong together, by place and by time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from sketchstudio.core.stroke import Bounds, Stroke

Floats = npt.NDArray[np.float64]

CONSIDERED = 400
"""Strokes that are looked at, the newest ones."""

SOON, LATE = 5.0, 60.0
"""Seconds between strokes that are drawn in one go, and of those that are not."""

_REACH_SOON, _REACH_LATER = 0.4, 0.2  # of both sizes' mean: the gap that one object may have
_LEAST_SIZE = 24.0  # screen px; dots and short strokes reach as far as one of this size

_REACH = 0.08  # of the larger of two boxes: whiskers leave a head, suns have rays apart
_LEAST_REACH = 4.0  # page px


def objects_of(strokes: Sequence[Stroke]) -> list[tuple[Stroke, ...]]:
    """Groups of strokes whose boxes meet or nearly do, each in drawing order.

    Args:
        strokes: In drawing order.

    Returns:
        The groups, by their first strokes.
    """
    groups: list[tuple[list[int], Bounds]] = []
    for index, stroke in enumerate(strokes):
        members, box = [index], stroke.bounds
        apart = []
        while True:  # a group that grew may reach others
            for other in groups:
                if _meet(box, other[1]):
                    members, box = other[0] + members, box.united(other[1])
                else:
                    apart.append(other)
            if len(apart) == len(groups):
                break
            groups, apart = apart, []
        groups.append((members, box))
    ordered = sorted(sorted(members) for members, _ in groups)
    return [tuple(strokes[i] for i in members) for members in ordered]


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


def _meet(one: Bounds, other: Bounds) -> bool:
    largest = max(one.width, one.height, other.width, other.height)
    return one.expanded(max(_REACH * largest, _LEAST_REACH)).intersects(other)


def _gaps(boxes: Floats, one: int) -> Floats:
    """From a box to each, page px; 0 where they meet."""
    across = np.maximum(boxes[:, 0] - boxes[one, 2], boxes[one, 0] - boxes[:, 2])
    down = np.maximum(boxes[:, 1] - boxes[one, 3], boxes[one, 1] - boxes[:, 3])
    return np.asarray(np.hypot(np.maximum(across, 0), np.maximum(down, 0)))


def _reach(times: Floats, one: int) -> Floats:
    """The gap to each that still hangs together with a stroke, in the mean of their sizes."""
    apart = np.abs(times - times[one])
    reach = np.full(len(times), _REACH_LATER)
    reach[apart <= SOON] = _REACH_SOON
    reach[apart > LATE] = 0.0
    return reach
