"""The alternatives of a proposal, as a row of small pictures to choose from and to pin."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QEnterEvent, QIcon, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QMenu, QToolButton, QWidget

from sketchstudio.core.sampling import Drawn
from sketchstudio.engine.messages import Sketch
from sketchstudio.state.choices import Choices
from sketchstudio.system.language import tr
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.thumbnail import thumbnail

_SIDE = 46
_PIN = 18  # side of the pin in a picture's corner
_NOTCH = 120  # eighths of a degree, one click of most wheels
_COLUMNS = (9, 5, 3)  # in one row, two or three


class Alternatives(QWidget):
    """Pictures of the alternatives; the chosen one is framed, the pinned ones have a pin.

    Signals:
        picked: Place of the one clicked.
        accepted: One was double-clicked.
        pin_toggled: Place of one that shall be pinned, or not any more.
        alike_wanted: Place of one that others like it are wanted of.
        stepped: The wheel was turned: the next one shall be shown (1), or the one before (-1).
    """

    picked = Signal(int)
    accepted = Signal()
    pin_toggled = Signal(int)
    alike_wanted = Signal(int)
    stepped = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.picked)
        self._columns = _COLUMNS[0]
        self._turned = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 2)
        self._grid.setSpacing(3)
        for beside in (0, _COLUMNS[0] + 1):  # keeps them together in the middle
            self._grid.setColumnStretch(beside, 1)

    @property
    def buttons(self) -> list[_Picture]:
        """One for each place."""
        return [button for button in self._group.buttons() if isinstance(button, _Picture)]

    def show_choices(self, ink: Sketch, choices: Choices, adds: bool) -> None:
        """Show them, or nothing where there are no places.

        Args:
            ink: What they are about, page px.
            choices: The alternatives, page px.
            adds: They add to the ink and are shown with it; else they replace it.
        """
        self._have_places(len(choices.places))
        ink = ink if adds else ()
        for place, (button, drawn) in enumerate(zip(self.buttons, choices.places, strict=True)):
            button.show_drawn(place, len(choices.places), ink, drawn, drawn in choices.pinned)
        chosen = self._group.button(-1 if choices.chosen is None else choices.chosen)
        self._group.setExclusive(chosen is not None)
        for button in self.buttons:
            button.setChecked(button is chosen)
        self.setVisible(len(choices.places) > 1)

    def set_room(self, width: int) -> None:
        """Use as many rows as it takes to stay within a width, px."""
        buttons = self.buttons
        each = buttons[0].sizeHint().width() + self._grid.spacing() if buttons else 1
        columns = next((n for n in _COLUMNS if n * each <= width), _COLUMNS[-1])
        if columns != self._columns:
            self._columns = columns
            for index, button in enumerate(buttons):
                self._grid.removeWidget(button)
                self._put(button, index)

    def _have_places(self, count: int) -> None:
        for button in self.buttons[count:]:
            self._group.removeButton(button)
            self._grid.removeWidget(button)
            button.deleteLater()
        for place in range(len(self.buttons), count):
            button = _Picture()
            button.double_clicked.connect(self.accepted)
            button.pin_toggled.connect(self._on_pin)
            button.alike_wanted.connect(self._on_alike)
            self._group.addButton(button, place)
            self._put(button, place)
            button.ensurePolished()  # the bar takes its size before they are shown

    def _put(self, button: QWidget, place: int) -> None:
        row, column = divmod(place, self._columns)
        self._grid.addWidget(button, row, 1 + column)

    @Slot()
    def _on_pin(self) -> None:
        self.pin_toggled.emit(self._place_of(self.sender()))

    @Slot()
    def _on_alike(self) -> None:
        self.alike_wanted.emit(self._place_of(self.sender()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y()
        while abs(self._turned) >= _NOTCH:
            way = 1 if self._turned > 0 else -1
            self._turned -= way * _NOTCH
            self.stepped.emit(-way)
        event.accept()

    def _place_of(self, button: object) -> int:
        assert isinstance(button, _Picture)
        return self._group.id(button)


class _Picture(QToolButton):
    """One place; its pin is seen while it is pinned or pointed at.

    Signals:
        double_clicked: To be accepted.
        pin_toggled: To be pinned, or let go.
        alike_wanted: Others like it are wanted.
    """

    double_clicked = Signal()
    pin_toggled = Signal()
    alike_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._drawn: Drawn | None = None
        self._pinned = False
        self.setProperty("role", "picture")
        self.setCheckable(True)
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the canvas's keys go on working
        self.pin = QToolButton(self)
        self.pin.setProperty("role", "pin")
        self.pin.setCheckable(True)
        self.pin.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.pin.setFixedSize(_PIN, _PIN)
        set_icon(self.pin, "pin")
        self.pin.setIconSize(QSize(_PIN - 4, _PIN - 4))
        self.pin.clicked.connect(self.pin_toggled)
        self.pin.hide()

    def show_drawn(
        self, place: int, count: int, ink: Sketch, drawn: Drawn | None, pinned: bool
    ) -> None:
        """Show an alternative, or empty paper while there is none."""
        name = tr("Alternative {number} of {count}").format(number=place + 1, count=count)
        if drawn is None:
            name += f": {tr('being drawn')}"
        elif drawn.category:
            name += f": {tr(drawn.category)}"
        new = drawn is not self._drawn or self.icon().isNull()
        self._drawn, self._pinned = drawn, pinned
        said = f"{name}, {tr('pinned')}" if pinned else name
        seed = tr("Seed {seed}").format(seed=drawn.seed) if drawn else ""
        self.setToolTip(f"{said}\n{seed}".rstrip())
        self.setAccessibleName(said)
        self.setEnabled(drawn is not None)
        if new:
            strokes = drawn.strokes if drawn else ()
            density = self.devicePixelRatioF()
            picture = thumbnail(ink if drawn else (), strokes, _SIDE, density)
            icon = QIcon(picture)
            icon.addPixmap(picture, QIcon.Mode.Disabled)
            self.setIcon(icon)
        self.pin.setChecked(pinned)
        self.pin.setToolTip(tr("Let it go") if pinned else tr("Pin: it stays when others come"))
        self.pin.setAccessibleName(tr("Pin"))
        self._show_pin(self.underMouse())

    def _show_pin(self, pointed_at: bool) -> None:
        self.pin.setVisible(self._drawn is not None and (self._pinned or pointed_at))

    def enterEvent(self, event: QEnterEvent) -> None:
        self._show_pin(True)
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._show_pin(False)
        super().leaveEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self.pin.move(self.width() - _PIN - 3, 3)
        super().resizeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.addAction(tr("Let It Go") if self._pinned else tr("Pin"), self.pin_toggled.emit)
        menu.addAction(tr("More Like This"), self.alike_wanted.emit)
        menu.exec(event.globalPos())
        menu.deleteLater()

    def mouseDoubleClickEvent(self, event: object) -> None:
        self.double_clicked.emit()
