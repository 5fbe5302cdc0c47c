"""Quick, Draw! drawings on a page of the app, and a page as such a drawing."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.sketch_codec import Box, Coordinates, Polylines, checked
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import Stroke, StrokeStyle, depicting
from sketchstudio.formats.drawing import Drawing, rounded
from sketchstudio.formats.native import MAX_LAYERS

CELL = 255.0
"""Longest side of a drawing in a grid, page px: as large as Quick, Draw! makes them."""

GAP = 45.0

MAX_DRAWINGS = 2500
"""More would make a page that nothing can show."""

_LEGIBLE = 64.0  # page px; a drawing smaller than this is in other units than pixels
_STYLE = StrokeStyle(pressure=False)


def page_of(
    drawings: Sequence[Drawing], columns: int | None = None, names: Sequence[str] = ()
) -> Document:
    """Drawings in a grid, row by row; a single one stays where it is.

    Each has a layer of its own, up to as many as a file holds; more share one.

    Args:
        drawings: At least one; an empty one leaves its place empty.
        columns: None makes the grid about square.
        names: Of the layers; the drawings' words where there are none.

    Raises:
        SketchError: A drawing has too many points or numbers that are not finite.
        ValueError: No drawing, or more than ``MAX_DRAWINGS``.
    """
    if not 1 <= len(drawings) <= MAX_DRAWINGS:
        raise ValueError(f"a page holds 1 to {MAX_DRAWINGS:,} drawings, not {len(drawings):,}")
    columns = columns or math.ceil(math.sqrt(len(drawings)))
    layers = []
    for index, drawing in enumerate(drawings):
        ink = checked(drawing.strokes) if any(map(len, drawing.strokes)) else []
        box = Box.around(ink) if ink else None
        if box and (len(drawings) > 1 or box.size < _LEGIBLE):
            row, column = divmod(index, columns)
            cell = Box(column * (CELL + GAP) + CELL / 2, row * (CELL + GAP) + CELL / 2, CELL)
            ink = [cell.to_page(box.to_box(points)) for points in ink]
        name = names[index] if names else drawing.word or f"Drawing {index + 1}"
        layers.append(_layer(ink, name))
    if len(layers) > MAX_LAYERS:
        strokes = tuple(stroke for layer in layers for stroke in layer.strokes)
        layers = [Layer(f"{len(layers):,} drawings", strokes)]
    words = dict.fromkeys(drawing.word for drawing in drawings if drawing.word)
    return Document(tuple(layers), title=", ".join([*words][:5]))


def on_one_layer(document: Document) -> Document:
    """The visible ink on one layer, where tools reach all of it."""
    name = document.title or document.layers[0].name
    return replace(document, layers=(Layer(name, tuple(document.strokes())),))


def drawing_of(document: Document, path: Path) -> Drawing:
    """The visible ink of a document read from ``path``, as one drawing."""
    strokes: Polylines = [
        np.array(drawn_points(stroke)) for stroke in depicting(document.strokes())
    ]
    size = Box.around(strokes).size if strokes else CELL
    return Drawing(rounded(strokes, size), document.title, place=str(path))


def _layer(ink: Sequence[Coordinates], name: str) -> Layer:
    layer = Layer(name=name)
    return replace(layer, strokes=tuple(Stroke.from_points(points, _STYLE) for points in ink))
