"""A popup to choose a category or a kept code, by its picture or by typing its name."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListView,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.engine.messages import Sketch
from sketchstudio.formats.code_files import NamedCode
from sketchstudio.state.settings import RECENT_CATEGORIES, Preferences
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.popup import open_by
from sketchstudio.ui.panels.sketch_view import sketch_pixmap

_PICTURE = 56
_CELL = QSize(88, 94)
_COLUMNS = 4
_NAME = Qt.ItemDataRole.UserRole  # of the category, as the model knows it
_KEPT = _NAME + 1  # a kept code in its place


class CategoryPicker(QFrame):
    """Search field, pictures in a grid and, where wanted, the person's own drawing.

    What was chosen last comes first.

    Args:
        parent: The window.
        preferences: Remember what was chosen.
        with_drawing: Offer the person's drawing, the proposal and files, too.

    Signals:
        picked: The category chosen.
        kept_picked: The kept code chosen.
        drawing_picked: The person's drawing was chosen.
        proposal_picked: What the model proposes was chosen.
        file_wanted: A drawing or picture shall be opened.
    """

    picked = Signal(str)
    kept_picked = Signal(object)
    drawing_picked = Signal()
    proposal_picked = Signal()
    file_wanted = Signal()

    def __init__(self, parent: QWidget, preferences: Preferences, with_drawing: bool) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._preferences = preferences
        self._names: tuple[str, ...] = ()
        self._title = QLabel()
        self._title.setProperty("role", "title")
        self.die = QToolButton()
        self.die.setProperty("role", "field")
        self.die.setToolTip(tr("Any of them, by chance"))
        self.die.setAccessibleName(tr("Any of them, by chance"))
        set_icon(self.die, "again")
        self._search = QLineEdit()
        self._search.setPlaceholderText(tr("Search"))
        self._search.setClearButtonEnabled(True)
        self._search.setAccessibleName(tr("Search categories"))
        self._list = QListWidget()
        self._list.setViewMode(QListView.ViewMode.IconMode)
        self._list.setResizeMode(QListView.ResizeMode.Adjust)
        self._list.setMovement(QListView.Movement.Static)
        self._list.setIconSize(QSize(_PICTURE, _PICTURE))
        self._list.setGridSize(_CELL)
        self._list.setWordWrap(True)
        self._list.setTextElideMode(Qt.TextElideMode.ElideNone)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setAccessibleName(tr("Categories"))
        self._list.setFixedSize(_CELL.width() * _COLUMNS + 22, _CELL.height() * 4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 10, 10, 10)
        layout.addWidget(self._title)
        row = QHBoxLayout()
        row.addWidget(self._search, 1)
        row.addWidget(self.die)
        layout.addLayout(row)
        layout.addWidget(self._list)
        self._proposal = QPushButton(tr("Use the proposal"), self)
        self._proposal.setVisible(with_drawing)
        if with_drawing:
            button = QPushButton(tr("Use my drawing"))
            button.setToolTip(tr("The selected strokes, or the whole drawing"))
            set_icon(button, "pen")
            button.clicked.connect(self._on_drawing)
            layout.addWidget(button)
            file = QPushButton(tr("From a file…"))
            file.setToolTip(tr("A drawing, a picture, or a photo of one on paper"))
            file.clicked.connect(self._on_file)
            set_icon(self._proposal, "complete")
            self._proposal.clicked.connect(self._on_proposal)
            row = QHBoxLayout()
            row.addWidget(self._proposal, 1)
            row.addWidget(file, 1)
            layout.addLayout(row)
        self.die.clicked.connect(self._on_die)
        self._search.textChanged.connect(self._on_search)
        self._search.returnPressed.connect(self._on_return)
        self._search.installEventFilter(self)
        self._list.itemClicked.connect(self._choose)
        self._list.itemActivated.connect(self._choose)

    def set_categories(
        self,
        names: Sequence[str],
        pictures: Mapping[str, Sketch],
        kept: Sequence[NamedCode] = (),
    ) -> None:
        """Offer these categories, with the pictures there are, box units; before them codes."""
        self._list.clear()
        self._names = tuple(names)
        for code in kept:
            self._add(code.name, code.name, code.sketch).setData(_KEPT, code)
        recent = [name for name in self._preferences.values.recent_categories if name in names]
        others = sorted(set(names).difference(recent), key=tr)
        for name in (*recent, *others):
            self._add(tr(name), name, pictures.get(name, ()))
        self._on_search(self._search.text())

    def set_proposal(self, there: bool) -> None:
        """Offer what the model proposes, where it does."""
        self._proposal.setEnabled(there)
        self._proposal.setToolTip("" if there else tr("The model proposes nothing now"))

    def _add(self, shown: str, name: str, sketch: Sketch) -> QListWidgetItem:
        item = QListWidgetItem(shown)
        item.setData(_NAME, name)
        item.setSizeHint(_CELL)
        item.setTextAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        if sketch:
            color, density = theme.current().text, self.devicePixelRatioF()
            pixmap = sketch_pixmap(sketch, _PICTURE, color, density)
            icon = QIcon(pixmap)
            icon.addPixmap(pixmap, QIcon.Mode.Selected)
            item.setIcon(icon)
        self._list.addItem(item)
        return item

    def put_first(self, names: Sequence[str]) -> None:
        """Move these categories to the top, where the return key takes the first of them."""
        for row, name in enumerate(names):
            rows = range(row, self._list.count())
            found = next((i for i in rows if self._list.item(i).data(_NAME) == name), None)
            if found is not None:
                self._list.insertItem(row, self._list.takeItem(found))
        if names and not self._search.text():
            self._list.setCurrentRow(0)

    def open_by(self, button: QWidget, title: str = "") -> None:
        """Show by the button that asks for a category, ready to type; ``title`` says what for."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._search.clear()
        open_by(self, button)
        self._search.setFocus()

    @Slot(str)
    def _on_search(self, text: str) -> None:
        wanted = text.strip().casefold()
        first: QListWidgetItem | None = None
        for row in range(self._list.count()):
            item = self._list.item(row)
            said = f"{item.text()}\n{item.data(_NAME)}".casefold()
            hidden = wanted not in said
            item.setHidden(hidden)
            if not hidden and first is None:
                first = item
        if wanted and first is not None:
            self._list.setCurrentItem(first)
        else:
            self._list.setCurrentRow(-1)

    @Slot()
    def _on_return(self) -> None:
        item = self._list.currentItem()
        if item is not None and not item.isHidden():
            self._choose(item)

    @Slot(QListWidgetItem)
    def _choose(self, item: QListWidgetItem) -> None:
        if self.isVisible():  # a click and its activation are one choice
            self.close()
            kept = item.data(_KEPT)
            if kept is not None:
                self.kept_picked.emit(kept)
            else:
                self._pick(item.data(_NAME))

    @Slot()
    def _on_die(self) -> None:
        if self._names:
            self.close()
            self._pick(random.choice(self._names))

    def _pick(self, name: str) -> None:
        others = (one for one in self._preferences.values.recent_categories if one != name)
        self._preferences.set("recent_categories", [name, *others][:RECENT_CATEGORIES])
        self.picked.emit(name)

    @Slot()
    def _on_drawing(self) -> None:
        self.close()
        self.drawing_picked.emit()

    @Slot()
    def _on_proposal(self) -> None:
        self.close()
        self.proposal_picked.emit()

    @Slot()
    def _on_file(self) -> None:
        self.close()
        self.file_wanted.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        arrows = (Qt.Key.Key_Down, Qt.Key.Key_Up)
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in arrows
        ):
            self._list.setFocus()
            if self._list.currentRow() < 0:
                self._list.setCurrentRow(0)
            return True
        return super().eventFilter(watched, event)
