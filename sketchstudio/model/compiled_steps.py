"""The steps of `steps`, compiled: none goes through Python, and other threads go on meanwhile.

What is compiled is kept beside this file, or in the user's cache, for the next start.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
import numpy.typing as npt
from numba import njit

from sketchstudio.model.mdn import LOG_SIGMA_CEILING, LOG_SIGMA_FLOOR, RHO_LIMIT
from sketchstudio.model.steps import DOWN, ENDED, LIFTED, STATE_SCALE, Batch, Weights
from sketchstudio.model.tiles import tile

NUMBER: type[np.generic] = np.int16
SUM: type[np.generic] = np.int32
"""The kinds of `steps.Whole`."""

_HALF, _ONE, _TWO = (np.float32(x) for x in (0.5, 1, 2))
_STATE = np.float32(STATE_SCALE)
_SIGMA_FLOOR, _SIGMA_CEILING = np.float32(LOG_SIGMA_FLOOR), np.float32(LOG_SIGMA_CEILING)
_RHO = np.float32(RHO_LIMIT)
_LEAST = np.float32(-np.inf)

_FAR = np.float32(4.97)  # the fraction below is 1 there, as near as float32 can tell
_ABOVE = tuple(np.float32(x) for x in (135135, 17325, 378))
_BELOW = tuple(np.float32(x) for x in (135135, 62370, 3150, 28))

_Function = TypeVar("_Function", bound=Callable[..., Any])


def _compiled(function: _Function, kept: bool = False) -> _Function:
    make = njit(nogil=True, cache=kept, error_model="numpy", fastmath={"contract"})
    return cast(_Function, make(function))


_for_nine, _for_four = tile(rows=1, states=9), tile(rows=1, states=4)
_for_two, _for_one = tile(rows=4, states=2), tile(rows=4, states=1)


@_compiled
def _tanh(x: np.float32) -> np.float32:
    """Tanh to the last digits of float32, in arithmetic that goes eight numbers at a time.

    Lambert's continued fraction at half of x, and the formula for the double.
    """
    y = min(max(x * _HALF, -_FAR), _FAR)
    z = y * y
    above = y * (_ABOVE[0] + z * (_ABOVE[1] + z * (_ABOVE[2] + z)))
    below = _BELOW[0] + z * (_BELOW[1] + z * (_BELOW[2] + z * _BELOW[3]))
    half = above / below
    return _TWO * half / (_ONE + half * half)


@_compiled
def _multiply(weights: Weights, batch: Batch, alive: int) -> None:
    """The products of the weights and the first states."""
    product, states, sums = weights.product, batch.states, batch.sums
    for row in range(0, len(product), 4):
        place = 0
        while place + 9 <= alive:
            for i in range(4):
                _for_nine(product, states, sums, row + i, place)
            place += 9
        while place + 4 <= alive:
            for i in range(4):
                _for_four(product, states, sums, row + i, place)
            place += 4
        if place + 2 <= alive:
            _for_two(product, states, sums, row, place)
            place += 2
        if place < alive:
            _for_one(product, states, sums, row, place)


@_compiled
def _live(weights: Weights, batch: Batch, place: int) -> None:
    """One LSTM step of a sketch, from its sums to its new state."""
    hidden = batch.cells.shape[1]
    gates = np.empty(4 * hidden, dtype=np.float32)
    scale, moves, pens = weights.scale, weights.moves, weights.pens
    sums, of_code, cells, states = batch.sums, batch.gates, batch.cells, batch.states
    pen = batch.pens[place]
    for j in range(4 * hidden):
        gates[j] = np.float32(sums[place, j]) * scale[j] + of_code[place, j] + pens[pen, j]
    for i in range(4):
        move = batch.moves[place, i]
        for j in range(4 * hidden):
            gates[j] += move * moves[i, j]
    for j in range(4 * hidden):
        gates[j] = _tanh(gates[j])
    for j in range(hidden):
        into, forget = gates[j] * _HALF + _HALF, gates[hidden + j] * _HALF + _HALF
        cells[place, j] = cells[place, j] * forget + into * gates[3 * hidden + j]
    for j in range(hidden):
        out = gates[2 * hidden + j] * _HALF + _HALF
        states[place, j] = np.int16(np.rint(out * _tanh(cells[place, j]) * _STATE))


@_compiled
def _pick(
    weights: Weights, batch: Batch, place: int, step: int, temperature: float
) -> tuple[np.float32, np.float32, int]:
    """What comes next in a sketch, see `steps.sample`: offset x, y and pen state."""
    sums, scale, bias = batch.sums, weights.scale, weights.bias
    gumbel, normal, who = batch.gumbel, batch.normal, batch.who[place]
    gates, mixtures, turn = batch.gates.shape[1], (len(bias) - 3) // 6, step + 1
    cooling = np.float32(1 / temperature)
    cooling_pen, warmth = np.float32(math.sqrt(1 / temperature)), np.float32(math.sqrt(temperature))
    which, highest = 0, _LEAST
    for k in range(mixtures):
        height = np.float32(sums[place, gates + k]) * scale[gates + k] + bias[k]
        height = height * cooling + gumbel[turn, who, k]
        if height > highest:
            which, highest = k, height
    pen, highest = 0, _LEAST
    for k in range(2 if step < 1 else 3):
        j = 6 * mixtures + k
        height = np.float32(sums[place, gates + j]) * scale[gates + j] + bias[j]
        height = height * cooling_pen + gumbel[turn, who, mixtures + k]
        if height > highest:
            pen, highest = k, height
    chosen = np.empty(5, dtype=np.float32)
    for k in range(5):
        j = (k + 1) * mixtures + which
        chosen[k] = np.float32(sums[place, gates + j]) * scale[gates + j] + bias[j]
    wide = math.exp(min(max(chosen[2], _SIGMA_FLOOR), _SIGMA_CEILING)) * warmth
    high = math.exp(min(max(chosen[3], _SIGMA_FLOOR), _SIGMA_CEILING)) * warmth
    rho = _tanh(chosen[4]) * _RHO
    along = normal[turn, who, 0]
    across = rho * along + normal[turn, who, 1] * math.sqrt(_ONE - rho * rho)
    return chosen[0] + wide * along, chosen[1] + high * across, pen


@_compiled
def _copy(rows: npt.NDArray[Any], place: int, other: int) -> None:
    """One row to another place: as a loop, since assigning rows takes seconds to compile."""
    for j in range(rows.shape[1]):
        rows[place, j] = rows[other, j]


@_compiled
def _swap(batch: Batch, place: int, other: int) -> None:
    """Two sketches change places; of the first, which ended, only its number is kept."""
    batch.who[place], batch.who[other] = batch.who[other], batch.who[place]
    _copy(batch.gates, place, other)
    _copy(batch.states, place, other)
    _copy(batch.cells, place, other)
    _copy(batch.sums, place, other)
    _copy(batch.moves, place, other)
    batch.pens[place] = batch.pens[other]


def _go_on(
    weights: Weights, batch: Batch, alive: int, first: int, last: int, temperature: float
) -> tuple[int, int]:
    """See `steps.go_on`."""
    given = len(batch.given_moves)
    std = weights.offset_std[0]
    if first == -given:
        _multiply(weights, batch, alive)
    for step in range(first, last):
        going = alive
        if step < 0:
            while going and math.isnan(batch.given_moves[given + step, going - 1, 0]):
                going -= 1
        for place in range(going):
            _live(weights, batch, place)
        _multiply(weights, batch, going)
        for place in range(going - 1, -1, -1):
            who = batch.who[place]
            x, y, pen = _pick(weights, batch, place, step, temperature)
            if step < 0:
                for i in range(4):
                    batch.moves[place, i] = batch.given_moves[given + step, place, i]
                batch.pens[place] = batch.given_pens[given + step, place]
                if step == -1 and batch.open[who]:
                    batch.pens[place] = pen
                    batch.open[who] = pen == DOWN
                continue
            if not math.isfinite(x + y):
                raise FloatingPointError("a point that is no number")
            batch.moves[place, 0], batch.moves[place, 1] = x, y
            batch.moves[place, 2] += x * std
            batch.moves[place, 3] += y * std
            batch.pens[place] = pen
            batch.points[step, who, 0] = batch.moves[place, 2]
            batch.points[step, who, 1] = batch.moves[place, 3]
            batch.lifts[step, who] = pen == LIFTED
            if pen == ENDED:
                alive -= 1
                batch.lengths[who] = step
                _swap(batch, place, alive)
        if alive == 0:
            return 0, step + 1
    return alive, last


go_on = _compiled(_go_on, kept=True)
