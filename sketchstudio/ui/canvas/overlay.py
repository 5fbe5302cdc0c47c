"""What is drawn over the ink anew each frame: selection, lasso, eraser ring, ink on the move."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF, QTransform

from sketchstudio.core.geometry import Point
from sketchstudio.core.outline import centre_line, drawn_bounds
from sketchstudio.core.stroke import Bounds, Stroke, box_round
from sketchstudio.core.transform import Affine, transformed
from sketchstudio.ui.canvas.handles import MARGIN, Handle, places
from sketchstudio.ui.canvas.live_ink import LiveInk
from sketchstudio.ui.canvas.renderer import (
    known_pieces_of,
    map_to_page,
    paint_live,
    paint_passing,
    paint_stroke,
    pieces_of,
    polygon_of,
)
from sketchstudio.ui.canvas.traced_picture import paint_frame
from sketchstudio.ui.canvas.viewport import Viewport

ACCENT = "#2f6fed"

_TRACED = 200  # so many selected strokes get a line of their own; the frame shows the rest
_CRISP = 24  # so many strokes on the move are drawn anew each frame; more as a picture
_HANDLE = 4.0  # screen px, half a handle's side


class Overlay:
    """What tools want shown; tools set it, the canvas paints it.

    Attributes:
        live: The stroke being drawn.
        shape: What the stroke being drawn was meant to be; shown in its place.
        parts: What is left of strokes that are being erased.
        lasso: Corners of the lasso or box so far, page px.
        eraser: Where the eraser is, page px, and its diameter, screen px.
        picked: Where the picker is, page px, and the colour there.
        picture: Where the picture under the ink is, or is being dragged to, page px.
        cursor: The pointer's shape, where it is not the tool's.
    """

    def __init__(self) -> None:
        self.live: LiveInk | None = None
        self.shape: Stroke | None = None
        self.parts: list[Stroke] = []
        self.lasso: list[Point] = []
        self.eraser: tuple[Point, float] | None = None
        self.picked: tuple[Point, str] | None = None
        self.picture: Bounds | None = None
        self.cursor: Qt.CursorShape | None = None
        self._selected: tuple[Stroke, ...] = ()
        self._frame: Bounds | None = None
        self._carried: Affine | None = None
        self._picture: tuple[QImage, Viewport] | None = None

    @property
    def frame(self) -> Bounds | None:
        """The box round the selected ink, page px."""
        return self._frame

    def set_selected(self, strokes: tuple[Stroke, ...]) -> None:
        self._selected = strokes
        # Of much ink that was never painted, the shapes would take long and show little.
        pieces = pieces_of if len(strokes) <= _TRACED else known_pieces_of
        boxes: list[Bounds] = []
        for stroke in strokes:
            known = pieces(stroke)
            boxes += [drawn_bounds(stroke)] if known is None else [p.bounds for p in known]
        self._frame = box_round(boxes)

    def lift(self, viewport: Viewport) -> None:
        """Get ready to carry the selected ink; of much ink, a picture of what shows of it."""
        self._carried = Affine()
        if len(self._selected) <= _CRISP:
            return
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
        self._picture = image, viewport

    def carry(self, affine: Affine) -> None:
        """Show the lifted ink where ``affine`` takes it."""
        self._carried = affine

    def drop(self) -> None:
        """Show the selection where it is again."""
        self._carried = self._picture = None

    def paint_live(
        self, painter: QPainter, viewport: Viewport, exposed: Bounds, paper: QColor
    ) -> None:
        """Paint the stroke under the pen on ``paper``, as far as it meets ``exposed`` (page px)."""
        if self.live is None and not self.parts:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        map_to_page(painter, viewport)
        for part in self.parts:
            paint_stroke(painter, part, exposed)
        if self.shape is not None:
            paint_live(painter, pieces_of(self.shape), self.shape.style, paper, exposed)
        elif self.live is not None:
            paint_live(painter, self.live.pieces(), self.live.style, paper, exposed)
        painter.restore()
        if self.live is not None and self.shape is None and self.live.string is not None:
            nib, pen = (QPointF(*viewport.to_screen(*end)) for end in self.live.string)
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(ACCENT), 1.0))
            painter.drawLine(nib, pen)
            painter.restore()

    def paint_tools(self, painter: QPainter, viewport: Viewport) -> None:
        """Paint selection, lasso, eraser and picker."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._carried is not None:
            self._paint_carried(painter, viewport, self._carried)
        if self._frame is not None:
            self._paint_selection(painter, viewport, self._frame)
        if self.picture is not None:
            paint_frame(painter, viewport, self.picture, ACCENT)
        if len(self.lasso) > 1:
            _paint_lasso(painter, viewport, self.lasso)
        if self.eraser is not None:
            (x, y), diameter = self.eraser
            centre = QPointF(*viewport.to_screen(x, y))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for color, width in (("#ffffff", 2.6), ("#40404a", 1.2)):
                painter.setPen(QPen(QColor(color), width))
                painter.drawEllipse(centre, diameter / 2, diameter / 2)
        if self.picked is not None:
            (x, y), color = self.picked
            centre = QPointF(*viewport.to_screen(x, y)) + QPointF(18, -18)
            painter.setPen(QPen(QColor("#40404a"), 1.2))
            painter.setBrush(QColor("#ffffff"))
            painter.drawEllipse(centre, 13, 13)
            painter.setBrush(QColor(color))
            painter.drawEllipse(centre, 10, 10)
        painter.restore()

    def _paint_carried(self, painter: QPainter, viewport: Viewport, affine: Affine) -> None:
        painter.save()
        if self._picture is None:
            map_to_page(painter, viewport)
            for stroke in self._selected:
                paint_passing(painter, transformed(stroke, affine))
        else:
            there = QTransform(affine.xx, affine.yx, affine.xy, affine.yy, affine.dx, affine.dy)
            image, taken = self._picture
            from_screen, _ = _to_screen(taken).inverted()
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setTransform(from_screen * there * _to_screen(viewport), True)
            painter.drawImage(QPointF(0, 0), image)
        painter.restore()

    def _paint_selection(self, painter: QPainter, viewport: Viewport, frame: Bounds) -> None:
        if len(self._selected) <= _TRACED and self._carried is None:
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
        affine = self._carried or Affine()
        box = frame.expanded(MARGIN / viewport.zoom)
        corners = (
            (box.left, box.top),
            (box.right, box.top),
            (box.right, box.bottom),
            (box.left, box.bottom),
        )
        screen = [QPointF(*viewport.to_screen(*affine.of_point(corner))) for corner in corners]
        painter.setPen(QPen(QColor(ACCENT), 1.2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(QPolygonF(screen))
        if self._carried is None:
            _paint_handles(painter, viewport, frame)


def _paint_handles(painter: QPainter, viewport: Viewport, frame: Bounds) -> None:
    at = {
        handle: QPointF(*viewport.to_screen(*place))
        for handle, place in places(frame, viewport.zoom).items()
    }
    turn = at.pop(Handle.TURN)
    box = frame.expanded(MARGIN / viewport.zoom)
    top = QPointF(*viewport.to_screen((box.left + box.right) / 2, box.top))
    painter.setPen(QPen(QColor(ACCENT), 1.2))
    painter.drawLine(turn, top)
    painter.setBrush(QColor("#ffffff"))
    painter.drawEllipse(turn, _HANDLE + 1, _HANDLE + 1)
    for place in at.values():
        square = QRectF(-_HANDLE, -_HANDLE, 2 * _HANDLE, 2 * _HANDLE).translated(place)
        painter.drawRoundedRect(square, 1.5, 1.5)


def _paint_lasso(painter: QPainter, viewport: Viewport, corners: Sequence[Point]) -> None:
    fill = QColor(ACCENT)
    fill.setAlpha(28)
    painter.setPen(QPen(QColor(ACCENT), 1.2, Qt.PenStyle.DashLine))
    painter.setBrush(fill)
    screen = np.array([viewport.to_screen(x, y) for x, y in corners])
    painter.drawPolygon(polygon_of(screen))


def _to_screen(viewport: Viewport) -> QTransform:
    """From page px to logical screen px."""
    x, y = viewport.to_screen(0.0, 0.0)
    right, down = viewport.to_screen(1.0, 0.0), viewport.to_screen(0.0, 1.0)
    return QTransform(right[0] - x, right[1] - y, down[0] - x, down[1] - y, x, y)
