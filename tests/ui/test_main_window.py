"""The window as a person uses it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractSpinBox, QApplication

from sketchstudio.core.stroke import Origin
from sketchstudio.state.settings import Settings
from sketchstudio.ui import icons
from sketchstudio.ui.actions import ACTIONS, MENUS, SPECS, ids_of

LINE = [(100, 100), (140, 120), (180, 160), (240, 150)]
OTHER = [(300, 200), (320, 260), (380, 300)]
PROPOSAL = ("accept", "again", "reject")


def no_weights():
    raise RuntimeError("the weights are missing; install sketchstudio again")


def test_ink_undo_redo(loading, qtbot):
    """Drawing works while the model loads, and each stroke is one step."""
    assert not loading.enabled("undo")
    loading.draw(qtbot, LINE)
    loading.draw(qtbot, OTHER)
    assert loading.ink == 2
    loading.trigger("undo")
    assert loading.ink == 1
    assert loading.enabled("redo")
    loading.trigger("redo")
    assert loading.ink == 2


def test_without_a_model_drawing_goes_on(make, qtbot):
    """A model that cannot be loaded disables its controls with the reason, nothing else."""
    studio = make(no_weights)
    assert "you can draw" in studio.window.indicator.text
    assert "weights are missing" in studio.window.indicator.toolTip()
    assert "Install" in studio.window.indicator.toolTip()
    for spec in ACTIONS:
        if spec.needs_model:
            assert not studio.enabled(spec.id)
            tip = studio.window.actions_by_id[spec.id].toolTip()
            assert "could not be loaded" in tip
    assert not studio.window.blend_panel.put.isEnabled()
    assert not studio.window.blend_panel.slider.isEnabled()
    studio.draw(qtbot, LINE)
    assert studio.ink == 1


def test_proposal_by_keys(ready, qtbot):
    """C asks, the buttons appear, Tab accepts in one undo step."""
    ready.draw(qtbot, LINE)
    canvas, bar = ready.window.canvas, ready.window.area.proposal_bar
    assert not bar.isVisible()
    qtbot.keyClick(canvas, Qt.Key.Key_C)
    qtbot.waitUntil(lambda: bool(ready.proposals.strokes) and not ready.proposals.is_drawing)
    assert bar.isVisible()
    proposed = len(ready.proposals.strokes)
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert ready.ink == 1 + proposed
    assert not bar.isVisible()
    assert not any(ready.enabled(id) for id in PROPOSAL)
    ready.trigger("undo")
    assert ready.ink == 1


@pytest.mark.parametrize("how", ["escape", "ink"])
def test_proposal_is_rejected(ready, qtbot, how):
    """Esc and drawing on drop the proposal and leave the ink alone."""
    ready.draw(qtbot, LINE)
    ready.trigger("redraw")
    qtbot.waitUntil(lambda: bool(ready.proposals.strokes))
    if how == "escape":
        qtbot.keyClick(ready.window.canvas, Qt.Key.Key_Escape)
        assert ready.ink == 1
    else:
        ready.draw(qtbot, [(600, 500), (620, 520), (640, 500)])
        assert ready.ink == 2
    assert not ready.proposals.active
    assert not ready.window.area.proposal_bar.isVisible()


def test_proposal_is_accepted_by_a_click(ready, qtbot):
    """A click on the ghost ink takes it, and draws nothing."""
    ready.draw(qtbot, LINE)
    ready.trigger("redraw")
    qtbot.waitUntil(lambda: bool(ready.proposals.strokes) and not ready.proposals.is_drawing)
    proposed = ready.proposals.strokes
    x, y = ready.window.canvas.viewport.to_screen(*map(float, proposed[0].points[0]))
    qtbot.mouseClick(ready.window.canvas, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert tuple(ready.session.document.strokes()) == proposed


def test_asking_while_the_model_loads(loading, qtbot):
    """C is remembered and says so; Tab, pressed too early, does not wander off; Esc gives up."""
    canvas, bar = loading.window.canvas, loading.window.area.proposal_bar
    loading.draw(qtbot, LINE)
    qtbot.keyClick(canvas, Qt.Key.Key_C)
    assert bar.isVisible()
    assert "loading" in bar.words.text()
    assert not loading.enabled("accept")
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert canvas.hasFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert not bar.isVisible()
    qtbot.keyClick(canvas, Qt.Key.Key_C)
    loading.service.start()
    qtbot.waitUntil(lambda: bool(loading.proposals.strokes))
    assert not bar.words.isVisible()
    assert loading.enabled("accept")


def test_bar_shows_the_seed(ready, qtbot):
    """Again shows the seed it takes, and a click on it opens where it is changed."""
    bar = ready.window.area.proposal_bar
    ready.draw(qtbot, LINE)
    ready.trigger("redraw")
    assert bar.status.text() == "Drawing…"
    ready.trigger("again")
    qtbot.waitUntil(lambda: not ready.proposals.is_drawing)
    assert bar.status.text() == "Seed 2"
    qtbot.mouseClick(bar.status, Qt.MouseButton.LeftButton)
    popup = ready.window._model._popup
    assert popup.isVisible()
    assert ready.window.frameGeometry().contains(popup.geometry())
    assert popup.geometry().bottom() < bar.status.mapToGlobal(QPoint(0, 0)).y()
    assert popup.controls.seed.value() == 2
    popup.controls.seed.setValue(40)
    qtbot.waitUntil(lambda: not ready.proposals.is_drawing)
    assert bar.status.text() == "Seed 40"


def test_bar_stays_within_a_narrow_canvas(ready, qtbot):
    """Words go first; the buttons are all there, whatever the window's size."""
    area, bar = ready.window.area, ready.window.area.proposal_bar
    ready.draw(qtbot, LINE)
    ready.trigger("redraw")
    qtbot.waitUntil(lambda: not ready.proposals.is_drawing)  # its alternatives are pictures, too
    widths = []
    for width in (1200, 640, 1200):
        ready.window.resize(width, 600)
        QApplication.processEvents()
        assert area.rect().contains(bar.geometry())
        assert bar.width() >= bar.sizeHint().width()
        widths.append(bar.width())
    assert widths[1] < widths[0] == widths[2]


def test_tab_is_free_without_a_proposal(loading):
    """Tab moves the focus unless there is something to accept."""
    assert not loading.enabled("accept")


def test_blend_goes_on_the_canvas_in_one_step(ready, qtbot):
    """The panel draws by itself, and its sketch becomes selected ink of the model."""
    panel = ready.window.blend_panel
    qtbot.waitUntil(lambda: bool(panel.view.sketch))
    panel.slider.setValue(250)
    qtbot.waitUntil(lambda: ready.blending.shown_place == (0.25, 0.0))
    qtbot.mouseClick(panel.put, Qt.MouseButton.LeftButton)
    strokes = list(ready.session.document.strokes())
    assert strokes
    assert {stroke.origin for stroke in strokes} == {Origin.MODEL}
    assert strokes[0].provenance.categories == tuple(e.name for e in ready.blending.ends)
    assert ready.session.selected_ids == {stroke.id for stroke in strokes}
    ready.trigger("undo")
    assert ready.ink == 0


def test_copy_and_paste(loading, qtbot):
    """A copy is new ink beside the old, selected."""
    loading.draw(qtbot, LINE)
    loading.trigger("select_all")
    loading.trigger("copy")
    loading.trigger("paste")
    old, new = loading.session.document.strokes()
    assert old.id != new.id
    assert loading.session.selected_ids == {new.id}
    loading.trigger("cut")
    loading.trigger("paste")
    assert loading.ink == 2


def test_colour_of_the_selection(loading, qtbot):
    """With the select tool a swatch recolours what is selected, in one step."""
    loading.draw(qtbot, LINE)
    loading.trigger("select_all")
    loading.trigger("color_3")
    assert next(loading.session.document.strokes()).style.color == "#dc2626"
    loading.trigger("undo")
    assert next(loading.session.document.strokes()).style.color != "#dc2626"


@pytest.mark.parametrize(
    ("key", "tool"),
    [
        (Qt.Key.Key_E, "eraser"),
        (Qt.Key.Key_S, "select"),
        (Qt.Key.Key_H, "hand"),
        (Qt.Key.Key_M, "highlighter"),
        (Qt.Key.Key_Q, "lasso"),
        (Qt.Key.Key_I, "picker"),
        (Qt.Key.Key_Z, "zoom"),
    ],
)
def test_tools_by_keys(loading, qtbot, key, tool):
    """One letter takes a tool, another gives the pen back."""
    qtbot.keyClick(loading.window.canvas, key)
    assert loading.tools.tool == tool
    assert loading.window.actions_by_id[tool].isChecked()
    qtbot.keyClick(loading.window.canvas, Qt.Key.Key_P)
    assert loading.tools.tool == "pen"


def test_brackets_change_what_is_in_hand(loading):
    """With the eraser in hand they change its width, else the pen's."""
    pen, eraser = loading.tools.style.width, loading.tools.eraser_width
    loading.trigger("thicker")
    assert loading.tools.style.width > pen
    assert loading.tools.eraser_width == eraser
    pen = loading.tools.style.width
    loading.trigger("eraser")
    loading.trigger("thicker")
    loading.trigger("thicker")
    loading.trigger("thinner")
    assert loading.tools.eraser_width > eraser
    assert loading.tools.style.width == pen


def test_settings_come_and_go(make, qtbot):
    """Style and sampling are there again at the next start."""
    studio = make(settings=Settings(pen_color="#2563eb", pen_width=6, seed=7, blend_panel=False))
    assert studio.tools.style.color == "#2563eb"
    assert studio.proposals.seed == 7
    assert not studio.window.blend_panel.isVisible()
    studio.trigger("color_5")
    studio.trigger("thicker")
    studio.window.close()
    assert studio.settings.pen_color == "#15924a"
    assert studio.settings.pen_width > 6
    assert studio.settings.geometry


@pytest.mark.parametrize("name", ["dark", "light", "system"])
def test_themes(loading, name):
    """Each theme dresses a living window and is remembered."""
    loading.trigger(f"theme_{name}")
    window = loading.window.palette().window().color()
    assert (window.lightness() < 128) == (name == "dark")
    assert loading.settings.theme == name


def test_error_line_stays(loading):
    """An error nobody caught is shown in one line over the canvas."""
    loading.window.show_error("Something went wrong: ValueError")
    assert loading.window.area.banner.isVisible()
    assert "ValueError" in loading.window.area.banner.label.text()


def test_keys_are_unambiguous():
    """Two actions on one key would both stay silent."""
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))


def test_menus_know_every_action():
    """Each action can be found in a menu, once, and so with the keyboard and in the cheat sheet."""
    listed = [id for menu in MENUS for id in ids_of(menu)]
    assert sorted(listed) == sorted(SPECS)


def test_tab_accepts_only_on_the_canvas(ready, qtbot):
    """Whoever walks through the controls by Tab takes no ink by it."""
    ready.draw(qtbot, LINE)
    ready.trigger("redraw")
    qtbot.waitUntil(lambda: bool(ready.proposals.strokes) and not ready.proposals.is_drawing)
    field = ready.window.blend_panel.findChild(QAbstractSpinBox)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Tab)
    assert ready.proposals.active
    assert not field.hasFocus()
    ready.window.canvas.setFocus()
    qtbot.keyClick(ready.window.canvas, Qt.Key.Key_Tab)
    assert not ready.proposals.active


def test_actions_without_an_object_are_disabled(loading, qtbot):
    """Nothing to clear, select, export or paste; a locked layer is not deleted."""
    QGuiApplication.clipboard().setText("words")
    ids = ("select_all", "clear", "export")
    assert not any(loading.enabled(id) for id in (*ids, "paste"))
    loading.draw(qtbot, LINE)
    assert all(loading.enabled(id) for id in ids)
    loading.trigger("select_all")
    loading.trigger("copy")
    assert loading.enabled("paste")
    loading.trigger("layer_add")
    assert loading.enabled("layer_delete")
    loading.trigger("layer_locked")
    assert not loading.enabled("layer_delete")


def test_the_hint_names_the_key_that_is_set(loading):
    """An empty page tells the person's own key."""
    said = []
    loading.window.canvas.set_hint = said.append
    loading.preferences.set("shortcuts", {"complete": ["J"]})
    assert "press J:" in said[-1]


def test_columns_give_way_in_a_narrow_window(loading, qtbot):
    """The canvas keeps room to draw; what was asked for last is seen, the other comes back."""
    window = loading.window
    window.resize(660, 600)
    assert window.blend_panel.isVisible()
    loading.trigger("layers")
    assert window.side_panels.isVisible()
    assert not window.blend_panel.isVisible()
    qtbot.waitUntil(lambda: window.canvas.width() >= 240)
    loading.trigger("blend")  # is checked, but is not there: the key brings it, not unchecks it
    assert window.blend_panel.isVisible()
    assert not window.side_panels.isVisible()
    window.resize(1200, 600)
    assert window.blend_panel.isVisible()
    assert window.side_panels.isVisible()
    window.resize(660, 600)
    loading.trigger("blend")
    assert window.side_panels.isVisible()
    assert not window.blend_panel.isVisible()
    loading.trigger("focus")
    window.resize(1000, 600)
    assert not window.side_panels.isVisible()
    loading.trigger("focus")
    assert window.side_panels.isVisible()


def test_icons_are_sharp_on_a_screen_that_comes_later(loading, monkeypatch):
    """They are drawn for the pixels of the screens there are, and anew on another one."""
    action = loading.window.actions_by_id["pen"]
    size = QSize(icons.SIZE, icons.SIZE)
    assert action.icon().pixmap(size, 1.5).size() == size  # one pixel for each
    monkeypatch.setattr(icons, "_densities", lambda: {1.0, 1.5})
    QApplication.sendEvent(loading.window, QEvent(QEvent.Type.DevicePixelRatioChange))
    assert action.icon().pixmap(size, 1.5).size() == size * 1.5
