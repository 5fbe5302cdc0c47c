"""Whatever the model, its weights or its device do: one line is told, and the next request runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import torch
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from sketchstudio.core.sampling import Sampling
from sketchstudio.engine.messages import Complete, EngineState, Guess, Redraw, Status
from sketchstudio.engine.service import InferenceService
from sketchstudio.model.checkpoint import load_checkpoint
from sketchstudio.model.studio import ModelError, Studio
from tests.helpers.tiny import SQUARE, tiny_studio

INK = tuple(SQUARE)


class Heard(QObject):
    """What a window hears."""

    def __init__(self, service: InferenceService) -> None:
        super().__init__()
        self.finished: list[object] = []
        self.failed: list[str] = []
        self.devices: list[str] = []
        service.finished.connect(self.on_finished)
        service.failed.connect(self.on_failed)
        service.state_changed.connect(self.on_state)

    @Slot(object)
    def on_finished(self, message: object) -> None:
        self.finished.append(message)

    @Slot(object)
    def on_failed(self, message: object) -> None:
        self.failed.append(message.message)  # type: ignore[attr-defined]

    @Slot(object)
    def on_state(self, state: EngineState) -> None:
        if state.usable and self.devices[-1:] != [state.detail]:
            self.devices.append(state.detail)


Start = Callable[[Callable[[], Studio]], tuple[InferenceService, Heard]]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Start]:
    services = []

    def make(load: Callable[[], Studio]) -> tuple[InferenceService, Heard]:
        service = InferenceService(load)
        services.append(service)
        heard = Heard(service)
        service.start()
        qtbot.waitUntil(lambda: service.state.status is not Status.LOADING, timeout=20_000)
        return service, heard

    yield make
    for service in services:
        service.shutdown()


class Dying(torch.nn.Module):
    """An encoder on a device that fails at its second use."""

    def __init__(self, encoder: torch.nn.Module) -> None:
        super().__init__()
        self.encoder, self.uses = encoder, 0

    def forward(self, ink: torch.Tensor) -> torch.Tensor:
        self.uses += 1
        if self.uses > 1:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB")
        return self.encoder(ink)


def test_a_lost_device_is_told_once_and_the_cpu_goes_on(qtbot: QtBot, start: Start) -> None:
    """Out of memory or gone in the middle: the same request is answered, on the CPU from then."""

    def load() -> Studio:
        studio = tiny_studio()
        studio.device = torch.device("cuda")
        studio._encoder = Dying(studio._network.encoder)  # type: ignore[assignment]
        return studio

    send = torch.Tensor.to

    def stay(tensor: torch.Tensor, *where: object, **more: object) -> torch.Tensor:
        if where == (torch.device("cuda"),):
            return tensor
        return send(tensor, *where, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(torch.Tensor, "to", stay)
        service, heard = start(load)
        for number in (1, 2, 3):
            service.submit(Guess(INK))
            qtbot.waitUntil(lambda n=number: len(heard.finished) == n, timeout=10_000)
    assert heard.failed == []
    assert heard.devices == ["CUDA", "CPU"]


def test_numbers_that_are_none_are_told(qtbot: QtBot, start: Start) -> None:
    """Overflow in the decoder or the encoder never becomes ink; the model stays usable."""
    made: list[Studio] = []

    def load() -> Studio:
        made.append(tiny_studio())
        return made[-1]

    service, heard = start(load)
    good = made[0].decoder.weights
    made[0].decoder.weights = good._replace(bias=np.full_like(good.bias, np.nan))
    service.submit(Complete(INK, Sampling(), candidates=1))
    qtbot.waitUntil(lambda: len(heard.failed) == 1, timeout=10_000)
    made[0].decoder.weights = good
    encoder = made[0]._encoder
    made[0]._encoder = lambda ink: encoder(ink) * np.inf  # type: ignore[assignment]
    service.submit(Redraw(INK, Sampling()))
    qtbot.waitUntil(lambda: len(heard.failed) == 2, timeout=10_000)
    made[0]._encoder = encoder
    encode = made[0].encode_boxed
    made[0].encode_boxed = lambda *ink: encode(*ink) * np.nan  # type: ignore[method-assign]
    service.submit(Redraw(INK, Sampling()))
    qtbot.waitUntil(lambda: len(heard.failed) == 3, timeout=10_000)
    made[0].encode_boxed = encode  # type: ignore[method-assign]
    assert all("no number" in line and "\n" not in line for line in heard.failed)
    service.submit(Guess(INK))
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=10_000)


@pytest.mark.parametrize("error", [KeyError("x"), MemoryError(), RuntimeError("a\nb"), OSError(5)])
@pytest.mark.parametrize("where", ["encode_boxed", "guess", "sketches"])
def test_an_error_anywhere_is_one_line(
    qtbot: QtBot, start: Start, where: str, error: Exception
) -> None:
    """And the requests after it are answered."""
    made: list[Studio] = []

    def load() -> Studio:
        made.append(tiny_studio())
        return made[-1]

    def fail(*_: object, **__: object) -> None:
        raise error

    service, heard = start(load)
    whole = getattr(made[0], where)
    setattr(made[0], where, fail)
    service.submit(Guess(INK) if where != "sketches" else Redraw(INK, Sampling()))
    qtbot.waitUntil(lambda: len(heard.failed) == 1, timeout=10_000)
    assert "\n" not in heard.failed[0]
    setattr(made[0], where, whole)
    service.submit(Guess(INK))
    qtbot.waitUntil(lambda: len(heard.finished) == 1, timeout=10_000)


def test_weights_that_changed_on_the_disk_are_refused(tmp_path: Path) -> None:
    """A bit that fell over somewhere is told, rather than drawn with."""
    path = tmp_path / "a.safetensors"
    path.write_bytes(b"weights")
    path.with_name("a.safetensors.sha256").write_text("0" * 64 + "  a.safetensors\n")
    with pytest.raises(ModelError, match=r"a\.safetensors is damaged: its checksum") as raised:
        load_checkpoint(path)
    assert "\n" not in str(raised.value)
