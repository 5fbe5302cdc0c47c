"""Sketches of the model onto the page, as ink like the person's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sketchstudio.core.edits import add_strokes
from sketchstudio.core.provenance import Provenance
from sketchstudio.core.sketch_codec import Box
from sketchstudio.core.stroke import EVENED, Bounds, Origin, Stroke, StrokeStyle
from sketchstudio.engine.messages import Sketch, place
from sketchstudio.state.session import Session

SIZE_ON_PAGE = 0.4
"""Side of a new sketch, of the shorter side of the visible page."""


@dataclass(frozen=True, eq=False)
class Placed:
    """A sketch and where it goes.

    Attributes:
        sketch: Box units.
        box: On the page, px.
        made: What made it.
    """

    sketch: Sketch
    box: Box
    made: Provenance


def middle_of(visible: Bounds) -> Box:
    """Where a new sketch goes on the visible part of the page."""
    return Box(
        (visible.left + visible.right) / 2,
        (visible.top + visible.bottom) / 2,
        SIZE_ON_PAGE * min(visible.width, visible.height),
    )


def put_on_page(
    session: Session, sketches: Sequence[Placed], style: StrokeStyle, step: str
) -> bool:
    """Add sketches to the active layer in one undo step and select them.

    Args:
        session: Whose page.
        sketches: Any.
        style: Colour and width.
        step: Its name in the history.

    Returns:
        False where there is no ink, or the layer is locked or hidden.
    """
    even = replace(style, pressure=False, smoothing=EVENED, grain=1.0, highlighter=False)
    strokes = [
        Stroke.from_points(points, even, Origin.MODEL, placed.made)
        for placed in sketches
        for points in place(placed.sketch, placed.box)
    ]
    if not strokes or not session.execute(add_strokes(session.active_layer, strokes, step)):
        return False
    session.select(stroke.id for stroke in strokes)
    return True
