"""A training checkpoint to the weights file that the app loads."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from safetensors import safe_open

from sketchstudio.formats.safe_write import safe_write
from sketchstudio.model.checkpoint import Checkpoint, load_checkpoint, packed
from sketchstudio.model.classifier import Classifier
from sketchstudio.model.config import ModelConfig
from sketchstudio.model.layout import MapLayout
from sketchstudio.model.network import SketchPix2Seq
from sketchstudio.model.reading import seen
from sketchstudio.model.studio import Studio
from trainer.configuration import licence_of
from trainer.losses import held_out_losses, whole_batches
from trainer.sketches import Sketches

CODED = 1_000
"""Training drawings of a category that are encoded; its codes are taken from these."""

CONFIDENT = 200
"""Of those, the ones that the model is surest of may become exemplars."""

EXEMPLARS = 24

USUAL = 48
"""Codes of any drawings of a category that ship, typical or not."""

DRAWN = 4
"""Sketches drawn of a code to see how well it is drawn."""

Codes = npt.NDArray[np.float32]


def export(
    saved: dict[str, Any],
    sketches: dict[str, Sketches],
    out: Path,
    guessers: tuple[Classifier, ...] = (),
) -> dict[str, Any]:
    """Write a run's averaged weights with each category's codes, and a ``.sha256`` beside them.

    Args:
        saved: A checkpoint of the run, see `read_checkpoint`.
        sketches: The splits it was trained on.
        out: Ends in ``.safetensors``.
        guessers: Ship with the model; see `Checkpoint`.

    Returns:
        What the file says of the training.

    Raises:
        OSError: Something cannot be written.
        ValueError: It is of other categories than ``sketches``, or of another version; or the
            guessers do not fit it, or each other.
    """
    network = averaged_network(saved)
    config = network.config
    _check(config, sketches["train"], guessers)
    exemplars = category_codes(network, sketches["train"])
    usual = usual_codes(network, sketches["train"])
    training = {
        "steps": saved["step"],
        "seconds": round(saved["seconds"]),
        "sketches_seen": saved["step"] * saved["run"]["training"]["batch"],
        "validation": {
            key: round(value, 4)
            for key, value in held_out_losses(
                network, whole_batches(sketches["valid"], config)
            ).items()
        }
        if len(sketches["valid"])
        else {},
        "data": f"{len(sketches['train']):,} drawings of {len(exemplars)} categories",
        "run": saved["run"],
    }
    if licence := licence_of(saved["run"]):
        training["licence"] = licence
    places = MapLayout(exemplars).run()
    write_weights(Checkpoint(network, exemplars, guessers, places, usual), training, out)
    return training


def renew(
    path: Path, sketches: dict[str, Sketches], out: Path, guessers: tuple[Classifier, ...] = ()
) -> dict[str, Any]:
    """Write a model that was exported before, with other guessers, and usual codes of its own.

    Args:
        path: Of the model; its network and exemplars stay.
        sketches: As of `export`.
        out: As of `export`.
        guessers: Instead of those it has; none keeps these.

    Returns:
        What the file says of the training, as it did.

    Raises:
        ModelError: It is no model.
        OSError: Something cannot be written.
        ValueError: See `export`.
    """
    known = load_checkpoint(path)
    _check(known.network.config, sketches["train"], guessers)
    usual = usual_codes(known.network, sketches["train"])
    training = training_of(path)
    renewed = replace(known, usual_codes=usual, guessers=guessers or known.guessers)
    write_weights(renewed, training, out)
    return training


def training_of(path: Path) -> dict[str, Any]:
    """What a weights file says of how it was made."""
    with safe_open(path, framework="pt") as file:
        return dict(json.loads((file.metadata() or {}).get("training", "{}")))


def _check(config: ModelConfig, train: Sketches, guessers: tuple[Classifier, ...]) -> None:
    """Raise ValueError where guessers or drawings do not go with a model, or with each other."""
    if len({guesser.config.units > 0 for guesser in guessers}) < len(guessers):
        raise ValueError("two guessers see the same: one may see pictures, one read points")
    for guesser in guessers:
        if guesser.config.categories != guessers[0].config.categories:
            raise ValueError("the guessers name different categories")
        if unknown := set(guesser.config.categories) - set(config.categories):
            raise ValueError(f"a guesser names {min(unknown)}, which the model has not learnt")
    if config.categories != train.categories:
        raise ValueError("the checkpoint has not the categories of the drawings")


def write_weights(checkpoint: Checkpoint, training: Mapping[str, Any], out: Path) -> None:
    """Write a weights file in half precision, and a ``.sha256`` beside it.

    Args:
        checkpoint: What is written.
        training: What the file says of how it was made.
        out: Ends in ``.safetensors``.

    Raises:
        OSError: One of them cannot be written.
    """
    content = packed(checkpoint, training)
    out.parent.mkdir(parents=True, exist_ok=True)
    with safe_write(out) as file:
        file.write(content)
    with safe_write(out.with_name(out.name + ".sha256")) as file:
        file.write(f"{hashlib.sha256(content).hexdigest()}  {out.name}\n".encode())


def averaged_network(saved: dict[str, Any]) -> SketchPix2Seq:
    """The network that a checkpoint will become.

    The weights have been through half precision, so what is measured is what is shipped.

    Raises:
        ValueError: Its weights are not those of its model.
    """
    network = SketchPix2Seq(ModelConfig.from_dict(saved["model_config"]))
    try:
        network.load_state_dict(saved["average"])
    except RuntimeError as error:  # many lines, one a tensor
        raise ValueError("the checkpoint is of another version of the trainer") from error
    return network.half().float().eval()


def category_codes(network: SketchPix2Seq, train: Sketches) -> Codes:
    """Exemplars (C, 24, code): codes of typical drawings, the one first that is drawn best."""
    groups = _codes(network, train, CODED)
    # A model without a category head is as sure of a code as its category's others are near.
    everything = np.stack([np.resize(codes, (CODED, codes.shape[1])) for codes in groups])
    studio = Studio(Checkpoint(network, everything))
    exemplars = []
    for label, codes in enumerate(groups):
        sure = studio.guess(codes)[:, label]
        surest = codes[np.argsort(-sure, kind="stable")[:CONFIDENT]]
        typical = surest[_typical(surest, 2 * EXEMPLARS)]
        best = typical[_by_drawing(studio, typical, label)]
        exemplars.append(np.resize(best, (EXEMPLARS, best.shape[1])))  # of few, some twice
    return np.stack(exemplars)


def usual_codes(network: SketchPix2Seq, train: Sketches) -> Codes:
    """Codes (C, 48, code) of any drawings of each category; of few drawings, some twice."""
    groups = _codes(network, train, USUAL)
    return np.stack([np.resize(codes, (USUAL, codes.shape[1])) for codes in groups])


def _codes(network: SketchPix2Seq, train: Sketches, most: int) -> list[Codes]:
    """Codes (N, code) of at most so many drawings of each category, always the same ones.

    Raises:
        ValueError: There is none of one.
    """
    rng = np.random.default_rng(0)
    groups = []
    for label, name in enumerate(train.categories):
        chosen = rng.permutation(np.flatnonzero(train.labels == label))[:most]
        if not len(chosen):
            raise ValueError(f"there is no training drawing of {name}")
        groups.append(_encode(network, [int(i) for i in chosen], train))
    return groups


def _by_drawing(studio: Studio, codes: Codes, label: int) -> npt.NDArray[np.int64]:
    """Indices of codes, the one first whose sketches look most like the category.

    A code may be typical and yet be drawn badly; what the person sees are the sketches.
    """
    repeated = np.repeat(codes, DRAWN, axis=0)
    drawn = studio.decode(repeated, list(range(DRAWN)) * len(codes), 0.1)
    looks = studio.guess(studio.encode([sketch.strokes for sketch in drawn]))[:, label]
    looks = looks * [sketch.finished for sketch in drawn]
    return np.argsort(-looks.reshape(len(codes), DRAWN).mean(axis=1), kind="stable")


@torch.no_grad()
def _encode(network: SketchPix2Seq, chosen: Sequence[int], sketches: Sketches) -> Codes:
    """Codes (N, code)."""
    codes = []
    for start in range(0, len(chosen), 128):
        part = [sketches.polylines(i) for i in chosen[start : start + 128]]
        codes.append(network.encoder(seen(part, network.config)))
    return torch.cat(codes).numpy()


def _typical(codes: Codes, count: int, rounds: int = 10) -> npt.NDArray[np.int64]:
    """Indices of at most ``count`` medoids: the one of all first, then those of as many clusters.

    Clusters start from the points farthest from one another, so that rare ways to draw a thing
    have one too; alternating then moves each to the middle of its cluster (k-medoids).
    """
    distance = np.sqrt(np.maximum(((codes[:, None] - codes) ** 2).sum(axis=-1), 0))
    medoids = [int(distance.sum(axis=1).argmin())]
    while len(medoids) < min(count, len(codes)):
        medoids.append(int(distance[medoids].min(axis=0).argmax()))
    for _ in range(rounds):
        nearest = distance[medoids].argmin(axis=0)
        for k in range(1, len(medoids)):
            members = np.flatnonzero(nearest == k)
            if len(members):
                within = distance[np.ix_(members, members)].sum(axis=1)
                medoids[k] = int(members[within.argmin()])
    return np.array(medoids, dtype=np.int64)
