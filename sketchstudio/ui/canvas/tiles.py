"""Finished ink as tiles of pixels: painted once, shown many times.

A frame only copies tiles. After a change, just the changed part of the tiles it touches is painted
anew; after a zoom, the old tiles are shown scaled while new ones are painted bit by bit.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTransform

from sketchstudio.core.document import Document
from sketchstudio.core.edits import ChangeSet
from sketchstudio.core.outline import drawn_bounds
from sketchstudio.core.spatial import GridIndex
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.ui.canvas.renderer import paint_pieces, paint_stroke, pieces_of
from sketchstudio.ui.canvas.viewport import Viewport

SIDE = 256
"""Side of a tile, device pixels."""

_KEPT = 512  # tiles, of 256 KiB each
_FADED = 0.2  # of a faded stroke's colour that is left
_WHOLE = QRect(0, 0, SIDE, SIDE)

Key = tuple[int, int]
"""Column and row of a tile; the tile (0, 0) begins at the page's origin."""


@dataclass(slots=True)
class _Work:
    """A tile being painted. No painter is kept: one must never outlive what it paints on."""

    image: QImage
    part: QRect
    """What of the tile is painted anew."""

    layers: list[tuple[float, list[Stroke]]]
    """Opacity and strokes of each layer still to be painted; last come first in both lists."""

    sheet: QImage | None = None
    """A translucent layer, painted apart and laid on as a whole."""


class TileCache:
    """The document's pixels at one scale.

    Args:
        document: What is shown.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._scale = 1.0
        self._tiles: dict[Key, QImage | None] = {}  # None: nothing but paper
        self._stale: dict[Key, QRect] = {}  # what of a tile in _tiles must be painted anew
        self._work: dict[Key, _Work] = {}
        self._old_scale = 1.0
        self._old_tiles: dict[Key, QImage | None] = {}
        self._hidden: frozenset[str] = frozenset()
        self._faded: frozenset[str] = frozenset()
        self._index = GridIndex()
        self._strokes: dict[str, Stroke] = {}
        self._order: dict[str, tuple[int, int]] = {}  # layer and place within it
        self._reset_index()

    def set_document(self, document: Document, changes: ChangeSet) -> None:
        """Follow a change of the document."""
        previous, self._document = self._document, document
        if changes.whole:
            self._reset_index()
            self._forget_tiles()
            self._old_tiles = {}
            return
        for stroke in changes.removed:
            self._index.remove(stroke.id)
            self._strokes.pop(stroke.id, None)
        if self._only_adds_on_top(previous, changes):
            layer, place = len(document.layers) - 1, len(previous.layers[-1].strokes)
            for offset, stroke in enumerate(changes.added):
                self._order[stroke.id] = (layer, place + offset)
                self._insert(stroke)
                self._paint_on_top(stroke)
            return
        self._reset_order()
        for stroke in changes.added:
            if stroke.id in self._order:  # else its layer is hidden
                self._insert(stroke)
        self._invalidate((*changes.removed, *changes.added))

    @property
    def hidden(self) -> frozenset[str]:
        """Strokes left out, because a tool shows them elsewhere or erases them."""
        return self._hidden

    def set_hidden(self, ids: frozenset[str]) -> None:
        """Leave out other strokes than so far."""
        changed = ids ^ self._hidden
        self._hidden = ids
        self._invalidate(self._strokes[key] for key in changed if key in self._strokes)

    @property
    def faded(self) -> frozenset[str]:
        """Strokes shown pale, because they may soon be gone."""
        return self._faded

    def set_faded(self, ids: frozenset[str]) -> None:
        """Show other strokes pale, and beneath the rest of their layer, than so far."""
        changed = ids ^ self._faded
        self._faded = ids
        self._invalidate(self._strokes[key] for key in changed if key in self._strokes)

    def strokes_in(self, bounds: Bounds, layer_id: str) -> list[Stroke]:
        """Shown strokes of a layer whose boxes meet ``bounds`` (page px), in drawing order."""
        keys = sorted(self._index.query(bounds) - self._hidden, key=self._order.__getitem__)
        layers = self._document.layers
        return [self._strokes[k] for k in keys if layers[self._order[k][0]].id == layer_id]

    def set_scale(self, scale: float) -> None:
        """Paint at another scale, device pixels for each page px."""
        if scale == self._scale:
            return
        if not self._old_tiles or len(self._tiles) > len(self._old_tiles):
            self._old_scale, self._old_tiles = self._scale, self._tiles
        self._scale = scale
        self._forget_tiles()

    def pending(self, viewport: Viewport) -> list[Key]:
        """Visible tiles that are not yet, or no longer, as they should be."""
        return [
            key
            for key in self._visible(viewport)
            if key not in self._tiles or key in self._stale or key in self._work
        ]

    def refine(self, viewport: Viewport, focus: tuple[float, float], budget: float) -> bool:
        """Paint pending tiles, those nearest ``focus`` (screen px) first.

        Args:
            viewport: What is visible.
            focus: Where the person looks.
            budget: Seconds to spend; the stroke begun by then is finished.

        Returns:
            Whether any are left.
        """
        deadline = time.perf_counter() + budget
        column = (viewport.left * self._scale + focus[0] * viewport.ratio) / SIDE - 0.5
        row = (viewport.top * self._scale + focus[1] * viewport.ratio) / SIDE - 0.5
        pending = self.pending(viewport)
        pending.sort(key=lambda key: (key[0] - column) ** 2 + (key[1] - row) ** 2)
        for done, key in enumerate(pending):
            if not self._paint(key, deadline):
                return True
            if time.perf_counter() >= deadline:
                return done + 1 < len(pending)
        self._old_tiles = {}
        return False

    def paint(self, painter: QPainter, viewport: Viewport, exposed: QRectF) -> None:
        """Copy what there is of ``exposed`` (logical px) onto the screen."""
        painter.fillRect(exposed, QColor(self._document.paper))
        fresh = {key: self._tiles.get(key) for key in self._visible(viewport, exposed)}
        if self._old_tiles and any(key not in self._tiles for key in fresh):
            self._paint_old(painter, viewport, exposed)
        x, y = self._corner(viewport)
        for (column, row), image in fresh.items():
            if image is None and (column, row) not in self._tiles:
                continue
            target = QRectF(
                (column * SIDE - x) / viewport.ratio,
                (row * SIDE - y) / viewport.ratio,
                SIDE / viewport.ratio,
                SIDE / viewport.ratio,
            )
            if image is not None:
                painter.drawImage(target, image)
            elif self._old_tiles:
                painter.fillRect(target, QColor(self._document.paper))

    def _paint_old(self, painter: QPainter, viewport: Viewport, exposed: QRectF) -> None:
        side = SIDE / self._old_scale * viewport.zoom  # logical px
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for (column, row), image in self._old_tiles.items():
            x, y = viewport.to_screen(column * SIDE / self._old_scale, row * SIDE / self._old_scale)
            target = QRectF(x, y, side, side)
            if image is not None and target.intersects(exposed):
                painter.drawImage(target, image)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)

    def _visible(self, viewport: Viewport, exposed: QRectF | None = None) -> list[Key]:
        area = exposed or QRectF(0, 0, viewport.width, viewport.height)
        x, y = self._corner(viewport)
        left = math.floor((x + area.left() * viewport.ratio) / SIDE)
        top = math.floor((y + area.top() * viewport.ratio) / SIDE)
        right = math.ceil((x + area.right() * viewport.ratio) / SIDE)
        bottom = math.ceil((y + area.bottom() * viewport.ratio) / SIDE)
        return [(column, row) for row in range(top, bottom) for column in range(left, right)]

    def _corner(self, viewport: Viewport) -> tuple[int, int]:
        """Where the top left of the screen is, device pixels of the tiles."""
        return round(viewport.left * self._scale), round(viewport.top * self._scale)

    def _paint(self, key: Key, deadline: float) -> bool:
        """Go on painting a tile until it is done or time is up; whether it is done."""
        work = self._work.pop(key, None) or self._begin(key)
        if work is not None and not self._go_on(key, work, deadline):
            self._work[key] = work
            return False
        self._tiles.pop(key, None)  # so that the newest tile is the last
        self._tiles[key] = work.image if work else None
        self._stale.pop(key, None)
        if len(self._tiles) > _KEPT:
            oldest = next(iter(self._tiles))
            del self._tiles[oldest]
            self._stale.pop(oldest, None)
        return True

    def _begin(self, key: Key) -> _Work | None:
        """Start painting a tile, or its stale part; None where there is only paper."""
        if not self._index.query(self._page_box(key, _WHOLE)):
            return None
        part = self._stale.get(key, _WHOLE)
        old = self._tiles.get(key)
        if old is None:
            part = _WHOLE
            image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
        else:
            image = old.copy()
        painter = QPainter(image)
        painter.fillRect(part, QColor(self._document.paper))
        painter.end()
        by_layer: dict[int, list[Stroke]] = {}
        keys = self._index.query(self._page_box(key, part)) - self._hidden
        for stroke_id in sorted(keys, key=self._painting_order, reverse=True):
            layer, _ = self._order[stroke_id]
            by_layer.setdefault(layer, []).append(self._strokes[stroke_id])
        layers = self._document.layers
        return _Work(image, part, [(layers[i].opacity, by_layer[i]) for i in by_layer])

    def _go_on(self, key: Key, work: _Work, deadline: float) -> bool:
        """Paint until a tile is done or time is up; whether it is done."""
        clip = self._page_box(key, work.part)
        while work.layers:
            opacity, strokes = work.layers[-1]
            if opacity < 1.0 and work.sheet is None:
                work.sheet = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
                work.sheet.fill(0)
            painter = self._painter(key, work.sheet or work.image, work.part)
            while strokes:
                stroke = strokes.pop()
                paint_pieces(painter, pieces_of(stroke), self._color(stroke), clip)
                if time.perf_counter() >= deadline:
                    break
            painter.end()
            if strokes:
                return False
            if work.sheet is not None:
                painter = QPainter(work.image)
                painter.setOpacity(opacity)
                painter.drawImage(0, 0, work.sheet)
                painter.end()
                work.sheet = None
            work.layers.pop()
        return True

    def _painting_order(self, stroke_id: str) -> tuple[int, bool, int]:
        layer, place = self._order[stroke_id]
        return layer, stroke_id not in self._faded, place

    def _color(self, stroke: Stroke) -> QColor:
        """Opaque where it is faded, too, or a stroke would darken wherever it crosses itself."""
        color = QColor(stroke.style.color)
        if stroke.id not in self._faded:
            return color
        paper, left = QColor(self._document.paper), 1 - _FADED
        return QColor.fromRgbF(
            _FADED * color.redF() + left * paper.redF(),
            _FADED * color.greenF() + left * paper.greenF(),
            _FADED * color.blueF() + left * paper.blueF(),
        )

    def _painter(self, key: Key, image: QImage, part: QRect) -> QPainter:
        """Paints in page px on part of a tile."""
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(part)
        shift = QTransform.fromTranslate(-key[0] * SIDE, -key[1] * SIDE)
        painter.setTransform(QTransform.fromScale(self._scale, self._scale) * shift)
        return painter

    def _paint_on_top(self, stroke: Stroke) -> None:
        """Add a stroke that lies over everything to the tiles there are."""
        for key in self._touched([stroke]):
            self._work.pop(key, None)
            if key not in self._tiles:
                continue
            image = self._tiles[key]
            if image is None:
                image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
                image.fill(QColor(self._document.paper))
                self._tiles[key] = image
            painter = self._painter(key, image, _WHOLE)
            paint_stroke(painter, stroke, self._page_box(key, _WHOLE))
            painter.end()

    def _invalidate(self, strokes: Iterable[Stroke]) -> None:
        """Have the places of ``strokes`` painted anew."""
        for key, part in self._touched(strokes).items():
            self._work.pop(key, None)
            if key in self._tiles:
                self._stale[key] = part.united(self._stale.get(key, QRect()))

    def _touched(self, strokes: Iterable[Stroke]) -> dict[Key, QRect]:
        """The tiles, painted or being painted, that strokes lie on, and where on them."""
        there = self._tiles.keys() | self._work.keys()
        touched: dict[Key, QRect] = {}
        for stroke in strokes:
            for piece in pieces_of(stroke):
                box = self._device_box(piece.bounds)
                left, top = box.left() // SIDE, box.top() // SIDE
                right, bottom = box.right() // SIDE, box.bottom() // SIDE
                keys: Iterable[Key] = there
                if (right - left + 1) * (bottom - top + 1) < len(there):
                    keys = product(range(left, right + 1), range(top, bottom + 1))
                for key in keys:
                    part = box.translated(-key[0] * SIDE, -key[1] * SIDE).intersected(_WHOLE)
                    if key in there and not part.isEmpty():
                        touched[key] = part.united(touched.get(key, QRect()))
        return touched

    def _only_adds_on_top(self, previous: Document, changes: ChangeSet) -> bool:
        layer, before = self._document.layers[-1], previous.layers[-1]
        return (
            not changes.removed
            and layer.visible
            and layer.opacity >= 1.0
            and len(layer.strokes) == len(before.strokes) + len(changes.added)
            and layer.strokes[len(before.strokes) :] == changes.added
        )

    def _reset_index(self) -> None:
        self._reset_order()
        self._index.clear()
        self._strokes.clear()
        for stroke in self._document.strokes():
            self._insert(stroke)

    def _reset_order(self) -> None:
        self._order = {
            stroke.id: (place, index)
            for place, layer in enumerate(self._document.layers)
            if layer.visible
            for index, stroke in enumerate(layer.strokes)
        }

    def _insert(self, stroke: Stroke) -> None:
        self._strokes[stroke.id] = stroke
        self._index.insert(stroke.id, drawn_bounds(stroke))

    def _forget_tiles(self) -> None:
        self._work = {}
        self._tiles = {}
        self._stale = {}

    def _page_box(self, key: Key, part: QRect) -> Bounds:
        """Part of a tile in page px, with a pixel to spare for antialiasing."""
        x, y = key[0] * SIDE + part.left(), key[1] * SIDE + part.top()
        return Bounds(
            (x - 1) / self._scale,
            (y - 1) / self._scale,
            (x + part.width() + 1) / self._scale,
            (y + part.height() + 1) / self._scale,
        )

    def _device_box(self, bounds: Bounds) -> QRect:
        """Page px in device pixels of the tiles, all antialiasing included."""
        left = math.floor(bounds.left * self._scale) - 1
        top = math.floor(bounds.top * self._scale) - 1
        right = math.ceil(bounds.right * self._scale) + 1
        bottom = math.ceil(bounds.bottom * self._scale) + 1
        return QRect(left, top, right - left, bottom - top)
