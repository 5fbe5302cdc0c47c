"""A small document, and its file with something in it changed."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.provenance import Provenance
from sketchstudio.core.stroke import Origin, Stroke, StrokeStyle
from sketchstudio.formats import native

STROKE = Stroke.from_points(
    [[1, 2], [3, 4]], StrokeStyle(), Origin.MODEL, Provenance("m", "a", 1, 0.5)
)
DOCUMENT = Document((Layer("Ink", (STROKE, Stroke.from_points([[5, 6]]))), Layer("Empty")))


def rewritten(
    path: Path, change: Callable[[dict[str, Any]], object] = lambda _: None, **members: bytes
) -> Path:
    """DOCUMENT's file with its index changed or members replaced."""
    native.save(DOCUMENT, path)
    with zipfile.ZipFile(path) as archive:
        found = {name: archive.read(name) for name in archive.namelist()}
    index = json.loads(found["document.json"])
    change(index)
    found["document.json"] = json.dumps(index).encode()
    found |= {name.replace("_", "."): data for name, data in members.items()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in found.items():
            archive.writestr(name, data)
    return path
