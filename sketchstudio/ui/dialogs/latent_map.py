"""The window of the latent map: the plot, the sketch of a place, and what to do with it."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent, QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.code_map import Place
from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.engine.messages import EngineState, Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.latent_map import LatentMap
from sketchstudio.state.models import listed
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import tr
from sketchstudio.system.weights import weights_folder
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.engine_indicator import remedy
from sketchstudio.ui.panels.latent_map import LatentMapPlot
from sketchstudio.ui.panels.sampling import SamplingControls
from sketchstudio.ui.panels.sketch_view import SketchView

_SIDE = 256  # px, of the column beside the plot
_NAMED = 3
_LEAST_SHARE = 0.05


def how_to_get() -> str:
    """What to do for models that are missing, in two lines."""
    return tr(
        "Train one as the README says, with “--config NAME”, and export it to\n{folder}"
    ).format(folder=weights_folder())


class LatentMapDialog(QDialog):
    """Stays open beside the drawing and follows it.

    Args:
        latent_map: What it shows.
        service: For the state of the engine.
        tools: Colour of the sketches.
        parent: The window.

    Signals:
        put_requested: The sketch shall go on the canvas.
        blend_requested(object, object): Blend between two places; None leaves an end as it is.
    """

    put_requested = Signal()
    blend_requested = Signal(object, object)

    def __init__(
        self,
        latent_map: LatentMap,
        service: InferenceService,
        tools: ToolState,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Latent Map"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._map, self._service = latent_map, service
        self.plot = LatentMapPlot()
        self._waiting = QLabel()
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._waiting.setWordWrap(True)
        self._waiting.setProperty("role", "muted")
        self._waiting.setMargin(40)
        self.model = QComboBox()
        self.model.setAccessibleName(tr("Model"))
        self.category = QComboBox()
        self.category.setAccessibleName(tr("Category to go to"))
        self.category.setMaxVisibleItems(16)
        self.view = SketchView()
        self.name = QLabel()
        self.name.setWordWrap(True)
        self.name.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.put = QPushButton(tr("Put on canvas"))
        self.put.setProperty("role", "primary")
        set_icon(self.put, "place", on_accent=True)
        self.ends = tuple(self._end_button(letter) for letter in "AB")
        self.sampling = SamplingControls()
        self.sampling.set_sampling(latent_map.sampling)
        self._lay_out()
        self._connect(tools)
        self._show_models()
        self._show_map()
        self._show_sketch()
        self.plot.setFocus()

    def _end_button(self, letter: str) -> QPushButton:
        button = QPushButton(letter)
        button.setAccessibleName(tr("End {letter}").format(letter=letter))
        button.setToolTip(
            tr("Make what is here end {letter} of the Blend panel").format(letter=letter)
        )
        return button

    def _lay_out(self) -> None:
        for button in (self.put, *self.ends):
            button.setAutoDefault(False)
        hint = QLabel(tr("Point to look, click to keep, drag for the way between two places."))
        about = QLabel(tr("Neighbours are alike; gaps and far distances mean little."))
        about.setToolTip(
            tr(
                "t-SNE lays out typical drawings of each category so that those with near codes "
                "come to lie together. Who is next to whom can be trusted. How far clusters lie "
                "apart, how large they are and where on the map they lie cannot. Your drawing is "
                "put among those that are called what it looks like and have the nearest codes, "
                "and a place between drawings is drawn from a blend of the nearest."
            )
        )
        legend = QLabel(tr("★ your drawing   ✕ proposals   ✚ kept"))
        for label in (hint, about, legend):
            label.setProperty("role", "muted")
            label.setWordWrap(True)
        places = QWidget()
        self._stack = QStackedLayout(places)
        self._stack.addWidget(self.plot)
        self._stack.addWidget(self._waiting)
        blend = QHBoxLayout()
        blend.setSpacing(8)
        blend.addWidget(QLabel(tr("Blend as")))
        for button in self.ends:
            blend.addWidget(button, 1)
        side = QVBoxLayout()
        side.setSpacing(8)
        choices = QGridLayout()
        choices.setHorizontalSpacing(10)
        choices.setColumnStretch(1, 1)
        for row, (title, control) in enumerate(
            ((tr("Model"), self.model), (tr("Go to"), self.category))
        ):
            choices.addWidget(QLabel(title), row, 0)
            choices.addWidget(control, row, 1)
        side.addLayout(choices)
        side.addSpacing(4)
        side.addWidget(self.view)
        side.addWidget(self.name)
        side.addWidget(self.put)
        side.addLayout(blend)
        side.addSpacing(4)
        side.addWidget(self.sampling)
        side.addStretch(1)
        for label in (legend, hint, about):
            side.addWidget(label)
        column = QWidget()
        column.setLayout(side)
        column.setFixedWidth(_SIDE)
        side.setContentsMargins(0, 0, 0, 0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(14)
        layout.addWidget(places, 1)
        layout.addWidget(column)
        self.resize(QSize(980, 700).boundedTo(self.screen().availableSize()))

    def _connect(self, tools: ToolState) -> None:
        shown = self._map
        shown.map_changed.connect(self._show_map)
        shown.marks_changed.connect(self._show_marks)
        shown.looked_changed.connect(self._show_looked)
        shown.sketch_changed.connect(self._show_sketch)
        shown.failed.connect(self._on_failed)
        self._service.state_changed.connect(self._on_state)
        self.plot.pointed.connect(shown.look_at)
        self.plot.chosen.connect(shown.keep)
        self.plot.dragged.connect(self._on_dragged)
        self.model.activated.connect(self._on_model)
        self.category.activated.connect(self._on_category)
        self.put.clicked.connect(self.put_requested)
        self.ends[0].clicked.connect(self._on_first_end)
        self.ends[1].clicked.connect(self._on_second_end)
        self.sampling.changed.connect(self._on_sampling)
        tools.style_changed.connect(self._on_style)
        self._on_style(tools.style)

    @Slot()
    def _show_models(self) -> None:
        with QSignalBlocker(self.model):
            self.model.clear()
            entries = listed(self._service.state.model)
            for row, entry in enumerate(entries):
                self.model.addItem(entry.name, entry.name)
                note = tr(entry.note) if entry.note else ""
                tip = note if entry.present else f"{note}\n{how_to_get()}".strip()
                self.model.setItemData(row, tip, Qt.ItemDataRole.ToolTipRole)
                item = cast(QStandardItemModel, self.model.model()).item(row)
                item.setEnabled(entry.present)
                if entry.name == self._map.model:
                    self.model.setCurrentIndex(row)
        lines = [self.model.currentData(Qt.ItemDataRole.ToolTipRole)]
        missing = [entry.name for entry in entries if not entry.present]
        if missing:
            lines += [tr("Not here: {models}.").format(models=", ".join(missing)), how_to_get()]
        self.model.setToolTip("\n".join(line for line in lines if line))

    @Slot()
    def _show_map(self) -> None:
        code_map = self._map.code_map
        self.plot.set_map(code_map)
        self._stack.setCurrentIndex(0 if code_map else 1)
        state = self._service.state
        if self._map.failure:
            self._waiting.setText(self._map.failure)
        elif state.status is Status.FAILED:
            words = tr("The map needs the model, which could not be loaded.")
            self._waiting.setText(f"{words}\n\n{remedy()}")
        elif not state.usable:
            self._waiting.setText(tr("The map appears here once the model is loaded."))
        else:
            self._waiting.setText(tr("Laying out the map…"))
        with QSignalBlocker(self.category):
            self.category.clear()
            self.category.addItem(tr("A category…"))
            for name in sorted(code_map.categories, key=tr) if code_map else ():
                self.category.addItem(tr(name), name)
        self.category.setEnabled(code_map is not None)
        self._show_marks()
        self._show_looked()

    @Slot()
    def _show_marks(self) -> None:
        self.plot.set_marks(self._map.ink, self._map.ghosts)

    @Slot()
    def _show_looked(self) -> None:
        shown = self._map
        self.plot.set_looked(shown.looked, shown.kept)
        place = shown.looked or shown.kept
        shares = shown.code_map.shares(place) if shown.code_map and place else []
        named = [pair for pair in shares[:_NAMED] if pair[1] >= _LEAST_SHARE]
        if len(named) == 1:
            self.name.setText(tr(named[0][0]))
        else:
            self.name.setText(
                " · ".join(f"{tr(name)} {100 * share:.0f} %" for name, share in named)
            )

    @Slot()
    def _show_sketch(self) -> None:
        sketch = self._map.sketch
        self.view.set_sketch(sketch)
        self.view.set_text("" if sketch else tr("The sketch of the place you point at"))
        self.put.setEnabled(bool(sketch))
        blends = self._map.is_main and self._map.kept is not None
        for button in self.ends:
            button.setEnabled(blends)

    @Slot(object, object)
    def _on_dragged(self, a: Place, b: Place) -> None:
        self._map.walk(a, b)
        if self._map.is_main:
            self.blend_requested.emit(a, b)

    @Slot()
    def _on_first_end(self) -> None:
        self.blend_requested.emit(self._map.kept, None)

    @Slot()
    def _on_second_end(self) -> None:
        self.blend_requested.emit(None, self._map.kept)

    @Slot(int)
    def _on_model(self, row: int) -> None:
        self._map.set_model(self.model.itemData(row))
        self._show_models()
        self._show_map()

    @Slot(int)
    def _on_category(self, row: int) -> None:
        name, code_map = self.category.itemData(row), self._map.code_map
        if name and code_map is not None:
            place = code_map.centre(name)
            self.plot.go_to(place)
            self._map.keep(place)

    @Slot(object)
    def _on_sampling(self, sampling: Sampling) -> None:
        self._map.set_sampling(sampling)

    @Slot(object)
    def _on_style(self, style: StrokeStyle) -> None:
        self.view.set_color(style.color)

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        if self._map.code_map is None:
            self._show_models()
            self._show_map()

    @Slot(str)
    def _on_failed(self, line: str) -> None:
        self.name.setText(line)

    # Qt.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._map.set_live(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._map.set_live(False)
