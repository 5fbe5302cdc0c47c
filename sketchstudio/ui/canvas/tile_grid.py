"""How the page is cut into square tiles of device pixels."""

from __future__ import annotations

import math

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QTransform

from sketchstudio.core.stroke import Bounds
from sketchstudio.ui.canvas.viewport import Viewport

SIDE = 256
"""Side of a tile, device pixels."""

WHOLE = QRect(0, 0, SIDE, SIDE)

Key = tuple[int, int]
"""Column and row of a tile; the tile (0, 0) begins at the page's origin."""


class TileGrid:
    """The page, turned and scaled, then cut into tiles.

    Args:
        scale: Device pixels for each page px.
        angle: Degrees by which the page is turned clockwise.
    """

    def __init__(self, scale: float = 1.0, angle: float = 0.0) -> None:
        self.scale = scale
        self.angle = angle
        self.from_page = QTransform().rotate(angle) * QTransform.fromScale(scale, scale)
        self._to_page = QTransform.fromScale(1 / scale, 1 / scale) * QTransform().rotate(-angle)

    def shows(self, viewport: Viewport) -> bool:
        """Whether tiles of this grid are what the viewport shows, pixel for pixel."""
        return (self.scale, self.angle) == (viewport.scale, viewport.angle)

    def onto_tile(self, key: Key) -> QTransform:
        """From page px to pixels of a tile."""
        return self.from_page * QTransform.fromTranslate(-key[0] * SIDE, -key[1] * SIDE)

    def onto_screen(self, viewport: Viewport) -> QTransform:
        """From pixels of this grid to logical screen px of any viewport."""
        view = QTransform().rotate(viewport.angle)
        view *= QTransform.fromTranslate(-viewport.left, -viewport.top)
        return self._to_page * view * QTransform.fromScale(viewport.zoom, viewport.zoom)

    def visible(self, viewport: Viewport, exposed: QRectF | None = None) -> list[Key]:
        """Tiles that show in ``exposed`` (logical screen px), or anywhere on the screen."""
        area = exposed or QRectF(0, 0, viewport.width, viewport.height)
        x, y = self.corner(viewport)
        left = math.floor((x + area.left() * viewport.ratio) / SIDE)
        top = math.floor((y + area.top() * viewport.ratio) / SIDE)
        right = math.ceil((x + area.right() * viewport.ratio) / SIDE)
        bottom = math.ceil((y + area.bottom() * viewport.ratio) / SIDE)
        return [(column, row) for row in range(top, bottom) for column in range(left, right)]

    def corner(self, viewport: Viewport) -> tuple[int, int]:
        """Where the top left of the screen is, pixels of this grid."""
        return round(viewport.left * self.scale), round(viewport.top * self.scale)

    def screen_rect(self, key: Key, viewport: Viewport) -> QRectF:
        """Where a tile shows, logical screen px."""
        x, y = self.corner(viewport)
        return QRectF(
            (key[0] * SIDE - x) / viewport.ratio,
            (key[1] * SIDE - y) / viewport.ratio,
            SIDE / viewport.ratio,
            SIDE / viewport.ratio,
        )

    def page_box(self, key: Key, part: QRect = WHOLE) -> Bounds:
        """A box (page px) that holds part of a tile, with a pixel to spare for antialiasing."""
        x, y = key[0] * SIDE + part.left(), key[1] * SIDE + part.top()
        box = self._to_page.mapRect(QRectF(x - 1, y - 1, part.width() + 2, part.height() + 2))
        return Bounds(box.left(), box.top(), box.right(), box.bottom())

    def device_box(self, bounds: Bounds) -> QRect:
        """A box of this grid's pixels that holds page px, all antialiasing included."""
        box = self.from_page.mapRect(QRectF(bounds.left, bounds.top, bounds.width, bounds.height))
        left, top = math.floor(box.left()) - 1, math.floor(box.top()) - 1
        return QRect(
            left, top, math.ceil(box.right()) + 1 - left, math.ceil(box.bottom()) + 1 - top
        )
