"""What an export can be asked for, whichever format it is written in."""

from __future__ import annotations

import enum
from collections.abc import Collection
from dataclasses import dataclass, replace

import numpy as np

from sketchstudio.core.document import Document
from sketchstudio.core.outline import centre_line
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.core.stroke import Bounds, box_round

MARGIN = 10.0
"""Paper left free round the ink, page px."""


class Area(enum.StrEnum):
    """What of the paper is shown."""

    PAGE = "page"
    DRAWING = "drawing"


class Unit(enum.StrEnum):
    """In which the size of the picture is said; 96 px are an inch."""

    PX = "px"
    MM = "mm"
    CM = "cm"
    INCH = "in"


PER_PX = {Unit.PX: 1.0, Unit.MM: 25.4 / 96, Unit.CM: 2.54 / 96, Unit.INCH: 1 / 96}
"""How many of each unit a px is."""


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What an exported picture is like; each format takes what concerns it.

    Attributes:
        area: The page, or where it is endless and for ``DRAWING`` the visible ink with a margin.
        margin: Round the ink, page px.
        scale: Px of the picture for one of the page.
        unit: Of the picture's size in SVG.
        background: Whether to lay the paper's colour under it.
        pattern: Whether to show what is printed on the paper, too.
        outlines: Whether lines of constant width become shapes, as those of pressure always are.
        tolerance: How far curves may be from the line, page px; 0 writes every point.
        decimals: Of coordinates in SVG.
        layers: Whether groups say that they are layers, as Inkscape has it.
        embed: Whether the SVG holds the whole drawing, to be opened again as it is.
        seconds: How long a replay takes; 0 takes as long as the drawing did, within reason.
        repeat: Whether a replay begins again at its end.
    """

    area: Area = Area.PAGE
    margin: float = MARGIN
    scale: float = 1.0
    unit: Unit = Unit.PX
    background: bool = False
    pattern: bool = False
    outlines: bool = False
    tolerance: float = 0.0
    decimals: int = 2
    layers: bool = True
    embed: bool = False
    seconds: float = 0.0
    repeat: bool = True

    def view(self, document: Document) -> Bounds:
        """The part of the page that is shown, page px.

        Raises:
            SketchError: There is no visible ink, and no page with edges is asked for.
        """
        if self.area is Area.PAGE and document.page.bounds is not None:
            return document.page.bounds
        return _ink_bounds(document).expanded(self.margin)


def only(document: Document, ids: Collection[str]) -> Document:
    """The document with some of its strokes and no others, in its visible layers."""
    chosen = set(ids)
    layers = tuple(
        replace(layer, strokes=tuple(s for s in layer.strokes if s.id in chosen))
        for layer in document.layers
    )
    kept = tuple(layer for layer in layers if layer.strokes)
    return replace(document, layers=kept or layers[:1])


def _ink_bounds(document: Document) -> Bounds:
    """What is covered by ink; kept for the last document, since an export asks again and again."""
    global _last
    known = _last  # another thread may ask for another document meanwhile
    if known is None or known[0] is not document:
        known = _last = document, _measured(document)
    return known[1]


_last: tuple[Document, Bounds] | None = None


def _measured(document: Document) -> Bounds:
    boxes = []
    for stroke in document.strokes():
        line = centre_line(stroke)
        half = np.float32(stroke.style.width / 2)
        low, high = line.min(axis=0) - half, line.max(axis=0) + half
        boxes.append(Bounds(*map(float, (*low, *high))))
    box = box_round(boxes)
    if box is None:
        raise SketchError("the drawing is empty: there is nothing to export")
    return box
