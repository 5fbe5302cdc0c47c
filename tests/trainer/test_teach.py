"""Teaching from the command line of the trainer: whose drawings are whose, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sketchstudio.core.sketch_codec import Polylines
from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.sketch_files import write_sketches
from sketchstudio.model.classifier import ClassifierConfig
from trainer import teach
from trainer.__main__ import main
from trainer.recogniser import Recogniser
from trainer.sketches import load
from trainer.teach import TESTED, lessons, report


def folder_of(path: Path, **counts: int) -> Path:
    """Files of so many zigzags each, no two alike."""
    path.mkdir(exist_ok=True)
    for name, count in counts.items():
        drawings = []
        for i in range(count):
            points = np.array([[0.0, 0.0], [100.0, 10.0 + i], [30.0, 60.0], [90.0, 120.0]])
            drawings.append(Drawing((points,), name, key=f"{name}{i}"))
        write_sketches(path / f"{name}.ndjson", drawings)
    return path


def marks(drawings: list[Polylines]) -> set[bytes]:
    return {b"".join(stroke.tobytes() for stroke in drawing) for drawing in drawings}


def test_nothing_is_judged_by_what_was_taught(tmp_path: Path):
    """The drawings that are taught, redrawn and shown to the judge are three different parts."""
    folder = folder_of(tmp_path, kite=180, knot=160)
    for _ in range(2):  # and the same ones each time
        kite, knot = lessons(load(folder, ("kite", "knot")), 20)
        parts = [marks(part) for part in (kite.taught, kite.tested, kite.others)]
        assert [len(part) for part in parts] == [20, TESTED, 180 - 20 - TESTED]
        assert len(set.union(*parts)) == 180
        assert len(knot.others) == 160 - 20 - TESTED
    again = lessons(load(folder, ("kite", "knot")), 20)[0]
    assert marks(again.taught) == parts[0]


def test_the_judge_learns_names_and_keeps_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """A category is added at the end; what it named before stays where it was."""
    folder = folder_of(tmp_path / "data", kite=130, knot=130, line=40, wave=40)
    old = load(folder, ("line", "wave"))["train"]
    judge = Recogniser(ClassifierConfig(("line", "wave"), channels=(4, 4, 4, 4), hidden=8))
    monkeypatch.setattr(teach, "EXTENSION", replace(teach.EXTENSION, steps=2, batch=8))
    new = lessons(load(folder, ("kite", "knot")), 20)
    larger = teach.judge_of(judge, old, new, tmp_path)
    assert larger.config.categories == ("line", "wave", "kite", "knot")
    assert set(larger.name([new[0].tested[0]])) <= set(range(4))


def test_a_report_has_a_column_for_each(tmp_path: Path):
    """The table and the file hold what was measured."""
    table = report({"kite": {"redraw": 70.0}, "knot": {"redraw": 71.5}}, tmp_path)
    assert table.splitlines()[-1] == "| redraw | 70.0 | 71.5 |"
    assert (tmp_path / "taught.json").exists()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["kite"], "fewer than 50"),
        (["kite", "--count", "20", "--measure"], "fewer than 121"),
        (["kite", "--count", "20", "--measure", "--judge", "any.safetensors"], "fewer than 120"),
        (["boat"], "no drawings of boat"),
        (["kite", "--model", "nothing"], "no model 'nothing'"),
    ],
)
def test_what_cannot_be_taught_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], says: str
):
    """Too few drawings, a category that is not there, no such model."""
    folder = folder_of(tmp_path, kite=20)
    assert main(["teach", str(folder), *arguments]) == 2
    said = capsys.readouterr().err
    assert says in said
    assert said.count("\n") == 1
