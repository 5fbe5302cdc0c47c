"""The judge of drawings: a classifier, trained on people's sketches alone, with a file of its own.

What a model draws counts as recognised when this network, which never saw a model's drawing,
names it as what it should be: *Rec*, for which RPCL-pix2seq (2021) uses a Sketch-a-Net.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import safetensors.torch
from safetensors import SafetensorError, safe_open

from sketchstudio.core.sketch_codec import Box, Coordinates, Polylines
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.model.classifier import Classifier, ClassifierConfig

FORMAT = "sketchstudio-recogniser"


class Recogniser(Classifier):
    """Names drawings in any units."""

    def name(self, sketches: Sequence[Sequence[Coordinates]]) -> npt.NDArray[np.int64]:
        """The likeliest category of each sketch, (N,); a sketch without strokes gets -1."""
        probabilities = self.probabilities(self.read(boxed_each(sketches)))
        named = np.asarray(probabilities.argmax(axis=1), dtype=np.int64)
        named[[not sketch for sketch in sketches]] = -1
        return named

    def save(self, path: Path, training: dict[str, Any]) -> None:
        """Write the weights in half precision, with the sizes and ``training`` beside them."""
        tensors = {
            key: value.half().contiguous()
            for key, value in self.state_dict().items()
            if not key.endswith("num_batches_tracked")
        }
        metadata = {
            "format": FORMAT,
            "version": "1",
            "config": json.dumps(asdict(self.config)),
            "training": json.dumps(training),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        with safe_write(path) as file:
            file.write(safetensors.torch.save(tensors, metadata))

    @classmethod
    def load(cls, path: Path) -> tuple[Recogniser, dict[str, Any]]:
        """Read a recogniser and what its file says of its training.

        Raises:
            OSError: The file cannot be read.
            ValueError: It is no recogniser.
        """
        try:
            with safe_open(path, framework="pt") as file:
                metadata = file.metadata() or {}
                if metadata.get("format") != FORMAT:
                    raise ValueError(f"{path} is no recogniser; train one: trainer recogniser")
                tensors = {key: file.get_tensor(key).float() for key in file.keys()}  # noqa: SIM118
        except SafetensorError as error:
            raise ValueError(f"{path} is no recogniser: {error}") from error
        try:
            recogniser = cls(ClassifierConfig.from_dict(json.loads(metadata["config"])))
            missing, unknown = recogniser.load_state_dict(tensors, strict=False)
            unfit = [key for key in missing if not key.endswith("num_batches_tracked")] + unknown
            if unfit:
                raise ValueError(f"{unfit[0]} is missing or unknown")
            training = json.loads(metadata["training"])
        except Exception as error:  # what others wrote can raise anything
            about = " ".join(str(error).split())
            raise ValueError(f"{path} is no whole recogniser ({about})") from error
        return recogniser.eval(), training


def boxed_each(sketches: Sequence[Sequence[Coordinates]]) -> list[Polylines]:
    """Sketches in any units, each in the units of its own box."""
    boxes = [Box.around(sketch) if sketch else Box(0, 0, 1) for sketch in sketches]
    return [
        [np.asarray(box.to_box(points), dtype=np.float32) for points in sketch]
        for box, sketch in zip(boxes, sketches, strict=True)
    ]
