"""The actions of one window, made from the table, with the keys that the person wants."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QMenu, QWidget

from sketchstudio.system.language import tr
from sketchstudio.ui.actions import ACTIONS, MENUS, SEPARATOR, ActionSpec, Submenu
from sketchstudio.ui.bindings import Bindings, keys_of
from sketchstudio.ui.icons import set_icon


class WindowAction(QAction):
    """An action of the table: its text, tooltip and keys are always of one mind.

    Attributes:
        spec: What it was made from.
        title: Its name, for lists.
    """

    def __init__(self, spec: ActionSpec, window: QWidget) -> None:
        super().__init__(tr(spec.text), window)
        self.spec = spec
        self.title = tr(spec.text).rstrip("…")
        self._reason = ""
        self._step = ""
        self.setObjectName(spec.id)
        if spec.icon:
            set_icon(self, spec.icon)
            self.setIconVisibleInMenu(False)
        self.setCheckable(bool(spec.group))
        if spec.on_canvas:
            self.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        self.set_keys(spec.keys)

    @property
    def key_texts(self) -> list[str]:
        """Its keys as the desktop writes them."""
        native = QKeySequence.SequenceFormat.NativeText
        return [keys.toString(native) for keys in self.shortcuts()]

    def set_keys(self, keys: Sequence[str]) -> None:
        """Take these shortcuts, portable text, in place of those before."""
        self.setShortcuts([QKeySequence(text) for text in keys])
        self._show()

    def set_reason(self, reason: str) -> None:
        """Disable it and say why, or enable it where there is no reason against."""
        self._reason = reason
        self.setEnabled(not reason)
        self._show()

    @Slot(str)
    def set_step(self, step: str) -> None:
        """Name the step that it would undo or redo."""
        self._step = step
        self._show()

    def _show(self) -> None:
        if self._step:
            self.setText(f"{tr(self.spec.text)} {self._step}")
        else:
            self.setText(tr(self.spec.text))
        if self._reason:
            self.setToolTip(f"{self.title}: {self._reason}")
            return
        said = tr(self.spec.tip) if self.spec.tip else self.text().rstrip("…")
        keys = self.key_texts
        self.setToolTip(f"{said} ({keys[0]})" if keys else said)


def make_actions(
    window: QWidget,
    canvas: QWidget,
    handlers: Mapping[str, Callable[[], object]],
    bindings: Bindings,
) -> dict[str, WindowAction]:
    """An action of ``window`` for every spec, by id.

    Args:
        window: Their keys work anywhere in it.
        canvas: Or only here, for those that are of the canvas.
        handlers: What each does, by id.
        bindings: Keys that the person chose.

    Raises:
        KeyError: An action has no handler.
    """
    groups: dict[str, QActionGroup] = {}
    made = {}
    for spec in ACTIONS:
        action = WindowAction(spec, window)
        if spec.group not in ("", "toggle"):
            if spec.group not in groups:
                groups[spec.group] = QActionGroup(window)
            groups[spec.group].addAction(action)
        _connect(action, handlers[spec.id])
        (canvas if spec.on_canvas else window).addAction(action)
        made[spec.id] = action
    bind(made, bindings)
    return made


def bind(actions: Mapping[str, WindowAction], bindings: Bindings) -> None:
    """Give each action the keys chosen for it, else those of the table."""
    for id, action in actions.items():
        action.set_keys(keys_of(id, bindings))


def fill_menus(window: QMainWindow, actions: Mapping[str, WindowAction]) -> dict[str, QMenu]:
    """Put the actions into the window's menus; returns the menus that it fills itself, by name."""
    own: dict[str, QMenu] = {}
    for title, entries in MENUS.items():
        menu = window.menuBar().addMenu(tr(title))
        for entry in entries:
            if isinstance(entry, Submenu):
                submenu = menu.addMenu(tr(entry.title))
                _add(submenu, entry.ids, actions)
                if entry.name:
                    own[entry.name] = submenu
            else:
                _add(menu, (entry,), actions)
    return own


def follow(button: QAbstractButton, action: WindowAction) -> None:
    """Let a button with a look of its own do, say and be able to do what an action does."""

    def show() -> None:
        button.setEnabled(action.isEnabled())
        button.setToolTip(action.toolTip())
        button.setAccessibleName(action.title)

    button.clicked.connect(action.trigger)
    action.changed.connect(show)
    show()


def _add(menu: QMenu, ids: Sequence[str], actions: Mapping[str, WindowAction]) -> None:
    for id in ids:
        if id == SEPARATOR:
            menu.addSeparator()
        else:
            menu.addAction(actions[id])


def _connect(action: QAction, handler: Callable[[], object]) -> None:
    """Without the ``checked`` argument, which handlers with optional arguments would take."""
    action.triggered.connect(lambda: handler())
