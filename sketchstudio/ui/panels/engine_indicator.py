"""What the engine is doing, as a dot and a few words."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from sketchstudio.engine.messages import EngineState, Status
from sketchstudio.system.language import tr
from sketchstudio.ui import theme

_PATIENCE = 200  # ms of work before it is worth a word; less would only flicker


def remedy() -> str:
    """What to do about a missing model."""
    return tr("Install sketchstudio again to get its model back, or train one as the README says.")


def describe(state: EngineState) -> str:
    """The engine's state in one line."""
    match state.status:
        case Status.LOADING:
            return tr("Loading the model…")
        case Status.READY:
            return (
                tr("Ready on {device}").format(device=state.detail) if state.detail else tr("Ready")
            )
        case Status.BUSY:
            return tr("Busy…")
        case Status.FAILED:
            return tr("No model: you can draw, but not complete, redraw or blend")


def explain(state: EngineState) -> str:
    """The same with the reason and the remedy, where there is trouble."""
    if state.status is not Status.FAILED:
        return describe(state)
    reason = tr("Reason: {reason}.").format(reason=state.detail)
    return f"{describe(state)}.\n{reason}\n{remedy()}"


class EngineIndicator(QWidget):
    """Sits in the status bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = self._shown = EngineState()
        self._dot = QLabel()
        self._dot.setFixedSize(8, 8)
        self._text = QLabel()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(10, 0, 6, 0)
        layout.setSpacing(7)
        layout.addWidget(self._dot)
        layout.addWidget(self._text)
        self._late = QTimer(self, singleShot=True, interval=_PATIENCE)
        self._late.timeout.connect(self.refresh)
        self.refresh()

    @property
    def text(self) -> str:
        return self._text.text()

    @Slot(object)
    def set_state(self, state: EngineState) -> None:
        """Show a state; short work is passed over."""
        self._state = state
        if state.status is Status.BUSY:
            if not self._late.isActive():
                self._late.start()
        else:
            self._late.stop()
            if state != self._shown:
                self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the state in the current theme."""
        self._shown = self._state
        colors = theme.current()
        color = {
            Status.LOADING: colors.busy,
            Status.READY: colors.good,
            Status.BUSY: colors.busy,
            Status.FAILED: colors.bad,
        }[self._state.status]
        self._dot.setStyleSheet(f"background: {color}; border-radius: 4px;")
        self._text.setText(describe(self._state))
        self.setToolTip(explain(self._state))
        self.setAccessibleName(describe(self._state))
