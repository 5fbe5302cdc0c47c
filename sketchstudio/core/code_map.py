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
_ROUNDS, _CLOSEST = 30, 1e-3


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

    def places(self, codes: Codes, shares: npt.NDArray[np.float32] | None = None) -> list[Place]:
        """Where codes (M, code) lie: in the middle of the nearest ones; known ones exactly.

        Codes of many dimensions are all about as far from one another, and the mean of places in
        several clusters lies in none. So nearest are those that are like in name, too, and their
        middle is the geometric median: where most of them are.

        Args:
            codes: Of anything.
            shares: Probability of each category, (M, C); None where nothing is known of them.
        """
        found = []
        for row, code in enumerate(np.asarray(codes, dtype=np.float32)):
            distance = np.linalg.norm(self.codes - code, axis=1)
            likely = None if shares is None else shares[row][self.labels]
            near, weights = _nearest(distance, _NEAR_CODES, _CODE_POWER, likely)
            found.append(_middle(self.points[near], weights))
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
    distance: npt.NDArray[np.float32],
    count: int,
    power: float,
    likely: npt.NDArray[np.float32] | None = None,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.float32]]:
    """Indices of the nearest, and the share of each: by a power of one over its distance.

    Where it is known how ``likely`` each is, that counts as well.
    """
    least = max(float(distance.min()), _LEAST)
    weights = (least / np.maximum(distance, _LEAST)) ** power
    if likely is not None:
        weights = weights * np.maximum(likely, _LEAST)
    near = np.argsort(-weights, kind="stable")[:count]
    return near, np.asarray(weights[near] / weights[near].sum(), dtype=np.float32)


def _middle(points: Codes, weights: npt.NDArray[np.float32]) -> Place:
    """The geometric median of places (N, 2), by Weiszfeld's steps from the mean."""
    middle = weights @ points
    for _ in range(_ROUNDS):
        pulls = weights / np.maximum(np.linalg.norm(points - middle, axis=1), _CLOSEST)
        middle = pulls @ points / pulls.sum()
    return float(middle[0]), float(middle[1])
