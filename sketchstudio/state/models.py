"""Which models there are to look at: the app's own, the paper's variants, and others."""

from __future__ import annotations

from dataclasses import dataclass

from sketchstudio.system.language import mark
from sketchstudio.system.weights import OWN_MODEL, available_models

NOTES = {
    OWN_MODEL: mark("The app's own: reads a picture, no KL term, and more"),
    "sketch-pix2seq": mark("Reads a picture, no KL: the paper's"),
    "cnn-kl": mark("Reads a picture, with the KL term"),
    "sketch-rnn-nokl": mark("Reads strokes, no KL term"),
    "sketch-rnn": mark("Reads strokes, with the KL term: sketch-rnn"),
}
"""The models that the project knows, and what tells them apart."""


@dataclass(frozen=True)
class ModelEntry:
    """A model that is there, or could be.

    Attributes:
        name: As the engine knows it.
        note: What it is, in English; empty for a model of the person's own.
        present: Whether its weights are there.
    """

    name: str
    note: str
    present: bool


def listed(main: str) -> list[ModelEntry]:
    """The models, the main one first, then the paper's variants, then others by name.

    Args:
        main: Name of the model that the engine runs; empty while it is not known.
    """
    there = set(available_models()) | {main or OWN_MODEL}
    known = (name for name in NOTES if name != OWN_MODEL or name in there)
    order = list(dict.fromkeys((main or OWN_MODEL, *known)))
    order += sorted(there - set(order))
    return [ModelEntry(name, NOTES.get(name, ""), name in there) for name in order]
