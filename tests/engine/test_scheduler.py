"""Which request runs: the latest of each lane, the most urgent lane first."""

from __future__ import annotations

import threading
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sketchstudio.core.sampling import Sampling
from sketchstudio.engine.messages import (
    Blend,
    CodeOf,
    DrawCodes,
    Encode,
    Guess,
    Lane,
    LayOut,
    Morph,
    Portraits,
    Redraw,
    Request,
    Strip,
    Thumbnails,
)
from sketchstudio.engine.scheduler import Lanes, Ticket

INK = (np.zeros((2, 2), np.float32),)
CODES = np.zeros((1, 8), np.float32)
AB = (CodeOf("a"), CodeOf("b"))
TASKS = {
    Lane.BLEND: Blend(AB, (0.5, 0.0), Sampling()),
    Lane.PROPOSAL: Redraw(INK, Sampling()),
    Lane.STRIP: Strip(AB, ((0.0, 0.0), (1.0, 0.0)), Sampling()),
    Lane.PORTRAITS: Portraits(AB, Sampling()),
    Lane.MORPH: Morph(AB, ((0.0, 0.0), (1.0, 0.0)), Sampling()),
    Lane.GUESS: Guess(INK),
    Lane.THUMBNAILS: Thumbnails(Sampling()),
    Lane.LOOK: DrawCodes(CODES, Sampling()),
    Lane.PLACE: Encode((INK,)),
    Lane.STUDY: LayOut(),
}


def request(number: int, lane: Lane) -> Request:
    return Request(number, TASKS[lane])


def test_newer_replaces_pending() -> None:
    """Of two slider moves only the last is drawn."""
    lanes = Lanes()
    lanes.put(request(1, Lane.BLEND))
    lanes.put(request(2, Lane.BLEND))
    ticket = lanes.take()
    assert ticket is not None
    assert ticket.request.id == 2
    assert lanes.take() is None


def test_newer_stops_running() -> None:
    """A running decode whose answer nobody wants is stopped."""
    lanes = Lanes()
    lanes.put(request(1, Lane.PROPOSAL))
    running = lanes.take()
    assert running is not None
    lanes.put(request(2, Lane.PROPOSAL))
    assert running.stop.is_set()


def test_urgent_lane_interrupts_and_the_other_starts_again() -> None:
    """Thumbnails never make a slider wait, and are drawn all the same."""
    lanes = Lanes()
    lanes.put(request(1, Lane.THUMBNAILS))
    thumbnails = lanes.take()
    assert thumbnails is not None
    lanes.put(request(2, Lane.BLEND))
    assert thumbnails.stop.is_set()
    order = []
    while (ticket := lanes.take()) is not None:
        order.append(ticket.request.id)
    assert order == [2, 1]


def test_less_urgent_lane_waits() -> None:
    """A guess does not stop a proposal."""
    lanes = Lanes()
    lanes.put(request(1, Lane.PROPOSAL))
    proposal = lanes.take()
    assert proposal is not None
    lanes.put(request(2, Lane.GUESS))
    assert not proposal.stop.is_set()


def test_what_was_answered_does_not_start_again() -> None:
    """A proposal that is ready just as a slider stops it is kept, not drawn a second time."""
    lanes = Lanes()
    lanes.put(request(1, Lane.PROPOSAL))
    proposal = lanes.take()
    assert proposal is not None
    lanes.put(request(2, Lane.BLEND))
    lanes.done(proposal)
    blend = lanes.take()
    assert blend is not None
    assert blend.request.id == 2
    lanes.done(blend)
    assert lanes.take() is None


def test_a_newer_request_survives_the_answer_to_the_older() -> None:
    """Only the answered request leaves the queue."""
    lanes = Lanes()
    lanes.put(request(1, Lane.PROPOSAL))
    older = lanes.take()
    assert older is not None
    lanes.put(request(2, Lane.PROPOSAL))
    lanes.done(older)
    newer = lanes.take()
    assert newer is not None
    assert newer.request.id == 2


def test_cancel_stops_running_and_drops_pending() -> None:
    """After a cancel the lane is silent."""
    lanes = Lanes()
    lanes.put(request(1, Lane.PROPOSAL))
    running = lanes.take()
    lanes.put(request(2, Lane.PROPOSAL))
    lanes.cancel(Lane.PROPOSAL)
    assert running is not None
    assert running.stop.is_set()
    assert lanes.take() is None


@given(
    st.lists(
        st.tuples(st.sampled_from(["put", "take", "late", "cancel"]), st.sampled_from(list(Lane)))
    )
)
def test_no_wanted_request_is_lost(actions: list[tuple[str, Lane]]) -> None:
    """Whatever happens, a lane's last request runs unless it was cancelled, and nothing else."""
    lanes, wanted, number = Lanes(), {}, 0
    running = None
    for action, lane in actions:
        if action == "put":
            number += 1
            wanted[lane] = number
            lanes.put(request(number, lane))
        elif action == "cancel":
            wanted.pop(lane, None)
            lanes.cancel(lane)
        elif running is not None and (action == "late" or not running.stop.is_set()):
            lanes.done(running)  # late: stopped, but it had its answer already
            if wanted.get(running.request.task.lane) == running.request.id:
                del wanted[running.request.task.lane]
            running = None
        if action == "take":
            running = lanes.take()
    if running is not None and not running.stop.is_set():
        del wanted[running.request.task.lane]
    left = {}
    while (ticket := lanes.take()) is not None:
        assert not ticket.stop.is_set()
        left[ticket.request.task.lane] = ticket.request.id
    assert left == wanted


def test_clients_do_not_replace_one_another() -> None:
    """Two windows that ask at once are both answered, in the order they asked."""
    lanes = Lanes()
    lanes.put(Request(1, TASKS[Lane.PROPOSAL], client=1))
    running = lanes.take()
    assert running is not None
    lanes.put(Request(2, TASKS[Lane.PROPOSAL], client=2))
    lanes.put(Request(3, TASKS[Lane.PROPOSAL], client=3))
    assert not running.stop.is_set()
    lanes.cancel(Lane.PROPOSAL, client=2)
    assert not running.stop.is_set()
    lanes.done(running)
    after = lanes.take()
    assert after is not None
    assert after.request.id == 3


def redraw_running(lanes: Lanes) -> Ticket:
    lanes.put(Request(1, TASKS[Lane.PROPOSAL]))
    ticket = lanes.take()
    assert ticket is not None
    return ticket


@pytest.mark.parametrize(
    "wake",
    [
        lambda lanes: lanes.set_pen_down(False),
        lambda lanes: lanes.cancel(Lane.PROPOSAL),
        lambda lanes: lanes.put(Request(2, TASKS[Lane.BLEND])),
    ],
    ids=["lifted", "cancelled", "overtaken"],
)
def test_a_step_waits_while_the_pen_is_down(wake: Callable[[Lanes], None]):
    """It goes on as soon as the pen lifts, or the request shall stop: no cancel waits for a pen."""
    lanes = Lanes()
    ticket = redraw_running(lanes)
    lanes.set_pen_down(True)
    step = threading.Thread(target=lanes.give_way, args=(ticket, 600.0), daemon=True)
    step.start()
    step.join(0.05)
    assert step.is_alive()
    wake(lanes)
    step.join(60)
    assert not step.is_alive()


def test_a_pen_that_never_lifts_starves_nobody():
    """Patience has an end; without a pen nothing waits at all."""
    lanes = Lanes()
    ticket = redraw_running(lanes)
    lanes.give_way(ticket, 600.0)
    lanes.set_pen_down(True)
    lanes.give_way(ticket, 0.01)
