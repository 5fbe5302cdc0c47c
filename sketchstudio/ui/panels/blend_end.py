"""One end of a blend, as a button with its picture and name."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QToolButton

from sketchstudio.state.mixture import End
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.sketch_view import sketch_pixmap

_DIE = 26  # px, the small button in its corner
_NAME = 14  # letters that fit


class EndButton(QToolButton):
    """Chooses an end; a die in its corner takes another drawing of the same category.

    Args:
        letter: What it is called: A to D, or + and −.
        picture: Side of its picture, px.

    Signals:
        random_wanted: Another drawing of the category shall be the end.
    """

    random_wanted = Signal()

    def __init__(self, letter: str, picture: int) -> None:
        super().__init__()
        self._letter, self._picture = letter, picture
        self.setProperty("role", "field")
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(QSize(picture, picture))
        self.setFixedHeight(picture + 40)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setToolTip(tr("Choose end {letter}").format(letter=letter))
        self.setAccessibleName(tr("End {letter}").format(letter=letter))
        self.die = QToolButton(self)
        self.die.setProperty("shape", "small")
        self.die.setFixedSize(_DIE, _DIE)
        self.die.setToolTip(tr("Another drawing of this kind"))
        self.die.setAccessibleName(tr("Another drawing for end {letter}").format(letter=letter))
        set_icon(self.die, "again")
        self.die.setIconSize(QSize(16, 16))
        self.die.clicked.connect(self.random_wanted)

    def show_end(self, end: End | None) -> None:
        """Show an end, or that there is none."""
        name = tr(end.name) if end else self._letter
        name = name[:1].upper() + name[1:]
        self.setText(name if len(name) <= _NAME else f"{name[: _NAME - 1]}…")
        self.setAccessibleDescription(name)
        self.die.setVisible(end is not None and end.code.category is not None)
        if end and end.sketch:
            color, density = theme.current().text, self.devicePixelRatioF()
            self.setIcon(QIcon(sketch_pixmap(end.sketch, self._picture, color, density)))
        else:
            self.setIcon(QIcon())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.die.move(self.width() - _DIE - 2, 2)
