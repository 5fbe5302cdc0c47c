"""The cheat sheet."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QScrollArea

from sketchstudio.ui.actions import MENUS
from sketchstudio.ui.dialogs.shortcuts import ShortcutsDialog, _in_columns


def test_every_action_with_a_key_is_on_it(loading):
    """Also those of new menus, and with the keys that the person chose."""
    loading.preferences.set("shortcuts", {"redraw": ["J"]})
    actions = loading.window.actions_by_id
    sheet = ShortcutsDialog(actions, loading.window)
    said = [label.text() for label in sheet.findChildren(QLabel)]
    for action in actions.values():
        if action.shortcuts():
            assert action.title in said
            assert " or ".join(action.key_texts) in said
    assert "J" in said
    assert {menu.replace("&", "") for menu in MENUS} <= set(said)


def test_nothing_is_beside_the_screen(loading, qtbot):
    """On a small screen there are fewer columns: nobody scrolls two ways to read."""
    sheet = ShortcutsDialog(loading.window.actions_by_id, loading.window)
    area = sheet.findChild(QScrollArea)
    assert area.widget().sizeHint().width() <= sheet.screen().availableSize().width()
    sheet.show()
    qtbot.waitUntil(lambda: not area.horizontalScrollBar().isVisible())


def test_columns_are_balanced():
    """The sheet fits the screen, in the order of the menus."""
    tables = [
        (name, [("x", "X")] * rows) for name, rows in zip("abcdef", (9, 4, 5, 8, 2, 7), strict=True)
    ]
    columns = _in_columns(tables, 3)
    assert [name for column in columns for name, _ in column] == list("abcdef")
    heights = [sum(len(rows) + 2 for _, rows in column) for column in columns]
    assert max(heights) - min(heights) <= 6
