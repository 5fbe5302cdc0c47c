"""Latent codes laid out in the plane: from a code to its place on the map, and back."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Codes = npt.NDArray[np.float32]

Place = tuple[float, float]
"""On the map: its points lie within -1 and 1, their middle at (0, 0); y is up."""

_NEAR_CODES = 12
_NEAR_PLACES = 6
_CODE_POWER, _PLACE_POWER = 8.0, 4.0
"""How much nearer neighbours count for more; codes of many dimensions are all about as far."""

_LEAST = 1e-6


@dataclass(frozen=True, eq=False)
class CodeMap:
    """The typical drawings of a model's categories, each with its code and its place.

    What lies between them is found by its nearest ones, so it may be asked at any time: the map
    itself never moves.

    Attributes:
        model: Whose codes these are.
        categories: Their names.
        codes: (N, code) float32.
        labels: (N,) category of each.
        points: (N, 2) float32 places on the map.
        on_sphere: Codes have a root mean square of 1.
    """

    model: str
    categories: tuple[str, ...]
    codes: Codes
    labels: npt.NDArray[np.int64]
    points: npt.NDArray[np.float32]
    on_sphere: bool

    def places(self, codes: Codes) -> list[Place]:
        """Where codes (M, code) lie: among the places of the nearest ones; known ones exactly."""
        found = []
        for code in np.asarray(codes, dtype=np.float32):
            distance = np.linalg.norm(self.codes - code, axis=1)
            near, shares = _nearest(distance, _NEAR_CODES, _CODE_POWER)
            x, y = shares @ self.points[near]
            found.append((float(x), float(y)))
        return found

    def code_at(self, place: Place) -> Codes:
        """The code (code,) of a place: blended of the nearest ones; theirs where they lie."""
        near, shares = self._around(place)
        code = shares @ self.codes[near]
        if self.on_sphere:
            code = code / max(float(np.sqrt(np.mean(code * code))), _LEAST)
        return np.asarray(code, dtype=np.float32)

    def nearest(self, place: Place) -> int:
        """Index of the drawing whose point is nearest to a place."""
        return int(self._distances(place).argmin())

    def shares(self, place: Place) -> list[tuple[str, float]]:
        """The categories that the code of a place is blended of, the largest share first."""
        near, shares = self._around(place)
        sums = np.bincount(self.labels[near], shares, len(self.categories))
        order = [int(i) for i in np.argsort(-sums, kind="stable") if sums[i] > 0]
        return [(self.categories[i], float(sums[i])) for i in order]

    def centre(self, category: str) -> Place:
        """Of a category, the point with the least way to its others, so one among them.

        Raises:
            ValueError: The model has no such category.
        """
        own = self.points[self.labels == self.categories.index(category)]
        ways = np.linalg.norm(own[:, None] - own, axis=-1).sum(axis=1)
        x, y = own[int(ways.argmin())]
        return float(x), float(y)

    def _distances(self, place: Place) -> npt.NDArray[np.float32]:
        return np.asarray(np.linalg.norm(self.points - np.array(place, dtype=np.float32), axis=1))

    def _around(self, place: Place) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
        return _nearest(self._distances(place), _NEAR_PLACES, _PLACE_POWER)


def _nearest(
    distance: npt.NDArray[np.float32], count: int, power: float
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Indices of the nearest, and the share of each: by a power of one over its distance."""
    near = np.argsort(distance, kind="stable")[:count]
    least = max(float(distance[near[0]]), _LEAST)
    weights = (least / np.maximum(distance[near], _LEAST)) ** power
    return near, np.asarray(weights / weights.sum(), dtype=np.float32)
