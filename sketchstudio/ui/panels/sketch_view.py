"""A sketch of the model, painted into a rectangle: previews and thumbnails."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from sketchstudio.core.outline import ink_lines
from sketchstudio.core.sketch_codec import Box
from sketchstudio.core.smoothing import drawn_samples
from sketchstudio.core.stroke import Bounds, Stroke, bounds_of
from sketchstudio.engine.messages import Sketch, place
from sketchstudio.system.language import tr

_PAPER = "#ffffff"
_FILL = 0.78  # of the rectangle's shorter side, for a sketch that fills its box


def paint_sketch(painter: QPainter, sketch: Sketch, area: QRectF, color: str, width: float) -> None:
    """Paint a sketch in box units into the middle of ``area``.

    One that leaves its box, as drawn ones may, is shrunk to fit.

    Args:
        painter: Of any device.
        sketch: Box units.
        area: Device-independent px.
        color: ``#rrggbb``.
        width: Of the line, px.
    """
    side = min(area.width(), area.height())
    strokes = _strokes(sketch, Box(area.center().x(), area.center().y(), side * _FILL))
    bounds = bounds_of(strokes)
    if bounds is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _fit(painter, bounds, area, side * (1 - _FILL) / 4)
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for points, _, _ in ink_lines([(drawn_samples(stroke), stroke.style) for stroke in strokes]):
        line = [QPointF(x, y) for x, y in points.tolist()]
        if len(line) == 1:
            painter.drawPoint(line[0])
        else:
            painter.drawPolyline(QPolygonF(line))
    painter.restore()


def sketch_pixmap(sketch: Sketch, side: int, color: str, density: float) -> QPixmap:
    """A sketch on nothing, ``side`` logical px square, for a screen of that pixel density."""
    pixmap = QPixmap(round(side * density), round(side * density))
    pixmap.setDevicePixelRatio(density)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_sketch(painter, sketch, QRectF(0, 0, side, side), color, max(1.2, side / 40))
    painter.end()
    return pixmap


class SketchView(QWidget):
    """A sheet of paper with a sketch on it, or a line of text while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sketch: Sketch = ()
        self._color = "#1b1b1f"
        self._width = 2.5
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(tr("Preview"))

    @property
    def sketch(self) -> Sketch:
        return self._sketch

    def set_sketch(self, sketch: Sketch) -> None:
        """Show a sketch in box units."""
        self._sketch = sketch
        self.update()

    def set_color(self, color: str) -> None:
        """Paint in that colour, ``#rrggbb``."""
        self._color = color
        self.update()

    def set_text(self, text: str) -> None:
        """What to say while there is no sketch."""
        self._text = text
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, 240)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return width

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self.palette().mid().color(), 1))
        painter.setBrush(QColor(_PAPER))
        painter.drawRoundedRect(area, 10, 10)
        if self._sketch:
            paint_sketch(painter, self._sketch, area, self._color, self._width)
        elif self._text:
            painter.setPen(QColor("#60606e"))
            margins = area.adjusted(24, 24, -24, -24)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(margins, flags, self._text)


def _strokes(sketch: Sketch, box: Box) -> list[Stroke]:
    return [Stroke.from_points(points) for points in place(sketch, box)]


def _fit(painter: QPainter, bounds: Bounds, area: QRectF, margin: float) -> None:
    """Shrink about the middle of ``area`` until ``bounds`` lie in it."""
    middle = area.center()
    reach_x = max(bounds.right - middle.x(), middle.x() - bounds.left)
    reach_y = max(bounds.bottom - middle.y(), middle.y() - bounds.top)
    scale = min(
        1.0,
        (area.width() / 2 - margin) / max(reach_x, 1e-6),
        (area.height() / 2 - margin) / max(reach_y, 1e-6),
    )
    painter.translate(middle)
    painter.scale(scale, scale)
    painter.translate(-middle)
