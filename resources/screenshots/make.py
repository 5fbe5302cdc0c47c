"""Takes the README's pictures from the running app, without a screen.

``python resources/screenshots/make.py [NAME ...]``: all of them, or those named. Teaching takes
minutes, since it practises.
"""

from __future__ import annotations

import math
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["XDG_DATA_HOME"] = tempfile.mkdtemp()  # nobody's drawings and lessons

import cv2
import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from sketchstudio.core.sampling import Sampling
from sketchstudio.engine.messages import Sketch
from sketchstudio.engine.service import InferenceService
from sketchstudio.engine.worker import load_studio
from sketchstudio.state.blending import Blending
from sketchstudio.state.proposal import Proposals
from sketchstudio.state.session import Session
from sketchstudio.state.settings import Preferences, Settings
from sketchstudio.state.teaching import WEIGHTS, Stage
from sketchstudio.state.tool_state import ToolState
from sketchstudio.state.turing_test import Subject
from sketchstudio.system.paths import taught_folder
from sketchstudio.ui import theme
from sketchstudio.ui.dialogs.picture import PictureDialog
from sketchstudio.ui.main_window import MainWindow

FOLDER = Path(__file__).parent
SIZE = (1200, 760)
COLORS = 200  # of a picture's palette: small files, and no difference is seen

Line = Sequence[tuple[float, float]]


class App:
    """A window with the model in the box, and a hand that draws on it."""

    def __init__(self, settings: Settings) -> None:
        self.service = InferenceService(partial(load_studio, taught=taught_folder() / WEIGHTS))
        self.session, tools = Session(), ToolState()
        self.proposals = Proposals(self.session, self.service)
        self.proposals.animated = False
        self.blending = Blending(self.session, self.service)
        self.window = MainWindow(
            session=self.session,
            tools=tools,
            service=self.service,
            proposals=self.proposals,
            blending=self.blending,
            preferences=Preferences(settings),
        )
        self.window.resize(*SIZE)
        self.window.show()
        self.service.start()
        _until(lambda: self.service.state.usable)
        _until(lambda: bool(self.blending.thumbnails) or not settings.blend_panel)

    def draw(self, line: Line) -> None:
        canvas, left = self.window.canvas, Qt.MouseButton.LeftButton
        first, *others = (QPoint(round(x), round(y)) for x, y in line)
        QTest.mousePress(canvas, left, pos=first)
        for point in others:
            QTest.mouseMove(canvas, point)
        QTest.mouseRelease(canvas, left, pos=(others or [first])[-1])

    def do(self, action: str) -> None:
        self.window.actions_by_id[action].trigger()

    def rest(self) -> None:
        _until(lambda: not self.proposals.is_drawing and bool(self.window._model.guessing.names))
        QTest.qWait(300)

    def close(self) -> None:
        self.window.explore.let_go()
        self.session.undo_stack.setClean()
        self.window.close()
        self.service.shutdown()


def _until(there: Callable[[], bool], seconds: int = 900) -> None:
    end = time.monotonic() + seconds
    while not there():
        if time.monotonic() > end:
            raise SystemExit("the app does not answer")
        QTest.qWait(20)


def _ring(x: float, y: float, across: float, down: float) -> Line:
    angles = [2 * math.pi * i / 60 - 1.3 for i in range(61)]
    wobble = [1 + 0.012 * math.sin(3 * angle) for angle in angles]
    return [
        (x + across * w * math.cos(a), y + down * w * math.sin(a))
        for a, w in zip(angles, wobble, strict=True)
    ]


def _way(*corners: tuple[float, float]) -> Line:
    steps = np.linspace(0, 1, 12)[:, None]
    parts = [(1 - steps) * a + steps * b for a, b in pairwise(corners)]
    return [(float(x), float(y)) for x, y in np.concatenate(parts)]


def _cat(x: float, y: float) -> list[Line]:
    left = _way((x - 125, y - 90), (x - 135, y - 205), (x - 50, y - 130))
    right = _way((x + 52, y - 130), (x + 138, y - 208), (x + 128, y - 88))
    return [_ring(x, y, 158, 138), left, right]


def _keep(widget: QWidget, name: str) -> None:
    """Write what a widget shows as a small file."""
    QTest.qWait(300)
    path = FOLDER / f"{name}.png"
    widget.grab().save(str(path))
    with Image.open(path) as taken:
        small = taken.convert("RGB").quantize(COLORS, dither=Image.Dither.NONE)
    small.save(path, optimize=True)
    sys.stdout.write(f"{path.name} {path.stat().st_size // 1024} kB\n")


def _complete(app: App) -> None:
    for line in _cat(430, 360):
        app.draw(line)
    app.proposals.complete("cat")
    app.rest()
    app.do("next_alternative")
    _keep(app.window, "complete")


def _live(app: App) -> None:
    app.do("live")
    x, y = 430, 300
    for angle in range(0, 360, 40):
        a = math.radians(angle)
        ends = [(x + r * math.cos(a), y + r * math.sin(a)) for r in (125, 185)]
        if angle < 240:
            app.draw(_way(*ends))
    app.draw(_ring(x, y, 100, 98))
    _until(lambda: bool(app.proposals.strokes))
    app.rest()
    _keep(app.window, "live")


def _blend(app: App) -> None:
    for number, name in enumerate(("cat", "fish", "sun", "car")):
        app.blending.set_category(number, name)
    app.do("blend_pad")
    app.blending.change(spot=(0.5, 0.1))
    _until(lambda: not app.blending._stale and bool(app.blending.strip))
    QTest.qWait(1500)
    app.do("blend_put")
    app.do("pen")
    app.session.select(())
    _keep(app.window, "blend")


def _latent_map(app: App) -> None:
    for line in _cat(430, 360):
        app.draw(line)
    app.do("latent_map")
    shown, dialog = app.window.explore._latent_map, app.window.explore.map_dialog
    assert shown is not None
    assert dialog is not None
    dialog.resize(980, 660)
    _until(lambda: shown.code_map is not None and shown.ink is not None)
    assert shown.code_map is not None
    shown.walk(shown.code_map.centre("cat"), shown.code_map.centre("car"))
    _until(lambda: not shown.walking and bool(shown.sketch))
    QTest.qWait(500)
    _keep(dialog, "latent-map")


def _picture(app: App) -> None:
    paper = np.full((620, 760), 226, np.float32)
    for line in (*_cat(380, 340), _way((300, 330), (312, 338)), _way((450, 330), (462, 338))):
        points = np.round(np.array(line) * 16).astype(np.int32)
        cv2.polylines(paper, [points], False, 60, 6, cv2.LINE_AA, 4)
    across, down = np.meshgrid(np.linspace(1.05, 0.6, 760), np.linspace(1, 0.85, 620))
    grain = np.random.default_rng(0).normal(0, 5, paper.shape)
    grey = np.clip(paper * across * down + grain, 0, 255).astype(np.uint8)
    app.window._pictures._ask(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR))
    dialog = app.window.findChild(PictureDialog)
    assert dialog is not None
    _until(lambda: not dialog.finder.busy)
    _keep(dialog, "picture")
    dialog.close()


def _compare(app: App) -> None:
    for line in _cat(430, 360):
        app.draw(line)
    app.do("compare_models")
    dialog, comparison = app.window.explore.compare_dialog, app.window.explore._comparison
    assert dialog is not None
    assert comparison is not None
    _until(lambda: bool(comparison.drawing) and not comparison.busy)
    _keep(dialog, "compare")


def _cat_face(turn: int) -> Subject:
    """Another of them each time, with eyes, a nose and whiskers."""
    x, y = 6.0 * turn, 4.0 * (turn % 3)
    lines = [
        *_cat(200 + x, 200 + y),
        *(_ring(200 + x + side, 180 - y, 12, 16 - turn) for side in (-60, 60)),
        _way((185, 220), (200 + x, 240), (215 + x, 220), (185, 220)),
        *(
            _way((200 + side * 40, 235 + up), (200 + side * (190 - x), 225 + 2 * up - y))
            for side in (-1, 1)
            for up in (0, 15)
        ),
    ]
    return Subject(tuple(np.array(line, dtype=np.float32) for line in lines), "cat")


def _turing(app: App) -> None:
    app.do("turing_test")
    dialog = app.window.explore.test_dialog
    assert dialog is not None
    test = dialog.test
    test.start([_cat_face(turn) for turn in range(10)], "", Sampling(0.1, 4))
    _until(lambda: test.question is not None)
    while len(test.answers) < 6 or (test.question is not None and not test.question.by_machine):
        test.answer(False)
    _keep(dialog, "turing")


def _owl(turn: int) -> Sketch:
    """Another of them each time: round, with tufts, great eyes and a beak."""
    wide = 84 + 6 * turn
    lines: list[Line] = [
        _ring(150, 170, wide, 112),
        _way((150 - wide, 110), (95, 40 - 4 * turn), (125, 66)),
        _way((175, 66), (205, 40 + 3 * turn), (150 + wide, 110)),
        _ring(115, 130, 26 + turn, 26),
        _ring(185, 130, 26 + turn, 26),
        _way((142, 158), (150, 178 + 2 * turn), (158, 158), (142, 158)),
    ]
    return tuple(np.array(line, dtype=np.float32) for line in lines)


def _teach(app: App) -> None:
    app.do("teach")
    dialog = app.window._teach._shown
    assert dialog is not None
    teaching = dialog._teaching
    teaching.teach("owl", [_owl(turn) for turn in range(5)])
    _until(lambda: "owl" in app.service.state.categories)
    teaching.practise("owl")
    _until(lambda: teaching.stage is Stage.IDLE)
    dialog.name.setText("kite")
    _keep(dialog, "teach")


PICTURES: dict[str, Callable[[App], None]] = {
    "complete": _complete,
    "live": _live,
    "blend": _blend,
    "latent-map": _latent_map,
    "picture": _picture,
    "compare": _compare,
    "turing": _turing,
    "teach": _teach,
}


def main(names: Sequence[str]) -> None:
    """Take these pictures."""
    QApplication([])
    theme.apply("light")
    for name in names or PICTURES:
        app = App(Settings(blend_panel=name in ("complete", "live", "blend")))
        PICTURES[name](app)
        app.close()


if __name__ == "__main__":
    main(sys.argv[1:])
