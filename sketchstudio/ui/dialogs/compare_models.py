"""The window that shows one drawing through every model, side by side."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.engine.messages import EngineState, Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.comparison import Comparison
from sketchstudio.state.models import ModelEntry
from sketchstudio.state.tool_state import ToolState
from sketchstudio.system.language import tr
from sketchstudio.ui.dialogs.latent_map import how_to_get
from sketchstudio.ui.icons import set_icon
from sketchstudio.ui.panels.engine_indicator import remedy
from sketchstudio.ui.panels.sampling import SamplingControls
from sketchstudio.ui.panels.sketch_view import SketchView

_COLUMNS = 3
_CARD = 200  # px, least width of a card
_SAMPLING = 320


class CompareModelsDialog(QDialog):
    """Stays open beside the drawing and follows it.

    Args:
        comparison: What it shows.
        service: For the state of the engine.
        tools: Colour of the sketches.
        parent: The window.

    Signals:
        copy_requested(list): What these models made shall go on the canvas.
    """

    copy_requested = Signal(list)

    def __init__(
        self,
        comparison: Comparison,
        service: InferenceService,
        tools: ToolState,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Compare Models"))
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self._comparison, self._service = comparison, service
        self.cards: dict[str, Card] = {}
        self.drawing = Card(tr("Your drawing"), "")
        self._color = tools.style.color
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column, 1)
        self.missing = QLabel()
        self.missing.setWordWrap(True)
        self.missing.setProperty("role", "muted")
        self.missing.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.sampling = SamplingControls()
        self.sampling.setMaximumWidth(_SAMPLING)
        self.sampling.set_sampling(comparison.sampling)
        self.copy_all = QPushButton(tr("Copy all to canvas"))
        self.copy_all.setProperty("role", "primary")
        self.copy_all.setAutoDefault(False)
        set_icon(self.copy_all, "place", on_accent=True)
        self._lay_out()
        comparison.changed.connect(self._show)
        service.state_changed.connect(self._on_state)
        self.sampling.changed.connect(self._on_sampling)
        self.copy_all.clicked.connect(self._on_copy_all)
        tools.style_changed.connect(self._on_style)
        self._show()
        rows = 1 + len(self.cards) // _COLUMNS
        wanted = QSize(780, 130 + 340 * rows)
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def _lay_out(self) -> None:
        cards = QWidget()
        inner = QVBoxLayout(cards)
        inner.setContentsMargins(14, 14, 14, 14)
        inner.addLayout(self._grid)
        inner.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(cards)
        foot = QHBoxLayout()
        foot.addWidget(self.sampling, 1)
        foot.addStretch(1)
        foot.addWidget(self.copy_all, alignment=Qt.AlignmentFlag.AlignBottom)
        below = QVBoxLayout()
        below.setContentsMargins(14, 12, 14, 14)
        below.setSpacing(12)
        below.addLayout(foot)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addLayout(below)

    @Slot()
    def _show(self) -> None:
        comparison = self._comparison
        everyone = comparison.models
        entries = [entry for entry in everyone if entry.present]
        if [entry.name for entry in entries] != list(self.cards):
            self._make_cards(entries)
        self.drawing.view.set_sketch(comparison.drawing)
        self.drawing.view.set_text(tr("Draw something first: it appears here."))
        for entry in entries:
            card = self.cards[entry.name]
            card.view.set_sketch(comparison.sketch(entry.name))
            card.view.set_text(self._why_empty(entry))
            card.copy.setEnabled(bool(comparison.sketch(entry.name)))
        self.copy_all.setEnabled(any(comparison.sketch(entry.name) for entry in entries))
        missing = [f"{entry.name}: {tr(entry.note)}" for entry in everyone if not entry.present]
        self.missing.setVisible(bool(missing))
        if missing:
            words = tr("More of them can be compared:")
            self.missing.setText("\n\n".join((words, *missing, how_to_get())))

    def _make_cards(self, entries: list[ModelEntry]) -> None:
        for card in self.cards.values():
            self._grid.removeWidget(card)
            card.deleteLater()
        self._grid.addWidget(self.drawing, 0, 0)
        self.cards = {}
        for index, entry in enumerate(entries, start=1):
            card = Card(entry.name, tr(entry.note) if entry.note else "")
            card.copy.clicked.connect(partial(self.copy_requested.emit, [entry.name]))
            card.copy.show()
            self.cards[entry.name] = card
            self._grid.addWidget(card, index // _COLUMNS, index % _COLUMNS)
        place = divmod(1 + len(self.cards), _COLUMNS)  # where the next one would be
        self._grid.addWidget(self.missing, *place, Qt.AlignmentFlag.AlignTop)
        self._paint_views()

    def _why_empty(self, entry: ModelEntry) -> str:
        state = self._service.state
        if entry.name in self._comparison.failures:
            return self._comparison.failures[entry.name]
        if state.status is Status.FAILED:
            return f"{tr('The model could not be loaded.')}\n\n{remedy()}"
        if not state.usable:
            return tr("The model is loading…")
        return tr("Drawing…") if self._comparison.busy else ""

    def _paint_views(self) -> None:
        for card in (self.drawing, *self.cards.values()):
            card.view.set_color(self._color)

    @Slot()
    def _on_copy_all(self) -> None:
        self.copy_requested.emit(list(self.cards))

    @Slot(object)
    def _on_sampling(self, sampling: Sampling) -> None:
        self._comparison.set_sampling(sampling)

    @Slot(object)
    def _on_style(self, style: StrokeStyle) -> None:
        self._color = style.color
        self._paint_views()

    @Slot(object)
    def _on_state(self, _: EngineState) -> None:
        self._show()

    # Qt.

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._comparison.set_live(True)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._comparison.set_live(False)


class Card(QFrame):
    """A sketch under the name of what drew it.

    Args:
        title: The name.
        note: What it is, in a few words.
    """

    def __init__(self, title: str, note: str) -> None:
        super().__init__()
        self.setMinimumWidth(_CARD)
        name = QLabel(title)
        name.setProperty("role", "title")
        said = QLabel(note)
        said.setProperty("role", "muted")
        said.setWordWrap(True)
        said.setAlignment(Qt.AlignmentFlag.AlignTop)
        said.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.view = SketchView()
        self.view.setAccessibleName(title)
        self.copy = QPushButton(tr("Copy to canvas"))
        self.copy.setAccessibleName(tr("Copy to canvas: {model}").format(model=title))
        self.copy.setAutoDefault(False)
        kept = self.copy.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.copy.setSizePolicy(kept)
        self.copy.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(name)
        layout.addWidget(said)
        layout.addWidget(self.view)
        layout.addWidget(self.copy)
