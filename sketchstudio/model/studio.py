"""What the network can do, whole: encode, guess, redraw, complete, generate, blend.

The command line, the engine and the measurements all go through this one door.
"""

from __future__ import annotations

import copy
import difflib
import functools
import hashlib
import logging
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch

from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.sketch_codec import (
    Box,
    Polylines,
    SketchError,
    boxed,
    checked,
    coarser,
    join,
)
from sketchstudio.model import drafts
from sketchstudio.model.becoming import Becoming
from sketchstudio.model.blending import mixed, moved
from sketchstudio.model.checkpoint import Checkpoint, ModelError, load_checkpoint
from sketchstudio.model.config import ModelConfig
from sketchstudio.model.device import pick_device
from sketchstudio.model.latent import discriminant, lerp, slerp
from sketchstudio.model.reading import seen
from sketchstudio.model.sampling import Decode, Primer, StrokeDecoder
from sketchstudio.system.weights import available_models, weights_folder

__all__ = ["ModelError", "Studio", "UnknownCategory", "available_models"]

log = logging.getLogger(__name__)

Codes = npt.NDArray[np.float32]
Sketch = Sequence[npt.ArrayLike]
OnStep = Callable[[Decode], None]
"""Called after every point; may look at the decode, and stops it by raising."""

ENCODE_BATCH = 128
GUESSERS_SAY = 0.8
"""Of guessers beside the category head, which has to serve the decoder, too. On held-out drawings
more are named right so than by any alone, of whole ones and of beginnings."""

TYPICAL_SPREAD = 8.0
"""Typical drawings lie nearer together than drawings do. Named by them alone, held-out drawings of
the paper's variants are named right about as often as the names are sure, with this."""

PRIMER_SHARE = 0.75
"""A primer takes at most this share of the points the network was trained on."""


class UnknownCategory(SketchError):  # noqa: N818 - reads as what it is
    """A category the model has not learnt; the message names near ones."""


class Studio:
    """A loaded model.

    Args:
        checkpoint: Network and category codes.
        device: Where the encoder runs; decoding is bound by latency and stays on the CPU.
    """

    def __init__(self, checkpoint: Checkpoint, device: torch.device | None = None) -> None:
        self.config: ModelConfig = checkpoint.network.config
        self.device = device or torch.device("cpu")
        self.exemplar_codes = checkpoint.exemplar_codes
        self.places = checkpoint.places
        self._network = checkpoint.network.eval()
        weights = {
            name: tensor.numpy()
            for name, tensor in self._network.state_dict().items()
            if name.startswith("decoder.")
        }
        self.decoder = StrokeDecoder(weights, self.config)
        self._encoder = self._network.encoder
        if self.device.type != "cpu":  # a copy: the one at hand outlives a device that fails
            self._encoder = copy.deepcopy(self._encoder).to(self.device)
        self.between = lerp if self.config.normal_codes else slerp
        head, marks = self._network.category, self._network.beginning
        if head is None:
            self._head = discriminant(list(self.exemplar_codes), TYPICAL_SPREAD)
        else:
            self._head = head.weight.detach().numpy(), head.bias.detach().numpy()
        learnt = None if marks is None else marks.weight.detach().numpy()
        self.becoming = Becoming(learnt, self._head, self.exemplar_codes)
        self._index = {name: i for i, name in enumerate(self.config.categories)}
        self._guessers = checkpoint.guessers
        named = self._guessers[0].config.categories if self._guessers else ()
        self._guessed = [self._index[name] for name in named]

    @classmethod
    def load(cls, name: str = "studio", device: str = "auto") -> Studio:
        """Load a shipped model by its name, or any weights file by its path.

        Args:
            name: Of the model, or of a ``.safetensors`` file.
            device: ``auto`` is the fastest that works.

        Raises:
            ModelError: Missing or broken weights.
            ValueError: The device is not there.
            RuntimeError: The device asked for does not work.
        """
        if name.endswith(".safetensors"):
            path = Path(name)
        else:
            models = available_models()
            if name not in models:
                known = f"there is {', '.join(models)}" if models else "there is none"
                raise ModelError(f"no model {name!r} in {weights_folder()}: {known}")
            path = models[name]
        picked = pick_device(device)
        try:
            studio = cls(load_checkpoint(path), picked)
            if device == "auto" and picked.type != "cpu":
                studio.warm_up()
        except ModelError:
            raise
        except RuntimeError as error:  # a driver that is there but does not work
            if device != "auto" or picked.type == "cpu":
                raise
            log.warning("falling back to the CPU: %s", error)
            return cls(load_checkpoint(path), torch.device("cpu"))
        return studio

    def encode(self, sketches: Sequence[Sketch], boxes: Sequence[Box] | None = None) -> Codes:
        """Codes (N, code) of sketches in any units.

        Args:
            sketches: In any units.
            boxes: Where they lie, as for parts of larger drawings; None boxes each by itself.

        Raises:
            SketchError: One of them is not a sketch.
        """
        inks = [checked(sketch) for sketch in sketches]
        boxes = [Box.around(ink) for ink in inks] if boxes is None else boxes
        return self.encode_boxed([boxed(ink, box) for ink, box in zip(inks, boxes, strict=True)])

    @functools.cached_property
    def encoder_id(self) -> str:
        """Names the encoder: models of the same one understand each other's codes."""
        digest = hashlib.sha256()
        for tensor in self._network.encoder.state_dict().values():
            digest.update(tensor.cpu().numpy().tobytes())
        return digest.hexdigest()[:16]

    @torch.inference_mode()
    def encode_boxed(self, sketches: Sequence[Polylines]) -> Codes:
        """Codes (N, code) of sketches in box units, as `boxed` makes them."""
        codes = np.empty((len(sketches), self.config.code), dtype=np.float32)
        for start in range(0, len(sketches), ENCODE_BATCH):
            part = sketches[start : start + ENCODE_BATCH]
            codes[start : start + len(part)] = self._read(seen(part, self.config))
        return codes

    def _read(self, ink: torch.Tensor) -> Codes:
        """Codes (N, code) of what the encoder reads; on the CPU once the device has failed."""
        try:
            codes = self._encoder(ink.to(self.device)).cpu().numpy()
        except RuntimeError as error:  # gone, or out of memory
            if self.device.type == "cpu":
                raise
            log.warning("going on with the CPU: %s", error)
            self.device, self._encoder = torch.device("cpu"), self._network.encoder
            codes = self._encoder(ink).numpy()
        if not np.isfinite(codes).all():
            raise FloatingPointError("a code that is no number")
        return np.asarray(codes)

    def guess(self, codes: Codes) -> npt.NDArray[np.float32]:
        """Probability of each category, (N, C), for codes (N, code).

        A model without a category head takes the nearest category, by its typical codes.
        """
        weights, biases = self._head
        logits = np.asarray(codes, dtype=np.float32) @ weights.T + biases
        shares = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(shares / shares.sum(axis=1, keepdims=True))

    def guess_ink(self, sketches: Sequence[Sketch]) -> npt.NDArray[np.float32]:
        """Probability of each category, (N, C), for sketches in any units, finished or not.

        Raises:
            SketchError: One of them is not a sketch.
        """
        inks = [checked(sketch) for sketch in sketches]
        parts = [boxed(ink, Box.around(ink)) for ink in inks]
        return self.guess_boxed(parts, self.encode_boxed(parts))

    def guess_boxed(self, sketches: Sequence[Polylines], codes: Codes) -> npt.NDArray[np.float32]:
        """As `guess_ink`, for sketches in box units with their codes (N, code).

        Several judges know more than one: where guessers ship with the model, they and the
        category head agree on a weighted mean of their log-probabilities. Categories that the
        guessers do not know, since they were taught later, keep what the head gives them.
        """
        shares = self.guess(codes)
        if not self._guessers or not sketches:
            return shares
        say = GUESSERS_SAY / len(self._guessers)
        own = shares[:, self._guessed]
        agreed = own ** (1 - GUESSERS_SAY)
        for guesser in self._guessers:
            agreed *= guesser.probabilities(guesser.read(sketches)) ** say
        agreed += 1e-12
        agreed *= own.sum(axis=1, keepdims=True) / agreed.sum(axis=1, keepdims=True)
        shares[:, self._guessed] = agreed
        return shares

    def category_index(self, name: str) -> int:
        """Index of a category.

        Raises:
            UnknownCategory: The model has not learnt it.
        """
        if name not in self._index:
            near = difflib.get_close_matches(name, self._index, n=3, cutoff=0.4)
            hint = f"; did you mean {' or '.join(near)}?" if near else ""
            raise UnknownCategory(f"the model {self.config.name} has no category {name!r}{hint}")
        return self._index[name]

    def category_code(self, name: str, example: int = 0) -> Codes:
        """The code (code,) that stands for a category, or of another typical drawing of it.

        Args:
            name: Of the category.
            example: Which of its typical drawings, counted round.

        Raises:
            UnknownCategory: The model has not learnt it.
        """
        examples = self.exemplar_codes[self.category_index(name)]
        return np.asarray(examples[example % len(examples)])

    def category_codes(self) -> Codes:
        """The codes (C, code) of all categories, in their order."""
        return np.ascontiguousarray(self.exemplar_codes[:, 0])

    def warm_up(self) -> None:
        """Run everything once, so that the first request is as fast as the next."""
        dot = [np.zeros((1, 2), dtype=np.float32)]
        for count in (1, drafts.AT_ONCE):
            self.guess_ink([dot] * count)
        self.redraw([dot], Sampling())

    def redraw(
        self,
        sketches: Sequence[Sketch],
        sampling: Sampling,
        candidates: int = 1,
        seeds: Sequence[int] | None = None,
        on_step: OnStep | None = None,
    ) -> list[Drawn]:
        """Each sketch drawn anew, in its place and size: the best of `drafts.redrawings`.

        Args:
            sketches: In any units.
            sampling: Temperature; the seed of drawing i is ``sampling.seed + i``.
            candidates: So many of each are drawn.
            seeds: One for each sketch, instead.
            on_step: See `OnStep`.

        Raises:
            SketchError: One of them is not a sketch.
        """
        seeds = _seeds(sampling, len(sketches), seeds)
        drafted = drafts.redrawings(self, sketches, seeds, candidates)
        return self._best(drafted, sampling.temperature, on_step)

    def complete(
        self,
        sketches: Sequence[Sketch],
        sampling: Sampling,
        category: str | None = None,
        candidates: int = 1,
        seeds: Sequence[int] | None = None,
        lifted: bool = True,
        on_step: OnStep | None = None,
    ) -> list[Drawn]:
        """What each sketch lacks, in its units: the best of `drafts.completions`, which see."""
        seeds = _seeds(sampling, len(sketches), seeds)
        drafted = drafts.completions(self, sketches, seeds, candidates, category, lifted)
        return self._best(drafted, sampling.temperature, on_step)

    def _best(
        self, drafted: Sequence[drafts.Draft], temperature: float, on_step: OnStep | None
    ) -> list[Drawn]:
        drawn = drafts.draw(self, drafted, temperature, on_step)
        pairs = zip(drafted, drawn, strict=True)
        return [drafts.ranked(self, draft, candidates)[0] for draft, candidates in pairs]

    def generate(self, category: str, count: int, sampling: Sampling) -> list[Drawn]:
        """``count`` different sketches of a category, box units: codes near typical drawings'.

        Raises:
            UnknownCategory: The model has not learnt it.
        """
        exemplars = self.exemplar_codes[self.category_index(category)]
        codes = np.empty((count, self.config.code), dtype=np.float32)
        for i in range(count):
            # The drawing's own seed decides its code too; the 1 keeps off the decoder's stream.
            rng = np.random.default_rng([sampling.seed + i, 1])
            one, other = rng.choice(len(exemplars), 2, replace=len(exemplars) < 2)
            codes[i] = self.between(exemplars[one], exemplars[other], rng.uniform(0, 0.5))[0]
        return self.decode(codes, _seeds(sampling, count, None), sampling.temperature)

    def blend(
        self,
        a: Codes,
        b: Codes,
        positions: Sequence[float],
        sampling: Sampling,
        on_step: OnStep | None = None,
    ) -> list[Drawn]:
        """Sketches from code ``a`` (position 0) to ``b`` (1), box units.

        All have the same seed, so that neighbours are alike.
        """
        codes = self.mix(np.stack([a, b]), [(position, 0.0) for position in positions])
        return self.decode(codes, [sampling.seed] * len(codes), sampling.temperature, on_step)

    def mix(
        self,
        corners: Codes,
        places: Sequence[tuple[float, float]],
        straight: bool = False,
        added: Codes | None = None,
    ) -> Codes:
        """Codes (N, code) among two or four others.

        Args:
            corners: As of `mixed`.
            places: As of `mixed`.
            straight: Along lines, and not this model's own way.
            added: (code,) that all are moved by.
        """
        codes = mixed(corners, places, lerp if straight else self.between)
        return codes if added is None else moved(codes, added)

    def decode(
        self,
        codes: Codes,
        seeds: Sequence[int],
        temperature: float,
        on_step: OnStep | None = None,
    ) -> list[Drawn]:
        """A sketch from each code (N, code), box units."""
        return self.sketches(codes, seeds, temperature, None, on_step)

    def primer(self, sketch: Polylines, lifted: bool = True) -> Primer:
        """A sketch in box units as the decoder is fed it, coarser where it is too long."""
        most = int(self.config.max_points * PRIMER_SHARE)
        points, lifts = join(coarser(sketch, most))
        return Primer(points[-most:], lifts[-most:], open=not lifted)

    def sketches(
        self,
        codes: Codes,
        seeds: Sequence[int],
        temperature: float,
        primers: Sequence[Primer] | None,
        on_step: OnStep | None = None,
    ) -> list[Drawn]:
        """A sketch from each code (N, code), after its primer where there are any; box units."""
        decode = Decode(self.decoder, codes, seeds, temperature, primers)
        for _ in decode:
            if on_step is not None:
                on_step(decode)
        made = zip(decode.sketches(), seeds, decode.finished, codes, strict=True)
        return [
            Drawn(tuple(sketch), seed, bool(finished), code=code)
            for sketch, seed, finished, code in made
        ]


def _seeds(sampling: Sampling, count: int, seeds: Sequence[int] | None) -> Sequence[int]:
    if seeds is None:
        return [sampling.seed + i for i in range(count)]
    if len(seeds) != count:
        raise ValueError(f"{count} sketches need as many seeds, got {len(seeds)}")
    return seeds
