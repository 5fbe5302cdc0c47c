"""Evaluation: measured on held-out drawings, kept apart, written whole."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
from helpers.shapes import SHAPES, shape_splits, tiny_run, write_shapes

from sketchstudio.core.sketch_codec import join
from trainer.__main__ import main
from trainer.evaluate import Evaluation, Settings, beginning
from trainer.export import export
from trainer.loop import Trainer
from trainer.recogniser import Recogniser, RecogniserConfig
from trainer.recogniser_training import RecogniserTrainer, RecogniserTraining
from trainer.report import markdown, percent
from trainer.sketches import Sketches

Splits = dict[str, Sketches]


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with drawings, a recogniser and a model that both learnt a little from them."""
    folder = tmp_path_factory.mktemp("evaluation")
    write_shapes(folder / "data", count=120)
    splits = shape_splits(folder / "data", count=120)
    config = RecogniserConfig(SHAPES, raster=32, channels=(8, 16), hidden=16)
    training = RecogniserTraining(steps=60, batch=32, ema=0.9)
    RecogniserTrainer(config, training, splits, folder).train()
    trainer = Trainer(tiny_run(steps=40), splits, folder / "run")
    trainer.train()
    export(trainer.checkpoint, splits, folder / "tiny.safetensors")
    return folder


def test_the_command_measures_and_writes_everything(
    work: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Table, JSON and sheets of one run agree, and people do better than forty steps."""
    out = work / "out"
    command = ["evaluate", str(work / "tiny.safetensors"), str(work / "data"), "--recogniser"]
    command += [str(work / "recogniser.safetensors"), "--out", str(out)]
    assert main([*command, "--per-category", "4", "--candidates", "2"]) == 0
    printed = capsys.readouterr().out
    assert (out / "report.md").read_text(encoding="utf-8").strip() == printed.strip()
    report = json.loads((out / "report.json").read_text(encoding="utf-8"))
    people, (model,) = report["people"], report["models"]
    assert report["drawings"] <= 12
    assert people["redraw"]["rec"] > 0.8 > model["redraw"]["1"]["rec"]
    assert set(model["redraw"]) == {"1", "2"}
    assert set(model["completion"]) == set(people["fragments"]) == {"25", "50", "75"}
    for ways in model["completion"].values():
        assert ways["auto"]["kept"] == ways["given"]["kept"] == 1
    assert percent(people["redraw"]["rec"]) in printed
    for shape in SHAPES:
        assert f"| {shape} |" in printed
    for name in ("drawings-1.png", "blends.png"):
        picture = cv2.imread(str(out / "tiny" / name))
        assert picture is not None
        assert (picture < 128).any()
    main([*command[:-1], str(work / "again"), "--per-category", "4", "--candidates", "2"])
    assert json.loads((work / "again" / "report.json").read_text(encoding="utf-8")) == report


def test_a_beginning_is_the_first_points_rounded_up() -> None:
    """Cut strokes stay open; at a stroke's end the pen lifts."""
    drawing = [np.array([[0, 0], [1, 0], [2, 0]], np.float32), np.array([[5, 5]], np.float32)]
    for share, count, lifted in ((0.25, 1, False), (0.5, 2, False), (0.75, 3, True), (1, 4, True)):
        begun, at_end = beginning(drawing, share)
        np.testing.assert_array_equal(join(begun)[0], join(drawing)[0][:count])
        assert at_end == lifted
    assert len(beginning(drawing, 0.01)[0][0]) == 1


def test_the_same_few_drawings_of_each_category(work: Path) -> None:
    """Models are compared on the same drawings, and the test split alone is asked for them."""
    splits = shape_splits(work / "data", count=120)
    recogniser, _ = Recogniser.load(work / "recogniser.safetensors")
    one = Evaluation(recogniser, splits["test"], Settings(per_category=2))
    other = Evaluation(recogniser, splits["test"], Settings(per_category=2))
    np.testing.assert_array_equal(np.bincount(one.sketches.labels), [2, 2, 2])
    np.testing.assert_array_equal(one.sketches.starts, other.sketches.starts)
    every = Evaluation(recogniser, splits["test"], Settings(per_category=0))
    assert len(every) == len(splits["test"])


def test_unfitting_parts_are_refused(
    work: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A recogniser that never learnt a category cannot judge it, and a model is no recogniser."""
    Recogniser(RecogniserConfig(("circle",), 32, (8, 16), 16)).save(tmp_path / "r.safetensors", {})
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


def test_models_stand_side_by_side() -> None:
    """A column for each model; what one was not measured on is a hyphen."""
    rec = {"rec": 0.5, "category_mean": 0.5, "categories": {"cat": 0.5}}
    likelihood = {"offset": 0.1, "pen": 0.2, "code_use": 0.3, "named": 0.4}
    models = [
        {"name": name, "parameters": 10**6, "redraw": redraw, "completion": {}}
        | {"likelihood": likelihood}
        for name, redraw in (
            ("one", {"1": {**rec, "finished": 1.0}}),
            ("two", {"1": {**rec, "finished": 0.25}, "8": {**rec, "finished": 1.0}}),
        )
    ]
    report = {
        "drawings": 2000,
        "categories": 1,
        "per_category": 0,
        "temperature": 0.1,
        "seed": 1,
        "recogniser": {"named": 0.9, "sketches": 4000},
        "people": {"redraw": {**rec, "rec": 0.75}, "fragments": {}},
        "models": models,
    }
    text = markdown(report)
    assert "|  | people | one | two |" in text
    assert "| Rec of the originals | 75.0 % | - | - |" in text
    assert "| … finished, K = 1 | - | 100.0 % | 25.0 % |" in text
    assert "| Rec of redraws, K = 8, re-ranked by code | - | - | 50.0 % |" in text
