"""The dialog that sets the page: its size, its paper and what is printed on it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, Slot
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QColorDialog,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.document import Page, Pattern
from sketchstudio.core.edits import PageChanged
from sketchstudio.state.session import Session
from sketchstudio.system.language import mark, tr

SIZES = {
    "A4": (794.0, 1123.0),
    "A5": (559.0, 794.0),
    "Letter": (816.0, 1056.0),
    "Square": (1000.0, 1000.0),
}
"""Upright sheets, page px at 96 to the inch."""

_LARGEST = 1_000_000  # page px, as in files
_SPACINGS = (2, 10_000)  # page px, as in files
_ENDLESS, _CUSTOM = "endless", "custom"
_NAMES = {
    _ENDLESS: mark("Endless"),
    "A4": "A4",
    "A5": "A5",
    "Letter": mark("Letter"),
    "Square": mark("Square"),
    _CUSTOM: mark("Custom"),
}
_PATTERNS = {
    Pattern.PLAIN: mark("Plain"),
    Pattern.GRID: mark("Grid"),
    Pattern.DOTS: mark("Dots"),
    Pattern.LINES: mark("Lines"),
}
_PAPERS = {
    mark("White"): "#ffffff",
    mark("Ivory"): "#fdf6e3",
    mark("Grey"): "#e7e7ea",
    mark("Blue"): "#e8f1fb",
    mark("Slate"): "#2b2e36",
    mark("Black"): "#141416",
}


class PageDialog(QDialog):
    """Shows every change at once; all of them are one undo step, or none if it is cancelled.

    Args:
        session: Whose page is set.
        parent: The window.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Page"))
        self._gesture = object()
        self._session = session
        self._first = session.document.page
        self.size_box = QComboBox()
        for key, name in _NAMES.items():
            self.size_box.addItem(tr(name), key)
        self.across, self.down = self._length(), self._length()
        self.across.setAccessibleName(tr("Width of the page"))
        self.down.setAccessibleName(tr("Height of the page"))
        self.turn = QPushButton(tr("Swap"))
        self.turn.setToolTip(tr("Upright or lying"))
        lengths = QHBoxLayout()
        lengths.setSpacing(8)
        for widget in (self.across, self.down, self.turn):
            lengths.addWidget(widget)
        self.pattern_box = QComboBox()
        for pattern, name in _PATTERNS.items():
            self.pattern_box.addItem(tr(name), pattern)
        self.spacing = QSpinBox()
        self.spacing.setRange(*_SPACINGS)
        self.spacing.setSingleStep(4)
        self.spacing.setSuffix(" px")
        self.spacing.lineEdit().setTextMargins(5, 0, 5, 0)
        self.paper_box = QComboBox()
        for name, color in _PAPERS.items():
            self.paper_box.addItem(_swatch(color), tr(name), color)
        self.other_color = QPushButton(tr("Other…"))
        self.other_color.setAccessibleName(tr("Other colour of the paper"))
        self.paper_box.setAccessibleName(tr("Paper"))
        papers = QHBoxLayout()
        papers.setSpacing(8)
        papers.addWidget(self.paper_box, 1)
        papers.addWidget(self.other_color)
        form = QGridLayout()
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(10)
        fields: tuple[tuple[str, QHBoxLayout | QComboBox | QSpinBox, QWidget], ...] = (
            (tr("Size"), self.size_box, self.size_box),
            (tr("Width, height"), lengths, self.across),
            (tr("Paper"), papers, self.paper_box),
            (tr("Printed with"), self.pattern_box, self.pattern_box),
            (tr("Spacing"), self.spacing, self.spacing),
        )
        for row, (text, field, buddy) in enumerate(fields):
            label = QLabel(text)
            label.setBuddy(buddy)
            form.addWidget(label, row, 0)
            if isinstance(field, QHBoxLayout):
                form.addLayout(field, row, 1)
            else:
                field.setAccessibleName(text)
                form.addWidget(field, row, 1)
        button = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(button.Ok | button.Cancel)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setSpacing(14)
        layout.addLayout(form)
        layout.addWidget(buttons)
        self._show()
        self.size_box.activated.connect(self._on_size)
        self.across.valueChanged.connect(self._on_across)
        self.down.valueChanged.connect(self._on_down)
        self.turn.clicked.connect(self._on_swap)
        self.pattern_box.activated.connect(self._on_pattern)
        self.spacing.valueChanged.connect(self._on_spacing)
        self.paper_box.activated.connect(self._on_paper)
        self.other_color.clicked.connect(self._on_other_color)

    @property
    def _page(self) -> Page:
        return self._session.document.page

    def _set(self, page: Page) -> None:
        # All that is done in this dialog is one step.
        self._session.execute(PageChanged(self._page, page), self._gesture)
        self._show()

    def _show(self) -> None:
        page = self._page
        blocked = (self.across, self.down, self.spacing)
        blockers = [QSignalBlocker(widget) for widget in blocked]
        self.size_box.setCurrentIndex(self.size_box.findData(_key_of(page)))
        for box, length in zip((self.across, self.down), page.size or (0, 0), strict=True):
            box.setEnabled(page.size is not None)
            box.setValue(round(length))
        self.turn.setEnabled(page.size is not None and page.size[0] != page.size[1])
        self.pattern_box.setCurrentIndex(self.pattern_box.findData(page.pattern))
        self.spacing.setValue(round(page.spacing))
        self.spacing.setEnabled(page.pattern is not Pattern.PLAIN)
        if self.paper_box.findData(page.paper) < 0:
            self.paper_box.addItem(_swatch(page.paper), page.paper, page.paper)
        self.paper_box.setCurrentIndex(self.paper_box.findData(page.paper))
        for blocker in blockers:
            blocker.unblock()

    @Slot()
    def _on_size(self) -> None:
        key = self.size_box.currentData()
        if key == _ENDLESS:
            self._set(replace(self._page, size=None))
        else:
            size = SIZES.get(key) or self._page.size or SIZES["A4"]
            lying = self._page.size is not None and self._page.size[0] > self._page.size[1]
            self._set(replace(self._page, size=(size[1], size[0]) if lying else size))

    @Slot(int)
    def _on_across(self, width: int) -> None:
        if self._page.size is not None:
            self._set(replace(self._page, size=(float(max(width, 1)), self._page.size[1])))

    @Slot(int)
    def _on_down(self, height: int) -> None:
        if self._page.size is not None:
            self._set(replace(self._page, size=(self._page.size[0], float(max(height, 1)))))

    @Slot()
    def _on_swap(self) -> None:
        if self._page.size is not None:
            width, height = self._page.size
            self._set(replace(self._page, size=(height, width)))

    @Slot()
    def _on_pattern(self) -> None:
        self._set(replace(self._page, pattern=Pattern(self.pattern_box.currentData())))

    @Slot()
    def _on_spacing(self) -> None:
        self._set(replace(self._page, spacing=float(self.spacing.value())))

    @Slot()
    def _on_paper(self) -> None:
        self._set(replace(self._page, paper=self.paper_box.currentData()))

    @Slot()
    def _on_other_color(self) -> None:
        color = QColorDialog.getColor(QColor(self._page.paper), self, tr("Paper"))
        if color.isValid():
            self._set(replace(self._page, paper=color.name()))

    def reject(self) -> None:
        self._set(self._first)
        super().reject()

    def _length(self) -> QSpinBox:
        box = QSpinBox()
        box.setRange(0, _LARGEST)
        box.setSuffix(" px")
        box.setSpecialValueText("-")
        box.setKeyboardTracking(False)
        box.lineEdit().setTextMargins(5, 0, 5, 0)
        return box


def _key_of(page: Page) -> str:
    if page.size is None:
        return _ENDLESS
    width, height = page.size
    upright = (min(width, height), max(width, height))
    return next((key for key, size in SIZES.items() if size == upright), _CUSTOM)


def _swatch(color: str) -> QIcon:
    pixmap = QPixmap(32, 32)
    pixmap.fill(QColor(color))
    painter = QPainter(pixmap)
    painter.setPen(QPen(QColor("#8a8a95"), 2))
    painter.drawRect(1, 1, 30, 30)
    painter.end()
    return QIcon(pixmap)
