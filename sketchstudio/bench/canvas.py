"""``sketchstudio bench canvas``: ink, frames, zoom, erasing and the lasso on a full page.

Everything goes through the canvas as events do, on one screen of 1920×1080 that holds all the ink:
the worst case, since an endless page usually shows a part of it. Each time is told twice: as it
passed, and as the processor worked on it, which is the same on a machine that others use, too.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtWidgets import QApplication

from sketchstudio.bench.lateness import EVENTS, PERIOD, ink_lateness
from sketchstudio.bench.report import Figure
from sketchstudio.core.document import Document, Layer
from sketchstudio.core.edits import remove_strokes
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.state.session import Session
from sketchstudio.state.tool_state import ToolName, ToolState
from sketchstudio.ui.canvas.widget import Canvas

STROKES = 10_000
SAMPLES = 50
"""Of each stroke."""

WIDTH, HEIGHT = 1920, 1080
DRAWN = 30
"""Strokes drawn by the pen, empty and full page each."""

PANS = 200
ZOOMS = 6
EDITS = 40
LASSOS = 5

Times = npt.NDArray[np.float64]
"""(2,) ms: as they passed, and as this thread had the processor."""

_CLOCKS = ("", ", processor")


def measure() -> list[Figure]:
    """Everything, offscreen unless QT_QPA_PLATFORM says otherwise.

    Raises:
        ModelError: There are no weights to decode with.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    app.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    empty = _Page(Document())
    before = _resident()
    full = _Page(Document((Layer(strokes=tuple(scribbles(STROKES))),)))
    memory = _resident() - before
    return [
        *_figures("full page: shown after opening", [full.covered]),
        *_figures("full page: sharp after opening", [full.opened]),
        *([Figure.of("full page: memory", "MB", [memory])] if before else []),
        *_ink(empty, full),
        *_figures("frame while panning", list(_pans(full))),
        *_zooms(full),
        *_edits(full),
        *_figures("lasso round all", list(_lassos(full))),
        *_while_decoding(full),
    ]


def scribbles(count: int, seed: int = 0) -> Iterator[Stroke]:
    """Strokes about 60 px long all over the screen, each bending its own way."""
    rng = np.random.default_rng(seed)
    for _ in range(count):
        samples = np.empty((SAMPLES, 4), dtype=np.float32)
        heading = rng.uniform(0, 2 * np.pi) + np.cumsum(rng.normal(0, 0.25, SAMPLES))
        steps = rng.uniform(0.7, 1.7) * np.stack([np.cos(heading), np.sin(heading)], axis=1)
        samples[:, :2] = rng.uniform((0, 0), (WIDTH, HEIGHT)) + np.cumsum(steps, axis=0)
        samples[:, 2] = np.clip(0.6 + np.cumsum(rng.normal(0, 0.04, SAMPLES)), 0.1, 1.0)
        samples[:, 3] = 8 * np.arange(SAMPLES)
        yield Stroke(samples, StrokeStyle())


class _Page:
    """A canvas on the screen, sharp.

    Attributes:
        covered: How long it took to show all ink, if only roughly.
        opened: How long it took to be sharp.
    """

    def __init__(self, document: Document) -> None:
        self.session = Session()
        self.tools = ToolState()
        self.canvas = Canvas(self.session, self.tools)
        self.canvas.resize(WIDTH, HEIGHT)
        self.canvas.show()
        self.settle()
        started = _now()
        self.session.load(document)
        while not self.canvas.is_covered:
            QApplication.processEvents()
        self.covered = _now() - started
        self.settle()
        self.opened = _now() - started

    def settle(self) -> None:
        """Let everything that waits be painted."""
        QApplication.processEvents()
        while not self.canvas.is_sharp:
            QApplication.processEvents()
        QApplication.processEvents()


def _ink(empty: _Page, full: _Page) -> Iterator[Figure]:
    """From a pen event to its ink on the screen, by turns on both pages."""
    pen = _Pen()
    times: dict[str, list[Times]] = {"empty page": [], "full page": []}
    for stroke in scribbles(DRAWN, seed=1):
        for (name, spent), page in zip(times.items(), (empty, full), strict=True):
            page.tools.set_tool(ToolName.PEN)
            spent += pen.draw(page, stroke.samples)
            page.settle()
            if name == "empty page":
                page.session.undo()
                page.settle()
    for name, spent in times.items():
        yield from _figures(f"pen event to its ink, {name}", spent)
    few, many = (np.percentile(spent, (50, 95, 99), axis=0) for spent in times.values())
    for clock, ratios in zip(_CLOCKS, (many / few).T.tolist(), strict=True):
        yield Figure(f"pen event to its ink, ratio{clock}", "times", *ratios)


class _Pen:
    """Sends what a tablet would."""

    def __init__(self) -> None:
        can = QInputDevice.Capability.Position | QInputDevice.Capability.Pressure
        kind, tip = QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen
        self._device = QPointingDevice("bench", 1, kind, tip, can, 1, 3)

    def draw(self, page: _Page, samples: npt.NDArray[np.floating]) -> list[Times]:
        """Draw along ``samples`` (N, 4), page px; how long each event took to its picture."""
        spent = []
        last = len(samples) - 1
        for i, (x, y, pressure, t_ms) in enumerate(samples.tolist()):
            kind = QEvent.Type.TabletMove
            if i in (0, last):
                kind = QEvent.Type.TabletRelease if i else QEvent.Type.TabletPress
            at = page.canvas.viewport.to_screen(x, y)
            send = partial(self.send, page.canvas, kind, at, pressure, t_ms)
            spent.append(_time(send, QApplication.processEvents))
        return spent

    def send(
        self,
        canvas: Canvas,
        kind: QEvent.Type,
        at: tuple[float, float],
        pressure: float,
        t_ms: float,
    ) -> None:
        """Send one event, screen px."""
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        moving, up = kind == QEvent.Type.TabletMove, kind == QEvent.Type.TabletRelease
        event = QTabletEvent(
            kind, self._device, QPointF(*at), QPointF(*at), 0.0 if up else pressure,
            0, 0, 0, 0, 0, Qt.KeyboardModifier.NoModifier,
            none if moving else left, none if up else left,
        )  # fmt: skip
        event.setTimestamp(int(t_ms))
        QApplication.sendEvent(canvas, event)


def _pans(page: _Page) -> Iterator[Times]:
    for i in range(PANS):
        dx, dy = ((10, 0), (0, 10), (-10, 0), (0, -10))[i // 10 % 4]
        yield _time(partial(page.canvas.pan, dx, dy), QApplication.processEvents)
    page.canvas.reset_zoom()
    page.settle()


def _zooms(page: _Page) -> Iterator[Figure]:
    first, sharp = [], []
    for i in range(ZOOMS):
        started = _now()
        page.canvas.zoom_in() if i % 2 == 0 else page.canvas.zoom_out()
        QApplication.processEvents()
        first.append(_now() - started)
        page.settle()
        sharp.append(_now() - started)
    yield from _figures("zoom: something is shown", first)
    yield from _figures("zoom: sharp", sharp)


def _edits(page: _Page) -> Iterator[Figure]:
    erased, undone = [], []
    layer = page.session.active_layer
    for stroke in layer.strokes[:: len(layer.strokes) // EDITS][:EDITS]:
        erase = remove_strokes(page.session.active_layer, [stroke.id], "Erase")
        erased.append(_time(partial(page.session.execute, erase), page.settle))
        undone.append(_time(page.session.undo, page.settle))
    yield from _figures("erase one stroke", erased)
    yield from _figures("undo one stroke", undone)


def _lassos(page: _Page) -> Iterator[Times]:
    pen = _Pen()
    page.tools.set_tool(ToolName.LASSO)
    angles = np.linspace(0.1, 2 * np.pi, 120)
    loop = np.ones((len(angles), 4))
    loop[:, 0] = WIDTH / 2 + WIDTH * np.cos(angles)
    loop[:, 1] = HEIGHT / 2 + HEIGHT * np.sin(angles)
    for _ in range(LASSOS):
        yield pen.draw(page, loop)[-1]
        assert len(page.session.selected_ids) > STROKES * 0.9
        page.session.select(())
        page.settle()


def _while_decoding(page: _Page) -> Iterator[Figure]:
    """A stroke across the page, over and over."""
    pen = _Pen()
    page.tools.set_tool(ToolName.PEN)

    def send(number: int) -> None:
        kind = QEvent.Type.TabletMove
        if number in (0, EVENTS - 1):
            kind = QEvent.Type.TabletRelease if number else QEvent.Type.TabletPress
        at = (60.0 + 9.0 * number, HEIGHT / 2 + 200 * np.sin(number / 12))
        pen.send(page.canvas, kind, at, 0.5, number * PERIOD * 1e3)

    return ink_lateness(send, page.canvas.drawing_changed)


def _now() -> Times:
    return np.array([time.perf_counter(), time.thread_time()]) * 1e3


def _time(*steps: Callable[[], object]) -> Times:
    """How long it takes to do all ``steps``."""
    started = _now()
    for step in steps:
        step()
    return _now() - started


def _figures(name: str, times: list[Times]) -> Iterator[Figure]:
    """Repetitions summed up by each clock."""
    for clock, values in zip(_CLOCKS, np.transpose(times).tolist(), strict=True):
        yield Figure.of(f"{name}{clock}", "ms", values)


def _resident() -> float:
    """This process's memory, MB; 0 where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6
