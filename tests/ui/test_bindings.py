"""Keys of the person's own choice."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from sketchstudio.state.settings import Preferences, load, save
from sketchstudio.ui.actions import ACTIONS, SPECS
from sketchstudio.ui.bindings import keys_of, owner, rebound, restored
from sketchstudio.ui.dialogs.key_bindings import KeyBindings


def test_a_key_has_one_owner():
    """Two actions on one key would both stay silent, so the old owner loses it."""
    bindings = rebound("redraw", ["C"], {})
    assert owner("C", bindings) == "redraw"
    assert keys_of("complete", bindings) == ("Ctrl+Return",)
    bindings = restored("complete", bindings)
    assert owner("C", bindings) == "complete"
    assert keys_of("redraw", bindings) == ()
    assert restored("redraw", bindings) == {}


def test_keys_work_in_the_window_and_come_back(loading, qtbot, tmp_path):
    """A new key runs its action at once, the old one no more; both windows and files keep it."""
    preferences = loading.preferences
    preferences.set("shortcuts", rebound("eraser", ["K"], {}))
    qtbot.keyClick(loading.window.canvas, Qt.Key.Key_E)
    assert loading.tools.tool == "pen"
    qtbot.keyClick(loading.window.canvas, Qt.Key.Key_K)
    assert loading.tools.tool == "eraser"
    assert "(K)" in loading.window.actions_by_id["eraser"].toolTip()
    save(preferences.values, tmp_path / "settings.json")
    assert load(tmp_path / "settings.json").shortcuts == {"eraser": ["K"]}


@pytest.fixture
def page(qtbot):
    preferences = Preferences()
    page = KeyBindings(preferences)
    qtbot.addWidget(page)
    page.show()
    return page


def test_conflict_is_named_before_it_is_made(page, qtbot):
    """The page says who has the key, and only then takes it over."""
    page.choose("redraw")
    page.keys.setKeySequence(QKeySequence("Ctrl+E"))
    assert "runs Export now" in page.message.text()
    page.assign.click()
    bindings = page._preferences.values.shortcuts
    assert bindings == {"redraw": ["Ctrl+E"], "export": []}
    page.restore.click()
    assert page._preferences.values.shortcuts == {"export": []}
    page.restore_all.click()
    assert page._preferences.values.shortcuts == {}


def test_keys_of_the_canvas_stay(page):
    """Space pans while it is held; as a shortcut it never would again."""
    page.choose("redraw")
    page.keys.setKeySequence(QKeySequence("Space"))
    assert not page.assign.isEnabled()
    assert "Space" in page.message.text()


def test_an_action_can_do_without_a_key(page):
    """An emptied field takes the key away."""
    page.choose("redraw")
    page.keys.clear()
    page.assign.click()
    assert page._preferences.values.shortcuts == {"redraw": []}


def test_unknown_actions_do_no_harm(loading):
    """Settings of a newer version may name actions that are not here."""
    loading.preferences.set("shortcuts", {"teleport": ["X"]})
    assert loading.window.actions_by_id["undo"].key_texts == ["Ctrl+Z"]
    assert restored("undo", {"teleport": ["X"]}) == {}


def test_portable_texts_are_what_qt_writes():
    """Conflicts are found by comparing texts, so each key has one spelling."""
    portable = QKeySequence.SequenceFormat.PortableText
    for spec in ACTIONS:
        for key in spec.keys:
            assert QKeySequence(key).toString(portable) == key, spec.id
    assert SPECS


def test_delete_follows_its_keys(loading, qtbot):
    """With another key chosen, Del no longer deletes."""
    loading.draw(qtbot, [(100, 100), (180, 160)])
    loading.draw(qtbot, [(300, 200), (380, 300)])
    canvas = loading.window.canvas
    canvas.setFocus()
    loading.session.select([loading.session.active_layer.strokes[0].id])
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert loading.ink == 1
    loading.preferences.set("shortcuts", {"delete": ["X"]})
    loading.trigger("select_all")
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert loading.ink == 1
    qtbot.keyClick(canvas, Qt.Key.Key_X)
    assert loading.ink == 0
