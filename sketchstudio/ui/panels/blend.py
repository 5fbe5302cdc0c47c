"""The Blend panel: two ends, a slider between them, and what the model draws there."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QIcon, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.engine.messages import EngineState, Status
from sketchstudio.state.blending import Blending, End
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import tr
from sketchstudio.ui import theme
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.category_picker import CategoryPicker
from sketchstudio.ui.panels.engine_indicator import remedy
from sketchstudio.ui.panels.sampling import SamplingControls
from sketchstudio.ui.panels.sketch_view import SketchView, sketch_pixmap
from sketchstudio.ui.panels.slider import Slider
from sketchstudio.ui.panels.strip import Strip

_STEPS = 1000
_WIDTH = 288
_PICTURE = 64


class BlendPanel(QWidget):
    """Shows a `Blending` and lets the person change it.

    Signals:
        put_requested: The sketch shall go on the canvas.
        message: One line for the status bar.
    """

    put_requested = Signal()
    message = Signal(str)

    def __init__(self, blending: Blending, tools: ToolState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("blend_panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(_WIDTH)
        self._blending = blending
        self._state = EngineState()
        self._picking = 0
        self._picker = CategoryPicker(self, with_drawing=True)
        self._picker.picked.connect(self._on_picked)
        self._picker.drawing_picked.connect(self._on_drawing_picked)

        self.ends = (self._end_button("A"), self._end_button("B"))
        self.ends[0].clicked.connect(self._on_first_end)
        self.ends[1].clicked.connect(self._on_second_end)
        self._swap = QToolButton()
        self._swap.setToolTip(tr("Swap the two"))
        self._swap.setAccessibleName(tr("Swap the two"))
        set_icon(self._swap, "swap")
        self._swap.clicked.connect(blending.swap)
        self.slider = Slider()
        self.slider.setProperty("role", "between")
        self.slider.setRange(0, _STEPS)
        self.slider.setPageStep(_STEPS // 10)
        self.slider.setSingleStep(_STEPS // 100)
        self.slider.setAccessibleName(tr("Position between A and B"))
        self.slider.valueChanged.connect(self._on_slider)
        self.strip = Strip()
        self.strip.picked.connect(self._on_strip)
        self.view = SketchView()
        self.sampling = SamplingControls()
        self.sampling.set_sampling(blending.sampling)
        self.sampling.changed.connect(self._on_sampling)
        self.put = QPushButton(tr("Put on canvas"))
        self.put.setProperty("role", "primary")
        set_icon(self.put, "place", on_accent=True)
        self.put.clicked.connect(self.put_requested)
        self._lay_out()

        blending.ends_changed.connect(self._show_ends)
        blending.thumbnails_changed.connect(self._show_thumbnails)
        blending.sketch_changed.connect(self._show_sketch)
        blending.strip_changed.connect(self._show_strip)
        blending.failed.connect(self.message)
        tools.style_changed.connect(self._on_style)
        self._on_style(tools.style)
        self._show_ends()
        self.set_engine_state(EngineState())

    def set_engine_state(self, state: EngineState) -> None:
        """Enable what can be used, and say why the rest cannot."""
        self._state = state
        controls = (*self.ends, self._swap, self.strip, self.slider, self.sampling)
        for control in controls:
            control.setEnabled(state.usable)
        if state.status is Status.LOADING:
            self.view.set_text(tr("Blends appear here once the model is loaded."))
        elif state.status is Status.FAILED:
            words = tr("Blending needs the model, which could not be loaded.")
            self.view.set_text(f"{words}\n\n{remedy()}")
        else:
            self.view.set_text("")
        self._show_sketch()

    def refresh(self) -> None:
        """Take over a new theme."""
        self._show_ends()

    def _lay_out(self) -> None:
        heading = QLabel(tr("Blend"))
        heading.setProperty("role", "title")
        ends = QHBoxLayout()
        ends.setSpacing(4)
        ends.addWidget(self.ends[0], 1)
        ends.addWidget(self._swap)
        ends.addWidget(self.ends[1], 1)
        between = QVBoxLayout()
        between.setSpacing(2)
        between.addWidget(self.strip)
        between.addWidget(self.slider)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 16)
        layout.setSpacing(12)
        layout.addWidget(heading)
        layout.addLayout(ends)
        layout.addLayout(between)
        layout.addWidget(self.view)
        layout.addWidget(self.put)
        layout.addSpacing(4)
        layout.addWidget(self.sampling)
        layout.addStretch(1)

    def _end_button(self, letter: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("role", "field")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(_PICTURE, _PICTURE))
        button.setFixedHeight(_PICTURE + 40)
        button.setSizePolicy(self.sizePolicy().Policy.Expanding, self.sizePolicy().Policy.Fixed)
        button.setToolTip(tr("Choose end {letter}").format(letter=letter))
        button.setAccessibleName(tr("End {letter}").format(letter=letter))
        return button

    @Slot()
    def _show_ends(self) -> None:
        ends: tuple[End | None, End | None] = self._blending.ends or (None, None)
        for button, end, letter in zip(self.ends, ends, "AB", strict=True):
            name = tr(end.name) if end else letter
            button.setText(name[:1].upper() + name[1:])
            if end and end.sketch:
                color = theme.current().text
                density = self.devicePixelRatioF()
                button.setIcon(QIcon(sketch_pixmap(end.sketch, _PICTURE, color, density)))
            else:
                button.setIcon(QIcon())
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(self._blending.position * _STEPS))
        self.strip.set_position(self._blending.position)

    @Slot()
    def _show_thumbnails(self) -> None:
        self._picker.set_categories(self._state.categories, self._blending.thumbnails)

    @Slot()
    def _show_sketch(self) -> None:
        self.view.set_sketch(self._blending.sketch)
        ready = bool(self._blending.sketch)
        self.put.setEnabled(ready)
        self.put.setToolTip("" if ready else tr("There is no blend yet"))

    @Slot()
    def _show_strip(self) -> None:
        self.strip.set_sketches(self._blending.strip)

    @Slot(object)
    def _on_style(self, style: StrokeStyle) -> None:
        self.view.set_color(style.color)

    @Slot(float)
    def _on_strip(self, position: float) -> None:
        self.slider.setValue(round(position * _STEPS))

    @Slot(int)
    def _on_slider(self, value: int) -> None:
        self._blending.set_position(value / _STEPS)
        self.strip.set_position(value / _STEPS)

    @Slot(object)
    def _on_sampling(self, sampling: Sampling) -> None:
        self._blending.set_sampling(sampling)

    @Slot()
    def _on_first_end(self) -> None:
        self._pick(0)

    @Slot()
    def _on_second_end(self) -> None:
        self._pick(1)

    def _pick(self, side: int) -> None:
        self._picking = side
        self._show_thumbnails()
        self._picker.open_by(self.ends[side])

    @Slot(str)
    def _on_picked(self, category: str) -> None:
        self._blending.set_category(self._picking, category)

    @Slot()
    def _on_drawing_picked(self) -> None:
        if not self._blending.set_drawing(self._picking):
            self.message.emit(tr("There is no drawing yet: draw something, then choose it here."))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._blending.set_live(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._blending.set_live(False)
