"""People's held-out drawings, and the judge that names what a model makes of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sketch_codec import Coordinates, Polylines, join, split
from trainer.recogniser import Recogniser
from trainer.sketches import Sketches

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to measure.

    Attributes:
        per_category: Held-out drawings of each category; 0 for all there are.
        temperature: Of all decodes.
        candidates: K of the redraws and completions that are re-ranked.
        shares: Completion starts from this much of the points.
        masked: Healing starts without this much of the patches.
        seed: Of drawing 0; drawing i has the i-th after it.
        split: Where the drawings are from.
    """

    per_category: int = 40
    temperature: float = 0.1
    candidates: int = 8
    shares: tuple[float, ...] = (0.25, 0.5, 0.75)
    masked: tuple[float, ...] = (0.1, 0.3)
    seed: int = 1
    split: str = "test"


class HeldOut:
    """The drawings that all models are measured on, and what the judge says of pictures.

    Args:
        recogniser: Names what is drawn; trained on people's drawings alone.
        sketches: A held-out split.
        per_category: So many of each category are measured on; 0 for all.

    Attributes:
        sketches: Those measured on.
        drawings: The same as polylines, box units.
        chosen: (N,) where they are in ``gallery``.

    Raises:
        ValueError: The recogniser has not learnt all the categories, or there is no drawing.
    """

    def __init__(self, recogniser: Recogniser, sketches: Sketches, per_category: int) -> None:
        unknown = set(sketches.categories) - set(recogniser.config.categories)
        if unknown:
            raise ValueError(f"the recogniser has not learnt {', '.join(sorted(unknown))}")
        self.recogniser, self._all = recogniser, sketches
        self.chosen = _sample(sketches, per_category)
        if not len(self.chosen):
            raise ValueError("there is no held-out drawing to measure on")
        self.sketches = sketches.subset(self.chosen)
        self.drawings = [self.sketches.polylines(i) for i in range(len(self.sketches))]
        output = {name: i for i, name in enumerate(recogniser.config.categories)}
        outputs = np.array([output[name] for name in sketches.categories])
        self._truth = outputs[self.sketches.labels]

    def __len__(self) -> int:
        return len(self.drawings)

    @cached_property
    def gallery(self) -> list[Polylines]:
        """Every drawing of the split, box units."""
        return [self._all.polylines(i) for i in range(len(self._all))]

    @property
    def gallery_labels(self) -> npt.NDArray[np.int64]:
        """(G,) indices into ``categories``."""
        return self._all.labels

    @property
    def categories(self) -> tuple[str, ...]:
        return self.sketches.categories

    @property
    def labels(self) -> npt.NDArray[np.int64]:
        """(N,) indices into ``categories``."""
        return self.sketches.labels

    def rec(self, sketches: Sequence[Sequence[Coordinates]]) -> dict[str, Any]:
        """Share of sketches, one for each drawing, that are named as the drawing should be.

        Returns:
            ``rec`` of all, ``category_mean`` of them, and ``categories``: of each.
        """
        right = self.recogniser.name(sketches) == self._truth
        each = {
            name: round(float(right[self.labels == label].mean()), 4)
            for label, name in enumerate(self.categories)
            if (self.labels == label).any()
        }
        return {
            "rec": round(float(right.mean()), 4),
            "category_mean": round(float(np.mean(list(each.values()))), 4),
            "categories": each,
        }

    def in_order_of(self, categories: tuple[str, ...]) -> Sketches:
        """The sketches with labels in another order of the same categories."""
        index = {name: i for i, name in enumerate(categories)}
        labels = np.array([index[name] for name in self.categories])
        s = self.sketches
        return Sketches(s.points, s.lifts, s.starts, s.lengths, labels[s.labels], categories)


def beginning(drawing: Polylines, share: float) -> tuple[Polylines, bool]:
    """The first points of a drawing, ``share`` rounded up, and whether the pen lifts there."""
    points, lifts = join(drawing)
    count = max(1, math.ceil(share * len(points)))
    return split(points[:count], lifts[:count]), bool(lifts[count - 1])


def percent(share: float) -> str:
    """``0.25`` as ``25``: a key of the report."""
    return f"{100 * share:g}"


def chunks(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """The items in parts of ``size``, 1 at least."""
    for start in range(0, len(items), max(1, size)):
        yield items[start : start + max(1, size)]


def _sample(sketches: Sketches, per_category: int) -> npt.NDArray[np.int64]:
    """Up to so many sketches of each category, always the same ones; 0 for all."""
    if not per_category:
        return np.arange(len(sketches))
    rng = np.random.default_rng(0)
    chosen = [
        rng.permutation(np.flatnonzero(sketches.labels == label))[:per_category]
        for label in range(len(sketches.categories))
    ]
    return np.concatenate(chosen)
