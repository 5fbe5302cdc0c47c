"""What a run leaves to look at: a line of JSON each validation, and TensorBoard where it is."""

from __future__ import annotations

import copy
import json
import warnings
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.sketch_codec import Polylines
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.model.checkpoint import Checkpoint
from sketchstudio.model.network import SketchPix2Seq
from sketchstudio.model.studio import Studio
from trainer.evaluation.sheets import Cell, Row, sheet
from trainer.losses import Losses

SHOWN = 8
"""Held-out sketches that are redrawn for TensorBoard at each validation."""


class Journal:
    """The written course of one run.

    ``history.jsonl`` in the run's folder gets a line each validation: ``step``, ``sketches`` seen,
    ``seconds`` of training, share of them ``waited`` for batches, ``train`` losses (means since
    the line before) and ``valid`` losses. TensorBoard gets the same numbers, and redraws.

    Args:
        folder: Of the run.
        step: From which the run goes on; what was written of later steps is forgotten.
        batch: Sketches a step.
        shown: Held-out sketches in box units, to be redrawn for TensorBoard.
    """

    def __init__(
        self, folder: Path, step: int, batch: int, shown: Sequence[Polylines] = ()
    ) -> None:
        self._path, self._batch, self._shown = folder / "history.jsonl", batch, list(shown)[:SHOWN]
        self._noted: list[Losses] = []
        folder.mkdir(parents=True, exist_ok=True)
        lines = [line for line in read_history(folder) if line["step"] <= step]
        with safe_write(self._path) as file:
            file.write("".join(json.dumps(line) + "\n" for line in lines).encode())
        self._board = _board(folder / "tensorboard", step)

    def note(self, losses: Losses) -> None:
        """Remember a training step's losses for the next line."""
        self._noted.append(losses)

    def write(
        self,
        step: int,
        seconds: float,
        waited: float,
        valid: dict[str, float],
        network: SketchPix2Seq,
    ) -> None:
        """Write the line of a validation.

        Args:
            step: So many are done.
            seconds: They took, of all starts of the run.
            waited: Share of this start's time in which the network waited for a batch.
            valid: Losses on held-out sketches.
            network: Redraws the sketches that are shown.
        """
        rows = [asdict(losses) | {"nll": losses.nll} for losses in self._noted]
        self._noted.clear()
        train = {
            key: round(float(np.mean([row[key] for row in rows])), 5)
            for key in (rows[0] if rows else ())
            if rows[0][key] is not None
        }
        line = {
            "step": step,
            "sketches": step * self._batch,
            "seconds": round(seconds, 1),
            "waited": round(waited, 4),
            "train": train,
            "valid": {key: round(value, 5) for key, value in valid.items()},
        }
        with self._path.open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
        if self._board is not None:
            for part in ("train", "valid"):
                for key, value in line[part].items():  # type: ignore[attr-defined]
                    self._board.add_scalar(f"{key}/{part}", value, step)
            self._board.add_scalar("seconds", seconds, step)
            self._board.add_scalar("waited", waited, step)
            if self._shown:
                image = redrawn(network, self._shown)[..., ::-1]  # BGR to RGB
                self._board.add_image("redraws", image, step, dataformats="HWC")
            self._board.flush()

    def close(self) -> None:
        """Nothing is written after this."""
        if self._board is not None:
            self._board.close()


def read_history(folder: Path) -> list[dict[str, Any]]:
    """The lines of a run's ``history.jsonl``; none where there is no such file."""
    path = folder / "history.jsonl"
    if not path.exists():
        return []
    lines = []
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            lines.append(json.loads(text))
        except json.JSONDecodeError:
            break  # the run was killed while it wrote this one
    return lines


def redrawn(network: SketchPix2Seq, sketches: Sequence[Polylines]) -> np.ndarray[Any, Any]:
    """A picture (height, width, 3) uint8, BGR: sketches and under each its redraw."""
    network = copy.deepcopy(network).cpu()  # a studio moves its network, and this one trains
    config = network.config
    nowhere = np.zeros((len(config.categories), 1, config.code), dtype=np.float32)
    drawn = Studio(Checkpoint(network, nowhere)).redraw(sketches, Sampling(0.1, 1))
    originals = Row("original", [Cell(sketch) for sketch in sketches])
    return sheet([originals, Row("redraw", [Cell(one.strokes) for one in drawn])])


def _board(folder: Path, step: int) -> Any:
    """A TensorBoard writer; None where TensorBoard is not installed."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it is none of ours what TensorBoard's parts warn of
            from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        return None
    return SummaryWriter(str(folder), purge_step=step + 1)
