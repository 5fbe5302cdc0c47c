"""How likely a network finds people's held-out drawings."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch

from sketchstudio.model.network import SketchPix2Seq
from trainer.batches import Batch
from trainer.losses import batch_losses, held_out_losses


def likelihood(network: SketchPix2Seq, batches: Sequence[Batch], longest: int) -> dict[str, float]:
    """`held_out_losses`, and the ``reconstruction`` loss.

    Args:
        network: In evaluation mode.
        batches: Whole held-out drawings.
        longest: Nmax, the points of the longest drawing of all splits.
    """
    losses = {key: round(value, 4) for key, value in held_out_losses(network, batches).items()}
    return {**losses, "reconstruction": round(reconstruction(network, batches, longest), 4)}


@torch.no_grad()
def reconstruction(network: SketchPix2Seq, batches: Sequence[Batch], longest: int) -> float:
    """L_R of magenta's sketch-rnn: the losses of all steps, summed and divided by Nmax a drawing.

    (Ha and Eck 2017, equation 9.) There, every drawing is padded to Nmax with end rows, and how
    well these are foretold counts too. Our decoder stops at the first, so the rest cost nothing,
    which is what a trained sketch-rnn gets them down to. Codes are the encoder's, without noise.
    """
    total, drawings = 0.0, 0
    for batch in batches:
        losses = batch_losses(network, batch)[1]
        total += losses.offset * int(np.sum(batch.pen != 2)) + losses.pen * len(batch.pen)
        drawings += len(batch.labels)
    return total / (longest * drawings)
