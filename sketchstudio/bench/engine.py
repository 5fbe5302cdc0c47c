"""``sketchstudio bench engine``: decoding, memory, blends, first ghosts, cancels."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Slot

from sketchstudio.bench.blend_panel import on_screen
from sketchstudio.bench.decoding import decoding
from sketchstudio.bench.lateness import start_engine
from sketchstudio.bench.memory import engine_memory
from sketchstudio.bench.report import Figure
from sketchstudio.core.document import Document, Layer
from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import Stroke
from sketchstudio.engine.messages import Blend, CodeOf, EngineState, Lane, Redraw, Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.engine.worker import load_studio
from sketchstudio.model.studio import Studio
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session

MOVES = 200
GHOSTS = 40
CANCELS = 40
CANCEL_WITHIN = 0.06
"""Seconds of a proposal's work over which the cancels are spread."""


def measure() -> list[Figure]:
    """Everything, with the shipped model.

    Raises:
        ModelError: There is none.
    """
    studio = load_studio()
    figures = [*decoding(studio), *engine_memory()]
    figures += on_screen(studio, MOVES)  # first: the app that it makes has windows
    return [*figures, *_through_the_engine(studio)]


class _Watch(QObject):
    """Waits for the service's answers in an event loop."""

    def __init__(self, service: InferenceService) -> None:
        super().__init__()
        self._loop = QEventLoop()
        self._service = service
        service.finished.connect(self.on_answer)
        service.failed.connect(self.on_answer)
        service.state_changed.connect(self.on_state)

    def wait(self) -> None:
        self._loop.exec()

    @Slot()
    def on_change(self) -> None:
        self._loop.quit()

    @Slot(object)
    def on_answer(self, _: object) -> None:
        self._loop.quit()

    @Slot(object)
    def on_state(self, state: EngineState) -> None:
        if state.status in (Status.READY, Status.FAILED) and not self._service.is_busy(
            Lane.PROPOSAL
        ):
            self._loop.quit()


def _through_the_engine(studio: Studio) -> Iterator[Figure]:
    """What the window sees: a slider move to its sketch, a lifted pen to ghost ink, an Esc."""
    app = QCoreApplication.instance() or QCoreApplication([])

    def until(condition: Callable[[], bool]) -> None:
        while not condition():
            app.processEvents()

    def begun_or_done() -> bool:  # a short one may do both between two looks
        return service.state.status is Status.BUSY or not service.is_busy(Lane.PROPOSAL)

    service = InferenceService(lambda: studio)
    watch = _Watch(service)
    start_engine(service)
    names = studio.config.categories
    a, b = CodeOf(names[0]), CodeOf(names[-1])
    moves = []
    for position in np.linspace(0, 1, MOVES):
        started = time.perf_counter()
        service.submit(Blend((a, b), (float(position), 0.0), Sampling()))
        while service.is_busy(Lane.BLEND):
            watch.wait()
        moves.append((time.perf_counter() - started) * 1e3)
    ghosts = _first_ghosts(studio, service, watch, told=False)
    best = _first_ghosts(studio, service, watch, told=True)
    ink = tuple(studio.decode(studio.category_codes()[:1], [1], 0.1)[0].strokes)
    cancels: list[float] = []
    for i in range(CANCELS):
        until(lambda: service.state.status is Status.READY)
        service.submit(Redraw(ink, Sampling(0.1, i)))
        until(begun_or_done)
        time.sleep(CANCEL_WITHIN * i / CANCELS)
        started = time.perf_counter()
        service.cancel(Lane.PROPOSAL)
        until(lambda: service.state.status is Status.READY)
        cancels.append((time.perf_counter() - started) * 1e3)
    service.shutdown()
    yield Figure.of("slider move to its new sketch", "ms", moves)
    yield Figure.of("completion's first ghost stroke", "ms", ghosts)
    yield Figure.of("completion of a given category: the best of nine", "ms", best)
    yield Figure.of("cancel to a free engine", "ms", cancels)


def _first_ghosts(
    studio: Studio, service: InferenceService, watch: _Watch, told: bool
) -> list[float]:
    """From the ink of the first half of a drawing to the first stroke that is proposed, ms.

    It is that of the best of three; told what the ink is to become, of the best of nine.
    """
    names, codes = studio.config.categories, studio.category_codes()
    sketches = studio.decode(codes, range(len(codes)), 0.1)
    session = Session()
    proposals = Proposals(session, service)
    proposals.changed.connect(watch.on_change)
    waits = []
    for i in range(GHOSTS):
        whole = sketches[i % len(sketches)].strokes
        half = [Stroke.from_points(points * 300) for points in whole[: (len(whole) + 1) // 2]]
        session.load(Document((Layer("Ink", tuple(half)),)))
        started = time.perf_counter()
        proposals.complete(names[i % len(names)] if told else None)
        while not proposals.strokes:
            watch.wait()
        waits.append((time.perf_counter() - started) * 1e3)
        while service.is_busy(Lane.PROPOSAL):
            watch.wait()
        proposals.reject()
    return waits
