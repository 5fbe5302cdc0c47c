"""L_R: the field's number, from ours."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from helpers.shapes import shape_splits, tiny_run

from trainer.evaluation.likelihood import likelihood, reconstruction
from trainer.loop import Trainer, batch_losses, whole_batches


def test_reconstruction_is_the_sum_of_all_steps_over_nmax(tmp_path: Path) -> None:
    """As magenta has it, with every drawing padded to Nmax and nothing lost after its end."""
    splits = shape_splits(tmp_path / "data")
    trainer = Trainer(tiny_run(), splits, tmp_path)
    network, test = trainer.average, splits["test"]
    batches = whole_batches(test, trainer.config)
    total = 0.0
    for i, length in enumerate(test.lengths):
        (alone,) = whole_batches(test.subset(np.array([i])), trainer.config)
        losses = batch_losses(network, alone)[1]
        total += losses.offset * length + losses.pen * (length + 1)
    expected = total / 32 / len(test)
    assert reconstruction(network, batches, 32) == pytest.approx(expected, rel=1e-4)
    assert reconstruction(network, batches, 64) == pytest.approx(expected / 2, rel=1e-4)
    scores = likelihood(network, batches, 32)
    assert scores["reconstruction"] == pytest.approx(expected, abs=1e-3)
    assert scores["nll"] == pytest.approx(scores["offset"] + scores["pen"], abs=2e-4)
