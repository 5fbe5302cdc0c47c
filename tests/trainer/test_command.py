"""``python -m trainer``: a run from a configuration file, resumed, and refused in one line."""

from __future__ import annotations

import io
import sys
from pathlib import Path

import pytest
from helpers.shapes import write_shapes

from trainer.__main__ import main

TOML = """
name = "shapes"
categories = ["circle", "zigzag"]
[model]
raster = 32
channels = [4, 8]
code = 16
hidden = 32
mixtures = 3
max_points = 32
[training]
batch = 16
warmup = 2
decay_steps = 2
checkpoint_every = 2
"""


@pytest.fixture
def run(tmp_path: Path) -> list[str]:
    """Data and configuration, as arguments."""
    config = tmp_path / "shapes.toml"
    config.write_text(TOML, encoding="utf-8")
    return [str(write_shapes(tmp_path / "data")), "--config", str(config)]


def test_train_resumes_where_it_ended(
    run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same command with more steps goes on from the checkpoint."""
    command = ["train", *run, "--out", str(tmp_path / "out"), "--device", "cpu", "--threads", "1"]
    assert main([*command, "--steps", "4"]) == 0
    first = capsys.readouterr().out
    assert "step 4: nll" in first
    assert "resumed" not in first
    assert main([*command, "--steps", "6"]) == 0
    assert "resumed at step 4" in (second := capsys.readouterr().out)
    assert "step 6: nll" in second


def test_train_begins_with_an_exported_model(
    run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is as good at once; what is no model is one line."""
    model, data = tmp_path / "model.safetensors", run[0]
    usual = ["train", *run, "--device", "cpu", "--threads", "1"]
    assert main([*usual, "--out", str(tmp_path / "one"), "--steps", "60"]) == 0
    assert main(["export", str(tmp_path / "one" / "best.pt"), data, "-o", str(model)]) == 0
    capsys.readouterr()
    for name, extra in (("two", ["--start", str(model)]), ("three", [])):
        assert main([*usual, "--out", str(tmp_path / name), "--steps", "1", *extra]) == 0
    found = [line.split()[3] for line in capsys.readouterr().out.splitlines() if "nll" in line]
    begun, anew = map(float, found)
    assert begun < anew - 0.3
    assert main([*usual, "--out", str(tmp_path / "four"), "--start", data]) == 2
    assert "cannot be read as a model" in capsys.readouterr().err


def test_recogniser_is_trained_on_the_configured_categories(
    run: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says what it names right of drawings it never saw, and where it is."""
    out = tmp_path / "out"
    assert main(["recogniser", *run, "--out", str(out), "--steps", "2", "--threads", "1"]) == 0
    printed = capsys.readouterr().out
    assert "test: " in printed
    assert "recogniser.safetensors" in printed
    assert (out / "recogniser.safetensors").stat().st_size < 4_000_000


@pytest.mark.parametrize("command", ["train", "recogniser"])
def test_a_folder_without_drawings_is_one_line(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No traceback for what a person can mend."""
    assert main([command, str(tmp_path / "nowhere"), "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert "nowhere" in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_an_interrupt_says_whether_it_can_go_on(
    run: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Ctrl+C is no crash."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("trainer.sketches.load", interrupt)
    assert main(["train", *run, "--out", str(tmp_path / "out")]) == 130
    assert "goes on where it was stopped" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "named"),
    [
        ("train x --batch 0", "'0' is no whole number"),
        ("train x --threads -1", "--threads"),
        ("train x --steps many", "'many' is no whole number"),
        ("bench x --rounds 0", "--rounds"),
        ("evaluate m x --temperature nan", "'nan' is no temperature"),
        ("evaluate m x --candidates -3", "--candidates"),
        ("evaluate m x --per-category -1", "--per-category"),
        ("prepare x --out y --workers 0", "--workers"),
        ("juggle", "juggle"),
    ],
)
def test_wrong_options_are_one_line(
    command: str, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """They say which, before anything is read."""
    assert main(command.split()) == 2
    error = capsys.readouterr().err
    assert named in error
    assert "--help" in error
    assert error.count("\n") == 1


def test_a_gpu_that_is_not_there_is_one_line(
    run: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Instead of a traceback out of the depths of PyTorch."""
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    assert main(["train", *run, "--out", str(tmp_path / "out"), "--device", "cuda"]) == 2
    assert "no CUDA device" in capsys.readouterr().err


def test_signs_that_a_file_cannot_take_are_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """A report goes to a Windows file, too."""
    file = io.TextIOWrapper(io.BytesIO(), encoding="cp1252")
    monkeypatch.setattr(sys, "stdout", file)
    monkeypatch.setattr("trainer.commands.draw_shapes", lambda _: file.write("\u2713 \u2265"))
    main(["shapes", "x"])
    file.flush()
    assert file.buffer.getvalue().strip() == b"? ?"  # type: ignore[attr-defined]
