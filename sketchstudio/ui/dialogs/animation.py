"""How a blend is written as an animation, and where."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.system.language import mark, tr
from sketchstudio.ui.dialogs.where import ask_where, file_name, folder_for_files

_KINDS = {
    ".gif": mark("GIF: plays everywhere"),
    ".webp": mark("WebP: smaller, for the web"),
    ".svg": mark("Animated SVG: lines that stay sharp"),
}
_SIZES = (256, 512, 1024)
_LONGEST = 12.0  # s


@dataclass(frozen=True, slots=True)
class Film:
    """What the person chose.

    Attributes:
        ending: Of the file.
        size: Side of the picture, px.
        seconds: One way.
        back: And back again.
    """

    ending: str = ".gif"
    size: int = 512
    seconds: float = 3.0
    back: bool = True


class AnimationDialog(QDialog):
    """Kind, size and length of an animation; then the place for it.

    Args:
        film: What was chosen the last time.
        folder: Used last; empty for the person's own.
        name: Of the file, to begin with.
        parent: As in Qt.

    Signals:
        chosen: A ``Path`` and a ``Film``.
    """

    chosen = Signal(object, object)

    def __init__(self, film: Film, folder: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export Animation"))
        self._folder, self._name = folder_for_files(folder), name
        self.kind = QComboBox()
        for ending, words in _KINDS.items():
            self.kind.addItem(tr(words), ending)
        self.kind.setCurrentIndex(list(_KINDS).index(film.ending))
        self.size_ = QComboBox()
        for side in _SIZES:
            self.size_.addItem(f"{side} px", side)
        self.size_.setCurrentIndex(_SIZES.index(film.size))
        self.seconds = QDoubleSpinBox()
        self.seconds.setRange(0.5, _LONGEST)
        self.seconds.setSingleStep(0.5)
        self.seconds.setDecimals(1)
        self.seconds.setSuffix(f" {tr('s')}")
        self.seconds.setValue(film.seconds)
        self.back = QCheckBox(tr("And back again"))
        self.back.setChecked(film.back)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        for words, field in (
            (tr("Kind"), self.kind),
            (tr("Size"), self.size_),
            (tr("Length"), self.seconds),
        ):
            form.addRow(QLabel(words), field)
            field.setAccessibleName(words)
        form.addRow(QLabel(), self.back)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.accepted.connect(self._on_save)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 14)
        layout.setSpacing(16)
        layout.addLayout(form)
        layout.addWidget(buttons)

    @property
    def film(self) -> Film:
        """What is chosen now."""
        return Film(
            self.kind.currentData(),
            self.size_.currentData(),
            self.seconds.value(),
            self.back.isChecked(),
        )

    @Slot()
    def _on_save(self) -> None:
        film = self.film
        start = self._folder / f"{file_name(self._name)}{film.ending}"
        kinds = {film.ending: tr(_KINDS[film.ending])}
        path = ask_where(self, tr("Export Animation"), start, kinds)
        if path is not None:
            self.accept()
            self.chosen.emit(path, film)
