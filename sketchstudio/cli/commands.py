"""The commands themselves; the first paragraph of each one's docstring is its help."""

from __future__ import annotations

import argparse
import functools
import itertools
import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from tqdm import tqdm

from sketchstudio.cli.converting import convert
from sketchstudio.cli.errors import CommandError
from sketchstudio.cli.teaching import teach
from sketchstudio.core.sampling import Sampling
from sketchstudio.core.sketch_codec import Box, Coordinates, checked
from sketchstudio.formats.animation import (
    FRAMES_A_SECOND,
    MOVING,
    Animation,
    check_ending,
    write_animation,
)
from sketchstudio.formats.drawing import Drawing, Numbers, rounded
from sketchstudio.formats.page import MAX_DRAWINGS, page_of
from sketchstudio.formats.safe_write import safe_write
from sketchstudio.formats.sketch_files import (
    holds_many,
    read_sketches,
    write_page,
    write_sketches,
)

if TYPE_CHECKING:
    from sketchstudio.core.sampling import Drawn
    from sketchstudio.model.studio import Studio

CHUNK = 64
"""Drawings the model works on at a time."""

SIDE = 255.0
"""Longest side of a generated drawing, as in Quick, Draw!."""

STEPS = 9
"""Of a blend, where nobody says how many."""

STRIP = 12
"""Steps of a blend that are shown in one row."""


def redraw(options: argparse.Namespace) -> None:
    """Draw each drawing anew, whole, in its own place and size."""

    def redrawn() -> Iterator[Drawing]:
        for start, chunk in _chunks(options.input):
            sketches = [drawing.strokes for drawing in chunk]
            seeds = range(options.seed + start, options.seed + start + len(chunk))
            drawn = _studio(options).redraw(sketches, _sampling(options), options.candidates, seeds)
            for drawing, new in zip(chunk, drawn, strict=True):
                strokes = rounded(new.strokes, _size(drawing))
                yield replace(drawing, strokes=strokes, times=(), extra=_told(drawing, new))

    write_sketches(options.output, redrawn())


def complete(options: argparse.Namespace) -> None:
    """Go on from the strokes given; they come first in OUT, unchanged."""

    def completed() -> Iterator[Drawing]:
        for start, chunk in _chunks(options.input):
            kept = [_begun(drawing, options.keep) for drawing in chunk]
            drawn: dict[int, Drawn] = {}
            for lifted in {lifted for _, lifted in kept}:
                which = [i for i in range(len(kept)) if kept[i][1] == lifted]
                studio = _studio(options)
                category = None if options.category == "auto" else options.category
                if category is not None:
                    _known(studio, category)
                sketches = [kept[i][0].strokes for i in which]
                seeds = [options.seed + start + i for i in which]
                new = studio.complete(
                    sketches, _sampling(options), category, options.candidates, seeds, lifted
                )
                drawn |= zip(which, new, strict=True)
            for i, (drawing, _) in enumerate(kept):
                added = rounded(drawn[i].strokes, _size(drawing))
                yield replace(
                    drawing,
                    strokes=(*drawing.strokes, *added),
                    times=(*drawing.times, *[None] * len(added)) if drawing.times else (),
                    extra=_told(drawing, drawn[i]),
                )

    write_sketches(options.output, completed())


def blend(options: argparse.Namespace) -> None:
    """Draw steps on the way from one category to another, or play that way as an animation.

    An OUT that ends in .gif or .webp is an animation, and so is an .svg with --animate.
    """
    a, b = options.a, options.b
    animated = options.animate or options.output.suffix.lower() in MOVING
    steps = options.steps or (round(options.seconds * FRAMES_A_SECOND) if animated else STEPS)
    positions = np.linspace(-options.beyond, 1 + options.beyond, steps).tolist()

    def blended() -> Iterator[tuple[float, Drawn]]:
        studio = _studio(options)
        ends = np.stack([_known(studio, name) for name in (a, b)])
        with tqdm(total=len(positions), unit="sketch", disable=None, leave=False) as bar:
            for start in range(0, len(positions), CHUNK):
                part = positions[start : start + CHUNK]
                codes = studio.mix(ends, [(t, 0.0) for t in part], options.straight)
                drawn = studio.decode(codes, [options.seed] * len(part), options.temperature)
                yield from zip(part, drawn, strict=True)
                bar.update(len(part))

    def drawings() -> Iterator[Drawing]:
        for position, new in blended():
            drawing = _boxed(new, a if position < 0.5 else b)
            way = {"from": a, "to": b, "position": round(position, 4)}
            yield replace(drawing, extra=way | drawing.extra)

    title = f"From {a} to {b}"
    if animated:
        check_ending(options.output)
        frames = [drawn.strokes for _, drawn in blended()]
        write_animation(Animation(frames, not options.once, title=title), options.output)
        return
    if holds_many(options.output):
        write_sketches(options.output, drawings())
        return
    names = [f"{1 - t:.0%} {a}, {t:.0%} {b}" for t in positions]
    columns = len(positions) if len(positions) <= STRIP else None
    write_page(
        options.output,
        lambda: replace(page_of([*drawings()], columns, names), title=title),
    )


def generate(options: argparse.Namespace) -> None:
    """Draw new sketches of a category."""
    if options.count > MAX_DRAWINGS and not holds_many(options.output):
        raise CommandError(
            f"{options.output}: has room for {MAX_DRAWINGS:,} drawings, not {options.count:,}"
        )

    def generated() -> Iterator[Drawing]:
        studio = _studio(options)
        _known(studio, options.category)
        with tqdm(total=options.count, unit="sketch", disable=None, leave=False) as bar:
            for start in range(0, options.count, CHUNK):
                count = min(CHUNK, options.count - start)
                sampling = replace(_sampling(options), seed=options.seed + start)
                for new in studio.generate(options.category, count, sampling):
                    yield _boxed(new, options.category)
                bar.update(count)

    write_sketches(options.output, generated())


def guess(options: argparse.Namespace) -> None:
    """Print the model's three best categories for each drawing, likeliest first.

    A line a drawing, in the order of IN: three times a name and its probability, parted by tabs.
    """
    for _, chunk in _chunks(options.input):
        studio = _studio(options)
        names = studio.config.categories
        for row in studio.guess_ink([drawing.strokes for drawing in chunk]):
            best = np.argsort(-row, kind="stable")[:3]
            print("\t".join(f"{names[i]} {row[i]:.3f}" for i in best))


def encode(options: argparse.Namespace) -> None:
    """Write the latent code of each drawing: the array ``codes``, float32 (N, 128)."""
    if options.output.suffix.lower() != ".npz":
        raise CommandError(f"{options.output}: codes are written to a .npz file")
    with safe_write(options.output) as file:
        codes = [
            _studio(options).encode([drawing.strokes for drawing in chunk])
            for _, chunk in _chunks(options.input)
        ]
        np.savez(file, codes=np.concatenate(codes))


def bench(options: argparse.Namespace) -> None:
    """Measure how fast the app is on this machine: median, 95th and 99th percentile.

    canvas: ink, panning, zoom, erasing and the lasso on a page of 10,000 strokes, and ink while the
    model draws. engine: decoding, beside the bare products of its weights and beside JavaScript;
    memory; a slider move to its new sketch, on the screen, too; a strip of nine; a completion; a
    cancel. files: saving, opening and journaling 5,000 strokes, on this disk. start: from the
    command to a window that takes ink, and to a ready engine.
    """
    from sketchstudio.bench import measure
    from sketchstudio.bench.report import render

    try:
        print(render(measure(options.what), options.json))
    except RuntimeError as error:
        raise CommandError(str(error)) from None


def install_desktop(options: argparse.Namespace) -> None:
    """Add sketchstudio to the menu of a Linux desktop, with its icon and its files' type."""
    from sketchstudio.system import desktop_entry

    try:
        done = desktop_entry.remove() if options.remove else desktop_entry.install()
    except OSError as error:
        raise CommandError(f"cannot write {error.filename}: {error.strerror}") from None
    for path in done:
        print("removed" if options.remove else "wrote", path)


COMMANDS: dict[str, Callable[[argparse.Namespace], None]] = {
    "redraw": redraw,
    "complete": complete,
    "blend": blend,
    "generate": generate,
    "guess": guess,
    "encode": encode,
    "convert": convert,
    "teach": teach,
    "bench": bench,
    "install-desktop": install_desktop,
}
"""The commands by name, in the order of the help."""


def _chunks(path: Path) -> Iterator[tuple[int, list[Drawing]]]:
    """Drawings in chunks with the number of those before, and a progress bar in a terminal."""
    drawings, start = read_sketches(path), 0
    with tqdm(unit="sketch", disable=None, leave=False) as bar:
        while chunk := list(itertools.islice(drawings, CHUNK)):
            yield start, chunk
            start += len(chunk)
            bar.update(len(chunk))


def _studio(options: argparse.Namespace) -> Studio:
    """The model asked for; only here is torch imported."""
    return _load(options.model, options.device)


@functools.cache
def _load(model: str, device: str) -> Studio:
    try:
        from sketchstudio.model.studio import ModelError, Studio
    except ImportError as error:
        raise CommandError(f"this command needs torch, which cannot be used: {error}") from None
    try:
        return Studio.load(model, device)
    except (ModelError, FileNotFoundError, ValueError) as error:
        raise CommandError(str(error)) from None
    except RuntimeError as error:  # of a driver, in many lines
        raise CommandError(f"the device {device} does not work: {error}") from None


def _known(studio: Studio, category: str) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    """The code of a category that the model has learnt."""
    from sketchstudio.model.studio import UnknownCategory

    try:
        return studio.category_code(category)
    except UnknownCategory as error:
        raise CommandError(str(error)) from None


def _sampling(options: argparse.Namespace) -> Sampling:
    return Sampling(options.temperature, options.seed)


def _size(drawing: Drawing) -> float:
    return Box.around(checked(drawing.strokes)).size


def _told(drawing: Drawing, drawn: Drawn) -> dict[str, object]:
    return {**drawing.extra, "seed": drawn.seed, "finished": drawn.finished}


def _boxed(drawn: Drawn, word: str) -> Drawing:
    """A generated sketch as Quick, Draw! places it: top left at 0, longest side 255."""
    strokes: tuple[Coordinates, ...] = drawn.strokes
    if strokes:
        box = Box.around(strokes)
        boxed = [box.to_box(points) for points in strokes]
        corner = np.concatenate(boxed).min(axis=0)
        strokes = tuple((points - corner) * np.float32(SIDE) for points in boxed)
    extra = {"seed": drawn.seed, "finished": drawn.finished}
    return Drawing(rounded(strokes, SIDE), word, extra=extra)


def _begun(drawing: Drawing, keep: Decimal) -> tuple[Drawing, bool]:
    """The first ``keep`` of a drawing's points, rounded up, and whether the pen lifts there."""
    total = sum(map(len, drawing.strokes))
    left = max(1, math.ceil(keep * total))
    if left >= total:
        return drawing, True
    strokes: list[Numbers] = []
    for stroke in drawing.strokes:
        if left <= 0:
            break
        strokes.append(stroke[:left])
        left -= len(stroke)
    times = tuple(
        None if time is None else time[: len(stroke)]
        for time, stroke in zip(drawing.times, strokes, strict=False)
    )
    return replace(drawing, strokes=tuple(strokes), times=times), left == 0
