"""Where blends go on the page, one in its place or many in a grid, and how they were made."""

from __future__ import annotations

from collections.abc import Sequence

from sketchstudio.core.provenance import Provenance, packed_code
from sketchstudio.core.sketch_codec import Box
from sketchstudio.core.stroke import Bounds
from sketchstudio.engine.messages import Finished, Place
from sketchstudio.state.mixture import Mixture
from sketchstudio.state.placing import Placed, middle_of

_STRIP_SHARE = 0.9  # of the visible page's width, or of its height for a square of sketches
_FILLED = 0.8  # of a cell of a grid, by its sketch


def sketch_box(mixture: Mixture, visible: Bounds) -> Box:
    """Where a blend goes: where the drawing of an end was, else in the middle of what is seen."""
    drawn = next((end.box for end in mixture.ends if end.box), None)
    return drawn or middle_of(visible)


def grid_boxes(columns: int, rows: int, visible: Bounds) -> list[Box]:
    """Where the sketches of a grid go, row by row, in the middle of what is seen."""
    cell = _STRIP_SHARE * min(visible.width / columns, visible.height / rows)
    middle = middle_of(visible)
    return [
        Box(
            middle.x + (column - (columns - 1) / 2) * cell,
            middle.y + (row - (rows - 1) / 2) * cell,
            _FILLED * cell,
        )
        for row in range(rows)
        for column in range(columns)
    ]


def placed_blends(
    mixture: Mixture, places: Sequence[Place], finished: Finished, boxes: Sequence[Box]
) -> list[Placed]:
    """The sketches of a result, which know how they were made.

    Args:
        mixture: What was blended.
        places: Where in it each sketch is.
        finished: The result.
        boxes: Where each sketch goes on the page.
    """
    codes = finished.codes if finished.codes is not None else [None] * len(places)
    placed = []
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
        placed.append(Placed(drawn.strokes, box, made))
    return placed
