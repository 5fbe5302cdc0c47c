"""Which keys run which action, with the person's own choice: plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sketchstudio.ui.actions import ACTIONS, SPECS

Bindings = Mapping[str, Sequence[str]]
"""Keys (portable text) by action, for those that the person gave other keys."""

RESERVED = {"Space": "Pan the page while it is held"}
"""Keys that the canvas needs, and what for."""


def keys_of(id: str, bindings: Bindings) -> tuple[str, ...]:
    """The keys of an action, the first of them shown."""
    return tuple(bindings.get(id, SPECS[id].keys))


def owner(key: str, bindings: Bindings) -> str | None:
    """The action that a key runs, or None."""
    return next((spec.id for spec in ACTIONS if key in keys_of(spec.id, bindings)), None)


def rebound(id: str, keys: Sequence[str], bindings: Bindings) -> dict[str, list[str]]:
    """The bindings after an action got these keys; other actions lose them."""
    changed = {other: list(held) for other, held in bindings.items()}
    for spec in ACTIONS:
        held = keys_of(spec.id, bindings)
        if spec.id != id and set(held) & set(keys):
            changed[spec.id] = [key for key in held if key not in keys]
    changed[id] = list(keys)
    return {
        other: held
        for other, held in changed.items()
        if other in SPECS and held != list(SPECS[other].keys)
    }


def restored(id: str, bindings: Bindings) -> dict[str, list[str]]:
    """The bindings after an action got the keys of the table back; other actions lose those."""
    return rebound(id, SPECS[id].keys, bindings)
