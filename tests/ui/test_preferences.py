"""The preferences dialog, made from the schema."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QCheckBox, QComboBox, QDoubleSpinBox, QSpinBox

from sketchstudio.engine.messages import EngineState
from sketchstudio.state.settings import SCHEMA, Preferences, Settings, default
from sketchstudio.ui import remembered
from sketchstudio.ui.dialogs.curve_editor import CurveEditor
from sketchstudio.ui.dialogs.preferences import PAGES, SHORTCUTS, PreferencesDialog


@pytest.fixture
def dialog(qtbot):
    dialog = PreferencesDialog(Preferences(), EngineState())
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def other_value(control):
    """Change a control as a person would."""
    match control:
        case QCheckBox():
            control.toggle()
        case QComboBox():
            control.setCurrentIndex((control.currentIndex() + 1) % control.count())
            control.activated.emit(control.currentIndex())
        case QDoubleSpinBox() | QSpinBox():
            control.stepUp()
        case CurveEditor():
            control.setValue([0.1, 0.5, 0.5, 0.9])


def test_every_preference_can_be_changed_and_reset(dialog):
    """Each control writes its setting, and its reset gives the default back."""
    assert set(dialog.rows) == {name for name, entry in SCHEMA.items() if entry.page}
    for name, row in dialog.rows.items():
        assert not row.reset.isEnabled(), name
        other_value(row.control)
        assert getattr(dialog._preferences.values, name) != default(name), name
        assert row.reset.isEnabled()
        row.reset.click()
    assert dialog._preferences.values == Settings()


def test_reset_of_a_page(dialog):
    """One button for what is shown; other pages stay."""
    dialog._preferences.set("theme", "dark")
    dialog._preferences.set("seed", 7)
    dialog._preferences.set("shortcuts", {"undo": ["U"]})
    dialog.show_page("Model")
    dialog.reset_page.click()
    assert dialog._preferences.values == Settings(theme="dark", shortcuts={"undo": ["U"]})
    dialog.show_page(SHORTCUTS)
    dialog.reset_page.click()
    assert dialog._preferences.values == Settings(theme="dark")


def test_search_goes_over_all_pages(dialog):
    """Whoever does not know the page finds the setting."""
    dialog.search.setText("pressure")
    assert dialog.rows["pen_pressure"].isVisible()
    assert not dialog.rows["theme"].isVisible()
    dialog.search.setText("undo")
    assert dialog.keys.isVisible()
    dialog.search.setText("nothing of the kind")
    assert dialog._nothing.isVisible()
    dialog.pages.setCurrentRow(PAGES.index("Pen"))
    assert dialog.rows["pen_pressure"].isVisible()
    assert not dialog._nothing.isVisible()


def test_windows_follow_at_once(loading):
    """A preference changes the living window, and what the window holds is what is shown."""
    loading.trigger("pressure")
    loading.window.commands.preferences_wanted.emit()
    assert not loading.preferences.values.pen_pressure
    loading.preferences.reset("pen_pressure")
    assert loading.tools.style.pressure
    assert loading.window.actions_by_id["pressure"].isChecked()
    loading.preferences.set("theme", "dark")
    assert loading.window.palette().window().color().lightness() < 128
    assert loading.window.actions_by_id["theme_dark"].isChecked()


@pytest.mark.parametrize(
    ("setting", "desktop", "animated"),
    [
        ("system", True, False),
        ("system", False, True),
        ("full", True, True),
        ("reduced", False, False),
    ],
)
def test_reduced_motion(ready, qtbot, monkeypatch, setting, desktop, animated):
    """Where less movement is wanted, a proposal appears at once when it is done."""
    monkeypatch.setattr(remembered, "desktop_wants_less", lambda: desktop)
    ready.preferences.set("motion", "full" if setting != "full" else "reduced")
    ready.preferences.set("motion", setting)
    assert ready.proposals.animated == animated
    ready.draw(qtbot, [(100, 100), (140, 120), (180, 160), (240, 150)])
    sizes = []
    ready.proposals.changed.connect(lambda: sizes.append(len(ready.proposals.strokes)))
    ready.trigger("redraw")
    qtbot.waitUntil(lambda: not ready.proposals.is_drawing)
    if not animated:
        assert set(sizes) <= {0, len(ready.proposals.strokes)}
