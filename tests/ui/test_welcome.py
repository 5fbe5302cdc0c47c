"""Cards on an empty page."""

from __future__ import annotations

import pytest

from sketchstudio.formats import native
from sketchstudio.state.settings import Settings
from sketchstudio.ui.samples import SAMPLES

LINE = [(100, 100), (140, 120), (180, 160), (240, 150)]


def test_samples_first_then_own_drawings(loading, qtbot, tmp_path):
    """A newcomer sees what the model draws; later, one's own drawings are there."""
    welcome = loading.window.welcome
    qtbot.waitUntil(welcome.isVisible)
    assert [card.accessibleName() for card in welcome.cards] == [
        f"Open {title}" for title in SAMPLES.values()
    ]
    welcome.cards[0].click()
    assert loading.ink > 5
    assert not welcome.isVisible()
    path = tmp_path / "mine.sketch"
    native.save(loading.session.document, path)
    loading.window.files.open_path(path)
    loading.trigger("new")
    assert welcome.isVisible()
    assert [card.accessibleName() for card in welcome.cards] == ["Open mine"]
    welcome.cards[0].click()
    assert loading.session.path == path


def test_ink_sends_it_away_and_undo_brings_it_back(loading, qtbot):
    """It is there while there is nothing else, and never under the pen."""
    qtbot.waitUntil(loading.window.welcome.isVisible)
    loading.draw(qtbot, LINE)
    assert not loading.window.welcome.isVisible()
    loading.trigger("undo")
    assert loading.window.welcome.isVisible()


def test_it_can_be_switched_off(make, qtbot):
    """Whoever knows the app may have an empty page."""
    studio = make(settings=Settings(welcome=False))
    assert not studio.window.welcome.isVisible()
    studio.preferences.set("welcome", True)
    qtbot.waitUntil(studio.window.welcome.isVisible)
    studio.preferences.set("welcome", False)
    assert not studio.window.welcome.isVisible()


@pytest.mark.parametrize("width", [640, 1200])
def test_it_stays_within_the_page(loading, qtbot, width):
    """Cards that do not fit are left out."""
    qtbot.waitUntil(loading.window.welcome.isVisible)
    loading.window.resize(width, 600)
    qtbot.wait(20)
    area = loading.window.area
    assert area.rect().contains(loading.window.welcome.geometry())
