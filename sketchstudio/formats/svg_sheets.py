"""What becomes of an SVG file while it is read: lines, and the layers that they lie in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from sketchstudio.core.document import Layer
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.formats.svg_clip import Clip
from sketchstudio.formats.svg_dashes import Dashes, cut
from sketchstudio.formats.svg_look import opacity_of
from sketchstudio.formats.svg_path import Points
from sketchstudio.formats.svg_tree import Element

SHAPES = frozenset({"path", "rect", "circle", "ellipse", "line", "polyline", "polygon"})
GROUPS = frozenset({"g", "a", "switch", "svg", "symbol", "use"})

_FEW_GROUPS = 32  # more are no layers but parts of a drawing


@dataclass(frozen=True, slots=True)
class Line:
    """How a line becomes ink.

    Attributes:
        style: Of its strokes.
        dashes: Where it is cut; None where it is whole.
        clip: Outside which it is not seen.
    """

    style: StrokeStyle
    dashes: Dashes | None
    clip: Clip | None

    def pieces(self, points: Points, most: int) -> Iterator[Points]:
        """What is drawn of it, at most so many where it is dashed."""
        parts = [points]
        if self.dashes is not None and len(points) > 1:
            dashes = cut(points, self.dashes)
            parts = dashes if len(dashes) <= most else parts
        for part in parts:
            yield from [part] if self.clip is None else self.clip.pieces(part)


@dataclass(slots=True)
class Sheet:
    """A layer while it is read; ``group`` is the element that it comes from."""

    group: Element | None = None
    name: str = Layer().name
    visible: bool = True
    locked: bool = False
    opacity: float = 1.0
    lines: list[Line] = field(default_factory=list)


def sheet_of(group: Element, said: dict[str, str], beneath: Sheet) -> Sheet:
    """The layer that a group is, on the one that it lies in."""
    name = said.get("inkscape:label") or said.get("id") or beneath.name
    return Sheet(
        group,
        " ".join(name.split())[:100] or beneath.name,
        beneath.visible and said.get("display") != "none",
        beneath.locked or said.get("sodipodi:insensitive") in ("1", "true"),
        beneath.opacity * opacity_of(said.get("opacity")),
    )


def layer_groups(root: Element) -> set[Element]:
    """Groups that are layers: Inkscape's, else a few named ones of which the whole is made."""
    marked = {e for e in elements_of(root) if e.attributes.get("inkscape:groupmode") == "layer"}
    if marked:
        return marked
    parts = root.children
    while True:
        drawn = [part for part in parts if part.tag in GROUPS or part.tag in SHAPES]
        if len(drawn) != 1 or drawn[0].tag != "g":
            break
        parts = drawn[0].children
    groups = [part for part in drawn if part.tag == "g" and _named(part)]
    return set(groups) if 2 <= len(groups) <= _FEW_GROUPS else set()


def _named(group: Element) -> bool:
    return bool(group.attributes.get("inkscape:label") or group.attributes.get("id"))


def elements_of(root: Element) -> Iterator[Element]:
    """Every element, in the order of the file."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        yield element
        waiting += reversed(element.children)
