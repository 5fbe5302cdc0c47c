"""From one point of a sketch to the next: what a step reads and writes, and steps in numpy.

`compiled_steps` draws the same several times as fast; these serve where it does not run.

Weights are kept as whole numbers of 16 bits, each row with a scale of its own, and so is the
LSTM's state: a step is bound by how fast weights are read and multiplied, and whole numbers take
half the time of floats for both. Sums of them are exact, in any order, so that a sketch is the
same alone and in a batch.
"""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from sketchstudio.model.mdn import LOG_SIGMA_CEILING, LOG_SIGMA_FLOOR, RHO_LIMIT

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[Any]
"""Whole numbers: int16, and int32 where they are sums; here all are float32, for BLAS."""

NUMBER: type[np.generic] = np.float32
SUM: type[np.generic] = np.float32
"""The kinds of `Whole`."""

STATE_SCALE = 4096
"""A state of 1, as a whole number."""

DOWN, LIFTED, ENDED = range(3)
"""Pen states."""

_SIGMA_FLOOR, _SIGMA_CEILING = np.float32(LOG_SIGMA_FLOOR), np.float32(LOG_SIGMA_CEILING)
_RHO = np.float32(RHO_LIMIT)
_ROWS, _COLUMNS = 4, 16  # compiled products take as many at once
_CACHE_LINE = 64  # bytes


class Weights(NamedTuple):
    """The decoder's weights, laid out for steps; H units, M mixtures.

    Attributes:
        product: (R, K) whole numbers, at least (4H + 6M + 3, H), beyond which are zeros: the
            recurrent gates, then the output layer.
        scale: (R,) float32, turns a row's sums into what they stand for.
        moves: (4, 4H) float32, for the gates: of offset x, y and position x, y.
        pens: (3, 4H) float32, of each pen state.
        bias: (6M + 3,) float32, of the output layer.
        offset_std: (1,) float32, what an offset of 1 is in box units.
    """

    product: Whole
    scale: Floats
    moves: Floats
    pens: Floats
    bias: Floats
    offset_std: Floats


class Batch(NamedTuple):
    """B sketches under way, of T points at most and P given ones that they begin with.

    Those that ended give up their places, so that those alive are in the first ones. By place:

    Attributes:
        who: (B,) int64, the number of the sketch.
        gates: (B, 4H) float32, the code's share of the gates, and their bias.
        states: (B, K) whole numbers.
        cells: (B, H) float32.
        sums: (B, R) whole numbers: the product of the weights and the state.
        moves: (B, 4) float32: last offset x, y and position x, y.
        pens: (B,) int64, last pen state.
        given_moves: (P, B, 4) float32. Sketches with fewer given points begin later, lie in
            later places, and have NaN before.
        given_pens: (P, B) int64.
        open: (B,) bool, by number, as are all below: the model decides the pen state of the
            last given point; afterwards, that it stayed down.
        gumbel: (T + 1, B, M + 3) float32: which component and pen state, for open strokes first.
        normal: (T + 1, B, 2) float32: where in the component.
        points: (T, B, 2) float32, box units: what was drawn.
        lifts: (T, B) bool: the pen lifted after the point.
        lengths: (B,) int64: points of those that ended.
    """

    who: npt.NDArray[np.int64]
    gates: Floats
    states: Whole
    cells: Floats
    sums: Whole
    moves: Floats
    pens: npt.NDArray[np.int64]
    given_moves: Floats
    given_pens: npt.NDArray[np.int64]
    open: npt.NDArray[np.bool_]
    gumbel: Floats
    normal: Floats
    points: Floats
    lifts: npt.NDArray[np.bool_]
    lengths: npt.NDArray[np.int64]


def whole_numbers(rows: Floats) -> tuple[npt.NDArray[np.int16], Floats]:
    """Weights (N, H) as whole numbers (R, K), with zeros beyond, and each row's scale (R,).

    They are as large as can be: sums of products with any state, in any order, stay within 32
    bits.
    """
    count, depth = rows.shape
    full = np.zeros((-(-count // _ROWS) * _ROWS, -(-depth // _COLUMNS) * _COLUMNS))
    full[:count, :depth] = rows
    tiny = 1e-30
    room = (2**31 - 1) / STATE_SCALE - depth  # of which rounding takes at most 1/2 each
    by_size = (2**15 - 1) / np.maximum(np.abs(full).max(axis=1), tiny)
    by_sum = room / np.maximum(np.abs(full).sum(axis=1), tiny)
    factor = np.minimum(by_size, by_sum)
    whole = np.rint(full * factor[:, None]).astype(np.int16)
    return whole, (1 / (factor * STATE_SCALE)).astype(np.float32)


def aligned(shape: tuple[int, ...], kind: npt.DTypeLike) -> npt.NDArray[Any]:
    """Zeros that begin where a line of the cache does: none of their vectors lies across two."""
    size = math.prod(shape) * np.dtype(kind).itemsize
    memory = np.zeros(size + _CACHE_LINE, dtype=np.uint8)
    begin = -memory.ctypes.data % _CACHE_LINE
    return memory[begin : begin + size].view(kind).reshape(shape)


def go_on(
    weights: Weights, batch: Batch, alive: int, first: int, last: int, temperature: float
) -> tuple[int, int]:
    """Take so many steps; those under 0 take the given points, the others draw.

    Args:
        weights: The decoder's.
        batch: Of sketches.
        alive: How many did not end.
        first: Step to begin with: at first -P, then where the last call ended.
        last: Step to end before.
        temperature: Over 0.

    Returns:
        How many are still alive, and the step where it ended.

    Raises:
        FloatingPointError: A point that is no number.
    """
    given = len(batch.given_moves)
    if first == -given:
        np.matmul(batch.states, weights.product.T, out=batch.sums)
    for step in range(first, last):
        if step < 0:
            begun = int(np.count_nonzero(~np.isnan(batch.given_moves[given + step, :, 0])))
            _advance(weights, batch, begun)
            batch.moves[:begun] = batch.given_moves[given + step, :begun]
            batch.pens[:begun] = batch.given_pens[given + step, :begun]
            if step == -1:
                _, pens = _pick(weights, batch, alive, step, temperature)
                cut = batch.open[batch.who]
                batch.pens[cut] = pens[cut]
                batch.open[batch.who] = cut & (pens == DOWN)
            continue
        _advance(weights, batch, alive)
        offsets, pens = _pick(weights, batch, alive, step, temperature)
        if not np.isfinite(offsets).all():
            raise FloatingPointError("a point that is no number")
        batch.moves[:alive, :2] = offsets
        batch.moves[:alive, 2:] += offsets * weights.offset_std
        batch.pens[:alive] = pens
        who = batch.who[:alive]
        batch.points[step, who], batch.lifts[step, who] = batch.moves[:alive, 2:], pens == LIFTED
        for place in np.flatnonzero(pens == ENDED)[::-1]:
            alive -= 1
            batch.lengths[batch.who[place]] = step
            for array in batch[:7]:
                array[[place, alive]] = array[[alive, place]]
        if not alive:
            return 0, step + 1
    return alive, last


def _advance(weights: Weights, batch: Batch, alive: int) -> None:
    """One LSTM step of the first sketches, and the products of their new states."""
    hidden = batch.cells.shape[1]
    gates = batch.sums[:alive, : 4 * hidden] * weights.scale[: 4 * hidden]
    gates += batch.gates[:alive]
    gates += weights.pens[batch.pens[:alive]]
    gates += batch.moves[:alive] @ weights.moves
    np.tanh(gates, out=gates)
    gates[:, : 3 * hidden] *= 0.5
    gates[:, : 3 * hidden] += 0.5
    into, forget, out, new = np.split(gates, 4, axis=1)
    cells = batch.cells[:alive]
    cells *= forget
    cells += into * new
    states = batch.states[:alive]
    np.rint(out * np.tanh(cells) * np.float32(STATE_SCALE), out=states[:, :hidden])
    np.matmul(states, weights.product.T, out=batch.sums[:alive])


def _pick(
    weights: Weights, batch: Batch, alive: int, step: int, temperature: float
) -> tuple[Floats, npt.NDArray[np.int64]]:
    """What comes next in the first sketches, see `sample`; none ends before its first point."""
    gates, who = batch.gates.shape[1], batch.who[:alive]
    output = slice(gates, gates + len(weights.bias))
    parameters = batch.sums[:alive, output] * weights.scale[output] + weights.bias
    if step < 1:
        parameters[:, -1] = -np.inf
    return sample(parameters, batch.gumbel[step + 1, who], batch.normal[step + 1, who], temperature)


def sample(
    parameters: Floats, gumbel: Floats, normal: Floats, temperature: float
) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Draw an offset and a pen state from each row's mixture density.

    Args:
        parameters: (B, 6M + 3), see `mdn.offset_nll`.
        gumbel: (B, M + 3) standard Gumbel numbers: which component, which pen state.
        normal: (B, 2) standard normal numbers: where in the component.
        temperature: Over 0.

    Returns:
        Offsets (B, 2) in units of the offset's standard deviation, and pen states (B,).
    """
    count, width = parameters.shape
    mixtures = (width - 3) // 6
    cooling, cooling_pen = np.float32(1 / temperature), np.float32(1 / math.sqrt(temperature))
    which = (parameters[:, :mixtures] * cooling + gumbel[:, :mixtures]).argmax(axis=1)
    pens = (parameters[:, -3:] * cooling_pen + gumbel[:, mixtures:]).argmax(axis=1)
    components = parameters[:, mixtures:-3].reshape(count, 5, mixtures)
    chosen = components[np.arange(count), :, which]
    sigma = np.exp(np.minimum(np.maximum(chosen[:, 2:4], _SIGMA_FLOOR), _SIGMA_CEILING))
    sigma *= np.float32(math.sqrt(temperature))
    rho = np.tanh(chosen[:, 4]) * _RHO
    along = normal[:, 0]
    across = rho * along + normal[:, 1] * np.sqrt(1 - rho * rho)  # correlated: y follows x by rho
    return chosen[:, :2] + sigma * np.stack([along, across], axis=1), pens
