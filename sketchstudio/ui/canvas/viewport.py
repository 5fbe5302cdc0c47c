"""Which part of the endless page the canvas shows. Pure Python."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from sketchstudio.core.stroke import Bounds

MIN_ZOOM = 0.05
MAX_ZOOM = 32.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """A window onto the page, which may be turned.

    Attributes:
        left: Where the left edge lies on the turned page, page px.
        top: Where the top edge lies on the turned page, page px.
        zoom: Screen px for each page px.
        width: Of the canvas, logical screen px.
        height: Of the canvas, logical screen px.
        ratio: Device pixels for each logical screen px.
        angle: Degrees by which the page is turned clockwise about its origin, over -180 to 180.
    """

    left: float = 0.0
    top: float = 0.0
    zoom: float = 1.0
    width: float = 1.0
    height: float = 1.0
    ratio: float = 1.0
    angle: float = 0.0

    @property
    def scale(self) -> float:
        """Device pixels for each page px."""
        return self.zoom * self.ratio

    @property
    def page_rect(self) -> Bounds:
        """The visible part of the page, or the box round it where the page is turned."""
        return self.page_box(0.0, 0.0, self.width, self.height)

    def page_box(self, left: float, top: float, right: float, bottom: float) -> Bounds:
        """The box (page px) that holds a rectangle of the screen."""
        return _box(self.to_page(x, y) for x in (left, right) for y in (top, bottom))

    def screen_box(self, bounds: Bounds) -> Bounds:
        """The box (screen px) that holds a rectangle of the page."""
        return _box(
            self.to_screen(x, y)
            for x in (bounds.left, bounds.right)
            for y in (bounds.top, bounds.bottom)
        )

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        return _turned(self.left + x / self.zoom, self.top + y / self.zoom, -self.angle)

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        x, y = _turned(x, y, self.angle)
        return (x - self.left) * self.zoom, (y - self.top) * self.zoom

    def panned(self, dx: float, dy: float) -> Viewport:
        """Shifted so that the page moves by (dx, dy) screen px."""
        return self._snapped(self.left - dx / self.zoom, self.top - dy / self.zoom)

    def zoomed(self, zoom: float, x: float, y: float) -> Viewport:
        """At another zoom, kept within the limits; the page stays put under screen (x, y)."""
        held_x, held_y = self.left + x / self.zoom, self.top + y / self.zoom
        zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        return replace(self, zoom=zoom)._snapped(held_x - x / zoom, held_y - y / zoom)

    def turned(self, angle: float, x: float, y: float) -> Viewport:
        """With the page turned to ``angle``, degrees; it stays put under screen (x, y)."""
        held_x, held_y = _turned(*self.to_page(x, y), angle)
        angle = 180.0 - (180.0 - angle) % 360.0
        return replace(self, angle=angle)._snapped(held_x - x / self.zoom, held_y - y / self.zoom)

    @property
    def middle(self) -> tuple[float, float]:
        """What is in the middle of the canvas, page px."""
        return self.to_page(self.width / 2, self.height / 2)

    def showing(self, x: float, y: float, zoom: float, angle: float) -> Viewport:
        """With a place of the page in the middle (page px), at that zoom, so turned (degrees)."""
        zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        x, y = _turned(x, y, angle)
        turned = replace(self, zoom=zoom, angle=180.0 - (180.0 - angle) % 360.0)
        return turned._snapped(x - self.width / 2 / zoom, y - self.height / 2 / zoom)

    def resized(self, width: float, height: float, ratio: float) -> Viewport:
        """For a canvas of another size; the page stays put at the top left."""
        changed = replace(self, width=max(width, 1.0), height=max(height, 1.0), ratio=ratio)
        return changed._snapped(self.left, self.top)

    def fitted(self, bounds: Bounds, largest: float = MAX_ZOOM, margin: float = 40.0) -> Viewport:
        """Showing all of ``bounds`` in the middle, with ``margin`` screen px around.

        Args:
            bounds: Page px.
            largest: The zoom is not beyond it.
            margin: Screen px.
        """
        corners = ((x, y) for x in (bounds.left, bounds.right) for y in (bounds.top, bounds.bottom))
        return self.framing(corners, largest, margin)

    def framing(
        self, points: Iterable[tuple[float, float]], largest: float = MAX_ZOOM, margin: float = 0.0
    ) -> Viewport:
        """Showing all ``points`` (page px) as `fitted` does, however the page is turned."""
        bounds = _box(_turned(x, y, self.angle) for x, y in points)
        across = max(self.width - 2 * margin, 16.0) / max(bounds.width, 1e-6)
        down = max(self.height - 2 * margin, 16.0) / max(bounds.height, 1e-6)
        zoom = max(min(across, down, largest), MIN_ZOOM)
        middle_x, middle_y = (bounds.left + bounds.right) / 2, (bounds.top + bounds.bottom) / 2
        return replace(self, zoom=zoom)._snapped(
            middle_x - self.width / 2 / zoom, middle_y - self.height / 2 / zoom
        )

    def _snapped(self, left: float, top: float) -> Viewport:
        """With its corner on a whole device pixel, so that tiles are shown as they were drawn."""
        return replace(
            self,
            left=round(left * self.scale) / self.scale,
            top=round(top * self.scale) / self.scale,
        )


def _turned(x: float, y: float, angle: float) -> tuple[float, float]:
    """A point turned clockwise about the origin."""
    if angle == 0.0:
        return x, y
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return x * cos - y * sin, x * sin + y * cos


def _box(points: Iterable[tuple[float, float]]) -> Bounds:
    across, down = zip(*points, strict=True)
    return Bounds(min(across), min(down), max(across), max(down))
