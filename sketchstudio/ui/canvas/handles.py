"""The handles round a selection: where they are, and what pulling one does."""

from __future__ import annotations

import enum
import math

from PySide6.QtCore import Qt

from sketchstudio.core.geometry import Point
from sketchstudio.core.stroke import Bounds
from sketchstudio.core.transform import Affine, middle

MARGIN = 6.0
"""Screen px between the selection's ink and its frame."""

_STEM = 26.0  # screen px from the frame to the handle that turns
_REACH = 9.0  # screen px round a handle that belong to it
_LEAST = 28.0  # screen px; the sides of a smaller frame have no handles, only its corners
_SNAP = math.radians(15)


class Handle(enum.Enum):
    """Where on the frame: across and down, -1 to 1; the one that turns stands above it."""

    TOP_LEFT = (-1, -1)
    TOP = (0, -1)
    TOP_RIGHT = (1, -1)
    RIGHT = (1, 0)
    BOTTOM_RIGHT = (1, 1)
    BOTTOM = (0, 1)
    BOTTOM_LEFT = (-1, 1)
    LEFT = (-1, 0)
    TURN = (0, -2)

    @property
    def way(self) -> tuple[int, int]:
        """Across and down, as said above."""
        across, down = self.value
        return across, down


_CURSORS = (
    Qt.CursorShape.SizeHorCursor,
    Qt.CursorShape.SizeFDiagCursor,
    Qt.CursorShape.SizeVerCursor,
    Qt.CursorShape.SizeBDiagCursor,
)
"""Of handles that lead right, and every 45° clockwise from there; their opposites share them."""


def places(frame: Bounds, zoom: float) -> dict[Handle, Point]:
    """Where each handle of a frame is, page px.

    Args:
        frame: Round the ink, page px.
        zoom: Screen px for each page px.
    """
    box = frame.expanded(MARGIN / zoom)
    x, y = middle(box)
    there: dict[Handle, Point] = {}
    for handle in Handle:
        across, down = handle.way
        if handle is Handle.TURN:
            there[handle] = (x, box.top - _STEM / zoom)
        elif (across or box.width * zoom >= _LEAST) and (down or box.height * zoom >= _LEAST):
            there[handle] = (x + across * box.width / 2, y + down * box.height / 2)
    return there


def handle_at(frame: Bounds, point: Point, zoom: float) -> Handle | None:
    """The handle under a point, page px."""
    near = {
        math.hypot(x - point[0], y - point[1]): handle
        for handle, (x, y) in places(frame, zoom).items()
    }
    nearest = min(near)
    return near[nearest] if nearest * zoom <= _REACH else None


def cursor_of(handle: Handle, turned: float = 0.0) -> Qt.CursorShape:
    """The pointer's shape over a handle, on a page turned clockwise by so many degrees."""
    if handle is Handle.TURN:
        return Qt.CursorShape.PointingHandCursor
    heading = math.degrees(_heading((0, 0), handle.way)) + turned
    return _CURSORS[round(heading / 45) % len(_CURSORS)]


def pulled(
    handle: Handle, frame: Bounds, start: Point, to: Point, *, even: bool, centred: bool
) -> Affine:
    """What becomes of a selection whose handle is pulled from ``start`` to ``to``, page px.

    Args:
        handle: Which one.
        frame: Round the ink, before.
        start: Where it was grasped.
        to: Where it is now.
        even: Keep the proportions; turn in steps of 15°.
        centred: The middle stays, rather than the opposite side.
    """
    centre = middle(frame)
    if handle is Handle.TURN:
        angle = _heading(centre, to) - _heading(centre, start)
        return Affine.turning(round(angle / _SNAP) * _SNAP if even else angle, centre)
    across, down = handle.way
    half = frame.width / 2, frame.height / 2
    fixed = centre
    if not centred:
        fixed = centre[0] - across * half[0], centre[1] - down * half[1]
    arm = centre[0] + across * half[0] - fixed[0], centre[1] + down * half[1] - fixed[1]
    moved = to[0] - start[0], to[1] - start[1]
    if even:
        length = arm[0] ** 2 + arm[1] ** 2
        factor = 1 + (moved[0] * arm[0] + moved[1] * arm[1]) / length if length else 1.0
        return Affine.scaling(factor, factor, fixed)
    return Affine.scaling(_factor(moved[0], arm[0]), _factor(moved[1], arm[1]), fixed)


def _factor(moved: float, arm: float) -> float:
    return 1 + moved / arm if abs(arm) > 1e-6 else 1.0


def _heading(centre: Point, point: Point) -> float:
    return math.atan2(point[1] - centre[1], point[0] - centre[0])
