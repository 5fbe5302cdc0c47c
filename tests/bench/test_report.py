"""Timings as text."""

from __future__ import annotations

import json

import pytest

from sketchstudio import cli
from sketchstudio.bench import engine
from sketchstudio.bench.report import Figure, render


def test_percentiles() -> None:
    """Median and tails are those of the repetitions."""
    figure = Figure.of("wait", "ms", range(101))
    assert (figure.median, figure.p95, figure.p99) == (50, 95, 99)


def test_the_command_prints_table_and_json(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """People and scripts read the same figures."""
    figures = [Figure("wait", "ms", 1.5, 2.0, 2.25), Figure("a ratio", "times", 2, 2, 2)]
    monkeypatch.setattr(engine, "measure", lambda: figures)
    assert cli.main(["bench", "engine"]) == 0
    assert capsys.readouterr().out == render(figures, as_json=False) + "\n"
    assert "wait          1.50       2.00       2.25  ms" in render(figures, as_json=False)
    assert cli.main(["bench", "engine", "--json"]) == 0
    assert [Figure(**row) for row in json.loads(capsys.readouterr().out)] == figures


def test_missing_weights_are_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A checkout without weights says so instead of showing a traceback."""

    def measure() -> list[Figure]:
        raise RuntimeError("there are no weights")

    monkeypatch.setattr(engine, "measure", measure)
    assert cli.main(["bench", "engine"]) == 2
    assert capsys.readouterr().err == "sketchstudio: there are no weights\n"
