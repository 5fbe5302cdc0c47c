"""Choosing a category: by picture, by typing, by chance, or one of those chosen before."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from sketchstudio.state.settings import RECENT_CATEGORIES, Preferences
from sketchstudio.ui.panels.category_picker import CategoryPicker
from tests.ui.conftest import Studio

NAMES = tuple("abcdefghijkl")


@pytest.fixture
def picker(ready: Studio, qtbot: QtBot) -> CategoryPicker:
    picker = CategoryPicker(ready.window, ready.preferences, with_drawing=False)
    picker.set_categories(NAMES, {})
    return picker


def offered(picker: CategoryPicker) -> list[str]:
    rows = range(picker._list.count())
    return [picker._list.item(row).data(Qt.ItemDataRole.UserRole) for row in rows]


def take(picker: CategoryPicker, ready: Studio, qtbot: QtBot, typed: str) -> None:
    picker.open_by(ready.window.canvas)
    picker.set_categories(NAMES, {})
    qtbot.keyClicks(picker._search, typed)
    qtbot.keyClick(picker._search, Qt.Key.Key_Return)
    assert not picker.isVisible()


def test_what_was_chosen_comes_first(picker: CategoryPicker, ready: Studio, qtbot: QtBot) -> None:
    """The last choice is the nearest, also in the next window; a guess comes before it."""
    for name in "bdb":
        take(picker, ready, qtbot, name)
    picker.set_categories(NAMES, {})
    assert offered(picker)[:3] == ["b", "d", "a"]
    assert sorted(offered(picker)) == list(NAMES)
    picker.put_first(["k"])
    assert offered(picker)[:3] == ["k", "b", "d"]
    for name in NAMES:
        take(picker, ready, qtbot, name)
    assert len(ready.preferences.values.recent_categories) == RECENT_CATEGORIES
    other = CategoryPicker(ready.window, Preferences(ready.settings), with_drawing=True)
    other.set_categories([name for name in NAMES if name != "l"], {})
    assert offered(other)[0] == "k", "one that is not known any more is passed over"


def test_the_die_takes_any(picker: CategoryPicker, ready: Studio, qtbot: QtBot) -> None:
    """It always takes one of the categories there are, and not the same for ever."""
    picked: list[str] = []
    picker.picked.connect(picked.append)
    for _ in range(60):
        picker.open_by(ready.window.canvas, "Replace as")
        qtbot.mouseClick(picker.die, Qt.MouseButton.LeftButton)
    assert len(picked) == 60
    assert len(set(picked)) > 1
    assert set(picked) <= set(NAMES)


@pytest.mark.parametrize("action", ["complete_as", "replace_as"])
def test_each_arrow_says_what_it_is_for(ready: Studio, qtbot: QtBot, action: str) -> None:
    """The choice opens by the arrow beside its button, under the name of what will be done."""
    arrow = getattr(ready.window._top_bar, action)
    qtbot.mouseClick(arrow, Qt.MouseButton.LeftButton)
    picker = ready.window._model._picker
    assert picker.isVisible()
    assert picker._title.text() == ready.window.actions_by_id[action].title
    picker.close()
