"""Corners round the ink that the model is asked about."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from sketchstudio.core.stroke import Bounds
from sketchstudio.ui.canvas.ghost import ghost_color
from sketchstudio.ui.canvas.viewport import Viewport

MARGIN = 14.0
"""Screen px from the ink to its corners."""

_ARM = 16.0  # screen px, the length of a corner's two lines at most


def paint_referred(painter: QPainter, viewport: Viewport, bounds: Bounds, paper: QColor) -> None:
    """Mark the four corners of a box (page px), in the colour of ghost ink on ``paper``."""
    box = bounds.expanded(MARGIN / viewport.zoom)
    arm = min(_ARM / viewport.zoom, box.width / 3, box.height / 3)
    pen = QPen(ghost_color(paper), 2.0)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(pen)
    for x, right in ((box.left, arm), (box.right, -arm)):
        for y, down in ((box.top, arm), (box.bottom, -arm)):
            corner = ((x + right, y), (x, y), (x, y + down))
            painter.drawPolyline(
                QPolygonF([QPointF(*viewport.to_screen(*point)) for point in corner])
            )
    painter.restore()
