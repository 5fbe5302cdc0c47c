"""``trainer teach``: a new category from a few drawings, and what it is worth.

The learning itself is `sketchstudio.model.practice`, as in the app.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.sketch_codec import Polylines, join
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.model.checkpoint import Checkpoint, packed
from sketchstudio.model.practice import Exercise, Practice, examples_of, introduced
from sketchstudio.model.studio import Studio
from trainer.recogniser import Recogniser
from trainer.recogniser_training import RecogniserTrainer, RecogniserTraining
from trainer.sketches import SPLITS, Sketches, gathered

TESTED = 100
"""Drawings of a new category that are neither taught nor shown to the judge."""

EXTENSION = RecogniserTraining(steps=1_500, learning_rate=2e-3, warmup=0.1)
"""A recogniser that knows most categories learns a few more in a fifth of the steps."""

_SEED = 7
_DRAWN = 3  # redraws of each new drawing: they are few
_DECODED_AT_ONCE = 256


@dataclass(frozen=True, slots=True)
class Lesson:
    """The drawings of a new category.

    Attributes:
        name: Of the category.
        taught: By these.
        tested: Redrawn, and named by the judge.
        others: From these the judge learns the category.
    """

    name: str
    taught: list[Polylines]
    tested: list[Polylines]
    others: list[Polylines]


def lessons(splits: dict[str, Sketches], count: int, measures: int = 0) -> list[Lesson]:
    """Each category's drawings in three parts, always the same ones.

    Args:
        splits: All of them.
        count: To be taught.
        measures: So many more are needed: ``TESTED``, and some others where a judge is to learn.

    Raises:
        ValueError: There are too few of one.
    """
    rng = np.random.default_rng(_SEED)
    parted = []
    for label, name in enumerate(splits["train"].categories):
        drawings = [
            splits[part].polylines(int(i))
            for part in SPLITS
            for i in np.flatnonzero(splits[part].labels == label)
        ]
        mixed = [drawings[i] for i in rng.permutation(len(drawings))]
        if len(mixed) < count + measures:
            raise ValueError(
                f"there are {len(mixed)} drawings of {name}, fewer than {count + measures}"
            )
        tested = count + TESTED
        parted.append(Lesson(name, mixed[:count], mixed[count:tested], mixed[tested:]))
    return parted


def taught(
    known: Checkpoint, name: str, drawings: Sequence[Polylines], exercise: Exercise
) -> tuple[Checkpoint, dict[str, Any]]:
    """A copy of a model with a category more, and what it took.

    Raises:
        ModelError: It has the category, or cannot be taught.
        SketchError: There are too few drawings, or too many.
    """
    wall, cpu = time.perf_counter(), time.process_time()
    examples = examples_of(drawings, known.network.config.max_points)
    practice = Practice(introduced(known, name, examples), name, examples, exercise)
    while not practice.done:
        nll, lost = practice.step()
    took = {
        "drawings": len(drawings),
        "steps": practice.taken,
        "seconds": round(time.perf_counter() - wall),
        "cpu_seconds": round(time.process_time() - cpu),
        "nll": round(nll, 3),
        "forgotten_nats": round(lost, 3),
    }
    return practice.result(), took


def write(checkpoint: Checkpoint, about: dict[str, Any], path: Path) -> None:
    """Write a weights file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with safe_write(path) as file:
        file.write(packed(checkpoint, about))


def judge_of(judge: Recogniser, train: Sketches, new: Sequence[Lesson], folder: Path) -> Recogniser:
    """A recogniser that names the new categories, too: it learns them from the other drawings.

    Args:
        judge: Names the categories there were.
        train: People's drawings of those, in its order.
        new: Whose ``others`` it is shown, as often as a usual category's drawings.
        folder: For the training's files.
    """
    config = replace(
        judge.config, categories=(*judge.config.categories, *(one.name for one in new))
    )
    everything = _with(train, new, config.categories)
    trainer = RecogniserTrainer(config, EXTENSION, {"train": everything}, folder)
    state = trainer.network.state_dict()
    for key, known in judge.state_dict().items():
        if state[key].shape == known.shape:
            state[key] = known
        else:
            state[key][: len(known)] = known
    trainer.network.load_state_dict(state)
    trainer.average.load_state_dict(state)
    while trainer.step < EXTENSION.steps:
        trainer.learn(*trainer.batches.batch(trainer.step))
    return trainer.average.eval()


def measured(
    judge: Recogniser,
    before: Studio,
    after: Studio,
    lesson: Lesson,
    old: Sequence[Polylines],
    names: Sequence[str],
    old_before: float,
) -> dict[str, float]:
    """Shares named right by the judge, in per cent: K = 1, temperature 0.1 where not said.

    Args:
        judge: Names all categories.
        before: The model that was taught.
        after: And when it was.
        lesson: What it was taught.
        old: Held-out drawings of what it knew.
        names: Their categories.
        old_before: What `redrawn_right` says of them and the model that was taught.
    """
    new = [lesson.name] * len(lesson.tested)
    shares = {
        "people": _right(judge, lesson.tested, new),
        "redraw_before": _right(judge, _redrawn(before, _DRAWN * lesson.tested), _DRAWN * new),
        "redraw": _right(judge, _redrawn(after, _DRAWN * lesson.tested), _DRAWN * new),
        "redraw_best_of_8": _right(judge, _redrawn(after, lesson.tested, 8), new),
        "generated": _right(
            judge,
            [one.strokes for one in after.generate(lesson.name, len(new), Sampling(0.1))],
            new,
        ),
        "guessed": _guessed(after, lesson),
        "old_before": old_before,
        "old": redrawn_right(judge, after, old, names),
    }
    return {key: round(100 * share, 1) for key, share in shares.items()}


def redrawn_right(
    judge: Recogniser, studio: Studio, drawings: Sequence[Polylines], names: Sequence[str]
) -> float:
    """Share of drawings whose redraws are named as the drawings should be."""
    return _right(judge, _redrawn(studio, drawings), names)


def report(rows: dict[str, dict[str, Any]], folder: Path) -> str:
    """Write ``taught.json`` and return a table of it."""
    with safe_write(folder / "taught.json") as file:
        file.write(json.dumps(rows, indent=1).encode())
    keys = list(next(iter(rows.values())))
    lines = ["| | " + " | ".join(rows) + " |", "|---|" + "---:|" * len(rows)]
    for key in keys:
        lines.append(f"| {key} | {' | '.join(str(row[key]) for row in rows.values())} |")
    return "\n".join(lines)


def _with(train: Sketches, new: Sequence[Lesson], categories: tuple[str, ...]) -> Sketches:
    """Drawings of what there was, and of what is new, repeated until they are as many."""
    first = len(categories) - len(new)
    usual = int(np.median(np.bincount(train.labels)))
    rows = [
        (*join(lesson.others[i % len(lesson.others)]), first + k)
        for k, lesson in enumerate(new)
        for i in range(max(usual, len(lesson.others)))
    ]
    more = gathered(rows, categories, 0)
    return Sketches(
        np.concatenate([train.points, more.points]),
        np.concatenate([train.lifts, more.lifts]),
        np.concatenate([train.starts, more.starts + len(train.points)]),
        np.concatenate([train.lengths, more.lengths]),
        np.concatenate([train.labels, more.labels]),
        categories,
    )


def _redrawn(studio: Studio, drawings: Sequence[Polylines], candidates: int = 1) -> list[Any]:
    drawn = []
    for start, part in _parts(drawings, _DECODED_AT_ONCE // candidates):
        seeds = range(1 + start, 1 + start + len(part))
        drawn += studio.redraw(part, Sampling(0.1), candidates, seeds=seeds)
    return [one.strokes for one in drawn]


def _parts(drawings: Sequence[Polylines], size: int) -> Iterator[tuple[int, Sequence[Polylines]]]:
    for start in range(0, len(drawings), size):
        yield start, drawings[start : start + size]


def _right(judge: Recogniser, sketches: Sequence[Any], names: Sequence[str]) -> float:
    truth = np.array([judge.config.categories.index(name) for name in names])
    return float((judge.name(sketches) == truth).mean())


def _guessed(studio: Studio, lesson: Lesson) -> float:
    shares = studio.guess_ink(lesson.tested)
    return float((shares.argmax(axis=1) == studio.category_index(lesson.name)).mean())
