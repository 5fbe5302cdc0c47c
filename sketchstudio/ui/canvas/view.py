"""What the canvas shows: the page and its ink, and whatever lies over them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from sketchstudio.core.document import View
from sketchstudio.core.edits import ChangeSet
from sketchstudio.core.outline import drawn_bounds
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.state.session import Session
from sketchstudio.ui.canvas.ghost import GhostInk
from sketchstudio.ui.canvas.overlay import Overlay
from sketchstudio.ui.canvas.referred import paint_referred
from sketchstudio.ui.canvas.surroundings import desk_color, paint_edge, paint_hint
from sketchstudio.ui.canvas.tiles import TileCache
from sketchstudio.ui.canvas.viewport import MAX_ZOOM, Viewport
from sketchstudio.ui.canvas.wheel import ZOOM_STEP, after_wheel

_SLICE = 0.004  # seconds of painting tiles before events get their turn
TURN_STEP = 15.0
"""Degrees of a turn by key."""


class CanvasView(QWidget):
    """Shows a session's document; can be panned, zoomed and turned.

    Signals:
        view_changed: Another part of the page is shown, or otherwise.

    Args:
        session: The document, its history and selection.
        parent: As in Qt.
    """

    view_changed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._overlay = Overlay()
        self._ghost = GhostInk()
        self._referred: Bounds | None = None
        self._tiles = TileCache(session.document)
        self._viewport = Viewport()
        self._hint = ""
        self._dark = False
        self._tiles.set_desk(desk_color(self._dark))
        self._pointer = QPointF(-1, -1)
        self._refining = QTimer(self)
        self._refining.setInterval(0)
        self._refining.timeout.connect(self._refine)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        session.document_changed.connect(self._on_document_changed)
        session.selection_changed.connect(self._on_selection_changed)

    @property
    def zoom(self) -> float:
        """Screen px for each page px."""
        return self._viewport.zoom

    @property
    def angle(self) -> float:
        """Degrees by which the page is turned clockwise."""
        return self._viewport.angle

    @property
    def viewport(self) -> Viewport:
        """The part of the page that is shown."""
        return self._viewport

    @property
    def is_sharp(self) -> bool:
        """Whether all that is shown is painted as it should be."""
        return not self._refining.isActive()

    @property
    def is_covered(self) -> bool:
        """Whether all ink on the screen is shown, if only roughly."""
        return self._tiles.covers(self._viewport)

    @property
    def view(self) -> View:
        """How the page is shown, for the file."""
        x, y = self._viewport.middle
        return View(x, y, self.zoom, self.angle)

    def show_view(self, view: View) -> None:
        """Show the page as it was shown when it was saved."""
        self._show(self._viewport.showing(view.x, view.y, view.zoom, view.angle))

    def ink_under_pen(self) -> Stroke | None:
        """The stroke so far, while one is drawn."""
        live = self._overlay.live
        return live.stroke() if live is not None else None

    def visible_page_rect(self) -> Bounds:
        return self._viewport.page_rect

    def pan(self, dx: float, dy: float) -> None:
        """Move the page, page px."""
        x0, y0 = self._viewport.to_screen(0.0, 0.0)
        x, y = self._viewport.to_screen(dx, dy)
        self._show(self._viewport.panned(x - x0, y - y0))

    def zoom_by(self, factor: float, about: tuple[float, float]) -> None:
        """Show the page nearer or farther; its point ``about`` (page px) stays put."""
        self._show(self._viewport.zoomed(self.zoom * factor, *self._viewport.to_screen(*about)))

    def zoom_in(self) -> None:
        self.zoom_to(self.zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        self.zoom_to(self.zoom / ZOOM_STEP)

    def zoom_to(self, factor: float) -> None:
        """Show the page at another zoom; its middle stays put."""
        self._show(self._viewport.zoomed(factor, self.width() / 2, self.height() / 2))

    def reset_zoom(self) -> None:
        """Show the page in its real size."""
        self.zoom_to(1.0)

    def turn_left(self) -> None:
        self._turn_to(self.angle - TURN_STEP)

    def turn_right(self) -> None:
        self._turn_to(self.angle + TURN_STEP)

    def reset_turn(self) -> None:
        """Show the page upright."""
        self._turn_to(0.0)

    def _turn_to(self, angle: float) -> None:
        self._show(self._viewport.turned(angle, self.width() / 2, self.height() / 2))

    def fit(self, largest: float = MAX_ZOOM) -> None:
        """Show all ink and the whole page, unless it is endless, at a zoom of at most ``largest``.

        An endless empty page is shown in its real size.
        """
        document = self._session.document
        boxes = [box for box in (document.bounds, document.page.bounds) if box is not None]
        if boxes:
            self._show(self._viewport.fitted(boxes[0].united(boxes[-1]), largest))
        else:
            self._show(replace(self._viewport, left=0.0, top=0.0, zoom=1.0))

    def fit_selection(self) -> None:
        """Show the selected ink as large as it goes; nothing happens where there is none."""
        boxes = [drawn_bounds(stroke) for stroke in self._session.selected_strokes()]
        if boxes:
            whole = boxes[0]
            for box in boxes[1:]:
                whole = whole.united(box)
            self._show(self._viewport.fitted(whole))

    def set_ghost(self, strokes: tuple[Stroke, ...]) -> None:
        """Show ghost ink in place of any shown before; an empty tuple shows none."""
        before = self._ghost.bounds(self.zoom)
        self._ghost.set_strokes(tuple(strokes))
        after = self._ghost.bounds(self.zoom)
        for bounds in (before, after):
            if bounds is not None:
                self.repaint_page(bounds)
        if self._hint and (before is None) != (after is None):
            self.update()

    def ghost_strokes_in(self, area: QRect) -> int:
        """How many strokes of ghost ink may show in a part of the screen."""
        box = self._viewport.page_box(
            area.left(), area.top(), area.left() + area.width(), area.top() + area.height()
        )
        return sum(drawn_bounds(stroke).intersects(box) for stroke in self._ghost.strokes)

    def set_faded(self, ids: frozenset[str]) -> None:
        """Show these strokes pale, as ink that may soon be gone; the others as they are."""
        if ids != self._tiles.faded:
            self._tiles.set_faded(ids)
            self._repaint_ink()

    def set_hint(self, text: str) -> None:
        """Show faint words in the middle while the page is empty."""
        self._hint = text
        self.update()

    def set_dark(self, dark: bool) -> None:
        """Set the page off against a dark window, or a light one."""
        self._dark = dark
        self._tiles.set_desk(desk_color(dark))
        self._repaint_ink()

    def finish_painting(self) -> None:
        """Paint all visible tiles now, for a picture of the canvas."""
        while self._tiles.pending(self._viewport):
            self._tiles.refine(self._viewport, self._focus(), 1.0)

    def set_referred(self, bounds: Bounds | None) -> None:
        """Mark the ink that the model is asked about, page px, or none."""
        if bounds != self._referred:
            self._referred = bounds
            self.update()

    def hide_strokes(self, ids: frozenset[str]) -> None:
        """Show the ink without these strokes, and with those hidden before."""
        self._tiles.set_hidden(ids)
        self._repaint_ink()

    def repaint_page(self, bounds: Bounds | None = None) -> None:
        """Have a part of the page (page px), or all that is shown, painted anew."""
        if bounds is None:
            self.update()
            return
        box = self._viewport.screen_box(bounds)
        shown = QRectF(box.left, box.top, box.width, box.height).adjusted(-2, -2, 2, 2)
        visible = shown.intersected(QRectF(self.rect()))
        if not visible.isEmpty():
            self.update(visible.toAlignedRect())

    def _show(self, viewport: Viewport) -> None:
        if viewport == self._viewport:
            return
        self._viewport = viewport
        self._tiles.follow(viewport)
        # What there is is shown at once; new tiles come after it.
        if self._tiles.pending(viewport):
            self._refining.start()
        self.update()
        self.view_changed.emit()

    def _focus(self) -> tuple[float, float]:
        if self.rect().contains(self._pointer.toPoint()):
            return self._pointer.x(), self._pointer.y()
        return self.width() / 2, self.height() / 2

    def pointed_at(self) -> tuple[float, float]:
        """The place on the page under the pointer, or in the middle of what is shown."""
        return self._viewport.to_page(*self._focus())

    def _repaint_ink(self) -> None:
        """Show that ink changed: at once if it is little, or bit by bit."""
        if not self._refining.isActive():  # else many changes in a row would each take their time
            self._refine()
        self.update()

    @Slot()
    def _refine(self) -> None:
        """Paint tiles for a moment, and go on after the events that wait."""
        for area in self._tiles.refine(self._viewport, self._focus(), _SLICE):
            self.update(area.toAlignedRect())
        more = bool(self._tiles.pending(self._viewport))
        if more != self._refining.isActive():
            self._refining.start() if more else self._refining.stop()

    @Slot(object)
    def _on_document_changed(self, changes: ChangeSet) -> None:
        self._tiles.set_document(self._session.document, changes)
        if changes.whole or changes.removed:
            self._overlay.set_selected(self._session.selected_strokes())
        self._repaint_ink()

    @Slot()
    def _on_selection_changed(self) -> None:
        self._overlay.set_selected(self._session.selected_strokes())
        self.update()

    def _follow_size(self) -> None:
        ratio = self.devicePixelRatioF()
        self._show(self._viewport.resized(self.width(), self.height(), ratio))

    def _is_empty(self) -> bool:
        no_ink = next(self._session.document.strokes(), None) is None
        bare = self._session.document.page.picture is None
        return no_ink and bare and not self._ghost and self._overlay.live is None

    # Qt.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        exposed = QRectF(event.rect())
        part = self._viewport.page_box(
            exposed.left(), exposed.top(), exposed.right(), exposed.bottom()
        )
        paper = QColor(self._session.document.page.paper)
        self._tiles.paint(painter, self._viewport, exposed)
        if self._hint and self._is_empty():
            paint_hint(painter, self.rect(), self._hint, paper)
        if self._referred is not None:
            paint_referred(painter, self._viewport, self._referred, paper)
        if self._ghost:
            self._ghost.paint(painter, self._viewport, part, paper)
        self._overlay.paint_live(painter, self._viewport, part, paper)
        self._overlay.paint_tools(painter, self._viewport)
        paint_edge(painter, self.rect(), self._dark)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._follow_size()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._follow_size()
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()
        self._show(after_wheel(self._viewport, event))
