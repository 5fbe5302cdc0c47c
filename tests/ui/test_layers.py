"""Layers and history in the window: by mouse, by keys, each change one undo step."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QApplication, QMenu

from sketchstudio.state.session import UNDO_STEPS
from tests.ui.conftest import Studio

LINE = [(100, 200), (150, 260), (220, 210)]


def names(studio: Studio) -> list[str]:
    """From the bottom up."""
    return [layer.name for layer in studio.session.document.layers]


def test_ink_goes_on_the_current_layer(loading: Studio, qtbot):
    """A new layer lies on top and takes the ink; the one below is chosen by a click or a key."""
    loading.trigger("layer_add")
    loading.draw(qtbot, LINE)
    low, high = loading.session.document.layers
    assert (len(low.strokes), len(high.strokes)) == (0, 1)
    loading.trigger("layer_below")
    assert loading.session.active_layer.id == low.id
    loading.draw(qtbot, LINE)
    assert [len(layer.strokes) for layer in loading.session.document.layers] == [1, 1]
    panel = loading.window.side_panels.layers
    panel.list.setCurrentItem(panel.list.topLevelItem(0))
    assert loading.session.active_layer.id == high.id


def test_every_layer_of_a_file_can_be_erased_on(loading: Studio, qtbot):
    """Ink of a layer far below is reached once the layer is chosen, and only it."""
    for _ in range(2):
        loading.trigger("layer_add")
        loading.draw(qtbot, LINE)
    loading.trigger("layer_below")
    loading.tools.set_tool("eraser")
    loading.draw(qtbot, [LINE[0], LINE[0]])
    assert [len(layer.strokes) for layer in loading.session.document.layers] == [0, 0, 1]


def test_locked_and_hidden_layers_are_left_alone(loading: Studio, qtbot):
    """Nothing is drawn, erased or selected there, and the status bar says why."""
    loading.draw(qtbot, LINE)
    for toggle, word in (("layer_locked", "locked"), ("layer_visible", "hidden")):
        loading.trigger(toggle)
        before = loading.session.document
        for tool in ("pen", "eraser", "select"):
            loading.tools.set_tool(tool)
            loading.draw(qtbot, LINE)
        loading.trigger("select_all")
        loading.trigger("clear")
        assert loading.session.document is before
        assert not loading.session.selected_ids
        assert word in loading.window.statusBar().currentMessage()
        loading.trigger(toggle)
    loading.trigger("select_all")
    assert len(loading.session.selected_ids) == 1


def test_eye_lock_and_name_in_the_list(loading: Studio, qtbot):
    """A click on the eye hides, one on the lock locks, writing in the row renames."""
    loading.trigger("layers")
    rows = loading.window.side_panels.layers.list
    item = rows.topLevelItem(0)
    for column in (0, 1):
        place = rows.visualRect(rows.indexFromItem(item, column)).center()
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not loading.session.active_layer.visible
    assert loading.session.active_layer.locked
    rows.topLevelItem(0).setText(2, "Sky")
    assert names(loading) == ["Sky"]
    rows.topLevelItem(0).setText(2, "  ")
    assert names(loading) == ["Sky"]
    assert rows.topLevelItem(0).text(2) == "Sky"
    steps = [loading.session.undo_stack.text(i) for i in range(3)]
    assert steps == ["Hide layer", "Lock layer", "Rename layer"]


def test_the_eye_of_another_layer_does_not_choose_it(loading: Studio, qtbot):
    """Hiding what lies below leaves the pen where it is."""
    loading.trigger("layers")
    loading.trigger("layer_add")
    rows = loading.window.side_panels.layers.list
    place = rows.visualRect(rows.indexFromItem(rows.topLevelItem(1), 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    low, high = loading.session.document.layers
    assert (low.visible, high.visible) == (False, True)
    assert loading.session.active_layer.id == high.id


def test_the_list_is_used_by_keys(loading: Studio, qtbot):
    """Arrows choose, Space hides, F2 renames."""
    loading.trigger("layers")
    loading.trigger("layer_add")
    rows = loading.window.side_panels.layers.list
    rows.setFocus()
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert loading.session.active_layer.name == "Layer 1"
    qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert not loading.session.active_layer.visible
    qtbot.keyClick(rows, Qt.Key.Key_F2)
    assert rows.state() == rows.State.EditingState


def test_order_and_deletion(loading: Studio):
    """Layers are raised, lowered and deleted; the last one stays."""
    assert not loading.enabled("layer_delete")
    for _ in range(2):
        loading.trigger("layer_add")
    assert not loading.enabled("layer_raise")
    loading.trigger("layer_lower")
    assert names(loading) == ["Layer 1", "Layer 3", "Layer 2"]
    loading.window.side_panels.layers.list.moved.emit(2, 0)
    assert names(loading) == ["Layer 3", "Layer 2", "Layer 1"]
    for _ in range(2):
        loading.trigger("layer_delete")
    assert len(names(loading)) == 1
    assert not loading.enabled("layer_delete")
    for _ in range(6):
        loading.session.undo()
    assert names(loading) == ["Layer 1"]


def test_merging_down_looks_the_same_and_is_one_step(loading: Studio, qtbot):
    """Ink lies as it lay, on the lower layer; undo gives both layers back, byte for byte."""
    loading.tools.set_width(20)
    loading.draw(qtbot, LINE)
    assert not loading.enabled("layer_merge")
    loading.trigger("layer_add")
    loading.tools.set_color("#dc2626")
    loading.draw(qtbot, [(100, 260), (220, 200)])
    canvas, before = loading.window.canvas, loading.session.document
    canvas.finish_painting()
    seen = canvas.grab().toImage()
    loading.trigger("layer_merge")
    canvas.finish_painting()
    assert canvas.grab().toImage() == seen
    assert names(loading) == ["Layer 1"]
    assert len(loading.session.active_layer.strokes) == 2
    assert loading.session.undo_stack.undoText() == "Merge layer down"
    loading.session.undo()
    assert loading.session.document == before
    loading.trigger("layer_above")
    loading.trigger("layer_locked")
    assert not loading.enabled("layer_merge")


def test_selected_ink_goes_to_another_layer(loading: Studio, qtbot):
    """It stays selected, passes by locked and hidden layers, and one undo brings it back."""
    loading.draw(qtbot, LINE)
    for _ in range(2):
        loading.trigger("layer_add")
    loading.trigger("layer_below")
    loading.trigger("layer_locked")
    loading.trigger("layer_below")
    assert not loading.enabled("move_to_above")
    loading.trigger("select_all")
    before, selected = loading.session.document, loading.session.selected_ids
    assert not loading.enabled("move_to_below")
    loading.trigger("move_to_above")
    assert [len(layer.strokes) for layer in loading.session.document.layers] == [0, 0, 1]
    assert loading.session.selected_ids == selected
    assert loading.session.active_layer.name == "Layer 3"
    assert loading.session.undo_stack.undoText() == "Move to layer"
    loading.session.undo()
    assert loading.session.document == before


def test_selected_ink_goes_to_a_layer_chosen_by_name(loading: Studio, qtbot):
    """From the Edit menu and from the menu of a row, however far away; not to a locked one."""
    loading.draw(qtbot, LINE)
    for _ in range(3):
        loading.trigger("layer_add")
    loading.trigger("layer_locked")
    bottom = loading.session.document.layers[0]
    loading.session.set_active_layer(bottom.id)
    menu = next(m for m in loading.window.findChildren(QMenu) if m.title() == "Move to Layer")
    assert not menu.menuAction().isEnabled()
    loading.trigger("select_all")
    assert menu.menuAction().isEnabled()
    for _ in range(2):  # opening it again does not list them twice
        menu.aboutToShow.emit()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    entries = [a for a in menu.actions() if a.text().startswith("Layer ")]
    assert [(a.text(), a.isEnabled()) for a in entries] == [
        *(("Layer 4", False), ("Layer 3", True), ("Layer 2", True), ("Layer 1", False)),
    ]
    entries[1].trigger()
    counts = [len(layer.strokes) for layer in loading.session.document.layers]
    assert (counts, loading.session.active_layer.name) == ([0, 0, 1, 0], "Layer 3")
    assert len(loading.session.selected_ids) == 1
    panel = loading.window.side_panels.layers
    panel.menu_of(loading.session.document.layers[0]).actions()[0].trigger()
    assert [len(layer.strokes) for layer in loading.session.document.layers] == [1, 0, 0, 0]
    loading.session.undo()
    assert [len(layer.strokes) for layer in loading.session.document.layers] == [0, 0, 1, 0]


def test_a_right_click_on_a_layer_keeps_the_selection(loading: Studio, qtbot):
    """Its menu is for the strokes that are selected on another layer."""
    loading.trigger("layers")
    loading.trigger("layer_add")
    loading.draw(qtbot, LINE)
    loading.trigger("select_all")
    rows = loading.window.side_panels.layers.list
    place = rows.visualRect(rows.indexFromItem(rows.topLevelItem(1), 2)).center()
    with qtbot.waitSignal(rows.menu_wanted) as asked:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.RightButton, pos=place)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, rows.mapToGlobal(place))
        QApplication.sendEvent(rows.viewport(), event)
    assert asked.args[0] == 1
    assert len(loading.session.selected_ids) == 1
    menu = loading.window.side_panels.layers.findChild(QMenu)
    assert menu.isVisible()
    assert menu.actions()[0].isEnabled()
    menu.close()


def test_a_drag_of_the_opacity_is_one_step(loading: Studio, qtbot):
    """The page follows the slider, and one undo takes all of it back."""
    slider = loading.window.side_panels.layers.opacity
    slider.sliderPressed.emit()
    for percent in (80, 60, 40):
        slider.setValue(percent)
    assert loading.session.active_layer.opacity == 0.4
    assert loading.session.undo_stack.count() == 1
    slider.sliderPressed.emit()
    slider.setValue(20)
    assert loading.session.undo_stack.count() == 2
    loading.session.undo()
    loading.session.undo()
    assert loading.session.active_layer.opacity == 1.0
    assert slider.value() == 100


def test_the_opacity_is_seen(loading: Studio, qtbot):
    """Ink of a pale layer is paler on the screen."""
    loading.tools.set_width(20)
    loading.draw(qtbot, [(100, 200), (300, 200)])
    canvas = loading.window.canvas
    canvas.finish_painting()
    before = canvas.grab().toImage().pixelColor(QPoint(200, 200)).lightness()
    loading.window.side_panels.layers.opacity.setValue(40)
    canvas.finish_painting()
    after = canvas.grab().toImage().pixelColor(QPoint(200, 200)).lightness()
    assert after > before + 80


def test_a_click_in_the_history_goes_there(loading: Studio, qtbot):
    """Steps have names; choosing one undoes or redoes up to it."""
    loading.trigger("history")
    for _ in range(3):
        loading.draw(qtbot, LINE)
    view = loading.window.side_panels.history.list
    model = view.model()
    assert [model.index(row, 0).data() for row in range(4)] == ["As opened", *["Draw"] * 3]
    view.setCurrentIndex(model.index(1, 0))
    assert loading.ink == 1
    view.setCurrentIndex(model.index(3, 0))
    assert loading.ink == 3


def test_a_thousand_steps_are_kept(loading: Studio):
    """Older steps are forgotten, so that memory is not."""
    for _ in range(UNDO_STEPS + 5):
        loading.trigger("layer_visible")
    assert loading.session.undo_stack.count() == UNDO_STEPS == 1000


def test_panels_are_remembered(make):
    """The next window shows the panels that the last one did."""
    studio = make()
    assert not studio.window.side_panels.isVisible()
    studio.trigger("layers")
    assert studio.window.side_panels.layers.isVisible()
    assert not studio.window.side_panels.history.isVisible()
    studio.window.remember()
    assert studio.preferences.values.layers_panel
    assert not studio.preferences.values.history_panel


def test_a_click_and_keys_after_a_drag_are_steps_of_their_own(loading: Studio, qtbot):
    """Undo takes back what was done last, not the drag before it as well."""
    loading.trigger("layers")
    slider, left = loading.window.side_panels.layers.opacity, Qt.MouseButton.LeftButton
    middle = slider.height() // 2
    for count, place in enumerate((0.7, 0.2), start=1):
        qtbot.mouseClick(slider, left, pos=QPoint(round(slider.width() * place), middle))
        assert loading.session.undo_stack.count() == count
        assert not slider.isSliderDown()
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    qtbot.keyClick(slider, Qt.Key.Key_Right)
    assert loading.session.undo_stack.count() == 3
