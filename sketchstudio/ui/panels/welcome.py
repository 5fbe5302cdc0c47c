"""Cards on an empty page: drawings used lately, and samples."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QIcon, QImage, QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.system.language import tr
from sketchstudio.ui.recent import RecentFiles, picture_in
from sketchstudio.ui.samples import samples

_CARD = QSize(132, 99)  # px, of the picture
_CARDS = 4
_GAP = 8


class Welcome(QFrame):
    """A row of cards; the page around it takes ink as ever.

    Args:
        session: It is shown while there is no ink.
        preferences: Whether it is wanted.
        recent: Files used lately; where there are none, samples are offered.
        parent: The canvas area.

    Signals:
        file_chosen: Path of a file to open.
        sample_chosen: Path and title of a sample to open as a new drawing.
        resized: It takes another size now.
    """

    file_chosen = Signal(Path)
    sample_chosen = Signal(Path, str)
    resized = Signal()

    def __init__(
        self, session: Session, preferences: Preferences, recent: RecentFiles, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setObjectName("welcome")
        self._session = session
        self._preferences = preferences
        self._recent = recent
        self._title = QLabel()
        self._title.setProperty("role", "muted")
        self._row = QHBoxLayout()
        self._row.setSpacing(_GAP)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 14)
        layout.addWidget(self._title)
        layout.addLayout(self._row)
        self.cards: list[Card] = []
        self.hide()

    def start(self) -> None:
        """Show the cards from now on: pictures are read once the window is up."""
        self._session.document_changed.connect(self._show)
        self._preferences.changed.connect(self._show)
        self._recent.changed.connect(self._show)
        self._show()

    def fit(self, width: int) -> None:
        """Show as many cards as fit, px."""
        for count, card in enumerate(self.cards, start=1):
            card.setVisible(count * (card.width() + _GAP) + 2 * _GAP <= width)
        self._row.invalidate()
        self.adjustSize()

    @Slot()
    def _show(self) -> None:
        document = self._session.document
        empty = next(document.strokes(), None) is None and document.page.picture is None
        wanted = empty and self._preferences.values.welcome and self._session.path is None
        if wanted and self.isHidden():
            self._fill()
        self.setVisible(wanted and bool(self.cards))
        self.resized.emit()

    def _fill(self) -> None:
        for card in self.cards:
            self._row.removeWidget(card)
            card.deleteLater()
        self.cards = []
        files = self._recent.paths()[:_CARDS]
        if files:
            self._title.setText(tr("Go on with a drawing"))
            for path in files:
                self._add(path.stem, path, self._recent.picture(path), self._open_file)
        else:
            self._title.setText(tr("Or look at what the model drew"))
            for title, path in samples()[:_CARDS]:
                self._add(title, path, picture_in(path), self._open_sample)

    def _add(
        self, title: str, path: Path, picture: QImage, slot: Callable[[Path, str], None]
    ) -> None:
        card = Card(title, path, picture)
        card.chosen.connect(slot)
        self.cards.append(card)
        self._row.addWidget(card)

    @Slot(Path, str)
    def _open_file(self, path: Path, _title: str) -> None:
        self.file_chosen.emit(path)

    @Slot(Path, str)
    def _open_sample(self, path: Path, title: str) -> None:
        self.sample_chosen.emit(path, title)


class Card(QToolButton):
    """A picture with a name.

    Signals:
        chosen: Its path and title.
    """

    chosen = Signal(Path, str)

    def __init__(self, title: str, path: Path, picture: QImage) -> None:
        super().__init__()
        self._path, self._title = path, title
        self.setProperty("role", "card")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(_CARD)
        if not picture.isNull():
            picture.setDevicePixelRatio(picture.width() / _CARD.width())
            self.setIcon(QIcon(QPixmap.fromImage(picture)))
        width = _CARD.width() + 12
        self.setFixedWidth(width)
        room = width - 16
        self.setText(self.fontMetrics().elidedText(title, Qt.TextElideMode.ElideMiddle, room))
        self.setAccessibleName(tr("Open {name}").format(name=title))
        self.setToolTip(str(path) if self.text() != title else title)
        self.clicked.connect(self._on_clicked)

    @Slot()
    def _on_clicked(self) -> None:
        self.chosen.emit(self._path, self._title)
