"""The command palette."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from sketchstudio.ui.actions import SPECS
from sketchstudio.ui.dialogs.command_palette import CommandPalette


@pytest.fixture
def palette(loading, qtbot):
    palette = CommandPalette(loading.window.actions_by_id, loading.preferences, loading.window)
    palette.show()
    return palette


def test_everything_is_listed(palette):
    """What can be done can be found."""
    assert sorted(palette.shown) == sorted(SPECS.keys() - {"palette"})


def test_type_and_return(palette, loading, qtbot):
    """A few letters and Return run the action, which then comes first."""
    qtbot.keyClicks(palette.search, "eras")
    assert palette.shown[0] == "eraser"
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: loading.tools.tool == "eraser")
    again = CommandPalette(loading.window.actions_by_id, loading.preferences, loading.window)
    assert again.shown[0] == "eraser"


def test_arrows_move_from_the_field(palette, qtbot):
    """Hands stay on the keys."""
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.list.currentRow() == 1
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    assert palette.list.currentRow() == 0


def test_what_cannot_be_done_is_not_run(palette, loading, qtbot):
    """Undo without a step is listed, but silent."""
    qtbot.keyClicks(palette.search, "undo")
    assert palette.shown[0] == "undo"
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert loading.preferences.values.recent_actions == []
