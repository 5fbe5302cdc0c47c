"""A grid over the page that says which boxes lie where."""

from __future__ import annotations

import math
from collections.abc import Iterator

from sketchstudio.core.stroke import Bounds

_MAX_CELLS = 4096


class GridIndex:
    """Keys with boxes, found by place; each operation costs the cells its box covers.

    Args:
        cell: Side of a grid cell, page px.
    """

    def __init__(self, cell: float = 128.0) -> None:
        self._cell = cell
        self._boxes: dict[str, Bounds] = {}
        self._cells: dict[tuple[int, int], set[str]] = {}
        self._vast: set[str] = set()  # boxes too large to be worth listing by cell

    def __len__(self) -> int:
        return len(self._boxes)

    def __contains__(self, key: str) -> bool:
        return key in self._boxes

    def __getitem__(self, key: str) -> Bounds:
        return self._boxes[key]

    def insert(self, key: str, bounds: Bounds) -> None:
        """Add a box; a box that is there under the key is replaced."""
        self.remove(key)
        self._boxes[key] = bounds
        if self._span(bounds) > _MAX_CELLS:
            self._vast.add(key)
            return
        for cell in self._covered(bounds):
            self._cells.setdefault(cell, set()).add(key)

    def remove(self, key: str) -> None:
        """Take a box out; nothing happens where there is none."""
        bounds = self._boxes.pop(key, None)
        if bounds is None:
            return
        if key in self._vast:
            self._vast.remove(key)
            return
        for cell in self._covered(bounds):
            keys = self._cells[cell]
            keys.remove(key)
            if not keys:
                del self._cells[cell]

    def clear(self) -> None:
        self._boxes.clear()
        self._cells.clear()
        self._vast.clear()

    def query(self, bounds: Bounds) -> set[str]:
        """The keys of all boxes that meet ``bounds``."""
        if self._span(bounds) > max(len(self._cells), 64):
            candidates: set[str] = set(self._boxes)
        else:
            candidates = set(self._vast)
            for cell in self._covered(bounds):
                candidates |= self._cells.get(cell, set())
        left, top, right, bottom = bounds.left, bounds.top, bounds.right, bounds.bottom
        boxes = self._boxes
        return {
            key
            for key in candidates
            if (box := boxes[key]).left <= right  # a call for each would take most of the time
            and left <= box.right
            and box.top <= bottom
            and top <= box.bottom
        }

    def _edges(self, bounds: Bounds) -> tuple[int, int, int, int]:
        return (
            math.floor(bounds.left / self._cell),
            math.floor(bounds.top / self._cell),
            math.floor(bounds.right / self._cell),
            math.floor(bounds.bottom / self._cell),
        )

    def _span(self, bounds: Bounds) -> int:
        left, top, right, bottom = self._edges(bounds)
        return (right - left + 1) * (bottom - top + 1)

    def _covered(self, bounds: Bounds) -> Iterator[tuple[int, int]]:
        left, top, right, bottom = self._edges(bounds)
        for column in range(left, right + 1):
            for row in range(top, bottom + 1):
                yield column, row
