"""Answers of a "human or machine" test, for a table or a script."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import numpy as np

from sketchstudio.core.sampling import Sampling
from sketchstudio.core.stroke import Points
from sketchstudio.core.turing import Answer, Score
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.safe_write import safe_write

ENDINGS = (".csv", ".json")

_DECIMALS = 4  # of box units and shares


def write_answers(path: Path, score: Score, model: str, sampling: Sampling, when: str) -> None:
    """Write all answers: ``.csv`` a line each, ``.json`` with the score and the sketches too.

    Args:
        path: Its ending says which.
        score: The answers.
        model: Name of the model that redrew.
        sampling: How it redrew.
        when: ISO 8601.

    Raises:
        FormatError: Another ending.
        WriteError: The place cannot be written.
    """
    rows = [_row(number, answer, model, sampling) for number, answer in enumerate(score.answers, 1)]
    match path.suffix.lower():
        case ".csv":
            text = io.StringIO()
            writer = csv.DictWriter(text, list(rows[0]) if rows else [])
            writer.writeheader()
            writer.writerows(rows)
            content = text.getvalue()
        case ".json":
            content = json.dumps(_record(score, rows, model, sampling, when)) + "\n"
        case _:
            raise FormatError(f"{path}: answers are written to {' or '.join(ENDINGS)}")
    with safe_write(path) as file:
        file.write(content.encode())


def _row(number: int, answer: Answer, model: str, sampling: Sampling) -> dict[str, Any]:
    question = answer.question
    return {
        "number": number,
        "drawn_by": _who(question.by_machine),
        "answer": _who(answer.said_machine),
        "right": int(answer.right),
        "seconds": answer.seconds,
        "drawing": question.subject,
        "model": model if question.by_machine else "",
        "seed": "" if question.seed is None else question.seed,
        "temperature": sampling.temperature if question.by_machine else "",
    }


def _record(
    score: Score, rows: list[dict[str, Any]], model: str, sampling: Sampling, when: str
) -> dict[str, Any]:
    low, high = score.interval
    answers = [
        row | {"sketch": [_numbers(stroke) for stroke in answer.question.sketch]}
        for row, answer in zip(rows, score.answers, strict=True)
    ]
    return {
        "when": when,
        "model": model,
        "temperature": sampling.temperature,
        "seed": sampling.seed,
        "right": score.right,
        "of": len(rows),
        "interval_95": [round(low, _DECIMALS), round(high, _DECIMALS)],
        "answers": answers,
    }


def _numbers(stroke: Points) -> list[list[float]]:
    rounded: list[list[float]] = stroke.astype(np.float64).round(_DECIMALS).tolist()
    return rounded


def _who(machine: bool) -> str:
    return "machine" if machine else "human"
