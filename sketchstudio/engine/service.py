"""The engine as the window sees it: submit a task, get signals. Lives in the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThread, Signal, Slot

from sketchstudio.engine.messages import (
    EngineState,
    Failed,
    Finished,
    Lane,
    Progress,
    Request,
    Task,
)
from sketchstudio.engine.scheduler import Lanes
from sketchstudio.engine.worker import InferenceWorker, load_studio

if TYPE_CHECKING:
    from sketchstudio.model.studio import Studio


class InferenceService(QObject):
    """Owns the inference thread. Only the latest request of a lane is ever answered.

    Args:
        load: Makes the model in the worker's thread.
        parent: Qt parent.

    Signals:
        state_changed(EngineState), progressed(Progress), finished(Finished), failed(Failed).
    """

    state_changed = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    _wake = Signal()

    def __init__(
        self, load: Callable[[], Studio] = load_studio, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state = EngineState()
        self._ids = count(1)
        self._wanted: dict[Lane, int] = {}
        self._lanes = Lanes()
        self._thread = QThread(self)
        self._thread.setObjectName("inference")
        self._worker = InferenceWorker(self._lanes, load)
        self._worker.moveToThread(self._thread)
        self._thread.started.connect(self._worker.start)
        self._thread.finished.connect(self._worker.deleteLater)
        self._wake.connect(self._worker.work)
        self._worker.state_changed.connect(self._on_state)
        self._worker.progressed.connect(self._on_progress)
        self._worker.finished.connect(self._on_finished)
        self._worker.failed.connect(self._on_failed)

    @property
    def state(self) -> EngineState:
        return self._state

    def start(self) -> None:
        """Start loading the model in the background."""
        self._thread.start()

    def submit(self, task: Task) -> int:
        """Ask for a task; an older one of its lane is stopped and never answered.

        Returns:
            The request's id, which its messages carry.
        """
        request = Request(next(self._ids), task)
        self._wanted[task.lane] = request.id
        self._lanes.put(request)
        self._wake.emit()
        return request.id

    def cancel(self, lane: Lane) -> None:
        """Stop what a lane is doing; nothing more is heard of it."""
        self._wanted.pop(lane, None)
        self._lanes.cancel(lane)

    def is_busy(self, lane: Lane) -> bool:
        """Whether an answer of this lane is still to come."""
        return lane in self._wanted

    def shutdown(self) -> None:
        """Stop everything and wait for the thread to end."""
        self._wanted.clear()
        self._lanes.clear()
        if self._thread.isRunning():
            self._thread.quit()
            self._thread.wait()

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        self._state = state
        self.state_changed.emit(state)

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        if self._wanted.get(progress.task.lane) == progress.id:
            self.progressed.emit(progress)

    @Slot(object)
    def _on_finished(self, result: Finished) -> None:
        if self._wanted.get(result.task.lane) == result.id:
            del self._wanted[result.task.lane]
            self.finished.emit(result)

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if self._wanted.get(failure.task.lane) == failure.id:
            del self._wanted[failure.task.lane]
            self.failed.emit(failure)
