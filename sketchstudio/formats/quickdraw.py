"""Quick, Draw! files: simplified ``.ndjson``, stroke-3 ``.npz`` and packed ``.bin``."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from sketchstudio.core.stroke import Points


@dataclass(frozen=True, slots=True)
class Drawing:
    """One drawing of a file.

    Attributes:
        strokes: (N, 2) float32 each, the file's units, y down.
        word: Its category, where known.
        key: The file's own identifier, where it has one.
        extra: Other fields of the line, kept when it is written again.
    """

    strokes: tuple[Points, ...]
    word: str = ""
    key: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def read_drawings(
    path: Path, on_error: Callable[[str], None] | None = None
) -> Iterator[Drawing | None]:
    """Drawings of a file in its order; None for a line that is none."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                record = json.loads(line)
                strokes = tuple(
                    np.array(stroke[:2], dtype=np.float32).T for stroke in record["drawing"]
                )
            except (ValueError, KeyError, TypeError, IndexError) as error:
                if on_error:
                    on_error(str(error))
                yield None
                continue
            yield Drawing(strokes, record.get("word", ""), str(record.get("key_id", "")))
