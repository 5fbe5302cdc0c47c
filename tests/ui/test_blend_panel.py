"""The Blend panel and the choice of a category."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import Bounds, StrokeStyle
from sketchstudio.engine.messages import Lane

LINE = [(100, 100), (140, 120), (180, 160), (240, 150)]


@pytest.fixture
def panel(ready, qtbot):
    panel = ready.window.blend_panel
    qtbot.waitUntil(lambda: bool(panel.view.sketch))
    return panel


def rest(ready, qtbot):
    """Wait until the newest wish is what is shown."""
    blending = ready.blending
    qtbot.waitUntil(
        lambda: (
            not blending._stale
            and blending.shown_place == blending.mixture.place
            and not ready.service.is_busy(Lane.BLEND)
        )
    )


def test_every_place_is_reached_and_the_last_one_shown(ready, panel, qtbot):
    """However fast the slider moves, what is shown in the end is where it rests."""
    for value in range(0, 1001, 50):
        panel.slider.setValue(value)
    rest(ready, qtbot)
    assert ready.blending.shown_place[0] == 1.0


def test_slider_goes_where_it_is_clicked(ready, panel, qtbot):
    """A click far from the handle is a wish for that place, not for one step."""
    place = QPoint(panel.slider.width() * 3 // 4, panel.slider.height() // 2)
    qtbot.mouseClick(panel.slider, Qt.MouseButton.LeftButton, pos=place)
    assert panel.slider.value() == pytest.approx(750, abs=30)


def test_sketches_are_shown_while_the_slider_moves(ready, panel, qtbot):
    """A newer wish does not throw away the answer under way, or nothing would be seen."""
    shown = []
    ready.blending.sketch_changed.connect(
        lambda: (shown.append(1), panel.slider.setValue(panel.slider.value() + 1))
    )
    panel.slider.setValue(1)
    qtbot.waitUntil(lambda: len(shown) >= 10)
    ready.blending.set_live(False)


def test_same_wish_same_sketch(ready, panel, qtbot):
    """A seed draws the same again, and another seed something else."""

    def sketch(seed):
        ready.blending.set_sampling(Sampling(0.8, seed))
        qtbot.waitUntil(lambda: ready.blending._shown[0].sampling.seed == seed)
        return [stroke.tolist() for stroke in panel.view.sketch]

    first = sketch(5)
    assert sketch(6) != first
    assert sketch(5) == first


def test_keys_work_after_the_seed_was_typed(ready, panel, qtbot):
    """Return ends the typing: the next letter is a command again."""
    field = panel.sampling.seed
    field.setFocus()
    field.selectAll()
    qtbot.keyClicks(field, "42")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert ready.blending.sampling.seed == 42
    assert not field.hasFocus()


def test_swap_keeps_the_sketch_place(ready, panel, qtbot):
    """Swapping mirrors the slider, so that the blend stays what it was."""
    panel.slider.setValue(200)
    names = [end.name for end in ready.blending.ends]
    panel._swap.click()
    assert [end.name for end in ready.blending.ends] == names[::-1]
    assert panel.slider.value() == 800


def test_pick_a_category_by_typing(ready, panel, qtbot):
    """Type a few letters, Return: that category is the end."""
    qtbot.mouseClick(panel.ends[0], Qt.MouseButton.LeftButton)
    picker = ready.window._blend._picker
    assert picker.isVisible()
    qtbot.keyClicks(picker._search, "su")
    qtbot.keyClick(picker._search, Qt.Key.Key_Return)
    assert not picker.isVisible()
    assert ready.blending.ends[0].name == "sun"
    assert panel.ends[0].text() == "Sun"


def test_my_drawing_is_an_end_and_keeps_its_place(ready, panel, qtbot):
    """A blend with the person's drawing comes back where the drawing is."""
    panel.ends[1].click()
    use = ready.window._blend._picker.drawing_picked
    use.emit()
    assert ready.blending.ends[1].name != "my drawing"  # nothing is drawn yet
    ready.draw(qtbot, LINE)
    before = ready.session.document.bounds
    use.emit()
    assert ready.blending.ends[1].name == "my drawing"
    box = ready.blending.ends[1].box
    assert box.x == pytest.approx((before.left + before.right) / 2, abs=2)
    rest(ready, qtbot)
    assert ready.blending.put_on_page(StrokeStyle(), Bounds(0, 0, 5000, 5000))
    strokes = ready.session.selected_strokes()
    assert strokes
    assert all(stroke.bounds.right < 1000 for stroke in strokes)


def test_nothing_is_asked_while_the_panel_is_hidden(ready, panel, qtbot):
    """A closed panel costs nothing, and is up to date when it opens."""
    rest(ready, qtbot)
    ready.trigger("blend")
    ready.blending.set_position(0.9)
    assert not ready.service.is_busy(Lane.BLEND)
    ready.trigger("blend")
    rest(ready, qtbot)
    assert ready.blending.shown_place[0] == 0.9


def test_preview_takes_the_pens_colour(ready, panel):
    """What is seen is what is put on the canvas."""
    ready.trigger("color_3")
    panel.view.resize(200, 200)
    image = panel.view.grab().toImage()
    colors = {image.pixelColor(QPoint(x, y)).name() for x in range(200) for y in range(200)}
    assert "#dc2626" in colors


def test_strip_shows_the_way_and_goes_there(ready, panel, qtbot):
    """Nine sketches from end to end; they change with the ends, and a click moves the slider."""
    qtbot.waitUntil(lambda: len(panel.strip.sketches) == 9)
    before = panel.strip.sketches
    ready.blending.set_category(0, "sun")
    qtbot.waitUntil(lambda: panel.strip.sketches is not before)
    same = panel.strip.sketches
    qtbot.mouseClick(
        panel.strip, Qt.MouseButton.LeftButton, pos=QPoint(panel.strip.width() - 3, 10)
    )
    assert panel.slider.value() == panel.slider.maximum()
    rest(ready, qtbot)
    assert panel.strip.sketches is same
    np.testing.assert_allclose(panel.view.sketch[0], same[-1][0], atol=1e-3)
