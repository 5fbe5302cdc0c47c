"""The training loop: steps, validation, checkpoints, resume."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from tqdm import tqdm

from sketchstudio.model.config import ModelConfig
from sketchstudio.model.mdn import offset_nll, pen_nll
from sketchstudio.model.network import SketchPix2Seq
from trainer.batches import NONE, Batch, BatchStream, make_batch
from trainer.configuration import RunConfig
from trainer.sketches import Sketches

VALIDATION_SKETCHES = 2048


@dataclass(frozen=True, slots=True)
class Losses:
    """Losses of a batch, or means of many.

    Attributes:
        offset: Negative log-likelihood of an offset, nats per real point.
        pen: Cross-entropy of the pen state, nats per step.
        category: Cross-entropy of the category head, nats per sketch.
        named: Share of sketches the category head names right.
    """

    offset: float
    pen: float
    category: float
    named: float

    @property
    def nll(self) -> float:
        return self.offset + self.pen


class Trainer:
    """One training run and everything it needs to go on after a kill.

    Args:
        run: The configuration; its categories must be those of ``sketches``.
        sketches: The three splits.
        folder: Where checkpoints go.
        device: ``cpu`` or ``cuda``.
    """

    def __init__(
        self, run: RunConfig, sketches: dict[str, Sketches], folder: Path, device: str = "cpu"
    ) -> None:
        self.run, self.folder, self.device = run, folder, torch.device(device)
        train = sketches["train"]
        self.config = ModelConfig.from_dict(
            {
                "name": run.name,
                "categories": train.categories,
                "offset_std": round(train.offset_std(), 4),
                **run.model,
            }
        )
        torch.manual_seed(run.training.seed)
        self.network = SketchPix2Seq(self.config).to(self.device)
        self.network.encoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = SketchPix2Seq(self.config).to(self.device).eval()
        self.average.load_state_dict(self.network.state_dict())
        self.optimiser = torch.optim.Adam(self.network.parameters(), fused=True)
        self.step = 0
        self.seconds = 0.0
        self.skipped = 0
        self.stream = BatchStream(
            train,
            run.training.batch,
            self.config.raster,
            self.config.offset_std,
            run.augmentation,
            run.training.seed,
        )
        self.validation = whole_batches(sketches["valid"], self.config)

    @property
    def checkpoint(self) -> Path:
        return self.folder / "last.pt"

    def resume(self) -> bool:
        """Load the last checkpoint; False where there is none.

        Raises:
            ValueError: The checkpoint is of another model.
        """
        if not self.checkpoint.exists():
            return False
        saved = torch.load(self.checkpoint, map_location=self.device, weights_only=True)
        if ModelConfig.from_dict(saved["model_config"]) != self.config:
            raise ValueError(f"{self.checkpoint} is of another model; train into another folder")
        self.network.load_state_dict(saved["network"])
        self.average.load_state_dict(saved["average"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.step, self.seconds = saved["step"], saved["seconds"]
        return True

    def save(self) -> None:
        """Write the checkpoint whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        partial = self.checkpoint.with_suffix(".partial")
        torch.save(
            {
                "model_config": self.config.to_dict(),
                "run": self.run.to_dict(),
                "network": self.network.state_dict(),
                "average": self.average.state_dict(),
                "optimiser": self.optimiser.state_dict(),
                "step": self.step,
                "seconds": self.seconds,
            },
            partial,
        )
        os.replace(partial, self.checkpoint)

    def train(self, log: Any = None) -> None:
        """Train to the configured number of steps, saving and validating on the way."""
        keep_freed_memory()
        settings = self.run.training
        bar = tqdm(
            total=settings.steps * settings.batch,
            initial=self.step * settings.batch,
            unit="sketch",
            unit_scale=True,
            dynamic_ncols=True,
            desc=self.run.name,
            mininterval=1 if sys.stderr.isatty() else 30,
        )
        batches = self.stream.from_step(self.step)
        started = time.monotonic() - self.seconds
        smooth: float | None = None
        try:
            with stop_between_steps() as asked_to_stop:
                while self.step < settings.steps:
                    losses = self.learn(next(batches))
                    self.step += 1
                    self.seconds = time.monotonic() - started
                    if losses is not None:
                        smooth = losses.nll if smooth is None else 0.98 * smooth + 0.02 * losses.nll
                        bar.set_postfix(
                            step=self.step,
                            loss=f"{smooth:.3f}",
                            named=f"{losses.named:.0%}",
                            refresh=False,
                        )
                    bar.update(settings.batch)
                    done = self.step == settings.steps
                    if done or self.step % settings.checkpoint_every == 0:
                        self.save()
                    if (done or self.step % settings.validate_every == 0) and self.validation:
                        scores = self.validate()
                        line = " ".join(f"{key} {value:.4f}" for key, value in scores.items())
                        bar.write(f"step {self.step}: {line}", file=sys.stdout)
                        sys.stdout.flush()
                        if log is not None:
                            log(self.step, scores)
                    if asked_to_stop.is_set():
                        self.save()
                        raise KeyboardInterrupt
        finally:
            batches.close()  # type: ignore[attr-defined]
            bar.close()
            if self.skipped:
                print(f"{self.skipped} batches gave a loss that is not a number: skipped")

    def learn(self, batch: Batch) -> Losses | None:
        """One step; None where the loss was not finite and the batch was skipped."""
        settings = self.run.training
        self.network.train()
        for group in self.optimiser.param_groups:
            group["lr"] = settings.rate(self.step)
        generator = torch.Generator().manual_seed(settings.seed * 1_000_003 + self.step)
        noise = torch.randn(len(batch.labels), self.config.code, generator=generator)
        with self._autocast():
            loss, losses = batch_losses(
                self.network, batch, settings.category_weight, noise * settings.code_noise
            )
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), settings.clip)
        if not (torch.isfinite(norm) and torch.isfinite(loss.detach())):
            self.skipped += 1
            return None
        self.optimiser.step()
        self._average()
        return losses

    def validate(self) -> dict[str, float]:
        """Losses of the averaged weights on whole held-out sketches, see `held_out_losses`."""
        return held_out_losses(self.average, self.validation)

    @torch.no_grad()
    def _average(self) -> None:
        """Move the averaged weights; early ones are forgotten sooner."""
        decay = min(self.run.training.ema, (1 + self.step) / (10 + self.step))
        average, now = self.average.state_dict(), self.network.state_dict()
        floats = [key for key, value in now.items() if value.is_floating_point()]
        torch._foreach_lerp_([average[k] for k in floats], [now[k] for k in floats], 1 - decay)

    def _autocast(self) -> AbstractContextManager[Any]:
        """bf16 where the machine multiplies it faster than float32."""
        return torch.autocast(self.device.type, torch.bfloat16, enabled=has_fast_bf16(self.device))


def batch_losses(
    network: SketchPix2Seq,
    batch: Batch,
    category_weight: float = 0.0,
    noise: Tensor | None = None,
    shuffle: bool = False,
) -> tuple[Tensor, Losses]:
    """The loss to minimise and its parts.

    Args:
        network: On any device.
        batch: Of its raster size.
        category_weight: Of the category head's cross-entropy in the loss.
        noise: (B, code) added to the codes.
        shuffle: Give every sketch its neighbour's code.
    """
    device = next(network.parameters()).device

    def put(array: Any) -> Tensor:
        return torch.from_numpy(array).to(device, non_blocking=True)

    codes = network.encoder(put(batch.rasters).float() / 255)
    names = network.category(codes)
    if noise is not None:
        codes = codes + noise.to(device)
    if shuffle:
        codes = codes.roll(1, 0)
    pen, labels, begun = put(batch.pen), put(batch.labels), put(batch.begun)
    beginnings = network.beginning((1 + labels) * put(batch.told))
    codes = codes + beginnings * begun.unsqueeze(1)
    parameters = network.decoder(put(batch.inputs), codes, put(batch.real))
    drawn = pen != 2
    offset = offset_nll(parameters[drawn], put(batch.offsets)[drawn]).mean()
    pens = pen_nll(parameters, pen).mean()
    category = torch.nn.functional.cross_entropy(names.float(), labels)
    loss = offset + pens + category_weight * category
    named = (names.argmax(dim=1) == labels).float().mean()
    return loss, Losses(*(float(x.detach()) for x in (offset, pens, category, named)))


@torch.no_grad()
def held_out_losses(network: SketchPix2Seq, batches: Sequence[Batch]) -> dict[str, float]:
    """Mean losses of a network in evaluation mode.

    ``code_use`` is how much worse the likelihood gets, nats per point, when the codes are
    shuffled between sketches: zero means that the decoder ignores them.
    """
    rows = [batch_losses(network, batch)[1] for batch in batches]
    shuffled = [batch_losses(network, batch, shuffle=True)[1] for batch in batches]
    mean = {
        key: float(np.mean([getattr(row, key) for row in rows]))
        for key in ("nll", "offset", "pen", "category", "named")
    }
    return {**mean, "code_use": float(np.mean([row.nll for row in shuffled])) - mean["nll"]}


def has_fast_bf16(device: torch.device) -> bool:
    """Whether bf16 products are faster than float32 there; without AVX-512 they are far slower."""
    if device.type == "cuda":
        return bool(torch.cuda.is_bf16_supported(including_emulation=False))
    return bool(torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported())


@contextmanager
def stop_between_steps() -> Iterator[threading.Event]:
    """Turn Ctrl+C and SIGTERM into an event: a step half taken must not be saved."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    signals = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: asked.set()) for number in signals]
    try:
        yield asked
    finally:
        for number, handler in zip(signals, before, strict=True):
            signal.signal(number, handler)


def keep_freed_memory() -> None:
    """Tell glibc not to hand freed memory back: a step would fault it all in again (20 %)."""
    if sys.platform == "linux":
        try:
            libc = ctypes.CDLL("libc.so.6")
            libc.mallopt(-4, 0)  # M_MMAP_MAX: nothing by mmap
            libc.mallopt(-1, 2**31 - 1)  # M_TRIM_THRESHOLD
        except (OSError, AttributeError):
            pass  # another libc: training is slower, not wrong


def whole_batches(
    sketches: Sketches, config: ModelConfig, most: int = VALIDATION_SKETCHES
) -> list[Batch]:
    """Some sketches, always the same, as they were drawn; long ones apart from short ones."""
    rng = np.random.default_rng(0)
    chosen = rng.permutation(len(sketches))[:most]
    chosen = chosen[np.argsort(sketches.lengths[chosen], kind="stable")]
    parts = np.array_split(chosen, max(1, len(chosen) // 128))
    return [
        make_batch(sketches, rng.permutation(part), config.raster, config.offset_std, NONE, rng)
        for part in parts
        if len(part)
    ]
