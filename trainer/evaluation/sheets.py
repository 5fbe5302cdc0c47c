"""Contact sheets: many small drawings in a labelled grid, to look at what a model does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from sketchstudio.core.sketch_codec import Box, Coordinates
from sketchstudio.formats.safe_write import safe_write

CELL = 112
"""Side of a drawing's square, px."""

MARGIN = 10
LABEL_WIDTH = 132
HEADER = 26
CAPTION = 16
INK = (34, 28, 27)  # BGR, as all colours here
ADDED = (206, 92, 38)
LABEL = (110, 104, 100)
LINE = (228, 226, 224)
STRONG_LINE = (176, 172, 168)
_FRACTION_BITS = 4
DOT_RADIUS = 1 << _FRACTION_BITS

Image = npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Cell:
    """One drawing of a sheet.

    Attributes:
        strokes: (N, 2) float32 each, any units.
        added: Strokes in the same units that something else drew, in another colour.
        caption: Written at the foot.
    """

    strokes: Sequence[Coordinates] = ()
    added: Sequence[Coordinates] = ()
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its label and its drawings."""

    label: str
    cells: Sequence[Cell]


def sheet(rows: Sequence[Row], header: Sequence[str] = (), group: int = 0) -> Image:
    """Draw rows of cells on white with thin lines between them; labels take room if there are any.

    Args:
        rows: Top to bottom; they may have different numbers of cells.
        header: Names of the columns.
        group: A stronger line after every so many columns; 0 for none.

    Returns:
        (height, width, 3) uint8, BGR.
    """
    columns = max((len(row.cells) for row in rows), default=0)
    top = HEADER if header else 0
    left = LABEL_WIDTH if any(row.label for row in rows) else 0
    height, width = top + len(rows) * CELL + 1, left + columns * CELL + 1
    image: Image = np.full((height, width, 3), 255, dtype=np.uint8)
    for y in range(top, height, CELL):
        cv2.line(image, (0, y), (width, y), LINE)
    for column in range(columns + 1):
        strong = group and column % group == 0
        x = left + column * CELL
        cv2.line(image, (x, 0), (x, height), STRONG_LINE if strong else LINE)
    for column, title in enumerate(header):
        _write(image, title, left + column * CELL + 6, HEADER // 2, CELL - 12)
    for i, row in enumerate(rows):
        y = top + i * CELL
        _write(image, row.label, 8, y + CELL // 2, LABEL_WIDTH - 16)
        for column, cell in enumerate(row.cells):
            x = left + column * CELL
            _draw(image[y : y + CELL, x : x + CELL], cell)
    return image


def write_png(path: Path, image: Image) -> None:
    """Write an image as PNG, whole or not at all.

    Raises:
        OSError: The place cannot be written.
    """
    done, content = cv2.imencode(".png", image, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    if not done:
        raise OSError(f"{path}: the picture cannot be encoded")
    with safe_write(path) as file:
        file.write(content.tobytes())


def _draw(square: Image, cell: Cell) -> None:
    """Draw a cell, boxed together with what was added, into its square."""
    inner = square[1:, 1:]  # the lines between cells stay
    if cell.caption:
        _write(inner, cell.caption, 5, CELL - CAPTION // 2 - 2, CELL - 10)
    everything = [*cell.strokes, *cell.added]
    if not everything:
        return
    box = Box.around(everything)
    room = CELL - (CAPTION if cell.caption else 0)
    for strokes, colour in ((cell.strokes, INK), (cell.added, ADDED)):
        lines = []
        for stroke in strokes:
            pixels = box.to_box(stroke) * (room - 2 * MARGIN) + [(CELL - 1) / 2, (room - 1) / 2]
            fixed = np.rint(pixels * (1 << _FRACTION_BITS)).astype(np.int32)
            if len(fixed) > 1:
                lines.append(fixed)
            else:  # a line without length would not show
                dot = (int(fixed[0, 0]), int(fixed[0, 1]))
                cv2.circle(inner, dot, DOT_RADIUS, colour, -1, cv2.LINE_AA, _FRACTION_BITS)
        cv2.polylines(inner, lines, False, colour, 1, cv2.LINE_AA, _FRACTION_BITS)


def _write(image: Image, text: str, x: int, middle: int, width: int) -> None:
    """Write a line of text, vertically centred, no wider than ``width`` px."""
    font, scale = cv2.FONT_HERSHEY_SIMPLEX, 0.42
    (length, height), _ = cv2.getTextSize(text, font, scale, 1)
    if length > width:
        scale *= width / length
        (_, height), _ = cv2.getTextSize(text, font, scale, 1)
    cv2.putText(image, text, (x, middle + height // 2), font, scale, LABEL, 1, cv2.LINE_AA)
