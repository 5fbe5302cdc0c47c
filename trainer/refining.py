"""``trainer refine``: a model learns to draw at once what it could draw at best.

Of nine candidates the best by the model's own guess is named right far more often than the first.
Direct preference optimisation (Rafailov et al. 2023) moves the decoder so that the better of two
candidates (`trainer.preferences`) becomes likelier, beside the worse, than it was. In each step it
also learns from people's drawings, as in training, so that it goes on drawing as people do. The
encoder stays: codes, names and the latent map are what they were.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import logsigmoid

from sketchstudio.model.checkpoint import Checkpoint
from sketchstudio.model.mdn import offset_nll, pen_nll
from sketchstudio.model.network import SketchPix2Seq
from sketchstudio.model.rehearsal import fed
from sketchstudio.model.studio import Studio
from trainer.batches import Augmentation, BatchStream
from trainer.export import training_of
from trainer.losses import batch_losses, held_out_losses, whole_batches
from trainer.preferences import Liked, Pair, Taste, preferences
from trainer.sketches import Sketches

_NEIGHBOURS = 4  # batches of pairs of about the same length are drawn from: less padding
_WARMUP = 10
_CLIP = 1.0


@dataclass(frozen=True, slots=True)
class Refining:
    """How it is refined.

    Attributes:
        rounds: In each it draws anew, with what it has learnt, and learns from that.
        drawings: Drawn in a round.
        steps: Of a round.
        pairs: Of a step.
        people: People's drawings of a step.
        learning_rate: Of Adam; it falls to nothing in each round.
        preference: Weight of the pairs beside the likelihood of people's drawings.
        pen: Weight of the likelihood of the better one's pen states. Of the worse ones, many were
            ended too early; by the pairs alone, the model would learn not to end.
        kept: So much of the way from the weights there were to those that were learnt is gone in
            the end (Wortsman et al. 2022): nearly all that was gained is, and little that was lost.
        sharpness: Nats that the better gains on the worse count by this: beyond its inverse, more
            of them matter less (beta of Rafailov et al., equation 7).
        seed: Of everything.
        taste: Which pairs.
        augmentation: Of people's drawings.
    """

    rounds: int = 4
    drawings: int = 4000
    steps: int = 200
    pairs: int = 32
    people: int = 32
    learning_rate: float = 2e-4
    preference: float = 0.1
    pen: float = 1.0
    kept: float = 0.7
    sharpness: float = 0.1
    seed: int = 1
    taste: Taste = field(default_factory=Taste)
    augmentation: Augmentation = field(default_factory=Augmentation)


@dataclass(frozen=True, slots=True)
class Round:
    """A round.

    Attributes:
        liked: What it drew before, see `Liked`.
        agreed: Share of the last batches' pairs whose better one has gained on the worse.
        nll: Of people's drawings in the last batches, nats a point.
        skipped: Steps whose gradients were no numbers; they changed nothing.
    """

    liked: Liked
    agreed: float
    nll: float
    skipped: int


class Refiner:
    """Refines a copy of a model, a `round` at a time.

    Args:
        known: It is not changed.
        train: The drawings it was trained on.
        refining: How.

    Raises:
        ValueError: The drawings are of categories that it has not learnt, or too few.
    """

    def __init__(
        self, known: Checkpoint, train: Sketches, refining: Refining | None = None
    ) -> None:
        self.refining = refining or Refining()
        config = known.network.config
        if train.categories != config.categories:
            raise ValueError(f"{config.name} was not trained on the categories of the drawings")
        network = SketchPix2Seq(config).eval()  # the encoder's averages stay
        network.load_state_dict(known.network.state_dict())
        self.checkpoint = replace(known, network=network.requires_grad_(False))
        self._known = known
        self.rounds = 0
        self._train = train
        self._people = BatchStream(
            train, self.refining.people, config, self.refining.augmentation, self.refining.seed
        )

    def round(
        self,
        on_drawn: Callable[[int], None] = lambda _: None,
        on_step: Callable[[], None] = lambda: None,
    ) -> Round:
        """Draw, and learn from it.

        Args:
            on_drawn: See `preferences`.
            on_step: Called after each step.

        Raises:
            ValueError: No two candidates differ enough to learn from, or no step had gradients
                that are numbers.
        """
        rng = np.random.default_rng([self.refining.seed, self.rounds])
        studio = Studio(self.checkpoint)
        r = self.refining
        liked = preferences(studio, self._train, r.drawings, rng, r.taste, on_drawn)
        if not liked.pairs:
            raise ValueError("of what the model draws, nothing is better than the rest")
        agreed, nll, skipped = self.learn(liked.pairs, rng, on_step)
        self.rounds += 1
        return Round(liked, agreed, nll, skipped)

    def result(self) -> Checkpoint:
        """What it has learnt, as far as that is kept; a copy."""
        learnt = self.checkpoint.network.state_dict()
        network = SketchPix2Seq(self._known.network.config)
        network.load_state_dict(
            {
                key: torch.lerp(tensor, learnt[key], self.refining.kept)
                if tensor.is_floating_point()
                else tensor
                for key, tensor in self._known.network.state_dict().items()
            }
        )
        return replace(self._known, network=network.eval().requires_grad_(False))

    def learn(
        self,
        pairs: Sequence[Pair],
        rng: np.random.Generator,
        on_step: Callable[[], None] = lambda: None,
    ) -> tuple[float, float, int]:
        """Learn from pairs; `Round.agreed`, `Round.nll` and `Round.skipped` are returned."""
        r = self.refining
        pairs = sorted(pairs, key=lambda pair: pair.longest)
        network = self.checkpoint.network
        known = partial(surprise, network)
        with torch.no_grad():
            parts = [pairs[start : start + r.pairs] for start in range(0, len(pairs), r.pairs)]
            before = torch.cat([offsets + pens for offsets, pens in map(known, parts)])
        learnt = list(network.decoder.parameters())
        for parameter in learnt:
            parameter.requires_grad_(True)
        optimiser = torch.optim.Adam(learnt, fused=True)
        agreed, nlls = [], []
        for step in range(r.steps):
            near = _NEIGHBOURS * r.pairs
            start = int(rng.integers(max(1, len(pairs) - near)))
            chosen = start + rng.permutation(min(near, len(pairs)))[: r.pairs]
            batch = [pairs[i] for i in chosen]
            offsets, pens = known(batch)
            gained = before[chosen] - offsets - pens
            margin = gained[:, 0] - gained[:, 1]
            disliked = -logsigmoid(r.sharpness * margin).mean() / r.sharpness
            unended = pens[:, 0].sum() / sum(pair.drawn for pair in batch)
            people = self._people.batch(self.rounds * r.steps + step)
            likelihood, losses = batch_losses(network, people)
            for group in optimiser.param_groups:
                rise = min(1.0, (step + 1) / _WARMUP)
                group["lr"] = r.learning_rate * rise * (1 - step / r.steps)
            optimiser.zero_grad()
            loss = likelihood + r.preference * disliked + r.pen * unended
            loss.backward()
            on_step()
            if not torch.isfinite(torch.nn.utils.clip_grad_norm_(learnt, _CLIP)):
                continue
            optimiser.step()
            agreed.append(float((margin > 0).float().mean()))
            nlls.append(losses.nll)
        if not agreed:
            raise ValueError("no step had gradients that are numbers: what was given is broken")
        network.requires_grad_(False)
        last = slice(-max(1, r.steps // 5), None)
        return float(np.mean(agreed[last])), float(np.mean(nlls[last])), r.steps - len(agreed)


def surprise(network: SketchPix2Seq, pairs: Sequence[Pair]) -> tuple[Tensor, Tensor]:
    """Negative log-likelihoods (N, 2) of the better's and the worse's offsets, and of their pens.

    Of what the model has drawn alone: not of the points it was given, nor of the end that one
    without end has not. In nats.
    """
    sketches = [pair.better for pair in pairs] + [pair.worse for pair in pairs]
    codes = np.stack([pair.code for pair in pairs] * 2)
    steps = fed(sketches, network.config)
    parameters = network.decoder(steps.inputs, torch.from_numpy(codes), steps.real)
    targets = steps.targets[steps.real]
    given = torch.tensor([pair.given for pair in pairs] * 2)[:, None]
    chose = given - torch.tensor([pair.open for pair in pairs] * 2)[:, None].long()
    ended = torch.tensor([True] * len(pairs) + [pair.ended for pair in pairs])[:, None]
    at = torch.arange(steps.real.shape[1])
    lengths = steps.real.sum(dim=1, keepdim=True)
    moved = ((at >= given) & (at < lengths - 1))[steps.real]
    penned = ((at >= chose) & (at < lengths - 1 + ended.long()))[steps.real]
    rows = torch.arange(len(sketches))[:, None].expand_as(steps.real)[steps.real]

    def total(nats: Tensor) -> Tensor:
        return torch.zeros(len(sketches)).index_add(0, rows, nats).view(2, -1).T

    offsets = offset_nll(parameters, targets[:, :2]) * moved
    pens = pen_nll(parameters, targets[:, 2:].argmax(dim=1)) * penned
    return total(offsets), total(pens)


def about_refined(path: Path, refiner: Refiner, valid: Sketches) -> dict[str, Any]:
    """What a refined weights file says of its training: what it was made from, and this."""
    network = refiner.result().network
    losses = held_out_losses(network, whole_batches(valid, network.config)) if len(valid) else {}
    training = training_of(path)
    before = training.get("refined", {}).get("rounds", 0)
    return {
        **training,
        "validation": {key: round(value, 4) for key, value in losses.items()},
        "refined": {**asdict(refiner.refining), "rounds": before + refiner.rounds},
    }
