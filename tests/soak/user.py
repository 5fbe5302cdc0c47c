"""A person told by dice draws, completes, redraws, blends, undoes and saves; faults come at random.

``python -m tests.soak.user MINUTES FOLDER`` prints the figures as JSON. Beside the app runs a model
of what was done, as simple as can be: lists of stroke ids, one for each step of the history. After
each act both must agree, and no stroke may have changed under its id.
"""

from __future__ import annotations

import gc
import json
import os
import random
import sys
import time
import zlib
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QEventLoop
from PySide6.QtWidgets import QApplication, QMessageBox

from sketchstudio.core.edits import add_strokes
from sketchstudio.core.stroke import Stroke
from sketchstudio.engine.messages import Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.formats import native
from sketchstudio.model.studio import Studio
from sketchstudio.recovery import journal, recorder
from sketchstudio.state.saving import Saving
from sketchstudio.state.session import UNDO_STEPS, Session
from sketchstudio.state.settings import Preferences
from sketchstudio.system.paths import locks_folder, recovery_folder
from sketchstudio.ui.windows import Windows
from tests.helpers.disk import Disk
from tests.helpers.pen import send_pen, tablet
from tests.helpers.tiny import tiny_studio

_MOST = 150  # strokes; more are cleared away
_PLENTY = 1 << 40
_LEAST = 20  # acts, however slow the machine
_WARM = 2000  # acts after which the history holds none of what it was filled with


class User:
    """Does one thing after the other, and knows what should have come of it.

    Args:
        folder: For the files.
        seed: Of the dice.
        patch: Puts the faults in.
    """

    def __init__(self, folder: Path, seed: int, patch: pytest.MonkeyPatch) -> None:
        self._dice = random.Random(seed)
        self._folder = folder
        self.disk = Disk(patch)
        self.told: Counter[str] = Counter()
        self.acts: Counter[str] = Counter()
        patch.setattr(QMessageBox, "warning", lambda *args: self.told.update([args[-1]]))
        patch.setattr(recorder, "RETRY", 0.05)
        self._service = InferenceService(self._faulty_studio)
        self._windows = Windows(self._service, Preferences())
        self._elsewhere = Saving(Session(), locks_folder())
        self._elsewhere._claims.take(folder / "elsewhere.sketch")
        self.window = self._windows.new()
        self.session = self.window._session
        self._proposals = self.window._proposals
        self._service.start()
        self.wait(lambda: self._service.state.status is Status.READY)
        self._history: list[list[str]] = [[]]
        self._at = 0
        self._ink: dict[str, int] = {}

    def _faulty_studio(self) -> Studio:
        """A model that fails now and then: out of memory, broken, or with numbers that are none."""
        studio, dice = tiny_studio(), random.Random(1)
        encode = studio.encode_boxed

        def sometimes(*args: object) -> object:
            chance = dice.random()
            if chance < 0.05:
                raise MemoryError("no memory left")
            if chance < 0.1:
                raise KeyError("nobody thought of it")
            codes = encode(*args)  # type: ignore[arg-type]
            return codes * np.float32(np.nan) if chance < 0.15 else codes

        studio.encode_boxed = sometimes  # type: ignore[method-assign, assignment]
        return studio

    @property
    def expected(self) -> list[str]:
        return self._history[self._at]

    @property
    def ids(self) -> list[str]:
        return [stroke.id for stroke in self.session.active_layer.strokes]

    def fill_history(self) -> None:
        """Take as many steps as are kept, so that what memory grows by later is not the history."""
        while len(self._history) <= UNDO_STEPS:
            if len(self.expected) > _MOST:
                self._clear()
            walk = np.random.default_rng(len(self._history)).normal(size=(20, 2)).cumsum(axis=0)
            stroke = Stroke.from_points(walk * 8 + (300, 250))
            self.session.execute(add_strokes(self.session.active_layer, [stroke], "Draw"))
            self._did(self.ids)
            if len(self._history) % 50 == 0:
                QApplication.processEvents()

    def act(self) -> None:
        """Do something, and see that it was done and nothing else."""
        few = len(self.expected) < 3
        acts = [self._draw] * 8 + [self._undo, self._undo, self._redo, self._erase, self._duplicate]
        acts += [self._complete, self._redraw, self._save, self._save, self._blend]
        act = self._draw if few else self._dice.choice(acts)
        if len(self.expected) > _MOST:
            act = self._clear
        self.acts[act.__name__.strip("_")] += 1
        act()
        QApplication.processEvents()
        # As a running event loop does; processEvents leaves what was deleted later for ever.
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.check()

    def check(self) -> None:
        """The document is what was done."""
        assert self.ids == self.expected, "the document is not what was done"
        for stroke in self.session.active_layer.strokes[-5:]:
            ink = zlib.crc32(stroke.samples.tobytes())
            assert self._ink.setdefault(stroke.id, ink) == ink, "a stroke has changed"

    def finish(self) -> None:
        """At the end the journal holds the document, and a last save as well."""
        self.disk.room = _PLENTY
        self._draw()
        keeper = self._windows._recovering._keepers[self.window]
        assert keeper.flush(60), "the journal cannot be written"
        (folder,) = recovery_folder().iterdir()
        kept = journal.read(folder / "journal").document
        assert [stroke.id for stroke in kept.layers[0].strokes] == self.expected
        self._save_well()
        self.window.close()
        assert not list(recovery_folder().iterdir()), "a journal was left"
        self._service.shutdown()

    def wait(self, done: Callable[[], bool], seconds: float = 60.0) -> None:
        end = time.monotonic() + seconds
        while not done():
            assert time.monotonic() < end, "the app waits for ever"
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def _did(self, ids: list[str]) -> None:
        """A step of the history; those that were undone are gone."""
        self._history[self._at + 1 :] = [ids]
        self._at += 1
        if len(self._history) > UNDO_STEPS + 1:
            del self._history[0]
            self._at -= 1

    def _draw(self) -> None:
        canvas, dice, pen = self.window.canvas, self._dice, tablet()
        self.window.actions_by_id["pen"].trigger()  # a blend that was put there is being moved
        x, y = dice.uniform(100, 500), dice.uniform(100, 400)
        kind = QEvent.Type.TabletPress
        for number in range(dice.randrange(2, 40)):
            send_pen(canvas, pen, kind, (x, y), dice.uniform(0.2, 1), 8 * number)
            kind = QEvent.Type.TabletMove
            x, y = x + dice.uniform(-8, 9), y + dice.uniform(-8, 9)
        send_pen(canvas, pen, QEvent.Type.TabletRelease, (x, y), 0.0, 999)
        assert self.ids[:-1] == self.expected, "a stroke was lost"
        self._did(self.ids)

    def _undo(self) -> None:
        self.window.actions_by_id["undo"].trigger()
        self._at = max(self._at - 1, 0)

    def _redo(self) -> None:
        self.window.actions_by_id["redo"].trigger()
        self._at = min(self._at + 1, len(self._history) - 1)

    def _erase(self) -> None:
        chosen = set(self._dice.sample(self.expected, 2))
        self.session.select(chosen)
        self.session.delete_selection()
        self._did([id for id in self.expected if id not in chosen])

    def _clear(self) -> None:
        self.session.clear()
        self._ink.clear()
        self._did([])

    def _duplicate(self) -> None:
        (id,) = self._dice.sample(self.expected, 1)
        self.session.select([id])
        self.session.duplicate_selection()
        assert self.ids[:-1] == self.expected
        self._did(self.ids)

    def _complete(self) -> None:
        self._propose("complete")

    def _redraw(self) -> None:
        self._propose("redraw")

    def _propose(self, action: str) -> None:
        proposals, before = self._proposals, self.expected
        self.session.select([])
        self.window.actions_by_id[action].trigger()
        self.wait(lambda: not proposals.is_drawing)
        replaced = proposals.replaced_ids
        if not proposals.strokes or self._dice.random() < 0.4:
            proposals.reject()
            return
        proposals.accept()
        now = self.ids
        assert [id for id in now if id in before] == [id for id in before if id not in replaced]
        self._did(now)

    def _blend(self) -> None:
        action = self.window.actions_by_id.get("blend_put")
        before = self.expected
        if action is None or not action.isEnabled():
            return
        action.trigger()
        if self.ids != before:
            assert self.ids[: len(before)] == before
            self._did(self.ids)

    def _save(self) -> None:
        fault = self._dice.random()
        if fault < 0.2:
            self.disk.room = self._dice.randrange(5000)
            self.window.files._save_to(self._folder / "a.sketch")
            self.window.files.finish()
            self.disk.room = _PLENTY
        elif fault < 0.3:
            self.window.files._save_to(self._folder / "gone" / "a.sketch")
            self.window.files.finish()
        elif fault < 0.4:
            self.window.files._save_to(self._folder / "elsewhere.sketch")
            self.window.files.finish()
        else:
            self._save_well()

    def _save_well(self) -> None:
        path = self._folder / "a.sketch"
        self.window.files._save_to(path)
        self.window.files.finish()
        assert not self.session.dirty
        strokes = native.load(path).layers[0].strokes
        assert [stroke.id for stroke in strokes] == self.expected, "the file lost a stroke"


def resident() -> float:
    """Memory of this process, MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


@dataclass(frozen=True)
class Look:
    """A look at the process: after how many minutes and acts, and its memory, MB."""

    minutes: float
    acts: int
    memory: float


def _settled(looks: list[Look], minutes: float) -> int:
    """Which look is the first after so many minutes, and after enough was done to fill caches.

    A machine with other things to do has not seen in five minutes what another has.
    """
    late = (i for i, at in enumerate(looks) if at.minutes >= minutes and at.acts >= _WARM)
    return next(late, max(len(looks) - 1, 0))


def soak(minutes: float, folder: Path, seed: int = 0) -> dict[str, object]:
    """Be that person for so long."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        os.environ[f"XDG_{name}_HOME"] = str(folder / "home")
    errors: list[str] = []

    def note(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
        errors.append(f"{kind.__name__}: {error}")

    app = QApplication(["soak"])
    looks: list[Look] = []
    sys.excepthook = note
    try:
        with pytest.MonkeyPatch.context() as patch:
            user = User(folder, seed, patch)
            user.fill_history()
            begun = looked = time.monotonic()
            while (now := time.monotonic()) - begun < minutes * 60 or user.acts.total() < _LEAST:
                user.act()
                if now - looked > min(20, minutes * 6):
                    looked = now
                    gc.collect()
                    looks.append(Look((now - begun) / 60, user.acts.total(), resident()))
                    sys.stderr.write(f"{looks[-1]}\n")
            user.finish()
    finally:
        sys.excepthook = sys.__excepthook__
    assert app is not None
    settled = _settled(looks, minutes / 12)  # five minutes of an hour
    early = max((look.memory for look in looks[: settled + 1]), default=0.0)
    late = max((look.memory for look in looks[settled:]), default=0.0)
    return {
        "minutes": round((time.monotonic() - begun) / 60, 1),
        "acts": dict(user.acts),
        "told": dict(user.told),
        "errors": errors,
        "memory_mb": [round(look.memory) for look in looks],
        "settled": asdict(looks[settled]) if looks else None,
        "end": asdict(looks[-1]) if looks else None,
        "growth": round(late / early - 1, 3) if early else 0.0,
    }


def main() -> None:
    """Soak as told by the command line."""
    folder = Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    sys.stdout.write(json.dumps(soak(float(sys.argv[1]), folder), indent=1) + "\n")
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
