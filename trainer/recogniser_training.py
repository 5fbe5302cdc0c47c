"""How the recogniser is trained: on people's drawings, in one cycle of the learning rate."""

from __future__ import annotations

import sys
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from sketchstudio.formats.safe_write import safe_write
from sketchstudio.model.classifier import TIMED, ClassifierConfig, Seen
from trainer.loop import has_fast_bf16, keep_freed_memory
from trainer.progress import training_bar
from trainer.recogniser import Recogniser
from trainer.recogniser_batches import Bending, Labels, RecogniserBatches
from trainer.sketches import Sketches


@dataclass(frozen=True, slots=True)
class RecogniserTraining(Bending):
    """How it is trained: AdamW, one cycle of the learning rate, averaged weights.

    Attributes:
        steps: Length of the cycle.
        batch: Sketches a step.
        learning_rate: At the top of the cycle.
        warmup: Share of the steps in which the rate rises; then it falls as a cosine.
        decay: Weight decay of the matrices.
        smoothing: Of the labels.
        dropout: Before each of the two last layers.
        ema: Decay of the averaged weights.
        clip: Of the gradients' norm; 0 for none.
        seed: Of the weights and of every batch.
        checkpoint_every: Steps between checkpoints.
        validate_every: Steps between scores on the validation split.
    """

    steps: int = 8_000
    batch: int = 128
    learning_rate: float = 3e-3
    warmup: float = 0.2
    decay: float = 0.05
    smoothing: float = 0.1
    dropout: float = 0.2
    ema: float = 0.998
    clip: float = 0.0
    seed: int = 1
    checkpoint_every: int = 500
    validate_every: int = 1_000

    def rate(self, step: int) -> float:
        """Learning rate of a step."""
        rise = self.warmup * self.steps
        if step < rise:
            return self.learning_rate * (step + 1) / (rise + 1)
        progress = (step - rise) / max(1.0, self.steps - rise)
        return self.learning_rate * 0.5 * (1 + float(np.cos(np.pi * progress)))


GUESSERS: dict[str, RecogniserTraining] = {
    "pictures": RecogniserTraining(steps=11_000, unfinished=0.75, mirrored=0.5, warp=0.06, seed=2),
    "points": RecogniserTraining(
        steps=6_000,
        batch=256,
        learning_rate=2e-3,
        warmup=0.1,
        decay=0.02,
        smoothing=0.05,
        dropout=0.25,
        clip=1.0,
        shift=0.0,
        jitter=0.004,
        drop=0.1,
        unfinished=0.8,
        mirrored=0.3,
        warp=0.06,
        seed=3,
    ),
}
"""Of those that people see at work while they draw, by what these see. None is kin to the judge."""

UNITS = 160
"""Of a guesser that reads points, each way."""


class RecogniserTrainer:
    """One run, resumable: batch i is a function of the seed and i.

    Args:
        config: Sizes; the categories must be those of ``sketches``.
        training: Numbers of the run.
        sketches: The three splits.
        folder: Where ``last.pt`` and ``recogniser.safetensors`` go.
    """

    def __init__(
        self,
        config: ClassifierConfig,
        training: RecogniserTraining,
        sketches: dict[str, Sketches],
        folder: Path,
    ) -> None:
        self.config, self.training, self.folder = config, training, folder
        self.sketches = sketches
        torch.manual_seed(training.seed)
        self.network = Recogniser(config, training.dropout).to(memory_format=torch.channels_last)  # type: ignore[call-overload]
        self.average = Recogniser(config)
        self.average.load_state_dict(self.network.state_dict())
        matrices = [p for p in self.network.parameters() if p.ndim > 1]
        others = [p for p in self.network.parameters() if p.ndim <= 1]
        groups: list[dict[str, Any]] = [
            {"params": matrices, "weight_decay": training.decay},
            {"params": others, "weight_decay": 0.0},
        ]
        self.optimiser = torch.optim.AdamW(groups, fused=True)
        self.step = 0
        self.seconds = 0.0
        self.batches = RecogniserBatches(
            sketches["train"], training.batch, config, training, training.seed
        )

    def learn(self, seen: Seen, labels: Labels) -> tuple[float, float]:
        """One step: loss, and share named right."""
        self.network.train()
        for group in self.optimiser.param_groups:
            group["lr"] = self.training.rate(self.step)
        torch.manual_seed(self.training.seed * 1_000_003 + self.step)  # dropout
        truth = torch.from_numpy(labels)
        with torch.autocast("cpu", torch.bfloat16, enabled=has_fast_bf16(torch.device("cpu"))):
            logits = self.network(torch.from_numpy(seen)).float()
        loss = nn.functional.cross_entropy(logits, truth, label_smoothing=self.training.smoothing)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        if self.training.clip:
            nn.utils.clip_grad_norm_(self.network.parameters(), self.training.clip)
        self.optimiser.step()
        self.step += 1
        with torch.no_grad():
            decay = min(self.training.ema, (1 + self.step) / (10 + self.step))
            now, average = self.network.state_dict(), self.average.state_dict()
            floats = [key for key, value in now.items() if value.is_floating_point()]
            torch._foreach_lerp_([average[k] for k in floats], [now[k] for k in floats], 1 - decay)
        return float(loss.detach()), float((logits.argmax(dim=1) == truth).float().mean())

    def train(self) -> dict[str, Any]:
        """Train to the end of the cycle, then write and return what it can do."""
        keep_freed_memory()
        settings = self.training
        bar = training_bar("recogniser", settings.steps, settings.batch, self.step)
        started = time.monotonic() - self.seconds
        right = 0.0
        with bar:
            while self.step < settings.steps:
                loss, named = self.learn(*self.batches.batch(self.step))
                right = named if not right else 0.98 * right + 0.02 * named
                self.seconds = time.monotonic() - started
                bar.set_postfix(
                    step=self.step, loss=f"{loss:.3f}", named=f"{right:.1%}", refresh=False
                )
                bar.update(settings.batch)
                if self.step % settings.checkpoint_every == 0:
                    self.save()
                if self.step % settings.validate_every == 0 and len(self.sketches["valid"]):
                    valid = score(self.average, self.sketches["valid"])
                    bar.write(f"step {self.step}: valid named {valid['named']:.2%}", sys.stdout)
                    sys.stdout.flush()
        report = {
            "steps": self.step,
            "seconds": round(self.seconds),
            "sketches_seen": self.step * settings.batch,
            "settings": asdict(settings),
            **{
                part: score(self.average, self.sketches[part])
                for part in ("valid", "test")
                if len(self.sketches[part])
            },
        }
        self.average.save(self.folder / "recogniser.safetensors", report)
        return report

    def save(self) -> None:
        """Write the checkpoint whole or not at all."""
        self.folder.mkdir(parents=True, exist_ok=True)
        checkpoint = {
            "config": asdict(self.config),
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "step": self.step,
            "seconds": self.seconds,
        }
        with safe_write(self.folder / "last.pt") as file:
            torch.save(checkpoint, file)

    def resume(self) -> bool:
        """Load the last checkpoint; False where there is none.

        Raises:
            ValueError: The checkpoint is damaged, or of another recogniser.
        """
        path = self.folder / "last.pt"
        if not path.exists():
            return False
        try:
            saved = torch.load(path, weights_only=True)
            same = ClassifierConfig.from_dict(saved["config"]) == self.config
            if same:
                self.network.load_state_dict(saved["network"])
                self.average.load_state_dict(saved["average"])
                self.optimiser.load_state_dict(saved["optimiser"])
                self.step, self.seconds = saved["step"], saved["seconds"]
        except OSError:
            raise
        except Exception as error:  # a damaged file can raise anything
            raise ValueError(
                f"{path} is damaged or no checkpoint of a recogniser; remove it to start anew"
            ) from error
        if not same:
            raise ValueError(f"{path} is of another recogniser; train into another folder")
        return True


def score(recogniser: Recogniser, sketches: Sketches) -> dict[str, Any]:
    """Share of people's drawings named right: of all, mean over categories, of each."""
    drawings = [sketches.polylines(i) for i in range(len(sketches))]
    right = recogniser.name(drawings) == sketches.labels
    each = {
        name: round(float(right[sketches.labels == label].mean()), 4)
        for label, name in enumerate(sketches.categories)
        if (sketches.labels == label).any()
    }
    return {
        "named": round(float(right.mean()), 4),
        "named_category_mean": round(float(np.mean(list(each.values()))), 4),
        "sketches": len(sketches),
        "categories": each,
    }


def train_recogniser(
    sketches: dict[str, Sketches], folder: Path, steps: int | None = None, guesser: str = ""
) -> dict[str, Any]:
    """Train, or go on from the last checkpoint in ``folder``; return what it can do.

    Args:
        sketches: The three splits.
        folder: Gets ``last.pt`` and ``recogniser.safetensors``.
        steps: Instead of the usual number.
        guesser: It names unfinished sketches, too; ``pictures`` or ``points`` is what it sees.
    """
    training = GUESSERS[guesser] if guesser else RecogniserTraining()
    if steps:
        training = replace(training, steps=steps)
    config = ClassifierConfig(
        sketches["train"].categories,
        pictures=TIMED if guesser == "pictures" else 1,
        units=UNITS if guesser == "points" else 0,
    )
    trainer = RecogniserTrainer(config, training, sketches, folder)
    if trainer.resume():
        print(f"resumed at step {trainer.step}", flush=True)
    return trainer.train()
