"""Sketches from and to any kind of file, by its ending."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from sketchstudio.core.document import Document
from sketchstudio.core.line_art import Cleaning, is_light_on_dark, to_grey
from sketchstudio.core.sketch_codec import SketchError, checked
from sketchstudio.core.tracing import lines_of
from sketchstudio.formats import native, picture_file, quickdraw, svg_read, svg_write
from sketchstudio.formats.drawing import Drawing
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.page import MAX_DRAWINGS, drawing_of, page_of

DRAWINGS = (*sorted(quickdraw.ENDINGS), native.ENDING)
READABLE = (*DRAWINGS, *svg_read.ENDINGS, *picture_file.ENDINGS)
WRITABLE = (*DRAWINGS, svg_write.ENDING)

MAX_PAGE_POINTS = 500_000
"""Of all drawings of a file on one page; more would take seconds to show."""


def holds_many(path: Path) -> bool:
    """Whether the ending is of a file of drawings, rather than of one page."""
    return path.suffix.lower() in quickdraw.ENDINGS


def read_sketches(path: Path, most: int | None = None) -> Iterator[Drawing]:
    """Drawings of a file in its order, every one fit for the model; of a picture, its lines.

    Args:
        path: The file.
        most: How many there may be, where a file says so before they are read.

    Raises:
        FormatError: No such kind of file, something in it that is no drawing, or none at all; the
            message names the line.
        OSError: The file cannot be read.
    """

    def fail(message: str) -> NoReturn:
        raise FormatError(message)

    found: Iterable[Drawing | None]
    if holds_many(path):
        found = quickdraw.read_drawings(path, on_error=fail, most=most)
    elif path.suffix.lower() == native.ENDING:
        found = [drawing_of(native.load(path), path)]
    elif picture_file.is_picture(path):
        found = [drawing_in(path)]
    elif path.suffix.lower() in svg_read.ENDINGS:
        found = [drawing_of(svg_read.load(path).document, path)]
    else:
        raise FormatError(f"{path}: not a drawing file; those end in {', '.join(READABLE)}")
    empty = True
    for drawing in found:
        assert drawing is not None, "a bad line has raised"
        empty = False
        try:
            checked(drawing.strokes)
        except SketchError as error:
            raise FormatError(f"{drawing.place}: {error}") from None
        yield drawing
    if empty:
        raise FormatError(f"{path}: holds no drawing")


def drawing_in(path: Path) -> Drawing:
    """The lines of a picture, as it is cleaned where nobody adjusts anything.

    Raises:
        FormatError: It is no picture, or has no lines.
        OSError: The file cannot be read.
    """
    pixels = picture_file.read_picture(path)
    try:
        strokes = lines_of(pixels, Cleaning(invert=is_light_on_dark(to_grey(pixels))))
    except SketchError as error:
        raise FormatError(f"{path}: {error}") from None
    return Drawing(tuple(strokes), place=str(path))


def read_page(path: Path) -> Document:
    """A page with all drawings of a file; of a ``.sketch`` or SVG the document itself.

    Raises:
        FormatError: As `read_sketches`, or more drawings than a page has room for.
        OSError: The file cannot be read.
    """
    if path.suffix.lower() == native.ENDING:
        document = native.load(path)
        if document.bounds is None:
            raise FormatError(f"{path}: the drawing is empty")
        return document
    if path.suffix.lower() in svg_read.ENDINGS:
        return svg_read.load(path).document
    drawings: list[Drawing] = []
    points = 0
    for drawing in read_sketches(path, MAX_DRAWINGS):
        drawings.append(drawing)
        # Each stroke takes as long as a few points, were it empty.
        points += sum(len(stroke) + 3 for stroke in drawing.strokes)
        if len(drawings) > MAX_DRAWINGS:
            most = f"{MAX_DRAWINGS:,} drawings"
            raise FormatError(f"{path}: a page has room for {most}; it holds more")
        if points > MAX_PAGE_POINTS:
            most = f"{MAX_PAGE_POINTS:,} points"
            raise FormatError(f"{path}: a page has room for drawings of {most}; it holds more")
    return page_of(drawings)


def write_page(path: Path, page: Callable[[], Document]) -> None:
    """Write a page, made only when the ending is one to write.

    Raises:
        FormatError: Another ending.
        WriteError: The place cannot be written.
    """
    match path.suffix.lower():
        case native.ENDING:
            native.save(page(), path)
        case svg_write.ENDING:
            svg_write.write_svg(page(), path)
        case _:
            raise FormatError(f"{path}: not a drawing file; those end in {', '.join(WRITABLE)}")


def write_sketches(path: Path, drawings: Iterable[Drawing]) -> None:
    """Write drawings, taken one by one; where the file is a page, as a grid.

    Raises:
        FormatError: Another ending, or more drawings than the file has room for.
        WriteError: The place cannot be written.
    """
    if holds_many(path):
        quickdraw.write_drawings(path, drawings)
        return

    def page() -> Document:
        shown = list(itertools.islice(drawings, MAX_DRAWINGS + 1))
        if len(shown) > MAX_DRAWINGS:
            raise FormatError(f"{path}: has room for {MAX_DRAWINGS:,} drawings; there are more")
        return page_of(shown)

    write_page(path, page)
