"""The engine: answers in the GUI thread, the latest only, and no failure takes it down."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from helpers.tiny import CONFIG, SQUARE, TWO_STROKES, tiny_studio
from PySide6.QtCore import QObject, QThread, Signal, Slot
from pytestqt.qtbot import QtBot

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.sketch_codec import Box
from sketchstudio.engine import proposing
from sketchstudio.engine.messages import (
    Blend,
    CodeOf,
    Complete,
    Difference,
    Finished,
    Guess,
    Lane,
    Manner,
    Portraits,
    Progress,
    Redraw,
    Replace,
    Request,
    Status,
    Task,
    Thumbnails,
)
from sketchstudio.engine.scheduler import Lanes
from sketchstudio.engine.service import InferenceService
from sketchstudio.engine.worker import InferenceWorker
from sketchstudio.model import drafts, sampling
from sketchstudio.model.checkpoint import ModelError
from sketchstudio.model.studio import Studio

INK = tuple(TWO_STROKES)


class Heard(QObject):
    """Notes every message and the thread it came in."""

    def __init__(self, service: InferenceService) -> None:
        super().__init__()
        self.finished: list[Finished] = []
        self.failed: list[object] = []
        self.progressed: list[Progress] = []
        self.states: list[Status] = []
        self.threads: set[QThread] = set()
        service.finished.connect(self.on_finished)
        service.failed.connect(self.on_failed)
        service.progressed.connect(self.on_progressed)
        service.state_changed.connect(self.on_state)

    @Slot(object)
    def on_finished(self, message: Finished) -> None:
        self.threads.add(QThread.currentThread())
        self.finished.append(message)

    @Slot(object)
    def on_failed(self, message: object) -> None:
        self.failed.append(message)

    @Slot(object)
    def on_progressed(self, message: Progress) -> None:
        self.progressed.append(message)

    @Slot(object)
    def on_state(self, state: object) -> None:
        self.states.append(state.status)  # type: ignore[attr-defined]


Start = Callable[..., tuple[InferenceService, Heard]]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    services = []

    def make(load: Callable[[], Studio] = tiny_studio) -> tuple[InferenceService, Heard]:
        service = InferenceService(load)
        heard = Heard(service)
        services.append(service)
        service.start()
        qtbot.waitUntil(lambda: service.state.status is not Status.LOADING, timeout=60_000)
        return service, heard

    yield make
    for service in services:
        service.shutdown()


def test_every_task_is_answered_in_the_gui_thread(qtbot: QtBot, start: Start) -> None:
    """Results arrive where widgets may be touched, with the model's name and seeds."""
    service, heard = start()
    sampling = Sampling(0.5, 3)
    tasks = [
        Redraw(INK, sampling),
        Complete(INK, sampling, "cat", candidates=1),
        Blend((CodeOf("cat"), CodeOf(ink=INK)), (0.4, 0.0), sampling),
        Guess(INK),
        Thumbnails(sampling),
        Portraits((CodeOf("cat", example=2), CodeOf(ink=INK)), sampling),
    ]
    for number, task in enumerate(tasks, 1):
        service.submit(task)
        qtbot.waitUntil(lambda n=number: len(heard.finished) == n, timeout=60_000)
    assert heard.threads == {QThread.currentThread()}
    redraw, complete, blend, guess, thumbnails, portraits = heard.finished
    assert redraw.drawn[0].strokes
    assert complete.drawn[0].strokes
    assert [one.seed for one in blend.drawn] == [3]
    assert [name for name, _ in guess.guesses] != []
    assert sum(share for _, share in guess.guesses) == pytest.approx(1, abs=1e-4)
    assert len(thumbnails.drawn) == len(CONFIG.categories)
    assert len(portraits.drawn) == 2
    assert portraits.codes.shape == (2, CONFIG.code)
    assert all(message.model == "tiny" for message in heard.finished)
    assert heard.failed == []


def test_codes_come_from_anywhere(qtbot: QtBot, start: Start) -> None:
    """A code drawn from can be given back; a stranger's code is refused in a line."""
    service, heard = start()

    def codes(*sources: CodeOf) -> np.ndarray:
        heard.finished.clear()
        service.submit(Portraits(sources, Sampling()))
        qtbot.waitUntil(lambda: bool(heard.finished), timeout=60_000)
        return heard.finished[0].codes

    (cat,) = codes(CodeOf("cat", example=1))
    np.testing.assert_array_equal(codes(CodeOf(code=cat), CodeOf("cat", example=5))[1], cat)
    service.submit(Portraits((CodeOf(code=cat[:3]),), Sampling()))
    qtbot.waitUntil(lambda: bool(heard.failed), timeout=60_000)
    assert heard.failed[0].message == "The code is of another model than tiny"


def test_what_is_added_moves_the_blend(qtbot: QtBot, start: Start) -> None:
    """A difference of strength 0 changes nothing, and one of 1 goes from minus towards plus."""
    service, heard = start()
    a, b = CodeOf("cat"), CodeOf("sun")

    def code(strength: float, straight: bool = False) -> np.ndarray:
        heard.finished.clear()
        manner = Manner(straight, Difference(CodeOf("circle"), b, strength))
        service.submit(Blend((a, b), (0.5, 0.0), Sampling(), manner))
        qtbot.waitUntil(lambda: bool(heard.finished), timeout=60_000)
        return heard.finished[0].codes[0]

    studio = tiny_studio()
    added = studio.category_code("circle") - studio.category_code("sun")
    halfway = studio.mix(
        np.stack([studio.category_code("cat"), studio.category_code("sun")]), [(0.5, 0.0)]
    )[0]
    np.testing.assert_allclose(code(0), halfway, atol=1e-5)
    assert code(1) @ added > halfway @ added
    assert np.mean(code(0, straight=True) ** 2) < np.mean(code(0) ** 2)


def test_latest_wins(qtbot: QtBot, start: Start) -> None:
    """Of many slider moves the last one's answer comes, and none after it."""
    service, heard = start()
    a, b = CodeOf("cat"), CodeOf("sun")
    ids = [
        service.submit(Blend((a, b), (float(position), 0.0), Sampling(0.2, 1)))
        for position in np.linspace(0, 1, 60)
    ]
    qtbot.waitUntil(lambda: not service.is_busy(Lane.BLEND), timeout=60_000)
    qtbot.wait(50)
    assert [message.id for message in heard.finished] == [ids[-1]]


def test_cancelled_is_never_answered(qtbot: QtBot, start: Start) -> None:
    """After Esc nothing appears, even when the worker had just finished."""
    service, heard = start()
    for _ in range(10):
        service.submit(Redraw(INK, Sampling(1.0, 1)))
        service.cancel(Lane.PROPOSAL)
    service.submit(Guess(INK))
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=60_000)
    assert isinstance(heard.finished[0].task, Guess)


def test_bad_ink_fails_in_one_line_and_the_engine_goes_on(qtbot: QtBot, start: Start) -> None:
    """A failing request is a message, not the end."""
    service, heard = start()
    service.submit(Redraw((np.full((3, 2), np.nan, np.float32),), Sampling()))
    qtbot.waitUntil(lambda: len(heard.failed) == 1, timeout=60_000)
    assert "finite" in heard.failed[0].message  # type: ignore[attr-defined]
    service.submit(Redraw((SQUARE[0],), Sampling()))
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=60_000)


def test_an_exception_in_the_model_is_survived(qtbot: QtBot, start: Start) -> None:
    """Whatever the model raises, the next request is answered."""

    def load() -> Studio:
        studio = tiny_studio()
        guess, calls = studio.guess_ink, []

        def sometimes(sketches: object) -> object:
            calls.append(1)
            if len(calls) == 1:
                raise MemoryError("out of memory\nsecond line")
            return guess(sketches)  # type: ignore[arg-type]

        studio.guess_ink = sometimes  # type: ignore[method-assign, assignment]
        return studio

    service, heard = start(load)
    service.submit(Guess(INK))
    qtbot.waitUntil(lambda: len(heard.failed) == 1, timeout=60_000)
    assert heard.failed[0].message == "The model failed: out of memory"  # type: ignore[attr-defined]
    service.submit(Guess(INK))
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=60_000)
    assert service.state.status in (Status.READY, Status.BUSY)


def test_no_weights_is_a_state_not_a_crash(qtbot: QtBot, start: Start) -> None:
    """With no model the window learns why, and requests are simply not answered."""

    def load() -> Studio:
        raise ModelError("no model weights")

    service, heard = start(load)
    assert service.state.status is Status.FAILED
    assert service.state.detail == "no model weights"
    service.submit(Guess(INK))
    qtbot.wait(50)
    assert heard.finished == []


def test_a_request_made_while_loading_is_answered_later(qtbot: QtBot) -> None:
    """The person need not wait for the model before asking."""
    service = InferenceService(tiny_studio)
    heard = Heard(service)
    service.submit(Guess(INK))
    service.start()
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=60_000)
    service.shutdown()


def test_one_alone_is_told_stroke_by_stroke(
    qtbot: QtBot, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ghost ink grows by whole strokes."""
    monkeypatch.setattr(proposing, "TELL_EVERY", 0.0)
    monkeypatch.setattr(sampling, "POINTS_AT_ONCE", 1)
    service, heard = start()
    service.submit(Redraw(INK, Sampling(1.0, 4), candidates=1))
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=60_000)
    counts = [len(one.drawn.strokes) for one in heard.progressed]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]
    assert [one.whole for one in heard.progressed] == [False] * (len(counts) - 1) + [True]
    (first,) = heard.finished[0].drawn
    assert heard.progressed[-1].drawn is first
    for one in heard.progressed:
        assert (one.drawn.seed, one.drawn.code is not None) == (4, True)
        for begun, whole in zip(one.drawn.strokes, first.strokes, strict=False):
            np.testing.assert_array_equal(begun, whole)


@pytest.mark.parametrize("task", [Redraw(INK, Sampling(1.0, 4)), Complete(INK, Sampling(1.0, 4))])
def test_the_best_of_three_is_shown_first(
    qtbot: QtBot, start: Start, task: Redraw | Complete
) -> None:
    """What is seen stays; those that come after it are in their order, the three's, too."""
    service, heard = start()
    service.submit(task)
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=60_000)
    (told,), drawn = heard.progressed, heard.finished[0].drawn
    assert told.whole
    assert told.drawn is drawn[0]
    seeds = [4 + k * drafts.CANDIDATE_STRIDE for k in range(9)]
    assert sorted(one.seed for one in drawn) == seeds
    studio = tiny_studio()
    if isinstance(task, Redraw):
        (draft,) = drafts.redrawings(studio, [INK], [4], 9)
    else:
        (draft,) = drafts.completions(studio, [INK], [4], 9)
    (tries,) = drafts.draw(studio, [draft], 1.0)
    first, *others = drafts.ranked(studio, draft, tries[:3])
    order = [first, *drafts.ranked(studio, draft, [*others, *tries[3:]])]
    assert [one.seed for one in drawn] == [one.seed for one in order]
    assert [one.seed for one in order] != seeds


def test_of_a_category_that_is_given_the_best_is_shown_first(qtbot: QtBot, start: Start) -> None:
    """It is worth a moment; once it is seen, nothing takes its place."""
    service, heard = start()
    service.submit(Complete(INK, Sampling(1.0, 4), "sun"))
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=60_000)
    (told,), drawn = heard.progressed, heard.finished[0].drawn
    assert told.whole
    assert told.drawn is drawn[0]
    assert len({one.seed for one in drawn}) == 9
    studio = tiny_studio()
    sun = studio.category_index("sun")
    shares = [float(studio.guess_ink([[*INK, *one.strokes]])[0, sun]) for one in drawn]
    best = max(share for share, one in zip(shares, drawn, strict=True) if one.finished)
    assert shares[0] > best - 0.06, "names about as sure are as good"
    assert shares != sorted(shares), "and the worst are not"
    ended = [one.finished for one in drawn]
    assert ended == sorted(ended, reverse=True)


def test_a_replacement_takes_the_place_of_its_ink(qtbot: QtBot, start: Start) -> None:
    """As large as the ink, in the middle of it, and of the category asked for."""
    service, heard = start()
    service.submit(Replace(INK, Sampling(1.0, 4), "sun"))
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=60_000)
    box = Box.around(INK)
    for one in heard.finished[0].drawn:
        assert one.category == "sun"
        own = Box.around(one.strokes)
        assert (own.x, own.y, own.size) == pytest.approx((box.x, box.y, box.size), rel=1e-4)


def test_more_like_one_are_drawn_from_codes_near_its_own(qtbot: QtBot, start: Start) -> None:
    """From its seed, and as what it was; a far reach takes codes elsewhere."""
    service, heard = start()
    service.submit(Complete(INK, Sampling(1.0, 4), "sun"))
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=60_000)
    like = heard.finished[0].drawn[3]
    service.submit(Complete(INK, Sampling(1.0, 4), like=like))
    service.submit(Guess(INK))
    qtbot.waitUntil(lambda: len(heard.finished) == 3, timeout=60_000)
    near = next(one for one in heard.finished[1:] if one.drawn).drawn
    assert {(one.seed, one.category) for one in near} == {(like.seed, "sun")}
    service.submit(Complete(INK, Sampling(1.0, 4), "sun", reach=0.7))
    qtbot.waitUntil(lambda: len(heard.finished) == 4, timeout=60_000)
    spread = [
        max(float(np.sqrt(np.mean((one.code - like.code) ** 2))) for one in drawn)
        for drawn in (near, heard.finished[3].drawn)
    ]
    assert 0 < spread[0] < 0.5 * spread[1]


@pytest.mark.parametrize(
    "task",
    [
        Redraw(INK, Sampling(1.0, 1)),
        Redraw(INK, Sampling(1.0, 1), candidates=1),
        Complete(INK, Sampling(1.0, 1)),
        Complete(INK, Sampling(1.0, 1), "sun", candidates=1),
        Replace(INK, Sampling(1.0, 1)),
        Blend((CodeOf("cat"), CodeOf("sun")), (0.5, 0.0), Sampling(1.0, 1)),
        Thumbnails(Sampling(1.0, 1)),
    ],
    ids=lambda task: f"{type(task).__name__} {getattr(task, 'candidates', '')}",
)
def test_a_cancelled_decode_takes_no_further_step(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, task: Task
) -> None:
    """A few steps are far shorter than the 20 ms a cancel may take, whatever is drawn."""
    lanes, turns, studio = Lanes(), 0, tiny_studio()
    stepper = studio.decoder.stepper
    go_on = stepper.go_on

    def cancel_and_go_on(*arguments: object) -> object:
        nonlocal turns
        turns += 1
        if turns == 3:
            lanes.cancel(task.lane)
        return go_on(*arguments)

    studio.decoder.weights.bias[-1] = -1e4  # no sketch ends before it is stopped
    monkeypatch.setattr(stepper, "go_on", cancel_and_go_on)
    monkeypatch.setattr(sampling, "POINTS_AT_ONCE", 1)
    worker = InferenceWorker(lanes, lambda: studio)
    lanes.put(Request(1, task))
    with qtbot.assertNotEmitted(worker.finished), qtbot.assertNotEmitted(worker.failed):
        worker.start()
    assert turns == 3


def test_shutdown_while_the_model_loads(qtbot: QtBot) -> None:
    """A window closed at once ends the thread, and what was asked meanwhile is not drawn."""
    loading, closing = threading.Event(), threading.Event()

    def load() -> Studio:
        loading.set()
        closing.wait(60)
        return tiny_studio()

    service = InferenceService(load)
    heard = Heard(service)
    service.start()
    assert loading.wait(60)
    service.submit(Guess(INK))
    threading.Timer(0.05, closing.set).start()
    service.shutdown()
    assert not service._engine.thread_.isRunning()
    qtbot.wait(20)
    assert heard.finished == []


def test_shutdown_ends_a_running_decode(qtbot: QtBot, start: Start) -> None:
    """Closing the window does not wait for the model to finish."""
    service, _ = start()
    service.submit(Redraw(INK, Sampling(1.0, 1), candidates=8))
    time.sleep(0.005)
    service.shutdown()
    assert not service._engine.thread_.isRunning()


def test_worker_signals_reach_only_slots_of_qobjects() -> None:
    """A lambda or plain function would run in the worker's thread."""
    signals = [name for name, value in vars(InferenceWorker).items() if isinstance(value, Signal)]
    assert sorted(signals) == ["failed", "finished", "progressed", "state_changed"]
    meta = InferenceService.staticMetaObject
    slots = {
        meta.method(i).name().data().decode()
        for i in range(meta.methodOffset(), meta.methodCount())
    }
    assert {"_on_state", "_on_progress", "_on_finished", "_on_failed"} <= slots


def test_windows_share_an_engine_but_no_answers(qtbot: QtBot, start: Start) -> None:
    """Each hears of its own requests only, and closing one leaves the other its engine."""
    service, heard = start()
    other = service.another()
    heard_there: list[Finished] = []
    other.finished.connect(heard_there.append)
    assert other.state == service.state
    mine, theirs = service.submit(Redraw(INK, Sampling())), other.submit(Redraw(INK, Sampling()))
    qtbot.waitUntil(lambda: len(heard.finished) == 1 and len(heard_there) == 1, timeout=60_000)
    assert (heard.finished[0].id, heard_there[0].id) == (mine, theirs)
    other.submit(Redraw(INK, Sampling()))
    other.shutdown()
    service.submit(Guess(INK))
    qtbot.waitUntil(lambda: len(heard.finished) == 2, timeout=60_000)
    assert len(heard_there) == 1
