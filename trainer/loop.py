"""The training loop: steps, validation, checkpoints, resume."""

from __future__ import annotations

import ctypes
import math
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import torch
from tqdm import tqdm

from sketchstudio.formats.safe_write import safe_write
from sketchstudio.model.config import ModelConfig
from sketchstudio.model.network import SketchPix2Seq
from trainer.batches import Batch, BatchStream
from trainer.configuration import RunConfig
from trainer.distributed import Group
from trainer.journal import Journal
from trainer.losses import ALONE, Losses, Weights, batch_losses, held_out_losses, whole_batches
from trainer.progress import training_bar
from trainer.sketches import Sketches

CHECKPOINT_KEYS = {"model_config", "run", "network", "average", "optimiser", "step", "seconds"}
"""Of every checkpoint; later ones may have more."""


class Trainer:
    """One training run and everything it needs to go on after a kill.

    Args:
        run: The configuration; its categories must be those of ``sketches``.
        sketches: The three splits.
        folder: Where checkpoints and the journal go.
        group: The processes it runs in, and where this one computes.
    """

    def __init__(
        self, run: RunConfig, sketches: dict[str, Sketches], folder: Path, group: Group = ALONE
    ) -> None:
        self.run, self.folder, self.group = run, folder, group
        self.device = torch.device(group.device)
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
        self.average = SketchPix2Seq(self.config).to(self.device).eval()
        self.average.load_state_dict(self.network.state_dict())
        if group.size == 1:  # shared gradients are laid out otherwise
            self.network.encoder.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self._learner = group.shared(self.network)
        self.optimiser = torch.optim.Adam(self.network.parameters(), fused=True)
        self.step = 0
        self.seconds = 0.0
        self.spent = self.waited = 0.0
        self.skipped = 0
        self.best = math.inf
        self.changes: list[str] = []
        self.since_best = 0
        self.stream = BatchStream(
            train,
            run.training.batch,
            self.config,
            run.augmentation,
            run.training.seed,
            group.part(run.training.batch),
        )
        self.validation = whole_batches(sketches["valid"], self.config) if group.leads else []

    @property
    def checkpoint(self) -> Path:
        return self.folder / "last.pt"

    def resume(self) -> bool:
        """Load the last checkpoint; False where there is none.

        Raises:
            ValueError: The checkpoint is damaged, none of a training run, or of another model.
        """
        if not self.checkpoint.exists():
            return False
        try:
            saved = read_checkpoint(self.checkpoint, self.device)
        except ValueError as error:
            raise ValueError(f"{error}; remove it to start anew") from error
        if ModelConfig.from_dict(saved["model_config"]) != self.config:
            raise ValueError(f"{self.checkpoint} is of another model; train into another folder")
        self.network.load_state_dict(saved["network"])
        self.average.load_state_dict(saved["average"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.changes = self.run.changes(saved["run"])
        self.step, self.seconds = saved["step"], saved["seconds"]
        self.best, self.since_best = saved.get("best", math.inf), saved.get("since_best", 0)
        return True

    def begin_with(self, known: SketchPix2Seq) -> None:
        """Begin with the weights of a model that was exported, not with random ones.

        Raises:
            ValueError: It is of other sizes or categories.
        """
        ours, its = self.config.to_dict(), known.config.to_dict()
        other = [key for key in ours if ours[key] != its[key] and key != "name"]
        if other:
            raise ValueError(
                f"{known.config.name} cannot be begun with: other {', '.join(other)} than here"
            )
        self.network.load_state_dict(known.state_dict())
        self.average.load_state_dict(known.state_dict())

    def save(self, path: Path | None = None) -> None:
        """Write a checkpoint, ``last.pt`` unless told otherwise, whole or not at all."""
        if not self.group.leads:
            return
        path = path or self.checkpoint
        self.folder.mkdir(parents=True, exist_ok=True)
        checkpoint = {
            "model_config": self.config.to_dict(),
            "run": self.run.to_dict(),
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
            "best": self.best,
            "since_best": self.since_best,
        }
        with safe_write(path) as file:
            torch.save(checkpoint, file)

    def train(self, journal: Journal | None = None) -> None:
        """Train to the configured number of steps, saving and validating on the way.

        Args:
            journal: Gets the losses of every step and validation.
        """
        keep_freed_memory()
        settings = self.run.training
        bar = training_bar(
            self.run.name, settings.steps, settings.batch, self.step, self.group.leads
        )
        batches = self.stream.from_step(self.step, threads=1 if self.device.type == "cpu" else 6)
        smooth: float | None = None
        try:
            with stop_between_steps() as asked_to_stop:
                while not self.done:
                    asked = time.monotonic()
                    batch = next(batches)
                    self.waited += time.monotonic() - asked
                    losses = self.learn(batch)
                    self.step += 1
                    took = time.monotonic() - asked
                    self.spent, self.seconds = self.spent + took, self.seconds + took
                    if losses is not None:
                        smooth = losses.nll if smooth is None else 0.98 * smooth + 0.02 * losses.nll
                        named = {} if losses.named is None else {"named": f"{losses.named:.0%}"}
                        bar.set_postfix(
                            step=self.step,
                            loss=f"{smooth:.3f}",
                            **named,
                            waited=f"{self.waited / self.spent:.1%}",
                            refresh=False,
                        )
                        if journal is not None:
                            journal.note(losses)
                    bar.update(settings.batch)
                    if self.step == settings.steps or self.step % settings.validate_every == 0:
                        self._judge(bar, journal)
                    if self.done or self.step % settings.checkpoint_every == 0:
                        self.save()
                    if self.group.any(asked_to_stop.is_set()):
                        self.save()
                        raise KeyboardInterrupt
        finally:
            batches.close()
            bar.close()
            if self.skipped and self.group.leads:
                print(f"{self.skipped} batches gave a loss that is not a number: skipped")

    def learn(self, batch: Batch) -> Losses | None:
        """One step; None where the loss was not finite and the batch was skipped."""
        settings = self.run.training
        self.network.train()
        for group in self.optimiser.param_groups:
            group["lr"] = settings.rate(self.step)
        weights = Weights(
            settings.category_weight,
            settings.divergence_weight(self.step) * self.config.max_points,
            settings.kl_tolerance,
        )
        generator = torch.Generator().manual_seed(settings.seed * 1_000_003 + self.step)
        noise = torch.randn(settings.batch, self.config.code, generator=generator)
        if not self.config.normal_codes:
            noise = noise * settings.code_noise
        noise = noise[self.group.part(settings.batch)]
        with self.autocast():
            loss, losses = batch_losses(self._learner, batch, weights, noise, group=self.group)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        norm = torch.nn.utils.clip_grad_norm_(self.network.parameters(), settings.clip)
        if not (torch.isfinite(norm) and math.isfinite(losses.nll)):
            self.skipped += 1
            return None
        self.optimiser.step()
        self._average()
        return losses

    def validate(self) -> dict[str, float]:
        """Losses of the averaged weights on whole held-out sketches, see `held_out_losses`."""
        return held_out_losses(self.average, self.validation)

    @property
    def done(self) -> bool:
        """The steps are done, or the last validations were no better than one before."""
        patience = self.run.training.patience
        impatient = bool(patience) and self.since_best >= patience
        return impatient or self.step >= self.run.training.steps

    def _judge(self, bar: tqdm[None], journal: Journal | None) -> None:
        """Validate, and keep the weights where they are the best so far."""
        if self.validation:
            scores = self.validate()
            line = " ".join(f"{key} {value:.4f}" for key, value in scores.items())
            bar.write(f"step {self.step}: {line}", file=sys.stdout)
            sys.stdout.flush()
            if journal is not None:
                waited = self.waited / self.spent
                journal.write(self.step, self.seconds, waited, scores, self.average)
            self.since_best += 1
            if scores["nll"] < self.best:
                self.best, self.since_best = scores["nll"], 0
                self.save(self.folder / "best.pt")
        # The others must know when the run ends.
        self.since_best = round(self.group.total([self.since_best * self.group.leads])[0])

    @torch.no_grad()
    def _average(self) -> None:
        """Move the averaged weights; early ones are forgotten sooner."""
        decay = min(self.run.training.ema, (1 + self.step) / (10 + self.step))
        average, now = self.average.state_dict(), self.network.state_dict()
        floats = [key for key, value in now.items() if value.is_floating_point()]
        torch._foreach_lerp_([average[k] for k in floats], [now[k] for k in floats], 1 - decay)

    def autocast(self) -> AbstractContextManager[Any]:
        """bf16 where the machine multiplies it faster than float32."""
        return torch.autocast(self.device.type, torch.bfloat16, enabled=has_fast_bf16(self.device))


def read_checkpoint(path: Path, device: torch.device | str = "cpu") -> dict[str, Any]:
    """A checkpoint of a training run.

    Raises:
        FileNotFoundError: There is none.
        ValueError: It is something else, or damaged.
    """
    try:
        saved = torch.load(path, map_location=device, weights_only=True)
        ModelConfig.from_dict(saved["model_config"])
        missing = CHECKPOINT_KEYS - saved.keys()
    except FileNotFoundError:
        raise
    except Exception as error:  # a damaged file can raise anything
        raise ValueError(f"{path} is no checkpoint of a training run, or damaged") from error
    if missing:
        lacks = ", ".join(sorted(missing))
        raise ValueError(f"{path} is no checkpoint of a training run: it lacks {lacks}")
    return dict(saved)


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
