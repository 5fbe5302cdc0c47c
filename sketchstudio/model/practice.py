"""Learning something new from a handful of drawings, without forgetting the rest. No Qt.

The encoder stays as it is: it reads anything. So the code of an example is known at once, and a
new category has codes, a name and a place among the others before anything is practised. What
is practised is the decoder, on the examples and on drawings of the network's own (`rehearsal`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
from torch.nn.functional import cross_entropy

from sketchstudio.core.sketch_codec import (
    Box,
    Polylines,
    SketchError,
    boxed,
    checked,
    join,
    simplify,
    split,
)
from sketchstudio.core.stroke import Points
from sketchstudio.model import latent
from sketchstudio.model.checkpoint import Checkpoint, ModelError
from sketchstudio.model.encoder import unit_rms
from sketchstudio.model.mdn import offset_nll, pen_nll
from sketchstudio.model.network import SketchPix2Seq
from sketchstudio.model.reading import seen
from sketchstudio.model.rehearsal import Rehearsed, codes_near, fed, forgotten, rehearse, rows_of
from sketchstudio.model.studio import Sketch, Studio

Codes = npt.NDArray[np.float32]

FEWEST, MOST = 3, 100
"""So many examples."""

_HEAD_STEPS = 150
_CAUTION_TYPICAL, _CAUTION_USUAL = 0.3, 0.07  # an example; by which codes others are known
_OTHERS = 100  # codes of each category that the new one is told from
_NEIGHBOURS = 12  # rehearsals of about the same length go together: less padding


@dataclass(frozen=True, slots=True)
class Exercise:
    """How it practises.

    Attributes:
        steps: In all.
        new: Examples a step.
        old: Drawings of its own a step.
        rehearsals: Drawings of its own, drawn once.
        learning_rate: Of Adam; it falls to nothing in a line.
        remember: Weight of what it must not forget.
        stretch: x and y of examples are scaled by 1 ± this, apart.
        rotation: Radians, ±.
        dropped: Share of inner points left out.
        begun: Share of the examples of which the encoder sees only a beginning.
        input_noise: Standard deviation added to the previous offsets the decoder is fed.
        code_noise: Up to so much is added to codes, whose own standard deviation is 1: what is
            near an example is drawn like it.
        towards: Codes go up to this far towards those of other examples: what lies between a few
            examples is drawn like them, too.
        seed: Of everything.
    """

    steps: int = 360
    new: int = 12
    old: int = 24
    rehearsals: int = 768
    learning_rate: float = 1e-3
    remember: float = 4.0
    stretch: float = 0.15
    rotation: float = 0.1
    dropped: float = 0.05
    begun: float = 0.25
    input_noise: float = 0.03
    code_noise: float = 0.3
    towards: float = 0.3
    seed: int = 1


def examples_of(sketches: Sequence[Sketch], config_points: int) -> list[Polylines]:
    """Drawings in any units as examples: boxed, simplified, none longer than was trained on.

    Raises:
        SketchError: One is no sketch, or they are too few or too many.
    """
    if not FEWEST <= len(sketches) <= MOST:
        raise SketchError(f"give {FEWEST} to {MOST} drawings, not {len(sketches)}")
    examples = []
    for sketch in sketches:
        ink = checked(sketch)
        polylines, tolerance = boxed(ink, Box.around(ink)), 0.01
        while sum(map(len, polylines)) > config_points and tolerance < 0.2:
            polylines, tolerance = simplify(polylines, tolerance), tolerance * 1.5
        if sum(map(len, polylines)) > config_points:
            raise SketchError("a drawing has more strokes than the model can learn")
        examples.append(polylines)
    return examples


def introduced(known: Checkpoint, name: str, examples: Sequence[Polylines]) -> Checkpoint:
    """A copy that has a category more, by the codes of its examples; nothing is practised.

    Raises:
        ModelError: It has that category, or cannot have more.
    """
    config = known.network.config
    if name in config.categories:
        raise ModelError(f"{config.name} has learnt {name!r} already")
    if not config.category_head or config.normal_codes:
        raise ModelError(f"{config.name} cannot be taught; the studio model can")
    larger = replace(config, categories=(*config.categories, name))
    network = SketchPix2Seq(larger)
    state = dict(known.network.state_dict())
    fresh = network.state_dict()
    for key in ("category.weight", "category.bias", "beginning.weight"):
        grown = fresh[key].zero_()
        grown[: len(state[key])] = state[key]
        state[key] = grown
    state["beginning.weight"][-1] = state["beginning.weight"][1:-1].mean(dim=0)
    network.load_state_dict(state)
    codes = Studio(known).encode(examples)
    _name(network, codes, known)
    count = known.exemplar_codes.shape[1]
    exemplars = np.concatenate([known.exemplar_codes, _typical(codes, count)[None]])
    usual = known.usual_codes
    if usual is not None:
        usual = np.concatenate([usual, np.resize(codes, (1, *usual.shape[1:]))])
    return replace(
        known, network=network.eval(), exemplar_codes=exemplars, usual_codes=usual, places=None
    )


def _typical(codes: Codes, count: int) -> Codes:
    """(count, code): the mean first, then codes by their nearness to it; of few, some twice."""
    mean = latent.unit_rms(codes.mean(axis=0))
    nearest = codes[np.argsort(-(codes @ mean), kind="stable")]
    return np.asarray(np.resize(np.concatenate([mean[None], nearest]), (count, codes.shape[1])))


def _name(network: SketchPix2Seq, codes: Codes, known: Checkpoint) -> None:
    """Let the category head know the last category by ``codes``; it names others as before.

    Only the new weights are found, which is a convex problem: the old logits stay. What is
    of others must stray from typical drawings as people's do, else too much would be claimed for
    the new; the more examples there are, the less of that need be risked to have them all named.
    """
    head = network.category
    assert head is not None
    rng = np.random.default_rng(0)
    near = np.repeat(codes, max(1, 400 // len(codes)), axis=0)
    near = near + rng.normal(0, 0.15, near.shape).astype(np.float32)
    others = len(known.exemplar_codes)
    far = codes_near(known, 0, _OTHERS * others, rng)
    seen = torch.from_numpy(np.concatenate([near, far]).astype(np.float32))
    labels = torch.full((len(seen),), others)
    labels[len(near) :] = torch.arange(others).repeat(_OTHERS)
    caution = _CAUTION_TYPICAL if known.usual_codes is None else _CAUTION_USUAL
    caution = 1 + caution * len(codes)
    with torch.no_grad():
        old = head(seen)[:, :-1]
    weight = torch.zeros(codes.shape[1], requires_grad=True)
    bias = torch.zeros(1, requires_grad=True)
    optimiser = torch.optim.Adam([weight, bias], lr=0.03)
    for _ in range(_HEAD_STEPS):
        logits = torch.cat([old, (seen @ weight + bias)[:, None]], dim=1)
        surprise = cross_entropy(logits, labels, reduction="none")
        parts = surprise[: len(near)].mean() + caution * surprise[len(near) :].mean()
        loss = parts + 0.005 * weight.square().sum()
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimiser.step()
    with torch.no_grad():
        head.weight[-1], head.bias[-1] = weight, bias[0]


class Practice:
    """Practises one category of a network; `step` until `done`.

    Args:
        introduced: As `introduced` returns it, or later; it is not changed.
        name: The category.
        examples: Of that category, box units.
        exercise: How.
        on_rehearsed: Told how many drawings of its own are drawn; stops it by raising.
    """

    def __init__(
        self,
        introduced: Checkpoint,
        name: str,
        examples: Sequence[Polylines],
        exercise: Exercise | None = None,
        on_rehearsed: Callable[[int], None] = lambda _: None,
    ) -> None:
        self.exercise = exercise or Exercise()
        self.taken = 0
        self._examples = list(examples)
        self._introduced, self._exemplars = introduced, introduced.exemplar_codes
        self.config = introduced.network.config
        self._rng = np.random.default_rng([self.exercise.seed, 3])
        self._label = self.config.categories.index(name)
        own = rehearse(
            introduced, self._label, self.exercise.rehearsals, self.exercise.seed, on_rehearsed
        )
        if not own:
            raise ModelError(f"{self.config.name} finishes no drawing of its own")
        self._own = sorted(own, key=lambda drawing: len(drawing.found))
        self._network = SketchPix2Seq(self.config).eval()  # the encoder's averages stay
        self._network.load_state_dict(introduced.network.state_dict())
        self._marks = self._network.beginning
        assert self._marks is not None
        self._old_marks = self._marks.weight.detach().clone()
        for parameter in self._network.parameters():
            parameter.requires_grad_(False)
        self._learnt = [*self._network.decoder.parameters(), self._marks.weight]
        for learnt in self._learnt:
            learnt.requires_grad_(True)
        self._optimiser = torch.optim.Adam(self._learnt, fused=True)

    @property
    def done(self) -> bool:
        return self.taken >= self.exercise.steps

    def step(self) -> tuple[float, float]:
        """One step.

        Returns:
            Negative log-likelihood of the examples and what was forgotten, nats a step each.
        """
        e, rng = self.exercise, self._rng
        fresh = [self._varied() for _ in range(e.new)]
        begun = rng.random(e.new) < e.begun
        told = rng.random(e.new) < 0.5
        pairs = [
            _begun(sketch, rng) if cut else (sketch, sketch)
            for sketch, cut in zip(fresh, begun, strict=True)
        ]
        with torch.no_grad():
            codes = self._network.encoder(seen([shown for shown, _ in pairs], self.config))
        pull = e.towards * rng.random((e.new, 1)) * (rng.random((e.new, 1)) < 0.5)
        codes = unit_rms(codes + torch.from_numpy(pull.astype(np.float32)) * codes.roll(1, 0))
        strayed = e.code_noise * rng.random((e.new, 1)) * rng.standard_normal(codes.shape)
        codes = codes + torch.from_numpy(strayed.astype(np.float32))
        rows = torch.from_numpy(np.where(told, 1 + self._label, 0))
        assert self._marks is not None
        codes = codes + self._marks(rows) * torch.from_numpy(begun)[:, None]
        sketches, own_codes, found = rows_of(self._rehearsals())
        steps = fed([*(whole for _, whole in pairs), *sketches], self.config)
        noise = rng.standard_normal((*steps.inputs.shape[:2], 2), dtype=np.float32)
        noise[e.new :] = 0
        steps.inputs[..., :2] += e.input_noise * torch.from_numpy(noise) * steps.real[..., None]
        parameters = self._network.decoder(steps.inputs, torch.cat([codes, own_codes]), steps.real)
        count = int(steps.real[: e.new].sum())
        targets = steps.targets[: e.new][steps.real[: e.new]]
        pen = targets[:, 2:].argmax(dim=1)
        offsets = offset_nll(parameters[:count], targets[:, :2])[pen != 2].mean()
        nll = offsets + pen_nll(parameters[:count], pen).mean()
        lost = forgotten(parameters[count:], found).mean()
        for group in self._optimiser.param_groups:
            rise = min(1.0, (self.taken + 1) / 10)
            group["lr"] = e.learning_rate * rise * (1 - self.taken / e.steps)
        self._optimiser.zero_grad()
        (nll + e.remember * lost).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self._learnt, 1.0)
        self._optimiser.step()
        with torch.no_grad():  # Adam's momentum would move them, too
            moved = self._marks.weight[1 + self._label].clone()
            self._marks.weight.copy_(self._old_marks)
            self._marks.weight[1 + self._label] = moved
        self.taken += 1
        return float(nll.detach()), float(lost.detach())

    def result(self) -> Checkpoint:
        """What it has learnt so far; a copy."""
        network = SketchPix2Seq(self.config)
        network.load_state_dict(self._network.state_dict())
        for parameter in network.parameters():
            parameter.requires_grad_(False)
        taught = replace(
            self._introduced, network=network.eval(), exemplar_codes=self._exemplars.copy()
        )
        codes = taught.exemplar_codes[self._label]
        codes[:] = codes[_by_drawing(Studio(taught), codes, self._label)]
        return taught

    def _varied(self) -> Polylines:
        """One of the examples, stretched and turned a little, boxed again."""
        e, rng = self.exercise, self._rng
        sketch = self._examples[rng.integers(len(self._examples))]
        stretch = rng.uniform(1 - e.stretch, 1 + e.stretch, 2)
        angle = rng.uniform(-e.rotation, e.rotation)
        turn = np.array([[math.cos(angle), math.sin(angle)], [-math.sin(angle), math.cos(angle)]])
        bent = [(_thinned(points, e.dropped, rng) * stretch) @ turn for points in sketch]
        box = Box.around(bent)
        return [box.to_box(points) for points in bent]

    def _rehearsals(self) -> list[Rehearsed]:
        """Drawings of its own, of about the same length."""
        e, rng = self.exercise, self._rng
        start = int(rng.integers(max(1, len(self._own) - _NEIGHBOURS * e.old)))
        near = self._own[start : start + _NEIGHBOURS * e.old]
        return [near[i] for i in rng.permutation(len(near))[: e.old]]


def _thinned(points: Points, share: float, rng: np.random.Generator) -> Points:
    """A stroke without some of its inner points."""
    kept = rng.random(len(points)) >= share
    kept[[0, -1]] = True
    return np.asarray(points[kept])


def _by_drawing(studio: Studio, codes: Codes, label: int) -> npt.NDArray[np.int64]:
    """Indices of codes, the one first whose sketch looks most like the category."""
    drawn = studio.decode(codes, [1] * len(codes), 0.1)
    looks = np.array(
        [studio.guess_ink([one.strokes])[0, label] if one.strokes else 0.0 for one in drawn]
    )
    return np.argsort(-looks * [one.finished for one in drawn], kind="stable")


def _begun(sketch: Polylines, rng: np.random.Generator) -> tuple[Polylines, Polylines]:
    """A beginning of a sketch, and the whole in the units of the beginning's box."""
    points, lifts = join(sketch)
    shown = max(2, math.ceil(len(points) * rng.uniform(0.25, 1.0)))
    start = split(points[:shown], lifts[:shown])
    box = Box.around(start)
    if box.size < 0.25:
        return sketch, sketch
    return [box.to_box(part) for part in start], [box.to_box(part) for part in sketch]
