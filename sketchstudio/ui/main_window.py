"""The window: puts the parts together and ties actions, state and the model to them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.engine.messages import EngineState
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.blending import Blending
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.state.teaching import Teaching
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import tr
from sketchstudio.system.paths import taught_folder
from sketchstudio.ui import icons, theme
from sketchstudio.ui.blend_commands import BlendCommands
from sketchstudio.ui.canvas.widget import Canvas
from sketchstudio.ui.clipboard import Clipboard
from sketchstudio.ui.dialogs.files import FileCommands
from sketchstudio.ui.edit_commands import EditCommands
from sketchstudio.ui.explore_commands import ExploreCommands
from sketchstudio.ui.file_menus import FileMenus
from sketchstudio.ui.layer_commands import LayerCommands
from sketchstudio.ui.layer_menu import LayerMenu
from sketchstudio.ui.model_commands import ModelCommands
from sketchstudio.ui.page_commands import PageCommands
from sketchstudio.ui.panels.blend import BlendPanel
from sketchstudio.ui.panels.canvas_area import CanvasArea
from sketchstudio.ui.panels.columns import Columns
from sketchstudio.ui.panels.engine_indicator import EngineIndicator
from sketchstudio.ui.panels.guess_label import GuessLabel
from sketchstudio.ui.panels.side_panels import PANELS, SidePanels
from sketchstudio.ui.panels.tool_bar import ToolBar
from sketchstudio.ui.panels.top_bar import TopBar
from sketchstudio.ui.panels.welcome import Welcome
from sketchstudio.ui.past_commands import PastCommands
from sketchstudio.ui.picture_commands import PictureCommands
from sketchstudio.ui.recent import RecentFiles
from sketchstudio.ui.remembered import Remembered
from sketchstudio.ui.teach_commands import TeachCommands
from sketchstudio.ui.tool_commands import ToolCommands
from sketchstudio.ui.window_actions import bind, fill_menus, follow, make_actions
from sketchstudio.ui.window_commands import WindowCommands

log = logging.getLogger(__name__)

_MESSAGE_MS = 6000


class MainWindow(QMainWindow):
    """One window with a document of its own.

    Signals:
        painted: The window is on the screen for the first time.
        closed: It will not come back.
    """

    painted = Signal()
    closed = Signal()

    def __init__(
        self,
        *,
        session: Session,
        tools: ToolState,
        service: InferenceService,
        proposals: Proposals,
        blending: Blending,
        preferences: Preferences,
        teaching: Teaching | None = None,
    ) -> None:
        super().__init__()
        self._session = session
        self._tools = tools
        self._service = service
        self._proposals = proposals
        self._blending = blending
        self._preferences = preferences
        self._was_painted = self._leaving = False
        self._device = ""
        self._remembered = Remembered(preferences, tools, proposals, blending)

        self.recent = RecentFiles(preferences, self)
        self.files = FileCommands(session, preferences, self.recent, self)
        self.files.told.connect(self.tell)
        self.files.page_replaced.connect(self._on_page_replaced)
        self.commands = WindowCommands(self, preferences, service)
        self.tool_commands = ToolCommands(session, tools, self)
        self._model = ModelCommands(session, service, proposals, blending, preferences, self)
        self._past = PastCommands(proposals.past, self)
        self.explore = ExploreCommands(
            session, tools, service, proposals, blending, preferences, self
        )
        self.canvas = Canvas(session, tools)
        self.files.watch_view(lambda: self.canvas.view)
        self._blend = BlendCommands(session, service, proposals, blending, tools, preferences, self)
        self._layers = LayerCommands(session, self)
        self._page = PageCommands(session, self.canvas, self)
        self._pictures = PictureCommands(
            session, tools, service, proposals, self.canvas, preferences.values, self
        )
        clipboard = Clipboard(session, self.canvas.pointed_at, self)
        self._edit = EditCommands(session, tools, clipboard, self._pictures, self)
        teaching = teaching or Teaching(taught_folder(), service, self)
        self._teach = TeachCommands(teaching, session, tools, preferences.values, self)
        self.actions_by_id = make_actions(
            self, self.canvas, self._handlers(), preferences.values.shortcuts
        )
        menus = fill_menus(self, self.actions_by_id)
        FileMenus(self.files, self.recent, menus["recent"], menus["samples"])
        LayerMenu(session, self._layers, menus["layers"])
        self._build()
        self._connect()
        self._show_all()
        self.canvas.setFocus()

    @property
    def session(self) -> Session:
        """The document of the window."""
        return self._session

    # Building

    def _handlers(self) -> dict[str, Callable[[], object]]:
        canvas = self.canvas
        return {
            "new": self.files.new,
            "open": self.files.open,
            "save": self.files.save,
            "save_as": self.files.save_as,
            "export": self.files.export,
            "quit": QApplication.closeAllWindows,
            "zoom_in": canvas.zoom_in,
            "zoom_out": canvas.zoom_out,
            "zoom_100": canvas.reset_zoom,
            "zoom_fit": canvas.fit,
            **{id: partial(self._ask_for_panel, id) for id in (*PANELS, "blend")},
            **self._edit.handlers(),
            **self._model.handlers(),
            **self._past.handlers(),
            **self._blend.handlers(),
            **self.tool_commands.handlers(),
            **self._layers.handlers(),
            **self._page.handlers(),
            **self.explore.handlers(),
            **self._pictures.handlers(),
            **self._teach.handlers(),
            **self.commands.handlers(),
        }

    def _build(self) -> None:
        actions = self.actions_by_id
        self.area = CanvasArea(self.canvas, actions)
        self.welcome = Welcome(self._session, self._preferences, self.recent, self.area)
        self.area.set_welcome(self.welcome)
        self._top_bar = TopBar(actions)
        self._tool_bar = ToolBar(self._tools, actions)
        self.blend_panel = BlendPanel(self._blending, self._blend.morphing, self._tools, actions)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self._tool_bar)
        middle.addWidget(self.area, 1)
        self.side_panels = SidePanels(
            self._session, self._layers, self._proposals.past, actions, self._preferences
        )
        middle.addWidget(self.side_panels)
        middle.addWidget(self.blend_panel)
        self._columns = Columns(self.side_panels, self.blend_panel, actions)
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
        follow(self._zoom, actions["zoom_100"])
        status = self.statusBar()
        status.setSizeGripEnabled(False)
        self._guess = GuessLabel(self._model.guessing)
        self._guess.picked.connect(self._model.complete_as_category)
        status.addPermanentWidget(self._guess)
        status.addPermanentWidget(self.indicator)
        status.addPermanentWidget(self._zoom)

        self.setAcceptDrops(True)
        self.setMinimumSize(640, 560)
        free = self.screen().availableSize()
        self.resize(min(1200, free.width() * 9 // 10), min(800, free.height() * 9 // 10))
        known = self._preferences.values
        if known.geometry:
            self.restoreGeometry(QByteArray.fromBase64(QByteArray(known.geometry.encode())))
        actions["blend"].setChecked(known.blend_panel)
        self._columns.fit(self._room)
        self.tool_commands.attach(actions)
        self.commands.attach(
            actions,
            (
                *(self.menuBar(), self._top_bar, self._tool_bar),
                *(self.side_panels, self.blend_panel, status),
            ),
            self._columns.show_wanted,
        )
        self._edit.attach(actions)
        self._layers.attach(actions)
        self._past.attach(actions, self.side_panels.proposals)
        self._page.attach(actions)
        self._blend.attach(actions, self.canvas, self.blend_panel)
        self.explore.attach(self.canvas)
        self._pictures.attach(actions, self._top_bar.complete_as)

    def _connect(self) -> None:
        self._service.state_changed.connect(self.indicator.set_state)
        self._service.state_changed.connect(self._tell_device)
        self._service.state_changed.connect(self.blend_panel.set_engine_state)
        self._model.attach(self.actions_by_id, self.canvas, self.area, self._top_bar)
        self._proposals.message.connect(self.tell)
        self.commands.told.connect(self.tell)
        self.explore.told.connect(self.tell)
        self.explore.ink_put.connect(self._on_ink_put)
        self.explore.blend_wanted.connect(self._on_blend_wanted)
        self._past.told.connect(self.tell)
        self._pictures.told.connect(self.tell)
        self._teach.told.connect(self.tell)
        self.files.picture_chosen.connect(self._pictures.open)
        self.canvas.view_changed.connect(self._show_zoom)
        self.canvas.drawing_changed.connect(self._service.give_way)
        self._blend.told.connect(self.tell)
        self._tool_bar.color_picked.connect(self.tool_commands.pick_color)
        self._tool_bar.options.width_picked.connect(self.tool_commands.pick_width)
        self._tool_bar.options.smoothing_picked.connect(self.tool_commands.pick_smoothing)
        self._session.refused.connect(self.tell)
        self._session.path_changed.connect(self._show_title)
        self._session.dirty_changed.connect(self.setWindowModified)
        self.canvas.ink_started.connect(self.welcome.hide)
        self.welcome.file_chosen.connect(self.files.open_instead)
        self.welcome.sample_chosen.connect(self.files.open_sample)
        for late in (self.welcome.start, self._remembered.take_motion, self._edit.show_clipboard):
            self.painted.connect(late, Qt.ConnectionType.QueuedConnection)
        self._preferences.changed.connect(self._on_preference)
        self.commands.preferences_wanted.connect(self._remembered.keep)
        hints = QApplication.styleHints()
        hints.colorSchemeChanged.connect(self._on_system_theme)

    def _show_all(self) -> None:
        self._show_title()
        self._show_zoom()
        self.indicator.set_state(self._service.state)
        self.blend_panel.set_engine_state(self._service.state)
        self.canvas.set_dark(theme.current() is theme.DARK)

    # What the person does

    @Slot()
    def _on_page_replaced(self) -> None:
        self._show_title()
        view = self._session.document.view
        if view is not None:
            self.canvas.show_view(view)
            return
        self.canvas.reset_turn()
        self.canvas.fit(largest=1.0)

    def _ask_for_panel(self, id: str) -> None:
        self._columns.ask_for(id)

    @property
    def _room(self) -> int:
        """For the canvas and the columns beside it, px."""
        return self.width() - self._tool_bar.width()

    @Slot()
    def _on_ink_put(self) -> None:
        self._tools.set_tool("select")

    @Slot()
    def _on_blend_wanted(self) -> None:
        self.actions_by_id["blend"].setChecked(True)
        self._columns.ask_for("blend")

    # What the window shows

    @Slot(str)
    def tell(self, line: str) -> None:
        """Show a line for a while: in the status bar, or over the canvas where that is hidden."""
        if self.statusBar().isHidden():
            self.area.show_note(line, _MESSAGE_MS)
        else:
            self.statusBar().showMessage(line, _MESSAGE_MS)

    @Slot(str)
    def show_error(self, line: str) -> None:
        """Show a line of trouble until it is closed."""
        self.area.show_error(line)

    @Slot(object)
    def _tell_device(self, state: EngineState) -> None:
        """Say once that the model had to go elsewhere."""
        if state.usable:
            if self._device not in ("", state.detail):
                line = tr("{old} failed: the model goes on with the {new}")
                self.tell(line.format(old=self._device, new=state.detail))
            self._device = state.detail

    @Slot(str)
    def show_keeping(self, trouble: str) -> None:
        """Show that the drawing cannot be kept safe from a crash, or with nothing that it can."""
        if trouble:
            line = tr("A crash would cost what you draw now: {reason}. Make room, and save.")
            self.show_error(line.format(reason=trouble))
        else:
            self.tell(tr("What you draw is safe from a crash again"))

    @Slot(str)
    def _on_preference(self, name: str) -> None:
        if name == "shortcuts":
            bind(self.actions_by_id, self._preferences.values.shortcuts)
            self._model.show_hint()

    @Slot()
    def _show_title(self) -> None:
        self.setWindowTitle(f"{self.files.name}[*]")
        self.setWindowModified(self._session.dirty)

    @Slot()
    def _show_zoom(self) -> None:
        turned = f" · {self.canvas.angle:.0f}°" if self.canvas.angle else ""
        self._zoom.setText(f"{self.canvas.zoom * 100:.0f} %{turned}")

    @Slot()
    def _on_system_theme(self) -> None:
        theme.apply(self._preferences.values.theme)

    def _refresh_theme(self) -> None:
        icons.refresh(self)
        self.indicator.refresh()
        self.blend_panel.refresh()
        self.side_panels.refresh()
        self.canvas.set_dark(theme.current() is theme.DARK)

    def remember(self) -> None:
        """Write down how the window is, for the next one and the next start."""
        self._remembered.keep()
        known = self._preferences.values
        if not self.isFullScreen():
            known.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        known.blend_panel = self.actions_by_id["blend"].isChecked()
        self._blend.keep_settings()
        self.side_panels.keep()

    @property
    def is_untouched(self) -> bool:
        """Whether there is nothing in it that anyone could miss."""
        inked = next(self._session.document.strokes(), None) is not None
        return not self._session.dirty and self._session.path is None and not inked

    @property
    def leaves_unsaved(self) -> bool:
        """Whether it closes without having asked about ink that is not saved."""
        return self._leaving and self._session.dirty

    def leave(self) -> None:
        """Close without a question."""
        self._leaving = True
        self.files.finish()
        self.close()

    def let_go(self) -> None:
        """Stop what the model does for this window."""
        self._proposals.reject()
        self.explore.let_go()
        self._service.shutdown()
        self.files.let_go()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped_file(event) is not None or self._pictures.takes(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            # Once the drag is over: a question would keep the other program waiting.
            QTimer.singleShot(0, self, partial(self.files.open_instead, path))
        elif self._pictures.takes(event.mimeData()):
            event.acceptProposedAction()
            self._pictures.take(event.mimeData())

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._leaving or self.files.may_discard():
            self.remember()
            event.accept()
            self.closed.emit()
        else:
            event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.actions_by_id["focus"].isChecked():
            self._columns.fit(self._room)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.DevicePixelRatioChange:  # on another screen
            icons.refresh(self)
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._refresh_theme()
        elif event.type() == QEvent.Type.WindowStateChange:
            self.actions_by_id["full_screen"].setChecked(self.isFullScreen())

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
