"""Any number of Quick, Draw! files to arrays on disk that training reads without loading them.

Every file is streamed by a process of its own into a *part*: raw arrays of each split. When all
are done, the parts are joined to one array each. Memory stays the same however large .ndjson and
.bin files are (of an .npz, one set at a time is read whole), and a run that was killed goes on with
the files that were not done.
"""

from __future__ import annotations

import json
import math
import multiprocessing
import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np

from sketchstudio.core.sketch_codec import SketchError
from sketchstudio.formats.drawing import word_of
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.quickdraw import read_drawings
from sketchstudio.formats.safe_write import safe_write
from trainer.sketches import (
    PREPARED,
    PREPARED_VERSION,
    SPLITS,
    category_files,
    split_of,
    usable,
)

ARRAYS = {"points": np.dtype("<f4"), "lifts": np.dtype("?"), "lengths": np.dtype("<i8")}
"""Raw arrays of a part, as they are in the end; points are pairs."""

PARTS = "parts"
SKIPPED = "skipped.txt"
CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """A file to be streamed into a part.

    Attributes:
        source: The file.
        part: Where its arrays go, without what their names end in.
        max_points: Drawings with more are left out.
    """

    source: Path
    part: Path
    max_points: int

    @property
    def signature(self) -> dict[str, Any]:
        """What a part was made of: the same again need not be made."""
        about = self.source.stat()
        return {
            "source": str(self.source.resolve()),
            "bytes": about.st_size,
            "modified": about.st_mtime_ns,
            "max_points": self.max_points,
        }


def sources(paths: Sequence[Path], categories: Sequence[str] = ()) -> list[Path]:
    """Quick, Draw! files, and those in folders, of all categories or the ones asked for.

    Raises:
        FileNotFoundError: One is not there, or a category has no file.
    """
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += category_files(path).values()
        elif path.exists():
            found.append(path)
        else:
            raise FileNotFoundError(f"there is no {path}")
    missing = set(categories) - set(map(word_of, found))
    if missing:
        raise FileNotFoundError(f"there are no drawings of {', '.join(sorted(missing))}")
    return [path for path in found if not categories or word_of(path) in categories]


def prepare(
    files: Sequence[Path],
    out: Path,
    max_points: int = 128,
    workers: int = 1,
    on_done: Callable[[Path, dict[str, Any]], None] | None = None,
) -> dict[str, Any]:
    """Write a folder that `sketches.load` reads.

    Args:
        files: Quick, Draw! files; each is of the category that its name says.
        out: The folder.
        max_points: Drawings with more are left out.
        workers: Processes.
        on_done: Told of each file and what came of it, also of those done before.

    Returns:
        What ``prepared.json`` says: ``categories``, ``sketches`` and ``points`` of each split,
        ``skipped`` lines (named in ``skipped.txt``), ``offset_std``.

    Raises:
        OSError: Something cannot be read or written.
        SketchError: There was no drawing to use.
        FormatError: What an earlier run left is damaged.
    """
    jobs = [Job(path, out / PARTS / _part_name(path), max_points) for path in files]
    signatures = [job.signature for job in jobs]
    about = _read_json(out / PREPARED)
    if about is not None and about.get("files") == signatures:
        return about
    (out / PARTS).mkdir(parents=True, exist_ok=True)
    (out / PREPARED).unlink(missing_ok=True)
    parts: list[dict[str, Any]] = []
    for job, part in zip(jobs, _streamed(jobs, workers), strict=True):
        parts.append(part)
        if on_done is not None:
            on_done(job.source, part)
    if not any(part["sketches"][split] for part in parts for split in SPLITS):
        raise SketchError(f"no usable drawing of at most {max_points} points")
    names = sorted({word_of(path) for path in files})
    labels = [names.index(word_of(path)) for path in files]
    for split in SPLITS:
        _join(jobs, parts, labels, split, out)
    with safe_write(out / SKIPPED) as file:
        for job in jobs:
            with _array(job.part, SKIPPED).open("rb") as named:
                shutil.copyfileobj(named, file, CHUNK)
    about = {
        "version": PREPARED_VERSION,
        "categories": names,
        "sketches": {split: sum(part["sketches"][split] for part in parts) for split in SPLITS},
        "points": {split: sum(part["points"][split] for part in parts) for split in SPLITS},
        "skipped": sum(part["skipped"] for part in parts),
        "offset_std": _std([part["offsets"] for part in parts]),
        "files": signatures,
    }
    with safe_write(out / PREPARED) as file:
        file.write(json.dumps(about, indent=1).encode())
    shutil.rmtree(out / PARTS)
    return about


def _part_name(path: Path) -> str:
    return f"{word_of(path)}-{zlib.crc32(str(path.resolve()).encode()):08x}"


def _array(part: Path, name: str) -> Path:
    return part.with_name(f"{part.name}.{name}")


def _read_json(path: Path) -> dict[str, Any] | None:
    try:
        about = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return about if isinstance(about, dict) else None


def _streamed(jobs: Sequence[Job], workers: int) -> Iterator[dict[str, Any]]:
    """What came of each job, in their order."""
    if workers == 1:
        yield from map(stream_file, jobs)
        return
    with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
        yield from pool.map(stream_file, jobs)


def stream_file(job: Job) -> dict[str, Any]:
    """Write one file's part, unless it is there; what the part says of itself."""
    signature = job.signature
    done = _read_json(_array(job.part, "json"))
    if done is not None and done.get("signature") == signature:
        return done
    _array(job.part, "json").unlink(missing_ok=True)  # the arrays it speaks of go now
    counts = dict.fromkeys(SPLITS, 0)
    points_written = dict.fromkeys(SPLITS, 0)
    offsets = np.zeros(3)  # number, sum, sum of squares of the training offsets
    skipped = 0
    with ExitStack() as stack:
        files = {
            (split, name): stack.enter_context(_array(job.part, f"{split}.{name}").open("wb"))
            for split in SPLITS
            for name in ARRAYS
        }
        named = stack.enter_context(_array(job.part, SKIPPED).open("w", encoding="utf-8"))

        def skip(message: str) -> None:
            nonlocal skipped
            skipped += 1
            named.write(f"{message}\n")

        try:
            for drawing in read_drawings(job.source, skip):
                if drawing is None:  # it has been named
                    continue
                try:
                    sketch = usable(drawing, job.max_points)
                except SketchError as error:
                    skip(f"{drawing.place}: {error}")
                    continue
                if sketch is None:
                    continue
                points, lifts = sketch
                split = split_of(drawing)
                files[split, "points"].write(points.astype(ARRAYS["points"]).tobytes())
                files[split, "lifts"].write(lifts.tobytes())
                files[split, "lengths"].write(np.array(len(points), ARRAYS["lengths"]).tobytes())
                counts[split] += 1
                points_written[split] += len(points)
                if split == "train":
                    inner = np.diff(points, axis=0).astype(np.float64)
                    offsets += inner.size, inner.sum(), (inner * inner).sum()
        except FormatError as error:  # what came before it is good
            skip(str(error))
    about = {
        "signature": signature,
        "sketches": counts,
        "points": points_written,
        "skipped": skipped,
        "offsets": offsets.tolist(),
    }
    with safe_write(_array(job.part, "json")) as file:
        file.write(json.dumps(about).encode())
    return about


def _std(offsets: Sequence[Sequence[float]]) -> float | None:
    number, total, squares = np.sum(offsets, axis=0)
    return math.sqrt(max(squares / number - (total / number) ** 2, 0)) if number else None


def _join(
    jobs: Sequence[Job],
    parts: Sequence[dict[str, Any]],
    labels: Sequence[int],
    split: str,
    out: Path,
) -> None:
    """Write the ``.npy`` files of a split: the parts, one after the other.

    Raises:
        FormatError: A part is not as large as it says.
    """
    sketches = [part["sketches"][split] for part in parts]
    points = sum(part["points"][split] for part in parts)
    for name, dtype in ARRAYS.items():
        shape = {"points": (points, 2), "lifts": (points,), "lengths": (sum(sketches),)}[name]
        with _npy(out / f"{split}.{name}.npy", dtype, shape) as file:
            for job, part in zip(jobs, parts, strict=True):
                raw = _array(job.part, f"{split}.{name}")
                count = part["sketches" if name == "lengths" else "points"][split]
                numbers = 2 * count if name == "points" else count
                if raw.stat().st_size != numbers * dtype.itemsize:
                    raise FormatError(f"{raw} is damaged; remove {raw.parent} and prepare again")
                with raw.open("rb") as made:
                    shutil.copyfileobj(made, file, CHUNK)
    with _npy(out / f"{split}.labels.npy", np.dtype("<i8"), (sum(sketches),)) as file:
        for label, count in zip(labels, sketches, strict=True):
            for start in range(0, count, CHUNK):
                np.full(min(CHUNK, count - start), label, "<i8").tofile(file)


def _npy(path: Path, dtype: np.dtype[Any], shape: tuple[int, ...]) -> BinaryIO:
    """A new ``.npy`` file whose numbers are yet to be written."""
    file = path.open("wb")
    header = {"descr": dtype.str, "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(file, header)
    return file


def default_workers() -> int:
    """As many processes as there are cores for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
