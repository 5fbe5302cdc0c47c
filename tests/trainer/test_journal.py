"""What a run leaves to look at, and that a resumed run goes on in it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from helpers.shapes import shape_splits, tiny_run

from sketchstudio.model.checkpoint import Checkpoint
from sketchstudio.model.studio import Studio
from trainer.journal import Journal, read_history, redrawn
from trainer.loop import Trainer
from trainer.sketches import Sketches

Splits = dict[str, Sketches]


@pytest.fixture(scope="module")
def splits(tmp_path_factory: pytest.TempPathFactory) -> Splits:
    return shape_splits(tmp_path_factory.mktemp("shapes"))


def journal(splits: Splits, folder: Path, step: int = 0) -> Journal:
    held_out = splits["valid"]
    return Journal(folder, step, 16, [held_out.polylines(i) for i in range(2)])


def test_a_line_each_validation(splits: Splits, tmp_path: Path) -> None:
    """Losses of training and of held-out sketches, against what was seen and how long it took."""
    trainer = Trainer(tiny_run(), splits, tmp_path)
    written = journal(splits, tmp_path)
    trainer.train(written)
    written.close()
    first, second = read_history(tmp_path)
    assert (first["step"], second["step"], second["sketches"]) == (6, 12, 192)
    assert second["seconds"] >= first["seconds"] > 0
    assert 0 <= second["waited"] <= 1
    assert second["valid"]["nll"] == pytest.approx(trainer.validate()["nll"], abs=1e-4)
    assert second["train"].keys() == {"nll", "offset", "pen", "category", "named"}


def test_a_resumed_run_forgets_what_it_will_do_again(splits: Splits, tmp_path: Path) -> None:
    """A run killed after a validation and before a checkpoint would else have it twice."""
    written = journal(splits, tmp_path)
    Trainer(tiny_run(), splits, tmp_path).train(written)
    written.close()
    whole = (tmp_path / "history.jsonl").read_text()
    (tmp_path / "history.jsonl").write_text(whole + '{"step": 13, "cut')
    assert len(read_history(tmp_path)) == 2
    journal(splits, tmp_path, step=6).close()
    assert [line["step"] for line in read_history(tmp_path)] == [6]


def test_tensorboard_gets_scalars_and_sketches(splits: Splits, tmp_path: Path) -> None:
    """The same numbers, and a picture of redraws, by step."""
    pytest.importorskip("tensorboard")
    from tensorboard.backend.event_processing.event_accumulator import EventAccumulator

    written = journal(splits, tmp_path)
    Trainer(tiny_run(), splits, tmp_path).train(written)
    written.close()
    events = EventAccumulator(str(tmp_path / "tensorboard"))
    events.Reload()
    nlls = events.Scalars("nll/valid")
    assert [scalar.step for scalar in nlls] == [6, 12]
    assert nlls[-1].value == pytest.approx(read_history(tmp_path)[-1]["valid"]["nll"], abs=1e-4)
    assert [image.step for image in events.Images("redraws")] == [6, 12]


def test_training_needs_no_tensorboard(
    splits: Splits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is an extra: without it the history is written all the same."""
    monkeypatch.setitem(sys.modules, "torch.utils.tensorboard", None)
    written = journal(splits, tmp_path)
    Trainer(tiny_run(), splits, tmp_path).train(written)
    assert len(read_history(tmp_path)) == 2
    assert not (tmp_path / "tensorboard").exists()


def test_redraws_leave_the_trainers_network_where_it_is(
    splits: Splits, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a GPU its weights are no NumPy arrays, and a studio would move its encoder away."""
    networks: list[object] = []

    def noted(checkpoint: Checkpoint) -> Studio:
        networks.append(checkpoint.network)
        return Studio(checkpoint)

    monkeypatch.setattr("trainer.journal.Studio", noted)
    average = Trainer(tiny_run(), splits, tmp_path).average
    redrawn(average, [splits["valid"].polylines(0)])
    assert len(networks) == 1
    assert networks[0] is not average


def test_redraws_show_each_sketch_and_what_became_of_it(splits: Splits, tmp_path: Path) -> None:
    """Two rows with ink in every column."""
    trainer = Trainer(tiny_run(), splits, tmp_path)
    image = redrawn(trainer.average, [splits["valid"].polylines(i) for i in range(3)])
    height, width = (image.shape[0] - 1) // 2, 112
    for row in range(2):
        for column in range(3):
            x = image.shape[1] - 1 - (3 - column) * width
            cell = image[row * height + 2 : (row + 1) * height - 2, x + 2 : x + width - 2]
            assert cell.min() < 100
