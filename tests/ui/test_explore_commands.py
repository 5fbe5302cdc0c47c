"""The windows that look into the model: opened once, for everyone, and gone with their window."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from tests.ui.conftest import Studio
from tests.ui.test_accessibility import controls

ACTIONS = ("latent_map", "compare_models", "turing_test")


def test_each_opens_once_and_comes_back(ready: Studio) -> None:
    """A second wish for a window brings the first to the front."""
    explore = ready.window.explore
    for _ in range(2):
        for action in ACTIONS:
            ready.trigger(action)
        shown = (explore.map_dialog, explore.compare_dialog, explore.test_dialog)
        assert all(dialog is not None and dialog.isVisible() for dialog in shown)
        for dialog in shown:
            dialog.close()
    assert len(explore._doors) == 3


def test_every_control_has_a_name_and_a_way_by_keyboard(ready: Studio) -> None:
    """Screen readers and keys reach all that the mouse reaches."""
    explore = ready.window.explore
    for action in ACTIONS:
        ready.trigger(action)
    for root in (explore.map_dialog, explore.compare_dialog, explore.test_dialog):
        assert root is not None
        found = controls(root)
        assert found
        for widget in found:
            name = QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)
            assert name.strip(), f"{type(widget).__name__} in {root.windowTitle()}"
            assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, name
