"""Painting strokes: outlines from core, filled by Qt."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QByteArray, QDataStream, QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPolygonF

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.outline import CONTEXT, ink_lines, outlines
from sketchstudio.core.smoothing import drawn_samples
from sketchstudio.core.stroke import Bounds, Stroke, StrokeStyle
from sketchstudio.ui.canvas.viewport import Viewport

CHUNK = 128
"""Samples drawn as one path: a path costs Qt more than its length tells."""

_SHAPES_KEPT = 20_000
_ROUGH = 12  # points that a rough shape follows
_ROUGH_SHARE = 0.4  # of the width that is its radius, at the pressure of most hands
_QUARTER_TURN = np.array([-1.0, 1.0], dtype=np.float32)  # of a vector whose parts were swapped


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Part of a stroke, ready to be filled (page px)."""

    path: QPainterPath
    bounds: Bounds


def piece_of(samples: npt.NDArray[np.float32], style: StrokeStyle, start: int) -> Piece:
    """The part of a stroke from sample ``start`` over at most ``CHUNK`` steps.

    It comes out the same while the stroke is being drawn and when it is finished, once
    ``CONTEXT`` samples follow it.

    Args:
        samples: (N, 4) float32, as from ``drawn_samples``.
        style: Of the stroke.
        start: A multiple of ``CHUNK`` below N.
    """
    return _shaped([(samples, style, start)])[0]


def _shaped(parts: Sequence[tuple[npt.NDArray[np.float32], StrokeStyle, int]]) -> list[Piece]:
    """Each as from `piece_of`; many at once take a fraction of the time."""
    inks, spans = [], []
    for samples, style, start in parts:
        stop = min(start + CHUNK, len(samples) - 1)
        first = max(start - CONTEXT, 0)
        inks.append((samples[first : stop + CONTEXT + 1], style))
        spans.append((start - first, stop - first))
    lines = []
    for (line, radii, at), (start, stop) in zip(ink_lines(inks), spans, strict=True):
        part = slice(at[start], at[stop] + 1)
        lines.append((line[part], radii[part]))
    return [_piece(polygon) for polygon in outlines(lines)]


_pieces: WeakKeyDictionary[Stroke, tuple[Piece, ...]] = WeakKeyDictionary()
"""As long as there is the stroke, and not too many."""


def pieces_of(stroke: Stroke) -> tuple[Piece, ...]:
    """The whole stroke in pieces; kept, since strokes never change."""
    if stroke not in _pieces:
        shape_strokes([stroke])
    return _pieces[stroke]


def shape_strokes(strokes: Iterable[Stroke]) -> None:
    """Make `pieces_of` each of these quick: many at once take a fraction of the time."""
    new = [(stroke, drawn_samples(stroke)) for stroke in strokes if stroke not in _pieces]
    if not new:
        return
    shapes = iter(
        _shaped(
            [
                (samples, stroke.style, start)
                for stroke, samples in new
                for start in chunk_starts(len(samples))
            ]
        )
    )
    for stroke, samples in new:
        if len(_pieces) >= _SHAPES_KEPT:
            del _pieces[next(iter(_pieces))]
        _pieces[stroke] = tuple(islice(shapes, len(chunk_starts(len(samples)))))


def known_pieces_of(stroke: Stroke) -> tuple[Piece, ...] | None:
    """What `pieces_of` has worked out and kept, or None."""
    return _pieces.get(stroke)


def rough_path_of(stroke: Stroke) -> QPainterPath:
    """About what `pieces_of` gives, at a tenth of the cost: to be shown until that is there."""
    points = stroke.points[:: max(len(stroke.points) // _ROUGH, 1)]
    steps = np.empty_like(points)
    steps[1:] = points[1:] - points[:-1]
    steps[0] = steps[min(1, len(points) - 1)] if len(points) > 1 else (1.0, 0.0)
    radius = stroke.style.width * (_ROUGH_SHARE if stroke.style.pressure else 0.5)
    steps *= (radius / np.maximum(np.hypot(steps[:, 0], steps[:, 1]), 1e-6))[:, None]
    aside = steps[:, ::-1] * _QUARTER_TURN
    return _path_of(np.concatenate([points + aside, (points - aside)[::-1]]))


def chunk_starts(count: int) -> range:
    """Where the pieces of a stroke of ``count`` samples begin."""
    return range(0, max(count - 1, 1), CHUNK)


def polygon_of(points: npt.NDArray[np.floating]) -> QPolygonF:
    """(N, 2) points as Qt takes them, without a Python object for each."""
    header = len(points).to_bytes(4, "big")
    stream = QDataStream(QByteArray(header + points.astype(">f8").tobytes()))
    polygon = QPolygonF()
    stream >> polygon
    return polygon


def paint_pieces(
    painter: QPainter, pieces: Iterable[Piece], color: QColor, clip: Bounds | None = None
) -> None:
    """Fill pieces that meet ``clip`` (page px); the painter maps page to device."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    paths = [p.path for p in pieces if clip is None or p.bounds.intersects(clip)]
    if color.alpha() < 255 and len(paths) > 1:
        whole = (
            QPainterPath()
        )  # painted one by one, translucent pieces would darken where they meet
        whole.setFillRule(Qt.FillRule.WindingFill)
        for path in paths:
            whole.addPath(path)
        paths = [whole]
    for path in paths:
        painter.drawPath(path)


def ink_color(style: StrokeStyle) -> QColor:
    """What a stroke is filled with."""
    color = QColor(style.color)
    color.setAlphaF(style.opacity)
    return color


def paint_live(
    painter: QPainter, pieces: Iterable[Piece], style: StrokeStyle, paper: QColor, clip: Bounds
) -> None:
    """Fill ink over all other as if it were in its place already: highlighter looks as beneath."""
    painter.save()
    if style.highlighter:
        mode = QPainter.CompositionMode
        dark = paper.lightnessF() < 0.5
        painter.setCompositionMode(
            mode.CompositionMode_Screen if dark else mode.CompositionMode_Multiply
        )
    paint_pieces(painter, pieces, ink_color(style), clip)
    painter.restore()


def mixed(color: QColor, ground: QColor, share: float) -> QColor:
    """An opaque colour that looks as ``share`` of ``color`` on ``ground`` does."""
    rest = 1.0 - share
    return QColor.fromRgbF(
        share * color.redF() + rest * ground.redF(),
        share * color.greenF() + rest * ground.greenF(),
        share * color.blueF() + rest * ground.blueF(),
    )


def paint_stroke(painter: QPainter, stroke: Stroke, clip: Bounds | None = None) -> None:
    """Fill a stroke; the painter maps page to device and antialiases."""
    paint_pieces(painter, pieces_of(stroke), ink_color(stroke.style), clip)


def passing_pieces_of(stroke: Stroke) -> list[Piece]:
    """As `pieces_of`, but not kept; may be called in any thread."""
    samples = drawn_samples(stroke, keep=False)
    return _shaped([(samples, stroke.style, start) for start in chunk_starts(len(samples))])


def paint_passing(painter: QPainter, stroke: Stroke) -> None:
    """Fill a stroke that will be another in the next frame: its shape is not kept."""
    paint_pieces(painter, passing_pieces_of(stroke), ink_color(stroke.style))


Paint = Callable[[QPainter, Stroke], None]
"""Fills one stroke."""


def paint_document(
    painter: QPainter, document: Document, paper: bool = True, paint: Paint = paint_stroke
) -> None:
    """Paint all ink, as the canvas shows it.

    Args:
        painter: Maps page to device.
        document: What to paint.
        paper: Whether to fill what the painter may paint on with the paper's colour first.
        paint: For each stroke; another than the usual in other threads than the window's.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if paper:
        to_device = painter.transform()
        painter.resetTransform()
        painter.fillRect(painter.viewport(), QColor(document.page.paper))
        painter.setTransform(to_device)
    try:
        for layer in document.layers:
            if layer.visible:
                paint_layer(painter, layer, paint)
    finally:  # whoever paints may end it by an exception
        painter.restore()


def paint_layer(painter: QPainter, layer: Layer, paint: Paint = paint_stroke) -> None:
    """Paint a layer; a translucent one is laid on as a whole, so that crossings do not darken."""
    if layer.opacity >= 1.0:
        for stroke in layer.painted:
            paint(painter, stroke)
        return
    ratio = painter.device().devicePixelRatioF()
    sheet = QImage(painter.viewport().size() * ratio, QImage.Format.Format_ARGB32_Premultiplied)
    sheet.setDevicePixelRatio(ratio)
    sheet.fill(Qt.GlobalColor.transparent)
    apart = QPainter(sheet)
    apart.setRenderHint(QPainter.RenderHint.Antialiasing)
    apart.setTransform(painter.transform())
    try:
        for stroke in layer.painted:
            paint(apart, stroke)
    finally:
        apart.end()
    painter.save()
    painter.resetTransform()
    painter.setOpacity(layer.opacity)
    painter.drawImage(QPointF(0, 0), sheet)
    painter.restore()


def map_to_page(painter: QPainter, viewport: Viewport) -> None:
    """Let a painter of logical screen px take page px."""
    painter.scale(viewport.zoom, viewport.zoom)
    painter.translate(-viewport.left, -viewport.top)
    painter.rotate(viewport.angle)


def _piece(polygon: npt.NDArray[np.float32]) -> Piece:
    left, top = polygon.min(axis=0)
    right, bottom = polygon.max(axis=0)
    return Piece(_path_of(polygon), Bounds(float(left), float(top), float(right), float(bottom)))


def _path_of(polygon: npt.NDArray[np.float32]) -> QPainterPath:
    path = QPainterPath()  # Qt fills a path many times faster than a polygon
    path.setFillRule(Qt.FillRule.WindingFill)
    path.reserve(len(polygon) + 1)  # growing by doubling would leave it half empty
    path.addPolygon(polygon_of(polygon))
    path.closeSubpath()
    return path
