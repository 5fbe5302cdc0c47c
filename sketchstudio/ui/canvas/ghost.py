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

_DEEP, _PALE = "#260a73", "#f4efff"  # for paper that is neither light nor dark
_ENOUGH = 4.0  # contrast of a line and its paper that nobody has to look for

_HALO = 9.0  # screen px around the line
_LINE = 2.2  # least width on the screen, px
_DASH = [3.2, 2.2]  # in line widths


def contrast(one: QColor, other: QColor) -> float:
    """How far apart two colours are in lightness, 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


def ghost_color(paper: QColor) -> QColor:
    """The line's colour on paper: violet, as deep or as pale as it takes to stand out."""
    colors = [QColor(name) for name in (GHOST_ON_LIGHT, GHOST_ON_DARK, _DEEP, _PALE)]
    usual = next((color for color in colors[:2] if contrast(color, paper) >= _ENOUGH), None)
    return usual or max(colors, key=lambda color: contrast(color, paper))


def _luminance(color: QColor) -> float:
    """Of sRGB, 0 to 1."""
    shares = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


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
        line, halo = ghost_color(paper), QColor("#9b7bff")
        halo.setAlpha(64 if line.lightnessF() > 0.6 else 44)
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
