"""How soon the Blend panel shows what a hand wants: through the window, to the painted sketch."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject
from PySide6.QtWidgets import QApplication

from sketchstudio.bench.lateness import start_engine
from sketchstudio.bench.report import Figure
from sketchstudio.core.sampling import Sampling
from sketchstudio.engine.messages import Sketch, Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.model.studio import Studio
from sketchstudio.state.blending import Blending
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences
from sketchstudio.state.tool_state import ToolState
from sketchstudio.ui.main_window import MainWindow
from sketchstudio.ui.panels.sketch_view import SketchView
from sketchstudio.ui.panels.strip import Strip


def on_screen(studio: Studio, moves: int) -> Iterator[Figure]:
    """Moves of the slider, and changes after which all nine sketches of the strip are others."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])

    def until(condition: Callable[[], bool]) -> None:
        while not condition():  # asleep between events: a loop that spins keeps the engine waiting
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    service = InferenceService(lambda: studio)
    session, preferences = Session(), Preferences()
    blending = Blending(session, service)
    window = MainWindow(
        session=session,
        tools=ToolState(),
        service=service,
        proposals=Proposals(session, service),
        blending=blending,
        preferences=preferences,
    )
    window.show()
    start_engine(service)
    panel = window.blend_panel
    strips: list[object] = []
    blending.strip_changed.connect(lambda: strips.append(None))
    until(lambda: bool(strips) and bool(blending.thumbnails))

    seen = _Painted(panel.view, panel.strip)

    def ms(done: Callable[[], bool], act: Callable[[], object]) -> float:
        started = time.perf_counter()
        act()
        until(done)
        return (time.perf_counter() - started) * 1e3

    def sketch_is_there() -> bool:
        there = blending.shown_place == blending.mixture.place
        return there and seen.sketch is blending.sketch

    def strip_is_there() -> bool:
        return bool(strips) and seen.strip is panel.strip.sketches

    places = np.linspace(panel.slider.maximum(), 0, moves).round().astype(int).tolist()
    moved = [ms(sketch_is_there, partial(panel.slider.setValue, place)) for place in places]
    refreshed = []
    for seed in range(2, 2 + moves // 2):
        until(lambda: service.state.status is Status.READY)
        strips.clear()
        change = partial(blending.set_sampling, replace(Sampling(), seed=seed))
        refreshed.append(ms(strip_is_there, change))
    window.leave()
    service.shutdown()
    yield Figure.of("slider move to its sketch on the screen", "ms", moved)
    yield Figure.of("a whole strip of nine, with its main sketch", "ms", refreshed)


class _Painted(QObject):
    """Notes what a view and a strip have painted.

    Attributes:
        sketch: The view's; None before any.
        strip: The strip's.
    """

    def __init__(self, view: SketchView, strip: Strip) -> None:
        super().__init__()
        self.sketch: Sketch | None = None
        self.strip: tuple[Sketch, ...] | None = None
        self._view, self._strip = view, strip
        for widget in (view, strip):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:  # about to be painted, before `until` looks again
            self.sketch, self.strip = self._view.sketch, self._strip.sketches
        return False
