"""The picture to be traced comes back with the document, and no file asks for too much by it."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from dataclasses import replace

import numpy as np
import pytest

from sketchstudio.core.document import Document, Page
from sketchstudio.core.picture import Picture
from sketchstudio.formats import native
from sketchstudio.formats.errors import FormatError
from sketchstudio.formats.picture_file import encode_picture
from sketchstudio.formats.picture_record import MOST_BYTES
from sketchstudio.recovery.difference import changed, difference

PIXELS = np.full((40, 60, 3), 200, np.uint8)
PICTURE = Picture(
    encode_picture(PIXELS), 60, 40, x=-5.5, y=7.25, scale=0.5, opacity=0.4, locked=True
)
DOCUMENT = Document(page=Page(picture=PICTURE))


def written(document: Document) -> bytes:
    file = io.BytesIO()
    native.write(document, file)
    return file.getvalue()


def with_picture(**fields: object) -> bytes:
    """A file whose picture's record has other fields."""
    source = zipfile.ZipFile(io.BytesIO(written(DOCUMENT)))
    index = json.loads(source.read("document.json"))
    index["page"]["picture"] |= fields
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            changed = json.dumps(index).encode() if name == "document.json" else source.read(name)
            archive.writestr(name, changed)
    return target.getvalue()


def test_it_is_saved_whole():
    """Saved and opened, the picture is the same, and so are the bytes."""
    again = native.read(io.BytesIO(written(DOCUMENT)), "a")
    assert again.page == DOCUMENT.page
    assert written(again) == written(DOCUMENT)


def test_the_journal_keeps_it():
    """A crash costs no picture that was put on the page, nor its place."""
    empty = Document(layers=DOCUMENT.layers)
    told, samples = difference(empty, DOCUMENT)
    assert changed(empty, json.loads(told), samples) == DOCUMENT
    moved = replace(DOCUMENT, page=replace(DOCUMENT.page, picture=PICTURE.moved(3, 4)))
    told, samples = difference(DOCUMENT, moved)
    assert changed(DOCUMENT, json.loads(told), samples) == moved


def test_fields_of_later_versions_stay():
    """What a later app says of a picture is written again."""
    again = native.read(io.BytesIO(with_picture(angle=90)), "a")
    assert b'"angle": 90' in written(again)


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"file": "no base64!"}, "base64"),
        ({"file": base64.b64encode(b"GIF89a").decode()}, "PNG, JPEG or WebP"),
        ({"file": "A" * (MOST_BYTES * 4 // 3 + 8)}, "32 MiB"),
        ({"file": 3}, "text"),
        ({"scale": 0}, "not within"),
        ({"opacity": 2}, "not within"),
        ({"x": "left"}, "number"),
        ({"locked": 1}, "true or false"),
    ],
)
def test_damage_is_refused(fields: dict[str, object], says: str):
    """A picture that is not what it should be refuses the file in one line."""
    with pytest.raises(FormatError, match=says):
        native.read(io.BytesIO(with_picture(**fields)), "a")
