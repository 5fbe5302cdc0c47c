"""The engine as a window sees it: submit a task, get signals. Lives in the GUI thread."""

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


class _Engine(QObject):
    """The inference thread with its worker; all windows share one."""

    state_changed = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    _wake = Signal()
    reload_wanted = Signal()

    def __init__(self, load: Callable[[], Studio], parent: QObject) -> None:
        super().__init__(parent)
        self.state = EngineState()
        self.lanes = Lanes()
        self.request_ids, self.client_ids = count(1), count(1)
        self.thread_ = QThread(self)
        self.thread_.setObjectName("inference")
        self._worker = InferenceWorker(self.lanes, load)
        self._worker.moveToThread(self.thread_)
        self.thread_.started.connect(self._worker.start)
        self.thread_.finished.connect(self._worker.deleteLater)
        self._wake.connect(self._worker.work)
        self.reload_wanted.connect(self._worker.reload)
        self._worker.state_changed.connect(self._on_state)
        self._worker.progressed.connect(self.progressed)
        self._worker.finished.connect(self.finished)
        self._worker.failed.connect(self.failed)

    def put(self, request: Request) -> None:
        self.lanes.put(request)
        self._wake.emit()

    def shutdown(self) -> None:
        self.lanes.clear()
        if self.thread_.isRunning():
            self.thread_.quit()
            self.thread_.wait()

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        self.state = state
        self.state_changed.emit(state)


class InferenceService(QObject):
    """One window's door to the engine. Only the latest request of a lane is ever answered.

    Args:
        load: Makes the model in the worker's thread.
        parent: Qt parent.

    Signals:
        state_changed(EngineState), progressed(Progress), finished(Finished), failed(Failed); the
            last three for this window's requests only.
    """

    state_changed = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(
        self,
        load: Callable[[], Studio] = load_studio,
        parent: QObject | None = None,
        *,
        _engine: _Engine | None = None,
    ) -> None:
        super().__init__(parent)
        self._owns = _engine is None
        self._engine = _engine or _Engine(load, self)
        self._client = next(self._engine.client_ids)
        self._wanted: dict[Lane, int] = {}
        self._engine.state_changed.connect(self._on_state)
        self._engine.progressed.connect(self._on_progress)
        self._engine.finished.connect(self._on_finished)
        self._engine.failed.connect(self._on_failed)

    @property
    def state(self) -> EngineState:
        return self._engine.state

    def another(self, parent: QObject | None = None) -> InferenceService:
        """A door for another window: the same engine, requests of its own."""
        return InferenceService(parent=parent, _engine=self._engine)

    def start(self) -> None:
        """Start loading the model in the background; only the first time does anything."""
        self._engine.thread_.start()

    def reload(self) -> None:
        """Load the weights again, for all windows: they are others now."""
        self._engine.reload_wanted.emit()

    def submit(self, task: Task) -> int:
        """Ask for a task; an older one of its lane is stopped and never answered.

        Returns:
            The request's id, which its messages carry.
        """
        request = Request(next(self._engine.request_ids), task, self._client)
        self._wanted[task.lane] = request.id
        self._engine.put(request)
        return request.id

    def cancel(self, lane: Lane) -> None:
        """Stop what a lane is doing; nothing more is heard of it."""
        self._wanted.pop(lane, None)
        self._engine.lanes.cancel(lane, self._client)

    @Slot(bool)
    def give_way(self, pen_down: bool) -> None:
        """Pause between the steps of a decode while the pen draws, so that ink is not late."""
        self._engine.lanes.set_pen_down(pen_down)

    def is_busy(self, lane: Lane) -> bool:
        """Whether an answer of this lane is still to come."""
        return lane in self._wanted

    def shutdown(self) -> None:
        """Drop everything that was asked; the window that made the engine ends it, and waits."""
        for lane in tuple(self._wanted):
            self.cancel(lane)
        self.give_way(False)  # the pen of a window that is gone lifts
        if self._owns:
            self._engine.shutdown()

    def _is_wanted(self, message: Progress | Finished | Failed) -> bool:
        return self._wanted.get(message.task.lane) == message.id

    @Slot(object)
    def _on_state(self, state: EngineState) -> None:
        self.state_changed.emit(state)

    @Slot(object)
    def _on_progress(self, progress: Progress) -> None:
        if self._is_wanted(progress):
            self.progressed.emit(progress)

    @Slot(object)
    def _on_finished(self, result: Finished) -> None:
        if self._is_wanted(result):
            del self._wanted[result.task.lane]
            self.finished.emit(result)

    @Slot(object)
    def _on_failed(self, failure: Failed) -> None:
        if self._is_wanted(failure):
            del self._wanted[failure.task.lane]
            self.failed.emit(failure)
