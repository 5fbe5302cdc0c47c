"""Drawings of other programs are opened as any other drawing is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QMessageBox

from sketchstudio.formats.export_options import ExportOptions
from sketchstudio.formats.svg_write import write_svg

FILES = Path(__file__).parents[1] / "formats" / "svg"


def test_open_svg(loading) -> None:
    """Its layers are layers, its size is the page's, and it is never saved over."""
    told: list[str] = []
    loading.window.files.told.connect(told.append)
    assert loading.window.files.open_path(FILES / "layers.svg")
    names = [layer.name for layer in loading.session.document.layers]
    assert names == ["Sketch", "Ink", "Details", "Ink"]
    assert loading.session.path is None
    assert told == ["Left out, being no ink: 1 text"]
    assert loading.window.windowTitle().startswith("Layers")


def test_an_export_is_opened_again(loading, tmp_path: Path) -> None:
    """With the drawing in it, an SVG is as good as a sketch."""
    assert loading.window.files.open_path(FILES / "shapes.svg")
    before = loading.session.document
    path = tmp_path / "again.svg"
    write_svg(before, path, ExportOptions(embed=True))
    loading.trigger("new")
    assert loading.window.files.open_path(path)
    after = loading.session.document
    assert [s.id for s in after.strokes()] == [s.id for s in before.strokes()]


def test_what_is_no_drawing_is_refused_in_a_line(loading, tmp_path: Path, monkeypatch):
    """A box with one sentence, and the drawing before is still there."""
    said: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *words: said.append(words[2]))
    path = tmp_path / "bomb.svg"
    path.write_text('<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg>&a;</svg>')
    assert not loading.window.files.open_path(path)
    (line,) = said
    assert "bomb.svg cannot be opened." in line
    assert "declares entities" in line
    assert str(tmp_path) not in line
