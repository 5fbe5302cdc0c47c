"""The dialog that turns a picture into lines, and asks what shall become of them."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.line_art import Cleaning, is_light_on_dark, to_grey
from sketchstudio.core.picture import Picture
from sketchstudio.core.stroke import Points
from sketchstudio.system.language import mark, tr
from sketchstudio.ui.dialogs.picture_preview import Found, LineFinder, LinePreview
from sketchstudio.ui.panels.slider import Slider

_STEPS = 100
_WEIGHTS = 1, 40  # half page px

REASONS = {
    "there are no lines in the picture; raise the threshold, or invert it": mark(
        "There are no lines in the picture: raise the threshold, or invert it."
    ),
    "there is too much in the picture; lower the threshold": mark(
        "There is too much in the picture: lower the threshold."
    ),
    "there are too many lines in the picture; lower the threshold": mark(
        "There are too many lines in the picture: lower the threshold."
    ),
}


class PictureDialog(QDialog):
    """Shows the lines as they are adjusted; each of its three buttons closes it.

    Args:
        pixels: (H, W, 3) uint8: blue, green, red.
        picture: Where it goes on the page.
        weight: Width of the lines to begin with, page px.
        no_model: Why the model cannot redraw it; empty where it can.
        on_page: It lies on the page already.
        parent: The window.

    Signals:
        redraw_wanted: The model shall draw the lines anew; carries them, (N, 2) page px each.
        ink_wanted: They shall become ink; carries them and their width, page px.
        picture_wanted: The picture shall lie on the page to be traced; carries the `Picture`.
    """

    redraw_wanted = Signal(object)
    ink_wanted = Signal(object, float)
    picture_wanted = Signal(object)

    def __init__(
        self,
        pixels: npt.NDArray[np.uint8],
        picture: Picture,
        weight: float,
        no_model: str,
        on_page: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Lines from a Picture"))
        self._picture = picture
        self._no_model = no_model
        self._scale = picture.scale * picture.width / pixels.shape[1]  # page px for each pixel
        self._lines: tuple[Points, ...] = ()
        self.preview = LinePreview(pixels)
        self.finder = LineFinder(pixels, self)
        plain = Cleaning()
        self.threshold = self._slider(plain.threshold, tr("Threshold"))
        self.threshold.setToolTip(tr("Low: only the darkest lines. High: faint ones, too."))
        self.despeckle = self._slider(plain.despeckle, tr("Despeckle"))
        self.despeckle.setToolTip(tr("Leave out what is small: dust, grain, dots."))
        self.join = self._slider(plain.join, tr("Join gaps"))
        self.join.setToolTip(tr("Close gaps in broken lines."))
        self.weight = Slider()
        self.weight.setRange(*_WEIGHTS)
        self.weight.setValue(round(weight * 2))
        self.weight.setAccessibleName(tr("Line weight"))
        self.invert = QCheckBox(tr("Invert: light lines on dark"))
        self.invert.setChecked(is_light_on_dark(to_grey(pixels)))
        self.edges = QCheckBox(tr("Edges of painted areas"))
        self.edges.setChecked(plain.edges)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setProperty("role", "muted")
        self.redraw = QPushButton(tr("Redraw by the Model"))
        self.redraw.setDefault(True)
        self.redraw.setProperty("role", "primary")
        self.redraw.setToolTip(no_model or tr("The model draws it anew, as a proposal"))
        self.ink = QPushButton(tr("Trace to Ink"))
        self.ink.setToolTip(tr("The lines become strokes that you can edit"))
        self.under = QPushButton(tr("Lay under the Page"))
        self.under.setToolTip(tr("The picture lies faintly under the ink, for you to trace"))
        self.under.setHidden(on_page)
        self._lay_out()
        for slider in (self.threshold, self.despeckle, self.join):
            slider.valueChanged.connect(self._ask)
        for box in (self.invert, self.edges):
            box.toggled.connect(self._ask)
        self.weight.valueChanged.connect(self._show_weight)
        self.finder.found.connect(self._show_found)
        self.redraw.clicked.connect(self._on_redraw)
        self.ink.clicked.connect(self._on_ink)
        self.under.clicked.connect(self._on_under)
        self._show_weight()
        self._show_buttons()
        self._ask()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setHorizontalSpacing(12)
        form.setVerticalSpacing(12)
        for label, slider in (
            (tr("Threshold"), self.threshold),
            (tr("Despeckle"), self.despeckle),
            (tr("Join gaps"), self.join),
            (tr("Line weight"), self.weight),
        ):
            slider.setMinimumWidth(150)
            form.addRow(label, slider)
        form.addRow(self.invert)
        form.addRow(self.edges)
        side = QVBoxLayout()
        side.setSpacing(14)
        side.addLayout(form)
        side.addWidget(self.told)
        side.addStretch(1)
        cancel = QPushButton(tr("Cancel"))
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        for button in (self.redraw, self.ink, self.under, cancel):
            side.addWidget(button)
        holder = QWidget()
        holder.setLayout(side)
        side.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(max(270, side.sizeHint().width()))
        layout = QHBoxLayout(self)
        layout.setSpacing(18)
        layout.addWidget(self.preview, 1)
        layout.addWidget(holder)

    @property
    def cleaning(self) -> Cleaning:
        """As it is adjusted now."""
        return Cleaning(
            self.threshold.value() / _STEPS,
            self.despeckle.value() / _STEPS,
            self.join.value() / _STEPS,
            self.invert.isChecked(),
            self.edges.isChecked(),
        )

    @Slot()
    def _ask(self) -> None:
        self.finder.ask(self.cleaning)
        if not self._lines:
            self.told.setText(tr("Looking for lines…"))

    @Slot(object)
    def _show_found(self, found: Found) -> None:
        self._lines = found.lines
        self.preview.set_lines(found.lines)
        if found.lines:
            points = sum(map(len, found.lines))
            words = tr("{lines} lines of {points} points")
            self.told.setText(words.format(lines=len(found.lines), points=points))
        else:
            self.told.setText(tr(REASONS.get(found.reason, found.reason)))
        self._show_buttons()

    @Slot()
    def _show_weight(self) -> None:
        self.preview.set_weight(self.weight.value() / 2 / self._scale)

    def _show_buttons(self) -> None:
        self.ink.setEnabled(bool(self._lines))
        self.redraw.setEnabled(bool(self._lines) and not self._no_model)

    @property
    def lines(self) -> tuple[Points, ...]:
        """What is shown, page px."""
        corner = np.array([self._picture.x, self._picture.y])
        scaled = (line * self._scale + corner for line in self._lines)
        return tuple(np.asarray(line, dtype=np.float32) for line in scaled)

    @Slot()
    def _on_redraw(self) -> None:
        self.redraw_wanted.emit(self.lines)
        self.accept()

    @Slot()
    def _on_ink(self) -> None:
        self.ink_wanted.emit(self.lines, self.weight.value() / 2)
        self.accept()

    @Slot()
    def _on_under(self) -> None:
        self.picture_wanted.emit(self._picture)
        self.accept()

    def _slider(self, value: float, name: str) -> Slider:
        slider = Slider()
        slider.setRange(0, _STEPS)
        slider.setValue(round(value * _STEPS))
        slider.setAccessibleName(name)
        return slider
