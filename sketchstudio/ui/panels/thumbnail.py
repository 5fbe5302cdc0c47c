"""Small pictures of proposals: the ink they were about in grey, and what is proposed."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPixmap

from sketchstudio.core.sketch_codec import Box, Coordinates
from sketchstudio.ui.canvas.ghost import GHOST_ON_LIGHT

_MARGIN = 0.11  # of the side
_INK = "#8d8d97"


def thumbnail(
    ink: Sequence[Coordinates], drawn: Sequence[Coordinates], side: int, density: float
) -> QPixmap:
    """Ink and what is drawn with it on a sheet of paper; empty paper where there is none.

    Args:
        ink: Page px.
        drawn: Page px.
        side: Of the picture, logical px.
        density: Of the screen's pixels.
    """
    pixmap = QPixmap(round(side * density), round(side * density))
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#ffffff"))
    painter.drawRoundedRect(QRectF(0, 0, side, side), 5, 5)
    whole = [*ink, *drawn]
    if whole:
        box = Box.around(whole)
        painter.translate(side / 2, side / 2)
        painter.scale(*2 * [side * (1 - 2 * _MARGIN) / box.size])
        painter.translate(-box.x, -box.y)
        for sketch, color, width in ((ink, _INK, 0.026), (drawn, GHOST_ON_LIGHT, 0.033)):
            pen = QPen(QColor(color), max(1.2, side * width))
            pen.setCosmetic(True)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(_path(sketch), pen)
    painter.end()
    return pixmap


def _path(sketch: Sequence[Coordinates]) -> QPainterPath:
    path = QPainterPath()
    for points in sketch:
        rows = points.tolist()
        path.moveTo(*rows[0])
        for x, y in rows[1:] or [(rows[0][0] + 0.01, rows[0][1])]:
            path.lineTo(x, y)
    return path
