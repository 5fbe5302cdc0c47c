"""The page: its paper, edges and pattern, and how it lies on the screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QImage, QPainter

from sketchstudio.core.document import Page, Pattern
from sketchstudio.core.stroke import Bounds
from sketchstudio.ui.canvas.paper import is_plain, paint_paper
from sketchstudio.ui.dialogs.page import SIZES, PageDialog
from tests.ui.conftest import Studio

DESK = QColor("#808080")


def painted(page: Page, scale: float = 1.0) -> QImage:
    image = QImage(120, 120, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.scale(scale, scale)
    paint_paper(painter, page, Bounds(0, 0, 120 / scale, 120 / scale), DESK)
    painter.end()
    return image


def colors(image: QImage) -> set[str]:
    return {image.pixelColor(x, y).name() for x in range(120) for y in range(120)}


@pytest.mark.parametrize("paper", ["#ffffff", "#202025"])
@pytest.mark.parametrize("pattern", [Pattern.GRID, Pattern.LINES, Pattern.DOTS])
def test_the_pattern_is_seen_on_any_paper(pattern, paper):
    """Fine, at the spacing asked for, and never louder than ink."""
    page = Page(paper, pattern, 40)
    image = painted(page)
    assert image.pixelColor(20, 20).name() == paper
    spot = image.pixelColor(40, 40)
    assert 8 < abs(spot.lightness() - QColor(paper).lightness()) < 90
    between = image.pixelColor(20, 40).name() == paper
    assert between == (pattern is Pattern.DOTS)
    assert (image.pixelColor(40, 20).name() != paper) == (pattern is Pattern.GRID)
    assert not is_plain(page, Bounds(0, 0, 9, 9))


def test_a_pattern_thins_out_far_away():
    """Lines that would run together are left out, not painted as a grey mass."""
    image = painted(Page(pattern=Pattern.LINES, spacing=10), scale=0.2)
    rows = [image.pixelColor(3, y).name() != "#ffffff" for y in range(120)]
    assert 5 < sum(rows) < 20


def test_a_page_has_edges():
    """Beyond them the desk is seen."""
    page = Page(size=(60, 30))
    assert colors(painted(page)) == {"#ffffff", "#808080"}
    image = painted(page)
    assert image.pixelColor(59, 29).name() == "#ffffff"
    assert image.pixelColor(60, 10).name() == "#808080"
    assert is_plain(page, Bounds(0, 0, 60, 30))
    assert not is_plain(page, Bounds(0, 0, 61, 30))


def test_all_that_is_set_in_the_dialog_is_one_step(loading: Studio, qtbot):
    """The page changes at once, and one undo takes it all back."""
    dialog = PageDialog(loading.session, loading.window)
    dialog.show()
    dialog.size_box.setCurrentIndex(dialog.size_box.findData("A4"))
    dialog.size_box.activated.emit(0)
    assert loading.session.document.page.size == SIZES["A4"]
    dialog.turn.click()
    assert loading.session.document.page.size == SIZES["A4"][::-1]
    dialog.pattern_box.setCurrentIndex(dialog.pattern_box.findData(Pattern.GRID))
    dialog.pattern_box.activated.emit(0)
    dialog.spacing.setValue(50)
    dialog.across.setValue(500)
    dialog.accept()
    page = loading.session.document.page
    assert (page.pattern, page.spacing, page.size) == (Pattern.GRID, 50, (500, 794))
    assert loading.session.undo_stack.count() == 1
    loading.session.undo()
    assert loading.session.document.page == Page()


def test_a_cancelled_dialog_leaves_no_step(loading: Studio):
    """What was tried is gone."""
    dialog = PageDialog(loading.session, loading.window)
    dialog.paper_box.setCurrentIndex(3)
    dialog.paper_box.activated.emit(3)
    assert loading.session.document.page.paper != "#ffffff"
    dialog.reject()
    assert loading.session.document.page == Page()
    assert not loading.session.undo_stack.canUndo()


def test_the_menu_prints_on_the_paper(loading: Studio):
    """The menu shows what is printed, after an undo too."""
    loading.trigger("paper_dots")
    assert loading.session.document.page.pattern is Pattern.DOTS
    loading.session.undo()
    assert loading.window.actions_by_id["paper_plain"].isChecked()


def test_the_page_is_turned_and_ink_lands_under_the_pen(loading: Studio, qtbot):
    """What is drawn on a turned page shows where the pen was, and turned back it is askew."""
    for _ in range(2):
        loading.trigger("turn_right")
    canvas = loading.window.canvas
    assert canvas.angle == 30
    loading.tools.set_width(12)
    loading.draw(qtbot, [(150, 220), (350, 220)])
    canvas.finish_painting()
    assert canvas.grab().toImage().pixelColor(250, 220).lightness() < 60
    (stroke,) = loading.session.document.strokes()
    across, down = stroke.points[-1] - stroke.points[0]
    assert across == pytest.approx(200 * 0.866, abs=2)
    assert down == pytest.approx(-100, abs=2)
    loading.trigger("turn_reset")
    assert canvas.angle == 0
    assert not loading.enabled("turn_reset")


def test_fit_shows_the_whole_page(loading: Studio):
    """A sheet with edges is shown with them."""
    page = Page(size=(4000.0, 3000.0))
    loading.session.load(replace(loading.session.document, page=page))
    loading.trigger("zoom_fit")
    seen = loading.window.canvas.visible_page_rect()
    assert seen.left <= 0
    assert seen.right >= 4000
    assert seen.bottom >= 3000


def test_the_selection_is_zoomed_to(loading: Studio, qtbot):
    """A small stroke fills the canvas."""
    assert not loading.enabled("zoom_selection")
    loading.draw(qtbot, [(100, 200), (120, 210)])
    loading.trigger("select_all")
    loading.trigger("zoom_selection")
    assert loading.window.canvas.zoom > 5


def test_a_page_of_a_file_keeps_what_is_not_changed(loading: Studio, qtbot):
    """Lengths beyond any screen and broken ones are shown, and only what is set is set."""
    page = Page(size=(250_000.5, 8.25), pattern=Pattern.GRID, spacing=2000)
    loading.session.load(replace(loading.session.document, page=page))
    dialog = PageDialog(loading.session, loading.window)
    assert (dialog.across.value(), dialog.spacing.value()) == (250_000, 2000)
    dialog.across.setValue(300_000)
    assert loading.session.document.page == replace(page, size=(300_000, 8.25))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.accept()


def test_a_new_page_lies_upright(loading):
    """How the last one was turned is no part of it."""
    loading.window.canvas.turn_right()
    loading.trigger("new")
    assert loading.window.canvas.angle == 0
