"""Weights on disk: one safetensors file a model, its configuration inside."""

from __future__ import annotations

import hashlib
import json
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import safetensors.torch
import torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from sketchstudio.model.classifier import Classifier, ClassifierConfig
from sketchstudio.model.config import ModelConfig
from sketchstudio.model.network import SketchPix2Seq

FORMAT = "sketchstudio-model"
VERSION = "1"
CODES_EXEMPLARS, CODES_USUAL, CODES_PLACES = "codes.exemplars", "codes.usual", "codes.places"
GUESSERS = "guesser", "point_guesser"
"""Those that see pictures, and those that read points."""


_Config = TypeVar("_Config")
_Network = TypeVar("_Network", bound=nn.Module)
_Tensors = dict[str, Tensor]


class ModelError(RuntimeError):
    """Weights that are missing or cannot be used; the message is one line."""


@dataclass(frozen=True, slots=True, eq=False)
class Checkpoint:
    """A network with what was measured on its training sketches.

    Attributes:
        network: In float32, ready to use.
        exemplar_codes: (C, E, code) float32, codes of typical drawings of each.
        guessers: Name ink beside the category head, all the same categories: some or all. One
            may see pictures, one read points.
        places: (C, E, 2) float32, where the exemplars lie on the latent map; None where it has
            not been laid out.
        usual_codes: (C, U, code) float32, codes of any drawings of each, typical or not; None of
            weights from before there were any.
    """

    network: SketchPix2Seq
    exemplar_codes: npt.NDArray[np.float32]
    guessers: tuple[Classifier, ...] = ()
    places: npt.NDArray[np.float32] | None = None
    usual_codes: npt.NDArray[np.float32] | None = None


def load_checkpoint(path: Path) -> Checkpoint:
    """Read a weights file.

    Raises:
        ModelError: It is missing, damaged, or not a model of this app.
    """
    if not path.exists():
        raise ModelError(f"no model weights at {path}; reinstall sketchstudio or train a model")
    try:
        _check_sum(path)
        with safe_open(path, framework="pt") as file:
            metadata = file.metadata() or {}
            if metadata.get("format") != FORMAT or metadata.get("version") != VERSION:
                raise ModelError(f"{path} is not a model of this version of sketchstudio")
            config = ModelConfig.from_dict(json.loads(metadata["config"]))
            tensors: dict[str, Tensor] = {
                name: file.get_tensor(name).to(torch.float32)
                for name in file.keys()  # noqa: SIM118
            }
        if not all(bool(torch.isfinite(tensor).all()) for tensor in tensors.values()):
            raise ModelError(f"{path} holds numbers that are not finite")
        exemplars = tensors.pop(CODES_EXEMPLARS)
        if exemplars[:, 0].shape != (len(config.categories), config.code):
            raise ModelError(f"{path} has category codes of the wrong shape")
        places = tensors.pop(CODES_PLACES, None)
        if places is not None and places.shape != (*exemplars.shape[:2], 2):
            raise ModelError(f"{path} has a map of the wrong shape")
        usual = tensors.pop(CODES_USUAL, None)
        if usual is not None and usual[:, 0].shape != exemplars[:, 0].shape:
            raise ModelError(f"{path} has codes of the wrong shape")
        guessers = _guessers(metadata, config, tensors)
        network = _assembled(SketchPix2Seq, config, tensors)
    except (SafetensorError, OSError, KeyError, IndexError, TypeError, ValueError) as error:
        raise ModelError(f"{path} cannot be read as a model: {_one_line(error)}") from error
    except ModelError:
        raise
    except RuntimeError as error:
        raise ModelError(
            f"{path} does not fit its own configuration: {_one_line(error)}"
        ) from error
    laid_out = None if places is None else places.numpy()
    codes = None if usual is None else usual.numpy()
    return Checkpoint(network.eval(), exemplars.numpy(), guessers, laid_out, codes)


def packed(checkpoint: Checkpoint, training: Mapping[str, Any]) -> bytes:
    """A weights file as `load_checkpoint` reads it, in half precision.

    Args:
        checkpoint: Any.
        training: What the file says of how it was made.
    """
    tensors = _halved(checkpoint.network)
    tensors[CODES_EXEMPLARS] = torch.from_numpy(checkpoint.exemplar_codes).half()
    if checkpoint.usual_codes is not None:
        tensors[CODES_USUAL] = torch.from_numpy(checkpoint.usual_codes).half()
    if checkpoint.places is not None:
        tensors[CODES_PLACES] = torch.from_numpy(checkpoint.places)
    metadata = {
        "format": FORMAT,
        "version": VERSION,
        "config": json.dumps(checkpoint.network.config.to_dict()),
        "training": json.dumps(dict(training)),
    }
    for guesser in checkpoint.guessers:
        name = GUESSERS[guesser.config.units > 0]
        metadata[name] = json.dumps(asdict(guesser.config))
        tensors |= {f"{name}.{key}": tensor for key, tensor in _halved(guesser).items()}
    return safetensors.torch.save(tensors, metadata)


def _halved(network: nn.Module) -> dict[str, Tensor]:
    return {
        name: tensor.half().contiguous()
        for name, tensor in network.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }


def _guessers(
    metadata: Mapping[str, str], config: ModelConfig, tensors: dict[str, Tensor]
) -> tuple[Classifier, ...]:
    """The guessers of a file; their tensors are taken out."""
    guessers: list[Classifier] = []
    for name in filter(metadata.__contains__, GUESSERS):
        its = ClassifierConfig.from_dict(json.loads(metadata[name]))
        if unknown := set(its.categories) - set(config.categories):
            raise ValueError(f"its guesser names {min(unknown)}, which the model has not learnt")
        if guessers and its.categories != guessers[0].config.categories:
            raise ValueError("its guessers name different categories")
        own = [key for key in tensors if key.startswith(f"{name}.")]
        parts = {key.removeprefix(f"{name}."): tensors.pop(key) for key in own}
        guessers.append(_assembled(Classifier, its, parts).eval())
    return tuple(guessers)


def _check_sum(path: Path) -> None:
    """Compare a file with the ``.sha256`` beside it, where there is one."""
    beside = path.with_name(f"{path.name}.sha256")
    if not beside.exists():
        return
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if beside.read_text("ascii", "replace").split()[:1] != [found]:
        raise ModelError(f"{path} is damaged: its checksum is another; reinstall sketchstudio")


def _assembled(kind: Callable[[_Config], _Network], config: _Config, tensors: _Tensors) -> _Network:
    """A network of the tensors themselves.

    It is laid out without memory, so that a configuration asks for none that the file does not
    fill, and no weights are drawn at random only to be replaced.

    Raises:
        RuntimeError: They are not the tensors of such a network.
    """
    with torch.device("meta"):
        network = kind(config)
    counters = [name for name, _ in network.named_buffers() if name.endswith("_batches_tracked")]
    network.load_state_dict(
        tensors | {name: torch.zeros((), dtype=torch.int64) for name in counters}, assign=True
    )
    return network


def _one_line(error: BaseException) -> str:
    return textwrap.shorten(str(error), 200, placeholder=" …") or type(error).__name__
