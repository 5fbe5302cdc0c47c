"""What the drawing looks like to the model, in the status bar."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QToolButton, QWidget

from sketchstudio.state.guessing import Guessing
from sketchstudio.system.language import tr


class GuessLabel(QToolButton):
    """The names with their shares; a click completes the drawing as the likeliest.

    Signals:
        picked: The likeliest category.
    """

    picked = Signal(str)

    def __init__(self, guessing: Guessing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._guessing = guessing
        self.setAutoRaise(True)
        self.setProperty("role", "quiet")
        self.setAccessibleName(tr("What the drawing looks like"))
        guessing.changed.connect(self._show)
        self.clicked.connect(self._on_click)
        self._show()

    @Slot()
    def _show(self) -> None:
        names = self._guessing.names
        self.setVisible(bool(names))
        if not names:
            return
        shares = ", ".join(f"{tr(name)} {share:.0%}" for name, share in names)
        self.setText(tr("Looks like: {names}").format(names=shares))
        self.setToolTip(tr("Complete it as: {name}").format(name=tr(names[0][0])))
        self.setAccessibleName(self.text())

    @Slot()
    def _on_click(self) -> None:
        self.picked.emit(self._guessing.names[0][0])
