"""Answers of a test in files: all of them, for people and for scripts."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.turing import Answer, Question, Score
from sketchstudio.formats.answers import write_answers
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.safe_write import WriteError

SKETCH = [np.array([[-0.5, 0], [0.5, 0.123456]], np.float32)]
SCORE = Score(
    [
        Answer(Question(SKETCH, True, "cats, 3", 8), True, 1.5),
        Answer(Question(SKETCH, False, "cats, 5"), True, 2.25),
    ]
)
WHEN = "2026-01-02T03:04:05+00:00"


def written(path: Path) -> str:
    write_answers(path, SCORE, "studio", Sampling(0.2, 7), WHEN)
    return path.read_text(encoding="utf-8")


def test_a_table_has_a_line_for_each_answer(tmp_path: Path) -> None:
    """What was shown, what was said, and what draws the machine's again."""
    first, second = csv.DictReader(written(tmp_path / "answers.csv").splitlines())
    assert (first["drawn_by"], first["answer"], first["right"]) == ("machine", "machine", "1")
    assert (first["model"], first["seed"], first["temperature"]) == ("studio", "8", "0.2")
    assert (second["drawn_by"], second["answer"], second["right"]) == ("human", "machine", "0")
    assert (second["model"], second["seed"]) == ("", "")
    assert second["drawing"] == "cats, 5"


def test_json_has_the_score_and_the_sketches(tmp_path: Path) -> None:
    """A script can do the sums again, and show others the same sketches."""
    record = json.loads(written(tmp_path / "answers.json"))
    assert (record["right"], record["of"], record["model"]) == (1, 2, "studio")
    low, high = record["interval_95"]
    assert low < 0.5 < high
    assert record["answers"][0]["sketch"] == [[[-0.5, 0.0], [0.5, 0.1235]]]
    assert [answer["seconds"] for answer in record["answers"]] == [1.5, 2.25]


def test_other_places_and_endings_are_refused(tmp_path: Path) -> None:
    """One line that names the file."""
    with pytest.raises(FormatError, match=r"answers\.txt"):
        written(tmp_path / "answers.txt")
    with pytest.raises(WriteError, match="nowhere"):
        written(tmp_path / "nowhere" / "answers.csv")
