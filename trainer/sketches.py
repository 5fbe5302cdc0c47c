"""Quick, Draw! sketches, boxed once, split once, ready for batches: in memory or prepared."""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sketch_codec import Box, Polylines, SketchError, checked, join, split
from sketchstudio.formats.drawing import word_of
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.quickdraw import Drawing, read_drawings

SPLITS = ("train", "valid", "test")

PREPARED = "prepared.json"
"""In a prepared folder: what is there, and that it is whole."""

PREPARED_VERSION = 1


@dataclass(frozen=True, slots=True)
class Sketches:
    """Many sketches, one after the other.

    Attributes:
        points: (P, 2) float32, box units.
        lifts: (P,) bool, the pen lifts after this point.
        starts: (S,) int64, first point of each sketch.
        lengths: (S,) int64, points of each.
        labels: (S,) int64, index into ``categories``.
        categories: Names.
        skipped: Lines that were no sketch.
        std: What `offset_std` is, where it is known already.
    """

    points: npt.NDArray[np.float32]
    lifts: npt.NDArray[np.bool_]
    starts: npt.NDArray[np.int64]
    lengths: npt.NDArray[np.int64]
    labels: npt.NDArray[np.int64]
    categories: tuple[str, ...]
    skipped: int = 0
    std: float | None = None

    def __len__(self) -> int:
        return len(self.starts)

    def subset(self, chosen: npt.NDArray[np.int64]) -> Sketches:
        """Some of the sketches; the points stay shared."""
        return Sketches(
            self.points,
            self.lifts,
            self.starts[chosen],
            self.lengths[chosen],
            self.labels[chosen],
            self.categories,
        )

    def polylines(self, index: int) -> Polylines:
        """One sketch, box units."""
        part = slice(self.starts[index], self.starts[index] + self.lengths[index])
        return split(self.points[part], self.lifts[part])

    def offset_std(self) -> float:
        """Standard deviation of all offsets within sketches, box units."""
        if self.std is not None:
            return self.std
        owner = np.repeat(np.arange(len(self)), self.lengths)
        nth = np.arange(len(owner)) - np.repeat(
            np.cumsum(self.lengths) - self.lengths, self.lengths
        )
        source = self.starts[owner] + nth
        inner = nth > 0
        return float((self.points[source[inner]] - self.points[source[inner] - 1]).std())


def split_of(drawing: Drawing) -> str:
    """The split a drawing belongs to: its set, or by its content, so that it never changes.

    Drawings of .npz files are in sets already. Of others, 90 % train, 5 % valid, 5 % test, by
    CRC-32 of the key where there is one and of the ink where there is none.
    """
    own = drawing.extra.get("set")
    if own in SPLITS:
        return str(own)
    if drawing.key:
        text = drawing.key.encode()
    else:
        text = b"".join(np.asarray(stroke, np.float32).tobytes() for stroke in drawing.strokes)
    bucket = zlib.crc32(text) % 20
    return "valid" if bucket == 0 else "test" if bucket == 1 else "train"


def usable(
    drawing: Drawing, max_points: int
) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_]] | None:
    """Points (N, 2) in box units and lifts (N,) of a drawing; None of one that is too long.

    Raises:
        SketchError: It is no sketch.
    """
    if sum(map(len, drawing.strokes)) > max_points:
        return None
    strokes = checked(drawing.strokes)
    box = Box.around(strokes)
    return join([box.to_box(stroke) for stroke in strokes])


def category_files(folder: Path, categories: Sequence[str] = ()) -> dict[str, Path]:
    """Quick, Draw! files by category name, all of a folder's or those asked for.

    Raises:
        FileNotFoundError: The folder has none, or not all that were asked for.
    """
    found = {
        word_of(path): path
        for ending in ("bin.gz", "bin", "npz", "ndjson.gz", "ndjson")  # a later one is preferred
        for path in sorted(folder.glob(f"*.{ending}"))
    }
    if not found:
        raise FileNotFoundError(f"{folder} holds no .ndjson, .npz or .bin file")
    missing = [name for name in categories if name not in found]
    if missing:
        raise FileNotFoundError(f"{folder} has no drawings of {', '.join(missing)}")
    return {name: found[name] for name in (categories or sorted(found))}


def load(
    folder: Path, categories: Sequence[str] = (), max_points: int = 128
) -> dict[str, Sketches]:
    """Read a folder's drawings into the three splits; ones over ``max_points`` are left out.

    Args:
        folder: Of Quick, Draw! files, or one that ``trainer prepare`` has written: the drawings
            of that stay on disk, and are read as they are used.
        categories: Of these; all there are if none is named.
        max_points: The longest that is used.

    Raises:
        FileNotFoundError: As `category_files`.
        FormatError: A file is cut off, or of another version.
        SketchError: No drawing could be used.
    """
    if (folder / PREPARED).exists():
        return _prepared(folder, categories, max_points)
    files = category_files(folder, categories)
    names = tuple(files)
    parts: dict[str, list[tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], int]]]
    parts = {split: [] for split in SPLITS}
    skipped = 0
    for label, path in enumerate(files.values()):
        for drawing in read_drawings(path):
            if drawing is None:
                skipped += 1
                continue
            try:
                sketch = usable(drawing, max_points)
            except SketchError:
                skipped += 1
                continue
            if sketch is not None:
                parts[split_of(drawing)].append((*sketch, label))
    if not any(parts.values()):
        raise SketchError(f"no usable drawing of at most {max_points} points in {folder}")
    return {split: gathered(rows, names, skipped) for split, rows in parts.items()}


def gathered(
    rows: list[tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], int]],
    names: tuple[str, ...],
    skipped: int,
) -> Sketches:
    """Sketches of points, lifts and label each."""
    lengths = np.array([len(points) for points, _, _ in rows], dtype=np.int64)
    return Sketches(
        np.concatenate([points for points, _, _ in rows]) if rows else np.empty((0, 2), np.float32),
        np.concatenate([lifts for _, lifts, _ in rows]) if rows else np.empty(0, bool),
        np.cumsum(lengths) - lengths,
        lengths,
        np.array([label for _, _, label in rows], dtype=np.int64),
        names,
        skipped,
    )


def _prepared(folder: Path, categories: Sequence[str], max_points: int) -> dict[str, Sketches]:
    """What ``trainer prepare`` has written, memory-mapped."""
    try:
        about = json.loads((folder / PREPARED).read_text(encoding="utf-8"))
        version, known, std = about["version"], about["categories"], about["offset_std"]
    except (json.JSONDecodeError, KeyError, TypeError):
        raise FormatError(f"{folder / PREPARED} is damaged; prepare the folder again") from None
    if version != PREPARED_VERSION:
        raise FormatError(f"{folder} was prepared by another version; prepare it again")
    missing = [name for name in categories if name not in known]
    if missing:
        raise FileNotFoundError(f"{folder} has no drawings of {', '.join(missing)}")
    names = tuple(categories or known)
    label_of = np.full(len(known), -1)
    label_of[[known.index(name) for name in names]] = np.arange(len(names))
    splits = {}
    for part in SPLITS:
        points, lifts, lengths, labels = (
            _mapped(folder / f"{part}.{name}.npy")
            for name in ("points", "lifts", "lengths", "labels")
        )
        whole = Sketches(
            points, lifts, np.cumsum(lengths) - lengths, lengths, label_of[labels], names
        )
        wanted = (whole.labels >= 0) & (lengths <= max_points)
        everything = part == "train" and bool(wanted.all())
        if not wanted.all() or names != tuple(known):
            chosen = np.flatnonzero(wanted)  # in the order of the categories, as files are read
            whole = whole.subset(chosen[np.argsort(whole.labels[chosen], kind="stable")])
        splits[part] = replace(whole, skipped=about["skipped"], std=std if everything else None)
    if not any(map(len, splits.values())):
        raise SketchError(f"no usable drawing of at most {max_points} points in {folder}")
    return splits


def _mapped(path: Path) -> npt.NDArray[Any]:
    try:
        try:
            array = np.load(path, mmap_mode="r")
        except ValueError:  # an empty array cannot be mapped
            array = np.load(path)
    except (ValueError, EOFError):
        raise FormatError(f"{path} is damaged; prepare the folder again") from None
    return np.asarray(array)
