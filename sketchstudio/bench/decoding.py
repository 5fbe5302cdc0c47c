"""What a point costs: beside the bare products of its weights, beside others, beside JavaScript."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

import numpy as np

from sketchstudio.bench import javascript
from sketchstudio.bench.report import Figure
from sketchstudio.model.sampling import Decode, StrokeDecoder
from sketchstudio.model.studio import Studio

ROUNDS = 60
POINTS = 32
"""Most sketches are longer, and none of a round shall end."""

AT_ONCE = 9

FASTEST = 10
"""Percentile that ratios are of."""


def decoding(studio: Studio) -> Iterator[Figure]:
    """One sketch and nine at once, by turns, so that both meet the same machine."""
    points: dict[int, list[float]] = {1: [], AT_ONCE: []}
    products: dict[int, list[float]] = {1: [], AT_ONCE: []}
    for seed in range(ROUNDS):
        for count in points:
            point, product = _point(studio, count, seed)
            points[count].append(point)
            products[count].append(product)
    for count, name in ((1, "one sketch"), (AT_ONCE, f"{AT_ONCE} sketches at once")):
        yield Figure.of(f"{name}: a point of each", "µs", points[count])
        yield Figure.of(f"{name}: its bare products", "µs", products[count])
        yield ratio(f"{name}: ratio", points[count], products[count])
    yield ratio(f"{AT_ONCE} sketches at once, beside one", points[AT_ONCE], points[1])
    yield from _beside_javascript(studio, points)


def ratio(name: str, values: Sequence[float], others: Sequence[float]) -> Figure:
    """How many times as large values are, by the fastest tenth of both.

    Slower ones were held up by other programs, which is nothing that a ratio should tell of.
    """
    times = float(np.percentile(values, FASTEST) / np.percentile(others, FASTEST))
    return Figure(name, "times", times, times, times)


def _beside_javascript(studio: Studio, points: dict[int, list[float]]) -> Iterator[Figure]:
    config = studio.config
    measured = javascript.point_times(config.hidden, config.code, config.mixtures, 3 * ROUNDS)
    times = measured or [javascript.RECORDED]
    source = "measured in Node.js" if measured else "recorded, there is no Node.js here"
    yield Figure.of(f"the public decoder's point in JavaScript, {source}", "µs", times)
    yield ratio("one sketch: faster than JavaScript", times, points[1])
    each = [seconds / AT_ONCE for seconds in points[AT_ONCE]]
    yield ratio(f"each of {AT_ONCE} sketches: faster than JavaScript", times, each)


def _point(studio: Studio, count: int, seed: int) -> tuple[float, float]:
    """Time of a point of each of some sketches, and of the products that it cannot do without."""
    decoder = studio.decoder
    codes = np.resize(studio.category_codes(), (count, studio.config.code))
    decode, drawn = Decode(decoder, codes, range(seed, seed + count), 0.1, limit=POINTS), 0
    started = time.perf_counter()
    for drawn in decode:  # noqa: B007 - how far it came
        if decode.finished.any():
            break
    point = (time.perf_counter() - started) / max(drawn, 1)
    return point * 1e6, _products(decoder, decode) * 1e6


def _products(decoder: StrokeDecoder, decode: Decode) -> float:
    """Seconds that all sketches' states take to be multiplied by the weights.

    A call of no steps makes the products that the first one needs; one of no steps later on does
    nothing, and shows what the call itself takes.
    """
    count, begin = len(decode.batch.who), -len(decode.batch.given_moves)

    def call(step: int) -> Callable[[], object]:
        arguments = decoder.weights, decode.batch, count, step, step, 0.1
        return lambda: decoder.stepper.go_on(*arguments)

    return max(_seconds(call(begin)) - _seconds(call(begin + 1)), 1e-9)


def _seconds(call: Callable[[], object]) -> float:
    started = time.perf_counter()
    for _ in range(POINTS):
        call()
    return (time.perf_counter() - started) / POINTS
