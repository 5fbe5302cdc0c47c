"""A model at work on all held-out drawings: redraws, heals, completes them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from tqdm import tqdm

from sketchstudio.core.sampling import Drawn, Sampling
from sketchstudio.core.sketch_codec import Box, Polylines
from sketchstudio.model.drafts import AT_FIRST
from sketchstudio.model.studio import Codes, Studio
from trainer.evaluation.held_out import HeldOut, Settings, beginning, chunks
from trainer.evaluation.masking import masked

DECODED_AT_ONCE = 512
WHOLE = Box(0, 0, 1)


class Artist:
    """A model and the drawings it is measured on.

    What it draws of drawing i depends on the settings' seed and i alone.

    Args:
        studio: The model.
        held_out: The drawings.
        settings: How.
        bar: Advances by one for each sketch drawn.
    """

    def __init__(
        self, studio: Studio, held_out: HeldOut, settings: Settings, bar: tqdm[None]
    ) -> None:
        self.studio, self.settings = studio, settings
        self._held_out, self._bar = held_out, bar
        self._sampling = Sampling(settings.temperature, settings.seed)

    @staticmethod
    def rounds(settings: Settings) -> int:
        """How often every drawing is drawn in all, for the bar."""
        again = settings.candidates if settings.candidates > 1 else 0
        few = min(AT_FIRST, again)
        return 1 + again + len(settings.masked) + (2 + few + again) * len(settings.shares)

    def redraw(self, candidates: int) -> list[Drawn]:
        """Each drawing anew; of several candidates the one with the nearest code."""
        drawn: list[Drawn] = []
        for part in chunks(range(len(self._held_out)), DECODED_AT_ONCE // candidates):
            drawings = [self._held_out.drawings[i] for i in part]
            drawn += self.studio.redraw(drawings, self._sampling, candidates, self._seeds(part))
            self._bar.update(len(part) * candidates)
        return drawn

    def damaged(self, share: float) -> list[Polylines]:
        """Each drawing with so much of its patches masked, the same ones for every model."""
        per_mille = round(1000 * share)
        return [
            masked(drawing, share, np.random.default_rng([self.settings.seed, per_mille, i]))
            for i, drawing in enumerate(self._held_out.drawings)
        ]

    def heal(self, damaged: Sequence[Polylines]) -> list[Drawn]:
        """Each damaged drawing anew; it stays in the box of the whole one."""
        drawn: list[Drawn] = []
        for part in chunks(range(len(damaged)), DECODED_AT_ONCE):
            sketches = [damaged[i] for i in part]
            codes = self.studio.encode(sketches, [WHOLE] * len(sketches))
            codes = self.studio.becoming.clearer(codes, self.studio.guess_ink(sketches))
            drawn += self.studio.decode(codes, self._seeds(part), self.settings.temperature)
            self._bar.update(len(part))
        return drawn

    def complete(self, share: float, given: bool, candidates: int = 1) -> list[Drawn]:
        """The strokes added to each drawing's beginning, knowing its category or not.

        Of several candidates the one that is most of that category, or of what the beginning is
        likely to become, by the model's own guess.
        """
        held_out = self._held_out
        begun = [beginning(drawing, share) for drawing in held_out.drawings]
        wanted: list[str | None] = [None] * len(held_out)
        if given:
            wanted = [held_out.categories[label] for label in held_out.labels]
        groups: dict[tuple[str | None, bool], list[int]] = {}
        for i, (want, (_, lifted)) in enumerate(zip(wanted, begun, strict=True)):
            groups.setdefault((want, lifted), []).append(i)
        drawn: dict[int, Drawn] = {}
        for (want, lifted), same in groups.items():
            for part in chunks(same, DECODED_AT_ONCE // candidates):
                starts = [begun[i][0] for i in part]
                seeds = self._seeds(part)
                added = self.studio.complete(
                    starts, self._sampling, want, candidates, seeds, lifted
                )
                drawn.update(zip(part, added, strict=True))
                self._bar.update(len(part) * candidates)
        return [drawn[i] for i in range(len(held_out))]

    def codes(self, sketches: Sequence[Drawn]) -> Codes:
        """Codes (N, code) of what was drawn; of nothing, zeros."""
        there = [i for i, drawn in enumerate(sketches) if drawn.strokes]
        codes = np.zeros((len(sketches), self.studio.config.code), dtype=np.float32)
        if there:
            codes[there] = self.studio.encode([sketches[i].strokes for i in there])
        return codes

    def _seeds(self, indices: Sequence[int]) -> list[int]:
        return [self.settings.seed + i for i in indices]
