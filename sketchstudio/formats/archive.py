"""Packed files from anywhere: what is read of them is bounded, whatever they claim."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import BinaryIO, cast

from sketchstudio.formats.errors import FormatError

_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""All that our formats use; the others raise errors of their own when they are damaged."""


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
