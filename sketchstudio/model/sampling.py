"""Latent codes to sketches, a point at a time, in numpy.

Drawing one sketch is bound by reading the LSTM's weights from cache, and numpy's products have
the least overhead around that: half of what a step of torch costs on a CPU.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sketch_codec import Polylines, split, to_stroke5
from sketchstudio.model.config import ModelConfig
from sketchstudio.model.mdn import LOG_SIGMA_CEILING, LOG_SIGMA_FLOOR, RHO_LIMIT

Floats = npt.NDArray[np.float32]

LOWEST_TEMPERATURE = 0.01

_END = 2
_PEN = np.eye(3, dtype=np.float32)
_SIGMA_FLOOR, _SIGMA_CEILING = np.float32(LOG_SIGMA_FLOOR), np.float32(LOG_SIGMA_CEILING)
_RHO = np.float32(RHO_LIMIT)


@dataclass(frozen=True, slots=True, eq=False)
class Primer:
    """Ink that a sketch begins with, in box units.

    Attributes:
        points: (N, 2) float32, N > 0.
        lifts: (N,) bool, the pen lifts after this point, as it does after the last.
        open: The last stroke may have been cut, so the model decides whether the pen lifted.
    """

    points: Floats
    lifts: npt.NDArray[np.bool_]
    open: bool = False


class StrokeDecoder:
    """The decoder's weights, laid out for single steps.

    Args:
        weights: The network's ``decoder.*`` arrays by name.
        config: Of the same network.
    """

    def __init__(self, weights: Mapping[str, npt.NDArray[np.float32]], config: ModelConfig) -> None:
        def get(name: str) -> Floats:
            return np.asarray(weights[f"decoder.{name}"], dtype=np.float32)

        hidden = config.hidden
        # torch's gates are i, f, g, o. Here i, f, o, g, and the first three halved: since
        # sigmoid(x) = tanh(x / 2) / 2 + 1/2, one tanh then serves all four.
        order = np.r_[: 2 * hidden, 3 * hidden : 4 * hidden, 2 * hidden : 3 * hidden]
        scale = np.ones(4 * hidden, dtype=np.float32)
        scale[: 3 * hidden] = 0.5
        into = get("lstm.weight_ih_l0")[order] * scale[:, None]
        again = get("lstm.weight_hh_l0")[order] * scale[:, None]
        self.config = config
        steps, code = np.split(into, [config.step_inputs], axis=1)
        ignored = np.zeros((len(steps), 7 - config.step_inputs), np.float32)  # no position
        self.step_gates = np.ascontiguousarray(np.hstack([again, steps, ignored]).T)  # (H + 7, 4H)
        self.code_gates = np.ascontiguousarray(code.T)  # (code, 4H)
        self.bias = (get("lstm.bias_ih_l0") + get("lstm.bias_hh_l0"))[order] * scale
        self.state_weight = np.ascontiguousarray(get("state.weight").T)
        self.state_bias = get("state.bias")
        self.output_weight = np.ascontiguousarray(get("output.weight").T)  # (H, 6M + 3)
        self.output_bias = get("output.bias")


class Decode:
    """A running decode of B sketches; iterate to draw, one point of each at a time.

    Every sketch has random numbers of its own, from its own seed: what it becomes does not
    depend on its neighbours in the batch.

    Args:
        decoder: The weights.
        codes: (B, code) float32.
        seeds: B seeds.
        temperature: See `core.sampling.Sampling`.
        primers: B primers, or None to draw from nothing.
        limit: Points the model may draw; None for as many as it was trained on.

    Attributes:
        finished: (B,) bool, the model ended the sketch itself.
    """

    def __init__(
        self,
        decoder: StrokeDecoder,
        codes: Floats,
        seeds: Sequence[int],
        temperature: float,
        primers: Sequence[Primer] | None = None,
        limit: int | None = None,
    ) -> None:
        count, hidden = len(codes), decoder.config.hidden
        self._decoder, self._primers = decoder, primers
        self._temperature = max(float(temperature), LOWEST_TEMPERATURE)
        self._limit = limit or decoder.config.max_points
        self._points = np.zeros((self._limit, count, 2), dtype=np.float32)
        self._lifts = np.zeros((self._limit, count), dtype=bool)
        self._lengths = np.zeros(count, dtype=np.int64)  # of those that ended
        self._drawn = 0
        self.finished = np.zeros(count, dtype=bool)
        # One more than can be drawn: the first decides how an open stroke goes on.
        choices = decoder.config.mixtures + 3
        self._gumbel = np.empty((self._limit + 1, count, choices), dtype=np.float32)
        self._normal = np.empty((self._limit + 1, count, 2), dtype=np.float32)
        for i, seed in enumerate(seeds):
            rng = np.random.default_rng(seed)
            self._gumbel[:, i] = gumbel(rng, (self._limit + 1, choices))
            self._normal[:, i] = rng.standard_normal((self._limit + 1, 2), dtype=np.float32)

        codes = np.asarray(codes, dtype=np.float32)
        state = np.tanh(codes @ decoder.state_weight + decoder.state_bias)
        self._code_gates = codes @ decoder.code_gates + decoder.bias
        self._input = np.zeros((count, hidden + 7), dtype=np.float32)  # h, row, position
        self._input[:, :hidden] = state[:, :hidden]
        self._input[:, hidden + 2] = 1  # start token (0, 0, 1, 0, 0) at the centre
        self._cell = state[:, hidden:].copy()
        self._alive = np.arange(count)
        self._open = np.zeros(count, dtype=bool)
        self._lay_out()

    def __iter__(self) -> Iterator[int]:
        """Draw; yields the number of points drawn after each, so that the caller may stop.

        Priming yields 0 after each of its points.
        """
        yield from self._prime()
        for step in range(self._limit):
            self._draw(step)
            if not len(self._alive):
                return
            yield step + 1

    @property
    def lifted(self) -> bool:
        """Whether the pen left the paper after the last point of the first sketch."""
        return self._drawn > 0 and bool(self._lifts[self._drawn - 1, 0])

    def sketches(self) -> list[Polylines]:
        """What the model has drawn so far, box units.

        Where it went on with an open stroke, the first stroke starts at the primer's last point.
        """
        result = []
        lengths = self._lengths.copy()
        lengths[self._alive] = self._drawn
        for i, length in enumerate(lengths):
            points, lifts = self._points[:length, i], self._lifts[:length, i]
            if self._open[i] and self._primers is not None:
                points = np.concatenate([self._primers[i].points[-1:], points])
                lifts = np.concatenate([[False], lifts])
            result.append(split(points, lifts) if length else [])
        return result

    def _prime(self) -> Iterator[int]:
        """Feed the primers, so that all end at the same time: shorter ones start later."""
        if self._primers is None:
            return
        hidden, std = self._decoder.config.hidden, self._decoder.config.offset_std
        lengths = np.array([len(primer.points) for primer in self._primers])
        longest = int(lengths.max(initial=0))
        rows = np.zeros((longest, len(lengths), 7), dtype=np.float32)
        for i, primer in enumerate(self._primers):
            own = rows[longest - lengths[i] :, i]
            own[:, :5] = to_stroke5(split(primer.points, primer.lifts), std)[:-1]
            own[:, 5:] = primer.points
        first_input, first_cell = self._input.copy(), self._cell.copy()
        for step in range(longest):
            self._advance()
            waiting = step < longest - lengths
            self._cell[waiting] = first_cell[waiting]
            self._input[:, hidden:] = rows[step]
            self._input[waiting] = first_input[waiting]
            # A stroke that may have been cut: does the pen lift at its last point?
            if step == longest - 1 and any(primer.open for primer in self._primers):
                _, pen = self._sample(0, no_end=True)
                cut = np.array([primer.open for primer in self._primers])
                self._open = cut & (pen == 0)
                self._input[cut, hidden + 2] = pen[cut] == 0
                self._input[cut, hidden + 3] = pen[cut] == 1
            yield 0

    def _lay_out(self) -> None:
        """Buffers and views for the sketches alive: a step is too short to make them anew."""
        hidden = self._decoder.config.hidden
        self._gates = np.empty((len(self._alive), 4 * hidden), dtype=np.float32)
        self._opening = self._gates[:, : 3 * hidden]
        self._in, self._forget, self._out, self._new = np.split(self._gates, 4, axis=1)
        self._squashed = np.empty_like(self._cell)
        self._state, self._row = self._input[:, :hidden], self._input[:, hidden:]

    def _advance(self) -> None:
        """One LSTM step for all sketches alive; the new h replaces the old in the input."""
        gates = np.matmul(self._input, self._decoder.step_gates, out=self._gates)
        gates += self._code_gates
        np.tanh(gates, out=gates)
        self._opening *= 0.5
        self._opening += 0.5
        self._cell *= self._forget
        self._new *= self._in
        self._cell += self._new
        np.tanh(self._cell, out=self._squashed)
        np.multiply(self._out, self._squashed, out=self._state)

    def _sample(self, turn: int, no_end: bool) -> tuple[Floats, npt.NDArray[np.int64]]:
        parameters = self._state @ self._decoder.output_weight
        parameters += self._decoder.output_bias
        if no_end:
            parameters[:, -1] = -np.inf
        gumbel, normal = self._gumbel[turn], self._normal[turn]
        if len(self._alive) < len(self._lengths):
            gumbel, normal = gumbel[self._alive], normal[self._alive]
        return sample(parameters, gumbel, normal, self._temperature)

    def _draw(self, step: int) -> None:
        """Draw one point of every sketch alive, and drop those that ended."""
        self._advance()
        offsets, pen = self._sample(step + 1, no_end=step == 0)
        if not np.isfinite(offsets).all():
            raise FloatingPointError("a point that is no number")
        row, everyone = self._row, len(self._alive) == len(self._lengths)
        row[:, :2] = offsets
        row[:, 2:5] = _PEN[pen]
        offsets *= self._decoder.config.offset_std
        row[:, 5:] += offsets
        which = slice(None) if everyone else self._alive
        self._points[step, which] = row[:, 5:]
        self._lifts[step, which] = row[:, 3]
        if _END in pen.tolist():
            self._drop(pen == _END)
        self._drawn = step + 1

    def _drop(self, ended: npt.NDArray[np.bool_]) -> None:
        """Go on without the sketches whose last row ended them."""
        gone, going = self._alive[ended], ~ended
        self._lengths[gone] = self._drawn
        self.finished[gone] = True
        self._alive = self._alive[going]
        self._input, self._cell = self._input[going], self._cell[going]
        self._code_gates = self._code_gates[going]
        self._lay_out()


def gumbel(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Standard Gumbel noise: the index of the largest sum of logit and noise is a softmax draw."""
    waits = rng.standard_exponential(shape, dtype=np.float32)
    return np.asarray(-np.log(np.maximum(waits, np.float32(1e-30))))


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
        Offsets (B, 2) in units of the offset's standard deviation and pen (B,) 0 down, 1 up,
        2 end.
    """
    count, width = parameters.shape
    mixtures = (width - 3) // 6
    cooling, cooling_pen = np.float32(1 / temperature), np.float32(1 / math.sqrt(temperature))
    which = (parameters[:, :mixtures] * cooling + gumbel[:, :mixtures]).argmax(axis=1)
    pen = (parameters[:, -3:] * cooling_pen + gumbel[:, mixtures:]).argmax(axis=1)
    components = parameters[:, mixtures:-3].reshape(count, 5, mixtures)
    chosen = components[np.arange(count), :, which]
    sigma = np.minimum(np.maximum(chosen[:, 2:4], _SIGMA_FLOOR), _SIGMA_CEILING)
    np.exp(sigma, out=sigma)
    sigma *= np.float32(math.sqrt(temperature))
    rho = np.tanh(chosen[:, 4])
    rho *= _RHO
    across = normal[:, 1] * np.sqrt(1 - rho * rho)  # correlated: y follows x by rho
    across += rho * normal[:, 0]
    offsets = chosen[:, :2]
    offsets[:, 0] += sigma[:, 0] * normal[:, 0]
    offsets[:, 1] += sigma[:, 1] * across
    return offsets, pen
