"""What a model does, to look at: sheets of redraws, completions, healing, blends, and its map."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np

from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.sketch_codec import Polylines
from sketchstudio.model.studio import Studio
from trainer.evaluation.cartoons import cartoons
from trainer.evaluation.held_out import HeldOut, Settings, beginning, chunks, percent
from trainer.evaluation.latent_space import Map
from trainer.evaluation.sheets import Cell, Image, Row, sheet, write_png
from trainer.recogniser import Recogniser

ROWS = 14
EXAMPLES = 3
BLENDS = 9
CARTOONS_IN_A_ROW = 4
PAIRS = (
    ("cat", "pig"),
    ("dog", "elephant"),
    ("bird", "fish"),
    ("car", "van"),
    ("face", "sun"),
    ("mushroom", "light bulb"),
    ("shoe", "duck"),
    ("horse", "giraffe"),
)

MAP = 1100
"""Side of a map, px."""

MAP_MARGIN = 50
DOT = 4


def drawings(
    held_out: HeldOut,
    redraws: Sequence[Drawn],
    healed: tuple[float, Sequence[Polylines], Sequence[Drawn]],
    completed: tuple[float, Sequence[Drawn]],
    folder: Path,
) -> None:
    """Sheets of every category's first drawings, each with its redraw, healing, completion.

    Args:
        held_out: The drawings.
        redraws: One of each.
        healed: The share masked, what was left, and what was made of it.
        completed: The share begun with, and what was added.
        folder: Gets ``drawings-1.png`` and so on.
    """
    share, added = completed
    masked, damaged, whole = healed
    rows = []
    for label, name in enumerate(held_out.categories):
        cells = []
        for i in np.flatnonzero(held_out.labels == label)[:EXAMPLES]:
            cells += [
                Cell(held_out.drawings[i]),
                Cell(redraws[i].strokes),
                Cell(beginning(held_out.drawings[i], share)[0], added[i].strokes),
                Cell(damaged[i]),
                Cell(whole[i].strokes),
            ]
        rows.append(Row(name, cells))
    columns = ("drawn", "redrawn", f"{percent(share)}% + rest", f"{percent(masked)}% masked")
    header = (*columns, "healed") * EXAMPLES
    for page, part in enumerate(chunks(rows, ROWS), start=1):
        picture = sheet(part, header, group=len(columns) + 1)
        write_png(folder / f"drawings-{page}.png", picture)


def blends(studio: Studio, settings: Settings) -> Image:
    """A row of blends for each pair of categories."""
    names = studio.config.categories
    pairs = [pair for pair in PAIRS if set(pair) <= set(names)]
    pairs = pairs or list(pairwise(names))[: len(PAIRS)]
    positions = np.linspace(0, 1, BLENDS)
    sampling = Sampling(settings.temperature, settings.seed)
    rows = []
    for a, b in pairs:
        drawn = studio.blend(
            studio.category_code(a), studio.category_code(b), positions.tolist(), sampling
        )
        rows.append(Row(f"{a} to {b}", [Cell(d.strokes) for d in drawn]))
    return sheet(rows, [f"{position:.0%}" for position in positions])


def cartoon_test(studio: Studio, recogniser: Recogniser, settings: Settings) -> Image:
    """Each cartoon, a redraw, and the best of several, with the recogniser's word for them."""
    originals = cartoons()
    sketches = list(originals.values())
    sampling = Sampling(settings.temperature, settings.seed)
    ways = [studio.redraw(sketches, sampling, count) for count in (1, settings.candidates)]
    names = recogniser.config.categories
    cells = []
    named = [recogniser.name([drawn.strokes for drawn in redraws]) for redraws in ways]
    for i, (title, strokes) in enumerate(originals.items()):
        cells.append(Cell(strokes, caption=title))
        for redraws, words in zip(ways, named, strict=True):
            caption = names[words[i]] if words[i] >= 0 else "nothing"
            cells.append(Cell(redraws[i].strokes, caption=caption))
    group = 1 + len(ways)
    header = ("cartoon", "redrawn", f"best of {settings.candidates}") * CARTOONS_IN_A_ROW
    rows = [Row("", part) for part in chunks(cells, group * CARTOONS_IN_A_ROW)]
    return sheet(rows, header, group)


def latent_map(codes: Map, categories: Sequence[str]) -> Image:
    """A dot for each drawing in its category's colour, and the category's name amid its dots.

    Returns:
        (size, size, 3) uint8, BGR.
    """
    image: Image = np.full((MAP, MAP, 3), 255, dtype=np.uint8)
    pixels = MAP_MARGIN + codes.places * (MAP - 1 - 2 * MAP_MARGIN)
    colours = category_colours(len(categories))
    for (x, y), label in zip(np.rint(pixels).astype(int).tolist(), codes.labels, strict=True):
        cv2.circle(image, (x, y), DOT, colours[label], -1, cv2.LINE_AA)
    for label, name in enumerate(categories):
        own = pixels[codes.labels == label]
        if len(own):
            _name(image, name, own[_middle(own)], colours[label])
    return image


def category_colours(count: int) -> list[tuple[int, int, int]]:
    """BGR colours; neighbours in number are far apart in hue, and three depths share the hues."""
    colours = []
    for i in range(count):
        hue = int(180 * (i * 0.618034 % 1))  # the golden ratio never comes back near
        depth = ((200, 190), (150, 150), (230, 230))[i % 3]
        pixel = np.array([[[hue, *depth]]], dtype=np.uint8)
        blue, green, red = cv2.cvtColor(pixel, cv2.COLOR_HSV2BGR)[0, 0].tolist()
        colours.append((blue, green, red))
    return colours


def _middle(points: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> int:
    """The point nearest all others: a mean may lie between two clusters."""
    apart = np.linalg.norm(points[:, None] - points, axis=-1)
    return int(apart.sum(axis=1).argmin())


def _name(
    image: Image,
    text: str,
    at: np.ndarray[tuple[int, ...], np.dtype[np.float64]],
    colour: tuple[int, int, int],
) -> None:
    """Write a name round a place, in a dark shade of the colour on paled dots."""
    font, scale = cv2.FONT_HERSHEY_SIMPLEX, 0.5
    (width, height), _ = cv2.getTextSize(text, font, scale, 1)
    x = int(np.clip(at[0] - width / 2, 4, MAP - width - 4))
    y = int(np.clip(at[1] + height / 2, height + 4, MAP - 8))
    dark = tuple(int(0.45 * channel) for channel in colour)
    behind = image[y - height - 3 : y + 4, x - 3 : x + width + 3]
    behind[:] = 255 - (255 - behind) // 5
    cv2.putText(image, text, (x, y), font, scale, dark, 1, cv2.LINE_AA)
