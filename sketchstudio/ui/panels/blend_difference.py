"""What is added to a blend: the code of one drawing minus that of another."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from sketchstudio.state.blending import MINUS, PLUS, Blending
from sketchstudio.system.language import tr
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.blend_end import EndButton
from sketchstudio.ui.panels.slider import Slider

_STEPS = 100  # of the strength, to 1
_MOST = 200
_PICTURE = 44
_MINUS = "\N{MINUS SIGN}"


class DifferenceControls(QWidget):
    """Two drawings, and how much of what sets them apart is added.

    Args:
        blending: Whose difference.

    Signals:
        pick_wanted: Another drawing shall be chosen; carries the number of the end.
    """

    pick_wanted = Signal(int)

    def __init__(self, blending: Blending) -> None:
        super().__init__()
        self._blending = blending
        self.plus, self.minus = EndButton("+", _PICTURE), EndButton(_MINUS, _PICTURE)
        self.plus.setToolTip(tr("A drawing that has what shall be added, such as whiskers"))
        self.minus.setToolTip(tr("A drawing without it"))
        self.plus.clicked.connect(self._on_plus)
        self.minus.clicked.connect(self._on_minus)
        self.plus.random_wanted.connect(self._on_random_plus)
        self.minus.random_wanted.connect(self._on_random_minus)
        self.strength = Slider()
        self.strength.setRange(-_MOST, _MOST)
        self.strength.setPageStep(_STEPS // 4)
        self.strength.setSingleStep(_STEPS // 20)
        self.strength.setProperty("role", "between")
        self.strength.setAccessibleName(tr("Strength of the difference"))
        self.strength.valueChanged.connect(self._on_strength)
        self._value = QLabel()
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setMinimumWidth(self.fontMetrics().horizontalAdvance("+200 %") + 2)
        self.clear = QToolButton()
        self.clear.setToolTip(tr("Add nothing"))
        self.clear.setAccessibleName(tr("Add nothing"))
        set_icon(self.clear, "reject")
        self.clear.clicked.connect(self._on_clear)
        self._hint = QLabel(tr("Choose a drawing that has something, and one that lacks it."))
        self._hint.setProperty("role", "muted")
        self._hint.setWordWrap(True)

        ends = QHBoxLayout()
        ends.setSpacing(6)
        ends.addWidget(self.plus, 1)
        minus = QLabel(_MINUS)
        minus.setProperty("role", "muted")
        ends.addWidget(minus)
        ends.addWidget(self.minus, 1)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.strength, 1)
        line.addWidget(self._value)
        line.addWidget(self.clear)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(ends)
        layout.addWidget(self._hint)
        layout.addLayout(line)
        blending.changed.connect(self._show_strength)
        blending.ends_changed.connect(self.show_difference)
        self.show_difference()

    @Slot()
    def show_difference(self) -> None:
        """Show the difference there is, in the colours of the theme."""
        mixture = self._blending.mixture
        self.plus.show_end(mixture.plus)
        self.minus.show_end(mixture.minus)
        self._show_strength()

    @Slot()
    def _show_strength(self) -> None:
        mixture = self._blending.mixture
        whole = mixture.plus is not None and mixture.minus is not None
        self._hint.setVisible(not whole)
        for widget in (self.strength, self._value):
            widget.setEnabled(whole)
        self.clear.setEnabled(mixture.plus is not None or mixture.minus is not None)
        with QSignalBlocker(self.strength):
            self.strength.setValue(round(mixture.strength * _STEPS))
        self._value.setText(f"{round(mixture.strength * 100)} %".replace("-", _MINUS))

    @Slot(int)
    def _on_strength(self, value: int) -> None:
        self._blending.change(strength=value / _STEPS)

    @Slot()
    def _on_clear(self) -> None:
        self._blending.set_end(PLUS, None)
        self._blending.set_end(MINUS, None)

    @Slot()
    def _on_plus(self) -> None:
        self.pick_wanted.emit(PLUS)

    @Slot()
    def _on_minus(self) -> None:
        self.pick_wanted.emit(MINUS)

    @Slot()
    def _on_random_plus(self) -> None:
        self._blending.set_random(PLUS)

    @Slot()
    def _on_random_minus(self) -> None:
        self._blending.set_random(MINUS)
