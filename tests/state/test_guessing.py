"""The live guess: of the ink there is, with the model that is loaded."""

from __future__ import annotations

import pytest
from helpers.tiny import CONFIG, SQUARE, TWO_STROKES, tiny_studio
from pytestqt.qtbot import QtBot

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import add_strokes
from sketchstudio.core.stroke import Stroke
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.guessing import SHOWN, Guessing
from sketchstudio.state.referring import Referring
from sketchstudio.state.session import Session


def draw(session: Session, points: object) -> None:
    stroke = Stroke.from_points(points)
    session.execute(add_strokes(session.active_layer, [stroke], "Draw"))


def test_ink_is_named_and_an_empty_page_is_not(qtbot: QtBot) -> None:
    """Names come with the ink, change with the selection, and go with the ink."""
    session, service = Session(), InferenceService(tiny_studio)
    guessing = Guessing(Referring(session), service)
    draw(session, SQUARE[0])  # before there is a model
    service.start()
    try:
        qtbot.waitUntil(lambda: bool(guessing.names), timeout=20_000)
        studio = tiny_studio()
        shares = studio.guess_ink([SQUARE])[0]
        expected = sorted(zip(CONFIG.categories, shares, strict=True), key=lambda p: -p[1])
        for (name, share), (right, exact) in zip(guessing.names, expected[:SHOWN], strict=False):
            assert name == right
            assert share == pytest.approx(exact, abs=1e-4)
        draw(session, TWO_STROKES[0])
        with qtbot.waitSignal(guessing.changed):
            pass
        both = guessing.names
        session.select([session.active_layer.strokes[0].id])
        with qtbot.waitSignal(guessing.changed):
            pass
        assert guessing.names != both
        session.clear()
        with qtbot.waitSignal(guessing.changed):
            pass
        assert guessing.names == ()
    finally:
        service.shutdown()


def test_another_layer_is_named_anew(qtbot: QtBot) -> None:
    """The names are those of the layer that is worked on."""
    drawn, empty = Layer(strokes=(Stroke.from_points(SQUARE[0]),)), Layer()
    session, service = Session(Document((empty, drawn))), InferenceService(tiny_studio)
    guessing = Guessing(Referring(session), service)
    service.start()
    try:
        session.set_active_layer(empty.id)
        session.set_active_layer(drawn.id)
        qtbot.waitUntil(lambda: bool(guessing.names), timeout=20_000)
        session.set_active_layer(empty.id)
        qtbot.waitUntil(lambda: not guessing.names)
    finally:
        service.shutdown()
