"""Export: what was trained is what the app loads."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from helpers.shapes import SHAPES, shape_splits, tiny_run, write_shapes
from safetensors import safe_open

from sketchstudio.core.sampling import Sampling
from sketchstudio.model.checkpoint import Checkpoint, load_checkpoint
from sketchstudio.model.classifier import TIMED, ClassifierConfig
from sketchstudio.model.studio import Studio
from trainer.__main__ import main
from trainer.configuration import RunConfig
from trainer.export import (
    EXEMPLARS,
    USUAL,
    averaged_network,
    category_codes,
    export,
    training_of,
    usual_codes,
)
from trainer.loop import Trainer, read_checkpoint
from trainer.recogniser import Recogniser
from trainer.sketches import Sketches, load

Splits = dict[str, Sketches]


@pytest.fixture(scope="module")
def splits(tmp_path_factory: pytest.TempPathFactory) -> Splits:
    return shape_splits(tmp_path_factory.mktemp("shapes"))


@pytest.fixture(scope="module")
def trained(splits: Splits, tmp_path_factory: pytest.TempPathFactory) -> Trainer:
    trainer = Trainer(tiny_run(steps=60), splits, tmp_path_factory.mktemp("run"))
    trainer.train()
    return trainer


def test_the_app_loads_the_averaged_weights(
    trained: Trainer, splits: Splits, tmp_path: Path
) -> None:
    """Every tensor of the averaged network arrives, to half precision."""
    out = tmp_path / "weights" / "tiny.safetensors"
    export(read_checkpoint(trained.checkpoint), splits, out)
    network = load_checkpoint(out).network
    assert network.config == trained.config
    expected = trained.average.state_dict()
    for name, tensor in network.state_dict().items():
        if not name.endswith("num_batches_tracked"):
            torch.testing.assert_close(tensor, expected[name], rtol=1e-3, atol=1e-4)
    drawn = Studio.load(str(out), device="cpu").redraw([splits["test"].polylines(0)], Sampling())
    assert drawn[0].strokes


def test_category_codes_are_typical_training_codes(trained: Trainer, splits: Splits) -> None:
    """Exemplars lie on the sphere, are of the category, and differ."""
    network = averaged_network(read_checkpoint(trained.checkpoint))
    exemplars = category_codes(network, splits["train"])
    assert exemplars.shape == (3, EXEMPLARS, 16)
    np.testing.assert_allclose(np.sqrt((exemplars**2).mean(axis=-1)), 1, atol=1e-3)
    with torch.no_grad():
        named = network.category(torch.from_numpy(exemplars)).argmax(dim=-1)
    assert (named == torch.arange(3)[:, None]).float().mean() > 0.9
    for each in exemplars:
        assert len(np.unique(each.round(4), axis=0)) > EXEMPLARS // 2
        distances = np.linalg.norm(each - each[:1], axis=1)
        assert distances[0] == 0


def test_usual_codes_are_those_of_any_drawings(trained: Trainer, splits: Splits) -> None:
    """As they come, of each category as many."""
    network = averaged_network(read_checkpoint(trained.checkpoint))
    usual = usual_codes(network, splits["train"])
    assert usual.shape == (3, USUAL, 16)
    for label, codes in enumerate(usual):
        of_category = np.flatnonzero(splits["train"].labels == label)
        drawings = [splits["train"].polylines(int(i)) for i in of_category]
        theirs = Studio(Checkpoint(network, usual)).encode_boxed(drawings)
        assert (np.abs(codes[:, None] - theirs).max(axis=2).min(axis=1) < 1e-4).all()
        assert len(np.unique(codes.round(4), axis=0)) == min(USUAL, len(drawings))


def test_a_category_of_few_drawings_still_fills_its_exemplars(
    trained: Trainer, splits: Splits
) -> None:
    """Some come twice rather than none."""
    train = splits["train"]
    few = train.subset(np.concatenate([np.flatnonzero(train.labels == i)[:5] for i in range(3)]))
    network = averaged_network(read_checkpoint(trained.checkpoint))
    exemplars = category_codes(network, few)
    assert exemplars.shape == (3, EXEMPLARS, 16)
    assert len(np.unique(exemplars[0].round(4), axis=0)) == 5


def test_the_command_writes_weights_card_and_checksum(trained: Trainer, tmp_path: Path) -> None:
    """The file says how it was trained, and its checksum is of what was written."""
    folder, out = write_shapes(tmp_path / "data"), tmp_path / "tiny.safetensors"
    assert main(["export", str(trained.checkpoint), str(folder), "-o", str(out)]) == 0
    with safe_open(out, framework="pt") as file:
        metadata = file.metadata()
        assert file.get_tensor("codes.exemplars").dtype == torch.float16
        assert not any(name.endswith("num_batches_tracked") for name in file.keys())  # noqa: SIM118
    assert metadata["format"] == "sketchstudio-model"
    assert metadata["version"] == "1"
    assert json.loads(metadata["config"])["categories"] == list(SHAPES)
    training = json.loads(metadata["training"])
    assert training["steps"] == 60
    assert training["sketches_seen"] == 960
    assert training["validation"]["nll"] > -10
    assert training["data"].endswith(" drawings of 3 categories")
    assert "licence" not in training
    digest, name = Path(f"{out}.sha256").read_text().split()
    assert digest == hashlib.sha256(out.read_bytes()).hexdigest()
    assert name == out.name


def test_the_weights_state_the_licence_of_the_configuration(splits: Splits, tmp_path: Path) -> None:
    """Drawings have whose licence the run says, and no other."""
    trainer = Trainer(replace(tiny_run(1), licence="CC0: mine"), splits, tmp_path)
    trainer.save()
    assert (
        export(read_checkpoint(trainer.checkpoint), splits, tmp_path / "a.safetensors")["licence"]
        == "CC0: mine"
    )


def test_what_is_no_checkpoint_is_named(
    trained: Trainer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line, and nothing is written."""
    path, out = tmp_path / "last.pt", tmp_path / "out.safetensors"
    folder = write_shapes(tmp_path / "data", count=3)
    saved = read_checkpoint(trained.checkpoint)
    run = saved.pop("run")
    other = {**saved, "run": run, "average": {}}
    for content, line in (
        (b"", "is no checkpoint"),
        (b"not a checkpoint", "is no checkpoint"),
        ({"step": 3}, "is no checkpoint"),
        (saved, "is no checkpoint of a training run: it lacks run\n"),
        (other, "another version"),
    ):
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            torch.save(content, path)
        assert main(["export", str(path), str(folder), "-o", str(out)]) == 2
        error = capsys.readouterr().err
        assert line in error
        assert error.count("\n") == 1
    assert not out.exists()


def test_drawings_of_other_categories_are_refused(
    trained: Trainer, splits: Splits, tmp_path: Path
) -> None:
    """Codes of the wrong categories would name everything wrong."""
    folder = write_shapes(tmp_path / "data", count=30)
    other = load(folder, ("square", "circle"))
    with pytest.raises(ValueError, match="categories"):
        export(read_checkpoint(trained.checkpoint), other, tmp_path / "out.safetensors")


@pytest.mark.parametrize("variant", ["sketch-rnn", "sketch-pix2seq"])
def test_a_paper_variant_ships_too(variant: str, splits: Splits, tmp_path: Path) -> None:
    """From its configuration file, small: trained, exported, and used as the app does."""
    paper = RunConfig.load(variant)
    small = {"code": 8, "hidden": 16, "mixtures": 3, "encoder_hidden": 8, "max_points": 32}
    run = replace(tiny_run(4), name=variant, model={**paper.model, **small})
    trainer = Trainer(run, splits, tmp_path / "run")
    trainer.train()
    out = tmp_path / f"{variant}.safetensors"
    validation = export(read_checkpoint(trainer.checkpoint), splits, out)["validation"]
    assert {"nll", "kl", "code_use"} <= validation.keys()
    assert not {"category", "named"} & validation.keys()
    studio = Studio.load(str(out), device="cpu")
    drawing = splits["test"].polylines(0)
    assert studio.guess(studio.encode([drawing])).shape == (1, 3)
    assert studio.complete([drawing], Sampling(), category="zigzag")[0].strokes


def guesser(folder: Path, *categories: str, units: int = 0) -> str:
    """A file of a guesser that knows nothing yet."""
    path = folder / f"{units}{'-'.join(categories)}.safetensors"
    kind = ClassifierConfig(categories, 16, (4, 8), 8, pictures=1 if units else TIMED, units=units)
    Recogniser(kind).save(path, {})
    return str(path)


def exported(trained: Trainer, tmp_path: Path, *guessers: str) -> int:
    """What the command ends with."""
    data = write_shapes(tmp_path / "data", count=30)
    options = [option for path in guessers for option in ("--guesser", path)]
    out = str(tmp_path / "m.safetensors")
    return main(["export", str(trained.checkpoint), str(data), "-o", out, *options])


def test_guessers_of_both_kinds_ship(trained: Trainer, tmp_path: Path) -> None:
    """One that sees pictures and one that reads points, in one file."""
    paths = [guesser(tmp_path, *SHAPES), guesser(tmp_path, *SHAPES, units=4)]
    assert exported(trained, tmp_path, *paths) == 0
    there = load_checkpoint(tmp_path / "m.safetensors").guessers
    assert [one.config.units for one in there] == [0, 4]


@pytest.mark.parametrize(
    ("others", "why"),
    [
        ((("square", "circle"), 0), "see the same"),
        ((("square", "circle"), 4), "different categories"),
        ((("owl",), 4), "names"),
    ],
)
def test_guessers_that_do_not_fit_are_refused(
    trained: Trainer,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    others: tuple[tuple[str, ...], int],
    why: str,
) -> None:
    """Before anything is written: such a file could not be loaded, or would lack one of them."""
    names, units = others
    paths = [guesser(tmp_path, *names, units=units)]
    if why != "names":
        paths.insert(0, guesser(tmp_path, *SHAPES))
    assert exported(trained, tmp_path, *paths) != 0
    assert why in capsys.readouterr().err
    assert not (tmp_path / "m.safetensors").exists()


def test_a_model_can_get_other_guessers(trained: Trainer, tmp_path: Path) -> None:
    """What it draws and says of its training stays; without any given, it keeps those it has."""
    data, first = str(write_shapes(tmp_path / "data", count=30)), tmp_path / "m.safetensors"
    assert exported(trained, tmp_path, guesser(tmp_path, *SHAPES)) == 0
    before, out = load_checkpoint(first), tmp_path / "again.safetensors"
    other = guesser(tmp_path, *SHAPES, units=4)
    for options, units in ((["--guesser", other], [4]), ([], [0])):
        assert main(["export", str(first), data, "-o", str(out), *options]) == 0
        after = load_checkpoint(out)
        assert [one.config.units for one in after.guessers] == units
        np.testing.assert_array_equal(after.exemplar_codes, before.exemplar_codes)
        state = before.network.state_dict()
        assert all(torch.equal(state[k], v) for k, v in after.network.state_dict().items())
        assert training_of(out) == training_of(first)
