"""What the studio model has to reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

STUDIO = "studio"
RIVAL = "sketch-pix2seq"
"""The paper's model; ours has to retrieve more."""

TIMES_RIVAL = 2.0

UNDER_PEOPLE = 0.15
"""No category's redraws may be named right this much more seldom than its originals."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure's least value.

    Attributes:
        label: What it is.
        path: Where it is in a model's part of the report.
        least: A share.
    """

    label: str
    path: tuple[str, ...]
    least: float


BARS = (
    Bar("Rec of redraws, K = 1", ("redraw", "1", "rec"), 0.80),
    Bar("Ret top-1, K = 1", ("redraw", "1", "ret", "1"), 0.60),
    Bar("Rec from 50 %, category unknown, K = 1", ("completion", "50", "auto", "rec"), 0.60),
    Bar("the same, re-ranked as in the app", ("completion", "50", "auto_ranked", "rec"), 0.60),
    Bar("Rec from 50 %, category given, K = 1", ("completion", "50", "given", "rec"), 0.80),
    Bar("the same, re-ranked as in the app", ("completion", "50", "ranked", "rec"), 0.80),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """How far a category's redraws are under its originals, as a share."""

    name: str
    gap: float


def widest_gap(people: dict[str, Any], model: dict[str, Any]) -> Gap | None:
    """The category whose redraws (K = 1) are named right most seldom against its originals."""
    originals = people["redraw"]["categories"]
    redraws = value(model, ("redraw", "1", "categories")) or {}
    gaps = [Gap(name, originals[name] - redraws[name]) for name in redraws]
    return max(gaps, key=lambda gap: gap.gap, default=None)


def retrieves_times(models: Sequence[dict[str, Any]], model: dict[str, Any]) -> float | None:
    """How many times the rival's Ret top-1 the model's is; None where it is not measured too."""
    path = ("redraw", "1", "ret", "1")
    theirs = [value(other, path) for other in models if other["name"] == RIVAL]
    ours = value(model, path)
    return float(ours / theirs[0]) if ours is not None and theirs and theirs[0] else None


def value(scores: dict[str, Any], path: Sequence[str]) -> Any:
    """What is at a path of nested scores; None where it was not measured."""
    found: Any = scores
    for key in path:
        found = found.get(key) if isinstance(found, dict) else None
    return found
