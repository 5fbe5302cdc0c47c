"""Ghost ink: what the model proposes, to be taken or left."""

from __future__ import annotations

from functools import reduce

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from sketchstudio.core.geometry import Point, distance_to_polyline
from sketchstudio.core.outline import centre_line, drawn_bounds
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.ui.canvas.renderer import map_to_page, polygon_of
from sketchstudio.ui.canvas.viewport import Viewport

GHOST_ON_LIGHT, GHOST_ON_DARK = "#6a3de8", "#c9b4ff"
"""The line on light and on dark paper, ``#rrggbb``."""

_HALO = 9.0  # screen px around the line
_LINE = 2.2  # least width on the screen, px
_DASH = [3.2, 2.2]  # in line widths


class GhostInk:
    """Strokes that are shown but not drawn.

    They differ from ink by dashes, by a halo and by lightness, not by hue alone.
    """

    def __init__(self) -> None:
        self.strokes: tuple[Stroke, ...] = ()
        self._paths: dict[str, QPainterPath] = {}

    def __bool__(self) -> bool:
        return bool(self.strokes)

    def set_strokes(self, strokes: tuple[Stroke, ...]) -> None:
        """Show other strokes; those shown before with the same id keep their paths."""
        known = {old.id: old for old in self.strokes}
        self._paths = {
            stroke.id: self._paths[stroke.id]
            if known.get(stroke.id) is stroke and stroke.id in self._paths
            else _path(stroke)
            for stroke in strokes
        }
        self.strokes = strokes

    def bounds(self, zoom: float) -> Bounds | None:
        """The box of everything painted, page px."""
        if not self.strokes:
            return None
        boxes = [drawn_bounds(stroke) for stroke in self.strokes]
        return reduce(Bounds.united, boxes).expanded((_HALO + _LINE) / zoom)

    def near(self, point: Point, distance: float) -> bool:
        """Whether a point lies within ``distance`` of the ghost ink, page px."""
        x, y = point
        spot = Bounds(x, y, x, y).expanded(distance)
        return any(
            stroke.bounds.intersects(spot)
            and distance_to_polyline(point, drawn_points(stroke))
            <= distance + stroke.style.width / 2
            for stroke in self.strokes
        )

    def paint(self, painter: QPainter, viewport: Viewport, exposed: Bounds, paper: QColor) -> None:
        """Paint what meets ``exposed`` (page px); the painter maps logical screen px."""
        dark = paper.lightnessF() < 0.5
        line = QColor(GHOST_ON_DARK if dark else GHOST_ON_LIGHT)
        halo = QColor("#9b7bff")
        halo.setAlpha(64 if dark else 44)
        line.setAlpha(225)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        map_to_page(painter, viewport)
        near = exposed.expanded((_HALO + _LINE) / viewport.zoom)
        paths = [
            (stroke, self._paths[stroke.id])
            for stroke in self.strokes
            if drawn_bounds(stroke).intersects(near)
        ]
        for stroke, path in paths:
            painter.setPen(_pen(halo, _width(stroke, viewport) + _HALO / viewport.zoom))
            painter.drawPath(path)
        for stroke, path in paths:
            pen = _pen(line, _width(stroke, viewport))
            pen.setCapStyle(Qt.PenCapStyle.FlatCap)
            pen.setDashPattern(_DASH)
            painter.setPen(pen)
            painter.drawPath(path)
        painter.restore()


def _path(stroke: Stroke) -> QPainterPath:
    line = centre_line(stroke)
    path = QPainterPath()
    if len(line) == 1:
        path.moveTo(QPointF(*line[0].tolist()))
        path.lineTo(QPointF(*line[0].tolist()) + QPointF(0.01, 0))
    else:
        path.addPolygon(polygon_of(line))
    return path


def _pen(color: QColor, width: float) -> QPen:
    return QPen(
        color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    )


def _width(stroke: Stroke, viewport: Viewport) -> float:
    return max(stroke.style.width * 0.85, _LINE / viewport.zoom)
