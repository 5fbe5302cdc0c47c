"""The test as it is taken: who is asked about which sketches, and what was answered."""

from __future__ import annotations

import enum
import random
import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot

from sketchstudio.core.objects import objects_of
from sketchstudio.core.sampling import Sampling
from sketchstudio.core.smoothing import drawn_points
from sketchstudio.core.stroke import Origin, depicting
from sketchstudio.core.turing import (
    SKETCHES,
    Answer,
    Question,
    Score,
    Subject,
    presented,
)
from sketchstudio.engine.messages import Failed, Finished, Lane, RedrawEach
from sketchstudio.engine.service import InferenceService
from sketchstudio.state.session import Session
from sketchstudio.system.language import tr

_FEWEST_POINTS = 6  # of a drawing, simplified; less is a tick or a dot


class Phase(enum.StrEnum):
    """Where a test is."""

    SET_UP = "set up"
    PREPARING = "preparing"
    ASKING = "asking"
    DONE = "done"


class TuringTest(QObject):
    """Twenty sketches, half of them by people, half redrawn by the model after others of theirs.

    Args:
        service: A door to the engine of its own.
        clock: Seconds, growing; tests have their own.

    Attributes:
        phase: Where it is.
        answers: So far.
        model: Which redrew; empty for the main one.
        sampling: How it redrew.

    Signals:
        changed: Another phase or question.
        failed: One line for the person; the test is where it began.
    """

    changed = Signal()
    failed = Signal(str)

    def __init__(
        self,
        service: InferenceService,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._service, self._clock = service, clock
        self.phase = Phase.SET_UP
        self.answers: list[Answer] = []
        self.model = ""
        self.sampling = Sampling()
        self._people: list[Subject] = []
        self._redrawn: list[Subject] = []
        self._task: RedrawEach | None = None
        self._questions: list[Question] = []
        self._shown_at = 0.0
        service.finished.connect(self._on_finished)
        service.failed.connect(self._on_failed)

    @property
    def question(self) -> Question | None:
        """The one to be answered now."""
        asking = self.phase is Phase.ASKING
        return self._questions[len(self.answers)] if asking else None

    @property
    def count(self) -> int:
        """Of all questions."""
        return len(self._questions)

    @property
    def score(self) -> Score:
        """Of the answers so far."""
        return Score(self.answers)

    def start(self, subjects: Sequence[Subject], model: str, sampling: Sampling) -> None:
        """Choose sketches by the sampling's seed and have half of them redrawn.

        Where there are fewer than twenty, some are shown both ways, as few as possible.

        Args:
            subjects: ``FEWEST`` at least.
            model: Which redraws; empty for the main one.
            sampling: How.
        """
        chance = random.Random(sampling.seed)
        order = chance.sample(list(subjects), len(subjects))
        half = min(SKETCHES // 2, len(order))
        self._people = order[:half]
        self._redrawn = (order + order)[half : 2 * half]
        self.model, self.sampling = model, sampling
        self.answers = []
        self._task = RedrawEach(tuple(one.ink for one in self._redrawn), sampling, model)
        self._service.submit(self._task)
        self._set_phase(Phase.PREPARING)

    def answer(self, machine: bool) -> None:
        """Say who drew the sketch that is shown."""
        question = self.question
        if question is None:
            return
        now = self._clock()
        self.answers.append(Answer(question, machine, round(now - self._shown_at, 2)))
        self._shown_at = now
        done = len(self.answers) == len(self._questions)
        self._set_phase(Phase.DONE if done else Phase.ASKING)

    def take_back(self) -> None:
        """Ask about the sketch before once more."""
        if self.phase is Phase.ASKING and self.answers:
            self.answers.pop()
            self._shown_at = self._clock()
            self.changed.emit()

    def reset(self) -> None:
        """Back to the beginning."""
        self._service.cancel(Lane.STUDY)
        self._task = None
        self._set_phase(Phase.SET_UP)

    def _set_phase(self, phase: Phase) -> None:
        self.phase = phase
        self.changed.emit()

    @Slot(object)
    def _on_finished(self, answer: Finished) -> None:
        if answer.task is not self._task or self.phase is not Phase.PREPARING:
            return
        questions = [Question(presented(one.ink), False, one.name) for one in self._people]
        questions += [
            Question(presented(drawn.strokes), True, one.name, drawn.seed)
            for one, drawn in zip(self._redrawn, answer.drawn, strict=True)
        ]
        random.Random(self.sampling.seed).shuffle(questions)
        self._questions = questions
        self._shown_at = self._clock()
        self._set_phase(Phase.ASKING)

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if failure.task is self._task:
            self.reset()
            self.failed.emit(failure.message)


def own_subjects(sessions: Sequence[Session]) -> list[Subject]:
    """What the person drew on these pages, thing by thing."""
    subjects = []
    for session in sessions:
        title = session.path.name if session.path else session.document.title or tr("Untitled")
        strokes = [
            stroke
            for stroke in depicting(session.document.strokes())
            if stroke.origin is Origin.USER
        ]
        for number, group in enumerate(objects_of(strokes), start=1):
            ink = tuple(drawn_points(stroke) for stroke in group)
            if sum(map(len, presented(ink))) >= _FEWEST_POINTS:
                subjects.append(Subject(ink, f"{title}, {number}"))
    return subjects
