"""Blends as ink on the page: one sketch in its place, or many in a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sketchstudio.core.provenance import Provenance, packed_code
from sketchstudio.core.sketch_codec import Box
from sketchstudio.core.stroke import EVENED, Bounds, Origin, Stroke, StrokeStyle
from sketchstudio.engine.messages import Finished, Place, place
from sketchstudio.state.mixture import Mixture

SIZE_ON_PAGE = 0.4
"""Side of a new sketch, of the shorter side of the visible page."""

_STRIP_SHARE = 0.9  # of the visible page's width, or of its height for a square of sketches
_FILLED = 0.8  # of a cell of a grid, by its sketch


def sketch_box(mixture: Mixture, visible: Bounds) -> Box:
    """Where a blend goes: where the drawing of an end was, else in the middle of what is seen."""
    drawn = next((end.box for end in mixture.ends if end.box), None)
    return drawn or Box(*_middle(visible), SIZE_ON_PAGE * min(visible.width, visible.height))


def grid_boxes(columns: int, rows: int, visible: Bounds) -> list[Box]:
    """Where the sketches of a grid go, row by row, in the middle of what is seen."""
    cell = _STRIP_SHARE * min(visible.width / columns, visible.height / rows)
    x, y = _middle(visible)
    return [
        Box(
            x + (column - (columns - 1) / 2) * cell,
            y + (row - (rows - 1) / 2) * cell,
            _FILLED * cell,
        )
        for row in range(rows)
        for column in range(columns)
    ]


def blended_ink(
    mixture: Mixture,
    places: Sequence[Place],
    finished: Finished,
    boxes: Sequence[Box],
    style: StrokeStyle,
) -> list[Stroke]:
    """The sketches of a result as strokes that know how they were made.

    Args:
        mixture: What was blended.
        places: Where in it each sketch is.
        finished: The result.
        boxes: Where each sketch goes on the page.
        style: Colour and width.
    """
    even = replace(style, pressure=False, smoothing=EVENED, grain=1.0, highlighter=False)
    codes = finished.codes if finished.codes is not None else [None] * len(places)
    strokes = []
    for where, drawn, code, box in zip(places, finished.drawn, codes, boxes, strict=True):
        made = Provenance(
            model=finished.model,
            action="blend",
            seed=drawn.seed,
            temperature=mixture.sampling.temperature,
            categories=mixture.names,
            position=where if mixture.square else where[:1],
            code=packed_code(code),
        )
        strokes += [
            Stroke.from_points(points, even, Origin.MODEL, made)
            for points in place(drawn.strokes, box)
        ]
    return strokes


def _middle(area: Bounds) -> tuple[float, float]:
    return (area.left + area.right) / 2, (area.top + area.bottom) / 2
