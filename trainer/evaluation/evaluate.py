"""``trainer evaluate``: models measured side by side, as a report and pictures."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.sketch_codec import Coordinates
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.model.checkpoint import load_checkpoint
from sketchstudio.model.drafts import AT_FIRST
from sketchstudio.model.studio import Codes, Studio
from trainer.evaluation import pictures
from trainer.evaluation.artist import Artist
from trainer.evaluation.held_out import HeldOut, Settings, beginning, percent
from trainer.evaluation.latent_space import separation, smoothness, tsne
from trainer.evaluation.likelihood import likelihood
from trainer.evaluation.real_or_drawn import told_apart
from trainer.evaluation.report import markdown
from trainer.evaluation.retrieval import retrieved
from trainer.evaluation.sheets import write_png
from trainer.losses import whole_batches
from trainer.recogniser import Recogniser
from trainer.sketches import Sketches


class Evaluation:
    """All figures and pictures of models, on the same held-out drawings by the same judge.

    Args:
        held_out: The drawings and the judge.
        settings: How.
        longest: Points of the longest drawing of all splits: Nmax of L_R.
    """

    def __init__(self, held_out: HeldOut, settings: Settings, longest: int) -> None:
        self.held_out, self.settings, self.longest = held_out, settings, longest

    def people(self) -> dict[str, Any]:
        """Scores of the human originals, and of their beginnings as they are."""
        drawings = self.held_out.drawings
        fragments = {
            percent(share): self.held_out.rec([beginning(d, share)[0] for d in drawings])
            for share in self.settings.shares
        }
        return {"redraw": self.held_out.rec(drawings), "fragments": fragments}

    def model(self, path: Path, folder: Path) -> dict[str, Any]:
        """All scores of a model; its pictures go to ``folder``.

        Raises:
            ModelError: The weights are missing or broken.
            ValueError: The model has not the categories of the drawings.
        """
        studio = Studio.load(str(path), device="cpu")
        if set(studio.config.categories) != set(self.held_out.categories):
            raise ValueError(f"{path} has not the categories of the drawings")
        folder.mkdir(parents=True, exist_ok=True)
        with tqdm(
            total=Artist.rounds(self.settings) * len(self.held_out),
            unit="sketch",
            desc=studio.config.name,
            mininterval=1 if sys.stderr.isatty() else 30,
        ) as bar:
            artist = Artist(studio, self.held_out, self.settings, bar)
            originals = studio.encode(self.held_out.gallery)
            scores = self._drawn(artist, originals, folder)
        sampling = Sampling(self.settings.temperature, self.settings.seed)
        write_png(folder / "blends.png", pictures.blends(studio, self.settings))
        judge = self.held_out.recogniser
        write_png(folder / "cartoons.png", pictures.cartoon_test(studio, judge, self.settings))
        labels = self.held_out.gallery_labels
        latent = {
            **separation(originals, labels),
            **smoothness(studio, judge, originals, labels, sampling),
            "map": _write_map(originals, self.held_out, folder),
        }
        network = load_checkpoint(path).network
        sketches = self.held_out.in_order_of(studio.config.categories)
        batches = whole_batches(sketches, studio.config, len(self.held_out))
        return {
            "name": studio.config.name,
            "file": path.name,
            "parameters": sum(p.numel() for p in network.parameters()),
            **scores,
            "likelihood": likelihood(network, batches, self.longest),
            "latent": latent,
        }

    def _drawn(self, artist: Artist, originals: Codes, folder: Path) -> dict[str, Any]:
        """Scores of all that a model draws of the held-out drawings, and sheets of it."""
        s = self.settings

        def redrawn(drawn: list[Drawn]) -> dict[str, Any]:
            near = retrieved(artist.codes(drawn), originals, self.held_out.chosen)
            return {**self._scores(drawn), "ret": near}

        redraws = artist.redraw(1)
        redraw = {"1": redrawn(redraws)}
        if s.candidates > 1:
            redraw[str(s.candidates)] = redrawn(artist.redraw(s.candidates))
        healing, damaged, healed = {}, self.held_out.drawings, redraws
        for share in s.masked:
            damaged = artist.damaged(share)
            healed = artist.heal(damaged)
            alone = self.held_out.rec(damaged)["rec"]
            healing[percent(share)] = {**redrawn(healed), "damaged": alone}
        completion, halves = {}, (1.0, redraws)
        for share in s.shares:
            auto, given = artist.complete(share, given=False), artist.complete(share, given=True)
            completion[percent(share)] = {
                "auto": self._completed(auto, share),
                "given": self._completed(given, share),
            }
            if s.candidates > 1:
                few = artist.complete(share, given=False, candidates=min(AT_FIRST, s.candidates))
                best = artist.complete(share, given=True, candidates=s.candidates)
                completion[percent(share)] |= {
                    "auto_ranked": self._completed(few, share),
                    "ranked": self._completed(best, share),
                }
            if share == 0.5 or share == s.shares[0]:
                halves = (share, auto)
        masked = s.masked[-1] if s.masked else 0.0
        pictures.drawings(self.held_out, redraws, (masked, damaged, healed), halves, folder)
        return {
            "redraw": redraw,
            "healing": healing,
            "completion": completion,
            "told_apart": told_apart(self.held_out.drawings, [d.strokes for d in redraws]),
        }

    def _scores(self, drawn: Sequence[Drawn]) -> dict[str, Any]:
        return {**self.held_out.rec([d.strokes for d in drawn]), "finished": _finished(drawn)}

    def _completed(self, added: Sequence[Drawn], share: float) -> dict[str, Any]:
        """Scores of completions together with their beginnings."""
        drawings = self.held_out.drawings
        whole: list[Sequence[Coordinates]] = [
            [*beginning(drawing, share)[0], *d.strokes]
            for drawing, d in zip(drawings, added, strict=True)
        ]
        return {**self.held_out.rec(whole), "finished": _finished(added)}


def _finished(drawn: Sequence[Drawn]) -> float:
    """Share that the model ended itself."""
    return round(float(np.mean([d.finished for d in drawn])), 4)


def _write_map(codes: Codes, held_out: HeldOut, folder: Path) -> bool:
    """Write ``map.png``; False where scikit-learn, which only this needs, is not installed."""
    try:
        layout = tsne(codes, held_out.gallery_labels)
    except ImportError:
        print("no map of the codes: install scikit-learn for it", file=sys.stderr)
        return False
    write_png(folder / "map.png", pictures.latent_map(layout, held_out.categories))
    return True


def _names(models: Sequence[Path]) -> list[str]:
    """A folder's name for each model, from its file's."""
    stems = [re.sub(r"\W+", "-", path.stem) for path in models]
    return [
        stem if stems.count(stem) == 1 else f"{stem}-{1 + stems[:i].count(stem)}"
        for i, stem in enumerate(stems)
    ]


def evaluate(
    models: Sequence[Path],
    sketches: dict[str, Sketches],
    recogniser_path: Path,
    folder: Path,
    settings: Settings,
) -> str:
    """Measure models side by side; write ``report.md``, ``report.json`` and pictures.

    Args:
        models: Weights files.
        sketches: The splits.
        recogniser_path: The judge's weights file.
        folder: Pictures go to a folder in it for each model.
        settings: How.

    Returns:
        The report in Markdown.

    Raises:
        OSError: Something cannot be read or written.
        ModelError: A model's weights are missing or broken.
        ValueError: The recogniser is none, or models, recogniser and drawings do not go together.
    """
    recogniser, trained = Recogniser.load(recogniser_path)
    split = sketches[settings.split]
    held_out = HeldOut(recogniser, split, settings.per_category)
    longest = max(int(part.lengths.max()) for part in sketches.values() if len(part))
    evaluation = Evaluation(held_out, settings, longest)
    report: dict[str, Any] = {
        "drawings": len(held_out),
        "gallery": len(split),
        "split": settings.split,
        "categories": len(held_out.categories),
        "per_category": settings.per_category,
        "temperature": settings.temperature,
        "seed": settings.seed,
        "candidates": settings.candidates,
        "longest": longest,
        "recogniser": trained.get(settings.split, {}),
        "people": evaluation.people(),
        "models": [],
    }
    for path, name in zip(models, _names(models), strict=True):
        report["models"].append(evaluation.model(path, folder / name))
    text = markdown(report)
    for name, content in (("report.md", text), ("report.json", json.dumps(report, indent=1))):
        with safe_write(folder / name) as file:
            file.write(content.encode())
    return text
