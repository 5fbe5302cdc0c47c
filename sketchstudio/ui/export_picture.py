"""PNG and PDF by the canvas's own painting, so that they look as the canvas does.

All of it may be done in another thread than the window's: what the canvas keeps is left alone.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QRectF, QSizeF
from PySide6.QtGui import QColor, QImage, QPageSize, QPainter, QPdfWriter

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.formats.export_options import ExportOptions
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.state.background import Step
from sketchstudio.ui.canvas.paper import paint_paper
from sketchstudio.ui.canvas.renderer import (
    Paint,
    Piece,
    paint_document,
    paint_passing,
    paint_pieces,
    passing_pieces_of,
)

MAX_SIDE = 16_384
MAX_PIXELS = 120_000_000
"""Of a PNG; unpacked, half a gigabyte."""

PDF_ENDING, PNG_ENDING = ".pdf", ".png"

_PDF_DPI = 1200  # units of Qt's painting, not of the paths: those are exact
_POINTS = 72 / 96  # of PDF, for a px
_LARGEST_PAGE = 14_400.0  # points, which is all that PDF has
_PAINTED = 0.9  # of the work; the rest is packing


def _alone(_share: float) -> None:
    pass


def write_picture(
    document: Document, path: Path, options: ExportOptions, step: Step = _alone
) -> None:
    """Write PNG or PDF, by the ending, whole or not at all.

    Args:
        document: What to paint.
        path: The file.
        options: What the picture is like.
        step: Told how far it is; what it raises ends the work, and the file stays as it was.

    Raises:
        SketchError: Nothing to show, or more than the format has room for.
        WriteError: The place cannot be written.
    """
    as_pdf = path.suffix.lower() == PDF_ENDING
    data = pdf_bytes(document, options, step) if as_pdf else png_bytes(document, options, step)
    step(1.0)
    with safe_write(path) as file:
        file.write(data)


def png_bytes(document: Document, options: ExportOptions, step: Step = _alone) -> bytes:
    """A PNG file; transparent where no background is asked for.

    Raises:
        SketchError: Nothing to show, or too many pixels.
    """
    image = painted(document, options, step=step)
    step(_PAINTED)
    return _encoded(image)


def painted(
    document: Document,
    options: ExportOptions,
    largest: float = math.inf,
    step: Step = _alone,
) -> QImage:
    """The pixels of a PNG, scaled down until no side is longer than ``largest``.

    Raises:
        SketchError: Nothing to show, or too many pixels.
    """
    view = options.view(document)
    scale = min(options.scale, largest / max(view.width, view.height))
    image = ground(document, options, view, scale)
    painter = QPainter(image)
    place(painter, view, scale)
    try:
        paint_document(painter, document, paper=False, paint=_stepping(document, step))
    finally:
        painter.end()
    return image


def _stepping(document: Document, step: Step) -> Paint:
    """Paints a stroke after telling how many are done."""
    count = max(sum(1 for _ in document.strokes()), 1)
    done = 0

    def paint(painter: QPainter, stroke: Stroke) -> None:
        nonlocal done
        step(_PAINTED * min(done / count, 1.0))
        done += 1
        paint_passing(painter, stroke)

    return paint


def ground(document: Document, options: ExportOptions, view: Bounds, scale: float) -> QImage:
    """The background of a part of the page, before any ink.

    Args:
        document: Its paper.
        options: Whether there is a background at all.
        view: The part, page px.
        scale: Pixels for each page px.

    Raises:
        SketchError: Too many pixels.
    """
    width, height = math.ceil(view.width * scale), math.ceil(view.height * scale)
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise SketchError(f"{width:,} by {height:,} pixels are too many: choose a smaller scale")
    image = QImage(max(width, 1), max(height, 1), QImage.Format.Format_ARGB32_Premultiplied)
    if image.isNull():
        raise SketchError("there is not enough memory for a picture of that size")
    image.fill(0)
    image.setDotsPerMeterX(round(96 * scale / 0.0254))
    image.setDotsPerMeterY(round(96 * scale / 0.0254))
    if options.background:
        painter = QPainter(image)
        place(painter, view, scale)
        _paint_ground(painter, document, options, view)
        painter.end()
    return image


def place(painter: QPainter, view: Bounds, scale: float) -> None:
    """Let a painter take page px, from the corner of a part of the page."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(scale, scale)
    painter.translate(-view.left, -view.top)


def pdf_bytes(document: Document, options: ExportOptions, step: Step = _alone) -> bytes:
    """A PDF file of one page, all of whose ink is shapes.

    Raises:
        SketchError: Nothing to show, or more than a page of PDF can be large.
    """
    view = options.view(document)
    width, height = (side * options.scale * _POINTS for side in (view.width, view.height))
    if max(width, height) > _LARGEST_PAGE:
        raise SketchError("a page of PDF is at most 5 m long: choose a smaller scale")
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(document.title)
    writer.setCreator("sketchstudio")
    writer.setResolution(_PDF_DPI)
    size = QSizeF(max(width, 3.0), max(height, 3.0))
    match = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "", match))
    writer.setPageMargins(QMarginsF())
    painter = QPainter(writer)
    scale = options.scale * _PDF_DPI / 96
    place(painter, view, scale)
    painter.setClipRect(QRectF(view.left, view.top, view.width, view.height))
    count, done = max(sum(1 for _ in document.strokes()), 1), 0

    def pieces(stroke: Stroke) -> list[Piece]:
        nonlocal done
        step(_PAINTED * min(done / count, 1.0))
        done += 1
        return passing_pieces_of(stroke)

    try:
        _paint_ground(painter, document, options, view)
        for layer in document.layers:
            if layer.visible:
                _paint_as_shapes(painter, layer, pieces)
    finally:
        painter.end()
    buffer.close()
    return bytes(data.data())


def _paint_ground(
    painter: QPainter, document: Document, options: ExportOptions, view: Bounds
) -> None:
    if options.background:
        paint_paper(painter, document.page, view, QColor(0, 0, 0, 0), pattern=options.pattern)


def _paint_as_shapes(
    painter: QPainter, layer: Layer, pieces_of: Callable[[Stroke], list[Piece]]
) -> None:
    """Paint a layer; of a translucent one, strokes of one colour in a row are one shape."""
    runs: list[tuple[QColor, list[Piece]]] = []
    for stroke in layer.painted:
        color = QColor(stroke.style.color)
        color.setAlphaF(stroke.style.opacity * layer.opacity)
        pieces = pieces_of(stroke)
        if layer.opacity < 1 and runs and runs[-1][0] == color and not stroke.style.highlighter:
            runs[-1][1].extend(pieces)
        else:
            runs.append((color, pieces))
    for color, pieces in runs:
        paint_pieces(painter, pieces, color)


def _encoded(image: QImage) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
