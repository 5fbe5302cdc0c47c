"""How late ink is while the engine decodes without pause, against an engine that rests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

import numpy as np
from PySide6.QtCore import QCoreApplication, QObject, SignalInstance, Slot
from PySide6.QtWidgets import QApplication

from sketchstudio.bench.report import Figure
from sketchstudio.core.sampling import Sampling
from sketchstudio.engine.messages import Blend, CodeOf, Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.engine.worker import load_studio

ROUNDS = 6
EVENTS = 150
PERIOD = 0.005
"""Seconds from one pen event to the next: 200 a second, as tablets send."""


def ink_lateness(
    send: Callable[[int], object], drawing_changed: SignalInstance
) -> Iterator[Figure]:
    """Resting and decoding by turns, in one window.

    Args:
        send: Sends the pen event of that number, ending with the ink on the screen.
        drawing_changed: Tells the engine, as in the window, when to give way to the pen.

    Raises:
        ModelError: There are no weights.
    """
    studio = load_studio()  # here: in its thread an error would be told to nobody
    service = InferenceService(lambda: studio)
    drawing_changed.connect(service.give_way)
    busy = _Busy(service)
    start_engine(service)
    late: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(2 * ROUNDS):
        decoding = turn % 2 == 1
        busy.set_on(decoding)
        late[decoding] += _late(send)
        QApplication.processEvents()
    busy.set_on(False)
    service.shutdown()
    yield Figure.of("ink's lateness, engine at rest", "ms", late[False])
    yield Figure.of("ink's lateness, engine decoding", "ms", late[True])
    rest, work = (np.percentile(late[key], (50, 95, 99)) for key in (False, True))
    yield Figure("ink's lateness, ratio", "times", *(work / rest).tolist())


def start_engine(service: InferenceService) -> None:
    """Start a service and wait until it takes requests.

    Raises:
        RuntimeError: It failed.
    """
    service.start()
    while not service.state.usable:
        QCoreApplication.processEvents()
        if service.state.status is Status.FAILED:
            service.shutdown()
            raise RuntimeError(service.state.detail)


def _late(send: Callable[[int], object]) -> list[float]:
    """From when an event was due to its ink, ms."""
    late = []
    due = time.perf_counter()
    for number in range(EVENTS):
        due += PERIOD
        while time.perf_counter() < due:
            QApplication.processEvents()
        send(number)
        QApplication.processEvents()
        late.append((time.perf_counter() - due) * 1e3)
        due = max(due, time.perf_counter() - PERIOD)  # one late event is counted once
    return late


class _Busy(QObject):
    """Asks for another blend as soon as one is there."""

    def __init__(self, service: InferenceService) -> None:
        super().__init__()
        self._service = service
        self._on = False
        self._asked = 0
        service.finished.connect(self.on_finished)

    def set_on(self, on: bool) -> None:
        """Keep the engine decoding, or let it rest."""
        self._on = on
        if on:
            self._ask()

    def _ask(self) -> None:
        categories = self._service.state.categories
        a, b = CodeOf(categories[0]), CodeOf(categories[-1])
        self._asked += 1
        self._service.submit(Blend((a, b), (0.5, 0.0), Sampling(0.1, self._asked)))

    @Slot(object)
    def on_finished(self, _: object) -> None:
        if self._on:
            self._ask()
