"""What the network draws of itself, so that learning something new makes it forget nothing.

A person has none of the drawings it was trained on. So it draws its own categories from their
typical codes, and while it practises it must go on finding at each step of these drawings what
it found before (self-distillation).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from sketchstudio.core.sketch_codec import Box, Polylines, boxed, join, split, to_stroke5
from sketchstudio.model.checkpoint import Checkpoint
from sketchstudio.model.config import PEN_STATE, POSITION, ModelConfig
from sketchstudio.model.latent import slerp, unit_rms
from sketchstudio.model.mdn import LOG_SIGMA_CEILING, LOG_SIGMA_FLOOR, RHO_LIMIT
from sketchstudio.model.network import SketchPix2Seq
from sketchstudio.model.studio import Codes, Studio

TEMPERATURES = (0.1, 0.5)
"""Drawn between these: as the app draws, and more freely."""

DRAWN_AT_ONCE = 64

_BEGUN = 1 / 3  # of the drawings, shown to the encoder as beginnings
_REDRAWN = 1 / 2  # of the others, shown to the encoder whole, as what the app redraws
_BLENDED = 0.15  # drawn from between two categories, as the Blend panel does
_MIXED_TYPICAL, _MIXED_USUAL = 0.6, 0.3  # up to so much of the way to another code
_STRAYED_TYPICAL, _STRAYED_USUAL = 0.7, 0.3  # up to so much is added: people's drawings differ


@dataclass(frozen=True, slots=True, eq=False)
class Steps:
    """Sketches as the decoder is fed them, one padded row each.

    Attributes:
        inputs: (B, T, 7) previous stroke-5 row and pen position.
        targets: (B, T, 5) stroke-5 rows.
        real: (B, T) bool, False for padding.
    """

    inputs: Tensor
    targets: Tensor
    real: Tensor


@dataclass(frozen=True, slots=True, eq=False)
class Rehearsed:
    """A drawing of the network's own.

    Attributes:
        sketch: In the units of its code's box.
        code: (code,) what the decoder was told, marks of beginnings included.
        found: (N + 1, 6 * mixtures + 3) the mixture density of each of its steps.
    """

    sketch: Polylines
    code: Codes
    found: Tensor


def fed(sketches: Sequence[Polylines], config: ModelConfig) -> Steps:
    """What the decoder is fed, and should answer, step by step."""
    lengths = [sum(map(len, sketch)) + 1 for sketch in sketches]
    shape = len(sketches), max(lengths)
    inputs = np.zeros((*shape, PEN_STATE + POSITION), dtype=np.float32)
    targets = np.zeros((*shape, PEN_STATE), dtype=np.float32)
    inputs[:, 0, 2] = 1  # start token (0, 0, 1, 0, 0)
    for i, (sketch, length) in enumerate(zip(sketches, lengths, strict=True)):
        targets[i, :length] = to_stroke5(sketch, config.offset_std)
        inputs[i, 1:length, :PEN_STATE] = targets[i, : length - 1]
        inputs[i, 1:length, PEN_STATE:] = join(sketch)[0]
    real = np.arange(shape[1]) < np.array(lengths)[:, None]
    return Steps(torch.from_numpy(inputs), torch.from_numpy(targets), torch.from_numpy(real))


def rehearse(
    known: Checkpoint,
    fresh: int,
    count: int,
    seed: int,
    on_drawn: Callable[[int], None] = lambda _: None,
) -> list[Rehearsed]:
    """Draw about ``count`` sketches and note what was found at each step.

    Args:
        known: What must not be forgotten; of the studio model's kind.
        fresh: Its category that is about to be learnt: there is nothing of it to forget.
        count: Sketches; those that came to no end are left out.
        seed: Of everything.
        on_drawn: Told how many are drawn; stops it by raising.
    """
    studio = Studio(known)
    rng = np.random.default_rng([seed, 2])
    drawn: list[Rehearsed] = []
    for start in range(0, count, DRAWN_AT_ONCE):
        number = min(DRAWN_AT_ONCE, count - start)
        codes = codes_near(known, start, number, rng, fresh)
        seeds = rng.integers(2**31, size=number).tolist()
        sketches = studio.decode(codes, seeds, float(rng.uniform(*TEMPERATURES)))
        whole = [
            ([np.asarray(s, np.float32) for s in sketch.strokes], code)
            for sketch, code in zip(sketches, codes, strict=True)
            if sketch.finished and sum(map(len, sketch.strokes)) > 1
        ]
        if whole:
            told = [_shown(studio, *one, fresh, rng) for one in whole]
            drawn += _found(known.network, told)
        on_drawn(start + number)
    return drawn


def codes_near(
    known: Checkpoint, start: int, count: int, rng: np.random.Generator, fresh: int | None = None
) -> Codes:
    """Codes (count, code) near those of people's drawings, of all categories in turn.

    Where the model has no usual codes, they are near typical ones, and stray the more.

    Args:
        known: The model.
        start: The turn of the first.
        count: So many.
        rng: Draws them.
        fresh: A category whose turn never comes.
    """
    known_codes, mixed, stray = known.usual_codes, _MIXED_USUAL, _STRAYED_USUAL
    if known_codes is None:
        known_codes, mixed, stray = known.exemplar_codes, _MIXED_TYPICAL, _STRAYED_TYPICAL
    if fresh is not None:
        known_codes = np.delete(known_codes, fresh, axis=0)
    codes = np.empty((count, known_codes.shape[-1]), dtype=np.float32)
    for i in range(count):
        label = (start + i) % len(known_codes)
        other = int(rng.integers(len(known_codes))) if rng.random() < _BLENDED else label
        one, two = (known_codes[k][rng.integers(known_codes.shape[1])] for k in (label, other))
        codes[i] = slerp(one, two, [rng.uniform(0, mixed)])[0]
    strayed = stray * rng.random((count, 1)) * rng.standard_normal(codes.shape)
    return unit_rms(codes + strayed)


def _shown(
    studio: Studio, sketch: Polylines, code: Codes, fresh: int, rng: np.random.Generator
) -> tuple[Polylines, Codes]:
    """A sketch with its code, or as the decoder meets beginnings, or what it is to redraw."""
    if rng.random() >= _BEGUN:
        if rng.random() >= _REDRAWN:
            return sketch, code
        code = studio.encode([sketch], [Box(0, 0, 1)])
        likely = studio.guess(code)
        likely[:, fresh] = 0
        return sketch, studio.becoming.clearer(code, likely)[0]
    points, lifts = join(sketch)
    shown = max(1, int(len(points) * rng.uniform(0.25, 1.0)))
    start = split(points[:shown], lifts[:shown])
    box = Box.around(start)
    code = studio.encode([boxed(start, box)], [Box(0, 0, 1)])[0]
    told = int(studio.guess(code[None])[0].argmax()) + 1 if rng.random() < 0.5 else 0
    marked = studio.becoming.marked(code[None], np.array([[told]]))[0, 0]
    return [box.to_box(stroke) for stroke in sketch], marked


@torch.no_grad()
def _found(network: SketchPix2Seq, drawings: Sequence[tuple[Polylines, Codes]]) -> list[Rehearsed]:
    steps = fed([sketch for sketch, _ in drawings], network.config)
    codes = torch.from_numpy(np.stack([code for _, code in drawings]))
    parameters = network.decoder(steps.inputs, codes, steps.real)
    parts = parameters.split(steps.real.sum(dim=1).tolist())
    return [Rehearsed(*one, found) for one, found in zip(drawings, parts, strict=True)]


def forgotten(now: Tensor, before: Tensor) -> Tensor:
    """How far mixture densities went from what they were, nats a step.

    An upper bound of the Kullback-Leibler divergence from before to now, each component being
    compared with the one it came from, and that of the pen states.

    Args:
        now: (N, 6M + 3), see `mdn.offset_nll`.
        before: The same of the network that must not be forgotten.

    Returns:
        (N,).
    """
    log_pi, *normals = _mixture(before)
    log_pi_now, *normals_now = _mixture(now)
    share = log_pi.exp()
    mixed = (share * (log_pi - log_pi_now + _between_normals(normals, normals_now))).sum(dim=-1)
    pen, pen_now = (torch.log_softmax(p[:, -3:], dim=-1) for p in (before, now))
    return mixed + (pen.exp() * (pen - pen_now)).sum(dim=-1)


def _mixture(parameters: Tensor) -> tuple[Tensor, ...]:
    """Log shares, means, log standard deviations and correlations, (N, M) each."""
    log_pi, x, y, log_sx, log_sy, rho = parameters[:, :-3].chunk(6, dim=-1)
    floor, ceiling = LOG_SIGMA_FLOOR, LOG_SIGMA_CEILING
    log_sx, log_sy = log_sx.clamp(floor, ceiling), log_sy.clamp(floor, ceiling)
    return torch.log_softmax(log_pi, dim=-1), x, y, log_sx, log_sy, torch.tanh(rho) * RHO_LIMIT


def _between_normals(p: Sequence[Tensor], q: Sequence[Tensor]) -> Tensor:
    """Kullback-Leibler divergence (N, M) of bivariate normals from those of ``q``."""
    x, y, log_sx, log_sy, rho = p
    x2, y2, log_sx2, log_sy2, rho2 = q
    dx, dy = (x - x2) * torch.exp(-log_sx2), (y - y2) * torch.exp(-log_sy2)
    a, b = torch.exp(log_sx - log_sx2), torch.exp(log_sy - log_sy2)
    free, free2 = 1 - rho * rho, 1 - rho2 * rho2
    spread = (a * a + b * b - 2 * rho2 * rho * a * b) / free2
    apart = (dx * dx + dy * dy - 2 * rho2 * dx * dy) / free2
    volume = 2 * (log_sx2 + log_sy2 - log_sx - log_sy) + torch.log(free2) - torch.log(free)
    return 0.5 * (spread + apart - 2 + volume)


def rows_of(drawings: Sequence[Rehearsed]) -> tuple[list[Polylines], Tensor, Tensor]:
    """Sketches, codes (B, code) and what was found (N, 6M + 3) of some drawings."""
    codes: npt.NDArray[np.float32] = np.stack([drawing.code for drawing in drawings])
    found = torch.cat([drawing.found for drawing in drawings])
    return [drawing.sketch for drawing in drawings], torch.from_numpy(codes), found
