"""The Blend panel with the shipped weights: everything a person can do with codes."""

from __future__ import annotations

import functools

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFileDialog, QMenu

from sketchstudio.core.provenance import unpacked_code
from sketchstudio.engine.messages import Lane
from sketchstudio.engine.worker import load_studio
from sketchstudio.state.blending import MINUS, PLUS
from sketchstudio.ui.dialogs.animation import AnimationDialog, Film

LINE = [(100, 100), (140, 120), (180, 160), (240, 150)]

shipped = functools.cache(load_studio)


@pytest.fixture
def studio(make, qtbot):
    studio = make(shipped)
    rest(studio, qtbot)
    return studio


def rest(studio, qtbot):
    """Wait until what is shown is what is wanted, and everything has its picture."""
    blending = studio.blending

    def shown() -> bool:
        lanes = (Lane.BLEND, Lane.STRIP, Lane.PORTRAITS, Lane.THUMBNAILS)
        idle = not any(studio.service.is_busy(lane) for lane in lanes)
        pictured = all(end.sketch for end in blending.mixture.everyone)
        return idle and not blending._stale and bool(blending.strip) and pictured

    qtbot.waitUntil(shown, timeout=30_000)


def ink_of(sketch):
    return [stroke.tolist() for stroke in sketch]


def cosine(a, b):
    return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))


def test_the_line_goes_beyond_its_ends(studio, qtbot):
    """With overshoot the slider reaches further, and further out is less like the other end."""
    blending, panel = studio.blending, studio.window.blend_panel
    model = shipped()
    cat, pig = (model.category_code(end.name) for end in blending.ends)
    studio.trigger("blend_beyond")
    panel.slider.setValue(panel.slider.minimum())
    rest(studio, qtbot)
    assert blending.mixture.position == -0.5
    assert cosine(blending.shown_code, pig) < cosine(cat, pig)
    assert np.mean(blending.shown_code**2) == pytest.approx(1, abs=2e-3)
    studio.trigger("blend_beyond")
    assert blending.mixture.position == 0.0
    rest(studio, qtbot)
    np.testing.assert_allclose(blending.shown_code, cat, atol=1e-5)


def test_straight_and_round_differ_between_the_ends_only(studio, qtbot):
    """The straight way is shorter than the sphere; at the ends both are the code itself."""
    blending = studio.blending
    round_code = blending.shown_code
    studio.trigger("blend_straight")
    rest(studio, qtbot)
    straight = blending.shown_code
    assert np.mean(straight**2) < 0.99 < np.mean(round_code**2)
    a, b = (shipped().category_code(end.name) for end in blending.ends)
    np.testing.assert_allclose(straight, (a + b) / 2, atol=1e-5)


def test_the_pad_blends_four_by_mouse_and_keys(studio, qtbot):
    """The point at a corner is that corner's category; dragging and arrows redraw at once."""
    blending, pad = studio.blending, studio.window.blend_panel.pad
    studio.trigger("blend_pad")
    rest(studio, qtbot)
    assert pad.isVisible()
    assert not studio.window.blend_panel.slider.isVisible()
    assert len(pad._sketches) == 9
    middle, left = pad.rect().center(), Qt.MouseButton.LeftButton
    qtbot.mousePress(pad, left, pos=middle)
    shown = []
    blending.sketch_changed.connect(lambda: shown.append(blending.shown_place))
    for step in range(1, 40):
        qtbot.mouseMove(pad, middle + QPoint(3 * step, 3 * step))
        qtbot.wait(2)
    qtbot.mouseRelease(pad, left, pos=middle + QPoint(117, 117))
    rest(studio, qtbot)
    assert len(shown) > 1
    assert blending.shown_place == (1.0, 1.0)
    code = shipped().category_code(blending.ends[3].name)
    np.testing.assert_allclose(blending.shown_code, code, atol=1e-4)
    pad.setFocus()
    for _ in range(20):
        qtbot.keyClick(pad, Qt.Key.Key_Left)
    rest(studio, qtbot)
    assert blending.shown_place == pytest.approx((0.0, 1.0))
    code = shipped().category_code(blending.ends[2].name)
    np.testing.assert_allclose(blending.shown_code, code, atol=1e-4)


def test_a_corner_is_chosen_by_a_click(studio, qtbot):
    """A click on a corner's picture asks what shall be there."""
    studio.trigger("blend_pad")
    rest(studio, qtbot)
    pad, picker = studio.window.blend_panel.pad, studio.window._blend._picker
    corner = pad.corner_area(2).center().toPoint() - QPoint(20, -20)
    qtbot.mouseClick(pad, Qt.MouseButton.LeftButton, pos=corner)
    qtbot.keyClicks(picker._search, "flam")
    qtbot.keyClick(picker._search, Qt.Key.Key_Return)
    assert studio.blending.mixture.corners[2].name == "flamingo"


def test_the_die_takes_another_drawing_of_the_category(studio, qtbot):
    """Each throw is another of the typical drawings, with a picture of its own."""
    blending, button = studio.blending, studio.window.blend_panel.ends[0]
    first = ink_of(blending.ends[0].sketch)
    seen = set()
    for _ in range(3):
        qtbot.mouseClick(button.die, Qt.MouseButton.LeftButton)
        rest(studio, qtbot)
        end = blending.ends[0]
        assert end.code.category == "cat"
        assert ink_of(end.sketch) != first
        seen.add(end.code.example)
    assert len(seen) > 1
    assert button.text() == "Cat"


def test_a_difference_moves_all_blends(studio, qtbot):
    """Plus a cat, minus a circle: what is shown becomes more of a cat, the more the stronger."""
    blending, model = studio.blending, shipped()
    blending.set_category(0, "circle")
    blending.set_category(1, "face")
    blending.set_category(PLUS, "cat")
    rest(studio, qtbot)
    plain, strip = blending.shown_code, blending.strip
    blending.set_category(MINUS, "circle")
    way = model.category_code("cat") - model.category_code("circle")
    likenesses = [cosine(plain, way)]
    controls = studio.window.blend_panel.difference
    for value in (50, 100, 200):
        controls.strength.setValue(value)
        rest(studio, qtbot)
        likenesses.append(cosine(blending.shown_code, way))
    assert likenesses == sorted(likenesses)
    assert blending.strip is not strip
    controls.clear.click()
    rest(studio, qtbot)
    np.testing.assert_allclose(blending.shown_code, plain, atol=1e-5)


def test_strips_change_while_a_slider_is_dragged(studio, qtbot):
    """Blends and strips take turns: neither waits for the hand to rest."""
    blending = studio.blending
    blending.set_category(PLUS, "cat")
    blending.set_category(MINUS, "circle")
    rest(studio, qtbot)
    strips = []
    blending.strip_changed.connect(lambda: strips.append(blending._strip[0].strength))
    strength = studio.window.blend_panel.difference.strength
    for value in range(100, 200):
        strength.setValue(value)
        qtbot.wait(8)
        if len(strips) > 2:
            break
    assert len(strips) > 2


def test_a_proposal_and_the_ink_are_an_end(studio, qtbot):
    """What the model proposes can be blended before it is accepted."""
    studio.draw(qtbot, LINE)
    studio.trigger("complete")
    proposals = studio.proposals
    qtbot.waitUntil(lambda: proposals.active and not proposals.is_drawing, timeout=20_000)
    panel, picker = studio.window.blend_panel, studio.window._blend._picker
    panel.ends[1].click()
    assert picker._proposal.isEnabled()
    picker._proposal.click()
    end = studio.blending.ends[1]
    assert end.name == "the proposal"
    assert len(end.code.ink) == 1 + len(proposals.strokes)
    rest(studio, qtbot)


def test_a_picture_is_an_end(studio, qtbot, tmp_path, monkeypatch):
    """A photo's lines are read as a drawing; what is no picture is refused in a line."""
    picture = Image.new("L", (200, 200), 255)
    for i in range(30, 170):
        picture.putpixel((i, 60), 0)
        picture.putpixel((i, 61), 0)
        picture.putpixel((100, i), 0)
        picture.putpixel((101, i), 0)
    path = tmp_path / "cross.png"
    picture.save(path)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    studio.window.blend_panel.ends[0].click()
    studio.window._blend._picker.file_wanted.emit()
    studio.window._blend._picker.close()
    end = studio.blending.ends[0]
    assert end.name == "cross"
    assert end.code.ink
    assert end.box is None
    rest(studio, qtbot)
    path.write_bytes(b"no picture")
    told = []
    studio.window._blend.told.connect(told.append)
    studio.window._blend._picker.file_wanted.emit()
    assert len(told) == 1
    assert "cross.png" in told[0]
    assert studio.blending.ends[0] is end


def test_a_strip_is_one_step_and_knows_its_places(studio, qtbot):
    """Nine sketches in a row; undone at once; each stroke can be made again from its code."""
    before = studio.session.document
    studio.trigger("blend_put_strip")
    strokes = list(studio.session.document.strokes())
    positions = sorted({stroke.provenance.position for stroke in strokes})
    assert [x for (x,) in positions] == pytest.approx(np.linspace(0, 1, 9))
    assert {stroke.provenance.categories for stroke in strokes} == {("cat", "pig")}
    first = unpacked_code(strokes[0].provenance.code)
    np.testing.assert_allclose(first, shipped().category_code("cat"), atol=5e-3)
    lefts = [
        min(s.bounds.left for s in strokes if s.provenance.position == where) for where in positions
    ]
    assert lefts == sorted(lefts)
    studio.trigger("undo")
    assert studio.session.document.layers == before.layers


def test_a_pad_goes_on_the_page_as_a_square(studio, qtbot):
    """Three by three, each with both its coordinates."""
    studio.trigger("blend_pad")
    rest(studio, qtbot)
    studio.trigger("blend_put_strip")
    places = {stroke.provenance.position for stroke in studio.session.document.strokes()}
    assert len(places) == 9
    assert {len(place) for place in places} == {2}
    studio.trigger("undo")
    assert studio.ink == 0


def test_play_shows_frames_and_stops_by_itself(studio, qtbot):
    """The morph runs in the panel, the slider with it, until the person takes over."""
    morphing, panel = studio.window._blend.morphing, studio.window.blend_panel
    still = panel.view.sketch
    studio.trigger("blend_play")
    seen, places = [], []
    morphing.frame_changed.connect(
        lambda: (seen.append(ink_of(panel.view.sketch)), places.append(panel.slider.value()))
    )
    qtbot.waitUntil(lambda: len(seen) > 5, timeout=30_000)
    assert places == sorted(places)
    assert len({str(sketch) for sketch in seen}) > 2
    assert studio.window.actions_by_id["blend_play"].isChecked()
    studio.trigger("blend_play")
    assert not morphing.playing
    assert panel.view.sketch is still
    assert panel.slider.value() == 500
    studio.trigger("blend_play")
    panel.slider.setValue(200)
    assert not morphing.playing


def test_export_through_the_dialog(studio, qtbot, tmp_path, monkeypatch):
    """Kind, size and length are asked for, then a file lies where it was wanted."""
    path = tmp_path / "morph"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    told = []
    studio.window._blend.told.connect(told.append)
    studio.trigger("blend_export")
    dialog = studio.window.findChild(AnimationDialog)
    dialog.size_.setCurrentIndex(0)
    dialog.seconds.setValue(0.5)
    dialog._on_save()
    qtbot.waitUntil(lambda: "Exported morph.gif" in told, timeout=30_000)
    with Image.open(tmp_path / "morph.gif") as picture:
        assert picture.size == (256, 256)
        assert picture.n_frames == 2 * 10 - 2
    qtbot.waitUntil(lambda: not studio.window.findChildren(AnimationDialog))


def test_nothing_takes_the_place_of_a_film(studio, qtbot, tmp_path):
    """While its frames are drawn nothing plays and no other begins; then both can be had again."""
    commands, morphing = studio.window._blend, studio.window._blend.morphing
    path = tmp_path / "a.svg"
    commands._films.export_to(path, Film(".svg", 256, 0.5))
    assert not studio.enabled("blend_play")
    assert not studio.enabled("blend_export")
    morphing.play()
    assert not morphing.playing
    qtbot.waitUntil(path.exists, timeout=30_000)
    assert studio.enabled("blend_play")
    assert studio.enabled("blend_export")
    morphing.play()
    assert morphing.playing
    morphing.stop()


def test_export_that_fails_is_told(studio, qtbot, tmp_path):
    """A folder that is gone is named in a line, and the app goes on."""
    told = []
    studio.window._blend.told.connect(told.append)
    path = tmp_path / "gone" / "a.svg"
    studio.window._blend._films.export_to(path, Film(".svg", 256, 0.5))
    qtbot.waitUntil(lambda: any("cannot write" in line for line in told), timeout=30_000)
    assert str(tmp_path) not in told[-1]


def test_a_kept_code_is_an_end_again(studio, qtbot):
    """Kept, named in the list, chosen by the picker: it draws what it drew."""
    blending, panel = studio.blending, studio.window.blend_panel
    code, sketch = blending.shown_code, ink_of(blending.sketch)
    studio.trigger("blend_keep")
    assert [kept.name for kept in blending.library.codes] == ["cat + pig"]
    item = panel.codes.list.item(0)
    item.setText("whiskered pig")
    assert blending.library.codes[0].name == "whiskered pig"
    panel.ends[0].click()
    picker = studio.window._blend._picker
    qtbot.keyClicks(picker._search, "whisk")
    qtbot.keyClick(picker._search, Qt.Key.Key_Return)
    assert blending.ends[0].name == "whiskered pig"
    panel.slider.setValue(0)
    rest(studio, qtbot)
    np.testing.assert_array_equal(blending.shown_code, code)
    assert ink_of(blending.sketch) == sketch
    panel.codes.list.setCurrentRow(0)
    qtbot.keyClick(panel.codes.list, Qt.Key.Key_Delete)
    assert not blending.library.codes
    assert not studio.enabled("codes_export")


def test_menus_of_codes_do_not_add_up(studio, qtbot):
    """Each right click makes one; it does what it says, and goes when it closes."""
    codes, library = studio.window.blend_panel.codes, studio.blending.library
    studio.trigger("blend_keep")
    before = set(codes.findChildren(QMenu))
    codes.list.customContextMenuRequested.emit(QPoint(5, 5))
    (menu,) = set(codes.findChildren(QMenu)) - before
    menu.actions()[-1].trigger()
    assert not library.codes
    menu.close()
    qtbot.waitUntil(lambda: len(codes.findChildren(QMenu)) == len(before))


def test_codes_are_shared_through_the_window(studio, qtbot, tmp_path, monkeypatch):
    """Exported and imported by the menu; a stranger's file is refused in a line."""
    library = studio.blending.library
    studio.trigger("blend_keep")
    path = tmp_path / "mine.codes"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    studio.trigger("codes_export")
    library.remove([library.codes[0].id])
    studio.trigger("codes_import")
    assert len(library.codes) == 1
    path.write_bytes(b"\x80\x04 a pickle")
    told = []
    studio.window._blend.told.connect(told.append)
    studio.trigger("codes_import")
    assert told == ["mine.codes: not a file of codes, or damaged"]
    assert len(library.codes) == 1


def test_settings_of_the_panel_are_remembered(studio, qtbot, make):
    """A new window begins with the pad, the way and the open parts of the last one."""
    for action in ("blend_pad", "blend_straight", "blend_beyond"):
        studio.trigger(action)
    studio.window.blend_panel.open_fold("codes")
    studio.window.remember()
    again = make(settings=studio.settings)
    mixture = again.blending.mixture
    assert (mixture.square, mixture.straight, mixture.beyond) == (True, True, True)
    assert again.window.blend_panel.open_folds == ["sampling", "codes"]
    assert again.window.actions_by_id["blend_pad"].isChecked()
