"""How an element of SVG looks: what it has from the elements round it, and its colours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from sketchstudio.formats.svg_colors import Rgba, parse_color
from sketchstudio.formats.svg_style import StyleSheet, length
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
    "stroke-dasharray": "dashes",
    "stroke-dashoffset": "dash_offset",
}
_REFERENCES = 8  # from gradient to gradient
_PARTS = 100  # of a pattern that are looked at
_BLACK: Rgba = (0, 0, 0, 1.0)
_INITIAL = {
    "fill": "black",
    "stroke": "none",
    "color": "black",
    "visibility": "visible",
    "stroke-dasharray": "none",
}


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
        dashes: Lengths of dashes and gaps.
        dash_offset: Into them where the line begins.
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
    dashes: str = "none"
    dash_offset: str = "0"
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
        within: Gives the children of an element; what it raises once they are too many passes on.
    """

    def __init__(
        self,
        by_id: Mapping[str, Element],
        sheet: StyleSheet,
        within: Callable[[Element], list[Element]],
    ) -> None:
        self._by_id = by_id
        self._sheet = sheet
        self._within = within
        self._means: dict[tuple[Element, str], Rgba | None] = {}

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
        element = self._by_id.get(reference.strip(" \"'#"))
        found = None if element is None else self._server(element, look.color)
        return found or (parse_color(instead) if instead.strip() else None)

    def _server(self, element: Element, current: str) -> Rgba | None:
        """The one colour that stands for a gradient or a pattern; worked out once for each."""
        key = element, current
        if key not in self._means:
            self._means[key] = self._mean(element, current)
        return self._means[key]

    def _mean(self, element: Element, current: str) -> Rgba | None:
        server: Element | None = element
        for _ in range(_REFERENCES):
            if server is None:
                break
            if server.tag == "pattern" and server.children:
                return self._first_color(server, current)
            stops = [child for child in self._within(server) if child.tag == "stop"]
            if stops:
                return _mean_color([self._stop(stop, current) for stop in stops])
            server = self._by_id.get(server.attributes.get("href", "").strip().lstrip("#"))
        return None

    def _first_color(self, pattern: Element, current: str) -> Rgba | None:
        """Of what a pattern repeats, its lines before its areas."""
        children = self._within(pattern)
        parts = [p for child in children for p in (child, *self._within(child))][:_PARTS]
        for name in ("stroke", "fill"):
            for part in parts:
                paint = self._sheet.look(part).get(name, "none")
                color = parse_color(current if paint.lower() == "currentcolor" else paint)
                if color is not None and color[3] > 0:
                    return color
        return None

    def _stop(self, stop: Element, current: str) -> tuple[float, Rgba]:
        """Where a stop of a gradient lies, 0..1, and its colour."""
        said = self._sheet.look(stop)
        paint = said.get("stop-color", "black")
        color = parse_color(current if paint.lower() == "currentcolor" else paint) or _BLACK
        seen = color[3] * opacity_of(said.get("stop-opacity"))
        return opacity_of(said.get("offset"), 0.0), (*color[:3], seen)


def _mean_color(stops: list[tuple[float, Rgba]]) -> Rgba:
    """The mean over a gradient, what is more opaque counting for more."""
    at = np.maximum.accumulate([place for place, _ in stops])
    colors = np.array([color for _, color in stops])
    # Each stop counts for half of the way to those beside it, the outer ones to the very ends.
    edges = np.concatenate([[0.0], (at[1:] + at[:-1]) / 2, [1.0]])
    weights = np.diff(edges)
    seen = weights * colors[:, 3]
    if seen.sum() <= 0:
        return 0, 0, 0, 0.0
    red, green, blue = (int(mean) for mean in np.rint(seen @ colors[:, :3] / seen.sum()))
    return red, green, blue, float(seen.sum())


def seen_on(color: str, paper: str) -> str:
    """The colour, or one between it and its opposite where it could not be told from the paper."""
    ink, below = bytes.fromhex(color[1:]), bytes.fromhex(paper[1:])
    if max(abs(a - b) for a, b in zip(ink, below, strict=True)) > _NEAR:
        return color
    target = 0 if sum(below) > 382 else 255
    return "#" + "".join(f"{round(0.65 * c + 0.35 * target):02x}" for c in ink)


def opacity_of(text: str | None, otherwise: float = 1.0) -> float:
    """How opaque something is, 0..1, as it is written."""
    share = length(text, 1.0)
    return otherwise if share is None else min(max(share, 0.0), 1.0)
