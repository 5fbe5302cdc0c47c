"""A row of the preferences for each setting: the control that its kind wants, and a reset."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QGridLayout,
    QLabel,
    QSpinBox,
    QToolButton,
    QWidget,
)

from sketchstudio.state.setting_kinds import Choice, Curve, Flag, Kind, Number, Whole
from sketchstudio.state.settings import SCHEMA, Preferences, default
from sketchstudio.system.language import tr
from sketchstudio.ui.dialogs.curve_editor import CurveEditor
from sketchstudio.ui.icons import set_icon

Control = QCheckBox | QComboBox | QDoubleSpinBox | QSpinBox | CurveEditor

Field = TypeVar("Field", QSpinBox, QDoubleSpinBox)

_LABEL, _CONTROL = 220, 180  # px


class SettingRow(QWidget):
    """One setting with its words.

    Args:
        name: Of the setting.
        preferences: Hold it.

    Raises:
        TypeError: There is no control for its kind.
    """

    def __init__(self, name: str, preferences: Preferences) -> None:
        super().__init__()
        self.name = name
        self._preferences = preferences
        entry = SCHEMA[name]
        label = tr(entry.label)
        notes = [tr(entry.tip)] if entry.tip else []
        if entry.at_start:
            notes.append(tr("Takes effect when the app starts the next time."))
        tip = "\n".join(notes)
        self.words = f"{label} {tip} {entry.label} {entry.tip}".casefold()
        self.control = control_for(entry.kind)
        self.control.setAccessibleName(label)
        self.control.setAccessibleDescription(tip)
        self.reset = QToolButton()
        self.reset.setProperty("shape", "square")
        self.reset.setToolTip(tr("Reset to the default"))
        self.reset.setAccessibleName(tr("Reset: {setting}").format(setting=label))
        set_icon(self.reset, "undo")
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 2, 0, 6)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        named = QLabel(label)
        named.setBuddy(self.control)
        named.setWordWrap(True)
        named.setMinimumWidth(_LABEL)
        grid.addWidget(named, 0, 0)
        self.control.setMinimumWidth(_CONTROL)
        grid.addWidget(self.control, 0, 1)
        grid.addWidget(self.reset, 0, 2)
        if tip:
            said = QLabel(tip)
            said.setProperty("role", "muted")
            said.setWordWrap(True)
            grid.addWidget(said, 1, 0, 1, 3)
        self._follow()
        self.reset.clicked.connect(self._on_reset)
        preferences.changed.connect(self._show)
        self._show(name)

    def _follow(self) -> None:
        control = self.control
        if isinstance(control, QCheckBox):
            control.toggled.connect(self._on_edit)
        elif isinstance(control, QComboBox):
            control.activated.connect(self._on_edit)
        else:
            control.valueChanged.connect(self._on_edit)

    @Slot(str)
    def _show(self, name: str) -> None:
        if name != self.name:
            return
        value, control = getattr(self._preferences.values, name), self.control
        with QSignalBlocker(control):
            if isinstance(control, QCheckBox):
                control.setChecked(value)
            elif isinstance(control, QComboBox):
                control.setCurrentIndex(control.findData(value))
            else:
                control.setValue(value)
        self.reset.setEnabled(value != default(name))

    @Slot()
    def _on_edit(self) -> None:
        control = self.control
        if isinstance(control, QCheckBox):
            value: object = control.isChecked()
        elif isinstance(control, QComboBox):
            value = control.currentData()
        else:
            value = control.value()
        self._preferences.set(self.name, value)

    @Slot()
    def _on_reset(self) -> None:
        self._preferences.reset(self.name)


def control_for(kind: Kind) -> Control:
    """The control that a kind of setting wants.

    Raises:
        TypeError: There is none.
    """
    match kind:
        case Curve():
            return CurveEditor()
        case Flag():
            return QCheckBox()
        case Choice(labels):
            box = QComboBox()
            for value, label in labels.items():
                box.addItem(tr(label), value)
            return box
        case Number(low, high, step, unit):
            field = QDoubleSpinBox()
            field.setDecimals(2 if step < 0.1 else 1)
            field.setRange(low, high)
            field.setSingleStep(step)
            field.setSuffix(f" {unit}" if unit else "")
            return _roomy(field)
        case Whole(low, high):
            whole = QSpinBox()
            whole.setRange(low, high)
            return _roomy(whole)
    raise TypeError(f"there is no control for {kind}")


def _roomy(field: Field) -> Field:
    field.setKeyboardTracking(False)
    field.lineEdit().setTextMargins(5, 0, 5, 0)
    return field
