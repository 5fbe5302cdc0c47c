"""What the model made, as records: the provenance of ink, and the proposals there were before.

Latent codes are written once for all ink that was drawn from them; a record names its code by a
digest. One that is named but not there is not known, which is no damage.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from sketchstudio.core.document import Document
from sketchstudio.core.past_proposal import MOST_POINTS, MOST_REPLACED, PastProposal, bounded
from sketchstudio.core.provenance import Provenance
from sketchstudio.core.stroke import Points
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.fields import (
    color,
    encode,
    flag,
    in_base64,
    more,
    number,
    packed,
    text,
    unknown,
    whole,
)

MOST_CODE = 4096
"""Numbers of a latent code."""

Codes = Mapping[str, bytes]
"""Packed codes by their digests."""

_MADE = {"model", "action", "seed", "temperature", "categories", "position", "code"}
_PROPOSAL = {
    *("id", "provenance", "strokes", "color", "width", "ink", "replaces"),
    *("accepted", "favourite"),
}


def codes_record(document: Document) -> str:
    """The codes that a document's ink and proposals were drawn from; empty where there are none."""
    makers = [one.made for one in document.proposals]
    for layer in document.layers:
        makers += [stroke.provenance for stroke in layer.strokes if stroke.provenance]
    codes = {made.code: None for made in makers if made.code}
    return encode({_digest(code): in_base64(code) for code in codes}) if codes else ""


def read_codes(record: Mapping[str, Any]) -> Codes:
    """The inverse of `codes_record`."""
    return {name: packed(code, "<f2", MOST_CODE).tobytes() for name, code in record.items()}


@lru_cache(maxsize=256)
def provenance_record(made: Provenance) -> str:
    """The record of a provenance; most strokes share theirs with others, so it is made once."""
    record: dict[str, Any] = {
        "model": made.model,
        "action": made.action,
        "seed": made.seed,
        "temperature": float(made.temperature),
        "categories": made.categories,
    }
    if made.position:
        record["position"] = [float(at) for at in made.position]
    if made.code:
        record["code"] = _digest(made.code)
    return encode(record)[:-1] + more(made.unknown) + "}"


def read_provenance(record: Mapping[str, Any], codes: Codes) -> Provenance:
    """The inverse of `provenance_record`."""
    return Provenance(
        model=text(record["model"]),
        action=text(record["action"]),
        seed=whole(record["seed"]),
        temperature=number(record["temperature"], 0, 1e6),
        categories=tuple(text(name) for name in record["categories"]),
        position=tuple(number(at, -1e6, 1e6) for at in record.get("position", ())),
        code=codes.get(text(record.get("code", "")), b""),
        unknown=unknown(record, _MADE),
    )


def proposal_record(proposal: PastProposal) -> str:
    """The record of a proposal."""
    known = {
        "id": proposal.id,
        "strokes": [_in_base64(points) for points in proposal.strokes],
        "color": proposal.color,
        "width": float(proposal.width),
        "ink": [_in_base64(points) for points in proposal.ink],
        "replaces": proposal.replaces,
        "accepted": proposal.accepted,
        "favourite": proposal.favourite,
    }
    made = provenance_record(proposal.made)
    return f'{encode(known)[:-1]}, "provenance": {made}{more(proposal.unknown)}}}'


def read_proposals(records: Iterable[Mapping[str, Any]], codes: Codes) -> tuple[PastProposal, ...]:
    """The inverse of `proposal_record`, of all; more than may be kept are left out."""
    return bounded([_read_proposal(record, codes) for record in records])


def _read_proposal(record: Mapping[str, Any], codes: Codes) -> PastProposal:
    proposal = PastProposal(
        made=read_provenance(record["provenance"], codes),
        strokes=tuple(_points(stroke) for stroke in record["strokes"]),
        color=color(record["color"]),
        width=number(record["width"], 0, 1e6),
        ink=tuple(_points(stroke) for stroke in record["ink"]),
        replaces=tuple(text(id) for id in record["replaces"][:MOST_REPLACED]),
        accepted=flag(record["accepted"]),
        favourite=flag(record["favourite"]),
        id=text(record["id"]),
        unknown=unknown(record, _PROPOSAL),
    )
    if not proposal.strokes or proposal.points > MOST_POINTS:
        raise FormatError(f"damaged: a proposal of {proposal.points:,} points")
    return proposal


@lru_cache(maxsize=256)
def _digest(code: bytes) -> str:
    return hashlib.sha256(code).hexdigest()[:16]


def _in_base64(points: Points) -> str:
    return in_base64(np.asarray(points, dtype="<f4").tobytes())


def _points(value: object) -> Points:
    flat = packed(value, "<f4", 2 * MOST_POINTS)
    if len(flat) == 0 or len(flat) % 2:
        raise FormatError("damaged: a proposal's stroke is cut off")
    return flat.astype(np.float32).reshape(-1, 2)
