"""The preferences, made from the schema of the settings: pages, search and reset."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.engine.messages import EngineState
from sketchstudio.state.settings import SCHEMA, Preferences
from sketchstudio.system.language import tr
from sketchstudio.ui.dialogs.key_bindings import KeyBindings
from sketchstudio.ui.dialogs.setting_rows import SettingRow

SHORTCUTS = "Shortcuts"
PAGES = (*dict.fromkeys(entry.page for entry in SCHEMA.values() if entry.page), SHORTCUTS)
"""Pages in English, in the order of the list."""


class PreferencesDialog(QDialog):
    """What is changed takes effect at once, so there is nothing to confirm.

    Args:
        preferences: What is set.
        state: The engine, for what device the model runs on.
        parent: The window.
    """

    def __init__(
        self, preferences: Preferences, state: EngineState, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Preferences"))
        self._preferences = preferences
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName(tr("Search the preferences"))
        self.pages = QListWidget()
        self.pages.setObjectName("pages")
        self.pages.setAccessibleName(tr("Pages"))
        self.pages.addItems([tr(page) for page in PAGES])
        widest = max(self.pages.sizeHintForColumn(0) + 24, 120)
        self.pages.setFixedWidth(widest)

        self.rows: dict[str, SettingRow] = {}
        self._headings: dict[str, QLabel] = {}
        self.keys = KeyBindings(preferences)
        rows = QWidget()
        self._column = QVBoxLayout(rows)
        self._column.setContentsMargins(20, 8, 20, 8)
        for page in PAGES:
            self._add_page(page)
        self._column.addStretch(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(rows)
        self._nothing = QLabel(tr("Nothing is called so."))
        self._nothing.setProperty("role", "muted")
        self._column.addWidget(self._nothing, 0, Qt.AlignmentFlag.AlignHCenter)

        self.reset_page = QPushButton(tr("Reset this page"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.reset_page, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.rejected.connect(self.reject)
        side = QVBoxLayout()
        side.addWidget(self.search)
        side.addWidget(self.pages, 1)
        self.search.setFixedWidth(widest)
        middle = QHBoxLayout()
        middle.addLayout(side)
        middle.addWidget(area, 1)
        layout = QVBoxLayout(self)
        layout.addLayout(middle, 1)
        layout.addWidget(buttons)
        self.resize(760, 560)

        if state.usable:
            row = self.rows["device"]
            row.setToolTip(tr("Now: {device}").format(device=state.detail))
        self.search.textChanged.connect(self._show)
        self.pages.currentRowChanged.connect(self._on_page)
        self.reset_page.clicked.connect(self._on_reset_page)
        self.pages.setCurrentRow(0)
        self.search.setFocus()

    def show_page(self, page: str) -> None:
        """Show a page of ``PAGES``."""
        self.pages.setCurrentRow(PAGES.index(page))

    def _add_page(self, page: str) -> None:
        heading = QLabel(tr(page))
        heading.setProperty("role", "title")
        heading.setContentsMargins(0, 8, 0, 6)
        self._headings[page] = heading
        self._column.addWidget(heading)
        if page == SHORTCUTS:
            self._column.addWidget(self.keys, 1)
        for name, entry in SCHEMA.items():
            if entry.page == page:
                self.rows[name] = SettingRow(name, self._preferences)
                self._column.addWidget(self.rows[name])

    @property
    def _page(self) -> str:
        return PAGES[max(0, self.pages.currentRow())]

    @Slot()
    def _on_page(self) -> None:
        self.search.clear()
        self._show()

    @Slot()
    def _show(self) -> None:
        wanted = self.search.text().strip().casefold()
        shown = set()
        for name, row in self.rows.items():
            page = SCHEMA[name].page
            fits = wanted in row.words if wanted else page == self._page
            row.setVisible(fits)
            if fits:
                shown.add(page)
        keys = self.keys.filter(wanted)
        if keys if wanted else self._page == SHORTCUTS:
            shown.add(SHORTCUTS)
        self.keys.setVisible(SHORTCUTS in shown)
        for page, heading in self._headings.items():
            heading.setVisible(page in shown)
        self._nothing.setVisible(not shown)
        self.reset_page.setEnabled(not wanted)
        # Rows keep to the top; the list of keys takes all the room there is.
        self._column.setStretch(self._column.count() - 2, 0 if SHORTCUTS in shown else 1)

    @Slot()
    def _on_reset_page(self) -> None:
        for name, entry in SCHEMA.items():
            if entry.page == self._page:
                self._preferences.reset(name)
        if self._page == SHORTCUTS:
            self._preferences.reset("shortcuts")
