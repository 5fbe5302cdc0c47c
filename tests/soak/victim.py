"""The app at work, told by dice: it draws, undoes, saves, migrates and exports until it is killed.

Every state it has been in goes to a pipe, which outlives it: when, and what was on the page; and
what it begins and ends, so that it is known what was under way.
"""

from __future__ import annotations

import os
import random
import shutil
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtWidgets import QApplication

from sketchstudio.core.document import Document
from sketchstudio.core.edits import add_strokes
from sketchstudio.engine.service import InferenceService
from sketchstudio.formats.svg_write import write_svg
from sketchstudio.recovery.places import left_behind
from sketchstudio.state.settings import Preferences
from sketchstudio.system.paths import recovery_folder
from sketchstudio.ui.windows import Windows
from tests.helpers.pen import send_pen, tablet

STEP_MS = 8
"""Between two events of the pen."""

FIXTURES = sorted((Path(__file__).parent.parent / "formats" / "files").glob("version-*.sketch"))
_MANY = 120  # strokes; more than these are cleared away


def digest(document: Document) -> int:
    """A number that differs where the ink does."""
    total = len(document.layers)
    for layer in document.layers:
        for stroke in layer.strokes:
            total = zlib.crc32(stroke.samples.tobytes(), zlib.crc32(b"%d" % total))
    return total


class Victim:
    """Does one thing after the other, each in steps of `STEP_MS`.

    Args:
        folder: For its files.
        seed: Of the dice.
        report: Takes a line for each state.
        fond: What it does more often: "saving", "migrating" or "exporting".
    """

    def __init__(
        self, folder: Path, seed: int, report: Callable[[str], None], fond: str = ""
    ) -> None:
        self._folder = folder
        self._dice = random.Random(seed)
        self._report = report
        often = {"saving": self._save, "migrating": self._migrate, "exporting": self._export}
        self._acts = [self._draw] * 6 + [self._undo, self._redo, self._save, self._save]
        self._acts += [self._erase, self._layer, self._export, self._migrate]
        self._acts += [often[fond]] * len(self._acts) if fond else []
        windows = self._windows = Windows(InferenceService(lambda: None), Preferences())
        self._window = windows.new()
        self._session = self._window._session
        left = left_behind(recovery_folder())
        if left:
            windows._recovering.restore(left[0])
            for other in left[1:]:
                other.place.delete()
        elif (folder / "a.sketch").exists():
            self._window.files.open_path(folder / "a.sketch")
        self._session.document_changed.connect(self._tell)
        self._window.files._saving.finished.connect(self._tell_saved)
        report("ready")
        self._tell()
        self._steps: Iterator[None] = iter(())
        self._timer = QTimer(interval=STEP_MS)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def _tell(self) -> None:
        document, ink = self._session.document, self._window.canvas.ink_under_pen()
        if ink is not None:
            document = add_strokes(self._session.active_layer, [ink], "").apply(document)
        self._report(f"state {digest(document)}")

    def _tell_saved(self, saved) -> None:
        assert saved.error is None, saved.error
        self._report(f"saved {saved.path.name} {digest(saved.document)}")
        self._report("ended saving")

    def _step(self) -> None:
        try:
            next(self._steps)
        except StopIteration:
            few = len(self._session.active_layer.strokes) < 3
            self._steps = self._draw() if few else self._dice.choice(self._acts)()

    @contextmanager
    def _telling(self, what: str) -> Iterator[None]:
        self._report(f"begun {what}")
        yield
        self._report(f"ended {what}")

    def _draw(self) -> Iterator[None]:
        """A stroke of up to two seconds."""
        canvas, dice, device = self._window.canvas, self._dice, tablet()
        x, y = dice.uniform(50, 400), dice.uniform(50, 300)
        kind = QEvent.Type.TabletPress
        for number in range(dice.choice([5, 20, 60, 250])):
            send_pen(canvas, device, kind, (x, y), dice.uniform(0.2, 1), number * STEP_MS)
            self._tell()
            kind = QEvent.Type.TabletMove
            x, y = x + dice.uniform(-4, 9), y + dice.uniform(-6, 6)
            yield
        send_pen(canvas, device, QEvent.Type.TabletRelease, (x, y), 0.0, 9999)
        if len(self._session.active_layer.strokes) > _MANY:
            self._session.clear()
        yield

    def _undo(self) -> Iterator[None]:
        for _ in range(self._dice.randrange(1, 5)):
            self._session.undo()
            yield

    def _redo(self) -> Iterator[None]:
        self._session.redo()
        yield

    def _erase(self) -> Iterator[None]:
        strokes = self._session.active_layer.strokes
        self._session.select([stroke.id for stroke in self._dice.sample(strokes, 2)])
        self._session.delete_selection()
        yield

    def _layer(self) -> Iterator[None]:
        if len(self._session.document.layers) < 4:
            self._window.actions_by_id["layer_add"].trigger()
        yield

    def _save(self) -> Iterator[None]:
        """While the pen goes on."""
        self._report("begun saving")  # and ended when it is told to be saved
        self._window.files._save_to(self._session.path or self._folder / "a.sketch")
        yield from self._draw()

    def _export(self) -> Iterator[None]:
        with self._telling("exporting"):
            write_svg(self._session.document, self._folder / "a.svg")
        yield

    def _migrate(self) -> Iterator[None]:
        """Open a file of an old version and save it as one of now."""
        self._window.files.finish()
        if self._session.dirty:  # not to the old file, which is to be another in a moment
            self._window.files._save_to(self._folder / "a.sketch")
            self._window.files.finish()
        old = self._folder / "old.sketch"
        shutil.copyfile(self._dice.choice(FIXTURES), old)
        with self._telling("migrating"):
            self._window.files.open_path(old)
        yield
        self._session.set_active_layer(self._session.document.layers[0].id)
        yield from self._draw()
        with self._telling("migrating"):
            self._window.files._save_to(old)
            self._window.files.finish()
        self._window.files.open_path(self._folder / "a.sketch")
        yield


def live(folder: Path, seed: int, pipe: int, fond: str = "") -> None:
    """Work in this process until it is killed."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / "home")

    def report(line: str) -> None:
        os.write(pipe, f"{time.monotonic():.6f} {line}\n".encode())

    app = QApplication(["victim"])
    app.setAttribute(Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents, False)
    victim = Victim(folder, seed, report, fond)
    assert victim is not None
    app.exec()
