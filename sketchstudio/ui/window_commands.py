"""What the View and Help menus do to the window itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QMainWindow, QWidget

from sketchstudio.engine.service import InferenceService
from sketchstudio.state.settings import Preferences
from sketchstudio.system.crash import Traces
from sketchstudio.system.language import tr
from sketchstudio.system.paths import log_folder
from sketchstudio.ui import theme
from sketchstudio.ui.window_actions import WindowAction


class WindowCommands(QObject):
    """Full screen, focus mode, theme, and the dialogs that are about the app.

    Args:
        window: Whose commands these are.
        preferences: What the person set.
        service: For what the About box says of the model.

    Signals:
        window_wanted: Another window shall open.
        recovery_wanted: What a crash left shall be shown.
        told: A line that is seen without a status bar, too.
        preferences_wanted: The preferences will be shown, so they must be up to date.
    """

    window_wanted = Signal()
    recovery_wanted = Signal()
    told = Signal(str)
    preferences_wanted = Signal()

    def __init__(
        self, window: QMainWindow, preferences: Preferences, service: InferenceService
    ) -> None:
        super().__init__(window)
        self._window = window
        self._preferences = preferences
        self._service = service
        self._actions: Mapping[str, WindowAction] = {}
        self._bars: tuple[QWidget, ...] = ()

    def attach(
        self,
        actions: Mapping[str, WindowAction],
        bars: tuple[QWidget, ...],
        show_panels: Callable[[], None],
    ) -> None:
        """Keep these up to date from now on.

        Args:
            actions: By id.
            bars: What focus mode hides, the panels with it.
            show_panels: Shows those panels that are wanted, and no others.
        """
        self._actions, self._bars, self._show_panels = actions, bars, show_panels
        self._preferences.changed.connect(self._show_preference)
        self._show_preference("theme")

    def handlers(self) -> dict[str, Callable[[], object]]:
        """What each of these actions does, by id."""
        return {
            "new_window": self.window_wanted.emit,
            "recover": self.recovery_wanted.emit,
            "close": self._window.close,
            "full_screen": self._set_full_screen,
            "focus": self._set_focus_mode,
            **{
                f"theme_{name}": partial(self._preferences.set, "theme", name)
                for name in theme.NAMES
            },
            "preferences": self._show_preferences,
            "palette": self._show_palette,
            "shortcuts": self._show_shortcuts,
            "crash_report": self._show_crash_report,
            "about": self._show_about,
        }

    # Dialogs are imported when they are opened: the window comes first.

    def _show_preferences(self) -> None:
        from sketchstudio.ui.dialogs.preferences import PreferencesDialog

        self.preferences_wanted.emit()
        PreferencesDialog(self._preferences, self._service.state, self._window).open()

    def _show_palette(self) -> None:
        from sketchstudio.ui.dialogs.command_palette import CommandPalette

        CommandPalette(self._actions, self._preferences, self._window).open()

    def _show_shortcuts(self) -> None:
        from sketchstudio.ui.dialogs.shortcuts import ShortcutsDialog

        ShortcutsDialog(self._actions, self._window).open()

    def _show_crash_report(self) -> None:
        from sketchstudio.ui.dialogs.crash import CrashDialog

        path = Traces(log_folder()).report_path
        try:
            report = path.read_text("utf-8", "replace")
        except OSError:
            self.told.emit(tr("There is no crash report"))
        else:
            CrashDialog(report, self._window).open()

    def _show_about(self) -> None:
        from sketchstudio.ui.dialogs.about import about_box

        about_box(self._window, self._service.state).open()

    def _set_full_screen(self) -> None:
        state, full = self._window.windowState(), Qt.WindowState.WindowFullScreen
        wanted = self._actions["full_screen"].isChecked()
        self._window.setWindowState(state | full if wanted else state & ~full)

    def _set_focus_mode(self) -> None:
        hidden = self._actions["focus"].isChecked()
        for bar in self._bars:
            bar.setHidden(hidden)
        if not hidden:
            self._show_panels()
            return
        keys = self._actions["focus"].key_texts
        if keys:
            self.told.emit(tr("{key} brings the bars back").format(key=keys[0]))

    @Slot(str)
    def _show_preference(self, name: str) -> None:
        if name == "theme":
            theme.apply(self._preferences.values.theme)
            self._actions[f"theme_{self._preferences.values.theme}"].setChecked(True)
