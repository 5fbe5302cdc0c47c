"""Files of older and of newer apps: the old open, and what is new survives or is refused."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sketchstudio.core.document import Page, Pattern, View
from sketchstudio.core.provenance import Provenance
from sketchstudio.core.stroke import StrokeStyle
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from tests.helpers.sketch_file import rewritten


def test_a_newer_file_is_refused_with_the_remedy(tmp_path: Path) -> None:
    """Half reading it would lose what only the newer version knows."""
    path = rewritten(tmp_path / "a.sketch", lambda index: index.update(format_version=3))
    with pytest.raises(FormatError, match=r"a\.sketch: written by a newer sketchstudio .*update"):
        native.load(path)


def test_a_file_of_the_first_version_opens() -> None:
    """A drawing from before smoothing and paper could be chosen looks as it did."""
    document = native.load(Path(__file__).parent / "files" / "version-1.sketch")
    assert (document.title, document.page) == ("Old", Page("#fdf6e3"))
    low, high = document.layers
    assert (low.name, low.visible, low.locked, low.opacity) == ("Ink", True, False, 1)
    assert (high.name, high.visible, high.locked, high.opacity) == ("Above", False, True, 0.5)
    assert low.strokes[0].style == StrokeStyle("#dc2626", 4.0, True)
    assert low.strokes[0].samples.shape == (6, 4)
    assert high.strokes[0].provenance == Provenance("studio", "complete", 7, 0.1, ("cat",))


def test_a_file_of_the_second_version_opens() -> None:
    """A drawing from before fields of others were kept is read to the last of its own."""
    document = native.load(Path(__file__).parent / "files" / "version-2.sketch")
    paper = Page("#fdf6e3", Pattern.DOTS, 32.0, (600.0, 400.0))
    assert (document.title, document.page, document.view) == ("Not so old", paper, None)
    low, high = document.layers
    assert (low.name, low.visible, low.locked, low.opacity) == ("Ink", True, False, 1)
    assert (high.name, high.visible, high.locked, high.opacity) == ("Above", False, True, 0.5)
    assert [stroke.id for stroke in low.strokes] == ["s1", "s2"]
    assert low.strokes[0].style == StrokeStyle("#dc2626", 4.0, True, 0.5, 0.25)
    assert low.strokes[1].style == StrokeStyle("#facc15", 18.0, False, 0.0, 1.0, True)
    assert [len(stroke.samples) for stroke in low.strokes] == [6, 2]
    assert high.strokes[0].provenance == Provenance("studio", "complete", 7, 0.1, ("cat",))


def test_a_later_file_of_the_second_version_opens() -> None:
    """One with all that was added without a new version: view, picture, proposals and codes."""
    path = Path(__file__).parent / "files" / "version-2-later.sketch"
    document = native.load(path)
    assert (document.title, document.view) == ("Later", View(12.0, 34.0, 1.5, -30.0))
    assert document.unknown == '{"mood": "calm"}'
    picture = document.page.picture
    assert picture is not None
    assert (picture.width, picture.height, picture.x, picture.y) == (3, 2, 5.0, 6.0)
    assert (picture.scale, picture.opacity, picture.locked) == (2.0, 0.5, True)
    (layer,) = document.layers
    assert [stroke.id for stroke in layer.strokes] == ["s1", "s2"]
    made = layer.strokes[1].provenance
    assert made is not None
    assert (made.action, made.categories, made.position) == ("blend", ("cat", "pig"), (0.5,))
    assert np.frombuffer(made.code, "<f2").tolist() == [0.0, 0.125, 0.25, 0.375]
    (proposal,) = document.proposals
    assert (proposal.id, proposal.made, proposal.replaces) == ("p1", made, ("s1",))
    assert (proposal.accepted, proposal.favourite) == (True, True)
    assert proposal.strokes[0].tolist() == [[1, 2], [3, 4]]
    assert proposal.ink[0].tolist() == [[5, 6], [7, 8]]
    assert native.thumbnail(path).startswith(b"\x89PNG")


def test_every_version_has_a_fixture() -> None:
    """Whoever raises the version leaves a file of the one before, and a step that reads it."""
    files = (Path(__file__).parent / "files").glob("version-*.sketch")
    found = set()
    for path in files:
        with zipfile.ZipFile(path) as archive:
            found.add(json.loads(archive.read("document.json"))["format_version"])
    assert found == set(range(1, native.FORMAT_VERSION + 1))
    assert len(native._MIGRATIONS) == native.FORMAT_VERSION - 1


def test_fields_of_a_later_app_survive(tmp_path: Path) -> None:
    """What this version does not know is written again, wherever it stood, edited or not."""
    path = tmp_path / "a.sketch"
    view = {"x": 1.0, "y": 2.0, "zoom": 0.5, "angle": -30.0, "eye": 1}

    def extend(index: dict[str, Any]) -> None:
        index.update(mood="calm", view=view)
        index["page"]["grain"] = [1, {"fine": None}]
        index["layers"][0]["blend_mode"] = "multiply"
        index["layers"][0]["strokes"][0]["tilt"] = {"x": 0.5}

    rewritten(path, extend)
    document = native.load(path)
    assert document.view == View(1, 2, 0.5, -30, '{"eye": 1}')
    layer = document.layers[0]
    restyled = layer.strokes[0].with_style(StrokeStyle("#ff0000"))
    layer = replace(layer, name="Renamed", strokes=(restyled, *layer.strokes[1:]))
    native.save(document.with_layer(layer), path)
    with zipfile.ZipFile(path) as archive:
        index = json.loads(archive.read("document.json"))
    assert (index["mood"], index["view"]) == ("calm", view)
    assert index["page"]["grain"] == [1, {"fine": None}]
    assert index["layers"][0]["blend_mode"] == "multiply"
    assert index["layers"][0]["strokes"][0]["tilt"] == {"x": 0.5}
    assert index["layers"][0]["name"] == "Renamed"
