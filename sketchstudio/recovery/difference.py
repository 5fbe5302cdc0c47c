"""What makes one document another, as a record: what both share is named, not repeated.

Documents are immutable and share their strokes, so what is the same object has not changed. That
finds every change, whatever edit made it, and an undo as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from sketchstudio.core.document import Document, Layer
from sketchstudio.core.stroke import Stroke
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.proposals import (
    codes_record,
    proposal_record,
    read_codes,
    read_proposals,
)
from sketchstudio.formats.records import (
    Ink,
    head_record,
    layer_head,
    read_head,
    read_layer,
    read_stroke,
    sample_bytes,
    stroke_record,
)

_NOTHING = Document((Layer(id=""),))


def difference(before: Document | None, after: Document) -> tuple[str, bytes]:
    """What has to be known of ``after`` by whoever has ``before``, or nothing for None.

    Returns:
        A JSON object without line ends, and the samples of the strokes that are new.
    """
    old = before or _NOTHING
    known = _Known(old)
    new: list[Stroke] = []
    offset = 0
    layers = []
    for layer in after.layers:
        if layer in old.layers:
            layers.append(str(old.layers.index(layer)))
            continue
        runs = []
        for part in known.parts(layer):
            if isinstance(part, Stroke):
                runs.append(stroke_record(part, offset))
                offset += len(part.samples)
                new.append(part)
            else:
                runs.append(json.dumps(part))
        layers.append(f'{layer_head(layer)}, "strokes": [{", ".join(runs)}]}}')
    told = [f'"layers": [{", ".join(layers)}]']
    if replace(after, layers=old.layers, proposals=old.proposals) != old or before is None:
        told.append(f'"head": {head_record(after)}')
    made = [one for one in after.proposals if one not in old.proposals]
    if after.proposals != old.proposals:
        records = [
            proposal_record(one) if one in made else str(old.proposals.index(one))
            for one in after.proposals
        ]
        told.append(f'"proposals": [{", ".join(records)}]')
    if codes := codes_record(Document((Layer(strokes=tuple(new)),), proposals=tuple(made))):
        told.append(f'"codes": {codes}')
    return f"{{{', '.join(told)}}}", bytes(sample_bytes(new))


def changed(before: Document | None, record: dict[str, Any], samples: bytes) -> Document:
    """The document that `difference` told of, byte for byte.

    Raises:
        FormatError, KeyError, IndexError, TypeError, ValueError: The record is damaged.
    """
    old = before or _NOTHING
    ink, codes = Ink(samples), read_codes(record.get("codes", {}))
    layers = []
    for told in record["layers"]:
        if isinstance(told, int):
            layers.append(old.layers[told])
            continue
        strokes: list[Stroke] = []
        for part in told["strokes"]:
            if isinstance(part, dict):
                strokes.append(read_stroke(part, ink, codes))
            else:
                number, start, count = part
                run = old.layers[number].strokes[start : start + count]
                if len(run) != count:
                    raise FormatError(f"damaged: {count} strokes from {start} on are not known")
                strokes.extend(run)
        layers.append(read_layer(told, tuple(strokes)))
    ink.finish()
    proposals = old.proposals
    if "proposals" in record:
        proposals = tuple(
            old.proposals[told] if isinstance(told, int) else read_proposals([told], codes)[0]
            for told in record["proposals"]
        )
    document = read_head(record["head"], old.layers) if "head" in record else old
    return replace(document, layers=tuple(layers), proposals=proposals)


class _Known:
    """Finds strokes of a document: by place where they stayed, else by identity."""

    def __init__(self, document: Document) -> None:
        self._layers = document.layers
        self._places: dict[int, tuple[int, int]] | None = None

    def parts(self, layer: Layer) -> Iterator[list[int] | Stroke]:
        """A layer as runs (layer's number, first stroke, count) of known strokes, and new ones."""
        number, old = next(
            ((i, known.strokes) for i, known in enumerate(self._layers) if known.id == layer.id),
            (0, ()),
        )
        strokes = layer.strokes
        head = _shared(strokes, old)
        tail = _shared(strokes[head:][::-1], old[head:][::-1])
        if head:
            yield [number, 0, head]
        yield from self._found(strokes[head : len(strokes) - tail])
        if tail:
            yield [number, len(old) - tail, tail]

    def _found(self, strokes: Sequence[Stroke]) -> Iterator[list[int] | Stroke]:
        run: list[int] | None = None
        for stroke in strokes:
            place = self._place(stroke)
            if run and place == (run[0], run[1] + run[2]):
                run[2] += 1
                continue
            if run:
                yield run
            run = None if place is None else [*place, 1]
            if place is None:
                yield stroke
        if run:
            yield run

    def _place(self, stroke: Stroke) -> tuple[int, int] | None:
        if self._places is None:
            self._places = {
                id(known): (number, index)
                for number, layer in enumerate(self._layers)
                for index, known in enumerate(layer.strokes)
            }
        return self._places.get(id(stroke))


def _shared(some: Sequence[Stroke], others: Sequence[Stroke]) -> int:
    """How many at the beginning are the same."""
    count = 0
    for one, other in zip(some, others, strict=False):
        if one is not other:
            break
        count += 1
    return count
