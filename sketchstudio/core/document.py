"""The drawing: an immutable value, so that a snapshot is the document itself."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sketchstudio.core.stroke import Bounds, Stroke, bounds_of


@dataclass(frozen=True, slots=True)
class Layer:
    """Strokes in drawing order, later ones on top."""

    name: str = "Layer 1"
    strokes: tuple[Stroke, ...] = ()
    visible: bool = True
    locked: bool = False
    opacity: float = 1.0
    id: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True, slots=True)
class Document:
    """Layers from bottom to top, and the paper they lie on.

    Attributes:
        layers: Never empty.
        paper: Paper colour ``#rrggbb``.
        title: Shown in exports.
    """

    layers: tuple[Layer, ...] = field(default_factory=lambda: (Layer(),))
    paper: str = "#ffffff"
    title: str = ""

    def __post_init__(self) -> None:
        if not self.layers:
            raise ValueError("a document has at least one layer")

    def layer(self, layer_id: str) -> Layer:
        """The layer of that id.

        Raises:
            KeyError: There is none.
        """
        for layer in self.layers:
            if layer.id == layer_id:
                return layer
        raise KeyError(layer_id)

    def with_layer(self, changed: Layer) -> Document:
        """This document with the layer of the same id replaced."""
        return replace(
            self, layers=tuple(changed if old.id == changed.id else old for old in self.layers)
        )

    def strokes(self) -> Iterator[Stroke]:
        """Every stroke of the visible layers, bottom to top."""
        for layer in self.layers:
            if layer.visible:
                yield from layer.strokes

    @property
    def bounds(self) -> Bounds | None:
        """The box round all visible ink, or None for an empty page."""
        return bounds_of(list(self.strokes()))
