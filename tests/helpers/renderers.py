"""Pictures of SVG files as other programs draw them, beside what the canvas shows."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtGui import QImage, QPainter

from sketchstudio.core.document import Document
from sketchstudio.core.stroke import Bounds
from sketchstudio.ui.canvas.renderer import paint_document

Pixels = npt.NDArray[np.int64]
"""(H, W, 3) of 0..255."""

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
READERS = ("chromium", "rsvg-convert", "inkscape")


def drawn_by(
    reader: str, svg: Path, width: int, height: int, folder: Path, at_ms: int = 0
) -> Pixels:
    """A file on white as ``reader`` draws it, or the test is skipped where it is not installed.

    Args:
        reader: One of ``READERS``.
        svg: The file.
        width: Of the picture, px.
        height: Of the picture, px.
        folder: For what it writes.
        at_ms: The moment of an animation that Chromium shows; 0 for the beginning.
    """
    program = CHROMIUM if reader == "chromium" else shutil.which(reader)
    if program is None:
        pytest.skip(f"needs {reader} to draw the SVG")
    shot = folder / f"{reader}.png"
    if at_ms:
        svg = _stopped(svg, folder, at_ms)
    match reader:
        case "chromium":
            options = [
                *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic"),
                *("--no-first-run", "--disable-background-networking", "--disable-sync"),
                *("--disable-component-update", "--hide-scrollbars"),
                *("--force-device-scale-factor=1", f"--user-data-dir={folder / 'profile'}"),
                *(f"--window-size={width},{height}", f"--screenshot={shot}", svg.as_uri()),
            ]
        case "rsvg-convert":
            options = [
                *("-w", str(width), "-h", str(height), "-b", "white", "-o", str(shot), str(svg))
            ]
        case _:
            options = [
                *("--export-type=png", f"--export-filename={shot}", "-w", str(width)),
                *("-h", str(height), "--export-background=white", str(svg)),
            ]
    subprocess.run([program, *options], capture_output=True, check=True, timeout=600)
    return pixels(QImage(str(shot)))


def _stopped(svg: Path, folder: Path, at_ms: int) -> Path:
    """A copy that stands still at a moment: a busy machine shows the same as an idle one."""
    stop = (
        "<script>const root = document.documentElement; root.pauseAnimations();"
        f"root.setCurrentTime({at_ms / 1000})</script>"
    )
    copy = folder / f"{svg.stem}-{at_ms}.svg"
    copy.write_text(svg.read_text().replace("</svg>", f"{stop}</svg>"))
    return copy


def on_canvas(document: Document, part: Bounds, width: int, height: int) -> Pixels:
    """A part of a document, page px, as the canvas draws it."""
    canvas = QImage(width, height, QImage.Format.Format_RGB32)
    painter = QPainter(canvas)
    painter.scale(width / part.width, height / part.height)
    painter.translate(-part.left, -part.top)
    paint_document(painter, document)
    painter.end()
    return pixels(canvas)


def pixels(image: QImage) -> Pixels:
    """The pixels of a picture, without its transparency."""
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1)
    return rows[:, : image.width() * 3].reshape(image.height(), -1, 3).astype(np.int64)
