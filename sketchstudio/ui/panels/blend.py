"""The Blend panel: what is blended, where between, and what the model draws there."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.engine.messages import EngineState, Place, Status
from sketchstudio.formats.code_files import NamedCode
from sketchstudio.state.blending import Blending
from sketchstudio.state.morphing import Morphing
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import tr
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.between import BetweenSlider
from sketchstudio.ui.panels.blend_difference import DifferenceControls
from sketchstudio.ui.panels.blend_end import EndButton
from sketchstudio.ui.panels.blend_pad import BlendPad
from sketchstudio.ui.panels.code_list import CodeList
from sketchstudio.ui.panels.engine_indicator import remedy
from sketchstudio.ui.panels.fold import Fold
from sketchstudio.ui.panels.sampling import SamplingControls
from sketchstudio.ui.panels.sketch_view import SketchView
from sketchstudio.ui.panels.strip import Strip
from sketchstudio.ui.window_actions import WindowAction, follow

_WIDTH = 288
_PICTURE = 64
_VIEW_HEIGHT = 190

MORE = ("blend_put_strip", "blend_export", "-", "blend_straight", "blend_beyond")
CODES = ("codes_import", "codes_export")


class BlendPanel(QWidget):
    """Shows a `Blending` and lets the person change it.

    Args:
        blending: What is shown.
        morphing: Plays it.
        tools: In whose colour sketches are shown.
        actions: Of the window, by id.
        parent: As in Qt.

    Signals:
        pick_wanted: The end of that number shall be chosen, by that widget.
    """

    pick_wanted = Signal(int, QWidget)

    def __init__(
        self,
        blending: Blending,
        morphing: Morphing,
        tools: ToolState,
        actions: Mapping[str, WindowAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("blend_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._blending, self._morphing, self._actions = blending, morphing, actions
        self.ends = (EndButton("A", _PICTURE), EndButton("B", _PICTURE))
        self._swap = QToolButton()
        set_icon(self._swap, "swap")
        follow(self._swap, actions["blend_swap"])
        self.strip = Strip()
        self.slider = BetweenSlider()
        self.pad = BlendPad()
        self.view = SketchView()
        self.view.setFixedHeight(_VIEW_HEIGHT)
        self.put = QPushButton(tr("Put on canvas"))
        self.put.setProperty("role", "primary")
        set_icon(self.put, "place", on_accent=True)
        follow(self.put, actions["blend_put"])
        self.sampling = SamplingControls()
        self.difference = DifferenceControls(blending)
        self.codes = CodeList(
            blending.library, actions["blend_keep"], self._menu(tr("My codes"), CODES)
        )
        self.folds = (
            Fold("sampling", tr("Temperature and seed"), self.sampling),
            Fold("difference", tr("Add a difference"), self.difference),
            Fold("codes", tr("My codes"), self.codes),
        )
        self._lay_out()
        self._connect(blending, tools)
        self._on_style(tools.style)
        self._show_ends()
        self.set_engine_state(EngineState())

    def set_engine_state(self, state: EngineState) -> None:
        """Enable what can be used, and say why the rest cannot."""
        for control in (*self.ends, self.strip, self.slider, self.pad, self.sampling):
            control.setEnabled(state.usable)
        self.difference.setEnabled(state.usable)
        if state.status is Status.LOADING:
            self.view.set_text(tr("Blends appear here once the model is loaded."))
        elif state.status is Status.FAILED:
            words = tr("Blending needs the model, which could not be loaded.")
            self.view.set_text(f"{words}\n\n{remedy()}")
        else:
            self.view.set_text("")

    def refresh(self) -> None:
        """Take over a new theme."""
        self._show_ends()
        self.difference.show_difference()
        self.codes.show_codes()

    @property
    def open_folds(self) -> list[str]:
        """Ids of the parts that are open."""
        return [fold.id for fold in self.folds if fold.is_open]

    def open_fold(self, id: str) -> None:
        """Open the part with that id."""
        for fold in self.folds:
            if fold.id == id:
                fold.set_open(True)

    def _lay_out(self) -> None:
        heading = QLabel(tr("Blend"))
        heading.setProperty("role", "title")
        top = QHBoxLayout()
        top.addWidget(heading, 1)
        top.addWidget(self._button("blend_pad"))
        self._line = QWidget()
        ends = QHBoxLayout()
        ends.setSpacing(4)
        ends.addWidget(self.ends[0], 1)
        ends.addWidget(self._swap)
        ends.addWidget(self.ends[1], 1)
        line = QVBoxLayout(self._line)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        line.addLayout(ends)
        line.addSpacing(8)
        line.addWidget(self.strip)
        line.addWidget(self.slider)
        more = QToolButton()
        set_icon(more, "menu")
        more.setProperty("role", "field")
        more.setProperty("shape", "square")
        more.setMenu(self._menu(tr("More for this blend"), MORE))
        more.setToolTip(tr("More for this blend"))
        more.setAccessibleName(tr("More for this blend"))
        more.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.play = self._button("blend_play")
        self.play.setProperty("role", "field")
        buttons = QHBoxLayout()
        buttons.setSpacing(6)
        buttons.addWidget(self.put, 1)
        buttons.addWidget(self.play)
        buttons.addWidget(more)

        content = QWidget()
        content.setObjectName("blend_content")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(16, 10, 16, 16)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self._line)
        layout.addWidget(self.pad)
        layout.addWidget(self.view)
        layout.addLayout(buttons)
        folds = QVBoxLayout()
        folds.setSpacing(4)
        for fold in self.folds:
            folds.addWidget(fold)
        layout.addLayout(folds)
        layout.addStretch(1)
        area = QScrollArea()
        area.setObjectName("blend_area")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(1, 0, 0, 0)
        outer.addWidget(area)
        bar = area.verticalScrollBar().sizeHint().width()
        self.setFixedWidth(max(_WIDTH, content.minimumSizeHint().width() + bar))  # long words

    def _connect(self, blending: Blending, tools: ToolState) -> None:
        for button in self.ends:
            button.clicked.connect(self._on_end)
            button.random_wanted.connect(self._on_random)
        self.pad.corner_clicked.connect(self._on_corner)
        self.pad.moved.connect(self._on_spot)
        self.slider.moved.connect(self._on_position)
        self.strip.picked.connect(self._on_strip)
        self.sampling.changed.connect(self._on_sampling)
        self.difference.pick_wanted.connect(self._on_difference)
        self.codes.chosen.connect(self._on_code)
        blending.changed.connect(self._show_mixture)
        blending.ends_changed.connect(self._show_ends)
        blending.sketch_changed.connect(self._show_sketch)
        blending.strip_changed.connect(self._show_strip)
        self._morphing.frame_changed.connect(self._show_frame)
        self._morphing.changed.connect(self._show_playing)
        tools.style_changed.connect(self._on_style)

    def _button(self, id: str) -> QToolButton:
        """A small button of an action that is on or off."""
        button = QToolButton()
        button.setDefaultAction(self._actions[id])
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        button.setProperty("shape", "square")
        button.setAccessibleName(self._actions[id].title)
        return button

    def _menu(self, title: str, ids: tuple[str, ...]) -> QMenu:
        menu = QMenu(title, self)
        for id in ids:
            if id == "-":
                menu.addSeparator()
            else:
                menu.addAction(self._actions[id])
        return menu

    @Slot()
    def _show_ends(self) -> None:
        for number, button in enumerate(self.ends):
            button.show_end(self._blending.end(number))
        self.pad.set_corners(self._blending.mixture.corners)
        self._show_mixture()

    @Slot()
    def _show_mixture(self) -> None:
        mixture = self._blending.mixture
        self._line.setVisible(not mixture.square)
        self.pad.setVisible(mixture.square)
        self.codes.set_corners(4 if mixture.square else 2)
        self.sampling.set_sampling(mixture.sampling)
        self._show_place(mixture.place)

    def _show_place(self, place: Place) -> None:
        low, high = self._blending.mixture.span
        self.slider.show_position(place[0], (low, high))
        self.strip.set_position((place[0] - low) / (high - low))
        self.pad.set_spot(place)

    @Slot()
    def _show_sketch(self) -> None:
        if not self._morphing.sketch:
            self.view.set_sketch(self._blending.sketch)

    @Slot()
    def _show_frame(self) -> None:
        self.view.set_sketch(self._morphing.sketch)
        self._show_place(self._morphing.place)

    @Slot()
    def _show_playing(self) -> None:
        set_icon(self._actions["blend_play"], "stop" if self._morphing.playing else "play")
        if not self._morphing.playing:
            self.view.set_sketch(self._blending.sketch)
            self._show_place(self._blending.mixture.place)

    @Slot()
    def _show_strip(self) -> None:
        sketches = self._blending.strip
        if self._blending.mixture.square:
            self.pad.set_sketches(sketches)
        else:
            self.strip.set_sketches(sketches)

    @Slot(object)
    def _on_style(self, style: StrokeStyle) -> None:
        self.view.set_color(style.color)

    @Slot(float)
    def _on_strip(self, share: float) -> None:
        low, high = self._blending.mixture.span
        self._blending.set_position(low + (high - low) * share)

    @Slot(float)
    def _on_position(self, position: float) -> None:
        self._blending.set_position(position)

    @Slot(object)
    def _on_spot(self, spot: Place) -> None:
        self._blending.change(spot=spot)

    @Slot(object)
    def _on_sampling(self, sampling: Sampling) -> None:
        self._blending.set_sampling(sampling)

    @Slot()
    def _on_end(self) -> None:
        button = self.sender()
        assert isinstance(button, EndButton)
        self.pick_wanted.emit(self.ends.index(button), button)

    @Slot()
    def _on_random(self) -> None:
        button = self.sender()
        assert isinstance(button, EndButton)
        self._blending.set_random(self.ends.index(button))

    @Slot(int)
    def _on_corner(self, number: int) -> None:
        self.pick_wanted.emit(number, self.pad)

    @Slot(int)
    def _on_difference(self, number: int) -> None:
        self.pick_wanted.emit(number, self.difference)

    @Slot(object, int)
    def _on_code(self, kept: NamedCode, number: int) -> None:
        self._blending.set_kept(number, kept)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._blending.set_live(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._morphing.stop()
        self._blending.set_live(False)
