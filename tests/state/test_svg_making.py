"""The latest wish is met, and none that nobody wants any more."""

from __future__ import annotations

import threading

import pytest
from pytestqt.qtbot import QtBot

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.formats.export_options import ExportOptions
from sketchstudio.state.svg_making import Made, SvgMaking, Wish

LINE = Stroke.from_points([[0, 0], [50, 9]], StrokeStyle(width=3, pressure=False))


def document(count: int) -> Document:
    return Document((Layer(strokes=tuple(Stroke(LINE.samples, LINE.style) for _ in range(count))),))


def test_the_latest_wish_is_met(qtbot: QtBot) -> None:
    """A slider that is dragged asks often; only where it ends counts."""
    making = SvgMaking()
    heard: list[Made] = []
    making.made.connect(heard.append)
    wishes = [Wish(document(40), ExportOptions(decimals=n)) for n in (1, 2, 3)]
    for wish in wishes:
        making.ask(wish)
    assert making.is_busy
    qtbot.waitUntil(lambda: not making.is_busy, timeout=30_000)
    assert [made.wish for made in heard] == wishes[-1:]
    assert heard[0].text.count("<path") == 40
    making.close()


def test_why_there_is_nothing(qtbot: QtBot) -> None:
    """An empty page is a reason, not a file."""
    making = SvgMaking()
    with qtbot.waitSignal(making.made, timeout=30_000) as signal:
        making.ask(Wish(Document(), ExportOptions()))
    assert signal.args[0].text == ""
    assert "empty" in signal.args[0].reason
    making.close()


@pytest.mark.usefixtures("qapp")
def test_closing_ends_the_work() -> None:
    """However much there was to do, no thread goes on."""
    making = SvgMaking()
    making.ask(Wish(document(800), ExportOptions(tolerance=0.1)))
    making.close()
    assert not making.is_busy
    assert not [thread for thread in threading.enumerate() if thread.name == "svg"]
