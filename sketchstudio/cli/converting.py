"""Rewriting drawings in other formats, one or many at a time."""

from __future__ import annotations

import argparse
import itertools
import os
import sys
from pathlib import Path

from tqdm import tqdm

from sketchstudio.cli.values import between
from sketchstudio.core.document import Document
from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.formats import svg_read
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.export_options import Area, ExportOptions, Unit
from sketchstudio.formats.sketch_files import (
    READABLE,
    WRITABLE,
    holds_many,
    read_page,
    read_sketches,
    write_page,
    write_sketches,
)
from sketchstudio.formats.svg_write import ENDING, write_svg

PICTURES = (".pdf", ".png")
"""Endings of what is painted, by Qt, as the canvas is."""

_ALL = (*WRITABLE, *PICTURES)


def convert(options: argparse.Namespace) -> None:
    """Rewrite drawings in another format, chosen by the files' endings.

    Several files go into a folder OUT, in the format that --to says. .npz keeps strokes and sets
    only, .bin whole coordinates 0 to 255 (others are scaled). Several drawings of a file become a
    grid in .sketch, .svg, .png and .pdf; a .sketch or .svg becomes one drawing of its visible ink.
    """
    if len(options.input) == 1 and options.to is None:
        _convert(options.input[0], options.output, options)
        return
    if options.to is None:
        raise FormatError(f"several files need --to, one of {', '.join(_ALL)}")
    targets = [options.output / f"{path.stem}{options.to}" for path in options.input]
    for path, target in itertools.pairwise(sorted(targets)):
        if path == target:
            raise FormatError(f"two files would become {target}: convert them one at a time")
    options.output.mkdir(parents=True, exist_ok=True)
    failed = 0
    pairs = zip(options.input, targets, strict=True)
    with tqdm(pairs, total=len(targets), unit="file", disable=None, leave=False) as bar:
        for path, target in bar:
            try:
                _convert(path, target, options)
            except (FormatError, SketchError, OSError) as error:
                failed += 1
                bar.clear()
                line = error.strerror if isinstance(error, OSError) and error.strerror else error
                named = "" if str(path) in str(line) else f"{path}: "
                print(f"sketchstudio: {named}{' '.join(str(line).split())}", file=sys.stderr)
    if failed:
        raise FormatError(f"{failed} of {len(targets)} files could not be converted")


def add_arguments(command: argparse.ArgumentParser) -> None:
    """What `convert` takes."""
    add = command.add_argument
    drawings = f"files of drawings ({', '.join(READABLE)})"
    add("input", metavar="IN", type=Path, nargs="+", help=drawings)
    add("output", metavar="OUT", type=Path, help=f"where to write ({', '.join(_ALL)}), or a folder")
    add("--to", metavar="ENDING", type=_ending, help="write files of this kind to the folder OUT")
    plain = ExportOptions()
    look = command.add_argument_group("pictures", "for .svg, .png and .pdf").add_argument
    look("--area", type=Area, choices=[*Area], default=plain.area, help="default %(default)s")
    look(
        "--margin",
        metavar="PX",
        type=between(0, 10_000),
        default=plain.margin,
        help="paper left free round the drawing (default %(default)g)",
    )
    look(
        "--scale",
        metavar="TIMES",
        type=between(0.01, 100),
        default=plain.scale,
        help="times the size on the page (default %(default)g)",
    )
    look(
        "--background",
        choices=("none", "paper", "printed"),
        default="none",
        help="the paper's colour, and with what is printed on it (default %(default)s)",
    )
    look = command.add_argument_group("for .svg only").add_argument
    look("--unit", type=Unit, choices=[*Unit], default=plain.unit, help="default %(default)s")
    look("--outlines", action="store_true", help="shapes in place of lines")
    look(
        "--tolerance",
        metavar="PX",
        type=between(0, 20),
        default=plain.tolerance,
        help="few curves, at most so far from the line; 0: every point (default)",
    )
    look(
        "--decimals",
        type=int,
        choices=range(7),
        metavar="N",
        default=plain.decimals,
        help="of coordinates, 0 to 6 (default %(default)s)",
    )
    look("--plain", action="store_true", help="groups without Inkscape's layers")
    look("--embed", action="store_true", help="hold the whole drawing, to open it again")
    look("--replay", action="store_true", help="a drawing that draws itself")
    look(
        "--seconds",
        metavar="S",
        type=between(0, 600),
        default=plain.seconds,
        help="that a replay takes (default: as long as the drawing took)",
    )
    look("--once", action="store_true", help="do not repeat the replay")


def _convert(path: Path, target: Path, options: argparse.Namespace) -> None:
    chosen = _export_options(options)
    ending = target.suffix.lower()
    if holds_many(target):
        write_sketches(target, read_sketches(path))
    elif ending == ENDING:
        write_svg(_page(path), target, chosen, replay=options.replay)
    elif ending in PICTURES:
        page = _page(path)
        # Painting needs Qt, which no other command does.
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
        from sketchstudio.ui.export_picture import write_picture

        write_picture(page, target, chosen)
    else:
        write_page(target, lambda: _page(path))


def _page(path: Path) -> Document:
    """The page of a file; what of an SVG is no ink is told."""
    if path.suffix.lower() not in svg_read.ENDINGS:
        return read_page(path)
    drawing = svg_read.load(path)
    if drawing.note:
        tqdm.write(f"sketchstudio: {path}: {drawing.note}", file=sys.stderr)
    return drawing.document


def _export_options(options: argparse.Namespace) -> ExportOptions:
    return ExportOptions(
        area=options.area,
        margin=options.margin,
        scale=options.scale,
        unit=options.unit,
        background=options.background != "none",
        pattern=options.background == "printed",
        outlines=options.outlines,
        tolerance=options.tolerance,
        decimals=options.decimals,
        layers=not options.plain,
        embed=options.embed,
        seconds=options.seconds,
        repeat=not options.once,
    )


def _ending(text: str) -> str:
    ending = f".{text.lower().lstrip('.')}"
    if ending not in _ALL:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(_ALL)}")
    return ending
