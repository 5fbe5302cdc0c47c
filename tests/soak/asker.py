"""Asks the engine for anything, again and again: ``python -m tests.soak.asker COUNT [MODEL]``.

Requests of all kinds, good and bad, from two windows; some are replaced or cancelled before they
are answered. Prints how many were asked for, what became of them, and the memory on the way.
"""

from __future__ import annotations

import json
import random
import sys
from collections import Counter
from collections.abc import Callable

import numpy as np
from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Slot

from sketchstudio.bench.lateness import start_engine
from sketchstudio.bench.memory import megabytes
from sketchstudio.core.sampling import Sampling
from sketchstudio.engine import messages
from sketchstudio.engine.messages import CodeOf, Difference, Failed, Finished, Manner, Sketch, Task
from sketchstudio.engine.service import InferenceService
from sketchstudio.model.studio import Studio
from tests.helpers.tiny import tiny_studio

SAMPLES = 100
"""So often is memory looked at."""


class Asker(QObject):
    """Two windows' services, and the dice.

    Args:
        studio: The model.
        seed: Of the dice.
    """

    def __init__(self, studio: Studio, seed: int = 1) -> None:
        super().__init__()
        self._dice, self._noise = random.Random(seed), np.random.default_rng(seed)
        self._names, self._size = studio.config.categories, studio.config.code
        self._own = studio.config.name
        first = InferenceService(lambda: studio)
        start_engine(first)
        self.services = (first, first.another())
        self.answers: Counter[str] = Counter()
        for service in self.services:
            service.finished.connect(self._on_finished)
            service.failed.connect(self._on_failed)

    def ask(self) -> None:
        """One request: waited for, left to be replaced, or cancelled."""
        service, task = self._dice.choice(self.services), self._task()
        self.answers[f"asked {type(task).__name__}"] += 1
        service.submit(task)
        chance = self._dice.random()
        if chance < 0.1:
            service.cancel(task.lane)
            self.answers["cancelled"] += 1
        elif chance < 0.8:
            self.wait(lambda: not service.is_busy(task.lane))

    def wait(self, done: Callable[[], bool]) -> None:
        """Let events happen, asleep between them."""
        while not done():
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def finish(self) -> None:
        """Wait for what is under way, and end the engine."""
        for service in self.services:
            self.wait(lambda service=service: not any(map(service.is_busy, messages.Lane)))
        for service in reversed(self.services):
            service.shutdown()

    @Slot(object)
    def _on_finished(self, _: Finished) -> None:
        self.answers["finished"] += 1

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        self.answers["failed"] += 1
        if failure.message.startswith("The model failed"):
            self.answers[failure.message] += 1

    def _task(self) -> Task:
        sampling = Sampling(self._dice.uniform(0.01, 1), self._dice.randrange(10**6))
        few, reach = self._dice.randint(1, 4), self._dice.random()
        name = self._dice.choice((*self._names, None))
        make: list[Callable[[], Task]] = [
            lambda: messages.Complete(self._ink(), sampling, name, few, reach),
            lambda: messages.Redraw(self._ink(), sampling, few, reach),
            lambda: messages.Replace(self._ink(), sampling, name, few, reach),
            lambda: messages.Blend(*self._line(), sampling, self._manner()),
            lambda: messages.Strip(self._codes(4), ((0, 0), (1, 0.5)), sampling, self._manner()),
            lambda: messages.Morph(self._codes(2), ((0, 0), (0.3, 0)), sampling),
            lambda: messages.Portraits(self._codes(few), sampling),
            lambda: messages.Guess(self._ink()),
            lambda: messages.Thumbnails(sampling),
            lambda: messages.Encode(tuple(self._ink() for _ in range(few)), self._model()),
            lambda: messages.DrawCodes(self._vectors(few), sampling, self._model()),
            lambda: messages.Walk(*self._vectors(2), few, sampling),
            lambda: messages.RedrawEach((self._ink(),), sampling, self._model()),
            lambda: messages.LayOut(self._model()),
        ]
        return self._dice.choice(make)()

    def _line(self) -> tuple[tuple[CodeOf, ...], tuple[float, float]]:
        return self._codes(2), (self._dice.uniform(-0.5, 1.5), 0.0)

    def _manner(self) -> Manner:
        difference = Difference(*self._codes(2), self._dice.uniform(-1, 1))
        return Manner(self._dice.random() < 0.5, self._dice.choice((None, difference)))

    def _model(self) -> str:
        return self._dice.choice(("", self._own, "no such model"))

    def _codes(self, count: int) -> tuple[CodeOf, ...]:
        return tuple(self._code() for _ in range(count))

    def _code(self) -> CodeOf:
        kind = self._dice.randrange(20)
        if kind == 0:
            return CodeOf(self._dice.choice(("nobody learnt this", *self._names)))
        if kind < 8:
            return CodeOf(self._dice.choice(self._names), example=self._dice.randrange(30))
        if kind < 14:
            return CodeOf(ink=self._ink())
        length = self._dice.choice((self._size, self._size, self._size + 1))
        return CodeOf(code=self._noise.normal(size=length).astype(np.float32))

    def _vectors(self, count: int) -> np.ndarray:
        return self._noise.normal(size=(count, self._size)).astype(np.float32)

    def _ink(self) -> Sketch:
        """A few strokes somewhere; sometimes none, a dot, or no numbers."""
        kind = self._dice.randrange(30)
        if kind == 0:
            return ()
        if kind == 1:
            return (np.full((3, 2), np.nan),)
        if kind == 2:
            return (np.full((4, 2), 7.0),)
        strokes = self._dice.randint(1, 4)
        return tuple(
            self._noise.normal(300, 100, (self._dice.randint(1, 12), 2)) for _ in range(strokes)
        )


def main() -> None:
    """Ask, and print what became of it."""
    count, model = int(sys.argv[1]), sys.argv[2:]
    app = QCoreApplication([])
    asker = Asker(Studio.load(*model, "cpu") if model else tiny_studio())
    memory = []
    for number in range(count):
        if number % max(count // SAMPLES, 1) == 0:
            memory.append(megabytes() or 0.0)
        asker.ask()
    asker.finish()
    memory.append(megabytes() or 0.0)
    app.quit()
    settled = memory[len(memory) // 10 : len(memory) // 5 + 1]
    growth = float(np.median(memory[-len(settled) :]) - np.median(settled))
    figures = {"requests": count, "answers": dict(asker.answers), "growth": growth}
    sys.stdout.write(json.dumps({**figures, "memory": memory}))


if __name__ == "__main__":
    main()
