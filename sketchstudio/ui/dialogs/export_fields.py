"""What can be chosen of an export; only what concerns its kind is shown."""

from __future__ import annotations

import enum
import json
import math
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from sketchstudio.formats.export_options import Area, ExportOptions, Unit
from sketchstudio.system.language import mark, tr


class ExportKind(enum.StrEnum):
    """What is written."""

    SVG = "svg"
    PNG = "png"
    PDF = "pdf"
    REPLAY = "replay"

    @property
    def ending(self) -> str:
        return ".svg" if self is ExportKind.REPLAY else f".{self.value}"


KINDS = {
    ExportKind.SVG: mark("SVG: lines to work on"),
    ExportKind.PNG: mark("PNG: a picture"),
    ExportKind.PDF: mark("PDF: to print"),
    ExportKind.REPLAY: mark("Replay: SVG that draws itself"),
}
_SELECTION = "selection"
_AREAS = {
    Area.PAGE: mark("The page"),
    Area.DRAWING: mark("The drawing"),
    _SELECTION: mark("The selected strokes"),
}
_GROUNDS = {
    "none": mark("None"),
    "paper": mark("Colour of the paper"),
    "printed": mark("Paper and its pattern"),
}
_SHAPES = {
    False: mark("Lines, outlines where they vary"),
    True: mark("Outlines"),
}
_HEIGHT = 32  # px of a field
_SCALES = (1.0, 5000.0)  # per cent
_FARTHEST = 20.0  # px a curve may be off
_LONGEST = 600.0  # seconds


@dataclass(frozen=True, slots=True)
class Choice:
    """All that was chosen.

    Attributes:
        kind: What is written.
        selection: Whether of the selected strokes only.
        options: The rest.
    """

    kind: ExportKind = ExportKind.SVG
    selection: bool = False
    options: ExportOptions = field(default_factory=ExportOptions)

    def to_text(self) -> str:
        """To be remembered."""
        return json.dumps({"kind": self.kind, **asdict(self.options)})

    @classmethod
    def from_text(cls, text: str) -> Choice:
        """What was remembered, as far as it is still known."""
        try:
            said = json.loads(text or "{}")
            plain = ExportOptions()
            known: dict[str, Any] = {}
            for entry in fields(ExportOptions):
                kind = type(getattr(plain, entry.name))
                value = said.get(entry.name, getattr(plain, entry.name))
                known[entry.name] = kind(value)
                if kind is float and not math.isfinite(known[entry.name]):
                    return cls()
            return cls(ExportKind(said.get("kind", "svg")), options=ExportOptions(**known))
        except (ValueError, TypeError, AttributeError, RecursionError):
            return cls()


class ExportFields(QWidget):
    """The controls.

    Args:
        choice: Shown first.
        can_select: Whether there are selected strokes.
        endless: Whether the page has no edges, so that it is shown as the drawing is.
        parent: As in Qt.

    Signals:
        changed: Something else is chosen.
    """

    changed = Signal()

    def __init__(
        self, choice: Choice, can_select: bool, endless: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._options = choice.options
        self._endless = endless
        self.kind = _box(KINDS)
        areas = {key: name for key, name in _AREAS.items() if can_select or key != _SELECTION}
        if endless:
            del areas[Area.PAGE]
        self.area = _box(areas)
        self.margin = _number(0, 10_000, 0, " px")
        self.scale = _number(*_SCALES, 0, " %")
        self.unit = _box({unit: unit.value for unit in Unit})
        self.ground = _box(_GROUNDS)
        self.shapes = _box(_SHAPES)
        self.tolerance = _number(0, _FARTHEST, 2, " px")
        self.tolerance.setSingleStep(0.1)
        self.tolerance.setSpecialValueText(tr("Every point"))
        self.tolerance.setToolTip(tr("How far curves may be off: the farther, the fewer nodes"))
        self.decimals = QSpinBox()
        self.decimals.setRange(0, 6)
        _like_a_combo_box(self.decimals)
        self.layers = QCheckBox(tr("Layers as Inkscape has them"))
        self.embed = QCheckBox(tr("Hold the whole drawing"))
        self.embed.setToolTip(tr("The file opens here again with every sample, hidden layers too"))
        self.seconds = _number(0, _LONGEST, 1, " s")
        self.seconds.setSpecialValueText(tr("As it was drawn"))
        self.repeat = QCheckBox(tr("Again and again"))
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setHorizontalSpacing(14)
        self._form.setVerticalSpacing(10)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, control in (
            (tr("Kind"), self.kind),
            (tr("Show"), self.area),
            (tr("Margin"), self.margin),
            (tr("Scale"), self.scale),
            (tr("Unit"), self.unit),
            (tr("Background"), self.ground),
            (tr("Strokes"), self.shapes),
            (tr("Curves"), self.tolerance),
            (tr("Decimals"), self.decimals),
            (tr("Length"), self.seconds),
        ):
            label = QLabel(text)
            label.setBuddy(control)
            label.setMinimumHeight(_HEIGHT)
            self._form.addRow(label, control)
            control.setAccessibleName(text)
        for check in (self.repeat, self.layers, self.embed):
            self._form.addRow("", check)
        self._show(choice)
        for box in (self.kind, self.area, self.unit, self.ground, self.shapes):
            box.activated.connect(self._on_change)
        for spin in (self.margin, self.scale, self.tolerance, self.seconds):
            spin.valueChanged.connect(self._on_change)
        self.decimals.valueChanged.connect(self._on_change)
        for check in (self.repeat, self.layers, self.embed):
            check.toggled.connect(self._on_change)

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        area, ground = self.area.currentData(), self.ground.currentData()
        options = replace(
            self._options,
            area=Area.PAGE if area == Area.PAGE else Area.DRAWING,
            margin=self.margin.value(),
            scale=self.scale.value() / 100,
            unit=Unit(self.unit.currentData()),
            background=ground != "none",
            pattern=ground == "printed",
            outlines=bool(self.shapes.currentData()),
            tolerance=self.tolerance.value(),
            decimals=self.decimals.value(),
            layers=self.layers.isChecked(),
            embed=self.embed.isChecked(),
            seconds=self.seconds.value(),
            repeat=self.repeat.isChecked(),
        )
        return Choice(ExportKind(self.kind.currentData()), area == _SELECTION, options)

    @Slot()
    def _on_change(self) -> None:
        self._show_rows()
        self.changed.emit()

    def _show(self, choice: Choice) -> None:
        options = choice.options
        area = _SELECTION if choice.selection else options.area
        ground = "printed" if options.pattern else "paper"
        for box, value in (
            (self.kind, choice.kind),
            (self.area, area),
            (self.unit, options.unit),
            (self.ground, ground if options.background else "none"),
            (self.shapes, options.outlines),
        ):
            box.setCurrentIndex(max(box.findData(value), 0))
        self.margin.setValue(options.margin)
        self.scale.setValue(options.scale * 100)
        self.tolerance.setValue(options.tolerance)
        self.decimals.setValue(options.decimals)
        self.seconds.setValue(options.seconds)
        for check, value in (
            (self.layers, options.layers),
            (self.embed, options.embed),
            (self.repeat, options.repeat),
        ):
            with QSignalBlocker(check):
                check.setChecked(value)
        self._show_rows()

    def _show_rows(self) -> None:
        kind = self.kind.currentData()
        text = kind in (ExportKind.SVG, ExportKind.REPLAY)
        for control, shown in (
            (self.margin, self.area.currentData() != Area.PAGE),
            (self.unit, kind == ExportKind.SVG),
            (self.shapes, kind == ExportKind.SVG),
            (self.tolerance, text),
            (self.decimals, text),
            (self.seconds, kind == ExportKind.REPLAY),
            (self.repeat, kind == ExportKind.REPLAY),
            (self.layers, kind == ExportKind.SVG),
            (self.embed, kind == ExportKind.SVG),
        ):
            self._form.setRowVisible(control, shown)


def _box(names: dict[Any, str]) -> QComboBox:
    box = QComboBox()
    for key, name in names.items():
        box.addItem(tr(name), key)
    return box


def _number(low: float, high: float, decimals: int, unit: str) -> QDoubleSpinBox:
    box = QDoubleSpinBox()
    box.setRange(low, high)
    box.setDecimals(decimals)
    box.setSuffix(unit)
    box.setKeyboardTracking(False)
    _like_a_combo_box(box)
    return box


def _like_a_combo_box(box: QAbstractSpinBox) -> None:
    """Let all fields of the form begin and end alike."""
    box.lineEdit().setTextMargins(5, 0, 5, 0)
    box.setMaximumHeight(_HEIGHT)
