"""Finished ink as tiles of pixels: painted once, shown many times.

A frame only copies tiles. After a change, just the changed part of the tiles it touches is painted
anew; after a zoom, the old tiles are shown scaled while new ones are painted bit by bit. A page
full of strokes never seen before is shown roughly first: their shapes take a while.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from sketchstudio.core.document import Document, Page
from sketchstudio.core.edits import ChangeSet
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.ui.canvas.paper import is_plain, paint_paper
from sketchstudio.ui.canvas.placed_ink import PlacedInk
from sketchstudio.ui.canvas.renderer import (
    ink_color,
    known_pieces_of,
    mixed,
    paint_pieces,
    paint_stroke,
    pieces_of,
    rough_path_of,
    shape_strokes,
)
from sketchstudio.ui.canvas.tile_grid import SIDE, WHOLE, Key, TileGrid
from sketchstudio.ui.canvas.viewport import Viewport

_KEPT = 512  # tiles, of 256 KiB each
_MANY_NEW = 25  # strokes of a tile whose shapes are worth waiting for
_AT_ONCE = 15  # further strokes shaped with one: enough to be quick, few enough for a moment
_FADED = 0.2  # of a faded stroke's colour that is left

Looks = tuple[Page, tuple[tuple[str, bool, float], ...]]
"""All but the strokes that decides what is seen: page, and id, visibility, opacity of layers."""


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

    rough: bool = False
    """Whether strokes not seen before are painted roughly."""


class TileCache:
    """The document's pixels at one scale.

    Args:
        document: What is shown.
    """

    def __init__(self, document: Document) -> None:
        self._document = document
        self._looks = _looks(document)
        self._desk = QColor("#d0d0d6")
        self._grid = TileGrid()
        self._tiles: dict[Key, QImage | None] = {}  # None: nothing but paper
        self._stale: dict[Key, QRect] = {}  # what of a tile in _tiles must be painted anew
        self._rough: set[Key] = set()  # tiles in _tiles that show some strokes roughly
        self._work: dict[Key, _Work] = {}
        self._old_grid = self._grid
        self._old_tiles: dict[Key, QImage | None] = {}
        self._hidden: frozenset[str] = frozenset()
        self._faded: frozenset[str] = frozenset()
        self._ink = PlacedInk(document)

    def set_document(self, document: Document, changes: ChangeSet) -> None:
        """Follow a change of the document."""
        previous, self._document = self._document, document
        looks, self._looks = self._looks, _looks(document)
        if changes.whole:
            self._ink = PlacedInk(document)
            self._forget_tiles()
            self._old_tiles = {}
            return
        for stroke in changes.removed:
            self._ink.remove(stroke)
        if self._looks != looks:
            self._ink.reorder(document)
            for stroke in changes.added:
                self._ink.insert(stroke)
            self._invalidate_all()
            return
        if self._only_adds_on_top(previous, changes):
            layer, place = len(document.layers) - 1, len(previous.layers[-1].strokes)
            for offset, stroke in enumerate(changes.added):
                self._ink.insert(stroke, (layer, place + offset))
                self._paint_on_top(stroke)
            return
        self._ink.reorder(document)
        for stroke in changes.added:
            self._ink.insert(stroke)
        self._invalidate((*changes.removed, *changes.added))

    def set_desk(self, color: QColor) -> None:
        """Show another colour beyond the edges of the page."""
        if color != self._desk:
            self._desk = color
            if self._document.page.bounds is not None:
                self._invalidate_all()

    @property
    def hidden(self) -> frozenset[str]:
        """Strokes left out, because a tool shows them elsewhere or erases them."""
        return self._hidden

    def set_hidden(self, ids: frozenset[str]) -> None:
        """Leave out other strokes than so far."""
        changed = ids ^ self._hidden
        self._hidden = ids
        self._invalidate(self._ink[key] for key in changed if key in self._ink)

    @property
    def faded(self) -> frozenset[str]:
        """Strokes shown pale, because they may soon be gone."""
        return self._faded

    def set_faded(self, ids: frozenset[str]) -> None:
        """Show other strokes pale, and beneath the rest of their layer, than so far."""
        changed = ids ^ self._faded
        self._faded = ids
        self._invalidate(self._ink[key] for key in changed if key in self._ink)

    def strokes_in(self, bounds: Bounds, layer_id: str) -> list[Stroke]:
        """Strokes of a layer whose boxes meet ``bounds`` (page px); the topmost is the last."""
        layer = self._document.layer(layer_id)
        found = self._ink.meeting(bounds) - self._hidden
        inked = [stroke for stroke in layer.strokes if stroke.id in found]
        if not self._faded and not any(stroke.style.highlighter for stroke in inked):
            return inked
        return sorted(inked, key=lambda stroke: self._painting_order(stroke.id))

    def boxes_of(self, strokes: Sequence[Stroke]) -> list[Bounds]:
        """For each of these strokes of the document a box that holds it as it is drawn."""
        return [self._ink.box(stroke.id) for stroke in strokes]

    def follow(self, viewport: Viewport) -> None:
        """Paint at the viewport's scale and angle from now on."""
        if self._grid.shows(viewport):
            return
        if not self._old_tiles or len(self._tiles) > len(self._old_tiles):
            self._old_grid, self._old_tiles = self._grid, self._tiles
        self._grid = TileGrid(viewport.scale, viewport.angle)
        self._forget_tiles()

    def pending(self, viewport: Viewport) -> list[Key]:
        """Visible tiles that are not yet, or no longer, as they should be."""
        return [
            key
            for key in self._grid.visible(viewport)
            if key not in self._tiles
            or key in self._stale
            or key in self._work
            or key in self._rough
        ]

    def covers(self, viewport: Viewport) -> bool:
        """Whether all ink on the screen is shown, if only roughly."""
        return all(key in self._tiles for key in self._grid.visible(viewport))

    def refine(self, viewport: Viewport, focus: tuple[float, float], budget: float) -> list[QRectF]:
        """Paint pending tiles, those nearest ``focus`` (screen px) first.

        Args:
            viewport: What is visible.
            focus: Where the person looks.
            budget: Seconds to spend; the stroke begun by then is finished.

        Returns:
            Where tiles are as they should be now, logical screen px.
        """
        deadline = time.perf_counter() + budget
        x, y = self._grid.corner(viewport)
        column = (x + focus[0] * viewport.ratio) / SIDE - 0.5
        row = (y + focus[1] * viewport.ratio) / SIDE - 0.5
        pending = self.pending(viewport)
        pending.sort(
            # Anything comes before everything: what shows nothing yet is painted first.
            key=lambda key: (key in self._rough, (key[0] - column) ** 2 + (key[1] - row) ** 2)
        )
        done = []
        for key in pending:
            if not self._paint(key, deadline):
                break
            done.append(self._grid.screen_rect(key, viewport))
            if time.perf_counter() >= deadline:
                break
        if len(done) == len(pending):
            self._old_tiles = {}
        return done

    def paint(self, painter: QPainter, viewport: Viewport, exposed: QRectF) -> None:
        """Copy what there is of ``exposed`` (logical px) onto the screen."""
        page = self._document.page
        fresh = self._grid.visible(viewport, exposed)
        if any(self._tiles.get(key) is None for key in fresh):
            painter.fillRect(exposed, QColor(page.paper))
        if self._old_tiles and any(key not in self._tiles for key in fresh):
            self._paint_old(painter, viewport, exposed)
        for key in fresh:
            if key not in self._tiles:
                continue
            image, target = self._tiles[key], self._grid.screen_rect(key, viewport)
            if image is not None:
                painter.drawImage(target, image)
            elif self._old_tiles:
                painter.fillRect(target, QColor(page.paper))

    def _paint_old(self, painter: QPainter, viewport: Viewport, exposed: QRectF) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        onto_screen = self._old_grid.onto_screen(viewport)
        painter.setTransform(onto_screen, combine=True)
        for (column, row), image in self._old_tiles.items():
            place = QRectF(column * SIDE, row * SIDE, SIDE, SIDE)
            if image is not None and onto_screen.mapRect(place).intersects(exposed):
                painter.drawImage(place.topLeft(), image)
        painter.restore()

    def _paint(self, key: Key, deadline: float) -> bool:
        """Go on painting a tile until it is done or time is up; whether it is done."""
        work = self._work.pop(key, None) or self._begin(key)
        if work is not None and not self._go_on(key, work, deadline):
            self._work[key] = work
            return False
        self._tiles.pop(key, None)  # so that the newest tile is the last
        self._tiles[key] = work.image if work else None
        self._stale.pop(key, None)
        self._rough.discard(key)
        if work is not None and work.rough:
            self._rough.add(key)
        if len(self._tiles) > _KEPT:
            oldest = next(iter(self._tiles))
            del self._tiles[oldest]
            self._stale.pop(oldest, None)
            self._rough.discard(oldest)
        return True

    def _begin(self, key: Key) -> _Work | None:
        """Start painting a tile, or its stale part; None where there is only paper."""
        part = self._stale.get(key, WHOLE)
        old = None if key in self._rough else self._tiles.get(key)
        if old is None:
            part = WHOLE
        page, box = self._document.page, self._grid.page_box(key, part)
        layers = self._document.layers
        keys = self._ink.meeting(box) - self._hidden
        keys = {key for key in keys if layers[self._ink.order(key)[0]].visible}
        if part == WHOLE and not keys and is_plain(page, box):
            return None
        image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32) if old is None else old.copy()
        painter = self._painter(key, image, part)
        paint_paper(painter, page, box, self._desk)
        painter.end()
        by_layer: dict[int, list[Stroke]] = {}
        for stroke_id in sorted(keys, key=self._painting_order, reverse=True):
            layer, _ = self._ink.order(stroke_id)
            by_layer.setdefault(layer, []).append(self._ink[stroke_id])
        new = sum(
            known_pieces_of(stroke) is None for strokes in by_layer.values() for stroke in strokes
        )
        rough = new > _MANY_NEW and key not in self._tiles
        return _Work(image, part, [(layers[i].opacity, by_layer[i]) for i in by_layer], rough=rough)

    def _go_on(self, key: Key, work: _Work, deadline: float) -> bool:
        """Paint until a tile is done or time is up; whether it is done."""
        clip = self._grid.page_box(key, work.part)
        while work.layers:
            opacity, strokes = work.layers[-1]
            if opacity < 1.0 and work.sheet is None:
                work.sheet = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32_Premultiplied)
                work.sheet.fill(0)
            painter = self._painter(key, work.sheet or work.image, work.part)
            while strokes:
                stroke = strokes.pop()
                color = self._color(stroke)
                if work.rough and known_pieces_of(stroke) is None:
                    painter.fillPath(rough_path_of(stroke), color)
                else:
                    if known_pieces_of(stroke) is None:
                        shape_strokes([stroke, *strokes[-_AT_ONCE:]])
                    paint_pieces(painter, pieces_of(stroke), color, clip)
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

    def _painting_order(self, stroke_id: str) -> tuple[int, bool, bool, int]:
        layer, place = self._ink.order(stroke_id)
        highlighter = self._ink[stroke_id].style.highlighter
        return layer, stroke_id not in self._faded, not highlighter, place

    def _color(self, stroke: Stroke) -> QColor:
        """Opaque where it is faded, too, or a stroke would darken wherever it crosses itself."""
        color = ink_color(stroke.style)
        if stroke.id in self._faded:
            return mixed(color, QColor(self._document.page.paper), _FADED)
        return color

    def _painter(self, key: Key, image: QImage, part: QRect) -> QPainter:
        """Paints in page px on part of a tile."""
        painter = QPainter(image)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setClipRect(part)
        painter.setTransform(self._grid.onto_tile(key))
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
                image.fill(QColor(self._document.page.paper))
                self._tiles[key] = image
            painter = self._painter(key, image, WHOLE)
            paint_stroke(painter, stroke, self._grid.page_box(key))
            painter.end()

    def _invalidate(self, strokes: Iterable[Stroke]) -> None:
        """Have the places of ``strokes`` painted anew."""
        for key, part in self._touched(strokes).items():
            self._work.pop(key, None)
            if key in self._tiles:
                self._stale[key] = part.united(self._stale.get(key, QRect()))

    def _invalidate_all(self) -> None:
        """Have everything painted anew; until then it is shown as it was."""
        self._work = {}
        self._stale = dict.fromkeys(self._tiles, WHOLE)

    def _touched(self, strokes: Iterable[Stroke]) -> dict[Key, QRect]:
        """The tiles, painted or being painted, that strokes lie on, and where on them."""
        there = self._tiles.keys() | self._work.keys()
        touched: dict[Key, QRect] = {}
        for stroke in strokes:
            for piece in pieces_of(stroke):
                box = self._grid.device_box(piece.bounds)
                left, top = box.left() // SIDE, box.top() // SIDE
                right, bottom = box.right() // SIDE, box.bottom() // SIDE
                keys: Iterable[Key] = there
                if (right - left + 1) * (bottom - top + 1) < len(there):
                    keys = product(range(left, right + 1), range(top, bottom + 1))
                for key in keys:
                    part = box.translated(-key[0] * SIDE, -key[1] * SIDE).intersected(WHOLE)
                    if key in there and not part.isEmpty():
                        touched[key] = part.united(touched.get(key, QRect()))
        return touched

    def _only_adds_on_top(self, previous: Document, changes: ChangeSet) -> bool:
        layer, before = self._document.layers[-1], previous.layers[-1]
        return (
            not changes.removed
            and layer.visible
            and layer.opacity >= 1.0
            and not any(stroke.style.highlighter for stroke in changes.added)
            and len(layer.strokes) == len(before.strokes) + len(changes.added)
            and layer.strokes[len(before.strokes) :] == changes.added
        )

    def _forget_tiles(self) -> None:
        self._work = {}
        self._tiles = {}
        self._stale = {}
        self._rough = set()


def _looks(document: Document) -> Looks:
    layers = document.layers
    return document.page, tuple((layer.id, layer.visible, layer.opacity) for layer in layers)
