"""The worker: lives in the inference thread, loads the model there and runs requests."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from sketchstudio.core.sampling import Drawn
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.engine.exploring import Explorer, ModelUnavailable
from sketchstudio.engine.messages import (
    Blend,
    Code,
    CodeOf,
    Codes,
    Drawing,
    EngineState,
    Exploring,
    Failed,
    Finished,
    Guess,
    Portraits,
    Proposing,
    Status,
    Strip,
    Thumbnails,
)
from sketchstudio.engine.proposing import propose
from sketchstudio.engine.scheduler import Lanes, Ticket

if TYPE_CHECKING:
    from sketchstudio.model.sampling import Decode
    from sketchstudio.model.studio import Studio

log = logging.getLogger(__name__)

_OWN = "studio"  # what the app draws with, if nobody chose otherwise
_DEVICE_NAMES = {"cpu": "CPU", "cuda": "CUDA", "mps": "MPS"}


class Stopped(Exception):  # noqa: N818 - not an error
    """Raised inside a decode whose ticket says stop."""


def load_studio(device: str = "auto", taught: Path | None = None, name: str = _OWN) -> Studio:
    """The model the app draws with, on the device asked for, else on the fastest that works.

    One sketch at a time gains little from a second core, and the pen needs one: the network's
    products run on one.

    Args:
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``; one that does not work is passed over.
        taught: Weights of the app's own model that the person has taught; where there are none,
            or none that can be read, it is the shipped model.
        name: Of a model that ships; where it cannot be read, it is the app's own.
    """
    import torch
    from threadpoolctl import threadpool_limits

    from sketchstudio.model.studio import ModelError, Studio

    torch.set_num_threads(1)
    threadpool_limits(1, user_api="blas")

    def load(name: str) -> Studio:
        try:
            studio = Studio.load(name, device)
            studio.warm_up()
        except ModelError:
            raise
        except (ValueError, RuntimeError) as error:  # it is not there, or does not work
            log.warning("%s; taking the fastest that works", error)
            studio = Studio.load(name)
            studio.warm_up()
        return studio

    is_taught = name == _OWN and taught is not None and taught.exists()
    wanted = str(taught) if is_taught else name
    try:
        return load(wanted)
    except ModelError as error:
        if wanted == _OWN:
            raise
        log.warning("%s; taking the app's own model", error)
        return load(_OWN)


class InferenceWorker(QObject):
    """Runs requests one after the other; every failure becomes a message.

    Args:
        lanes: Shared with the service, which puts requests in.
        load: Makes the model; called in the worker's thread.

    Signals:
        state_changed(EngineState), progressed(Progress), finished(Finished), failed(Failed).
    """

    state_changed = Signal(object)
    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)

    def __init__(self, lanes: Lanes, load: Callable[[], Studio] = load_studio) -> None:
        super().__init__()
        self._lanes, self._load = lanes, load
        self._studio: Studio | None = None
        self._loaded = 0
        self._explorer = Explorer()
        self._codes: WeakKeyDictionary[CodeOf, Code] = WeakKeyDictionary()

    @Slot()
    def start(self) -> None:
        """Import torch, load the weights, run once."""
        self.state_changed.emit(EngineState(Status.LOADING))
        try:
            self._studio = self._load()
        except Exception as error:
            log.error("the model could not be loaded: %s", _one_line(error))
            log.debug("where it failed", exc_info=True)
            self.state_changed.emit(EngineState(Status.FAILED, _one_line(error)))
            return
        log.debug("engine ready")
        self._loaded += 1
        self._say(Status.READY)
        self.work()

    @Slot()
    def reload(self) -> None:
        """Go on with the weights there are now; where they cannot be loaded, as before."""
        try:
            self._studio = self._load()
        except Exception as error:
            log.warning("the model could not be loaded again: %s", _one_line(error))
            return
        self._loaded += 1
        self._explorer = Explorer()
        self._codes = WeakKeyDictionary()
        self._say(Status.READY)
        self.work()

    @Slot()
    def work(self) -> None:
        """Run everything that is pending."""
        if self._studio is None:
            return
        busy = False
        while (ticket := self._lanes.take()) is not None:
            if not busy:
                self._say(Status.BUSY)
                busy = True
            self._run(ticket, self._studio)
        if busy:
            self._say(Status.READY)

    def _say(self, status: Status) -> None:
        studio = self._studio
        assert studio is not None
        device = _DEVICE_NAMES.get(studio.device.type, studio.device.type)
        config = studio.config
        self.state_changed.emit(
            EngineState(
                status,
                device,
                config.categories,
                config.name,
                studio.encoder_id,
                studio.exemplar_codes.shape[1],
                self._loaded,
            )
        )

    def _run(self, ticket: Ticket, studio: Studio) -> None:
        request = ticket.request
        started = time.perf_counter()
        try:
            stop = partial(self._between_steps, ticket)
            if isinstance(request.task, Exploring):
                found = self._explorer.answer(request.id, request.task, studio, stop)
            elif isinstance(request.task, Proposing):
                found = propose(request.id, request.task, studio, stop, self.progressed.emit)
            else:
                drawn, guesses, codes = self._perform(ticket, request.task, studio)
                name = studio.config.name
                found = Finished(request.id, request.task, tuple(drawn), guesses, 0.0, name, codes)
        except Stopped:
            return
        except (SketchError, ModelUnavailable) as error:
            self._fail(ticket, _sentence(error))
            return
        except Exception as error:
            log.exception("request %d failed", request.id)
            self._fail(ticket, f"The model failed: {_one_line(error)}")
            return
        self._lanes.done(ticket)
        self.finished.emit(replace(found, seconds=time.perf_counter() - started))

    def _between_steps(self, ticket: Ticket) -> None:
        self._lanes.give_way(ticket)
        if ticket.stop.is_set():
            raise Stopped

    def _fail(self, ticket: Ticket, message: str) -> None:
        self._lanes.done(ticket)
        self.failed.emit(Failed(ticket.request.id, ticket.request.task, message))

    def _perform(
        self, ticket: Ticket, task: Drawing, studio: Studio
    ) -> tuple[list[Drawn], tuple[tuple[str, float], ...], Codes | None]:
        def stop_if_asked(_: Decode) -> None:
            self._between_steps(ticket)

        if isinstance(task, Guess):
            shares = studio.guess_ink([task.ink])[0]
            named = zip(studio.config.categories, map(float, shares), strict=True)
            return [], tuple(sorted(named, key=lambda pair: -pair[1])), None
        if isinstance(task, Thumbnails):
            codes = studio.category_codes()
        elif isinstance(task, Portraits):
            codes = self._codes_of(task.codes, studio)
        else:
            codes = self._mixed(task, studio)
        seeds = [task.sampling.seed] * len(codes)
        drawn = studio.decode(codes, seeds, task.sampling.temperature, stop_if_asked)
        return drawn, (), codes

    def _mixed(self, task: Blend | Strip, studio: Studio) -> Codes:
        """The codes of blends, (N, code)."""
        corners, manner = self._codes_of(task.corners, studio), task.manner
        added = None
        if manner.difference is not None:
            plus, minus = self._codes_of((manner.difference.plus, manner.difference.minus), studio)
            added = np.float32(manner.difference.strength) * (plus - minus)
        return studio.mix(corners, task.places, manner.straight, added)

    def _codes_of(self, sources: Sequence[CodeOf], studio: Studio) -> Codes:
        """Their codes (N, code), each made once."""
        for source in sources:
            if source not in self._codes:
                self._codes[source] = _code(source, studio)
        return np.stack([self._codes[source] for source in sources])


def _code(source: CodeOf, studio: Studio) -> Code:
    if source.category is not None:
        return studio.category_code(source.category, source.example)
    if source.ink is not None:
        return np.asarray(studio.encode([source.ink])[0])
    assert source.code is not None
    if source.code.shape != (studio.config.code,):
        raise SketchError(f"the code is of another model than {studio.config.name}")
    return source.code


def _one_line(error: BaseException) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _sentence(error: BaseException) -> str:
    text = _one_line(error)
    return text[:1].upper() + text[1:]
