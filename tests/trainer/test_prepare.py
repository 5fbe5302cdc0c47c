"""Preparing: the same sketches as loading, restartable, and bad lines are named."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from helpers.shapes import SHAPES, shape, write_shapes

from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.quickdraw import write_drawings
from trainer import prepare as module
from trainer.__main__ import main
from trainer.prepare import prepare, sources
from trainer.sketches import PREPARED, SPLITS, Sketches, load


def same(one: Sketches, other: Sketches) -> bool:
    """Whether both have the same sketches in the same order."""
    names = ("points", "lifts", "starts", "lengths", "labels")
    arrays = all(np.array_equal(getattr(one, name), getattr(other, name)) for name in names)
    return arrays and one.categories == other.categories


@pytest.mark.parametrize("workers", [1, 2])
def test_a_prepared_folder_is_the_folder(tmp_path: Path, workers: int) -> None:
    """Training sees the same sketches in the same order, whichever it is given."""
    data = write_shapes(tmp_path / "data")
    about = prepare(sources([data]), tmp_path / "out", workers=workers)
    loaded, mapped = load(data), load(tmp_path / "out")
    for split in SPLITS:
        assert same(loaded[split], mapped[split])
        assert about["sketches"][split] == len(loaded[split])
    std = loaded["train"].offset_std()
    assert mapped["train"].offset_std() == pytest.approx(std, rel=1e-6)
    assert isinstance(mapped["train"].points.base, np.memmap)
    assert not (tmp_path / "out" / "parts").exists()


def test_some_categories_and_shorter_ones(tmp_path: Path) -> None:
    """What a configuration asks for is taken of all that was prepared."""
    data = write_shapes(tmp_path / "data")
    prepare(sources([data]), tmp_path / "out")
    for options in ((("zigzag", "circle"), 128), ((), 10), (("zigzag",), 9)):
        loaded, mapped = load(data, *options), load(tmp_path / "out", *options)
        for split in SPLITS:
            assert len(loaded[split]) == len(mapped[split])
            for i in range(len(loaded[split])):
                one, other = loaded[split].polylines(i), mapped[split].polylines(i)
                assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
            np.testing.assert_array_equal(loaded[split].labels, mapped[split].labels)
        std = loaded["train"].offset_std()
        assert mapped["train"].offset_std() == pytest.approx(std, rel=1e-5)
    with pytest.raises(FileNotFoundError, match="teapot"):
        load(tmp_path / "out", ("teapot",))


def test_all_official_formats_and_gzip(tmp_path: Path) -> None:
    """Whatever the drawings came in, the sketches are the same."""
    rng = np.random.default_rng(3)
    drawings = [Drawing(shape("circle", rng), "circle") for _ in range(20)]
    for name in ("a.ndjson", "b.npz", "c.bin"):
        write_drawings(tmp_path / name, drawings)
    for name, packed in (("a.ndjson", "d.ndjson.gz"), ("c.bin", "e.bin.gz")):
        (tmp_path / packed).write_bytes(gzip.compress((tmp_path / name).read_bytes()))
    prepare(sources([tmp_path]), tmp_path / "out")
    splits = load(tmp_path / "out")
    assert splits["train"].categories == ("a", "b", "c", "d", "e")
    train = splits["train"]
    sketches = [
        np.concatenate([np.concatenate(train.polylines(i)) for i in np.flatnonzero(own)])
        for own in (train.labels == label for label in range(5))
    ]
    assert len(sketches[0]) > 100
    np.testing.assert_array_equal(sketches[3], sketches[0])
    np.testing.assert_array_equal(sketches[4], sketches[2])


def test_bad_lines_are_counted_and_named(tmp_path: Path) -> None:
    """By file and line, and nothing else is lost, also where a file is cut off."""
    data = write_shapes(tmp_path / "data", count=20)
    with (data / "circle.ndjson").open("a", encoding="utf-8") as file:
        file.write("not JSON\n" + json.dumps({"drawing": []}) + "\n")
    packed = gzip.compress((data / "square.ndjson").read_bytes())
    (data / "square.ndjson").unlink()
    (data / "square.ndjson.gz").write_bytes(packed[: len(packed) - 30])
    about = prepare(sources([data]), tmp_path / "out")
    named = (tmp_path / "out" / "skipped.txt").read_text(encoding="utf-8").splitlines()
    assert about["skipped"] == len(named) == 3
    assert "circle.ndjson, line 21" in named[0]
    assert "circle.ndjson, line 22" in named[1]
    assert "square.ndjson.gz" in named[2]
    assert 40 < sum(about["sketches"].values()) < 60
    assert load(tmp_path / "out")["train"].skipped == 3


def test_a_killed_run_goes_on_with_what_was_not_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that were done are not read again; ones that changed since are."""
    data, out = write_shapes(tmp_path / "data"), tmp_path / "out"
    read: list[str] = []
    plainly = module.read_drawings

    def noted(path: Path, on_error: object) -> object:
        read.append(path.stem)
        if path.stem == "zigzag" and len(read) == 3:
            raise KeyboardInterrupt
        return plainly(path, on_error)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "read_drawings", noted)
    with pytest.raises(KeyboardInterrupt):
        prepare(sources([data]), out)
    with pytest.raises(FileNotFoundError, match=r"no \.ndjson"):
        load(out)
    write_drawings(data / "circle.ndjson", [Drawing(shape("circle", np.random.default_rng(9)))])
    about = prepare(sources([data]), out)
    assert read == ["circle", "square", "zigzag", "circle", "zigzag"]
    assert sum(about["sketches"].values()) == 121
    assert prepare(sources([data]), out) == about
    assert len(read) == 5


def test_damaged_parts_are_not_joined(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither ones that were cut, nor ones that a killed run had begun to write anew."""
    data, out = write_shapes(tmp_path / "data", count=20), tmp_path / "out"
    job = module.Job(data / "circle.ndjson", tmp_path / "part", 128)
    module.stream_file(job)
    write_drawings(job.source, [Drawing(shape("circle", np.random.default_rng(9)))])

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(module, "read_drawings", interrupt)
        with pytest.raises(KeyboardInterrupt):
            module.stream_file(job)
    assert not (tmp_path / "part.json").exists()

    def cut(jobs: list[module.Job], _: int) -> object:
        for job in jobs:
            yield module.stream_file(job)
            points = job.part.with_name(f"{job.part.name}.train.points")
            points.write_bytes(points.read_bytes()[:-8])

    monkeypatch.setattr(module, "_streamed", cut)
    with pytest.raises(FormatError, match=r"train\.points is damaged"):
        prepare(sources([data]), out)


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    """Ten times the drawings need no more of it."""
    peaks = []
    for count in (50, 500):
        data = write_shapes(tmp_path / f"data{count}", count)
        tracemalloc.start()
        prepare(sources([data]), tmp_path / f"out{count}")
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]


def test_a_damaged_folder_is_refused(tmp_path: Path) -> None:
    """Half-copied arrays are no data to train on."""
    data, out = write_shapes(tmp_path / "data", count=20), tmp_path / "out"
    prepare(sources([data]), out)
    points = out / "train.points.npy"
    points.write_bytes(points.read_bytes()[:-100])
    with pytest.raises(FormatError, match="prepare the folder again"):
        load(out)
    for text in ("{", "[]", json.dumps({"version": 99, "categories": [], "offset_std": 1})):
        (out / PREPARED).write_text(text)
        with pytest.raises(FormatError, match="again"):
            load(out)


def test_no_drawing_and_no_file(tmp_path: Path) -> None:
    """One line says what was looked for."""
    data = write_shapes(tmp_path / "data", count=5)
    with pytest.raises(SketchError, match="at most 2 points"):
        prepare(sources([data]), tmp_path / "out", max_points=2)
    with pytest.raises(FileNotFoundError, match="teapot"):
        sources([data], ["teapot"])
    with pytest.raises(FileNotFoundError, match="nowhere"):
        sources([tmp_path / "nowhere"])


def test_the_command_prepares_what_train_trains_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """From files to a model, each by its command."""
    data, out = write_shapes(tmp_path / "data"), tmp_path / "out"
    assert main(["prepare", str(data), "--out", str(out), "--workers", "1"]) == 0
    printed = capsys.readouterr().out
    assert f"{len(SHAPES)} categories" in printed
    assert "0 lines skipped" in printed
    config = tmp_path / "shapes.toml"
    config.write_text(
        'name = "shapes"\n[model]\nraster = 32\nchannels = [4, 8]\nhidden = 16\n'
        "[training]\nbatch = 16\nsteps = 2\n",
        encoding="utf-8",
    )
    command = ["train", str(out), "--config", str(config), "--out", str(tmp_path / "run")]
    assert main([*command, "--device", "cpu", "--threads", "1"]) == 0
    assert "step 2: nll" in capsys.readouterr().out
