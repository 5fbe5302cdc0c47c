"""How an element of SVG looks: what it has from the elements round it, and its colours."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from sketchstudio.formats.svg_colors import Rgba, parse_color
from sketchstudio.formats.svg_style import StyleSheet, numbers
from sketchstudio.formats.svg_tree import Element

_FAINTEST = 0.02  # of opacity; less cannot be seen
_NEAR = 24  # of 255 in every channel: too near the paper's colour to be seen
_INHERITED = {
    "fill": "fill",
    "stroke": "stroke",
    "stroke-width": "width",
    "stroke-linecap": "cap",
    "color": "color",
    "visibility": "visibility",
}
_REFERENCES = 8  # from gradient to gradient
_INITIAL = {"fill": "black", "stroke": "none", "color": "black", "visibility": "visible"}


@dataclass(frozen=True, slots=True)
class Look:
    """Paint and width as they are written, down to one element.

    Attributes:
        fill: Paint of its inside.
        stroke: Paint of its line.
        width: Of the line.
        cap: Shape of the line's ends.
        color: What ``currentColor`` is.
        visibility: ``hidden`` where it is not shown.
        opacity: Of all groups it is in, together.
        fill_opacity: Of its inside.
        stroke_opacity: Of its line.
        fixed: The line is as wide however it is scaled.
    """

    fill: str = "black"
    stroke: str = "none"
    width: str = "1"
    cap: str = "butt"
    color: str = "black"
    visibility: str = "visible"
    opacity: float = 1.0
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    fixed: bool = False

    @property
    def dots(self) -> bool:
        """Whether a line without length shows."""
        return self.cap in ("round", "square")

    def within(self, said: Mapping[str, str], as_layer: bool = False) -> Look:
        """The look of an element in one of this look.

        Args:
            said: Of the element, as `StyleSheet.look` gives it.
            as_layer: Its own opacity is the layer's.
        """
        changed: dict[str, str] = {}
        for name, field in _INHERITED.items():
            value = said.get(name, "inherit").strip()
            if value == "initial":
                value = _INITIAL.get(name, "inherit")
            if value != "inherit":
                changed[field] = value
        return replace(
            self,
            **changed,
            opacity=self.opacity * (1.0 if as_layer else opacity_of(said.get("opacity"))),
            fill_opacity=opacity_of(said.get("fill-opacity"), self.fill_opacity),
            stroke_opacity=opacity_of(said.get("stroke-opacity"), self.stroke_opacity),
            fixed=said.get("vector-effect") == "non-scaling-stroke",
        )


class Paints:
    """Turns paint as it is written into the colours of ink.

    Args:
        by_id: Elements, for gradients.
        sheet: Their styles.
    """

    def __init__(self, by_id: Mapping[str, Element], sheet: StyleSheet) -> None:
        self._by_id = by_id
        self._sheet = sheet
        self._stops: dict[Element, Element | None] = {}

    def line(self, look: Look, paper: str) -> str | None:
        """Colour ``#rrggbb`` of the line over the paper; None where it has none."""
        return self._over(look.stroke, look, look.stroke_opacity, paper)

    def fill(self, look: Look, paper: str) -> str | None:
        """Colour ``#rrggbb`` of the inside over the paper; None where it has none."""
        return self._over(look.fill, look, look.fill_opacity, paper)

    def _over(self, paint: str, look: Look, opacity: float, paper: str) -> str | None:
        color = self._color(paint, look)
        if color is None or look.visibility != "visible":
            return None
        share = color[3] * opacity * look.opacity
        if share < _FAINTEST:
            return None
        below = bytes.fromhex(paper[1:])
        mixed = (round(share * c + (1 - share) * p) for c, p in zip(color, below, strict=False))
        return "#" + "".join(f"{channel:02x}" for channel in mixed)

    def _color(self, paint: str, look: Look) -> Rgba | None:
        paint = paint.strip()
        if paint.lower() == "currentcolor":
            paint = look.color
        if not paint.startswith("url("):
            return parse_color(paint)
        reference, _, instead = paint[4:].partition(")")
        gradient = self._by_id.get(reference.strip(" \"'#"))
        for _ in range(_REFERENCES):
            if gradient is None:
                break
            stop = self._first_stop(gradient)
            if stop is not None:
                return self._stop(stop, look)
            gradient = self._by_id.get(gradient.attributes.get("href", "").strip().lstrip("#"))
        return parse_color(instead) if instead.strip() else None

    def _first_stop(self, gradient: Element) -> Element | None:
        if gradient not in self._stops:
            stops = (child for child in gradient.children if child.tag == "stop")
            self._stops[gradient] = next(stops, None)
        return self._stops[gradient]

    def _stop(self, stop: Element, look: Look) -> Rgba | None:
        said = self._sheet.look(stop)
        paint = said.get("stop-color", "black")
        color = parse_color(look.color if paint.lower() == "currentcolor" else paint)
        if color is None:
            return None
        return *color[:3], color[3] * opacity_of(said.get("stop-opacity"))


def seen_on(color: str, paper: str) -> str:
    """The colour, or one between it and its opposite where it could not be told from the paper."""
    ink, below = bytes.fromhex(color[1:]), bytes.fromhex(paper[1:])
    if max(abs(a - b) for a, b in zip(ink, below, strict=True)) > _NEAR:
        return color
    target = 0 if sum(below) > 382 else 255
    return "#" + "".join(f"{round(0.65 * c + 0.35 * target):02x}" for c in ink)


def opacity_of(text: str | None, otherwise: float = 1.0) -> float:
    """How opaque something is, 0..1, as it is written."""
    found = numbers(text or "")
    if not found:
        return otherwise
    share = found[0] / 100 if text and text.strip().endswith("%") else found[0]
    return min(max(share, 0.0), 1.0) if math.isfinite(share) else otherwise
