"""A sketch of the model, painted into a rectangle: previews and thumbnails."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from sketchstudio.core.outline import ink_lines
from sketchstudio.core.sketch_codec import Box
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.engine.messages import Sketch, place
from sketchstudio.system.language import tr
from sketchstudio.ui.canvas.renderer import polygon_of

_PAPER = "#ffffff"
_STYLE = StrokeStyle(pressure=False)
_FILL = 0.78  # of the rectangle's shorter side, for a sketch that fills its box


def paint_sketch(painter: QPainter, sketch: Sketch, area: QRectF, color: str, width: float) -> None:
    """Paint a sketch as `paint_sketches` does."""
    paint_sketches(painter, [(sketch, area)], color, width)


def paint_sketches(
    painter: QPainter, sketches: Sequence[tuple[Sketch, QRectF]], color: str, width: float
) -> None:
    """Paint sketches in box units, each into the middle of its area.

    One that leaves its box, as drawn ones may, is shrunk to fit. Many take little longer than one.

    Args:
        painter: Of any device.
        sketches: Box units, and device-independent px.
        color: ``#rrggbb``.
        width: Of the line, px.
    """
    placed = [(_placed(sketch, area), area) for sketch, area in sketches if sketch]
    if not placed:
        return
    lines = iter(ink_lines([(one, _STYLE) for samples, _ in placed for one in samples]))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(color), width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    for samples, area in placed:
        painter.save()
        _fit(painter, np.concatenate(samples)[:, :2], area)
        for line, _, _ in islice(lines, len(samples)):
            if len(line) == 1:
                painter.drawPoint(QPointF(*line[0].tolist()))
            else:
                painter.drawPolyline(polygon_of(line))
        painter.restore()
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
        if text != self._text:  # is set with every state of the engine
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


def _placed(sketch: Sketch, area: QRectF) -> list[npt.NDArray[np.float32]]:
    """Its strokes where they go, as samples (N, 4) of a pen."""
    middle, side = area.center(), min(area.width(), area.height())
    strokes = []
    for points in place(sketch, Box(middle.x(), middle.y(), side * _FILL)):
        samples = np.ones((len(points), 4), dtype=np.float32)
        samples[:, :2] = points
        strokes.append(samples)
    return strokes


def _fit(painter: QPainter, points: npt.NDArray[np.float32], area: QRectF) -> None:
    """Shrink about the middle of ``area`` until points (N, 2) lie in it, with a margin."""
    middle = area.center()
    margin = min(area.width(), area.height()) * (1 - _FILL) / 4 + _STYLE.width / 2
    reach_x, reach_y = np.abs(points - (middle.x(), middle.y())).max(axis=0)
    scale = min(
        1.0,
        float((area.width() / 2 - margin) / max(reach_x, 1e-6)),
        float((area.height() / 2 - margin) / max(reach_y, 1e-6)),
    )
    painter.translate(middle)
    painter.scale(scale, scale)
    painter.translate(-middle)
