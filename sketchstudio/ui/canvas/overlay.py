"""What is drawn over the ink anew each frame: selection, lasso, eraser ring, ink on the move."""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from sketchstudio.core.geometry import Point
from sketchstudio.core.outline import centre_line, drawn_bounds
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.ui.canvas.live_ink import LiveInk
from sketchstudio.ui.canvas.renderer import (
    map_to_page,
    paint_pieces,
    paint_stroke,
    pieces_of,
    polygon_of,
)
from sketchstudio.ui.canvas.viewport import Viewport

ACCENT = "#2f6fed"

_MARGIN = 6.0  # screen px between the selection's ink and its frame
_TRACED = 200  # so many selected strokes get a line of their own; the frame shows the rest


class Overlay:
    """What tools want shown; tools set it, the canvas paints it.

    Attributes:
        live: The stroke being drawn.
        lasso: Corners of the lasso so far, page px.
        eraser: Where the eraser is, page px, and its diameter, screen px.
    """

    def __init__(self) -> None:
        self.live: LiveInk | None = None
        self.lasso: list[Point] = []
        self.eraser: tuple[Point, float] | None = None
        self._selected: tuple[Stroke, ...] = ()
        self._frame: Bounds | None = None
        self._offset: Point = (0.0, 0.0)
        self._moving: tuple[QImage, QPointF] | None = None

    @property
    def frame(self) -> Bounds | None:
        """The box round the selected ink, page px."""
        return self._frame

    def set_selected(self, strokes: tuple[Stroke, ...]) -> None:
        self._selected = strokes
        boxes = [piece.bounds for stroke in strokes for piece in pieces_of(stroke)]
        self._frame = reduce(Bounds.united, boxes) if boxes else None

    def lift(self, viewport: Viewport) -> None:
        """Take a picture of the selected ink, as far as it shows, to be moved about."""
        image = QImage(
            round(viewport.width * viewport.ratio),
            round(viewport.height * viewport.ratio),
            QImage.Format.Format_ARGB32_Premultiplied,
        )
        image.setDevicePixelRatio(viewport.ratio)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        map_to_page(painter, viewport)
        for stroke in self._selected:
            paint_stroke(painter, stroke, viewport.page_rect)
        painter.end()
        self._moving = image, QPointF(viewport.left, viewport.top)

    def move(self, dx: float, dy: float) -> None:
        """Show the lifted ink moved by so much, page px."""
        self._offset = (dx, dy)

    def drop(self) -> None:
        """Show the selection where it is again."""
        self._offset = (0.0, 0.0)
        self._moving = None

    def paint_live(self, painter: QPainter, viewport: Viewport, exposed: Bounds) -> None:
        """Paint the stroke under the pen, as far as it meets ``exposed`` (page px)."""
        if self.live is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        map_to_page(painter, viewport)
        paint_pieces(painter, self.live.pieces(), QColor(self.live.style.color), exposed)
        painter.restore()
        if self.live.string is not None:
            nib, pen = (QPointF(*viewport.to_screen(*end)) for end in self.live.string)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(ACCENT), 1.0))
            painter.drawLine(nib, pen)
            painter.restore()

    def paint_tools(self, painter: QPainter, viewport: Viewport) -> None:
        """Paint selection, lasso and eraser."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._moving is not None:
            image, corner = self._moving
            dx, dy = self._offset
            x, y = viewport.to_screen(corner.x() + dx, corner.y() + dy)
            painter.drawImage(QPointF(x, y), image)
        if self._frame is not None:
            self._paint_selection(painter, viewport, self._frame)
        if len(self.lasso) > 1:
            _paint_lasso(painter, viewport, self.lasso)
        if self.eraser is not None:
            (x, y), diameter = self.eraser
            centre = QPointF(*viewport.to_screen(x, y))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for color, width in (("#ffffff", 2.6), ("#40404a", 1.2)):
                painter.setPen(QPen(QColor(color), width))
                painter.drawEllipse(centre, diameter / 2, diameter / 2)
        painter.restore()

    def _paint_selection(self, painter: QPainter, viewport: Viewport, frame: Bounds) -> None:
        dx, dy = self._offset
        if len(self._selected) <= _TRACED and self._moving is None:
            painter.save()
            map_to_page(painter, viewport)
            glow = QColor(ACCENT)
            glow.setAlpha(90)
            pen = QPen(glow, 2.0)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for stroke in self._selected:
                if drawn_bounds(stroke).intersects(viewport.page_rect):
                    painter.drawPolyline(polygon_of(centre_line(stroke)))
            painter.restore()
        left, top = viewport.to_screen(frame.left + dx, frame.top + dy)
        right, bottom = viewport.to_screen(frame.right + dx, frame.bottom + dy)
        box = QRectF(QPointF(left, top), QPointF(right, bottom))
        painter.setPen(QPen(QColor(ACCENT), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN))


def _paint_lasso(painter: QPainter, viewport: Viewport, corners: Sequence[Point]) -> None:
    fill = QColor(ACCENT)
    fill.setAlpha(28)
    painter.setPen(QPen(QColor(ACCENT), 1.2, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    screen = np.array([viewport.to_screen(x, y) for x, y in corners])
    painter.drawPolygon(polygon_of(screen))
