"""Temperature and seed, as the person sets them."""

from __future__ import annotations

import random

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.sampling import Sampling
from sketchstudio.state.settings import MAX_SEED
from sketchstudio.system.language import tr
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.influence import InfluenceControls
from sketchstudio.ui.panels.slider import Slider

_STEPS = 100  # of the temperature, 0.01 each


class SamplingControls(QWidget):
    """A slider, a field and a die.

    Signals:
        changed: Carries the ``Sampling``.
    """

    changed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.temperature = Slider()
        self.temperature.setRange(1, _STEPS)
        self.temperature.setToolTip(tr("Low: the likeliest lines. High: as varied as people draw."))
        self.temperature.setAccessibleName(tr("Temperature"))
        self._value = QLabel()
        self._value.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._value.setMinimumWidth(self.fontMetrics().horizontalAdvance("0.00") + 2)
        self.seed = QSpinBox()
        self.seed.setRange(0, MAX_SEED)
        self.seed.setKeyboardTracking(False)
        self.seed.lineEdit().setTextMargins(5, 0, 5, 0)
        self.seed.setToolTip(tr("The same seed draws the same sketch again."))
        self.seed.setAccessibleName(tr("Seed"))
        self.dice = QToolButton()
        self.dice.setProperty("role", "field")
        self.dice.setToolTip(tr("Another seed"))
        self.dice.setAccessibleName(tr("Another seed"))
        set_icon(self.dice, "again")

        for narrow in (self.temperature, self.seed):
            narrow.setMinimumWidth(64)  # words may be longer in other languages
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(8)
        grid.addWidget(QLabel(tr("Temperature")), 0, 0)
        line = QHBoxLayout()
        line.addWidget(self.temperature, 1)
        line.addWidget(self._value)
        grid.addLayout(line, 0, 1)
        grid.addWidget(QLabel(tr("Seed")), 1, 0)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self.seed, 1)
        line.addWidget(self.dice)
        grid.addLayout(line, 1, 1)

        self.set_sampling(Sampling())
        self.temperature.valueChanged.connect(self._on_edit)
        self.seed.valueChanged.connect(self._on_edit)
        self.dice.clicked.connect(self._on_dice)
        # Or the next letter, meant as a key of the window, would go into the field.
        self.seed.lineEdit().returnPressed.connect(self.seed.clearFocus)

    def add_row(self, words: str, widget: QWidget) -> None:
        """Put something else under temperature and seed."""
        grid = self._grid
        grid.addWidget(QLabel(words), grid.rowCount(), 0)
        grid.addWidget(widget, grid.rowCount() - 1, 1)

    @property
    def sampling(self) -> Sampling:
        return Sampling(self.temperature.value() / _STEPS, self.seed.value())

    def set_sampling(self, sampling: Sampling) -> None:
        """Show a sampling; does not emit ``changed``."""
        with QSignalBlocker(self.temperature), QSignalBlocker(self.seed):
            self.temperature.setValue(round(sampling.temperature * _STEPS))
            self.seed.setValue(sampling.seed)
        self._value.setText(f"{sampling.temperature:.2f}")

    @Slot()
    def _on_edit(self) -> None:
        self._value.setText(f"{self.sampling.temperature:.2f}")
        self.changed.emit(self.sampling)

    @Slot()
    def _on_dice(self) -> None:
        self.seed.setValue(random.randrange(10_000))


class SamplingPopup(QFrame):
    """The same for proposals, in a popup, with how far they may go from the ink.

    Attributes:
        influence: Sets the temperature, too.
        controls: Temperature and seed alone.
        most_strokes: That a completion adds; 0 for all.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        heading = QLabel(tr("For Complete, Redraw and Replace"))
        heading.setProperty("role", "title")
        self.influence = InfluenceControls()
        self.controls = SamplingControls()
        self.most_strokes = QSpinBox()
        self.most_strokes.setRange(0, 99)
        self.most_strokes.setSpecialValueText(tr("All it draws"))
        self.most_strokes.lineEdit().setTextMargins(5, 0, 5, 0)
        self.most_strokes.setAccessibleName(tr("Strokes a completion adds at most"))
        self.most_strokes.setToolTip(tr("So many strokes a completion adds, for taking turns"))
        self.most_strokes.lineEdit().returnPressed.connect(self.most_strokes.clearFocus)
        self.controls.add_row(tr("Strokes"), self.most_strokes)
        self.setMinimumWidth(340)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(10)
        layout.addWidget(heading)
        layout.addWidget(self.influence)
        layout.addWidget(self.controls)

    def show_values(self, influence: float, sampling: Sampling, most_strokes: int) -> None:
        """Show what is set; nothing is emitted."""
        with QSignalBlocker(self.most_strokes):
            self.most_strokes.setValue(most_strokes)
        self.influence.show_influence(influence, sampling.temperature)
        self.controls.set_sampling(sampling)
