"""Every command as a script would run it, with a real if tiny network."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from helpers.drawings import write_lines
from helpers.tiny import CONFIG, tiny_checkpoint

from sketchstudio import cli
from sketchstudio.bench import BENCHES
from sketchstudio.cli import commands
from sketchstudio.cli.values import share
from sketchstudio.core.sketch_codec import Box
from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.sketch_files import read_sketches
from sketchstudio.model.practice import Practice

LINES = (
    '{"word":"cat","key_id":"11","recognized":true,"drawing":'
    "[[[0,40.123456,80,90],[3,4,5,60]],[[7,8,255],[80,90,100]]]}",
    '{"word":"sun","countrycode":"DE","drawing":[[[10,20,30],[10,50,10],[0,16.5,40]],[[5],[6],[50]]]}',
    '{"drawing":[[[1000,1001,1001.5],[-3,-2,-2]]]}',
)


@pytest.fixture(scope="session")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A weights file of the tiny network."""
    import safetensors.torch
    import torch

    from sketchstudio.model.checkpoint import FORMAT, VERSION

    checkpoint = tiny_checkpoint()
    tensors = {
        name: tensor
        for name, tensor in checkpoint.network.state_dict().items()
        if not name.endswith("num_batches_tracked")
    }
    tensors["codes.exemplars"] = torch.from_numpy(checkpoint.exemplar_codes)
    metadata = {"format": FORMAT, "version": VERSION, "config": json.dumps(CONFIG.to_dict())}
    path = tmp_path_factory.mktemp("weights") / "tiny.safetensors"
    safetensors.torch.save_file(tensors, path, metadata)
    return path


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return write_lines(tmp_path / "in.ndjson", *LINES)


def run(*arguments: object, weights: Path | None = None) -> int:
    model = ["--model", str(weights), "--device", "cpu"] if weights else []
    return cli.main([*map(str, arguments), *model])


def records(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def assert_nearly_same(some: list[dict[str, Any]], others: list[dict[str, Any]]) -> None:
    """Matrix products of other sizes are rounded otherwise, in the last digits."""
    for one, other in zip(some, others, strict=True):
        assert {**one, "drawing": None} == {**other, "drawing": None}
        for a, b in zip(one["drawing"], other["drawing"], strict=True):
            np.testing.assert_allclose(a, b, rtol=1e-3, atol=0.05)


def test_redraw_keeps_order_fields_and_place(tmp_path: Path, source: Path, weights: Path) -> None:
    """A line for each line, with the seed that draws it again and whether it was finished."""
    out = tmp_path / "out.ndjson"
    assert run("redraw", source, "-o", out, "--seed", 7, weights=weights) == 0
    drawn = records(out)
    assert [d.get("word") for d in drawn] == ["cat", "sun", None]
    assert (drawn[0]["key_id"], drawn[0]["recognized"]) == ("11", True)
    assert drawn[1]["countrycode"] == "DE"
    assert [d["seed"] for d in drawn] == [7, 8, 9]
    assert all(type(d["finished"]) is bool for d in drawn)
    assert all(len(stroke) == 2 for d in drawn for stroke in d["drawing"])
    for old, new in zip(read_sketches(source), read_sketches(out), strict=True):
        before, after = Box.around(list(old.strokes)), Box.around(list(new.strokes))
        assert abs(before.x - after.x) < 3 * before.size
        assert before.size / 20 < after.size < 20 * before.size


def test_a_seed_draws_the_same_again(tmp_path: Path, source: Path, weights: Path) -> None:
    """Byte for byte, and other seeds, temperatures and candidates draw otherwise."""
    texts = []
    for index, options in enumerate(
        (["--seed", 3], ["--seed", 3], ["--seed", 4], ["--seed", 3, "--temperature", 1])
    ):
        out = tmp_path / f"{index}.ndjson"
        assert run("redraw", source, "-o", out, *options, weights=weights) == 0
        texts.append(out.read_text())
    assert texts[0] == texts[1]
    assert len(set(texts)) == 3


def test_each_line_can_be_drawn_alone(tmp_path: Path, source: Path, weights: Path) -> None:
    """The seed in the file repeats one drawing, with the candidates it won against too."""
    out, alone = tmp_path / "out.ndjson", tmp_path / "alone.ndjson"
    assert run("redraw", source, "-o", out, "--candidates", 4, weights=weights) == 0
    wanted = records(out)[1]
    write_lines(source, LINES[1])
    assert run("redraw", source, "-o", alone, "--seed", wanted["seed"], weights=weights) == 0
    assert_nearly_same(records(alone), [wanted])


def test_chunks_do_not_show(
    tmp_path: Path, source: Path, weights: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many drawings the model works on at a time changes nothing."""
    drawn = []
    for chunk in (1, 2, 64):
        monkeypatch.setattr(commands, "CHUNK", chunk)
        out = tmp_path / f"{chunk}.npz"
        assert run("encode", source, "-o", out, weights=weights) == 0
        with np.load(out) as codes:
            assert codes["codes"].shape == (3, CONFIG.code)
        for command in ("redraw", "complete"):
            out = tmp_path / f"{command}{chunk}.ndjson"
            assert run(command, source, "-o", out, weights=weights) == 0
            drawn.append(records(out))
    for one, other in ((0, 2), (0, 4), (1, 3), (1, 5)):
        assert_nearly_same(drawn[one], drawn[other])


def test_complete_keeps_the_persons_strokes(tmp_path: Path, source: Path, weights: Path) -> None:
    """They come first and exactly as they were given, times and long decimals included."""
    out = tmp_path / "out.ndjson"
    assert run("complete", source, "-o", out, "--category", "sun", weights=weights) == 0
    for old, new in zip(records(source), records(out), strict=True):
        assert new["drawing"][: len(old["drawing"])] == old["drawing"]
        assert len(new["drawing"]) > len(old["drawing"])
        assert {key: new[key] for key in old if key != "drawing"} == {
            key: old[key] for key in old if key != "drawing"
        }


@pytest.mark.parametrize(
    ("keep", "counts"), [("0.5", [4, 2, 2]), ("0.1", [1, 1, 1]), ("1", [7, 4, 3])]
)
def test_keep_goes_on_from_the_first_points(
    tmp_path: Path, source: Path, weights: Path, keep: str, counts: list[int]
) -> None:
    """That share of all points, rounded up, unchanged; then the model's strokes."""
    out = tmp_path / "out.ndjson"
    assert run("complete", source, "-o", out, "--keep", keep, weights=weights) == 0
    for old, new, count in zip(read_sketches(source), read_sketches(out), counts, strict=True):
        before, after = np.concatenate(old.strokes), np.concatenate(new.strokes)
        assert (after[:count] == before[:count]).all()
        ends = np.cumsum([len(stroke) for stroke in new.strokes])
        assert count in ends, "the model's strokes are strokes of their own"
        assert len(after) > count


def test_keep_counts_as_people_do() -> None:
    """A tenth of 30 points is 3, though 0.1 × 30 is a little more in binary."""
    ink = (np.zeros((20, 2)), np.ones((10, 2)))
    begun, lifted = commands._begun(Drawing(ink), share("0.1"))
    assert [len(stroke) for stroke in begun.strokes] == [3]
    assert not lifted
    begun, lifted = commands._begun(Drawing(ink), share("0.65"))
    assert [len(stroke) for stroke in begun.strokes] == [20]
    assert lifted


def test_blend_from_end_to_end(tmp_path: Path, weights: Path) -> None:
    """As many steps as asked for, from one code to the other, as drawings or as a strip."""
    out = tmp_path / "b.ndjson"
    way = ("blend", "--from", "cat", "--to", "sun")
    assert run(*way, "--steps", 5, "-o", out, weights=weights) == 0
    steps = records(out)
    assert [step["position"] for step in steps] == [0, 0.25, 0.5, 0.75, 1]
    assert {(step["from"], step["to"]) for step in steps} == {("cat", "sun")}
    for ending in ("svg", "sketch"):
        assert run(*way, "-o", tmp_path / f"b.{ending}", weights=weights) == 0
    assert (tmp_path / "b.svg").read_text().count("<g ") == 9


def test_generate_in_quickdraw_units(tmp_path: Path, weights: Path) -> None:
    """N drawings, top left at 0 and longest side 255, each the same alone by its seed."""
    few, many = tmp_path / "few.ndjson", tmp_path / "many.ndjson"
    for out, count in ((few, 2), (many, 5)):
        assert run("generate", "--category", "sun", "-n", count, "-o", out, weights=weights) == 0
    assert_nearly_same(records(few), records(many)[:2])
    alone = tmp_path / "alone.ndjson"
    arguments = ("generate", "--category", "sun", "--seed", records(many)[3]["seed"], "-o", alone)
    assert run(*arguments, weights=weights) == 0
    assert_nearly_same(records(alone), records(many)[3:4])
    for drawing in records(many):
        assert drawing["word"] == "sun"
        points = np.concatenate([np.transpose(stroke) for stroke in drawing["drawing"]])
        assert points.min(axis=0).tolist() == [0, 0]
        assert points.max() == pytest.approx(255, abs=0.01)


def test_guess_prints_three_a_drawing(
    source: Path, weights: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Likeliest first, in the order of the file."""
    assert run("guess", source, weights=weights) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 3
    for line in lines:
        names = [part.rsplit(" ", 1)[0] for part in line.split("\t")]
        chances = [float(part.rsplit(" ", 1)[1]) for part in line.split("\t")]
        assert sorted(names) == sorted(CONFIG.categories)
        assert chances == sorted(chances, reverse=True)


def test_encode_writes_float32(tmp_path: Path, source: Path, weights: Path) -> None:
    """One array of a row a drawing."""
    assert run("encode", source, "-o", tmp_path / "codes.npz", weights=weights) == 0
    with np.load(tmp_path / "codes.npz") as codes:
        (name,) = codes.files
        assert codes[name].dtype == np.float32
        assert codes[name].shape == (3, CONFIG.code)


@pytest.mark.parametrize("ending", ["ndjson", "npz", "bin", "sketch", "svg"])
def test_convert_to_every_format(tmp_path: Path, source: Path, ending: str) -> None:
    """All that can be written, without a model."""
    out = tmp_path / f"out.{ending}"
    assert run("convert", source, out) == 0
    assert out.stat().st_size
    if ending == "ndjson":
        assert records(out) == records(source)
    elif ending != "svg":
        assert len(list(read_sketches(out))) == (1 if ending == "sketch" else 3)


BAD = {
    "not a sketch": ("hello", "line 2: not a sketch"),
    "no strokes": ('{"drawing":[]}', "line 2: the drawing is empty"),
    "not a number": ('{"drawing":[[[1,NaN],[1,2]]]}', "line 2: the drawing has coordinates"),
    "infinite": ('{"drawing":[[[1,Infinity],[1,2]]]}', "line 2: the drawing has coordinates"),
    "too many": (json.dumps({"drawing": [[[1] * 100_000] * 2]}), "line 2: the drawing has more"),
}


@pytest.mark.parametrize("command", ["redraw", "complete", "guess", "encode", "convert"])
@pytest.mark.parametrize("kind", BAD)
def test_bad_lines_stop_every_command(
    tmp_path: Path, weights: Path, capsys: pytest.CaptureFixture[str], command: str, kind: str
) -> None:
    """One line that names file and line, a failing status, no file, and the old one kept."""
    line, says = BAD[kind]
    source = write_lines(tmp_path / "in.ndjson", LINES[0], line)
    out = tmp_path / ("out.npz" if command == "encode" else "out.ndjson")
    out.write_text("old")
    places = {"guess": [source], "convert": [source, out]}.get(command, [source, "-o", out])
    assert run(command, *places, weights=weights if command != "convert" else None) == 2
    _one_line(capsys, f"{source}, {says}")
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([out.name, "in.ndjson"])


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["redraw", "none.ndjson", "-o", "out.ndjson"], "cannot read none.ndjson: No such file"),
        (["redraw", "in.ndjson", "-o", "none/out.ndjson"], "cannot write none/out.ndjson"),
        (["redraw", "in.ndjson", "-o", "out.png"], "out.png: not a drawing file"),
        (["redraw", "in.txt", "-o", "out.ndjson"], "in.txt: not a drawing file"),
        (["redraw", "in.ndjson"], "-o/--output"),
        (["redraw", "in.ndjson", "-o", "out.ndjson", "--temperature", "nan"], "no temperature"),
        (["redraw", "in.ndjson", "-o", "out.ndjson", "--seed", "-1"], "'-1' is no whole number"),
        (["redraw", "in.ndjson", "-o", "out.ndjson", "--candidates", "0"], "no whole number"),
        (["redraw", "in.ndjson", "-o", "out.ndjson", "--model", "none"], "no model 'none'"),
        (["redraw", "in.ndjson", "-o", "out.ndjson", "--model", "none.safetensors"], "no model"),
        (["complete", "in.ndjson", "-o", "out.ndjson", "--keep", "0"], "no share"),
        (["complete", "in.ndjson", "-o", "out.ndjson", "--keep", "nan"], "no share"),
        (["complete", "in.ndjson", "-o", "out.ndjson", "--category", "cta"], "did you mean cat"),
        (["generate", "-o", "out.ndjson", "--category", "sum"], "did you mean sun"),
        (
            ["generate", "-o", "a.svg", "--category", "cat", "-n", "2501"],
            "2,500 drawings, not 2,501",
        ),
        (["blend", "-o", "out.svg", "--from", "cat", "--to", "sunn"], "did you mean sun"),
        (["blend", "-o", "out.svg", "--from", "cat", "--to", "sun", "--steps", "1"], "from 2"),
        (["blend", "-o", "a.mp4", "--animate", "--from", "cat", "--to", "sun"], ".svg, .gif"),
        (["blend", "-o", "a.gif", "--from", "cat", "--to", "sun", "--seconds", "x"], "0.2 to 30"),
        (["encode", "in.ndjson", "-o", "out.ndjson"], ".npz"),
        (["convert", "out.svg", "out.ndjson"], "cannot read out.svg"),
        (["convert", "in.ndjson", "out"], "out: not a drawing file"),
        (["convert", "in.ndjson"], "OUT"),
        (["convert", ".", "out.ndjson"], "not a drawing file"),
        (["convert", "in.ndjson", "out.ndjson", "--seed", "1"], "unrecognized"),
    ],
)
def test_wrong_arguments_get_one_line(
    source: Path,
    weights: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    says: str,
) -> None:
    """What is wrong is named, nothing is left behind."""
    monkeypatch.chdir(source.parent)
    model = [] if arguments[0] == "convert" or "--model" in arguments else ["--model", str(weights)]
    assert cli.main([*arguments, *model]) == 2
    _one_line(capsys, says)
    assert [path.name for path in source.parent.iterdir()] == ["in.ndjson"]


def test_a_file_can_be_written_over_itself(source: Path) -> None:
    """It is read to its end before it is replaced."""
    before = records(source)
    assert run("convert", source, source) == 0
    assert records(source) == before


def test_help_names_every_option(capsys: pytest.CaptureFixture[str]) -> None:
    """Scripts are written from the help."""
    assert tuple(commands.COMMANDS) == cli.NAMES
    for name in cli.NAMES:
        with pytest.raises(SystemExit) as done:
            cli.main([name, "--help"])
        assert done.value.code == 0
        text = capsys.readouterr().out
        assert commands.COMMANDS[name].__doc__
        if name == "bench":
            assert {f"{what}:" for what in BENCHES} <= set(text.split())
        assert ("--seed" in text) == (name in ("redraw", "complete", "blend", "generate"))


def test_converting_needs_no_torch_and_no_qt(source: Path) -> None:
    """Commands without the model start in a fraction of a second, on any machine."""
    code = (
        "import sys; from sketchstudio import cli;"
        f"assert cli.main(['convert', {str(source)!r}, {str(source.with_suffix('.svg'))!r}]) == 0;"
        "assert not {'torch', 'PySide6'} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=600)


@pytest.mark.skipif(os.name != "posix", reason="needs a named pipe and SIGTERM")
def test_a_terminated_command_leaves_nothing(tmp_path: Path) -> None:
    """`timeout` and job schedulers end a command so; its unfinished file goes."""
    source, out = tmp_path / "in.ndjson", tmp_path / "out.ndjson"
    os.mkfifo(source)
    arguments = [sys.executable, "-m", "sketchstudio", "convert", str(source), str(out)]
    with subprocess.Popen(arguments) as process:
        lines = _writing_end(source, process)
        os.write(lines, LINES[0].encode() + b"\n")
        process.terminate()
        assert process.wait(60) == 143
        os.close(lines)
    assert list(tmp_path.iterdir()) == [source]


def _writing_end(pipe: Path, reader: subprocess.Popen[bytes]) -> int:
    """Open a named pipe once it is read; a reader that failed must not leave the test waiting."""
    while reader.poll() is None:
        try:
            return os.open(pipe, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:
            time.sleep(0.01)
    raise AssertionError(f"the command ended with {reader.returncode} before it read")


def _one_line(capsys: pytest.CaptureFixture[str], says: str) -> None:
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("sketchstudio: ")
    assert captured.err.count("\n") == 1
    assert says in captured.err


def test_teach_makes_a_model_of_its_own(
    weights: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A few drawings give a category a code, in another file; the model itself stays."""
    steps = [f"[[0,{i}0,{i}0,90],[0,0,50,{90 + i}]]" for i in range(1, 5)]
    lines = [f'{{"word":"stair","drawing":[{step}]}}' for step in steps]
    examples = write_lines(tmp_path / "stairs.ndjson", *lines)
    before, taught = weights.read_bytes(), tmp_path / "taught.safetensors"
    options = ["--name", "stair", "-o", str(taught), "--model", str(weights), "--steps", "0"]
    assert cli.main(["teach", str(examples), *options]) == 0
    assert weights.read_bytes() == before
    drawn = tmp_path / "drawn.ndjson"
    made = ["--category", "stair", "--model", str(taught), "-o", str(drawn)]
    assert cli.main(["generate", *made]) == 0
    assert json.loads(drawn.read_text())["word"] == "stair"
    again = tmp_path / "again.safetensors"
    known = ["--name", "cat", "-o", str(again), "--model", str(weights), "--steps", "0"]
    capsys.readouterr()
    assert cli.main(["teach", str(examples), *known]) == 2
    _one_line(capsys, f"{weights} knows cat already; with --steps 0 there is nothing to do")
    assert not again.exists()
    few = write_lines(tmp_path / "few.ndjson", *lines[:2])
    assert cli.main(["teach", str(few), *options]) == 2
    assert "3 to 100 drawings" in capsys.readouterr().err


def test_teaching_that_is_interrupted_leaves_nothing(
    weights: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not a model that has not practised, which would look like a finished one."""

    def interrupt(_: Practice) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Practice, "step", interrupt)
    line = '{"word":"stair","drawing":[[[0,10,20],[0,0,50]]]}'
    examples, taught = (
        write_lines(tmp_path / "stairs.ndjson", *[line] * 4),
        tmp_path / "a.safetensors",
    )
    options = ["--name", "stair", "-o", str(taught), "--model", str(weights), "--steps", "1"]
    assert cli.main(["teach", str(examples), *options]) == 130
    assert not taught.exists()
