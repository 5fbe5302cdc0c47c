"""How the picture under the ink lies there: opacity, shown or not, locked or not."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.picture import Picture
from sketchstudio.system.language import tr
from sketchstudio.ui.panels.slider import Slider
from sketchstudio.ui.window_actions import WindowAction, follow

_SWITCHES = ("picture_visible", "picture_locked")
_BUTTONS = ("picture", "picture_fit", "picture_lines", "picture_remove")


class PicturePopup(QFrame):
    """A slider and what else can be done with the picture.

    Args:
        actions: By id.
        parent: As in Qt.

    Signals:
        opacity_picked: The person wants it more or less faint, 0 to 1.
        opacity_settled: The slider was let go.
    """

    opacity_picked = Signal(float)
    opacity_settled = Signal()

    def __init__(self, actions: Mapping[str, WindowAction], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        heading = QLabel(tr("Picture under the Ink"))
        heading.setProperty("role", "title")
        self.opacity = Slider()
        self.opacity.setRange(5, 100)
        self.opacity.setAccessibleName(tr("Opacity of the picture"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        label = QLabel(tr("Opacity"))
        label.setBuddy(self.opacity)
        grid.addWidget(label, 0, 0)
        grid.addWidget(self.opacity, 0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addLayout(grid)
        for id in _SWITCHES:
            box = QCheckBox(actions[id].title)
            follow(box, actions[id])
            actions[id].toggled.connect(box.setChecked)
            layout.addWidget(box)
        for id in _BUTTONS:
            button = QPushButton(tr(actions[id].spec.text))
            button.setAutoDefault(False)
            button.clicked.connect(self.hide)  # first: a dialog opens over what is left
            follow(button, actions[id])
            layout.addWidget(button)
        self.setMinimumWidth(260)
        self.opacity.valueChanged.connect(self._on_value)
        self.opacity.sliderReleased.connect(self.opacity_settled)

    def show_picture(self, picture: Picture) -> None:
        """Show how a picture lies there."""
        with QSignalBlocker(self.opacity):
            self.opacity.setValue(round(picture.opacity * 100))

    @Slot(int)
    def _on_value(self, value: int) -> None:
        self.opacity_picked.emit(value / 100)
