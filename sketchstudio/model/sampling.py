"""Latent codes to sketches, a point at a time."""

from __future__ import annotations

import functools
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType

import numpy as np
import numpy.typing as npt

from sketchstudio.core.sketch_codec import Polylines, split, to_stroke5
from sketchstudio.model import steps
from sketchstudio.model.config import ModelConfig
from sketchstudio.model.steps import (
    DOWN,
    STATE_SCALE,
    Batch,
    Floats,
    Weights,
    aligned,
    whole_numbers,
)

log = logging.getLogger(__name__)

LOWEST_TEMPERATURE = 0.01

POINTS_AT_ONCE = 36
"""So many, of all sketches together, are drawn between two looks at whether to stop: 1 to 2 ms."""


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
        stepper: `steps`, or a module that does the same.
    """

    def __init__(
        self,
        weights: Mapping[str, npt.NDArray[np.float32]],
        config: ModelConfig,
        stepper: ModuleType | None = None,
    ) -> None:
        def get(name: str) -> Floats:
            return np.asarray(weights[f"decoder.{name}"], dtype=np.float32)

        hidden, inputs = config.hidden, config.step_inputs
        # torch's gates are i, f, g, o. Here i, f, o, g, and the first three halved: since
        # sigmoid(x) = tanh(x / 2) / 2 + 1/2, one tanh then serves all four.
        order = np.r_[: 2 * hidden, 3 * hidden : 4 * hidden, 2 * hidden : 3 * hidden]
        share = np.ones((4 * hidden, 1), dtype=np.float32)
        share[: 3 * hidden] = 0.5
        into = get("lstm.weight_ih_l0")[order] * share
        again = get("lstm.weight_hh_l0")[order] * share
        rows = np.zeros((7, 4 * hidden), dtype=np.float32)  # stroke-5, position
        rows[:inputs] = into[:, :inputs].T
        self.config, self.stepper = config, stepper or fastest_steps()
        whole, scale = whole_numbers(np.concatenate([again, get("output.weight")]))
        product = aligned(whole.shape, self.stepper.NUMBER)
        product[:] = whole
        self.weights = Weights(
            product,
            scale,
            rows[[0, 1, 5, 6]],
            rows[2:5],
            get("output.bias").copy(),
            np.array([config.offset_std], dtype=np.float32),
        )
        self.code_gates = np.ascontiguousarray(into[:, inputs:].T)  # (code, 4H)
        self.bias = (get("lstm.bias_ih_l0") + get("lstm.bias_hh_l0"))[order] * share[:, 0]
        self.state_weight = np.ascontiguousarray(get("state.weight").T)
        self.state_bias = get("state.bias")


class Decode:
    """A running decode of B sketches; iterate to draw, a few points of each at a time.

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
        batch: What the steps read and write.

    Raises:
        FloatingPointError: A code is no number.
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
        self._decoder, self._primers = decoder, primers
        self._temperature = max(float(temperature), LOWEST_TEMPERATURE)
        self._limit = limit or decoder.config.max_points
        self._drawn, self._alive = 0, len(codes)
        if not np.isfinite(codes).all():
            raise FloatingPointError("a code that is no number")
        self.batch = self._begun(np.asarray(codes, dtype=np.float32), seeds)

    def __iter__(self) -> Iterator[int]:
        """Draw; yields the number of points drawn, again and again, so that the caller may stop.

        While it reads the primers, these are 0.
        """
        decoder, batch = self._decoder, self.batch
        step = -len(batch.given_moves)
        while self._alive and step < self._limit:
            end = min(step + max(POINTS_AT_ONCE // self._alive, 1), self._limit)
            self._alive, step = decoder.stepper.go_on(
                decoder.weights, batch, self._alive, step, end, self._temperature
            )
            self._drawn = max(step, 0)
            if self._alive:
                yield self._drawn

    @property
    def finished(self) -> npt.NDArray[np.bool_]:
        """Which sketches the model ended itself, (B,) bool."""
        finished = np.ones(len(self.batch.who), dtype=bool)
        finished[self.batch.who[: self._alive]] = False
        return finished

    def whole_strokes(self) -> Polylines:
        """The strokes of the first sketch after which the pen has left the paper."""
        lifted = np.flatnonzero(self.batch.lifts[: self._drawn, 0])
        return self._sketch(0, int(lifted[-1]) + 1) if len(lifted) else []

    def sketches(self) -> list[Polylines]:
        """What the model has drawn so far, box units.

        Where it went on with an open stroke, the first stroke starts at the primer's last point.
        """
        lengths = np.where(self.finished, self.batch.lengths, self._drawn)
        return [self._sketch(number, int(length)) for number, length in enumerate(lengths)]

    def _sketch(self, number: int, length: int) -> Polylines:
        points, lifts = self.batch.points[:length, number], self.batch.lifts[:length, number]
        if self.batch.open[number] and self._primers is not None:
            points = np.concatenate([self._primers[number].points[-1:], points])
            lifts = np.concatenate([[False], lifts])
        return split(points, lifts) if length else []

    def _begun(self, codes: Floats, seeds: Sequence[int]) -> Batch:
        """The batch before its first step."""
        decoder, hidden, count = self._decoder, self._decoder.config.hidden, len(codes)
        choices = decoder.config.mixtures + 3
        noise = np.empty((self._limit + 1, count, choices), dtype=np.float32)
        normal = np.empty((self._limit + 1, count, 2), dtype=np.float32)
        for number, seed in enumerate(seeds):
            rng = np.random.default_rng(seed)
            noise[:, number] = gumbel(rng, (self._limit + 1, choices))
            normal[:, number] = rng.standard_normal((self._limit + 1, 2), dtype=np.float32)
        primers = self._primers or ()
        lengths = np.array([len(primer.points) for primer in primers] or [0] * count)
        who = np.argsort(-lengths, kind="stable")
        moves = np.full((lengths.max(initial=0), count, 4), np.nan, dtype=np.float32)
        pens = np.full(moves.shape[:2], DOWN, dtype=np.int64)
        for place, number in enumerate(who if primers else ()):
            primer = primers[number]
            rows = to_stroke5(split(primer.points, primer.lifts), decoder.config.offset_std)[:-1]
            begin = len(moves) - len(rows)
            moves[begin:, place] = np.hstack([rows[:, :2], primer.points])
            pens[begin:, place] = rows[:, 2:].argmax(axis=1)
        product, scale = decoder.weights.product, np.float32(STATE_SCALE)
        state = np.tanh(codes[who] @ decoder.state_weight + decoder.state_bias)
        states = aligned((count, product.shape[1]), decoder.stepper.NUMBER)
        states[:, :hidden] = np.rint(state[:, :hidden] * scale)
        return Batch(
            who=who,
            gates=codes[who] @ decoder.code_gates + decoder.bias,
            states=states,
            cells=state[:, hidden:].copy(),
            sums=np.zeros((count, len(product)), decoder.stepper.SUM),
            moves=np.zeros((count, 4), np.float32),  # it starts with the pen down in the centre
            pens=np.full(count, DOWN),
            given_moves=moves,
            given_pens=pens,
            open=np.array([primer.open for primer in primers] or [False] * count),
            gumbel=noise,
            normal=normal,
            points=np.zeros((self._limit, count, 2), np.float32),
            lifts=np.zeros((self._limit, count), bool),
            lengths=np.zeros(count, np.int64),
        )


def gumbel(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """Standard Gumbel noise: the index of the largest sum of logit and noise is a softmax draw."""
    waits = rng.standard_exponential(shape, dtype=np.float32)
    return np.asarray(-np.log(np.maximum(waits, np.float32(1e-30))))


@functools.cache
def fastest_steps() -> ModuleType:
    """The module that takes steps: the compiled one, where it runs.

    At the first call ever on a machine some seconds go by, until it is compiled.
    """
    try:
        from sketchstudio.model import compiled_steps

        _try_out(compiled_steps)
    except Exception as error:  # no numba; or, in an app that is frozen, nothing to compile from
        log.warning("steps cannot be compiled, and draw slower: %s", error)
        return steps
    return compiled_steps


def _try_out(stepper: ModuleType) -> None:
    """Draw a point with a decoder of one unit."""
    config = ModelConfig("trial", ("dot",), code=1, hidden=1, mixtures=1)
    gates, inputs, outputs = 4, config.step_inputs + config.code, 9
    shapes = {
        **{f"lstm.bias_{part}_l0": (gates,) for part in ("ih", "hh")},
        **{"lstm.weight_ih_l0": (gates, inputs), "lstm.weight_hh_l0": (gates, 1)},
        **{"state.weight": (2, 1), "state.bias": (2,)},
        **{"output.weight": (outputs, 1), "output.bias": (outputs,)},
    }
    weights = {f"decoder.{name}": np.zeros(shape, np.float32) for name, shape in shapes.items()}
    decoder = StrokeDecoder(weights, config, stepper)
    for _ in Decode(decoder, np.zeros((1, 1), np.float32), [0], 1.0, limit=1):
        pass
