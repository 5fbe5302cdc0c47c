"""Strokes go from window to window as ink, and to other programs as pictures."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication, QImage

from sketchstudio.core.edits import add_strokes, change_layer
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.state.session import Session
from sketchstudio.ui.clipboard import INK, Clipboard

pytestmark = pytest.mark.usefixtures("qapp")


def session_with(*strokes: Stroke) -> Session:
    session = Session()
    session.execute(add_strokes(session.active_layer, strokes, "Draw"))
    session.select_all()
    return session


STROKE = Stroke.from_points([(0, 0), (40, 20)], StrokeStyle("#dc2626", 4, False))


def test_ink_comes_whole_into_another_window():
    """Samples, style and all; in its middle where the pointer is; selected; one step."""
    Clipboard(session_with(STROKE), lambda: (0, 0)).copy()
    other = Session()
    Clipboard(other, lambda: (500.0, 300.0)).paste()
    (stroke,) = other.selected_strokes()
    assert stroke.style == STROKE.style
    assert stroke.id != STROKE.id
    np.testing.assert_allclose(stroke.points.mean(axis=0), (500, 300), atol=0.01)
    assert other.undo_stack.undoText() == "Paste"
    other.undo()
    assert not list(other.document.strokes())


def test_other_programs_get_pictures():
    """An SVG of the strokes alone, and a PNG with nothing behind them."""
    Clipboard(session_with(STROKE), lambda: (0, 0)).copy()
    data = QGuiApplication.clipboard().mimeData()
    root = ET.fromstring(data.data("image/svg+xml").data())
    assert len(list(root.iter("{http://www.w3.org/2000/svg}path"))) == 1
    image = QImage.fromData(data.data("image/png"))
    assert image.width() > 80
    assert image.pixelColor(1, 1).alpha() == 0
    middle = image.pixelColor(image.width() // 2, image.height() // 2)
    assert (middle.red(), middle.alpha()) == (0xDC, 255)


def test_cut_is_undone():
    """What was cut comes back by undo, and can be pasted all the same."""
    session = session_with(STROKE)
    clipboard = Clipboard(session, lambda: (0, 0))
    clipboard.cut()
    assert not list(session.document.strokes())
    session.undo()
    clipboard.paste()
    assert len(list(session.document.strokes())) == 2


def test_what_is_no_ink_is_not_pasted():
    """Text is passed over; broken ink is named."""
    session = Session()
    told: list[str] = []
    session.refused.connect(told.append)
    QGuiApplication.clipboard().setText("words")
    Clipboard(session, lambda: (0, 0)).paste()
    assert not told
    data = QMimeData()
    data.setData(INK, b"no ink")
    QGuiApplication.clipboard().setMimeData(data)
    Clipboard(session, lambda: (0, 0)).paste()
    assert len(told) == 1
    assert not list(session.document.strokes())


def test_nothing_is_pasted_on_a_locked_layer():
    """The layer stays as it is, and it is said why."""
    Clipboard(session_with(STROKE), lambda: (0, 0)).copy()
    session = Session()
    session.execute(change_layer(session.active_layer, "Lock layer", locked=True))
    told: list[str] = []
    session.refused.connect(told.append)
    Clipboard(session, lambda: (0, 0)).paste()
    assert "locked" in told[0]
    assert not list(session.document.strokes())


@pytest.mark.parametrize("as_text", [True, False], ids=["text", "picture"])
def test_drawings_of_other_programs_are_pasted(as_text: bool):
    """SVG, be it copied as a picture or as the text of one, comes as strokes."""
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="90"><path d="M0 0H80V9"/></svg>'
    )
    data = QMimeData()
    if as_text:
        data.setText(svg)
    else:
        data.setData("image/svg+xml", svg.encode())
    QGuiApplication.clipboard().setMimeData(data)
    session = Session()
    clipboard = Clipboard(session, lambda: (200.0, 100.0))
    assert clipboard.has_ink
    clipboard.paste()
    (stroke,) = session.selected_strokes()
    low, high = stroke.points.min(axis=0), stroke.points.max(axis=0)
    np.testing.assert_allclose((low + high) / 2, (200, 100), atol=0.5)
