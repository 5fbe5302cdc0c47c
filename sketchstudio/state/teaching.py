"""What the person teaches the model: categories of their own, in weights of their own.

The model is taught by another process at the lowest priority, which is this app without a window
(``sketchstudio teach``): no pen and no request ever waits for it. Its result lies beside the
weights that were there before, so lessons can be taken back, the last one first.
"""

from __future__ import annotations

import enum
import json
import logging
import os
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal, Slot

from sketchstudio.engine.messages import Sketch
from sketchstudio.engine.service import InferenceService
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.system.language import tr
from sketchstudio.system.weights import OWN_MODEL, available_models

log = logging.getLogger(__name__)

FEWEST, MOST = 3, 100
"""So many examples."""

WEIGHTS = "model.safetensors"
"""In the folder: the taught weights."""

MOST_UNDONE = 8
"""So many lessons and practices can be taken back; each keeps its weights, some 10 MB."""

STEPS = 280
"""Of practice."""

LONGEST_NAME = 40

_LEAVE_MS = 3000  # for the other process to end by itself


class Stage(enum.StrEnum):
    """What the other process does."""

    IDLE = "idle"
    LEARNING = "learning"
    PRACTISING = "practising"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class Lesson:
    """A category that was taught.

    Attributes:
        name: Of the category.
        drawings: How many examples.
        steps: Of practice so far.
        file: The examples, in the folder.
    """

    name: str
    drawings: int
    steps: int
    file: str


@dataclass(frozen=True, slots=True)
class _Before:
    """What there was before a lesson or practice.

    Attributes:
        lessons: All there were.
        weights: The file, in the folder; empty where they were the shipped ones.
    """

    lessons: tuple[Lesson, ...]
    weights: str

    @classmethod
    def read(cls, record: Any) -> _Before:
        """From what `json.loads` makes of it."""
        return cls(tuple(Lesson(**one) for one in record["lessons"]), str(record["weights"]))


@dataclass(frozen=True, slots=True)
class Progress:
    """How far practice is.

    Attributes:
        step: Steps taken.
        steps: In all.
        examples: What is redrawn to show it.
        before: The same redrawn before the first step, box units; none yet at the very beginning.
        after: And at the last look.
    """

    step: int = 0
    steps: int = 0
    examples: tuple[Sketch, ...] = ()
    before: tuple[Sketch, ...] = ()
    after: tuple[Sketch, ...] = ()


class Teaching(QObject):
    """One lesson at a time; all windows share it.

    Args:
        folder: Where lessons and taught weights lie.
        service: Takes the weights into use.
        parent: As in Qt.

    Signals:
        changed: Lessons, stage or progress are others.
        learnt: The model knows a category; carries its name and the very examples.
        message: One line for the person.
    """

    changed = Signal()
    learnt = Signal(str, object)
    message = Signal(str)

    def __init__(
        self, folder: Path, service: InferenceService, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._folder, self._service = folder, service
        self._process: QProcess | None = None
        self._lesson: Lesson | None = None
        self._examples: tuple[Sketch, ...] = ()
        self._stopping = False
        self.stage = Stage.IDLE
        self.progress = Progress()
        self.lessons: tuple[Lesson, ...] = ()
        self._before: tuple[_Before, ...] = ()
        self._read()

    @property
    def weights(self) -> Path:
        """The taught weights; they need not exist."""
        return self._folder / WEIGHTS

    @property
    def can_undo(self) -> bool:
        """Whether the last lesson or practice can be taken back."""
        return bool(self._before) and self.stage is Stage.IDLE

    @property
    def current(self) -> str:
        """The category that is being learnt; empty when none is."""
        return self._lesson.name if self._lesson else ""

    def why_not(self, name: str, count: int) -> str:
        """Why a category cannot be taught, a line for the person; empty where it can."""
        if self.stage is not Stage.IDLE:
            return tr("One lesson at a time: wait until “{name}” is learnt").format(
                name=self.current
            )
        if self._service.state.model in set(available_models()) - {OWN_MODEL}:
            return tr("Only the model “studio” can be taught: choose it in the preferences")
        if not name.strip():
            return tr("Give it a name")
        if len(name.strip()) > LONGEST_NAME:
            return tr("Give it a shorter name")
        if name.strip() in self._service.state.categories:
            return tr("The model knows “{name}” already").format(name=name.strip())
        if count < FEWEST:
            return tr("Draw {count} or more examples").format(count=FEWEST)
        if count > MOST:
            return tr("{count} examples are the most").format(count=MOST)
        return ""

    def teach(self, name: str, sketches: Sequence[Sketch]) -> None:
        """Give the model a category, with a code at once; what `why_not` is against does nothing.

        Args:
            name: Of the category.
            sketches: Examples, in any units.
        """
        from sketchstudio.formats.drawing import Drawing
        from sketchstudio.formats.sketch_files import write_sketches

        name = name.strip()
        if self.why_not(name, len(sketches)):
            return
        numbers = {int(lesson.file.partition(".")[0]) for lesson in self.lessons}
        file = f"{max(numbers, default=0) + 1}.ndjson"
        drawings = [Drawing(tuple(np.asarray(s) for s in sketch), name) for sketch in sketches]
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            write_sketches(self._folder / file, drawings)
        except OSError as error:
            self.message.emit(tr("The examples cannot be kept: {reason}").format(reason=error))
            return
        self._examples = tuple(sketches)
        self._start(Lesson(name, len(sketches), 0, file), 0)

    def practise(self, name: str) -> None:
        """Let the model practise a category that was taught, in the background."""
        lesson = next((one for one in self.lessons if one.name == name), None)
        if lesson is not None and self.stage is Stage.IDLE:
            self._start(lesson, STEPS)

    def pause(self) -> None:
        """Stop practising for now."""
        if self.stage is Stage.PRACTISING:
            self._say("pause")
            self._set_stage(Stage.PAUSED)

    def resume(self) -> None:
        """Go on practising."""
        if self.stage is Stage.PAUSED:
            self._say("resume")
            self._set_stage(Stage.PRACTISING)

    def cancel(self) -> None:
        """Give up what is being learnt; the model stays as it was."""
        if self._process is not None:
            self._stopping = True
            self._say("stop")
            self._process.closeWriteChannel()

    def undo(self) -> None:
        """Take back the last lesson or practice: the model is as it was before."""
        if not self.can_undo:
            return
        *earlier, before = self._before
        try:
            if before.weights:
                (self._folder / before.weights).replace(self.weights)
            else:
                self.weights.unlink(missing_ok=True)
        except OSError as error:
            self.message.emit(tr("The lesson cannot be taken back: {reason}").format(reason=error))
            return
        self.lessons, self._before = before.lessons, tuple(earlier)
        self._write()
        self.progress = Progress()
        self._service.reload()
        self.changed.emit()

    def close(self) -> None:
        """End the other process; the app ends."""
        process = self._process
        if process is not None:
            self.cancel()
            if not process.waitForFinished(_LEAVE_MS):
                process.kill()
                process.waitForFinished(_LEAVE_MS)

    def _start(self, lesson: Lesson, steps: int) -> None:
        self._lesson, self._stopping = lesson, False
        self.progress = Progress(steps=steps)
        process = self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        places = [str(Path(__file__).parents[2]), environment.value("PYTHONPATH", "")]
        environment.insert("PYTHONPATH", os.pathsep.join(filter(None, places)))
        environment.insert("OMP_NUM_THREADS", "1")
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._on_told)
        process.finished.connect(self._on_finished)
        process.errorOccurred.connect(self._on_error)
        self._set_stage(Stage.PRACTISING if steps else Stage.LEARNING)
        model = str(self.weights) if self.weights.exists() else OWN_MODEL
        process.start(
            sys.executable,
            [
                *("-m", "sketchstudio", "teach", str(self._folder / lesson.file)),
                *("--name", lesson.name, "--model", model, "--steps", str(steps), "--reports"),
                *("-o", str(self._next)),
            ],
        )

    @property
    def _next(self) -> Path:
        return self._folder / "model-next.safetensors"

    def _free_name(self) -> str:
        """For the weights that are put aside."""
        numbers = (f"model-before-{number}.safetensors" for number in count(1))
        return next(name for name in numbers if not (self._folder / name).exists())

    def _say(self, word: str) -> None:
        if self._process is not None:
            self._process.write(f"{word}\n".encode())

    def _set_stage(self, stage: Stage) -> None:
        self.stage = stage
        self.changed.emit()

    @Slot()
    def _on_told(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            try:
                told = json.loads(bytes(process.readLine().data()))
            except ValueError:
                continue
            self._take(told)

    def _take(self, told: dict[str, Any]) -> None:
        if "step" in told:
            self.progress = replace(self.progress, step=told["step"])
        if "redrawn" in told:
            drawn = tuple(
                tuple(np.array(stroke, dtype=np.float32) for stroke in sketch)
                for sketch in told["redrawn"]
            )
            first = not self.progress.before
            examples = tuple(
                tuple(np.array(stroke, dtype=np.float32) for stroke in sketch)
                for sketch in told["examples"]
            )
            self.progress = replace(
                self.progress,
                examples=examples,
                before=drawn if first else self.progress.before,
                after=() if first else drawn,
            )
        self.changed.emit()

    @Slot(int, QProcess.ExitStatus)
    def _on_finished(self, code: int, status: QProcess.ExitStatus) -> None:
        process, lesson = self._process, self._lesson
        if process is None or lesson is None:
            return
        self._on_told()
        words = bytes(process.readAllStandardError().data()).decode(errors="replace").split("\n")
        self._process = self._lesson = None
        process.deleteLater()
        failed = code != 0 or status is not QProcess.ExitStatus.NormalExit
        if self._stopping:
            self._next.unlink(missing_ok=True)
        elif failed:
            reason = next((line for line in reversed(words) if line.strip()), str(code))
            log.error("teaching %s failed: %s", lesson.name, "\n".join(words))
            self.message.emit(
                tr("“{name}” could not be taught: {reason}").format(
                    name=lesson.name, reason=reason.removeprefix("sketchstudio: ")
                )
            )
        else:
            self._take_over(lesson)
        self._set_stage(Stage.IDLE)

    @Slot(QProcess.ProcessError)
    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._process = self._lesson = None
            self.message.emit(tr("The model cannot be taught here: Python cannot be started"))
            self._set_stage(Stage.IDLE)

    def _take_over(self, lesson: Lesson) -> None:
        """Draw with what was learnt from now on."""
        steps = self.progress.steps
        learnt = replace(lesson, steps=lesson.steps + steps)
        others = tuple(one for one in self.lessons if one.name != lesson.name)
        kept = self._free_name() if self.weights.exists() else ""
        try:
            if kept:
                self.weights.replace(self._folder / kept)
            self._next.replace(self.weights)
        except OSError as error:
            self.message.emit(tr("What was learnt cannot be kept: {reason}").format(reason=error))
            return
        self._before = (*self._before, _Before(self.lessons, kept))
        self.lessons = (*others, learnt)
        while len(self._before) > MOST_UNDONE:
            oldest, *rest = self._before
            if oldest.weights:
                (self._folder / oldest.weights).unlink(missing_ok=True)
            self._before = tuple(rest)
        self._write()
        self._service.reload()
        if not steps:
            self.learnt.emit(lesson.name, self._examples)
        words = tr("“{name}” is practised") if steps else tr("The model knows “{name}” now")
        self.message.emit(words.format(name=lesson.name))

    def _read(self) -> None:
        try:
            about = json.loads((self._folder / "lessons.json").read_text(encoding="utf-8"))
            self.lessons = tuple(Lesson(**one) for one in about["lessons"])
            self._before = tuple(map(_Before.read, about["before"] or ()))
        except FileNotFoundError:
            return
        except (OSError, ValueError, TypeError, KeyError) as error:
            log.warning("the lessons cannot be read: %s", error)
        if not self.weights.exists():
            self.lessons, self._before = (), ()

    def _write(self) -> None:
        about = {
            "lessons": [asdict(lesson) for lesson in self.lessons],
            "before": [asdict(before) for before in self._before],
        }
        try:
            with safe_write(self._folder / "lessons.json") as file:
                file.write(json.dumps(about, indent=1).encode())
        except OSError as error:
            log.warning("the lessons cannot be written down: %s", error)
