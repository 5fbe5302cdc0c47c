"""For everyone: names for screen readers, a way by keyboard, visible focus, readable colours."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from sketchstudio.core.picture import Picture
from sketchstudio.recovery.journal import Draft
from sketchstudio.recovery.places import LeftBehind, Place
from sketchstudio.system.paths import recovery_folder
from sketchstudio.ui import theme
from sketchstudio.ui.canvas.widget import Canvas
from sketchstudio.ui.dialogs.about import about_box
from sketchstudio.ui.dialogs.animation import AnimationDialog, Film
from sketchstudio.ui.dialogs.command_palette import CommandPalette
from sketchstudio.ui.dialogs.crash import CrashDialog
from sketchstudio.ui.dialogs.export import ExportDialog
from sketchstudio.ui.dialogs.page import PageDialog
from sketchstudio.ui.dialogs.picture import PictureDialog
from sketchstudio.ui.dialogs.preferences import PAGES, PreferencesDialog
from sketchstudio.ui.dialogs.pressure_curve import PressureDialog
from sketchstudio.ui.dialogs.recovery import RecoveryDialog
from sketchstudio.ui.dialogs.shortcuts import ShortcutsDialog
from sketchstudio.ui.dialogs.tablet_test import TabletTest
from sketchstudio.ui.panels.side_panels import PANELS
from sketchstudio.ui.window_actions import WindowAction

CONTROLS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QKeySequenceEdit,
    QLineEdit,
    Canvas,
)


def surfaces(studio) -> Iterator[tuple[str, QWidget]]:
    """The window and every dialog it can open, one after the other."""
    window = studio.window
    for panel in PANELS:
        window.actions_by_id[panel].setChecked(True)
    window.side_panels.show_chosen()
    for fold in window.blend_panel.folds:
        fold.set_open(True)
    yield "window", window
    yield "page", PageDialog(studio.session, window)
    yield "palette", CommandPalette(window.actions_by_id, studio.preferences, window)
    yield "cheat sheet", ShortcutsDialog(window.actions_by_id, window)
    yield "tablet test", TabletTest(window)
    left = LeftBehind(Draft(studio.session.document, "cat"), Place.make(recovery_folder()))
    yield "recovery", RecoveryDialog([left], window)
    yield "crash report", CrashDialog("Fatal Python error", window)
    yield "about", about_box(window, studio.service.state)
    yield "sampling", window._model._popup
    yield "categories", window._model._picker
    yield "categories or drawing", window._blend._picker
    yield "animation", AnimationDialog(Film(), "", "cat", window)
    yield "pressure curve", PressureDialog(studio.tools, window)
    yield "colours", window._tool_bar._popup
    yield "picture under the ink", window._pictures._popup
    yield "export", ExportDialog(studio.session, studio.preferences, lambda *_: None, window)
    pixels = np.full((40, 60, 3), 255, np.uint8)
    picture = Picture(b"", 60, 40, 0.0, 0.0, 1.0)
    yield "lines from a picture", PictureDialog(pixels, picture, 3.0, "", False, window)
    explore = window.explore
    for show in (explore.show_map, explore.show_comparison, explore.show_test, window._teach.show):
        show()
    yield "latent map", explore.map_dialog
    yield "compare models", explore.compare_dialog
    yield "human or machine", explore.test_dialog
    yield "teach", window._teach._shown
    preferences = PreferencesDialog(studio.preferences, studio.service.state, window)
    for page in PAGES:
        preferences.show_page(page)
        yield f"preferences, {page}", preferences


def controls(root: QWidget) -> list[QWidget]:
    """What can be used in a surface, without the parts that Qt's own controls are made of."""
    found = []
    for widget in root.findChildren(QWidget):
        inner = isinstance(widget.parent(), (*CONTROLS[1:], QScrollBar)) and not isinstance(
            widget.parent(), Canvas
        )
        header = widget.inherits("QHeaderView") or widget.objectName().startswith("qt_")
        in_popup = widget.window() is not root.window()
        if isinstance(widget, CONTROLS) and not (
            inner or header or in_popup or isinstance(widget, QScrollBar)
        ):
            found.append(widget)
    return found


def test_everything_has_a_name(ready, qtbot):
    """A screen reader can say what each control is."""
    nameless = [
        f"{place}: {type(widget).__name__} in {type(widget.parent()).__name__}"
        for place, root in surfaces(ready)
        for widget in controls(root)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert not nameless


def test_everything_has_a_way_by_keyboard(ready):
    """A control takes the focus by Tab, or is an action, which has its key or its menu."""
    ready.window.show()
    stuck = []
    for place, root in surfaces(ready):
        titles = {action.title for action in root.window().findChildren(WindowAction)}
        for widget in controls(root):
            by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if isinstance(root, CommandPalette) and widget is root.list:
                continue  # the arrows reach it from the field
            if not by_tab and widget.accessibleName() not in titles:
                stuck.append(f"{place}: {type(widget).__name__} {widget.accessibleName()}")
    assert not stuck


@pytest.mark.parametrize("name", ["light", "dark"])
def test_focus_is_seen(ready, qtbot, name):
    """Whoever moves by Tab sees where they are, in both themes."""
    theme.apply(name)
    unseen = []
    for place, root in surfaces(ready):
        root.show()
        root.activateWindow()
        qtbot.waitUntil(root.isVisible)
        for widget in controls(root):
            by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if not (by_tab and widget.isVisible() and widget.isEnabled()):
                continue
            if isinstance(widget, Canvas):
                continue  # it has the focus unless another control shows that it has
            for other in (root, *controls(root)):
                if other is not widget:
                    other.setFocus()
                if not widget.hasFocus():
                    break
            QApplication.processEvents()
            before = widget.grab().toImage()
            widget.setFocus(Qt.FocusReason.TabFocusReason)
            QApplication.processEvents()
            if widget.hasFocus() and widget.grab().toImage() == before:
                unseen.append(f"{place}: {type(widget).__name__} {widget.accessibleName()}")
        if root is not ready.window:
            root.hide()
    assert not unseen


def luminance(color: QColor) -> float:
    """Relative luminance as WCAG 2.2 has it, 0 to 1."""
    parts = (color.redF(), color.greenF(), color.blueF())
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Contrast of two colours ``#rrggbb``, 1 to 21."""
    dark, light = sorted((luminance(QColor(one)), luminance(QColor(other))))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colors", [theme.LIGHT, theme.DARK], ids=["light", "dark"])
def test_texts_are_readable(colors):
    """Texts reach WCAG AA, plain ones AAA; marks and the focus ring what WCAG asks of them."""
    for ground in (colors.desk, colors.surface):
        assert contrast(colors.text, ground) >= 7
        assert contrast(colors.muted, ground) >= 4.5
        for mark in (colors.accent, colors.good, colors.busy, colors.bad):
            assert contrast(mark, ground) >= 3
    assert contrast(colors.text, colors.hover) >= 7
    assert contrast(colors.text, colors.soft) >= 4.5
    assert contrast(colors.on_soft, colors.soft) >= 4.5
    assert contrast(colors.on_accent, colors.accent) >= 4.5
