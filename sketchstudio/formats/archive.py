"""Packed files from anywhere: what is read of them is bounded, whatever they claim."""

from __future__ import annotations

import contextlib
import errno
import gzip
import os
import struct
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, BinaryIO, cast

from sketchstudio.formats.errors import FormatError

_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""All that our formats use; the others raise errors of their own when they are damaged."""


MAX_DIRECTORY = 64 << 10
"""Bytes of a zip's list of members, of which our formats have four: long ones take long to read."""

MOST_TIGHT = 32
"""Bytes unpacked for one packed: drawings are packed to a tenth, what was made to fill a disk to a
thousandth."""

_FREE = 4 << 20  # bytes unpacked that may be packed however tightly

_END = struct.Struct("<4s4H2LH")  # of a zip: where its list of members is, and how long


@contextlib.contextmanager
def open_zip(file: IO[bytes]) -> Iterator[zipfile.ZipFile]:
    """Open a zip to be read.

    Raises:
        FormatError: It lists more members than any of our files.
        zipfile.BadZipFile: It is damaged; reading on can raise what `read_member` says, too.
    """
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - _END.size - 0xFFFF))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if 0 <= at <= len(tail) - _END.size:
        longer = tail[max(0, at - 20) : at].startswith(b"PK\6\7")  # zip64 tells the length again
        if longer or _END.unpack_from(tail, at)[5] > MAX_DIRECTORY:
            raise FormatError("its list of contents is too long")
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise zipfile.BadZipFile("it points outside itself") from None


def read_member(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """The bytes of a member that has at most ``limit``.

    Raises:
        FormatError: It is not there, larger, packed otherwise than in zips of our formats, or far
            more tightly than any drawing can be.
        zipfile.BadZipFile, zlib.error, EOFError: It is damaged.
        RuntimeError, NotImplementedError: It is encrypted, or needs a newer zip.
    """
    members = {member.filename: member for member in archive.infolist()}
    if name not in members:
        raise FormatError(f"damaged: {name} is missing")
    if members[name].compress_type not in _PACKINGS:
        raise FormatError(f"damaged: {name} is neither stored nor deflated")
    believable = max(_FREE, MOST_TIGHT * min(members[name].compress_size, _size(archive)))
    with archive.open(name) as member:
        data = member.read(min(limit, believable) + 1)
    if len(data) > limit:
        raise FormatError(f"{name} is larger than {limit >> 20} MiB")
    if len(data) > believable:
        raise FormatError(f"{name} is packed more tightly than a drawing can be")
    return data


def _size(archive: zipfile.ZipFile) -> int:
    """Bytes of the whole file; what a member says of itself may be anything."""
    assert archive.fp is not None
    return archive.fp.seek(0, os.SEEK_END)


def unpacked(path: Path) -> Path:
    """The name of a file without the ``.gz`` that says it is packed."""
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def open_unpacked(path: Path) -> BinaryIO:
    """Open a file to be read, and one that ends in ``.gz`` as what is in it.

    Raises:
        OSError: It cannot be opened. Reading a damaged one raises this, EOFError or zlib.error.
    """
    return path.open("rb") if unpacked(path) == path else cast(BinaryIO, gzip.open(path))
