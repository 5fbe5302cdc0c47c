"""Where each stroke of a document lies, and over which others."""

from __future__ import annotations

from sketchstudio.core.document import Document
from sketchstudio.core.outline import drawn_bounds
from sketchstudio.core.spatial import GridIndex
from sketchstudio.core.stroke import Bounds, Stroke


class PlacedInk:
    """All strokes of a document, hidden layers included, found by place and by id.

    Args:
        document: Whose strokes.
    """

    def __init__(self, document: Document) -> None:
        self._index = GridIndex()
        self._strokes: dict[str, Stroke] = {}
        self._order: dict[str, tuple[int, int]] = {}
        self.reorder(document)
        for layer in document.layers:
            for stroke in layer.strokes:
                self.insert(stroke)

    def __getitem__(self, stroke_id: str) -> Stroke:
        return self._strokes[stroke_id]

    def __contains__(self, stroke_id: str) -> bool:
        return stroke_id in self._strokes

    def box(self, stroke_id: str) -> Bounds:
        """A box that surely holds a stroke as it is drawn, page px."""
        return self._index[stroke_id]

    def order(self, stroke_id: str) -> tuple[int, int]:
        """A stroke's layer from the bottom, and its place within that."""
        return self._order[stroke_id]

    def meeting(self, bounds: Bounds) -> set[str]:
        """Strokes whose boxes meet ``bounds``, page px."""
        return self._index.query(bounds)

    def reorder(self, document: Document) -> None:
        """Take the order of strokes from a document; those new to it are still to be inserted."""
        self._order = {
            stroke.id: (number, place)
            for number, layer in enumerate(document.layers)
            for place, stroke in enumerate(layer.strokes)
        }

    def insert(self, stroke: Stroke, order: tuple[int, int] | None = None) -> None:
        """Add a stroke, or its new version; ``order`` as it will be asked for, if not yet known."""
        self._strokes[stroke.id] = stroke
        self._index.insert(stroke.id, drawn_bounds(stroke))
        if order is not None:
            self._order[stroke.id] = order

    def remove(self, stroke: Stroke) -> None:
        """Forget a stroke; nothing happens where it is not known."""
        self._index.remove(stroke.id)
        self._strokes.pop(stroke.id, None)
