"""What a run is: a TOML file with the model's sizes and the training's numbers."""

from __future__ import annotations

import math
import tomllib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from sketchstudio.model.config import ModelConfig
from trainer.batches import Augmentation

Section = TypeVar("Section", "TrainingConfig", Augmentation)

CONFIGS = Path(__file__).parent / "configs"


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """The numbers of a training run.

    Attributes:
        steps: The run ends here.
        decay_steps: Over the last of these the learning rate falls to zero in a line; before, it
            is constant, so that a run can be made longer without changing its curve.
        warmup: Steps over which the learning rate rises from zero.
        batch: Sketches a step.
        learning_rate: Of Adam.
        clip: Largest gradient norm.
        ema: Decay of the averaged weights, which are what is validated and exported.
        category_weight: Of the category head's cross-entropy in the loss.
        code_noise: Standard deviation added to codes on the sphere, whose own is 1. Codes that
            are distributions are drawn from them.
        kl_weight: Of the Kullback-Leibler term in the end, as sketch-rnn weighs it: beside a
            reconstruction loss divided by the steps of the longest sketch. 0 for no such term.
        kl_start: Its weight at the first step.
        kl_decay: By which the rest of the way to ``kl_weight`` shrinks every step.
        kl_tolerance: Nats per number of the code; below, the term has no pull.
        seed: Of the weights and of every batch.
        validate_every: Steps between validations.
        checkpoint_every: Steps between checkpoints.
        patience: The run ends after so many validations in a row without a better likelihood; 0
            to go on.
    """

    steps: int = 40_000
    decay_steps: int = 3_000
    warmup: int = 300
    batch: int = 128
    learning_rate: float = 1e-3
    clip: float = 1.0
    ema: float = 0.999
    category_weight: float = 0.3
    code_noise: float = 0.05
    kl_weight: float = 0.0
    kl_start: float = 0.01
    kl_decay: float = 0.99995
    kl_tolerance: float = 0.2
    seed: int = 1
    validate_every: int = 1_000
    checkpoint_every: int = 500
    patience: int = 0

    def __post_init__(self) -> None:
        for key in ("steps", "batch", "validate_every", "checkpoint_every"):
            if getattr(self, key) < 1:
                raise ValueError(f"{key} must be 1 or more")

    def rate(self, step: int) -> float:
        """Learning rate of a step: warm up, hold, decay to zero."""
        rise = min(1.0, (step + 1) / max(1, self.warmup))
        fall = min(1.0, (self.steps - step) / max(1, self.decay_steps))
        return self.learning_rate * min(rise, fall)

    def divergence_weight(self, step: int) -> float:
        """Weight of the KL term at a step (Ha and Eck 2017, appendix)."""
        if not self.kl_weight:
            return 0.0
        return self.kl_weight - (self.kl_weight - self.kl_start) * self.kl_decay**step


@dataclass(frozen=True, slots=True)
class RunConfig:
    """A whole run: categories, model, training, augmentation.

    Attributes:
        name: Of the model.
        categories: All there are in the drawings where none is given.
        model: Sizes, see `ModelConfig`.
        training: Its numbers.
        augmentation: Of the sketches.
        licence: Of the drawings, and whose they are; the exported weights state it.
    """

    name: str
    categories: tuple[str, ...] = ()
    model: dict[str, Any] = field(default_factory=dict)
    training: TrainingConfig = field(default_factory=TrainingConfig)
    augmentation: Augmentation = field(default_factory=Augmentation)
    licence: str = ""

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> RunConfig:
        """Build from plain data, as in a TOML file or a checkpoint.

        Raises:
            TypeError: A key is not known; the message names it.
            ValueError: A value is not of its kind or out of bounds.
        """
        values = dict(values)
        values["categories"] = tuple(values.get("categories", ()))
        values["training"] = _section(TrainingConfig, values.get("training", {}))
        values["augmentation"] = _section(Augmentation, values.get("augmentation", {}))
        run = cls(**values)
        if not isinstance(run.licence, str):
            raise ValueError(f"licence must be a text, not {run.licence!r:.40}")
        ModelConfig.from_dict(
            {"name": run.name, "categories": run.categories or ("any",), **run.model}
        )
        return run

    def changes(self, before: dict[str, Any]) -> list[str]:
        """What another run's plain data has otherwise and a curve goes by; its length is not."""
        now, lines = self.to_dict(), []
        for section in ("training", "augmentation"):
            for key, value in now[section].items():
                old = before.get(section, {}).get(key)
                if old != value and key not in ("steps", "validate_every", "checkpoint_every"):
                    lines.append(f"{section}.{key} {old} → {value}")
        return lines

    @classmethod
    def load(cls, path: str) -> RunConfig:
        """Read a TOML file, or one of ``trainer/configs`` by its name.

        Raises:
            FileNotFoundError: There is no such file or name.
            ValueError: It is not TOML, or has unknown keys.
        """
        file = Path(path) if path.endswith(".toml") else CONFIGS / f"{path}.toml"
        if not file.exists():
            known = ", ".join(sorted(config.stem for config in CONFIGS.glob("*.toml")))
            raise FileNotFoundError(
                f"no configuration {path!r}; give a .toml file or one of {known}"
            )
        try:
            return cls.from_dict(tomllib.loads(file.read_text(encoding="utf-8")))
        except (ValueError, TypeError) as error:
            raise ValueError(f"{file}: {error}") from error


def licence_of(run: dict[str, Any]) -> str:
    """Of the drawings of a checkpoint's run; empty where it states none.

    Runs from before licences were kept have that of the shipped configuration they are of.
    """
    if "licence" in run:
        return str(run["licence"])
    for path in CONFIGS.glob("*.toml"):
        shipped = RunConfig.load(path.stem)
        if (shipped.name, shipped.categories) == (run["name"], tuple(run["categories"])):
            return shipped.licence
    return ""


def _section(kind: type[Section], values: dict[str, Any]) -> Section:
    """The numbers of a section; none is below 0.

    Raises:
        TypeError: A key is not known.
        ValueError: A value is no such number.
    """
    if not isinstance(values, dict):
        raise ValueError(f"{values!r:.40} is no section of numbers")
    for field_ in fields(kind):
        value = values.get(field_.name, 0)
        kinds = (int,) if field_.type == "int" else (int, float)
        if type(value) not in kinds or not 0 <= value < math.inf:
            what = "whole number" if field_.type == "int" else "number"
            raise ValueError(f"{field_.name} must be a {what} from 0 on, not {value!r:.40}")
    return kind(**values)
