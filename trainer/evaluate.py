"""What a model is worth: people's held-out drawings, redrawn and completed, named by a judge."""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tqdm import tqdm

from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.sketch_codec import Coordinates, Polylines, join, split
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.model.checkpoint import load_checkpoint
from sketchstudio.model.studio import Studio
from trainer.loop import held_out_losses, whole_batches
from trainer.recogniser import Recogniser
from trainer.report import markdown
from trainer.sheets import Cell, Row, sheet, write_png
from trainer.sketches import Sketches

DECODED_AT_ONCE = 512
SHEET_ROWS = 14
SHEET_EXAMPLES = 3
BLENDS = 9
PAIRS = (
    ("cat", "pig"),
    ("dog", "elephant"),
    ("bird", "fish"),
    ("car", "van"),
    ("face", "sun"),
    ("mushroom", "light bulb"),
    ("shoe", "duck"),
    ("horse", "giraffe"),
)

Right = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Settings:
    """How to measure.

    Attributes:
        per_category: Held-out drawings of each category; 0 for all there are.
        temperature: Of all decodes.
        candidates: K of the re-ranked redraws.
        shares: Completion starts from this much of the points.
        seed: Of drawing 0; drawing i has the i-th after it.
    """

    per_category: int = 40
    temperature: float = 0.1
    candidates: int = 8
    shares: tuple[float, ...] = (0.25, 0.5, 0.75)
    seed: int = 1


class Evaluation:
    """Models measured on the same held-out drawings by the same judge.

    Args:
        recogniser: Names what is drawn; trained on people's drawings alone.
        sketches: A held-out split.
        settings: How.

    Raises:
        ValueError: The recogniser has not learnt all the categories, or there is no drawing.
    """

    def __init__(self, recogniser: Recogniser, sketches: Sketches, settings: Settings) -> None:
        unknown = set(sketches.categories) - set(recogniser.config.categories)
        if unknown:
            raise ValueError(f"the recogniser has not learnt {', '.join(sorted(unknown))}")
        self.sketches = _sample(sketches, settings.per_category)
        if not len(self.sketches):
            raise ValueError("there is no held-out drawing to measure on")
        self.drawings = [self.sketches.polylines(i) for i in range(len(self.sketches))]
        self._recogniser, self._settings = recogniser, settings
        output = {name: i for i, name in enumerate(recogniser.config.categories)}
        outputs = np.array([output[name] for name in sketches.categories])
        self._truth = outputs[self.sketches.labels]

    def people(self) -> dict[str, Any]:
        """Scores of the human originals, and of their beginnings as they are."""
        fragments = {
            _percent(share): self._rec([beginning(d, share)[0] for d in self.drawings])
            for share in self._settings.shares
        }
        return {"redraw": self._rec(self.drawings), "fragments": fragments}

    def model(self, path: Path, folder: Path) -> dict[str, Any]:
        """All scores of a model; its contact sheets go to ``folder``.

        Raises:
            ModelError: The weights are missing or broken.
            ValueError: The model has not the categories of the drawings.
        """
        studio = Studio.load(str(path), device="cpu")
        if set(studio.config.categories) != set(self.sketches.categories):
            raise ValueError(f"{path} has not the categories of the drawings")
        s = self._settings
        rounds = 1 + s.candidates + 2 * len(s.shares)
        with tqdm(
            total=rounds * len(self),
            unit="sketch",
            desc=studio.config.name,
            mininterval=1 if sys.stderr.isatty() else 30,
        ) as bar:
            redraws = self._redraw(studio, 1, bar)
            redraw = {"1": self._scores(redraws)}
            if s.candidates > 1:
                best = self._redraw(studio, s.candidates, bar)
                redraw[str(s.candidates)] = self._scores(best)
            completion: dict[str, Any] = {}
            halves: list[Drawn] = []
            for share in s.shares:
                auto = self._complete(studio, share, given=False, bar=bar)
                given = self._complete(studio, share, given=True, bar=bar)
                completion[_percent(share)] = {
                    "auto": self._scores(auto, share),
                    "given": self._scores(given, share),
                }
                halves = auto if share == 0.5 or not halves else halves
        self._sheets(studio, redraws, halves, folder)
        network = load_checkpoint(path).network
        batches = whole_batches(self._in_order_of(studio), studio.config, len(self))
        return {
            "name": studio.config.name,
            "file": path.name,
            "parameters": sum(p.numel() for p in network.parameters()),
            "redraw": redraw,
            "completion": completion,
            "likelihood": {k: round(v, 4) for k, v in held_out_losses(network, batches).items()},
        }

    def __len__(self) -> int:
        return len(self.drawings)

    def _redraw(self, studio: Studio, candidates: int, bar: tqdm[Any]) -> list[Drawn]:
        sampling = Sampling(self._settings.temperature, self._settings.seed)
        drawn: list[Drawn] = []
        for part in _chunks(range(len(self)), DECODED_AT_ONCE // candidates):
            drawings, seeds = [self.drawings[i] for i in part], [sampling.seed + i for i in part]
            drawn += studio.redraw(drawings, sampling, candidates, seeds)
            bar.update(len(part) * candidates)
        return drawn

    def _complete(self, studio: Studio, share: float, given: bool, bar: tqdm[Any]) -> list[Drawn]:
        """The strokes added to each drawing's beginning."""
        sampling = Sampling(self._settings.temperature, self._settings.seed)
        begun = [beginning(drawing, share) for drawing in self.drawings]
        wanted: list[str | None] = [None] * len(self)
        if given:
            wanted = [self.sketches.categories[label] for label in self.sketches.labels]
        drawn: dict[int, Drawn] = {}
        for group in sorted(
            {(w or "", lifted) for w, (_, lifted) in zip(wanted, begun, strict=True)}
        ):
            same = [i for i in range(len(self)) if (wanted[i] or "", begun[i][1]) == group]
            for part in _chunks(same, DECODED_AT_ONCE):
                added = studio.complete(
                    [begun[i][0] for i in part],
                    sampling,
                    group[0] or None,
                    seeds=[sampling.seed + i for i in part],
                    lifted=group[1],
                )
                drawn.update(zip(part, added, strict=True))
                bar.update(len(part))
        return [drawn[i] for i in range(len(self))]

    def _scores(self, drawn: Sequence[Drawn], share: float | None = None) -> dict[str, Any]:
        """Rec and share finished; of completions (from ``share``) also the share kept exactly."""
        sketches: list[Sequence[Coordinates]] = [d.strokes for d in drawn]
        scores: dict[str, Any] = {"finished": round(float(np.mean([d.finished for d in drawn])), 4)}
        if share is not None:
            sketches = [
                [*beginning(drawing, share)[0], *d.strokes]
                for drawing, d in zip(self.drawings, drawn, strict=True)
            ]
            kept = [_begins_with(s, d, share) for s, d in zip(sketches, self.drawings, strict=True)]
            scores["kept"] = round(float(np.mean(kept)), 4)
        return {**self._rec(sketches), **scores}

    def _rec(self, sketches: Sequence[Sequence[Coordinates]]) -> dict[str, Any]:
        """Share named right: of all, mean over categories, of each category."""
        right: Right = self._recogniser.name(sketches) == self._truth
        labels = self.sketches.labels
        each = {
            name: round(float(right[labels == label].mean()), 4)
            for label, name in enumerate(self.sketches.categories)
            if (labels == label).any()
        }
        return {
            "rec": round(float(right.mean()), 4),
            "category_mean": round(float(np.mean(list(each.values()))), 4),
            "categories": each,
        }

    def _in_order_of(self, studio: Studio) -> Sketches:
        """The sketches with labels in the order of the model's category head."""
        index = {name: i for i, name in enumerate(studio.config.categories)}
        labels = np.array([index[name] for name in self.sketches.categories])
        s = self.sketches
        return Sketches(
            s.points, s.lifts, s.starts, s.lengths, labels[s.labels], studio.config.categories
        )

    def _sheets(
        self, studio: Studio, redraws: list[Drawn], halves: list[Drawn], folder: Path
    ) -> None:
        """Each category's first drawings beside redraw and completion; blends of pairs."""
        share = 0.5 if 0.5 in self._settings.shares else self._settings.shares[0]
        rows = []
        for label, name in enumerate(self.sketches.categories):
            cells = []
            for i in np.flatnonzero(self.sketches.labels == label)[:SHEET_EXAMPLES]:
                fragment = beginning(self.drawings[i], share)[0]
                cells += [
                    Cell(self.drawings[i]),
                    Cell(redraws[i].strokes),
                    Cell(fragment, halves[i].strokes),
                ]
            rows.append(Row(name, cells))
        header = ("drawn", "redrawn", f"{_percent(share)}% + rest") * SHEET_EXAMPLES
        folder.mkdir(parents=True, exist_ok=True)
        for page, part in enumerate(_chunks(rows, SHEET_ROWS), start=1):
            write_png(folder / f"drawings-{page}.png", sheet(part, header, group=3))
        write_png(folder / "blends.png", blend_sheet(studio, self._settings))


def blend_sheet(studio: Studio, settings: Settings) -> npt.NDArray[np.uint8]:
    """A row of blends for each pair of categories."""
    names = studio.config.categories
    pairs = [pair for pair in PAIRS if set(pair) <= set(names)]
    pairs = pairs or list(pairwise(names))[: len(PAIRS)]
    positions = np.linspace(0, 1, BLENDS)
    sampling = Sampling(settings.temperature, settings.seed)
    rows = []
    for a, b in pairs:
        drawn = studio.blend(
            studio.category_code(a), studio.category_code(b), positions.tolist(), sampling
        )
        rows.append(Row(f"{a} to {b}", [Cell(d.strokes) for d in drawn]))
    return sheet(rows, [f"{position:.0%}" for position in positions])


def beginning(drawing: Polylines, share: float) -> tuple[Polylines, bool]:
    """The first points of a drawing, ``share`` rounded up, and whether the pen lifts there."""
    points, lifts = join(drawing)
    count = max(1, math.ceil(share * len(points)))
    return split(points[:count], lifts[:count]), bool(lifts[count - 1])


def _begins_with(sketch: Sequence[Coordinates], drawing: Polylines, share: float) -> bool:
    """Whether the first points of ``sketch`` are the drawing's, bit for bit."""
    count = sum(map(len, beginning(drawing, share)[0]))
    return np.array_equal(np.concatenate(sketch)[:count], join(drawing)[0][:count])


def _sample(sketches: Sketches, per_category: int) -> Sketches:
    """Up to so many sketches of each category, always the same ones; 0 for all."""
    if not per_category:
        return sketches
    rng = np.random.default_rng(0)
    chosen = [
        rng.permutation(np.flatnonzero(sketches.labels == label))[:per_category]
        for label in range(len(sketches.categories))
    ]
    return sketches.subset(np.concatenate(chosen))


def _chunks(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    return [items[i : i + size] for i in range(0, len(items), max(1, size))]


def _percent(share: float) -> str:
    return f"{100 * share:g}"


def evaluate(
    models: Sequence[Path],
    sketches: dict[str, Sketches],
    recogniser_path: Path,
    folder: Path,
    settings: Settings,
) -> str:
    """Measure models side by side; write ``report.md``, ``report.json`` and contact sheets.

    Args:
        models: Weights files.
        sketches: The splits; ``test`` is measured on.
        recogniser_path: The judge's weights file.
        folder: Sheets go to a folder in it for each model.
        settings: How.

    Returns:
        The report in Markdown.

    Raises:
        OSError: Something cannot be read or written.
        ModelError: A model's weights are missing or broken.
        ValueError: The recogniser is none, or models, recogniser and drawings do not go together.
    """
    recogniser, trained = Recogniser.load(recogniser_path)
    evaluation = Evaluation(recogniser, sketches["test"], settings)
    report: dict[str, Any] = {
        "drawings": len(evaluation),
        "categories": len(sketches["test"].categories),
        "per_category": settings.per_category,
        "temperature": settings.temperature,
        "seed": settings.seed,
        "recogniser": trained.get("test", {}),
        "people": evaluation.people(),
        "models": [],
    }
    for path in models:
        report["models"].append(evaluation.model(path, folder / re.sub(r"\W+", "-", path.stem)))
    text = markdown(report)
    for name, content in (("report.md", text), ("report.json", json.dumps(report, indent=1))):
        with safe_write(folder / name) as file:
            file.write(content.encode())
    return text
