"""Converting: every option shows in the file, and many files go at once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sketchstudio import cli
from sketchstudio.core.document import Document, Layer, Page, Pattern
from sketchstudio.core.stroke import Stroke, StrokeStyle
from sketchstudio.formats import native, svg_read

WAVE = [(10 * i, 20 + 15 * (i % 2)) for i in range(12)]
DRAWING = Document(
    (
        Layer("Ink", (Stroke.from_points(WAVE, StrokeStyle("#dc2626", 4, False, smoothing=0)),)),
        Layer("More", (Stroke.from_points([[5, 60], [90, 60]], StrokeStyle("#2563eb", 6)),)),
    ),
    Page("#fff8e0", Pattern.GRID, 20, (120, 90)),
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "wave.sketch"
    native.save(DRAWING, path)
    return path


def converted(source: Path, name: str, *options: str) -> bytes:
    out = source.parent / name
    assert cli.main(["convert", str(source), str(out), *options]) == 0
    return out.read_bytes()


def test_options_of_svg(source: Path) -> None:
    """The same as in the export dialog."""
    plain = converted(source, "a.svg").decode()
    assert 'viewBox="0 0 120 90"' in plain
    assert "inkscape:groupmode" in plain
    drawing = converted(
        *(source, "b.svg", "--area", "drawing", "--margin", "0", "--unit", "mm", "--scale", "2"),
        *("--plain", "--outlines", "--background", "printed", "--tolerance", "1"),
        *("--decimals", "0"),
    ).decode()
    assert "inkscape:groupmode" not in drawing
    assert 'stroke-width="4"' not in drawing
    assert 'id="paper"' in drawing
    assert "<pattern" in drawing
    assert 'mm"' in drawing
    assert "C" in drawing
    replay = converted(source, "c.svg", "--replay", "--seconds", "3", "--once").decode()
    assert 'dur="4.500s"' in replay
    assert 'repeatCount="1"' in replay


def test_an_embedded_drawing_comes_back(source: Path) -> None:
    """From .sketch to .svg to .sketch, nothing is lost."""
    converted(source, "a.svg", "--embed")
    assert svg_read.load(source.parent / "a.svg").whole
    converted(source.parent / "a.svg", "b.sketch")
    again = native.load(source.parent / "b.sketch")
    assert [s.id for s in again.strokes()] == [s.id for s in DRAWING.strokes()]
    assert again.page == DRAWING.page


def test_pictures(source: Path) -> None:
    """PNG and PDF without a window."""
    png = converted(source, "a.png", "--scale", "2")
    assert png.startswith(b"\x89PNG")
    assert png[16:24] == (240).to_bytes(4, "big") + (180).to_bytes(4, "big")
    assert converted(source, "a.pdf").startswith(b"%PDF")


def test_what_is_no_ink_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """In one line, and the rest is converted."""
    mixed = tmp_path / "mixed.svg"
    mixed.write_text('<svg><text>a</text><text>b</text><image/><path d="M0 0H80V9"/></svg>')
    converted(mixed, "a.sketch")
    assert capsys.readouterr().err == f"sketchstudio: {mixed}: left out: 2 texts, 1 image\n"


def test_foreign_svg_becomes_a_drawing(tmp_path: Path) -> None:
    """Lines of another program as Quick, Draw! has them."""
    icon = tmp_path / "icon.svg"
    icon.write_text('<svg width="90" height="90"><path d="M0 0H80" stroke="red"/></svg>')
    line = json.loads(converted(icon, "a.ndjson"))
    assert line["drawing"][0][0] == [0, 80]


def test_many_files_into_a_folder(source: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Those that can be read are there; each other one is named in a line."""
    folder = source.parent
    (folder / "bad.svg").write_text("<svg>")
    (folder / "icon.svg").write_text('<svg width="90" height="90"><path d="M0 0H80V9"/></svg>')
    places = [str(folder / name) for name in ("wave.sketch", "bad.svg", "icon.svg", "none.svg")]
    out = folder / "out"
    assert cli.main(["convert", *places, str(out), "--to", "png", "--background", "paper"]) == 2
    assert sorted(path.name for path in out.iterdir()) == ["icon.png", "wave.png"]
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 3
    assert "bad.svg: not a whole SVG file" in lines[0]
    assert "none.svg" in lines[1]
    assert lines[2].endswith("2 of 4 files could not be converted")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["wave.sketch", "wave.sketch", "out"], "several files need --to"),
        (["wave.sketch", "wave.sketch", "out", "--to", "svg"], "two files would become"),
        (["wave.sketch", "out", "--to", "gif"], "'gif' is none of"),
        (["wave.sketch", "a.svg", "--tolerance", "nan"], "no number from 0 to 20"),
        (["wave.sketch", "a.svg", "--scale", "0"], "no number from 0.01 to 100"),
        (
            ["wave.sketch", "a.png", "--scale", "100", "--area", "drawing", "--margin", "9999"],
            "too",
        ),
    ],
)
def test_what_cannot_be_asked_for(
    source: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    says: str,
) -> None:
    """One line, a failing status, and no file."""
    monkeypatch.chdir(source.parent)
    assert cli.main(["convert", *arguments]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert says in lines[0]
    assert [path.name for path in source.parent.iterdir()] == ["wave.sketch"]
