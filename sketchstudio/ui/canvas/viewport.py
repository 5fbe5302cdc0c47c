"""Which part of the endless page the canvas shows. Pure Python."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sketchstudio.core.stroke import Bounds

MIN_ZOOM = 0.05
MAX_ZOOM = 32.0


@dataclass(frozen=True, slots=True)
class Viewport:
    """A window onto the page.

    Attributes:
        left: Page x at the left edge, page px.
        top: Page y at the top edge, page px.
        zoom: Screen px for each page px.
        width: Of the canvas, logical screen px.
        height: Of the canvas, logical screen px.
        ratio: Device pixels for each logical screen px.
    """

    left: float = 0.0
    top: float = 0.0
    zoom: float = 1.0
    width: float = 1.0
    height: float = 1.0
    ratio: float = 1.0

    @property
    def scale(self) -> float:
        """Device pixels for each page px."""
        return self.zoom * self.ratio

    @property
    def page_rect(self) -> Bounds:
        """The visible part of the page."""
        right, bottom = self.to_page(self.width, self.height)
        return Bounds(self.left, self.top, right, bottom)

    def to_page(self, x: float, y: float) -> tuple[float, float]:
        return self.left + x / self.zoom, self.top + y / self.zoom

    def to_screen(self, x: float, y: float) -> tuple[float, float]:
        return (x - self.left) * self.zoom, (y - self.top) * self.zoom

    def panned(self, dx: float, dy: float) -> Viewport:
        """Shifted so that the page moves by (dx, dy) screen px."""
        return self._snapped(self.left - dx / self.zoom, self.top - dy / self.zoom)

    def zoomed(self, zoom: float, x: float, y: float) -> Viewport:
        """At another zoom, kept within the limits; the page stays put under screen (x, y)."""
        page_x, page_y = self.to_page(x, y)
        zoom = min(max(zoom, MIN_ZOOM), MAX_ZOOM)
        return replace(self, zoom=zoom)._snapped(page_x - x / zoom, page_y - y / zoom)

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
