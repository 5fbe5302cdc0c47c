"""Which request runs next: in each lane the latest wins. Plain Python, any thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from sketchstudio.engine.messages import Lane, Request

PRIORITY = (Lane.BLEND, Lane.PROPOSAL, Lane.GUESS, Lane.THUMBNAILS)
"""What a moving hand waits for comes first."""


@dataclass(frozen=True, slots=True, eq=False)
class Ticket:
    """A request that is being worked on, and whether to stop."""

    request: Request
    stop: threading.Event = field(default_factory=threading.Event)


class Lanes:
    """One pending request a lane, one running request in all.

    A newer request replaces the pending one of its lane and stops the running one. A request of
    a more urgent lane also stops a running one of a less urgent lane, which is put back and
    starts again later.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pending: dict[Lane, Request] = {}
        self._running: Ticket | None = None

    def put(self, request: Request) -> None:
        """Ask for a request to be run."""
        lane = request.task.lane
        with self._lock:
            self._pending[lane] = request
            running = self._running
            if running is None or running.stop.is_set():
                return
            other = running.request.task.lane
            if other is lane:
                running.stop.set()
            elif PRIORITY.index(lane) < PRIORITY.index(other):
                running.stop.set()
                self._pending.setdefault(other, running.request)

    def cancel(self, lane: Lane) -> None:
        """Drop what is pending or running in a lane."""
        with self._lock:
            self._pending.pop(lane, None)
            if self._running is not None and self._running.request.task.lane is lane:
                self._running.stop.set()

    def clear(self) -> None:
        """Drop everything."""
        for lane in Lane:
            self.cancel(lane)

    def done(self, ticket: Ticket) -> None:
        """The ticket's request is answered; one that was put back to start again need not."""
        lane = ticket.request.task.lane
        with self._lock:
            self._running = None
            if self._pending.get(lane) is ticket.request:
                del self._pending[lane]

    def take(self) -> Ticket | None:
        """The most urgent pending request, now running; None when there is none."""
        with self._lock:
            for lane in PRIORITY:
                request = self._pending.pop(lane, None)
                if request is not None:
                    self._running = Ticket(request)
                    return self._running
            self._running = None  # the last one was stopped
            return None
