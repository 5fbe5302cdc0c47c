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
        FormatError: It is not there, larger, or packed otherwise than in zips of our formats.
        zipfile.BadZipFile, zlib.error, EOFError: It is damaged.
        RuntimeError, NotImplementedError: It is encrypted, or needs a newer zip.
    """
    packing = {member.filename: member.compress_type for member in archive.infolist()}
    if name not in packing:
        raise FormatError(f"damaged: {name} is missing")
    if packing[name] not in _PACKINGS:
        raise FormatError(f"damaged: {name} is neither stored nor deflated")
    with archive.open(name) as member:
        data = member.read(limit + 1)
    if len(data) > limit:
        raise FormatError(f"{name} is larger than {limit >> 20} MiB")
    return data


def unpacked(path: Path) -> Path:
    """The name of a file without the ``.gz`` that says it is packed."""
    return path.with_suffix("") if path.suffix.lower() == ".gz" else path


def open_unpacked(path: Path) -> BinaryIO:
    """Open a file to be read, and one that ends in ``.gz`` as what is in it.

    Raises:
        OSError: It cannot be opened. Reading a damaged one raises this, EOFError or zlib.error.
    """
    return path.open("rb") if unpacked(path) == path else cast(BinaryIO, gzip.open(path))
