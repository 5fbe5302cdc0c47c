"""Which request runs next: in each lane of a client the latest wins. Plain Python, any thread."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from sketchstudio.engine.messages import Lane, Request

PRIORITY = (
    Lane.BLEND,
    Lane.PROPOSAL,
    Lane.STRIP,
    Lane.PORTRAITS,
    Lane.MORPH,
    Lane.GUESS,
    Lane.THUMBNAILS,
    Lane.LOOK,
    Lane.PLACE,
    Lane.STUDY,
)
"""What a moving hand waits for comes first."""

PATIENCE = 1.0
"""Seconds that a step of a decode waits for the pen to lift."""


@dataclass(frozen=True, slots=True, eq=False)
class Ticket:
    """A request that is being worked on, and whether to stop."""

    request: Request
    stop: threading.Event = field(default_factory=threading.Event)


class Lanes:
    """One pending request a lane and client, one running request in all.

    A newer request replaces the pending one of its lane and stops the running one. A request of
    a more urgent lane also stops a running one of a less urgent lane, which is put back and
    starts again later. Clients wait for one another in the order of their requests.
    """

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._pen_down = False
        self._pending: dict[tuple[Lane, int], Request] = {}
        self._running: Ticket | None = None

    def put(self, request: Request) -> None:
        """Ask for a request to be run."""
        key = _key(request)
        with self._lock:
            self._pending[key] = request
            running = self._running
            if running is None or running.stop.is_set():
                return
            other = _key(running.request)
            if other == key:
                self._stop(running)
            elif PRIORITY.index(key[0]) < PRIORITY.index(other[0]):
                self._stop(running)
                self._pending.setdefault(other, running.request)

    def cancel(self, lane: Lane, client: int = 0) -> None:
        """Drop what is pending or running in a client's lane."""
        with self._lock:
            self._pending.pop((lane, client), None)
            if self._running is not None and _key(self._running.request) == (lane, client):
                self._stop(self._running)

    def clear(self) -> None:
        """Drop everything."""
        with self._lock:
            self._pending.clear()
            if self._running is not None:
                self._stop(self._running)

    def set_pen_down(self, down: bool) -> None:
        """Let what runs pause while the pen draws: both want the same processor and lock."""
        with self._lock:
            self._pen_down = down
            self._lock.notify_all()

    def give_way(self, ticket: Ticket, patience: float = PATIENCE) -> None:
        """Wait until the pen is up or the ticket shall stop, but no longer than ``patience``, s.

        A step is taken then all the same, so that a pen that never lifts starves nobody.
        """
        with self._lock:
            self._lock.wait_for(lambda: not self._pen_down or ticket.stop.is_set(), patience)

    def _stop(self, ticket: Ticket) -> None:
        ticket.stop.set()
        self._lock.notify_all()

    def done(self, ticket: Ticket) -> None:
        """The ticket's request is answered; one that was put back to start again need not."""
        key = _key(ticket.request)
        with self._lock:
            self._running = None
            if self._pending.get(key) is ticket.request:
                del self._pending[key]

    def take(self) -> Ticket | None:
        """The most urgent pending request, now running; None when there is none."""
        with self._lock:
            if not self._pending:
                self._running = None  # the last one was stopped
                return None
            first = min(self._pending, key=lambda key: PRIORITY.index(key[0]))
            self._running = Ticket(self._pending.pop(first))
            return self._running


def _key(request: Request) -> tuple[Lane, int]:
    return request.task.lane, request.client
