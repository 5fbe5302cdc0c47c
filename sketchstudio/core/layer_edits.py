"""Edits across layers: ink of one goes to another, as one step."""

from __future__ import annotations

from collections.abc import Collection

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import Edit, LayerRemoved, add_strokes, remove_strokes, together


def merge_down(document: Document, place: int, name: str) -> Edit:
    """Put the ink of a layer over that of the one below, and take the empty layer away.

    The lower layer keeps its name and opacity.

    Args:
        document: As it is.
        place: Of the upper layer, from the bottom, at least 1.
        name: Of the step in the history.

    Raises:
        ValueError: There is no layer below.
    """
    if not 0 < place < len(document.layers):
        raise ValueError(f"layer {place} of {len(document.layers)} has none below")
    lower, upper = document.layers[place - 1 : place + 1]
    # The layer goes first: at no time are strokes in two places.
    return together([LayerRemoved(place, upper), add_strokes(lower, upper.strokes, name)], name)


def move_to_layer(source: Layer, target: Layer, ids: Collection[str], name: str) -> Edit:
    """Take the strokes with these ids to the top of another layer, in their order."""
    going = [stroke for stroke in source.strokes if stroke.id in ids]
    return together([remove_strokes(source, ids, name), add_strokes(target, going, name)], name)
