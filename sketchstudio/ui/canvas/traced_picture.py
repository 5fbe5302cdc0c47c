"""Painting the picture that lies under the ink, and the frame by which it is moved."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF

from sketchstudio.core.picture import Picture
from sketchstudio.core.stroke import Bounds
from sketchstudio.ui.canvas.viewport import Viewport

_GRIP = 4.5  # screen px, half a grip's side


@lru_cache(maxsize=4)
def image_of(data: bytes) -> QImage:
    """The pixels of a picture's file; a null image where they cannot be read."""
    return QImage.fromData(data)


def paint_picture(painter: QPainter, picture: Picture, area: Bounds) -> None:
    """Paint what lies in ``area`` (page px) of a picture; the painter maps page to device."""
    if not picture.visible or not picture.bounds.intersects(area):
        return
    image, box = image_of(picture.data), picture.bounds
    painter.save()
    clip = QRectF(area.left, area.top, area.width, area.height)
    painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
    painter.setOpacity(painter.opacity() * picture.opacity)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(box.left, box.top, box.width, box.height), image)
    painter.restore()


def corners(box: Bounds) -> tuple[tuple[float, float], ...]:
    """Of a box, clockwise from its top left."""
    return (
        (box.left, box.top),
        (box.right, box.top),
        (box.right, box.bottom),
        (box.left, box.bottom),
    )


def paint_frame(painter: QPainter, viewport: Viewport, box: Bounds, color: str) -> None:
    """A frame round a picture, with a grip at each corner; the painter takes screen px."""
    places = [QPointF(*viewport.to_screen(*corner)) for corner in corners(box)]
    painter.setPen(QPen(QColor(color), 1.2, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolygon(QPolygonF(places))
    painter.setPen(QPen(QColor(color), 1.2))
    painter.setBrush(QColor("#ffffff"))
    for place in places:
        grip = QRectF(-_GRIP, -_GRIP, 2 * _GRIP, 2 * _GRIP).translated(place)
        painter.drawRoundedRect(grip, 1.5, 1.5)
