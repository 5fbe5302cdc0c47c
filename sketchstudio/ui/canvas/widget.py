"""The canvas: shows the document and lets the pen work on it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTabletEvent,
    QTouchEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from sketchstudio.core.edits import ChangeSet
from sketchstudio.core.stroke import Bounds, Stroke
from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.canvas.cursors import cursor_shape
from sketchstudio.ui.canvas.gestures import Gestures
from sketchstudio.ui.canvas.ghost import GhostInk
from sketchstudio.ui.canvas.input import PenInput
from sketchstudio.ui.canvas.overlay import Overlay
from sketchstudio.ui.canvas.pen_sample import PenSample
from sketchstudio.ui.canvas.surroundings import paint_edge, paint_hint
from sketchstudio.ui.canvas.tiles import TileCache
from sketchstudio.ui.canvas.viewport import MAX_ZOOM, Viewport
from sketchstudio.ui.canvas.wheel import ZOOM_STEP, after_wheel

_SLICE = 0.006  # seconds of painting tiles before events get their turn
_GHOST_REACH = 10.0  # screen px round ghost ink where a click takes it


class Canvas(QWidget):
    """An endless page that takes mouse, pen and touch.

    Signals:
        ink_started: The pen touched; nothing is drawn yet.
        ink_finished: A stroke was drawn; carries the ``Stroke``.
        ghost_clicked: Ghost ink was clicked.
        view_changed: Another part of the page is shown, or at another zoom.

    Args:
        session: The document, its history and selection.
        tools: The tool in hand and its style.
        parent: As in Qt.
    """

    ink_started = Signal()
    ink_finished = Signal(object)
    ghost_clicked = Signal()
    view_changed = Signal()

    def __init__(self, session: Session, tools: ToolState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._tools = tools
        self._overlay = Overlay()
        self._ghost = GhostInk()
        self._tiles = TileCache(session.document)
        self._viewport = Viewport()
        self._hint = ""
        self._dark = False
        self._space = False
        self._over_ghost = False
        self._holds_focus = False
        self._cursor_at = QPointF()
        self._gestures = Gestures(self, self._on_ghost, self.ghost_clicked.emit)
        self._input = PenInput(self)
        self._refining = QTimer(self)
        self._refining.setInterval(0)
        self._refining.timeout.connect(self._refine)

        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setMouseTracking(True)
        self.setTabletTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        self.setAccessibleName(self.tr("Canvas"))
        session.document_changed.connect(self._on_document_changed)
        session.selection_changed.connect(self._on_selection_changed)
        tools.tool_changed.connect(self._on_tool_changed)
        tools.eraser_width_changed.connect(self._on_eraser_width_changed)
        self._show_cursor()

    # What others may do with the canvas.

    @property
    def zoom(self) -> float:
        """Screen px for each page px."""
        return self._viewport.zoom

    @property
    def viewport(self) -> Viewport:
        """The part of the page that is shown."""
        return self._viewport

    @property
    def is_drawing(self) -> bool:
        """Whether a gesture is under way: ink, erasure, selection or the hand."""
        return self._gestures.active

    def visible_page_rect(self) -> Bounds:
        return self._viewport.page_rect

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

    def fit(self, largest: float = MAX_ZOOM) -> None:
        """Show all ink, at a zoom of at most ``largest``; an empty page in its real size."""
        bounds = self._session.document.bounds
        if bounds is None:
            size = self._viewport
            self._show(Viewport().resized(size.width, size.height, size.ratio))
        else:
            self._show(self._viewport.fitted(bounds, largest))

    def set_ghost(self, strokes: tuple[Stroke, ...]) -> None:
        """Show ghost ink in place of any shown before; an empty tuple shows none."""
        before = self._ghost.bounds(self.zoom)
        self._ghost.set_strokes(tuple(strokes))
        after = self._ghost.bounds(self.zoom)
        if after is None:
            self._over_ghost = False
            self._show_cursor()
        for bounds in (before, after):
            if bounds is not None:
                self.repaint_page(bounds)
        if self._hint and (before is None) != (after is None):
            self.update()

    def set_faded(self, ids: frozenset[str]) -> None:
        """Show these strokes pale, as ink that may soon be gone; the others as they are."""
        if ids != self._tiles.faded:
            self._tiles.set_faded(ids)
            self._refine()

    def hold_focus(self, hold: bool) -> None:
        """Whether Tab stays here, because it is about to have a meaning."""
        self._holds_focus = hold

    def set_hint(self, text: str) -> None:
        """Show faint words in the middle while the page is empty."""
        self._hint = text
        self.update()

    def set_dark(self, dark: bool) -> None:
        """Set the page off against a dark window, or a light one."""
        self._dark = dark
        self.update()

    def finish_painting(self) -> None:
        """Paint all visible tiles now, for a picture of the canvas."""
        while self._tiles.refine(self._viewport, self._focus(), 1.0):
            pass

    # Surface: what tools may do.

    @property
    def session(self) -> Session:
        """The document, its history and selection."""
        return self._session

    @property
    def tools(self) -> ToolState:
        """The tool in hand and its style."""
        return self._tools

    @property
    def overlay(self) -> Overlay:
        """What tools show over the ink."""
        return self._overlay

    def ink_begins(self) -> None:
        self.ink_started.emit()

    def ink_ends(self, stroke: Stroke) -> None:
        self.ink_finished.emit(stroke)

    def strokes_in(self, bounds: Bounds) -> list[Stroke]:
        """Shown strokes of the active layer that may meet ``bounds``, in drawing order."""
        return self._tiles.strokes_in(bounds, self._session.active_layer.id)

    def hide_strokes(self, ids: frozenset[str]) -> None:
        """Show the ink without these strokes, and with those hidden before."""
        self._tiles.set_hidden(ids)
        self._refine()

    def pan(self, dx: float, dy: float) -> None:
        """Move the page, page px."""
        self._show(self._viewport.panned(dx * self.zoom, dy * self.zoom))

    def lift_selection(self) -> None:
        self._overlay.lift(self._viewport)

    def repaint_page(self, bounds: Bounds | None = None) -> None:
        """Have a part of the page (page px), or all that is shown, painted anew."""
        if bounds is None:
            self.update()
            return
        corner = QPointF(*self._viewport.to_screen(bounds.left, bounds.top))
        far = QPointF(*self._viewport.to_screen(bounds.right, bounds.bottom))
        visible = QRectF(corner, far).adjusted(-2, -2, 2, 2).intersected(QRectF(self.rect()))
        if not visible.isEmpty():
            self.update(visible.toAlignedRect())

    # PenTarget: samples in screen px.

    def pen_pressed(self, sample: PenSample, pan: bool) -> None:
        self._gestures.press(self._on_page(sample), pan or self._space)
        self._show_cursor()

    def pen_moved(self, sample: PenSample) -> None:
        self._gestures.move(self._on_page(sample))

    def pen_released(self, sample: PenSample) -> None:
        self._gestures.release(self._on_page(sample))
        self._show_cursor()

    def pen_cancelled(self) -> None:
        self._gestures.cancel()
        self._show_cursor()

    def pen_hovered(self, sample: PenSample) -> None:
        on_page = self._on_page(sample)
        self._gestures.hover(on_page)
        self._over_ghost = self._on_ghost(on_page)
        self._show_cursor()

    def pinched(self, x: float, y: float, dx: float, dy: float, factor: float) -> None:
        """Pan and zoom as two fingers do."""
        self._show(self._viewport.panned(dx, dy).zoomed(self.zoom * factor, x, y))

    def _on_page(self, sample: PenSample) -> PenSample:
        self._cursor_at = QPointF(sample.x, sample.y)
        x, y = self._viewport.to_page(sample.x, sample.y)
        return replace(sample, x=x, y=y)

    def _on_ghost(self, sample: PenSample) -> bool:
        return self._ghost.near((sample.x, sample.y), _GHOST_REACH / self.zoom)

    def _show(self, viewport: Viewport) -> None:
        if viewport == self._viewport:
            return
        self._viewport = viewport
        self._tiles.set_scale(viewport.scale)
        self._refine()
        self.view_changed.emit()

    def _focus(self) -> tuple[float, float]:
        if self.rect().contains(self._cursor_at.toPoint()):
            return self._cursor_at.x(), self._cursor_at.y()
        return self.width() / 2, self.height() / 2

    def _show_cursor(self) -> None:
        shape = cursor_shape(
            self._tools.tool,
            pressed=self._gestures.active,
            panning=self._space,
            ghost=self._over_ghost,
        )
        if shape != self.cursor().shape():
            self.setCursor(shape)

    @Slot()
    def _refine(self) -> None:
        """Paint tiles for a moment, and go on after the events that wait."""
        more = self._tiles.refine(self._viewport, self._focus(), _SLICE)
        if more != self._refining.isActive():
            self._refining.start() if more else self._refining.stop()
        self.update()

    @Slot(object)
    def _on_document_changed(self, changes: ChangeSet) -> None:
        self._tiles.set_document(self._session.document, changes)
        if changes.whole or changes.removed:
            self._overlay.set_selected(self._session.selected_strokes())
        self._refine()

    @Slot()
    def _on_selection_changed(self) -> None:
        self._overlay.set_selected(self._session.selected_strokes())
        self.update()

    @Slot(str)
    def _on_tool_changed(self, _name: str) -> None:
        self._gestures.leave()
        self._show_cursor()

    @Slot(float)
    def _on_eraser_width_changed(self, width: float) -> None:
        if self._overlay.eraser is not None:
            self._overlay.eraser = self._overlay.eraser[0], width
            self.update()

    # Qt.

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        exposed = QRectF(event.rect())
        left, top = self._viewport.to_page(exposed.left(), exposed.top())
        right, bottom = self._viewport.to_page(exposed.right(), exposed.bottom())
        part = Bounds(left, top, right, bottom)
        paper = QColor(self._session.document.paper)
        self._tiles.paint(painter, self._viewport, exposed)
        if self._hint and self._is_empty():
            paint_hint(painter, self.rect(), self._hint, paper)
        if self._ghost:
            self._ghost.paint(painter, self._viewport, part, paper)
        self._overlay.paint_live(painter, self._viewport, part)
        self._overlay.paint_tools(painter, self._viewport)
        paint_edge(painter, self.rect(), self._dark)
        painter.end()

    def _is_empty(self) -> bool:
        no_ink = next(self._session.document.strokes(), None) is None
        return no_ink and not self._ghost and self._overlay.live is None

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._follow_size()
        super().resizeEvent(event)

    def _follow_size(self) -> None:
        ratio = self.devicePixelRatioF()
        self._show(self._viewport.resized(self.width(), self.height(), ratio))

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QTouchEvent):
            self._input.touch(event)
            return True
        if isinstance(event, QNativeGestureEvent):
            if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
                at = event.position()
                self.pinched(at.x(), at.y(), 0.0, 0.0, 1.0 + event.value())
                return True
        elif event.type() == QEvent.Type.DevicePixelRatioChange:
            self._follow_size()
        return super().event(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        self._input.tablet(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._input.mouse(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._gestures.leave()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._space = False
        self._show_cursor()
        super().focusOutEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        return self._holds_focus or super().focusNextPrevChild(forward)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.accept()
        self._show(after_wheel(self._viewport, event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Space:
            self._space = True
            self._show_cursor()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and self._session.selected_ids:
            self._session.delete_selection()
        elif key == Qt.Key.Key_Escape and self._gestures.active:
            self._input.forget()
            self.pen_cancelled()
        elif key == Qt.Key.Key_Escape and self._session.selected_ids:
            self._session.select([])
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
            self._show_cursor()
        else:
            super().keyReleaseEvent(event)
