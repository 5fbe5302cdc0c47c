"""The window: puts the parts together and ties actions, state and the model to them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QPaintEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QMenu,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.blending import Blending
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Settings
from sketchstudio.state.tool_state import ToolName, ToolState
from sketchstudio.ui import icons, theme
from sketchstudio.ui.actions import MENUS, PALETTE, SEPARATOR, SPECS, make_actions, tip
from sketchstudio.ui.canvas.widget import Canvas
from sketchstudio.ui.clipboard import Clipboard
from sketchstudio.ui.dialogs.about import about_box
from sketchstudio.ui.dialogs.files import FileCommands
from sketchstudio.ui.dialogs.shortcuts import ShortcutsDialog
from sketchstudio.ui.model_commands import ModelCommands
from sketchstudio.ui.panels.blend import BlendPanel
from sketchstudio.ui.panels.canvas_area import CanvasArea
from sketchstudio.ui.panels.engine_indicator import EngineIndicator
from sketchstudio.ui.panels.tool_bar import ToolBar
from sketchstudio.ui.panels.top_bar import TopBar

log = logging.getLogger(__name__)

_MESSAGE_MS = 6000


class MainWindow(QMainWindow):
    """The one window.

    Signals:
        painted: The window is on the screen for the first time.
    """

    painted = Signal()

    def __init__(
        self,
        *,
        session: Session,
        tools: ToolState,
        service: InferenceService,
        proposals: Proposals,
        blending: Blending,
        settings: Settings,
    ) -> None:
        super().__init__()
        self._session = session
        self._tools = tools
        self._service = service
        self._proposals = proposals
        self._blending = blending
        self._settings = settings
        self._was_painted = False
        self._take_settings()

        self.files = FileCommands(session, settings, self)
        self.files.told.connect(self.tell)
        self.files.page_replaced.connect(self._on_page_replaced)
        self._clipboard = Clipboard(session)
        self._model = ModelCommands(service, proposals, blending, self)
        self.canvas = Canvas(session, tools)
        self.actions_by_id = make_actions(self, self._handlers())
        self._fill_menus()
        self._build()
        self._connect()
        self._show_all()
        self.canvas.setFocus()

    # Building

    def _take_settings(self) -> None:
        known = self._settings
        style = StrokeStyle(
            known.pen_color.lower(),
            float(known.pen_width),
            known.pen_pressure,
            float(known.pen_smoothing),
        )
        self._tools.set_style(style)
        self._proposals.temperature = float(known.temperature)
        self._proposals.seed = known.seed
        self._blending.set_sampling(Sampling(float(known.blend_temperature), known.blend_seed))

    def _handlers(self) -> dict[str, Callable[[], object]]:
        session, proposals, canvas = self._session, self._proposals, self.canvas
        return {
            "new": self.files.new,
            "open": self.files.open,
            "save": self.files.save,
            "save_as": self.files.save_as,
            "export": self.files.export,
            "quit": self.close,
            "undo": session.undo,
            "redo": session.redo,
            "cut": self._clipboard.cut,
            "copy": self._clipboard.copy,
            "paste": self._clipboard.paste,
            "delete": session.delete_selection,
            "select_all": self._select_all,
            "clear": session.clear,
            "pressure": self._set_pressure,
            "zoom_in": canvas.zoom_in,
            "zoom_out": canvas.zoom_out,
            "zoom_100": canvas.reset_zoom,
            "zoom_fit": canvas.fit,
            **{f"theme_{name}": partial(self._set_theme, name) for name in theme.NAMES},
            "blend": self._toggle_blend,
            "complete": self._model.complete,
            "complete_as": self._model.complete_as,
            "redraw": proposals.redraw,
            "accept": proposals.accept,
            "again": proposals.again,
            "reject": proposals.reject,
            "sampling": self._model.show_sampling,
            "shortcuts": self._show_shortcuts,
            "about": self._show_about,
            **{str(tool): partial(self._tools.set_tool, tool) for tool in ToolName},
            "thinner": partial(self._step_width, -1),
            "thicker": partial(self._step_width, 1),
            **{f"color_{i}": partial(self._pick_color, c) for i, c in enumerate(PALETTE, 1)},
        }

    def _fill_menus(self) -> None:
        for title, ids in MENUS.items():
            menu = self.menuBar().addMenu(title)
            submenu: QMenu | None = None
            for id in ids:
                if id == SEPARATOR:
                    menu.addSeparator()
                elif id.startswith("theme_"):
                    submenu = submenu or menu.addMenu("Theme")
                    submenu.addAction(self.actions_by_id[id])
                else:
                    menu.addAction(self.actions_by_id[id])

    def _build(self) -> None:
        actions = self.actions_by_id
        self.area = CanvasArea(self.canvas, actions)
        self._top_bar = TopBar(actions)
        self._tool_bar = ToolBar(self._tools, actions)
        self.blend_panel = BlendPanel(self._blending, self._tools)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._tool_bar)
        middle.addWidget(self.area, 1)
        middle.addWidget(self.blend_panel)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._top_bar)
        column.addLayout(middle, 1)
        self.setCentralWidget(central)

        self.indicator = EngineIndicator()
        self._zoom = QToolButton()
        self._zoom.setAutoRaise(True)
        self._zoom.setToolTip(tip(SPECS["zoom_100"]))
        self._zoom.clicked.connect(actions["zoom_100"].trigger)
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        status.addPermanentWidget(self.indicator)
        status.addPermanentWidget(self._zoom)

        self.setAcceptDrops(True)
        self.setMinimumSize(640, 560)
        free = self.screen().availableSize()
        self.resize(min(1200, free.width() * 9 // 10), min(800, free.height() * 9 // 10))
        if self._settings.geometry:
            self.restoreGeometry(
                QByteArray.fromBase64(QByteArray(self._settings.geometry.encode()))
            )
        self.blend_panel.setVisible(self._settings.blend_panel)
        actions["blend"].setChecked(self._settings.blend_panel)
        actions["pressure"].setChecked(self._tools.style.pressure)
        actions[f"theme_{self._settings.theme}"].setChecked(True)

    def _connect(self) -> None:
        self._service.state_changed.connect(self.indicator.set_state)
        self._service.state_changed.connect(self.blend_panel.set_engine_state)
        self._model.attach(self.actions_by_id, self.canvas, self.area, self._top_bar.complete_as)
        self._proposals.message.connect(self.tell)
        self.canvas.view_changed.connect(self._show_zoom)
        self.blend_panel.put_requested.connect(self._put_blend)
        self.blend_panel.message.connect(self.tell)
        self._tool_bar.color_picked.connect(self._on_color_picked)
        self._tool_bar.width_picked.connect(self._on_width_picked)
        self._tool_bar.smoothing_picked.connect(self._on_smoothing_picked)
        stack = self._session.undo_stack
        stack.canUndoChanged.connect(self.actions_by_id["undo"].setEnabled)
        stack.canRedoChanged.connect(self.actions_by_id["redo"].setEnabled)
        stack.undoTextChanged.connect(self._show_undo_text)
        stack.redoTextChanged.connect(self._show_redo_text)
        self._session.selection_changed.connect(self._show_selection)
        self._session.path_changed.connect(self._show_title)
        self._session.dirty_changed.connect(self.setWindowModified)
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_theme)

    def _show_all(self) -> None:
        self._show_title()
        for id in ("undo", "redo"):
            self.actions_by_id[id].setEnabled(False)
        self._show_selection()
        self._show_zoom()
        self.indicator.set_state(self._service.state)
        self.blend_panel.set_engine_state(self._service.state)
        self.canvas.set_dark(theme.current() is theme.DARK)

    # What the person does

    @Slot()
    def _on_page_replaced(self) -> None:
        self._show_title()
        self.canvas.fit(largest=1.0)

    @Slot()
    def _select_all(self) -> None:
        self._tools.set_tool("select")
        self._session.select_all()

    @Slot()
    def _set_pressure(self) -> None:
        self._tools.set_pressure(self.actions_by_id["pressure"].isChecked())

    def _set_theme(self, name: str) -> None:
        self._settings.theme = name
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        theme.apply(app, name)
        self._refresh_theme()

    @Slot()
    def _toggle_blend(self) -> None:
        self.blend_panel.setVisible(self.actions_by_id["blend"].isChecked())

    def _pick_color(self, color: str) -> None:
        self._tool_bar.pick_color(color)

    def _step_width(self, steps: int) -> None:
        if self._tools.tool is ToolName.ERASER:
            self._tools.set_eraser_width(self._tools.eraser_width * 1.25**steps)
        else:
            self._tool_bar.step_width(steps)

    @Slot()
    def _put_blend(self) -> None:
        if self._blending.put_on_page(self._tools.style, self.canvas.visible_page_rect()):
            self._tools.set_tool("select")
            self.canvas.setFocus()

    @Slot(str)
    def _on_color_picked(self, color: str) -> None:
        if self._tools.tool == "select":
            self._session.restyle_selection(color=color)

    @Slot(float)
    def _on_width_picked(self, width: float) -> None:
        if self._tools.tool == "select":
            self._session.restyle_selection(width=width)

    @Slot(float)
    def _on_smoothing_picked(self, amount: float) -> None:
        if self._tools.tool == "select":
            self._session.restyle_selection(smoothing=amount)

    @Slot()
    def _show_shortcuts(self) -> None:
        ShortcutsDialog(self).open()

    @Slot()
    def _show_about(self) -> None:
        about_box(self, self._service.state).open()

    # What the window shows

    @Slot(str)
    def tell(self, line: str) -> None:
        """Show a line in the status bar for a while."""
        self.statusBar().showMessage(line, _MESSAGE_MS)

    @Slot(str)
    def show_error(self, line: str) -> None:
        """Show a line of trouble until it is closed."""
        self.area.show_error(line)

    @Slot(str)
    def _show_undo_text(self, text: str) -> None:
        self._show_step("undo", text)

    @Slot(str)
    def _show_redo_text(self, text: str) -> None:
        self._show_step("redo", text)

    def _show_step(self, id: str, text: str) -> None:
        named = replace(SPECS[id], text=f"{SPECS[id].text} {text}".strip())
        self.actions_by_id[id].setText(named.text)
        self.actions_by_id[id].setToolTip(tip(named))

    @Slot()
    def _show_selection(self) -> None:
        for id in ("cut", "copy", "delete"):
            self.actions_by_id[id].setEnabled(bool(self._session.selected_ids))

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.files.name}[*]")
        self.setWindowModified(self._session.dirty)

    @Slot()
    def _show_zoom(self) -> None:
        self._zoom.setText(f"{self.canvas.zoom * 100:.0f} %")

    @Slot()
    def _on_system_theme(self) -> None:
        if self._settings.theme == "system":
            self._set_theme("system")

    def _refresh_theme(self) -> None:
        icons.refresh(self)
        self.indicator.refresh()
        self.blend_panel.refresh()
        self.canvas.set_dark(theme.current() is theme.DARK)

    def _remember(self) -> None:
        known, style = self._settings, self._tools.style
        known.pen_color, known.pen_width = style.color, style.width
        known.pen_pressure, known.pen_smoothing = style.pressure, style.smoothing
        known.temperature, known.seed = self._proposals.temperature, self._proposals.seed
        sampling = self._blending.sampling
        known.blend_temperature, known.blend_seed = sampling.temperature, sampling.seed
        known.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        known.blend_panel = self.actions_by_id["blend"].isChecked()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            # Once the drag is over: a question would keep the other program waiting.
            QTimer.singleShot(0, self, partial(self.files.open_instead, path))

    def closeEvent(self, event: QCloseEvent) -> None:
        if self.files.may_discard():
            self._remember()
            event.accept()
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            log.debug("window painted")
            self.painted.emit()


def _dropped_file(event: QDropEvent) -> Path | None:
    """The one file that is dropped, or None."""
    urls = event.mimeData().urls()
    return Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
