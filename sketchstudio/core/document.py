"""The drawing: an immutable value, so that a snapshot is the document itself."""

from __future__ import annotations

import enum
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from sketchstudio.core.past_proposal import PastProposal
from sketchstudio.core.picture import Picture
from sketchstudio.core.stroke import Bounds, Stroke, bounds_of


@dataclass(frozen=True, slots=True)
class Layer:
    """Strokes in drawing order, later ones on top; ``unknown`` as in `Stroke`."""

    name: str = "Layer 1"
    strokes: tuple[Stroke, ...] = ()
    visible: bool = True
    locked: bool = False
    opacity: float = 1.0
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    unknown: str = ""

    @property
    def painted(self) -> tuple[Stroke, ...]:
        """Its strokes in the order they are painted: highlighter beneath all other ink."""
        return tuple(sorted(self.strokes, key=lambda stroke: not stroke.style.highlighter))


class Pattern(enum.StrEnum):
    """What is printed on the paper."""

    PLAIN = "plain"
    GRID = "grid"
    DOTS = "dots"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class Page:
    """The paper that ink lies on.

    Attributes:
        paper: Its colour, ``#rrggbb``.
        pattern: What is printed on it; guides the hand and is no part of the drawing.
        spacing: Between the pattern's lines or dots, page px, at least 2.
        size: Width and height from the origin, page px, both above 0; None for an endless page.
        unknown: As in `Stroke`.
        picture: Lies on it to be traced; guides the hand and is no part of the drawing.
    """

    paper: str = "#ffffff"
    pattern: Pattern = Pattern.PLAIN
    spacing: float = 24.0
    size: tuple[float, float] | None = None
    unknown: str = ""
    picture: Picture | None = None

    @property
    def bounds(self) -> Bounds | None:
        """The box of the paper; None for an endless page."""
        return Bounds(0.0, 0.0, *self.size) if self.size else None


@dataclass(frozen=True, slots=True)
class View:
    """How a window shows the page.

    Attributes:
        x: What is in the middle of the window, page px.
        y: The same downwards.
        zoom: Screen px for each page px.
        angle: Degrees by which the page is turned clockwise, over -180 to 180.
        unknown: As in `Stroke`.
    """

    x: float
    y: float
    zoom: float = 1.0
    angle: float = 0.0
    unknown: str = ""


def printed_color(page: Page) -> str:
    """Colour of the page's pattern, ``#rrggbb``: darker than light paper, lighter than dark."""
    paper = [int(page.paper[i : i + 2], 16) for i in (1, 3, 5)]
    target = 0 if sum(paper) > 382 else 255
    share = 0.28 if page.pattern is Pattern.DOTS else 0.13  # of the way from paper to target
    return "#" + "".join(f"{round(c + (target - c) * share):02x}" for c in paper)


@dataclass(frozen=True, slots=True)
class Document:
    """Layers from bottom to top, and the page they lie on.

    Attributes:
        layers: Never empty.
        page: The paper.
        title: Shown in exports.
        view: How it was shown when it was saved; None where nobody has seen it.
        proposals: What the model proposed before, oldest first; no part of the drawing.
        unknown: As in `Stroke`.
    """

    layers: tuple[Layer, ...] = field(default_factory=lambda: (Layer(),))
    page: Page = Page()
    title: str = ""
    view: View | None = None
    unknown: str = ""
    proposals: tuple[PastProposal, ...] = ()

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
