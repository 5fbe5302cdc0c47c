"""Codes sent towards what they shall become: beginnings of anything, and whole drawings."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from sketchstudio.model.latent import unit_rms

Codes = npt.NDArray[np.float32]

PULL = 1.2
"""How far a code goes towards a category it is told, beside the way to a typical drawing of it:
along the weights that the category head names the category by, in units of the code."""


CLARITY = 1.0
"""How far at most the code of a drawing that is drawn anew goes towards what it looks like: this
times the root of how likely that is."""

CLEAR = 12.0
"""It goes no farther than where the category head finds that likelier than anything else by so
much, in nats. Of more, more redraws are named right and fewer look like their own original."""

_STEPS = 21  # on the way there


class Becoming:
    """Sends codes towards categories, and marks those of beginnings for the decoder.

    Args:
        marks: (1 + C, code) learnt marks of beginnings of anything, then of each category; None
            of a model without them.
        head: (C, code) weights and (C,) biases that the category head names each category by.
        exemplars: (C, E, code) codes of typical drawings.
    """

    def __init__(self, marks: Codes | None, head: tuple[Codes, Codes], exemplars: Codes) -> None:
        self._marks, self._head, self._exemplars = marks, head, exemplars
        weights, _ = head
        self._towards = unit_rms(weights - weights.mean(axis=0))

    @property
    def tells(self) -> bool:
        """Whether the decoder has learnt to be told, and so to be told a guess."""
        return self._marks is not None

    def marked(self, codes: Codes, told: npt.NDArray[np.int64]) -> Codes:
        """Codes (N, K, code) that say of what the ink is a beginning.

        A mark alone moves the decoder little, which has learnt to go by the code: so the code
        goes half the way to the most alike of the category's typical drawings, and on.

        Args:
            codes: (N, code) of the ink.
            told: (N, K) categories plus 1; 0 leaves it open.
        """
        category = np.maximum(told - 1, 0)
        if self._marks is None:
            typical = self._exemplars[category, 0]
            return np.where(told[..., None] == 0, codes[:, None], typical)
        exemplars = self._exemplars[category]  # (N, K, E, code)
        alike = np.einsum("nkec,nc->nke", exemplars, codes).argmax(axis=-1)
        typical = np.take_along_axis(exemplars, alike[..., None, None], axis=2)[:, :, 0]
        sent = unit_rms(codes[:, None] + typical + PULL * self._towards[category])
        start = np.where(told[..., None] == 0, codes[:, None], sent)
        return np.asarray(start + self._marks[told])

    def clearer(self, codes: Codes, shares: Codes) -> Codes:
        """Codes (N, code) sent towards what they look like, as far as that is sure and needed.

        Decoded, they are named right more often, and still are the same drawings: what is typical
        already stays where it is. Those of a model without marks stay, too: they do not lie on
        the sphere.

        Args:
            codes: Of the drawings.
            shares: (N, C) probabilities of what they look like.
        """
        if self._marks is None:
            return codes
        looks = shares.argmax(axis=1)
        sure = np.sqrt(shares.max(axis=1, keepdims=True))
        farthest = CLARITY * sure * self._towards[looks]
        way = unit_rms(codes + np.linspace(0, 1, _STEPS)[:, None, None] * farthest)
        weights, biases = self._head
        logits = way @ weights.T + biases  # (steps, N, C)
        rows = np.arange(len(codes))
        its = logits[:, rows, looks]
        logits[:, rows, looks] = -np.inf
        clear = its - logits.max(axis=2) >= CLEAR
        clear[-1] = True
        return np.asarray(way[clear.argmax(axis=0), rows])


def spread(shares: npt.NDArray[np.float32], candidates: int) -> npt.NDArray[np.int64]:
    """What each candidate is told, (N, candidates), categories plus 1.

    The categories share the seats by the guess (N, C), after D'Hondt.
    """
    told = np.zeros((len(shares), candidates), dtype=np.int64)
    for row, votes in zip(told, shares, strict=True):
        seats = np.zeros(len(votes))
        for k in range(candidates):
            winner = int(np.argmax(votes / (1 + seats)))
            seats[winner] += 1
            row[k] = 1 + winner
    return told
