"""Evaluation: measured on held-out drawings, kept apart, written whole."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.shapes import SHAPES, shape_splits, tiny_run

from sketchstudio.core.sketch_codec import join
from sketchstudio.model.classifier import ClassifierConfig
from trainer.__main__ import main
from trainer.evaluation.evaluate import _names
from trainer.evaluation.held_out import HeldOut, beginning
from trainer.evaluation.report import percent
from trainer.export import export
from trainer.loop import Trainer, read_checkpoint
from trainer.recogniser import Recogniser
from trainer.recogniser_training import RecogniserTrainer, RecogniserTraining
from trainer.sketches import Sketches

Splits = dict[str, Sketches]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with drawings, a recogniser and a model that both learnt a little from them."""
    folder = tmp_path_factory.mktemp("evaluation")
    splits = shape_splits(folder / "data", count=120)
    config = ClassifierConfig(SHAPES, raster=32, channels=(8, 16), hidden=16)
    training = RecogniserTraining(steps=60, batch=32, ema=0.9)
    RecogniserTrainer(config, training, splits, folder).train()
    trainer = Trainer(tiny_run(steps=40), splits, folder / "run")
    trainer.train()
    export(read_checkpoint(trainer.checkpoint), splits, folder / "tiny.safetensors")
    return folder


def test_the_command_measures_and_writes_everything(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Table, JSON and pictures of one run agree, and people do better than forty steps."""
    out = work / "out"
    command = ["evaluate", str(work / "tiny.safetensors"), str(work / "data"), "--recogniser"]
    command += [str(work / "recogniser.safetensors"), "--out", str(out)]
    assert main([*command, "--per-category", "4", "--candidates", "2"]) == 0
    printed = capsys.readouterr().out
    assert (out / "report.md").read_text(encoding="utf-8").strip() == printed.strip()
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    people, (model,) = report["people"], report["models"]
    assert report["drawings"] <= 12 < report["gallery"]
    assert people["redraw"]["rec"] > 0.8 > model["redraw"]["1"]["rec"]
    assert set(model["redraw"]) == {"1", "2"}
    assert set(model["healing"]) == {"10", "30"}
    for scores in [*model["redraw"].values(), *model["healing"].values()]:
        assert 0 <= scores["ret"]["1"] <= scores["ret"]["10"] <= scores["ret"]["50"] <= 1
    assert set(model["completion"]) == set(people["fragments"]) == {"25", "50", "75"}
    assert set(model["completion"]["50"]) == {"auto", "auto_ranked", "given", "ranked"}
    assert "| Rec from 50 %, category unknown, K = 2, re-ranked |" in printed
    assert "| Rec from 50 %, category given, K = 2, re-ranked |" in printed
    assert -1 <= model["latent"]["silhouette"] <= 1
    assert 0 <= model["latent"]["purity"] <= 1
    assert model["latent"]["path"] >= 0.99
    assert model["told_apart"] is None, "six pairs teach nothing"
    assert np.isfinite(model["likelihood"]["reconstruction"])
    assert percent(people["redraw"]["rec"]) in printed
    for shape in SHAPES:
        assert f"| {shape} |" in printed
    for name in ("drawings-1.png", "blends.png", "cartoons.png", "map.png"):
        picture = cv2.imread(str(out / "tiny" / name))
        assert picture is not None
        assert (picture < 128).any()
    main([*command[:-1], str(work / "again"), "--per-category", "4", "--candidates", "2"])
    assert json.loads((work / "again" / "report.json").read_text(encoding="utf-8")) == report


def test_it_measures_without_scikit_learn(
    work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only the map is missing, and one line says why."""
    monkeypatch.setitem(sys.modules, "sklearn.manifold", None)
    command = ["evaluate", str(work / "tiny.safetensors"), str(work / "data"), "--recogniser"]
    command += [str(work / "recogniser.safetensors"), "--out", str(tmp_path)]
    command += ["--per-category", "1", "--candidates", "1", "--split", "valid"]
    assert main(command) == 0
    output = capsys.readouterr()
    assert "install scikit-learn" in output.err
    assert "of the valid split" in output.out
    assert not (tmp_path / "tiny" / "map.png").exists()
    assert (tmp_path / "tiny" / "blends.png").exists()


def test_models_of_one_name_have_folders_of_their_own() -> None:
    """Neither overwrites the other's pictures."""
    paths = [Path("a/new studio.safetensors"), Path("b/new studio.safetensors"), Path("cat.x")]
    assert _names(paths) == ["new-studio-1", "new-studio-2", "cat"]


def test_a_beginning_is_the_first_points_rounded_up() -> None:
    """Cut strokes stay open; at a stroke's end the pen lifts."""
    drawing = [np.array([[0, 0], [1, 0], [2, 0]], np.float32), np.array([[5, 5]], np.float32)]
    for share, count, lifted in ((0.25, 1, False), (0.5, 2, False), (0.75, 3, True), (1, 4, True)):
        begun, at_end = beginning(drawing, share)
        np.testing.assert_array_equal(join(begun)[0], join(drawing)[0][:count])
        assert at_end == lifted
    assert len(beginning(drawing, 0.01)[0][0]) == 1


def test_the_same_few_drawings_of_each_category(work: Path) -> None:
    """Models are compared on the same drawings, and all are there to be retrieved."""
    test = shape_splits(work / "data", count=120)["test"]
    recogniser, _ = Recogniser.load(work / "recogniser.safetensors")
    one, other = HeldOut(recogniser, test, 2), HeldOut(recogniser, test, 2)
    np.testing.assert_array_equal(np.bincount(one.labels), [2, 2, 2])
    np.testing.assert_array_equal(one.chosen, other.chosen)
    assert len(one.gallery) == len(test)
    for drawing, i in zip(one.drawings, one.chosen, strict=True):
        np.testing.assert_array_equal(join(drawing)[0], join(one.gallery[i])[0])
    assert len(HeldOut(recogniser, test, 0)) == len(test)


def test_labels_follow_the_order_of_the_model(work: Path) -> None:
    """A model may have learnt the same categories in another order."""
    test = shape_splits(work / "data", count=120)["test"]
    held_out = HeldOut(Recogniser.load(work / "recogniser.safetensors")[0], test, 2)
    turned = tuple(reversed(SHAPES))
    names = [SHAPES[label] for label in held_out.labels]
    assert [turned[label] for label in held_out.in_order_of(turned).labels] == names


def test_unfitting_parts_are_refused(
    work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A recogniser that never learnt a category cannot judge it, and a model is no recogniser."""
    Recogniser(ClassifierConfig(("circle",), 32, (8, 16), 16)).save(tmp_path / "r.safetensors", {})
    model, data, out = str(work / "tiny.safetensors"), str(work / "data"), str(tmp_path / "out")
    for judge, message in (
        (str(tmp_path / "r.safetensors"), "has not learnt square, zigzag"),
        (model, "is no recogniser"),
    ):
        command = ["evaluate", model, data, "--recogniser", judge, "--out", out]
        assert main(command) == 2
        assert message in capsys.readouterr().err
    judge = str(work / "recogniser.safetensors")
    assert main(["evaluate", judge, data, "--recogniser", judge, "--out", out]) == 2
    assert "is not a model" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
