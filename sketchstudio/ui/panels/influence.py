"""How far proposals may go from the person's ink: one slider, and what it comes to."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from sketchstudio.state.influence import reach_of, words_for
from sketchstudio.system.language import tr
from sketchstudio.ui.panels.slider import Slider

_STEPS = 100


class InfluenceControls(QWidget):
    """From "tidy my drawing" to "surprise me", with an honest word on what that does.

    Signals:
        changed: Carries the influence, 0 to 1.
    """

    changed = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = Slider()
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(10)
        self.slider.setAccessibleName(tr("Influence of the model"))
        self.slider.valueChanged.connect(self._on_moved)
        ends = QHBoxLayout()
        tidy, surprise = QLabel(tr("Tidy my drawing")), QLabel(tr("Surprise me"))
        ends.addWidget(tidy)
        ends.addStretch(1)
        ends.addWidget(surprise)
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addLayout(ends)
        layout.addWidget(self.slider)
        layout.addWidget(self.words)
        # So that nothing moves under the pointer when the words are others.
        self.words.setMinimumHeight(4 * self.fontMetrics().lineSpacing())

    def show_influence(self, influence: float, temperature: float) -> None:
        """Show both; does not emit ``changed``."""
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(influence * _STEPS))
        numbers = tr("Temperature {temperature}; code {share} of the way to another drawing's")
        said = numbers.format(temperature=f"{temperature:.2f}", share=f"{reach_of(influence):.0%}")
        self.words.setText(f"{tr(words_for(influence))}.\n{said}.")
        self.slider.setToolTip(self.words.text())
        self.slider.setAccessibleDescription(self.words.text())

    @Slot(int)
    def _on_moved(self, value: int) -> None:
        self.changed.emit(value / _STEPS)
